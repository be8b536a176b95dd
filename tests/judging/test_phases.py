"""A bout in whole recordings: sight and posture lost and found, and whose faults are told."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from formcheck.exercises.catalog import find_spec
from formcheck.judging.checker import Checker
from formcheck.records.events import Attempt, Event, Found, Hold, Lost, PhaseChanged
from formcheck.records.pose import LEFT_LANDMARKS, Pose
from formcheck.records.reasons import Reason
from formcheck.records.report import fold
from tests.bodies import (
    Bridge,
    Camera,
    Move,
    Script,
    Squat,
    Stay,
    absent,
    dropped,
    film,
    reps,
)

KNEE = [LEFT_LANDMARKS["knee"]]

LONG_BRIDGE = Script(Bridge(), (Stay(2), *reps(1, Bridge(), Bridge(175), hold_s=12), Stay(1)))
"""In form from about 3.0 to 16.1 s."""


def judged(exercise: str, poses: Sequence[Pose]) -> list[Event]:
    checker = Checker(find_spec(exercise).with_dose())
    return [event for pose in poses for event in checker.update(pose)] + checker.finish()


def only(kind: type, events: Sequence[Event]) -> Event:
    (found,) = (event for event in events if isinstance(event, kind))
    return found


def held_s(events: Sequence[Event]) -> float:
    return sum(event.seconds for event in events if isinstance(event, Hold))


@pytest.fixture(scope="module")
def whole_s() -> float:
    """What the clock says of the long bridge when all of it is seen."""
    return held_s(judged("bridge", film(LONG_BRIDGE)))


@pytest.mark.parametrize("fps", [10, 30, 60])
@pytest.mark.parametrize(
    ("gap_s", "credited_s"), [(0.2, 0.2), (0.4, 0.4), (0.8, 0.0), (1.5, 0.0), (2.5, 0.0)]
)
def test_no_more_than_half_a_second_unseen_is_credited_to_a_hold(
    fps: int, gap_s: float, credited_s: float, whole_s: float
) -> None:
    poses = dropped(film(LONG_BRIDGE, fps=fps), KNEE, from_s=8.0, to_s=8.0 + gap_s)
    due_s = whole_s - gap_s + credited_s
    assert held_s(judged("bridge", poses)) == pytest.approx(due_s, abs=0.2)


def test_what_is_unseen_while_the_hips_rise_is_not_credited(whole_s: float) -> None:
    poses = dropped(film(LONG_BRIDGE), KNEE, from_s=2.5, to_s=4.5)
    assert held_s(judged("bridge", poses)) == pytest.approx(whole_s - 1.5, abs=0.1)


def test_a_short_loss_of_sight_is_not_told() -> None:
    events = judged("bridge", dropped(film(LONG_BRIDGE), KNEE, from_s=8.0, to_s=8.6))
    assert not [event for event in events if isinstance(event, Lost | Found)]


def test_a_longer_loss_pauses_and_names_the_joint() -> None:
    events = judged("bridge", dropped(film(LONG_BRIDGE), KNEE, from_s=8.0, to_s=10.0))
    lost, found = only(Lost, events), only(Found, events)
    assert lost.joints == ("left knee",)
    assert lost.t_s == pytest.approx(8.7, abs=0.05)
    assert found.t_s == pytest.approx(10.0, abs=0.05)
    phases = [event.phase for event in events if isinstance(event, PhaseChanged)]
    assert phases == ["moving", "top", "paused", "top", "falling", "rest"]
    assert only(Attempt, events).outcome == "full"


def test_a_loss_of_three_seconds_closes_the_attempt_and_keeps_the_time_in_form() -> None:
    events = judged("bridge", dropped(film(LONG_BRIDGE), KNEE, from_s=8.0, to_s=12.0))
    attempt = only(Attempt, events)
    assert (attempt.outcome, attempt.reason) == (
        "not_judged", Reason("unseen", joints=("left knee",)),
    )  # fmt: skip
    assert held_s(events) == pytest.approx(5.0, abs=0.1)


def test_a_recording_that_ends_at_the_top_keeps_the_time_in_form() -> None:
    events = judged("bridge", [pose for pose in film(LONG_BRIDGE) if pose.t_s < 10])
    attempt = only(Attempt, events)
    assert attempt.outcome == "cut_off"
    assert attempt.reason == Reason("return_not_seen")
    assert held_s(events) == pytest.approx(7.0, abs=0.1)


def test_a_fault_of_a_movement_that_is_lost_is_not_laid_on_the_next_rep() -> None:
    """A bend out of the picture, then back for one clean squat."""
    bent = Squat(60, 25)
    script = Script(
        Squat(),
        (Stay(2), Move(bent, 1), Stay(6), Move(Squat(), 1), Stay(2),
         *reps(1, Squat(), Squat(5, 60)), Stay(1)),
    )  # fmt: skip
    poses = absent(film(script, Camera(90)), from_s=4.2, to_s=9.5)
    bow, rep = fold(judged("bodyweight_squat", poses)).reps
    assert bow.attempt.outcome == "not_judged"
    assert [fault.id for fault in bow.faults] == ["chest_dropping"]
    assert rep.faults == ()
