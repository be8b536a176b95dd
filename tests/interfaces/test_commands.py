"""The command line: tables for people, JSON for machines, one line for a mistake."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from formcheck import __version__
from formcheck.interfaces.cli.commands import USERS_MISTAKE
from formcheck.measuring.scene import DEFAULT_STATURE_IN
from formcheck.records.pose import Pose
from formcheck.running.recording import INCH_CM
from formcheck.storage.pose_tracks import PoseTrack, TrackWriter
from formcheck.words import conditions
from tests.bodies import Bridge, Camera, Quadruped, Script, Squat, Stay, bird_dog, film, reps
from tests.calling import call, mistake

ROOT = Path(__file__).parents[2]

BRIDGES = Script(
    Bridge(), (Stay(2), *reps(2, Bridge(), Bridge(175), hold_s=13), *reps(1, Bridge(), Bridge(140)))
)
"""Two bridges held for three breaths, and one of half the way."""


def track(path: Path, poses: Sequence[Pose], **facts: Any) -> Path:
    with TrackWriter(path) as writer:
        for pose in poses:
            writer.add(pose)
        writer.close(facts)
    return path


@pytest.fixture(scope="module")
def bridges(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return track(tmp_path_factory.mktemp("tracks") / "me.poses.npz", film(BRIDGES, fps=20))


# --- replay -------------------------------------------------------------------------------------


def test_replay_counts_the_reps_of_a_saved_track(bridges: Path) -> None:
    result = call("replay", bridges, "-e", "bridge")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert "target: 5 to 30 reps, hold 12 s" in result.stdout
    assert "Set 1: 2 reps counted, 1 partial, 2 with good form, best hold 1" in result.stdout
    assert "hip line 140°, needs 165°" in " ".join(result.stdout.split())


@pytest.mark.parametrize(
    ("exercise", "script", "azimuth_deg", "count"),
    [
        ("bird_dog", Script(Quadruped(), (
            Stay(2), *reps(1, Quadruped(), bird_dog(), hold_s=8),
            *reps(1, Quadruped(), bird_dog(working_leg="right"), hold_s=8))), 90, 2),
        ("bodyweight_squat", Script(Squat(), (Stay(2), *reps(3, Squat(), Squat(5, 60)))), 0, 3),
    ],
)  # fmt: skip
def test_replay_counts_other_exercises_too(
    tmp_path: Path, exercise: str, script: Script, azimuth_deg: float, count: int
) -> None:
    poses = film(script, Camera(azimuth_deg), fps=20)
    result = call("replay", track(tmp_path / "a.npz", poses), "-e", exercise, "--json")
    assert json.loads(result.stdout)["totals"]["counted"] == count


def test_json_prints_json_and_nothing_else(bridges: Path) -> None:
    result = call("replay", bridges, "-e", "bridge", "--json")
    document = json.loads(result.stdout)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert document["formcheck"] == __version__
    assert document["exercise"]["id"] == "bridge"
    assert document["totals"]["counted"] == document["totals"]["full"] == 2
    kinds = [event["kind"] for event in document["events"]]
    assert kinds[0] == "started"
    assert kinds.count("attempt") == 3
    assert "NaN" not in result.stdout


def test_another_dose_asks_for_something_else(bridges: Path) -> None:
    asked = call("replay", bridges, "-e", "bridge", "--dose", "001-routine", "--json")
    assert json.loads(asked.stdout)["dose"] == "001-routine: 8 to 10 reps, 2 sets, hold 12 s"


def test_explain_tells_each_level_of_a_rep_with_its_limit_and_value(bridges: Path) -> None:
    result = call("replay", bridges, "-e", "bridge", "--explain", "1")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert result.stdout.startswith("Attempt 1: full (counted)\n")
    for level in conditions.LEVELS.values():
        assert any(line.startswith(level) for line in lines)
    said = [" ".join(line.split()) for line in lines]
    assert any(
        re.match("reaches the position hip line at least 165° .* yes", line) for line in said
    )
    assert any("holds the position hold 12 s (counts from 9.6 s)" in line for line in said)


def test_explain_tells_why_a_rep_is_only_partial(bridges: Path) -> None:
    told = call("replay", bridges, "-e", "bridge", "--explain", "3").stdout
    assert "Attempt 3: partial (not counted): hip line 140°, needs 165°" in told


def test_explain_as_json_is_the_attempt_with_all_that_was_found_in_it(bridges: Path) -> None:
    result = call("replay", bridges, "-e", "bridge", "--explain", "3", "--json")
    told = json.loads(result.stdout)
    assert list(told) == ["attempt", "holds", "faults", "not_judged"]
    assert (told["attempt"]["number"], told["attempt"]["outcome"]) == (3, "partial")
    assert [fault["id"] for fault in told["faults"]] == ["hips_low"]
    assert "reach" in [check["level"] for check in told["attempt"]["checks"]]


def test_explain_knows_no_more_reps_than_there_are(bridges: Path) -> None:
    (line,) = mistake("replay", bridges, "-e", "bridge", "--explain", "9")
    assert line == (
        "there is no attempt 9: 3 in this recording, and 0 movements too small to be one; "
        "give 1 to 3"
    )


def test_explain_says_so_where_there_is_one_rep_or_none(tmp_path: Path) -> None:
    one = Script(Bridge(), (Stay(2), *reps(1, Bridge(), Bridge(175), hold_s=13)))
    path = track(tmp_path / "one.npz", film(one, fps=20))
    (line,) = mistake("replay", path, "-e", "bridge", "--explain", "2")
    assert line.endswith("; give 1")
    path = track(tmp_path / "none.npz", film(Script(Bridge(), (Stay(4),)), fps=20))
    (line,) = mistake("replay", path, "-e", "bridge", "--explain", "1")
    assert line == (
        "there is no attempt 1: none in this recording, and 0 movements too small to be one; "
        "leave out --explain to see what was found"
    )


def test_a_recording_that_cannot_be_judged_says_why_and_what_to_do(tmp_path: Path) -> None:
    front = film(BRIDGES, Camera(azimuth_deg=0), fps=20)
    result = call("replay", track(tmp_path / "front.npz", front), "-e", "bridge")
    assert result.exit_code == USERS_MISTAKE
    assert "front.npz: not judged: " in result.stderr
    machine = call("replay", tmp_path / "front.npz", "-e", "bridge", "--json")
    assert machine.exit_code == USERS_MISTAKE
    assert json.loads(machine.stdout)["totals"]["counted"] == 0


def test_a_recording_without_a_rep_says_so(tmp_path: Path) -> None:
    still = track(tmp_path / "still.npz", film(Script(Bridge(), (Stay(4),)), fps=20))
    result = call("replay", still, "-e", "bridge")
    assert result.exit_code == 0
    assert "No rep was seen" in result.stdout


def test_what_the_track_knows_of_its_video_is_told(tmp_path: Path) -> None:
    source = {"name": "garden.mp4", "size_px": [1280, 720], "fps": 20.0, "notes": ["3 bad reads"]}
    path = track(tmp_path / "a.npz", film(BRIDGES, fps=20), source=source)
    told = call("replay", path, "-e", "bridge").stdout
    assert "Bridge: garden.mp4" in told
    assert "Note: 3 bad reads" in told


@pytest.mark.parametrize(
    "source", [{"name": "x.mp4"}, {"name": "x.mp4", "later_field": 3}, "x.mp4", 3, None, []]
)
def test_a_track_that_knows_its_video_otherwise_is_judged_all_the_same(
    tmp_path: Path, source: object
) -> None:
    path = track(tmp_path / "a.npz", film(BRIDGES, fps=20)[:100], source=source)
    assert "Bridge: a.npz" in call("replay", path, "-e", "bridge").stdout


@pytest.mark.parametrize("content", [b"", b"garbage", b"PK\x03\x04garbage"])
@pytest.mark.parametrize("more", [(), ("--json",), ("--explain", "1")])
def test_garbage_is_told_in_one_line(tmp_path: Path, content: bytes, more: tuple[str, ...]) -> None:
    path = tmp_path / "garbage.npz"
    path.write_bytes(content)
    (line,) = mistake("replay", path, "-e", "bridge", *more)
    assert "garbage.npz: not a pose track" in line


def test_a_track_damaged_in_its_middle_is_told_in_one_line(bridges: Path, tmp_path: Path) -> None:
    whole = bytearray(bridges.read_bytes())
    whole[len(whole) // 2] ^= 0xFF
    path = tmp_path / "damaged.npz"
    path.write_bytes(whole)
    (line,) = mistake("replay", path, "-e", "bridge")
    assert "damaged.npz: damaged pose track" in line


def test_a_track_in_which_nobody_was_seen_is_told(tmp_path: Path) -> None:
    nobody = [Pose.nobody(i / 20, (640.0, 480.0)) for i in range(40)]
    result = call("replay", track(tmp_path / "empty.npz", nobody), "-e", "bridge")
    assert result.exit_code == USERS_MISTAKE
    assert "nobody was seen" in result.stderr


def test_a_track_without_poses_is_told(tmp_path: Path) -> None:
    result = call("replay", track(tmp_path / "empty.npz", []), "-e", "bridge")
    assert result.exit_code == USERS_MISTAKE
    assert "not judged" in result.stderr


def test_the_side_and_the_height_can_be_told(bridges: Path) -> None:
    more = ("--side", "left", "--height-cm", "180")
    told = json.loads(call("replay", bridges, "-e", "bridge", *more, "--json").stdout)
    assert (told["dose_id"], told["side"], told["height_cm"]) == ("001", "left", 180.0)
    assert call("replay", bridges, "-e", "bridge", "--height-cm", "18").exit_code == USERS_MISTAKE
    assert call("replay", bridges, "-e", "bridge", "--side", "top").exit_code == USERS_MISTAKE


def test_a_height_in_inches_is_the_same_height(bridges: Path) -> None:
    asked = ("replay", bridges, "-e", "bridge", "--dose", "002", "--json")
    told = json.loads(call(*asked, "--height-in", "70").stdout)
    assert told == json.loads(call(*asked, "--height-cm", "177.8").stdout)
    assert told["height_cm"] == 177.8
    assert told != json.loads(call(*asked).stdout)


@pytest.mark.parametrize("inches", ["39.3", "90.7", "177.8"])
def test_a_height_that_nobody_has_in_inches_is_refused(bridges: Path, inches: str) -> None:
    told = call("replay", bridges, "-e", "bridge", "--height-in", inches)
    assert told.exit_code == USERS_MISTAKE
    assert "not in the range 39.4<=x<=90.6" in told.stderr


@pytest.mark.parametrize(
    "command", [("video", "none.mp4", "-e", "bridge"), ("live", "none"),
                ("replay", "none.npz", "-e", "bridge")]
)  # fmt: skip
def test_a_height_told_twice_is_refused_in_one_line(command: tuple[str, ...]) -> None:
    (line,) = mistake(*command, "--height-cm", "178", "--height-in", "70")
    assert line == "--height-cm and --height-in are the same height; give only one"


def test_the_height_is_assumed_to_be_what_the_help_says() -> None:
    assert "Default: 170 cm." in " ".join(call("replay", "--help").stdout.split())
    assert round(DEFAULT_STATURE_IN * INCH_CM) == 170


def test_a_replay_repeats_itself_to_the_digit(bridges: Path) -> None:
    once, again = (call("replay", bridges, "-e", "bridge", "--json").stdout for _ in range(2))
    assert once == again
    assert len(list(PoseTrack(bridges))) == len(film(BRIDGES, fps=20))


LYING = film(
    Script(Bridge(), (Stay(2), *reps(2, Bridge(), Bridge(178), hold_s=2), Stay(2))),
    Camera(azimuth_deg=-90), fps=12.5,
)  # fmt: skip
STANDING = film(
    Script(Squat(), (Stay(2), *reps(2, Squat(), Squat(5, 60)), Stay(2))),
    Camera(azimuth_deg=0), fps=12.5,
)  # fmt: skip


def test_replay_without_an_exercise_recognises_it_as_video_does(tmp_path: Path) -> None:
    later_s = LYING[-1].t_s + 0.08
    squats = [replace(pose, t_s=pose.t_s + later_s) for pose in STANDING]
    path = track(tmp_path / "both.npz", [*LYING, *squats])
    told = json.loads(call("replay", path, "--json").stdout)
    assert [one["exercise"]["id"] for one in told] == ["bridge", "bodyweight_squat"]
    assert [len(one["recognised"]) for one in told] == [1, 1]
    assert [one["totals"]["counted"] for one in told] == [2, 2]
    (line,) = mistake("replay", path, "--explain", "1")
    assert line == (
        "several exercises were recognised (bridge, bodyweight_squat); "
        "choose one with -e to explain an attempt"
    )


def test_replay_says_what_was_recognised_where_it_is_one_exercise(tmp_path: Path) -> None:
    path = track(tmp_path / "a.npz", LYING)
    result = call("replay", path)
    assert result.exit_code == 0
    assert result.stdout.startswith("Recognised: Bridge, ")
    assert "Set 1: 2 reps counted" in result.stdout
    assert call("replay", path, "--explain", "2").stdout.startswith("Attempt 2: ")


def test_a_track_in_which_nothing_is_recognised_is_told_in_one_line(tmp_path: Path) -> None:
    nobody = [Pose.nobody(i / 20, (640.0, 480.0)) for i in range(40)]
    (line,) = mistake("replay", track(tmp_path / "empty.npz", nobody))
    assert "no exercise was recognised; if you know which one it is, name it" in line


@pytest.mark.parametrize("command", [("replay", "none.npz"), ("video", "none.mp4")])
def test_a_dose_without_an_exercise_is_refused(command: tuple[str, ...]) -> None:
    (line,) = mistake(*command, "--dose", "002")
    assert line == "--dose needs an exercise; add -e EXERCISE"


# --- the rest -----------------------------------------------------------------------------------


def test_video_tells_a_file_that_cannot_be_read_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "none.mp4"
    (line,) = mistake("video", path, "-e", "bridge")
    assert "none.mp4" in line
    assert list(tmp_path.iterdir()) == []


def test_one_file_that_fails_is_told_as_json_too(tmp_path: Path) -> None:
    path = tmp_path / "none.mp4"
    result = call("video", path, "-e", "bridge", "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == USERS_MISTAKE
    assert told["file"] == str(path)
    assert f"formcheck: {told['error']}" in result.stderr


def test_two_files_that_would_write_the_same_results_are_refused(tmp_path: Path) -> None:
    one, other = tmp_path / "a" / "me.mp4", tmp_path / "b" / "me.mov"
    (line,) = mistake("video", one, other, "-e", "bridge", "--out", tmp_path / "out")
    assert line.startswith(f"{one} and {other} would both write me.events.json; ")
    assert list(tmp_path.iterdir()) == []


def test_a_video_annotated_before_is_skipped_among_others(tmp_path: Path) -> None:
    for name in ("me.annotated.mp4", "me.events.json", "your.annotated.mp4"):
        (tmp_path / name).touch()
    files = [tmp_path / name for name in ("me.mp4", "me.annotated.mp4", "your.annotated.mp4")]
    told = call("video", *files, "-e", "bridge").stderr
    assert "me.annotated.mp4: skipped, formcheck made this video itself" in told
    assert "me.mp4: no such file" in told
    assert "your.annotated.mp4: the file is empty" in told
    (alone,) = mistake("video", files[1], "-e", "bridge")
    assert "me.annotated.mp4: the file is empty" in alone


MISUSED = {
    ("video",): ("missing argument 'FILES...';", "video"),
    ("video", "a.mp4", "--side", "up"): ("invalid value for '--side': 'up' is not one", "video"),
    ("video", "a.mp4", "-e"): ("option '-e' requires an argument", "video"),
    ("replay",): ("missing argument 'FILE'", "replay"),
    ("lint", "a.toml", "b.toml"): ("got unexpected extra argument (b.toml)", "lint"),
    ("lint", "--zzz"): ("no such option", "lint"),
    ("zzz",): ("no such command 'zzz'", ""),
    ("--zzz", "list"): ("no such option", ""),
}


@pytest.mark.parametrize("arguments", MISUSED, ids=" ".join)
def test_a_command_that_is_misused_is_told_in_one_line(arguments: tuple[str, ...]) -> None:
    (line,) = mistake(*arguments)
    what, command = MISUSED[arguments]
    assert line.startswith(what)
    assert line.endswith(f"; see {f'formcheck {command}'.strip()} --help")
    assert ".;" not in line


def test_a_slip_of_the_pen_is_told_with_the_nearest_option() -> None:
    (line,) = mistake("lint", "--schma")
    assert re.search(r" \(did you mean '?--schema'?\?\); see formcheck lint --help$", line)


def test_without_a_command_the_help_is_told() -> None:
    alone = call()
    assert (alone.stdout + alone.stderr).strip() == call("--help").stdout.strip()


def test_the_package_can_be_run_as_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "formcheck", "zzz"],
        capture_output=True, text=True, check=False, cwd=ROOT,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (USERS_MISTAKE, "")
    assert "formcheck: no such command 'zzz'; see python -m formcheck --help" in done.stderr


def test_the_version_and_the_help_are_told() -> None:
    assert __version__ in call("--version").stdout
    told = call("--help").stdout
    for command in ("video", "replay", "list", "show", "lint", "doctor"):
        assert command in told
        assert call(command, "--help").exit_code == 0
