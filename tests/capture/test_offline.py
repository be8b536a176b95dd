"""MediaPipe's uploader of usage statistics ends on this machine."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from formcheck.capture.native import offline
from formcheck.capture.pose.mediapipe import Landmarker
from formcheck.capture.pose.model_file import find_model

ROOT = Path(__file__).parents[2]
ELSEWHERE = re.compile(r"AF_INET6?,(?!.*127\.0\.0\.1)")


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"PATH": "/bin", "https_proxy": "http://proxy:3128"})
    monkeypatch.setattr(offline, "_users_own", {})


def test_offline_every_proxy_variable_names_a_dead_end() -> None:
    offline.stay_offline()
    offline.stay_offline()
    proxies = [value for name, value in os.environ.items() if "proxy" in name.lower()]
    assert len(proxies) == 6
    assert set(proxies) == {offline.DEAD_END}


def test_an_exception_from_the_proxies_is_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "no_proxy", "*")
    offline.stay_offline()
    assert "no_proxy" not in os.environ


def test_what_fetches_the_model_is_given_the_users_own_proxies() -> None:
    offline.stay_offline()
    environment = offline.users_environment()
    assert environment["https_proxy"] == "http://proxy:3128"
    assert offline.DEAD_END not in environment.values()
    assert offline.users_proxies() == {"https": "http://proxy:3128"}


def test_opening_a_model_goes_offline_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    Landmarker(find_model()).close()
    assert os.environ["https_proxy"] == offline.DEAD_END


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_judging_a_video_connects_to_nobody(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.undo()
    find_model()
    film = ROOT / "sample_videos" / "empty_room.mp4"
    told = tmp_path / "calls.txt"
    code = "from formcheck.interfaces.cli.commands import main; main()"
    command = ["strace", "-f", "-e", "trace=connect,sendto,sendmmsg", "-o", str(told)]
    command += [sys.executable, "-c", code, "video", str(film), "-e", "bridge"]
    subprocess.run([*command, "--out", str(tmp_path)], cwd=ROOT, capture_output=True, check=False)
    assert (tmp_path / "empty_room.events.json").exists()
    assert [line for line in told.read_text().splitlines() if ELSEWHERE.search(line)] == []
