"""Turning points are those of the movement, whatever noise lies on it."""

from __future__ import annotations

import math
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.judging.turning_points import FLAT_S, TurningPoints

LEAST = 10.0
STEP_S = 1 / 30
IN_START = 6.0
"""The start posture is there where the way is less."""


def followed(ways: Iterable[float]) -> TurningPoints:
    turns = TurningPoints(LEAST)
    for i, way in enumerate(ways):
        turns.add(i * STEP_S, way, in_start=way < IN_START)
    return turns


def reps(count: int, height: float = 50.0, *, samples: int = 40) -> list[float]:
    """So many movements out of a rest and back, without a pause."""
    turn = 2 * math.pi / samples
    return [height * (1 - math.cos(i * turn)) / 2 for i in range(count * samples + samples // 3)]


@pytest.mark.parametrize("count", [1, 2, 5])
def test_every_movement_between_two_rests_is_a_swing(count: int) -> None:
    swings = list(followed(reps(count)).swings())
    assert len(swings) == count
    assert all(swing.top.way == pytest.approx(50) for swing in swings)
    assert all(swing.before.t_s < swing.top.t_s < swing.after.t_s for swing in swings)


@given(st.lists(st.floats(-LEAST / 2.1, LEAST / 2.1), min_size=2, max_size=200))
def test_noise_below_the_hysteresis_is_no_movement(ways: list[float]) -> None:
    turns = followed(ways)
    assert not turns.has_moved
    assert not list(turns.swings())


@given(
    st.integers(1, 4),
    st.lists(st.floats(-2, 2), min_size=200, max_size=200),
)
def test_noise_makes_no_swing_more_and_none_less(count: int, noise: list[float]) -> None:
    noisy = [way + noise[i % len(noise)] for i, way in enumerate(reps(count))]
    assert len(list(followed(noisy).swings())) == count


def test_a_low_outside_the_start_posture_is_no_rest() -> None:
    ways = [20 + way for way in reps(3)]
    assert followed(ways).rests == []


def test_a_rest_is_known_once_it_has_lasted_and_not_only_at_the_next_movement() -> None:
    turns = followed(reps(1)[:40])
    assert len(turns.rests) == 1
    news = [
        turns.add((40 + i) * STEP_S, 0.0, in_start=True) for i in range(round(FLAT_S / STEP_S) + 3)
    ]
    assert news.count(True) == 1
    assert len(turns.rests) == 2


def test_where_it_ends_is_a_turning_point() -> None:
    turns = followed(reps(1)[:40])
    assert len(turns.rests) == 1
    turns.finish()
    assert len(list(turns.swings())) == 1


def test_what_is_not_seen_turns_nowhere() -> None:
    ways = reps(2)
    ways[20:30] = [math.nan] * 10
    assert len(list(followed(ways).swings())) == 2
