"""The files of the page: nothing from elsewhere, and colours that can be read."""

from __future__ import annotations

import re
from importlib import resources

import pytest

PAGE = {
    p.name: p.read_text(encoding="utf-8")
    for p in resources.files("formcheck.interfaces.web").joinpath("page").iterdir()
}
NAMESPACE = "http://www.w3.org/2000/svg"


@pytest.mark.parametrize("name", PAGE)
def test_a_file_of_the_page_names_no_address_elsewhere(name: str) -> None:
    assert re.findall(r"\w+://(?!\$)", PAGE[name].replace(NAMESPACE, "")) == []


def test_every_file_the_page_asks_for_is_there() -> None:
    html = PAGE["index.html"]
    asked = set(re.findall(r'(?:src|href)="([^"]+)"', html))
    for name in [n for n in PAGE if n.endswith(".js")]:
        asked |= set(re.findall(r"from '\./([^']+)'", PAGE[name]))
    assert asked == set(PAGE) - {"index.html"}


def test_the_page_runs_no_script_or_style_written_into_it() -> None:
    assert "style=" not in PAGE["index.html"]
    assert re.search(r"<script(?![^>]*\bsrc=)", PAGE["index.html"]) is None
    assert re.search(r"\son\w+=", PAGE["index.html"]) is None


def _colours() -> dict[str, str]:
    root = PAGE["style.css"].split(":root {", 1)[1].split("}", 1)[0]
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", root))


def _luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """WCAG 2: from 1 to 21."""
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


TEXT = [
    (t, g)
    for t in ("text", "muted", "ok", "correct", "danger", "info")
    for g in ("ground", "panel", "raised")
]
PAIRS = [*TEXT, ("on-primary", "primary"), ("on-danger", "danger-ground")]


@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_text_can_be_read_on_its_ground(text: str, ground: str) -> None:
    colours = _colours()
    assert contrast(colours[text], colours[ground]) >= 4.5


@pytest.mark.parametrize("ground", ["ground", "panel", "raised"])
def test_the_border_of_a_control_is_told_from_its_ground(ground: str) -> None:
    colours = _colours()
    assert contrast(colours["line"], colours[ground]) >= 3


def test_black_on_white_has_the_greatest_contrast() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
