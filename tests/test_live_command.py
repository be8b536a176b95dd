"""`formcheck live` on the command line: one clear line where it cannot begin."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from formcheck import cli, screen
from formcheck.errors import SourceError
from formcheck.sources.camera import Paced, open_source

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "sample_videos" / "bridge" / "bridge_side.mp4"


def refused(*arguments: str) -> str:
    done = CliRunner().invoke(cli.main, ["live", *arguments])
    assert done.exit_code == 2
    [line] = done.stderr.splitlines()
    return line


@pytest.fixture(autouse=True)
def _no_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(screen.sys, "platform", "linux")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)


def test_an_unknown_exercise_is_told_before_anything_is_opened() -> None:
    assert "unknown exercise 'brigde'; did you mean 'bridge'?" in refused("brigde")


def test_an_unknown_dose_is_told_before_anything_is_opened() -> None:
    assert "has no dose" in refused("bridge", "--dose", "999")


def test_a_window_without_a_screen_is_refused_in_place_of_an_abort() -> None:
    assert "no screen to open a window on" in refused("bridge", "--window")


def test_no_camera_is_told_in_one_line() -> None:
    with pytest.raises(SourceError, match="camera 77: cannot be opened; is it plugged in"):
        open_source("77")


def test_a_stream_that_does_not_answer_is_told_in_one_line() -> None:
    with pytest.raises(SourceError, match="cannot be opened"):
        open_source("http://127.0.0.1:9/cam.mjpg")


def test_a_file_is_played_at_its_own_pace() -> None:
    source = open_source(str(SAMPLE))
    assert isinstance(source, Paced)
    assert source.info.size_px == (640, 360)


def test_the_command_line_does_not_import_what_keeps_a_window_from_opening() -> None:
    code = "import sys, formcheck.cli, formcheck.screen; sys.exit('av' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0
