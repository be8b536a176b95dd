"""Movements that are none of our exercises count nothing, and are not named as one of them.

What fails today is marked with the clause of identity that is missing; the marks are strict, so
that whoever adds the clause takes the mark away.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from accuracy.real_cases import FLAGSHIPS
from formcheck.running.recording import recognise
from tests.bodies import Body, Placed, Script
from tests.other_movements import MOVEMENTS, Movement
from tests.sets import attempts, judged

SITS = "a squat does not see that the hips come to rest on something"

COUNTED: dict[tuple[str, str], str] = {
    ("sitting down and getting up", "bodyweight_squat"): SITS,
    ("sitting down and getting up", "wall_squat"): SITS,
}
"""Counted today with and without a still second before it."""

NAMED = {
    "sitting down and getting up": SITS,
    "picking something up": "a deadlift is told by the body alone: bars are not recognised",
    "leg raise with a bent knee": "a heel slide whose foot is lifted, which is a fault of it, goes "
    "nearly as high",
}
"""Called sure or likely today, as one of ours."""


def cases() -> Iterator[Any]:
    for name, movement in MOVEMENTS.items():
        for exercise in (*FLAGSHIPS, *movement.looks_like):
            for still in (False, True):
                how = "after stillness" if still else "in motion"
                yield pytest.param(
                    movement, exercise, still, id=f"{name} as {exercise}, {how}",
                    marks=expected(COUNTED.get((name, exercise))),
                )  # fmt: skip


def expected(reason: str | None) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(strict=True, reason=reason)] if reason else []


@pytest.mark.parametrize(("movement", "exercise", "still"), list(cases()))
def test_another_movement_counts_nothing(movement: Movement, exercise: str, still: bool) -> None:
    told = attempts(judged(movement.film(exercise, still=still), exercise))
    assert [attempt.outcome for attempt in told if attempt.counts] == []


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=expected(NAMED.get(name))) for name in MOVEMENTS]
)
def test_another_movement_is_not_named_as_one_of_ours(name: str) -> None:
    told = recognise(MOVEMENTS[name].film("cat_cow", still=True))
    assert [one.spec.id for one in told if one.sureness != "unsure"] == []


# ---------------------------------------------------------------- the bodies themselves

every_movement = pytest.mark.parametrize("movement", list(MOVEMENTS.values()), ids=MOVEMENTS)

SUNK_M = 0.025
"""Between two postures of different kinds a foot may dip so deep into the floor."""

REACHED_M = 0.01


@every_movement
def test_nobody_sinks_into_the_floor_or_moves_faster_than_a_body_can(movement: Movement) -> None:
    script = movement.script(still=True)
    t_s = script.sample(60)
    joints_m = script.joints_m(t_s, Body())
    assert joints_m[..., 2].min() > -SUNK_M
    speeds_m_s = np.linalg.norm(np.diff(joints_m, axis=0), axis=-1) * 60
    assert speeds_m_s.max() < 8.0


def ends(movement: Movement) -> Iterator[Placed]:
    """The postures between which it goes, of those that are given by places."""
    moves = (segment.to for segment in movement.once if hasattr(segment, "to"))
    yield from (to for to in (movement.start, *moves) if isinstance(to, Placed))


@every_movement
def test_feet_are_where_they_are_said_to_be(movement: Movement) -> None:
    for posture in ends(movement):
        (joints_m,) = Script(posture).joints_m(np.zeros(1), Body())
        for ankle, side in ((27, "left"), (28, "right")):
            place = [getattr(posture, f"{side}_ankle_{axis}_m") for axis in "xz"]
            assert joints_m[ankle, [0, 2]] == pytest.approx(place, abs=REACHED_M)


def test_only_jumps_and_a_step_take_both_feet_off_the_floor() -> None:
    lowest_m = {
        name: movement.script(still=True).joints_m(np.arange(0, 6, 0.05), Body())[..., 2].min(1)
        for name, movement in MOVEMENTS.items()
    }
    leaving = {name for name, height_m in lowest_m.items() if height_m.max() > 0.1}
    assert leaving == {"jump", "jump squat", "burpee", "step-up"}
