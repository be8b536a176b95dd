"""The ladder of noise and frame rates, and what goes on before, between and after the reps.

The whole of it, with more seeds, is measured by benchmarks/noise_ladder.py; here every workout is
judged at every frame rate, each with its hardest noise or one of the milder ones.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import pytest

from formcheck.records.events import Event, Started
from formcheck.records.pose import Pose
from formcheck.records.report import fold
from tests.bodies import (
    LANDSCAPE,
    Quadruped,
    Script,
    Segment,
    Squat,
    Stay,
    film,
    getting_up,
    kneeling_down,
    lying_down,
    noisy,
    walking_in,
    walking_out,
)
from tests.sets import (
    EXERCISES,
    PACES,
    STILL_S,
    Exercise,
    Noise,
    attempts,
    judged,
    repeated,
    score,
    workout,
)

MILDER = (Noise(0), Noise(1), Noise(2, 0.15), Noise(3), Noise(3, 0.15))
HARDEST = (Noise(4), Noise(4, 0.15))
AT_6_FPS = (Noise(1.5), Noise(1.5, 0.15))

FPS, AWAY_S = 20, 5.0

WORKOUTS = list(product(EXERCISES, PACES))

Cell = tuple[str, str, int, Noise]


def _cells() -> list[Cell]:
    """Each workout at each frame rate, noises dealt out in turn so that all meet all."""
    dealt: list[Cell] = []
    for i, (exercise, pace) in enumerate(WORKOUTS):
        for j, fps in enumerate((6, 10, 15, 30, 60)):
            hardest = (AT_6_FPS if fps == 6 else HARDEST)[(i + i // 4 + j) % 2]
            milder = MILDER[(i + 2 * j) % len(MILDER)]
            is_hard = fps == 6 or (i + j) % 2
            dealt.append((exercise, pace, fps, hardest if is_hard else milder))
    return dealt


@pytest.mark.parametrize(("exercise", "pace", "fps", "noise"), _cells(), ids=str)
def test_counts_and_partial_reps_are_exact(
    exercise: str, pace: str, fps: int, noise: Noise
) -> None:
    done = workout(exercise, pace)
    found = score(done, noise.on(done.film(fps), seed=0))
    assert (found.counted, found.partial, found.other) == (done.counted, done.partial, 0)


@pytest.mark.parametrize("lasting_s", [0.0, 0.15])
@pytest.mark.parametrize(("exercise", "fps"), list(zip(EXERCISES, (10, 15, 30, 60), strict=True)))
def test_holds_are_within_a_fifth_of_a_second(exercise: str, fps: int, lasting_s: float) -> None:
    done = workout(exercise, "normal")
    found = score(done, Noise(2, lasting_s).on(done.film(fps), seed=0))
    assert found.hold_error_s < 0.2


@pytest.mark.parametrize(("exercise", "pace"), WORKOUTS)
def test_a_variable_frame_rate_changes_no_count(exercise: str, pace: str) -> None:
    done = workout(exercise, pace)
    found = score(done, Noise(2).on(done.film(20, jitter=0.6), seed=0))
    assert found.is_exact(done)
    assert not found.hold_error_s > 0.2


# --- what goes on around the reps ---------------------------------------------------------------


def _down(exercise: Exercise) -> tuple[Segment, ...]:
    """From standing into the start posture."""
    match exercise.rest:
        case Quadruped() as rest:
            return kneeling_down(rest)
        case Squat():
            return ()
    return lying_down(exercise.rest)


def _up(exercise: Exercise) -> tuple[Segment, ...]:
    """From the start posture to standing."""
    return () if isinstance(exercise.rest, Squat) else getting_up()


def _visit(exercise: Exercise, reps: tuple[Segment, ...]) -> Script:
    """Come in, get down, keep still, do reps, get up and leave."""
    down, up = _down(exercise), _up(exercise)
    return walking_in().then(*down, Stay(STILL_S), *reps, Stay(1.0), *up, *walking_out())


def _filmed(exercise: Exercise, *scripts: Script) -> list[Pose]:
    """One visit after the other, with nobody there for `AWAY_S` between them."""
    poses: list[Pose] = []
    for script in scripts:
        begin_s = poses[-1].t_s + 1 / FPS if poses else 0.0
        filmed = noisy(film(script, exercise.camera, fps=FPS), 1.5, correlation_s=0.15)
        poses += [replace(pose, t_s=begin_s + pose.t_s) for pose in filmed]
        end_s = poses[-1].t_s
        poses += [Pose.nobody(end_s + i / FPS, LANDSCAPE) for i in range(1, int(AWAY_S * FPS))]
    return poses


def _judged(exercise: Exercise, *scripts: Script) -> list[Event]:
    return judged(_filmed(exercise, *scripts), exercise.id, exercise.dose)


@pytest.mark.parametrize("name", EXERCISES)
def test_coming_and_going_count_nothing(name: str) -> None:
    exercise = EXERCISES[name]
    events = _judged(exercise, _visit(exercise, repeated(name)))
    assert [attempt.outcome for attempt in attempts(events)] == ["full"] * 5


@pytest.mark.parametrize("name", EXERCISES)
def test_who_only_comes_and_goes_has_done_nothing(name: str) -> None:
    exercise = EXERCISES[name]
    assert not attempts(_judged(exercise, _visit(exercise, ())))


@pytest.mark.parametrize("name", EXERCISES)
def test_a_set_goes_on_after_leaving_and_coming_back(name: str) -> None:
    exercise = EXERCISES[name]
    visits = [_visit(exercise, repeated(name, count=count)) for count in (3, 2)]
    events = _judged(exercise, *visits)
    assert [attempt.outcome for attempt in attempts(events)] == ["full"] * 5
    assert sum(isinstance(event, Started) for event in events) == 2


@pytest.mark.parametrize("name", EXERCISES)
def test_a_rep_of_who_has_come_back_counts_without_a_still_start(name: str) -> None:
    exercise = EXERCISES[name]
    at_once = Script(exercise.rest, repeated(name, count=1))
    events = _judged(exercise, _visit(exercise, repeated(name, count=3)), at_once)
    assert [attempt.counts for attempt in attempts(events)] == [True] * 4


@pytest.mark.parametrize("name", EXERCISES)
def test_a_long_pause_begins_another_set(name: str) -> None:
    exercise = EXERCISES[name]
    parts = (Stay(STILL_S), *repeated(name, count=2), Stay(22), *repeated(name, count=3), Stay(1))
    report = fold(_judged(exercise, Script(exercise.rest, parts)))
    assert [totals.counted for totals in report.sets.values()] == [2, 3]


@pytest.mark.parametrize(("name", "noise"), list(zip(EXERCISES, 2 * HARDEST, strict=True)), ids=str)
def test_two_minutes_of_rest_count_nothing(name: str, noise: Noise) -> None:
    exercise = EXERCISES[name]
    poses = film(Script(exercise.rest, (Stay(120),)), exercise.camera, fps=10)
    assert not attempts(judged(noise.on(poses, seed=0), exercise.id, exercise.dose))
