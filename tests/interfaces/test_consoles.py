"""Names and texts on consoles that cannot show them."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.errors import FormcheckError, shown
from formcheck.interfaces.cli.consoles import take_every_character

ROOT = Path(__file__).parents[2]
TRACK = ROOT / "sample_videos" / "bridge" / "bridge_side.truth.npz"


@pytest.mark.parametrize(
    ("name", "due"),
    [
        ("bridge.mp4", "bridge.mp4"),
        ("B\u00fccke \U0001f600.mp4", "B\u00fccke \U0001f600.mp4"),
        ("a\nb\t\x1b[31m.mp4", "a\\nb\\t\\x1b[31m.mp4"),
        ("bad\udcff.mp4", "bad\\xff.mp4"),
        ("\ud800.mp4", "\\ud800.mp4"),
        ("\u202e4pm.mp4", "\\u202e4pm.mp4"),
    ],
)
def test_a_name_is_shown_in_one_line_of_plain_text(name: str, due: str) -> None:
    assert shown(name) == due


def test_an_error_keeps_its_lines_and_nothing_else_that_moves_a_console() -> None:
    assert str(FormcheckError("a\x1b[2J: gone\nb\udcff: gone")) == "a\\x1b[2J: gone\nb\\xff: gone"


def test_what_an_encoding_lacks_is_shown_by_the_nearest_characters() -> None:
    raw = io.BytesIO()
    console = io.TextIOWrapper(raw, encoding="ascii")
    take_every_character(console)
    console.write("hip line 145\u00b0 \u2013 \u4f60")
    console.flush()
    assert raw.getvalue() == b"hip line 145 deg - \\u4f60"


@pytest.mark.parametrize("name", [b"bad\xff\xfe.npz", b"[red]\x1b[31m\n.npz"])
def test_any_name_is_judged_and_printed_on_any_console(tmp_path: Path, name: bytes) -> None:
    track = tmp_path / os.fsdecode(name)
    try:
        shutil.copy(TRACK, track)
    except OSError:
        pytest.skip("this system allows no such name")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}
    for options in ([], ["--json"]):
        told = subprocess.run(
            [sys.executable, "-m", "formcheck", "replay", str(track), "-e", "bridge", *options],
            cwd=ROOT, env=environment, capture_output=True, check=True,
        )  # fmt: skip
        assert told.stdout.isascii()
        assert b"\x1b[31m" not in told.stdout
    assert json.loads(told.stdout)["source"]["name"] == shown(track.name)
