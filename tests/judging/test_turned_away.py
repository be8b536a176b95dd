"""Starts and turns: what was learnt at the start must still hold when a rep is judged."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.exercises.catalog import find_spec
from formcheck.judging.checker import Checker
from formcheck.records.events import Attempt, Fault, Hold, Lost, NotJudged, Remark, Started
from formcheck.records.reasons import Reason
from formcheck.records.report import fold
from tests.bodies import (
    Bridge,
    Camera,
    Move,
    Quadruped,
    Script,
    Squat,
    Stay,
    absent,
    bird_dog,
    film,
    reps,
    with_visibility,
)
from tests.sets import attempts, judged

SQUATS = reps(2, Squat(), Squat(5, 60))


def turned_squats(turn_deg: float) -> Script:
    """Two squats, a turn, two squats."""
    there = replace(Squat(), turn_deg=turn_deg)
    deep = replace(Squat(5, 60), turn_deg=turn_deg)
    turn = (Stay(1), Move(there, 1.5), Stay(3))
    return Script(Squat(), (Stay(2), *SQUATS, *turn, *reps(2, there, deep), Stay(1)))


@pytest.mark.parametrize("turn_deg", [90, -90, 180])
def test_squats_after_a_turn_are_judged_from_the_new_side(turn_deg: float) -> None:
    events = judged(film(turned_squats(turn_deg), Camera(90)), "bodyweight_squat")
    assert [a.outcome for a in attempts(events)] == ["full"] * 4
    assert len([e for e in events if isinstance(e, Started)]) == 2
    assert not [e for e in events if isinstance(e, Fault)]


def test_a_turn_is_told() -> None:
    events = judged(film(turned_squats(90), Camera(90)), "bodyweight_squat")
    assert [e for e in events if isinstance(e, NotJudged) and e.reason.code == "turned"]


def test_a_glimpse_of_a_turn_before_a_squat_and_one_after_it_are_no_turn() -> None:
    squats = Script(Squat(), (Stay(2), *SQUATS, Stay(3)))
    poses = film(squats, Camera(90))
    first = attempts(judged(poses, "bodyweight_squat"))[0]
    turned = {pose.t_s: pose for pose in film(squats, Camera(0))}
    seen = [
        turned[pose.t_s] if -0.25 < pose.t_s - first.start_s < 0.3 or
        -0.1 < pose.t_s - first.t_s < 0.4 else pose
        for pose in poses
    ]  # fmt: skip
    events = judged(seen, "bodyweight_squat")
    assert [a.outcome for a in attempts(events)] == ["full"] * 2
    assert not [e for e in events if isinstance(e, NotJudged) and e.reason.code == "turned"]


@pytest.mark.parametrize(("rest_deg", "starts"), [(146, True), (149, True), (152, False)])
def test_a_rest_must_be_short_of_what_is_to_be_reached(rest_deg: float, starts: bool) -> None:
    rest = Bridge(rest_deg, 115)
    script = Script(rest, (Stay(3), *reps(1, rest, replace(rest, hip_line_deg=180)), Stay(1)))
    events = judged(film(script, Camera(90)), "bridge", "plain")
    assert bool([e for e in events if isinstance(e, Started)]) is starts


def test_a_rest_too_near_to_the_low_bridge_is_said() -> None:
    rest = Bridge(148, 112)
    script = Script(rest, (Stay(3), *reps(1, rest, replace(rest, hip_line_deg=180)), Stay(1)))
    report = fold(judged(film(script, Camera(90)), "bridge", "002"))
    assert report.why_never_judged == Reason("near")


def test_an_arm_that_moves_ahead_of_the_leg_is_not_together() -> None:
    arm_up = replace(Quadruped(), right_arm_deg=0.0)
    both_up = bird_dog(working_leg="left")
    script = Script(Quadruped(), (Stay(2), Move(arm_up, 1), Stay(2.5), Move(both_up, 1), Stay(3),
                                  Move(Quadruped(), 1.5), Stay(1)))  # fmt: skip
    events = judged(film(script, Camera(90)), "bird_dog", "003")
    assert [e.id for e in events if isinstance(e, Fault)] == ["not_together"]
    (attempt,) = attempts(events)
    assert all(check.met for check in attempt.checks)


def test_a_side_that_is_only_assumed_is_not_called_missing() -> None:
    once = reps(1, Quadruped(), bird_dog(working_leg="left"), hold_s=3)
    poses = film(Script(Quadruped(), (Stay(2), *once, *once, Stay(1))), Camera(90))
    hidden = with_visibility(poses, 0.05, joints=[15, 16])
    events = judged(hidden, "bird_dog", "003")
    assert all(attempt.side_assumed for attempt in attempts(events))
    assert not [e for e in events if isinstance(e, Remark)]


def test_when_the_whole_person_is_lost_no_joint_is_named() -> None:
    script = Script(Bridge(), (Stay(2), *reps(1, Bridge(), Bridge(178), hold_s=8), Stay(1)))
    events = judged(absent(film(script), from_s=6.0, to_s=10.5), "bridge", "plain")
    assert [e.joints for e in events if isinstance(e, Lost)] == [()]
    (attempt,) = attempts(events)
    assert attempt.reason == Reason("unseen")


@pytest.mark.parametrize(("from_s", "to_s"), [(3.0, 5.5), (2.4, 4.4)])
def test_nothing_is_dated_into_time_that_was_not_seen(from_s: float, to_s: float) -> None:
    script = Script(Bridge(), (Stay(2), *reps(1, Bridge(), Bridge(178), hold_s=8), Stay(1)))
    events = judged(absent(film(script), from_s=from_s, to_s=to_s), "bridge", "plain")
    starts_s = [e.start_s for e in events if isinstance(e, Hold | Attempt)]
    assert starts_s
    assert not [s for s in starts_s if from_s + 0.05 < s < to_s - 0.05]


def test_before_anything_is_known_the_start_posture_is_asked_for() -> None:
    checker = Checker(find_spec("bridge").with_dose())
    checker.update(film(Script(Bridge(), (Stay(1),)))[0])
    assert checker.status.obstacle == "looking"
