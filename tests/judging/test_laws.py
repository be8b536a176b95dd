"""The laws of judging, each on bodies whose truth is known: time, views, holds, sight, sides.

Levels and attempts (full, short, partial) are in test_ladder.py, faults in test_faults.py.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from formcheck.exercises.catalog import find_spec
from formcheck.records.events import (
    Discarded,
    Event,
    Fault,
    Found,
    Hold,
    Lost,
    NotJudged,
    Remark,
)
from formcheck.records.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Pose
from formcheck.words.reasons import not_judged, why
from tests.bodies import (
    PORTRAIT,
    Bridge,
    Camera,
    Level,
    Move,
    Quadruped,
    Script,
    Segment,
    Sitting,
    Squat,
    Stay,
    Walking,
    absent,
    bird_dog,
    dropped,
    film,
    getting_up,
    noisy,
    reps,
    swapped_legs,
    truth_hold_s,
)
from tests.sets import (
    EXERCISES,
    FRONT,
    LEFT,
    RIGHT,
    STILL_S,
    Noise,
    attempts,
    judged,
    workout,
)

LYING, TOP = Bridge(), Bridge(178)
KNEELING = Quadruped()
IN_LINE = Level("hip_line_deg", 165, 160)
RISE_S, LOWER_S = 1.5, 1.5

_LEGS = ("knee", "ankle", "heel", "toe")


def _of(events: list[Event], kind: type) -> list[Event]:
    return [event for event in events if isinstance(event, kind)]


BRIDGE = find_spec("bridge")


def _reasons(events: list[Event]) -> dict[str, str]:
    return {e.what: not_judged(e, BRIDGE) for e in events if isinstance(e, NotJudged)}


def _found(events: list[Event]) -> list[tuple[str, list[str]]]:
    """The outcome of each attempt with the faults in it."""
    faults = [event for event in events if isinstance(event, Fault)]
    return [
        (a.outcome, sorted(f.id for f in faults if f.attempt == a.number)) for a in attempts(events)
    ]


def _lift(*held: Segment) -> Script:
    """Lie still, lift the hips, do something up there, lower them, lie."""
    way = (Stay(STILL_S), Move(TOP, RISE_S), *held, Move(LYING, LOWER_S), Stay(2))
    return Script(LYING, way)


TOP_FROM_S = STILL_S + RISE_S


# --- law 2: time is the medium's ----------------------------------------------------------------


def test_no_clock_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden() -> float:
        raise AssertionError("a clock was read")

    poses = workout("bridge", "normal").film(15)
    for clock in ("time", "monotonic", "perf_counter", "process_time"):
        monkeypatch.setattr(time, clock, forbidden)
    assert len(attempts(judged(poses, "bridge"))) == 5


def test_a_later_start_of_the_recording_shifts_all_times_and_nothing_else() -> None:
    poses = workout("squat_side", "normal").film(15)
    later = [replace(pose, t_s=pose.t_s + 1024) for pose in poses]
    before, after = (attempts(judged(p, "bodyweight_squat")) for p in (poses, later))
    assert _found([*before]) == _found([*after])
    assert [a.top_s + 1024 for a in before] == [a.top_s for a in after]


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("pace", ["normal", "weak"])
def test_thinned_from_60_to_10_frames_a_second_nothing_changes(name: str, pace: str) -> None:
    done = workout(name, pace)
    poses = Noise(1, 0.15).on(done.film(60), seed=0)
    dense, thin = (judged(p, done.exercise.id, done.exercise.dose) for p in (poses, poses[::6]))
    assert _found(dense) == _found(thin)
    for a, b in zip(attempts(dense), attempts(thin), strict=True):
        assert a.hold_s == pytest.approx(b.hold_s, abs=0.2)


# --- law 3: from wherever it is filmed ----------------------------------------------------------

BAD_TOPS = {
    "bridge": (TOP, Bridge(150), Bridge(207)),
    "bird_dog": (bird_dog(), bird_dog(32, working_leg="right"), bird_dog(knee_deg=125)),
    "squat_side": (Squat(10, 65), Squat(55, 75), Squat(10, 30)),
    "squat_front": (Squat(10, 65), Squat(55, 75), Squat(10, 65, knee_gap_ratio=0.5)),
}
"""A good rep and two bad ones."""

VIEWS: dict[str, Callable[[Camera], Camera]] = {
    "from the other side": lambda c: replace(c, azimuth_deg=c.azimuth_deg + 180),
    "portrait": lambda c: replace(c, size_px=PORTRAIT, px_per_m=200.0),
    "nearer": lambda c: replace(c, px_per_m=c.px_per_m * 1.3),
    "farther": lambda c: replace(c, px_per_m=c.px_per_m * 0.4),
    "in perspective": lambda c: replace(c, distance_m=3.5),
    "rolled clockwise": lambda c: replace(c, roll_deg=10.0),
    "rolled anticlockwise": lambda c: replace(c, roll_deg=-10.0),
    "looking down": lambda c: replace(c, elevation_deg=10.0),
}

UNLIKE = {("squat_front", "from the other side")}
"""Seen from behind is another view than from the front; it is judged alike all the same."""


def _three_reps(name: str) -> Script:
    rest = EXERCISES[name].rest
    done = [part for top in BAD_TOPS[name] for part in reps(1, rest, top, hold_s=2.0)]
    return Script(rest, (Stay(STILL_S), *done, Stay(1)))


def _judged_by(name: str, camera: Camera) -> list[Event]:
    exercise = EXERCISES[name]
    return judged(film(_three_reps(name), camera, fps=20), exercise.id, exercise.dose)


@cache
def _as_usual(name: str) -> list[tuple[str, list[str]]]:
    return _found(_judged_by(name, EXERCISES[name].camera))


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("view", VIEWS)
def test_the_view_changes_no_outcome_and_no_fault(name: str, view: str) -> None:
    expected = _as_usual(name)
    assert [outcome for outcome, _ in expected] != ["full"] * 3
    assert _found(_judged_by(name, VIEWS[view](EXERCISES[name].camera))) == expected


@pytest.mark.parametrize("name", EXERCISES)
def test_a_mirrored_recording_gives_the_same_with_sides_changed(name: str) -> None:
    exercise = EXERCISES[name]
    poses = film(_three_reps(name), exercise.camera, fps=20)
    seen, mirrored = (
        judged(p, exercise.id, exercise.dose) for p in (poses, [p.mirrored() for p in poses])
    )
    assert _found(seen) == _found(mirrored)
    other = {"left": "right", "right": "left", None: None}
    assert [other[a.side] for a in attempts(seen)] == [a.side for a in attempts(mirrored)]


# --- law 4: evidence of a rest is in test_evidence.py --------------------------------------------


def test_sitting_down_on_the_floor_is_no_squat() -> None:
    down = (Move(Squat(-10, 50), 1.3), Move(Sitting(), 1.3), Stay(3))
    script = Script(Squat(), (Stay(STILL_S), *down, *getting_up(), Stay(2)))
    events = judged(film(script, LEFT, fps=20), "bodyweight_squat")
    assert not any(attempt.counts for attempt in attempts(events))


# --- law 5: one outcome for every attempt -------------------------------------------------------


@pytest.mark.parametrize(
    ("top_deg", "held_s", "outcome"),
    [(178, 4.5, "full"), (178, 1.0, "short_hold"), (150, 4.0, "partial")],
)
def test_an_attempt_is_full_short_or_partial(top_deg: float, held_s: float, outcome: str) -> None:
    script = Script(LYING, (Stay(STILL_S), *reps(1, LYING, Bridge(top_deg), hold_s=held_s)))
    [attempt] = attempts(judged(film(script, RIGHT, fps=20), "bridge", "002"))
    assert attempt.outcome == outcome
    assert attempt.counts == (outcome != "partial")
    assert bool(attempt.reason) == (outcome != "full")


def test_a_twitch_is_discarded() -> None:
    script = Script(LYING, (Stay(STILL_S), *reps(1, LYING, Bridge(133.5), hold_s=0.2), Stay(2)))
    events = judged(film(script, RIGHT, fps=20), "bridge")
    assert not attempts(events)
    assert len(_of(events, Discarded)) == 1


def test_a_shallow_squat_is_partial_and_says_why() -> None:
    done = workout("squat_side", "weak")
    reasons = {why(a.reason) for a in attempts(judged(done.film(20), "bodyweight_squat"))}
    assert all(re.fullmatch(r"thigh 5[3-7]°, needs at most 40°", reason) for reason in reasons)
    assert reasons


@pytest.mark.parametrize(("dose", "outcome"), [("001", "partial"), ("002", "full")])
def test_the_dose_of_a_lower_bridge_reaches_lower(dose: str, outcome: str) -> None:
    script = Script(LYING, (Stay(STILL_S), *reps(1, LYING, Bridge(160), hold_s=13.0), Stay(1)))
    [attempt] = attempts(judged(film(script, RIGHT, fps=20), "bridge", dose))
    assert attempt.outcome == outcome


# --- law 6: holds -------------------------------------------------------------------------------


@pytest.mark.parametrize("fps", [6, 10, 15, 30, 60])
def test_fifty_seconds_read_fifty_seconds(fps: int) -> None:
    on_the_way_s = truth_hold_s(_lift(), IN_LINE)[0]
    poses = film(_lift(Stay(50 - on_the_way_s)), RIGHT, fps=fps)
    [attempt] = attempts(judged(noisy(poses, 1), "bridge", "001"))
    assert attempt.hold_s == pytest.approx(50, abs=0.2)


@pytest.mark.parametrize("more_s", [0.0, 0.04, 0.08, 0.12])
def test_the_edges_of_a_hold_lie_between_frames(more_s: float) -> None:
    script = _lift(Stay(3 + more_s))
    [attempt] = attempts(judged(film(script, RIGHT, fps=6), "bridge", "plain"))
    assert attempt.hold_s == pytest.approx(truth_hold_s(script, IN_LINE)[0], abs=0.04)


def _sagging(low_s: float) -> Script:
    """A hold of hips that give way to 140 degrees and come up again."""
    sag = (Move(Bridge(140), 0.3), Stay(low_s), Move(TOP, 0.3))
    return _lift(Stay(5), *sag, Stay(4))


@pytest.mark.parametrize("low_s", [0.6, 1.2])
def test_form_lost_for_a_moment_interrupts_the_hold_without_ending_it(low_s: float) -> None:
    first, second = truth_hold_s(_sagging(low_s), IN_LINE)
    events = judged(film(_sagging(low_s), RIGHT, fps=30), "bridge")
    assert [h.seconds for h in _of(events, Hold)] == [pytest.approx(first + second, abs=0.2)]


def test_form_lost_for_two_seconds_ends_the_hold_and_banks_it() -> None:
    events = judged(film(_sagging(2.5), RIGHT, fps=30), "bridge")
    truth = truth_hold_s(_sagging(2.5), IN_LINE)
    assert [h.seconds for h in _of(events, Hold)] == pytest.approx(truth, abs=0.2)
    [attempt] = attempts(events)
    assert attempt.hold_s == pytest.approx(max(truth), abs=0.2)


# --- law 7: what is not seen --------------------------------------------------------------------

KNEES = (LEFT_LANDMARKS["knee"], RIGHT_LANDMARKS["knee"])


def _unseen(joints: tuple[int, ...], seconds: float, *, held_s: float = 8.0) -> list[Event]:
    """A bridge whose joints cannot be seen for a while, two seconds into its hold."""
    from_s = TOP_FROM_S + 2.0
    poses = film(_lift(Stay(held_s)), RIGHT, fps=30)
    return judged(dropped(poses, joints, from_s=from_s, to_s=from_s + seconds), "bridge", "plain")


@pytest.mark.parametrize(("unseen_s", "credited"), [(0.4, True), (0.8, False)])
def test_a_short_loss_of_sight_is_credited_to_the_hold(unseen_s: float, credited: bool) -> None:
    [attempt] = attempts(_unseen(KNEES, unseen_s))
    truth = truth_hold_s(_lift(Stay(8.0)), IN_LINE)[0]
    expected = truth if credited else truth - unseen_s
    assert attempt.outcome == "full"
    assert attempt.hold_s == pytest.approx(expected, abs=0.1)


def _turned_over(pose: Pose) -> Pose:
    """Depth mistaken for a moment: the chest seems to point the other way."""
    return replace(pose, world_m=pose.world_m * np.array([1, 1, -1], np.float32))


@pytest.mark.parametrize(("lost_s", "credited"), [(0.4, True), (0.8, False)])
def test_a_short_loss_of_the_posture_is_credited_to_the_hold(lost_s: float, credited: bool) -> None:
    script, from_s = _lift(Stay(8.0)), TOP_FROM_S + 2.0
    poses = [
        _turned_over(pose) if from_s <= pose.t_s < from_s + lost_s else pose
        for pose in film(script, RIGHT, fps=30)
    ]
    [attempt] = attempts(judged(poses, "bridge", "plain"))
    truth = truth_hold_s(script, IN_LINE)[0]
    assert attempt.hold_s == pytest.approx(truth if credited else truth - lost_s, abs=0.1)


def test_after_seven_tenths_of_a_second_the_unseen_joint_is_named() -> None:
    events = _unseen((RIGHT_LANDMARKS["knee"],), 1.0)
    [lost], [found] = _of(events, Lost), _of(events, Found)
    assert lost.joints == ("right knee",)
    assert lost.t_s == pytest.approx(TOP_FROM_S + 2.0 + 0.7, abs=0.05)
    assert found.t_s == pytest.approx(TOP_FROM_S + 2.0 + 1.0, abs=0.05)


def test_a_loss_of_sight_of_half_a_second_is_not_told() -> None:
    assert not _of(_unseen(KNEES, 0.5), Lost)


def test_unseen_for_three_seconds_an_attempt_closes_and_keeps_its_hold() -> None:
    events = _unseen((RIGHT_LANDMARKS["knee"],), 3.5)
    [attempt] = attempts(events)
    assert (attempt.outcome, why(attempt.reason)) == ("not_judged", "right knee not visible")
    on_the_way_s = truth_hold_s(_lift(), IN_LINE)[0] / 2
    assert attempt.hold_s == pytest.approx(2.0 + on_the_way_s, abs=0.1)
    assert sum(h.seconds for h in _of(events, Hold)) == pytest.approx(attempt.hold_s)


@pytest.mark.parametrize("name", EXERCISES)
def test_joints_that_come_and_go_fire_no_fault(name: str) -> None:
    done = workout(name, "normal")
    poses = done.film(20)
    for i, joint in enumerate(("wrist", "ankle", "knee", "heel", "elbow")):
        for names in (LEFT_LANDMARKS, RIGHT_LANDMARKS):
            hidden_s = STILL_S + 5.0 * i + 1.0
            poses = dropped(poses, (names[joint],), from_s=hidden_s, to_s=hidden_s + 1.2)
    events = judged(poses, done.exercise.id, done.exercise.dose)
    assert not _of(events, Fault)
    assert all(attempt.counts for attempt in attempts(events))


def test_a_far_arm_that_is_not_seen_is_not_checked_and_the_leg_counts() -> None:
    script = Script(KNEELING, (Stay(STILL_S), *reps(2, KNEELING, bird_dog(), hold_s=2.5), Stay(1)))
    arm = [RIGHT_LANDMARKS[joint] for joint in ("elbow", "wrist", "index", "pinky", "thumb")]
    events = judged(dropped(film(script, LEFT, fps=20), arm), "bird_dog", "003")
    assert [attempt.outcome for attempt in attempts(events)] == ["full"] * 2
    for attempt in attempts(events):
        [arm_check] = [c for c in attempt.checks if c.level == "reach" and "arm" in c.text]
        assert arm_check.met is None
    assert "right wrist" in " ".join(_reasons(events).values())
    assert not _of(events, Fault)


# --- law 9: sides -------------------------------------------------------------------------------


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5])
def test_legs_taken_for_each_other_change_no_count_and_tell_no_wrong_side(share: float) -> None:
    done = workout("bird_dog", "normal")
    poses = swapped_legs(done.film(30), share, seed=1)
    found = attempts(judged(poses, "bird_dog", "003"))
    assert [attempt.counts for attempt in found] == [True] * done.counted
    for i, attempt in enumerate(found):
        assert attempt.side_assumed or attempt.side == ("left", "right")[i % 2]


def _bird_dogs(*legs: str) -> list[Event]:
    done = [
        part for leg in legs for part in reps(1, KNEELING, bird_dog(working_leg=leg), hold_s=2.0)
    ]
    script = Script(KNEELING, (Stay(STILL_S), *done, Stay(1)))
    return judged(film(script, LEFT, fps=20), "bird_dog", "003")


def test_sides_that_alternate_are_not_remarked() -> None:
    events = _bird_dogs("left", "right", "left", "right")
    assert [a.side for a in attempts(events)] == ["left", "right", "left", "right"]
    assert not _of(events, Remark)


def test_the_same_side_twice_running_is_remarked() -> None:
    remarks = _of(_bird_dogs("left", "right", "right"), Remark)
    assert [(r.id, r.side) for r in remarks] == [("not_alternating", "right")]


def test_a_side_that_never_worked_is_remarked() -> None:
    ids = [r.id for r in _of(_bird_dogs("right", "right"), Remark)]
    assert ids == ["not_alternating", "side_missing"]


# --- refusals say what to do --------------------------------------------------------------------


@pytest.mark.parametrize("name", ["bridge", "bird_dog"])
def test_the_wrong_view_is_refused_and_says_to_turn(name: str) -> None:
    exercise = EXERCISES[name]
    script = workout(name, "normal").script
    events = judged(film(script, FRONT, fps=15), exercise.id)
    assert not attempts(events)
    assert _reasons(events)["recording"].endswith("turn your side to the camera")


@pytest.mark.parametrize("name", EXERCISES)
def test_an_empty_room_is_said(name: str) -> None:
    poses = absent(workout(name, "normal").film(10))
    reason = _reasons(judged(poses, EXERCISES[name].id))["recording"]
    assert reason.startswith("nobody was seen; ")


def test_no_pose_at_all_is_said() -> None:
    assert _reasons(judged([], "bridge"))["recording"].startswith("nobody was seen")


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize("roll_deg", [35.0, -35.0])
def test_a_tilted_camera_is_refused_and_said(name: str, roll_deg: float) -> None:
    exercise = EXERCISES[name]
    camera = replace(exercise.camera, roll_deg=roll_deg)
    events = judged(film(workout(name, "normal").script, camera, fps=15), exercise.id)
    assert not attempts(events)
    assert "level" in _reasons(events)["recording"]


def test_walking_by_is_told_apart_from_a_start_posture() -> None:
    script = Script(Walking(x_m=-2.0), (Move(Walking(phase=3.5, x_m=2.0), 4.0),))
    events = judged(film(script, LEFT, fps=20), "bridge")
    assert _reasons(events)["recording"].startswith("the start position was not taken; ")
