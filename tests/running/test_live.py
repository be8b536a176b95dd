"""A live session is a recording that is judged as it comes: same events, saved whatever happens."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from formcheck.capture.video.camera import Paced
from formcheck.capture.video.page import Arrived, PageSource
from formcheck.capture.video.scenery import Rate, Scenery
from formcheck.coaching.course import PainAnswer
from formcheck.coaching.sets import Plan
from formcheck.exercises.catalog import find_spec
from formcheck.output.files import event_values
from formcheck.records.frames import Frame
from formcheck.records.pose import Pose
from formcheck.running.live import Live, View
from formcheck.running.recording import Task, judge
from formcheck.storage.pose_tracks import PoseTrack
from tests.bodies import Bridge, Camera, Script, Squat, Stay, film, getting_up, reps
from tests.running.poses_as_film import PICTURE, Filmed
from tests.show import plain_dose

RIGHT, LEFT = Camera(azimuth_deg=-90), Camera(azimuth_deg=90)
LYING = Bridge()


def bridges(count: int = 2) -> list[Pose]:
    done = reps(count, LYING, Bridge(178), hold_s=1.5)
    return film(Script(LYING, (Stay(4), *done, Stay(3))), RIGHT, fps=20)


def session(
    folder: Path,
    exercise: str = "bridge",
    *,
    dose: str = "",
    wanted: int = 9,
    keeps: bool = False,
    own_range: bool = False,
) -> tuple[Live, list[View]]:
    spec = find_spec(exercise)
    asked = spec.dose_by_id(dose) if dose else plain_dose(exercise)
    plan = Plan.of(spec, asked, reps=wanted, sets=1, rest_s=20)
    views: list[View] = []
    live = Live(
        Task(spec, plan.dose),
        plan,
        base=folder / "set",
        show=views.append,
        keeps_pictures=keeps,
        own_range=own_range,
    )
    return live, views


def play(live: Live, source: Filmed) -> None:
    live.play(source, source, model_sha256="of no model")


def saved(folder: Path, name: str = "set") -> list[dict]:
    text = (folder / f"{name}.events.json").read_text(encoding="utf-8")
    return json.loads(text)["events"]


def test_the_saved_track_judged_as_a_recording_gives_the_events_of_the_session(
    tmp_path: Path,
) -> None:
    live, _ = session(tmp_path)
    play(live, Filmed(bridges()))
    task = live.parts[0].task
    again = judge(PoseTrack(tmp_path / "set.poses.npz"), task)
    assert [event_values(event, task.spec) for event in again] == saved(tmp_path)
    assert sum(event["kind"] == "attempt" for event in saved(tmp_path)) == 2


def test_a_set_that_begins_without_a_pause_is_counted_from_its_first_rep(tmp_path: Path) -> None:
    live, views = session(tmp_path, wanted=4)
    done = reps(4, LYING, Bridge(178), hold_s=0.6)
    moves = [part for part in done if not isinstance(part, Stay) or part.duration_s < 1]
    play(live, Filmed(film(Script(LYING, (*moves, Stay(2))), RIGHT, fps=20)))
    said = [view.line for view in views if view.line]
    counts = [line for line in said if line.kind == "count"]
    assert [line.text for line in counts] == ["2", "3"]
    assert (live.flow.stage, live.flow.done) == ("pain", 4)


def test_a_session_counts_its_time_from_its_beginning(tmp_path: Path) -> None:
    """A camera's times count from when the machine was started."""
    live, _ = session(tmp_path)
    source, poses = Filmed([]), {}
    for pose in bridges():
        poses[pose.t_s] = source._poses[pose.t_s + 80_000] = pose
    source.estimate = lambda frame: poses[round(frame.t_s, 9)]  # type: ignore[method-assign]
    play(live, source)
    first = next(event for event in saved(tmp_path) if event["kind"] == "attempt")
    assert first["start_s"] == pytest.approx(4.5, abs=0.5)


def test_a_session_writes_what_a_video_writes(tmp_path: Path) -> None:
    live, _ = session(tmp_path)
    play(live, Filmed(bridges()))
    names = {path.name for path in tmp_path.iterdir()}
    assert names == {"set.events.json", "set.reps.csv", "set.poses.npz", "set.report.html"}


def test_what_is_paused_is_neither_judged_nor_kept(tmp_path: Path) -> None:
    live, _ = session(tmp_path)
    source = Filmed(bridges(3))
    source.at = {9.0: lambda: live.command("pause"), 13.0: lambda: live.command("resume")}
    play(live, source)
    kept = [pose.t_s for pose in PoseTrack(tmp_path / "set.poses.npz")]
    assert not [t_s for t_s in kept if 9.1 < t_s < 12.9]
    assert [t_s for t_s in kept if t_s > 13.1]


