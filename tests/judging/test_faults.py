"""Every fault that a spec names is found where it is plain, no other with it, and none in a clean
set."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import pytest

from formcheck.exercises.catalog import find_spec
from formcheck.records.events import Event, Fault, NotJudged
from formcheck.records.pose import LEFT_LANDMARKS, Pose
from formcheck.records.reasons import Reason
from tests.bodies import (
    Body,
    Bridge,
    Camera,
    Move,
    Posture,
    Quadruped,
    Script,
    Segment,
    Squat,
    Stay,
    bird_dog,
    film,
    noisy,
    reps,
)
from tests.sets import EXERCISES, FRONT, LEFT, RIGHT, STILL_S, attempts, judged, workout

LYING = Bridge()
KNEELING = Quadruped()
STANDING = Squat()
OBLIQUE = Camera(azimuth_deg=40)

Spoil = Callable[[list[Pose]], list[Pose]]


def _as_it_is(poses: list[Pose]) -> list[Pose]:
    return poses


def _left_thigh_steeper(poses: list[Pose]) -> list[Pose]:
    """While both thighs are low, the left knee drops by 28 cm in space: well over 20 degrees."""
    knee, hip = LEFT_LANDMARKS["knee"], LEFT_LANDMARKS["hip"]

    def bend(pose: Pose) -> Pose:
        world = pose.world_m.copy()
        low = 1 - np.clip((world[knee, 1] - world[hip, 1]) / 0.3, 0, 1)
        world[knee, 1] += 0.28 * low
        return replace(pose, world_m=world)

    return [bend(pose) for pose in poses]


@dataclass(frozen=True)
class Injected:
    """A set with a fault in each of its reps (or in its start), and all that must be told."""

    script: Script
    camera: Camera
    told: frozenset[str]
    dose: str | None = None
    spoil: Spoil = _as_it_is


def _set(
    rest: Posture,
    top: Posture,
    camera: Camera,
    *told: str,
    dose: str | None = None,
    lower_s: float = 1.5,
    hold_s: float = 2.5,
    spoil: Spoil = _as_it_is,
) -> Injected:
    done = reps(2, rest, top, hold_s=hold_s, lower_s=lower_s)
    script = Script(rest, (Stay(STILL_S), *done, Stay(1.0)))
    return Injected(script, camera, frozenset(told), dose, spoil)


def _moves(rest: Posture, camera: Camera, told: str, *way: Segment) -> Injected:
    """One rep of a way of its own."""
    script = Script(rest, (Stay(STILL_S), *way, Move(rest, 1.5), Stay(2.0)))
    return Injected(script, camera, frozenset({told}))


FAR_FEET = Bridge.lying(108, Body())

INJECTED: dict[str, dict[str, Injected]] = {
    "bridge": {
        "hips_low": _set(LYING, Bridge(150), RIGHT, "hips_low"),
        "over_arched": _set(LYING, Bridge(207), RIGHT, "over_arched"),
        "feet_too_far": _set(FAR_FEET, replace(FAR_FEET, hip_line_deg=177), RIGHT, "feet_too_far"),
        "dropped_fast": _set(LYING, Bridge(178), RIGHT, "dropped_fast", lower_s=0.5),
        "uneven_hold": _moves(
            LYING, RIGHT, "uneven_hold",
            Move(Bridge(185), 1.5), Stay(2.0), Move(Bridge(168), 2.0), Stay(3.0),
        ),
        "lifted_too_high": _set(
            LYING, Bridge(185), RIGHT, "lifted_too_high", dose="002", hold_s=5.0
        ),
    },
    "bird_dog": {
        "leg_low": _set(KNEELING, bird_dog(-22), LEFT, "leg_low"),
        "leg_high": _set(KNEELING, bird_dog(32), LEFT, "leg_high"),
        "arm_low": _set(KNEELING, bird_dog(0, -40), LEFT, "arm_low"),
        "arm_high": _set(KNEELING, bird_dog(0, 45), LEFT, "arm_high"),
        "knee_bent": _set(KNEELING, bird_dog(knee_deg=125), LEFT, "knee_bent"),
        "elbow_bent": _set(KNEELING, bird_dog(elbow_deg=125), LEFT, "elbow_bent"),
        "not_together": _moves(
            KNEELING, LEFT, "not_together",
            Move(replace(KNEELING, left_leg_deg=0.0, left_knee_deg=172.0), 1.5), Stay(2.0),
            Move(bird_dog(), 1.5), Stay(2.5),
        ),
        "dropped_fast": _set(KNEELING, bird_dog(), LEFT, "dropped_fast", lower_s=0.4),
    },
    "bodyweight_squat": {
        "shallow": _set(STANDING, Squat(32, 70), LEFT, "shallow"),
        "too_deep": _set(STANDING, Squat(-28, 60), LEFT, "too_deep"),
        "chest_dropping": _set(STANDING, Squat(10, 30), LEFT, "chest_dropping"),
        "chest_dropping_front": _set(STANDING, Squat(10, 22), OBLIQUE, "chest_dropping_front"),
        "leaning_forward": _set(STANDING, Squat(10, 35), FRONT, "leaning_forward"),
        "knees_in": _set(STANDING, Squat(10, 65, knee_gap_ratio=0.5), FRONT, "knees_in"),
        "heels_lifting": _set(STANDING, Squat(10, 65, heel_lift=0.3), LEFT, "heels_lifting"),
        "feet_narrow": _set(
            Squat(ankle_gap_ratio=0.4), Squat(10, 65, ankle_gap_ratio=0.4), FRONT, "feet_narrow"
        ),
        "feet_wide": _set(
            Squat(ankle_gap_ratio=2.2, knee_gap_ratio=0.75),
            Squat(10, 65, ankle_gap_ratio=2.2),
            FRONT, "feet_wide",
        ),
        "hips_not_back": _set(
            STANDING, Squat(10, 75, hips_forward_m=0.25), LEFT, "hips_not_back"
        ),
        "uneven": _set(STANDING, Squat(10, 65), FRONT, "uneven", spoil=_left_thigh_steeper),
    },
}  # fmt: skip

NEEDS_OUTLINE = {"back_arching"}
"""Read from the outline alone, which these bodies do not have."""

CASES = [(exercise, fault) for exercise, faults in INJECTED.items() for fault in faults]


def _told(events: list[Event]) -> set[str]:
    return {event.id for event in events if isinstance(event, Fault)}


def _events(exercise: str, injected: Injected, *, percent: float = 0.0) -> list[Event]:
    poses = film(injected.script, injected.camera, fps=30)
    poses = noisy(poses, percent, correlation_s=0.15) if percent else poses
    return judged(injected.spoil(poses), exercise, injected.dose)


@pytest.mark.parametrize("exercise", INJECTED)
def test_every_fault_of_the_spec_is_tried(exercise: str) -> None:
    assert {rule.id for rule in find_spec(exercise).fault} - NEEDS_OUTLINE == set(
        INJECTED[exercise]
    )


@pytest.mark.parametrize(("exercise", "fault"), CASES)
@pytest.mark.parametrize("percent", [0.0, 1.0])
def test_a_plain_fault_is_found_and_no_other(exercise: str, fault: str, percent: float) -> None:
    injected = INJECTED[exercise][fault]
    assert _told(_events(exercise, injected, percent=percent)) == injected.told


@pytest.mark.parametrize(("exercise", "fault"), CASES)
def test_a_fault_is_told_once_for_each_rep_that_has_it(exercise: str, fault: str) -> None:
    events = _events(exercise, INJECTED[exercise][fault])
    of_reps = [event.attempt for event in events if isinstance(event, Fault)]
    is_of_start = of_reps == [None]
    assert is_of_start or of_reps == [attempt.number for attempt in attempts(events)]


@pytest.mark.parametrize("percent", [0.0, 1.0, 2.0])
@pytest.mark.parametrize("pace", ["normal", "slow"])
@pytest.mark.parametrize("exercise", EXERCISES)
def test_a_clean_set_has_no_fault(exercise: str, pace: str, percent: float) -> None:
    done = workout(exercise, pace)
    poses = done.film(30)
    poses = noisy(poses, percent, correlation_s=0.15) if percent else poses
    assert not _told(judged(poses, done.exercise.id, done.exercise.dose))


def test_a_foot_that_a_bent_knee_lifts_is_no_leg_too_high() -> None:
    bent = _set(KNEELING, bird_dog(22, knee_deg=115), LEFT, "knee_bent")
    assert _told(_events("bird_dog", bent)) == {"knee_bent"}


def test_without_an_outline_the_back_is_not_judged() -> None:
    done = workout("bird_dog", "normal")
    events = judged(done.film(15), "bird_dog", "003")
    reasons = {e.what: e.reason for e in events if isinstance(e, NotJudged)}
    assert reasons["back_arching"] == Reason("no_outline")
