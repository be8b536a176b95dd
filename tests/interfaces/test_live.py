"""`formcheck live` on the command line: one clear line where it cannot begin."""

from __future__ import annotations

import errno
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest.mock import Mock

import pytest
from click.testing import CliRunner

from formcheck.capture.video import camera
from formcheck.capture.video.camera import Paced, check_source, open_source
from formcheck.errors import FormcheckError, SourceError
from formcheck.interfaces.cli import commands, live
from formcheck.interfaces.web.server import HOST
from formcheck.interfaces.window import screen
from formcheck.storage.atomic_files import check_folder

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "sample_videos" / "bridge" / "bridge_side.mp4"


def refused(*arguments: str) -> str:
    done = CliRunner().invoke(commands.main, ["live", *arguments])
    assert done.exit_code == 2
    [line] = done.stderr.splitlines()
    return line.removeprefix("formcheck: ")


def never(*_: object, **__: object) -> None:
    pytest.fail("it went on all the same")


@pytest.fixture
def _no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(live, "PageServer", never)


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


@pytest.mark.usefixtures("_no_page")
def test_a_dose_of_no_exercise_is_refused() -> None:
    told = "--dose needs an exercise: `formcheck live EXERCISE --dose ID`"
    assert refused("--dose", "001") == told


@pytest.mark.parametrize("option", [("--phone",), ("--port", "8000"), ("--no-browser",)])
def test_a_window_with_an_option_of_the_page_is_refused_before_it_opens(
    option: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(screen, "open_window", never)
    told = f"--window does not go with {option[0]}; leave out one or the other"
    assert refused("bridge", "--window", *option) == told


@pytest.mark.usefixtures("_no_page")
def test_a_film_that_is_not_there_or_no_film_is_told_before_the_page_is_served(
    tmp_path: Path,
) -> None:
    nothing, text = tmp_path / "none.mp4", tmp_path / "text.mp4"
    text.write_text("no film", encoding="utf-8")
    told = f"{nothing}: no such file; check the path"
    assert refused("bridge", "--source", str(nothing)) == told
    assert refused("bridge", "--source", str(text)).startswith(f"{text}: not a video")


@pytest.mark.usefixtures("_no_page")
def test_a_camera_that_linux_does_not_have_is_told_before_the_page_is_served(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(camera, "_DEVICES", tmp_path)
    (tmp_path / "video0").touch()
    assert "camera 7: cannot be opened; is it plugged in" in refused("bridge", "--source", "7")
    check_source("0")


def test_an_address_and_a_camera_of_another_system_are_not_asked_before_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(camera, "_opened", never)
    check_source("http://127.0.0.1:9/cam.mjpg")
    monkeypatch.setattr(sys, "platform", "win32")
    check_source("77")


@pytest.mark.usefixtures("_no_page")
def test_a_model_that_is_not_there_is_told_before_the_page_is_served(tmp_path: Path) -> None:
    told = refused("bridge", "--model", str(tmp_path / "none.task"))
    assert "none.task: no such model file; check the path" in told


@pytest.mark.usefixtures("_no_page")
def test_a_folder_that_cannot_be_made_is_told_before_the_page_is_served(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    told = refused("bridge", "--out", str(tmp_path / "file" / "out"))
    assert told.startswith(f"{tmp_path / 'file' / 'out'}: cannot be written: ")


def test_a_folder_in_which_nothing_can_be_written_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(**_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(tempfile, "TemporaryFile", full)
    with pytest.raises(FormcheckError) as error:
        check_folder(tmp_path)
    told = f"{tmp_path}: cannot be written: No space left on device; choose another folder"
    assert str(error.value) == told


def test_a_folder_is_made_and_nothing_is_left_in_it(tmp_path: Path) -> None:
    check_folder(tmp_path / "reports" / "mine")
    assert list((tmp_path / "reports" / "mine").iterdir()) == []


def test_a_package_that_a_phone_needs_is_told_by_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live, "home_address", lambda: HOST)
    monkeypatch.setitem(sys.modules, "cryptography", None)
    told = refused("bridge", "--phone", "--out", str(tmp_path))
    assert told == "--phone needs the package cryptography: pip install cryptography"


def test_a_port_that_is_taken_is_told_in_one_line(tmp_path: Path) -> None:
    with socket.create_server((HOST, 0)) as other:
        port = other.getsockname()[1]
        told = refused("bridge", "--port", str(port), "--out", str(tmp_path))
    assert told.startswith(f"port {port}: cannot be used: ")
    assert told.endswith("; give another --port, or none")


def test_what_is_in_order_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = Mock()
    monkeypatch.setattr(live, "PageServer", page)
    order = ["live", "bridge", "--source", str(SAMPLE), "--out", str(tmp_path / "out")]
    assert CliRunner().invoke(commands.main, order).exit_code == 0
    page.return_value.run.assert_called_once()


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
    modules = "formcheck.interfaces.cli.commands, formcheck.interfaces.window.screen"
    code = f"import sys, {modules}; sys.exit('av' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, cwd=ROOT).returncode == 0
