"""Whatever ends a run, what was finished is not lost, and nothing older is overwritten by less."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

import formcheck
from formcheck.coaching.sets import Plan
from formcheck.errors import FormcheckError
from formcheck.exercises.catalog import find_spec
from formcheck.running.live import Live
from formcheck.running.recording import Task
from formcheck.running.recovery import Recovered, recover
from formcheck.storage.pose_tracks import PoseTrack
from formcheck.storage.unfinished import left_in
from tests.running.killed import NAME, bridges
from tests.running.poses_as_film import Filmed, in_place_of_files

ROOT = Path(formcheck.__file__).parents[1]
KILLS = range(*map(int, os.environ.get("FORMCHECK_KILLS", "0:4").split(":")))
"""Seeds of the kills in the gate; `make fuzz` gives others, as FIRST:END."""

AHEAD = 2
"""So many frames of a film are read before they are judged."""


@dataclass
class Killed:
    """How far a run had come when it was killed: frames taken in, and reps finished by then."""

    frames: int
    finished: int


def kill(folder: Path, kind: str, after: int, number: int = signal.SIGKILL) -> Killed:
    """Run it, and end it by a signal once it has taken in so many frames."""
    child = subprocess.Popen(
        [sys.executable, "-m", "tests.running.killed", str(folder), kind],
        stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    with child:
        assert child.stdout is not None
        for line in child.stdout:
            frame, finished = map(int, line.split())
            if frame >= after:
                break
        child.send_signal(number)
    return Killed(frame + 1, finished)


@pytest.mark.parametrize("seed", KILLS)
@pytest.mark.parametrize("kind", ["live", "video"])
def test_a_killed_run_loses_at_most_the_rep_in_progress(
    tmp_path: Path, kind: str, seed: int
) -> None:
    after = random.Random(f"{kind} {seed}").randrange(10, 200)
    older = tmp_path / f"{NAME}.events.json"
    older.write_text("older")
    killed = kill(tmp_path, kind, after)
    assert older.read_text() == "older"
    (one,) = recover(tmp_path)
    assert one.trouble == ""
    track = next(path for path in one.files if path.suffix == ".npz")
    assert len(PoseTrack(track)) >= killed.frames - AHEAD
    whole = sum(rep.attempt.counts for rep in formcheck.replay(track, "bridge").reps)
    assert whole >= killed.finished
    assert older.read_text() == "older"
    assert list(left_in(tmp_path)) == []
    assert not list(tmp_path.glob("*.unfinished*"))


def ended_early(folder: Path, end_s: float = 12.0, **asked: object) -> None:
    """A video run that Ctrl-C ends."""
    film = bridges()
    film.at[end_s] = _interrupt
    with in_place_of_files(film), pytest.raises(KeyboardInterrupt):
        formcheck.judge(f"{NAME}.mp4", out=folder, **asked)  # type: ignore[arg-type]


def _interrupt() -> None:
    raise KeyboardInterrupt


def recovered(folder: Path) -> Recovered:
    (one,) = recover(folder)
    return one


def events(one: Recovered) -> dict:
    path = next(path for path in one.files if path.name.endswith(".events.json"))
    return json.loads(path.read_text(encoding="utf-8"))


def test_what_is_recovered_says_that_it_was_interrupted(tmp_path: Path) -> None:
    ended_early(tmp_path, exercise="bridge")
    one = recovered(tmp_path)
    said = events(one)["source"]
    assert said["interrupted"] is True
    assert "ended early, after 0:1" in said["notes"][-1]
    report = next(path for path in one.files if path.suffix == ".html")
    assert "ended early" in report.read_text(encoding="utf-8")
    assert {path.name for path in one.files} == {
        f"{NAME}.interrupted.{end}"
        for end in ("events.json", "reps.csv", "poses.npz", "report.html")
    }


def test_a_run_that_was_told_no_exercise_is_recognised_when_it_is_recovered(
    tmp_path: Path,
) -> None:
    ended_early(tmp_path, end_s=16.0)
    assert events(recovered(tmp_path))["exercise"]["id"] == "bridge"


def test_what_was_asked_is_remembered(tmp_path: Path) -> None:
    ended_early(tmp_path, exercise="bridge", dose="002", side="right", height_cm=182.0, speed=0.5)
    said = events(recovered(tmp_path))
    assert (said["dose_id"], said["side"], said["height_cm"], said["speed"]) == (
        "002", "right", 182.0, 0.5,
    )  # fmt: skip


def test_what_was_recovered_before_is_not_replaced(tmp_path: Path) -> None:
    for _ in range(2):
        ended_early(tmp_path, exercise="bridge")
        recovered(tmp_path)
    assert len(list(tmp_path.glob(f"{NAME}.interrupted*.events.json"))) == 2


def test_an_exercise_that_is_not_there_any_more_leaves_the_poses(
    tmp_path: Path, own_exercise: Path
) -> None:
    ended_early(tmp_path, exercise=own_exercise)
    one = recovered(tmp_path)
    assert "my_bridge" in one.trouble
    assert [path.suffix for path in one.files] == [".npz"]


@pytest.fixture
def own_exercise(tmp_path: Path) -> Path:
    """An exercise file of somebody's own."""
    path = tmp_path / "own" / "my_bridge.toml"
    path.parent.mkdir()
    text = (ROOT / "exercise_specs" / "bridge.toml").read_text(encoding="utf-8")
    path.write_text(text.replace('id = "bridge"', 'id = "my_bridge"'), encoding="utf-8")
    return path


def test_the_exercise_can_be_named_when_recovering(tmp_path: Path, own_exercise: Path) -> None:
    ended_early(tmp_path, exercise=own_exercise)
    (one,) = recover(tmp_path, formcheck.load_exercise(own_exercise))
    assert events(one)["exercise"]["id"] == "my_bridge"


def test_less_never_takes_the_place_of_more_without_being_asked(tmp_path: Path) -> None:
    with in_place_of_files(bridges()):
        formcheck.judge(f"{NAME}.mp4", "bridge", out=tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    shorter = Filmed([pose for pose in bridges()._poses.values() if pose.t_s < 10])
    with in_place_of_files(shorter):
        with pytest.raises(FormcheckError, match=r"an earlier run read \d+ frames, this one 125,"):
            formcheck.judge(f"{NAME}.mp4", "bridge", out=tmp_path)
        left = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.is_file()}
        assert left == before
        formcheck.judge(f"{NAME}.mp4", "bridge", out=tmp_path, replaces=True)
    assert len(PoseTrack(tmp_path / f"{NAME}.poses.npz")) == 125


def test_a_live_set_survives_the_loss_of_its_folder(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    spec = find_spec("bridge")
    plan = Plan.of(spec, spec.dose[0], reps=20, sets=1, rest_s=20)
    live = Live(Task(spec, spec.dose[0]), plan, base=folder / NAME, show=lambda _: None)
    film = bridges()
    film.at[8.0] = lambda: shutil.rmtree(folder)
    live.play(film, film, model_sha256="of no model")
    assert [part.report.totals.counted for part in live.parts] == [4]
    assert (folder / f"{NAME}.events.json").exists()


def test_a_closed_terminal_ends_a_run_as_ctrl_c_does(tmp_path: Path) -> None:
    killed = kill(tmp_path, "video", 100, signal.SIGTERM)
    assert len(list(left_in(tmp_path))) == 1
    track = next(path for path in recovered(tmp_path).files if path.suffix == ".npz")
    assert len(PoseTrack(track)) >= killed.frames - AHEAD
