"""docs/python.md does what it says, run from top to bottom."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import formcheck
from formcheck.storage.pose_tracks import TrackWriter
from sample_videos.expected import FOLDER
from tests.bodies import Bridge, Camera, Script, Squat, Stay, film, reps

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "python.md").read_text(encoding="utf-8")
EXAMPLES: list[tuple[str, str]] = re.findall(
    r"```python\n(.*?)```\n\n```text\n(.*?)```", PAGE, flags=re.DOTALL
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files that the page speaks of."""
    made = tmp_path_factory.mktemp("page")
    shutil.copy(FOLDER / "bridge" / "bridge_side.mp4", made / "bridge.mp4")
    lying = Script(Bridge(), (Stay(2), *reps(2, Bridge(), Bridge(178), hold_s=2), Stay(2)))
    standing = Script(Squat(), (Stay(2), *reps(3, Squat(), Squat(5, 60)), Stay(2)))
    poses = film(lying, Camera(azimuth_deg=-90), fps=12.5)
    later_s = poses[-1].t_s + 0.08
    poses += [replace(pose, t_s=pose.t_s + later_s) for pose in film(standing, Camera(0), fps=12.5)]
    with TrackWriter(made / "session.poses.npz") as writer:
        for pose in poses:
            writer.add(pose)
        writer.close({})
    return made


def test_the_examples_of_the_page_print_what_it_says(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(folder)
    names: dict[str, object] = {}
    for code, due in EXAMPLES:
        exec(code, names)
        assert capsys.readouterr().out == due
    assert len(EXAMPLES) == PAGE.count("```python")


def test_every_public_name_is_on_the_page() -> None:
    for name in set(formcheck.__all__) - {"__version__"}:
        assert re.search(rf"\b{name}\b", PAGE), name