def test_a_source_that_fails_in_mid_set_leaves_the_set_saved(tmp_path: Path) -> None:
    live, _ = session(tmp_path)
    source = Filmed(bridges())

    def fail() -> None:
        raise OSError("cable pulled")

    source.at = {11.0: fail}
    with pytest.raises(OSError, match="cable"):
        play(live, source)
    assert live.parts[0].report.totals.counted == 1
    assert live.parts[0].outputs.report.exists()


def test_a_rep_under_way_at_the_end_is_counted_in_the_session_as_in_its_report(
    tmp_path: Path,
) -> None:
    live, _ = session(tmp_path)
    poses = bridges()
    play(live, Filmed([pose for pose in poses if pose.t_s < poses[-1].t_s - 5]))
    (part,), (done,) = live.parts, live.flow.sets
    assert done.reps == part.report.reps
    assert part.report.totals.cut_off == 1


def test_a_session_in_which_nothing_was_seen_leaves_no_files(tmp_path: Path) -> None:
    live, _ = session(tmp_path)
    play(live, Filmed([]))
    assert live.parts == []
    assert list(tmp_path.iterdir()) == []


def test_strain_goes_on_with_easier_levels_and_the_same_count(tmp_path: Path) -> None:
    halfway = reps(1, Squat(), Squat(48, 70), hold_s=0.6)
    script = Script(Squat(), (Stay(4), *halfway, Stay(6), *halfway, Stay(3)))
    live, _ = session(tmp_path, "bodyweight_squat", dose="001")
    source = Filmed(film(script, LEFT, fps=20))
    source.at = {10.0: live.ease}
    play(live, source)
    outcomes = [rep.attempt.outcome for one in live.flow.sets for rep in one.reps]
    assert outcomes == ["partial", "full"]
    assert [len(part.report.reps) for part in live.parts] == [1, 1]
    assert (tmp_path / "set-2.report.html").exists()


def test_an_exercise_that_cannot_be_eased_goes_on_as_it_was(tmp_path: Path) -> None:
    live, _ = session(tmp_path)
    source = Filmed(bridges())
    source.at = {6.0: live.ease}
    play(live, source)
    assert len(live.parts) == 1


@pytest.mark.parametrize(("own_range", "counted"), [(False, 0), (True, 2)])
def test_two_slow_reps_set_a_target_of_the_persons_own(
    tmp_path: Path, own_range: bool, counted: int
) -> None:
    low = reps(2, LYING, Bridge(152), hold_s=1.0)
    script = Script(LYING, (Stay(5), *low, Stay(6), *low, Stay(3)))
    live, views = session(tmp_path, own_range=own_range)
    play(live, Filmed(film(script, RIGHT, fps=20)))
    assert live.flow.done == counted
    told = [view.line.text for view in views if view.line]
    assert ("That is your range. Now the set." in told) is own_range
    assert ("Hips a little higher" in told) is not own_range


def test_the_own_target_stands_in_a_dose_with_a_geometry_of_its_own(tmp_path: Path) -> None:
    low = reps(2, LYING, Bridge(152), hold_s=1.0)
    script = Script(LYING, (Stay(5), *low, Stay(6), *low, Stay(3)))
    live, _ = session(tmp_path, dose="002", own_range=True)
    play(live, Filmed(film(script, RIGHT, fps=20)))
    shown, judged = (part.task.checker().spec.rep.reach[0].limit() for part in live.parts)
    assert shown == 155
    assert judged < 150
    assert live.flow.done == 2


def test_a_session_says_what_its_dose_says(tmp_path: Path) -> None:
    said = {
        dose: session(tmp_path, dose=dose)[0].flow.plan.spec.start.say for dose in ("001", "002")
    }
    assert "4 to 6 inches" in said["002"]
    assert "inches" not in said["001"]


def test_another_picture_size_begins_another_part_and_loses_nothing(tmp_path: Path) -> None:
    poses = bridges(1)
    turned = [replace(p, t_s=p.t_s + poses[-1].t_s + 0.05) for p in bridges(1)]
    live, _ = session(tmp_path)
    play(live, Filmed(poses + turned, sizes={turned[0].t_s: (36, 64)}))
    first, second = (PoseTrack(part.outputs.poses) for part in live.parts)
    assert len(first) + len(second) == len(poses) + len(turned)
    assert live.flow.done == 2


def test_getting_up_ends_in_the_question_about_pain(tmp_path: Path) -> None:
    up = (Stay(4), *reps(1, LYING, Bridge(178), hold_s=1.5), Stay(1), *getting_up(), Stay(30))
    live, views = session(tmp_path)
    play(live, Filmed(film(Script(LYING, up), RIGHT, fps=20)))
    assert live.flow.stage == "pain"
    live.answer(PainAnswer(2))
    assert views[-1].flow.stage == "summary"


def test_the_end_of_the_film_ends_the_set(tmp_path: Path) -> None:
    live, views = session(tmp_path)
    play(live, Filmed(bridges(1)))
    assert live.flow.stage == "pain"
    assert views[-1].line is not None


