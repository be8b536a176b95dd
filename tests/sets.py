"""Sets of three exercises whose truth is known, and the judging of them: the ladder's rungs.

A set is done at a `PACES` pace, or by a weak patient who never gets into form; what its judge must
find, count, partial reps and holds, follows from the script alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain

import numpy as np

from formcheck.exercises.catalog import find_spec
from formcheck.exercises.model import Dose, ExerciseSpec
from formcheck.judging.checker import Checker
from formcheck.records.events import Attempt, Event
from formcheck.records.pose import Pose
from tests.bodies import (
    Bridge,
    Camera,
    Level,
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
    truth_hold_s,
)
from tests.show import plain_dose

LEFT, RIGHT, FRONT = Camera(azimuth_deg=90), Camera(azimuth_deg=-90), Camera(azimuth_deg=0)


@dataclass(frozen=True)
class Pace:
    """How many reps there are in a set and how long each part of one takes."""

    count: int
    rise_s: float
    hold_s: float
    lower_s: float
    pause_s: float


PACES = {
    "normal": Pace(5, 1.5, 2.5, 1.5, 1.0),
    "slow": Pace(3, 3.0, 3.0, 3.0, 1.0),
    "fast": Pace(8, 0.6, 0.1, 0.6, 0.5),
    "weak": Pace(5, 1.5, 2.0, 1.5, 1.0),
}
"""Lying down or kneeling, a hold is asked for; the squat's is cut to a moment (`MOMENT_S`)."""

HASTY = {"hasty": Pace(8, 0.6, 0.1, 0.6, 0.3)}
"""Faster than what is promised: rests too short to be seen as such through much noise."""

MOMENT_S = 0.5
"""Stay at the bottom of a squat."""

STILL_S = 2.5
"""Stay in the start posture before the first rep."""


@dataclass(frozen=True)
class Exercise:
    """One exercise as a person does it: from which posture, to which tops in turn.

    weak_tops: where a weak patient gets to. levels: between which truths a hold is timed.
    """

    id: str
    dose: str
    camera: Camera
    rest: Posture
    tops: tuple[Posture, ...]
    weak_tops: tuple[Posture, ...]
    levels: tuple[Level, ...]


_SQUAT = ("bodyweight_squat", "001")
_SQUATTING = (
    Squat(),
    (Squat(thigh_deg=10, trunk_deg=65),),
    (Squat(thigh_deg=55, trunk_deg=75),),
    (Level("thigh_deg", 40, 46, rising=False),),
)

EXERCISES = {
    "bridge": Exercise(
        "bridge", "plain", RIGHT,
        rest=Bridge(), tops=(Bridge(178),), weak_tops=(Bridge(150),),
        levels=(Level("hip_line_deg", 165, 160),),
    ),
    "bird_dog": Exercise(
        "bird_dog", "003", LEFT,
        rest=Quadruped(),
        tops=(bird_dog(working_leg="left"), bird_dog(working_leg="right")),
        weak_tops=(bird_dog(-18, working_leg="left"), bird_dog(-18, working_leg="right")),
        levels=(Level("leg_deg", -12, -18), Level("arm_deg", -20, -28)),
    ),
    "squat_side": Exercise(*_SQUAT, LEFT, *_SQUATTING),
    "squat_front": Exercise(*_SQUAT, FRONT, *_SQUATTING),
}  # fmt: skip


@dataclass(frozen=True)
class Workout:
    """A script of one exercise, and what is true of it."""

    exercise: Exercise
    script: Script
    counted: int
    partial: int

    @property
    def holds_s(self) -> list[float]:
        """The holds that there are without any noise: reach level in, fall level out."""
        return truth_hold_s(self.script, *self.exercise.levels)

    def film(self, fps: float, *, jitter: float = 0.0) -> list[Pose]:
        """The poses that its usual camera sees."""
        return film(self.script, self.exercise.camera, fps=fps, jitter=jitter)


@cache
def workout(exercise: str, pace: str) -> Workout:
    """One set of `EXERCISES` at one of the `PACES`, or `HASTY`."""
    done, is_weak = EXERCISES[exercise], pace == "weak"
    count = (PACES | HASTY)[pace].count
    script = Script(done.rest, (Stay(STILL_S), *repeated(exercise, pace), Stay(1.0)))
    return Workout(done, script, 0 if is_weak else count, count if is_weak else 0)


def repeated(exercise: str, pace: str = "normal", count: int | None = None) -> tuple[Segment, ...]:
    """The reps of a set, without the stillness before it."""
    done, at = EXERCISES[exercise], (PACES | HASTY)[pace]
    tops = done.weak_tops if pace == "weak" else done.tops
    parts = [
        reps(
            1, done.rest, tops[i % len(tops)],
            rise_s=at.rise_s,
            hold_s=min(at.hold_s, MOMENT_S) if done.id == "bodyweight_squat" else at.hold_s,
            lower_s=at.lower_s,
            pause_s=at.pause_s,
        )
        for i in range(at.count if count is None else count)
    ]  # fmt: skip
    return tuple(chain.from_iterable(parts))


@dataclass(frozen=True)
class Noise:
    """What a tracker adds: a share of the torso as the deviation of each coordinate, and the time
    after which 1/e of an error is left (0: white)."""

    percent: float
    lasting_s: float = 0.0

    def on(self, poses: list[Pose], seed: int) -> list[Pose]:
        """The poses with that noise."""
        if not self.percent:
            return poses
        return noisy(poses, self.percent, correlation_s=self.lasting_s, seed=seed)

    def __str__(self) -> str:
        kind = f"lasting {self.lasting_s:g} s" if self.lasting_s else "white"
        return f"{self.percent:g} % {kind}" if self.percent else "no noise"


def dose_of(spec: ExerciseSpec, dose: str | None) -> Dose:
    """A dose by its id; "plain" is one without a hold."""
    return plain_dose(spec.id) if dose == "plain" else spec.dose_by_id(dose)


def judged(poses: Iterable[Pose], exercise: str, dose: str | None = None) -> list[Event]:
    """All that the checker tells of a recording; dose: "plain" for one without a hold."""
    spec = find_spec(exercise)
    checker = Checker(spec.with_dose(dose_of(spec, dose)))
    return [e for pose in poses for e in checker.update(pose)] + checker.finish()


def attempts(events: Iterable[Event]) -> list[Attempt]:
    """The attempts among the events."""
    return [event for event in events if isinstance(event, Attempt)]


@dataclass(frozen=True)
class Score:
    """What was found of a workout: counted, partial and other attempts, and how far the worst hold
    lies off the truth (NaN where it was not counted exactly, or nothing was held)."""

    counted: int
    partial: int
    other: int
    hold_error_s: float

    def is_exact(self, done: Workout) -> bool:
        """Whether counts and partial reps are those of the workout."""
        return (self.counted, self.partial, self.other) == (done.counted, done.partial, 0)


def score(done: Workout, poses: Iterable[Pose]) -> Score:
    """Judge poses of a workout and hold the result against its truth."""
    found = attempts(judged(poses, done.exercise.id, done.exercise.dose))
    counted = sum(attempt.counts for attempt in found)
    partial = sum(attempt.outcome == "partial" for attempt in found)
    errors = list(_hold_errors_s(done, found)) if counted == len(found) == done.counted else []
    return Score(counted, partial, len(found) - counted - partial, max(errors, default=np.nan))


def _hold_errors_s(done: Workout, found: list[Attempt]) -> Iterator[float]:
    for attempt, truth_s in zip(found, done.holds_s, strict=True):
        yield abs(attempt.hold_s - truth_s)