def test_without_leave_no_picture_is_kept(tmp_path: Path) -> None:
    low = reps(1, LYING, Bridge(150), hold_s=2.0)
    poses = film(Script(LYING, (Stay(4), *low, Stay(3))), RIGHT, fps=20)
    live, _ = session(tmp_path)
    play(live, Filmed(poses))
    assert live.parts[0].replays == {}
    assert not list(tmp_path.glob("*.mp4"))


def test_with_leave_a_replay_of_the_faulty_rep_is_kept_and_of_no_other(tmp_path: Path) -> None:
    good, low = (reps(1, LYING, Bridge(deg), hold_s=2.0) for deg in (178, 150))
    poses = film(Script(LYING, (Stay(4), *good, *low, Stay(3))), RIGHT, fps=20)
    live, _ = session(tmp_path, keeps=True)
    play(live, Filmed(poses))
    assert list(live.parts[0].replays) == [2]
    [replay] = live.parts[0].replays.values()
    assert replay.name == "set.rep-2.mp4"


# --- sources ------------------------------------------------------------------------------------


def arrived(number: int, captured_s: float) -> Arrived:
    return Arrived(number, captured_s, PICTURE)


def test_of_frames_that_wait_the_newest_two_are_kept() -> None:
    source = PageSource()
    for number in range(1, 6):
        source.offer(arrived(number, number / 30))
    frames = iter(source)
    seen = []
    for _ in range(2):
        next(frames)
        assert source.current is not None
        seen.append(source.current.number)
    assert seen == [4, 5]


def test_a_page_that_comes_back_with_a_new_clock_goes_on_in_the_sessions_time() -> None:
    source = PageSource()
    source.join(100.0, 7.0)
    source.offer(arrived(1, 7.5))
    frames = iter(source)
    assert next(frames).t_s == pytest.approx(100.5)
    source.join(110.0, 0.2)
    source.offer(arrived(1, 0.3))
    assert next(frames).t_s == pytest.approx(110.1)


def test_times_of_a_page_that_goes_back_in_time_still_increase() -> None:
    source = PageSource()
    frames = iter(source)
    times = []
    for captured_s in (5.0, 4.0, 4.0, 5.5):
        source.offer(arrived(1, captured_s))
        times.append(next(frames).t_s)
    assert times == sorted(set(times))


def test_closing_the_source_wakes_who_waits_for_a_frame() -> None:
    source = PageSource()
    waiting = threading.Thread(target=lambda: list(source))
    waiting.start()
    source.close()
    waiting.join(5)
    assert not waiting.is_alive()


class Clock:
    """A clock that moves when somebody sleeps, and by what each frame takes."""

    def __init__(self, takes_s: float = 0.0) -> None:
        self.now_s, self.takes_s = 50.0, takes_s

    def now(self) -> float:
        return self.now_s

    def sleep(self, seconds: float) -> None:
        self.now_s += seconds


def test_a_film_is_played_at_its_own_pace() -> None:
    clock, poses = Clock(), bridges(1)
    paced = Paced(Filmed(poses), now=clock.now, sleep=clock.sleep)
    played = [(frame.t_s, clock.now_s - 50.0) for frame in paced]
    assert played == [(pose.t_s, pytest.approx(pose.t_s)) for pose in poses]


def test_frames_of_a_film_that_come_too_late_are_left_out() -> None:
    clock, poses = Clock(), bridges(1)
    late_s = []
    for frame in Paced(Filmed(poses), now=clock.now, sleep=clock.sleep):
        clock.now_s += 0.2
        late_s.append(clock.now_s - 50.0 - frame.t_s)
    assert len(late_s) < len(poses)
    assert max(late_s) < 0.5


def test_the_rate_is_told_once_it_is_known() -> None:
    rate = Rate()
    told = [rate.fps(i / 25) for i in range(100)]
    assert np.isnan(told[:20]).all()
    assert told[-1] == pytest.approx(25)


@pytest.mark.parametrize(("shift", "moved"), [(0, False), (20, True)])
def test_a_camera_that_is_turned_is_noticed_once(shift: int, moved: bool) -> None:
    rng = np.random.default_rng(3)
    room = np.kron(rng.integers(0, 255, (9, 32)), np.ones((20, 20))).astype(np.uint8)
    room = np.repeat(room[..., None], 3, axis=2)
    scenery, nobody = Scenery(), Pose.nobody(0.0, (320.0, 180.0))
    told = 0
    for i in range(200):
        left = shift * 3 if i > 100 else 0
        told += scenery.has_moved(Frame(i / 25, room[:, left : left + 320]), nobody)
    assert told == moved


def test_a_lamp_that_is_lit_is_no_moved_camera() -> None:
    room = np.random.default_rng(3).integers(0, 120, (180, 320, 3)).astype(np.uint8)
    scenery, nobody = Scenery(), Pose.nobody(0.0, (320.0, 180.0))
    frames = [Frame(i / 25, room + (60 if i > 100 else 0)) for i in range(200)]
    assert not any(scenery.has_moved(frame, nobody) for frame in frames)
