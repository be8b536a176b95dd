"""Numbers of a whole attempt, against movements worked out by hand."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import pytest

from formcheck.measuring.movement import ATTEMPT_MEASURES, DENSEST_S, Movement
from formcheck.measuring.smoothing import Sample
from formcheck.records.pose import Floats
from tests.bodies import min_jerk

REST, TOP = 120.0, 170.0

every_rate = pytest.mark.parametrize("fps", [10, 24, 30, 60])
both_ways = pytest.mark.parametrize("sign", [1, -1])


def moved(
    t_s: Floats,
    ways: Floats,
    *,
    sign: int = 1,
    tops: tuple[tuple[float, float], ...] = (),
    first_met_s: tuple[float, ...] = (),
) -> Movement:
    """A movement whose primary measure goes so many degrees from rest, the sign's way."""
    movement = Movement(float(t_s[0]), 1, sign, REST, list(first_met_s), list(tops))
    for t, way in zip(t_s, ways, strict=True):
        row = np.array([0.0, REST + sign * way])
        movement.add(Sample(float(t), row, row))
    return movement


def measured(name: str, movement: Movement) -> float:
    return ATTEMPT_MEASURES[name].of(movement)


def rep(fps: float, *, rise_s: float = 1.0, hold_s: float = 4.0, lower_s: float = 1.0,
        until: float = 0.0) -> tuple[Floats, Floats]:  # fmt: skip
    """Times and ways of a smooth rep of 50 degrees, sampled until it is so far down again."""
    t_s = np.arange(0, rise_s + hold_s + lower_s + 1e-9, 1 / fps)
    ways = 50 * (min_jerk(t_s / rise_s) - min_jerk((t_s - rise_s - hold_s) / lower_s))
    keep = (t_s < rise_s + hold_s) | (ways >= until)
    return t_s[keep], ways[keep]


# --- the samples ------------------------------------------------------------------------------


def test_no_more_than_thirty_samples_a_second_are_kept() -> None:
    t_s, ways = rep(120)
    times = [sample.t_s for sample in moved(t_s, ways).samples]
    assert np.diff(times).min() >= DENSEST_S
    assert len(times) <= 30 * 6 + 1


@both_ways
def test_the_peak_is_the_farthest_value_from_rest_its_own_way(sign: int) -> None:
    movement = moved(np.arange(5.0), np.array([0, 30, 50, math.nan, 20.0]), sign=sign)
    assert movement.peak_value == REST + sign * 50
    assert movement.peak is movement.samples[2]


def test_a_movement_of_which_nothing_was_seen_has_no_peak_and_no_numbers() -> None:
    movement = moved(np.arange(5.0), np.full(5, math.nan))
    assert math.isnan(movement.peak_value)
    assert movement.plateau() == movement.after_top() == []
    assert movement.decisive_s() == movement.start_s == 0
    assert movement.beyond_s(5) == 0
    assert all(math.isnan(measured(name, movement)) for name in ATTEMPT_MEASURES)


def test_time_beyond_a_way_counts_steps_with_both_ends_seen_beyond_it() -> None:
    ways = np.array([0, 20, 20, math.nan, 20, 20, 20, 0.0])
    assert moved(np.arange(8.0), ways).beyond_s(20) == 3
    assert moved(np.arange(8.0), ways).beyond_s(21) == 0


def test_the_plateau_is_the_top_or_else_the_surroundings_of_the_peak() -> None:
    t_s, ways = np.arange(8.0), np.array([0, 10, 39, 40, 30, 29, 10, 0.0])
    assert [s.t_s for s in moved(t_s, ways).plateau()] == [2, 3, 4]
    topped = moved(t_s, ways, tops=((1.0, 2.0), (4.5, 5.5)))
    assert [s.t_s for s in topped.plateau()] == [1, 2, 5]
    assert topped.top_s == 2


def test_the_return_begins_at_the_end_of_the_last_top_or_at_the_peak() -> None:
    t_s, ways = np.arange(8.0), np.array([0, 10, 39, 40, 30, 29, 10, 0.0])
    assert [s.t_s for s in moved(t_s, ways).after_top()] == [3, 4, 5, 6, 7]
    topped = moved(t_s, ways, tops=((1.0, 2.0), (4.5, 5.5)))
    assert [s.t_s for s in topped.after_top()] == [6, 7]


def test_the_decisive_moment_is_the_peak_or_the_middle_of_a_long_plateau() -> None:
    t_s, ways = rep(30, hold_s=0.0)
    assert moved(t_s, ways).decisive_s() == pytest.approx(1.0, abs=0.04)
    t_s, ways = rep(30, hold_s=4.0)
    assert moved(t_s, ways, tops=((1.0, 5.0),)).decisive_s() == pytest.approx(3.0, abs=0.04)


@every_rate
def test_a_fall_through_a_way_is_dated_between_the_samples(fps: int) -> None:
    t_s = np.arange(0, 2, 1 / fps)
    movement = moved(t_s, 40 - 20 * (t_s + 0.003))
    assert movement.falls_s(10) == pytest.approx([1.497])
    assert movement.falls_s(50) == []


# --- return_time ------------------------------------------------------------------------------


@both_ways
@every_rate
@pytest.mark.parametrize("lower_s", [0.6, 1.0, 2.5])
def test_return_time_is_the_same_at_any_frame_rate(sign: int, fps: int, lower_s: float) -> None:
    t_s, ways = rep(fps, lower_s=lower_s)
    movement = moved(t_s, ways, sign=sign, tops=((1.0, 5.0),))
    assert measured("return_time", movement) == pytest.approx(0.307 * lower_s, rel=0.08)


@every_rate
def test_return_time_is_told_though_the_attempt_ends_at_a_third_of_the_way(fps: int) -> None:
    t_s, ways = rep(fps, until=0.3 * 50 - 50 / fps)
    movement = moved(t_s, ways, tops=((1.0, 5.0),))
    assert measured("return_time", movement) == pytest.approx(0.307, rel=0.04)


def test_noise_at_the_top_does_not_lengthen_the_return() -> None:
    t_s, ways = rep(30, hold_s=12.0)
    held = (t_s > 1) & (t_s < 13)
    noisy = ways + held * 3 * np.random.default_rng(2).standard_normal(len(t_s))
    movement = moved(t_s, noisy, tops=((1.0, 13.0),))
    assert measured("return_time", movement) == pytest.approx(0.307, rel=0.1)


def test_a_movement_that_does_not_come_back_has_no_return_time() -> None:
    t_s, ways = rep(30, until=0.5 * 50)
    assert math.isnan(measured("return_time", moved(t_s, ways, tops=((1.0, 5.0),))))


# --- hold_sag ---------------------------------------------------------------------------------


def held(course: Callable[[Floats], Floats], fps: float = 30) -> Movement:
    """Ten seconds at the top, from 0 on, of which the way is a function of time."""
    t_s = np.arange(0, 10, 1 / fps)
    return moved(t_s, course(t_s), tops=((0.0, 10.0),))


@every_rate
def test_hold_sag_of_a_steady_hold_is_nothing(fps: int) -> None:
    sag = measured("hold_sag", held(lambda t: np.full(len(t), 50.0), fps))
    assert sag == pytest.approx(0)


@every_rate
def test_hold_sag_is_how_far_the_hold_gives_way(fps: int) -> None:
    """From 0.4 to 8 s a slope of 2 degrees a second falls by 15.2 less a block of half a second."""
    sag = measured("hold_sag", held(lambda t: 50 - 2 * t, fps))
    assert sag == pytest.approx(2 * (7.6 - 0.5), abs=0.8)


def test_hold_sag_forgets_what_was_gained_after_the_fall() -> None:
    def dip(t_s: Floats) -> Floats:
        return np.where((t_s > 3) & (t_s < 5), 41.0, 50.0)

    assert measured("hold_sag", held(dip)) == pytest.approx(9)


def test_rising_into_the_hold_and_lowering_out_of_it_are_no_sag() -> None:
    def edges(t_s: Floats) -> Floats:
        return np.where(t_s < 0.4, 70.0, np.where(t_s > 8.0, 20.0, 50.0))

    assert measured("hold_sag", held(edges)) == pytest.approx(0)


def test_noise_from_frame_to_frame_is_no_sag() -> None:
    noise = np.random.default_rng(0).standard_normal(300)
    assert measured("hold_sag", held(lambda t: 50 + 2 * noise[: len(t)])) < 4


def test_a_few_frames_astray_are_no_sag() -> None:
    def jump(t_s: Floats) -> Floats:
        return np.where((t_s > 4) & (t_s < 4.2), 20.0, 50.0)

    assert measured("hold_sag", held(jump)) == pytest.approx(0)


def test_a_hold_that_goes_on_rising_does_not_sag() -> None:
    assert measured("hold_sag", held(lambda t: 50 + 2 * t)) == pytest.approx(0)


def test_without_a_top_or_with_a_short_one_there_is_no_sag() -> None:
    t_s, ways = rep(30, hold_s=0.5)
    assert math.isnan(measured("hold_sag", moved(t_s, ways)))
    assert math.isnan(measured("hold_sag", moved(t_s, ways, tops=((1.0, 1.5),))))
    t_s, ways = rep(30, hold_s=1.8)
    assert math.isnan(measured("hold_sag", moved(t_s, ways, tops=((1.0, 2.8),))))


# --- reach_spread -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first_met_s", "due"),
    [
        ((1.0, 3.5), 2.5),
        ((3.5, 1.0, 2.0), 2.5),
        ((1.0, math.nan, 1.25), 0.25),
        ((1.0, math.nan), math.nan),
        ((1.0,), math.nan),
        ((), math.nan),
    ],
)
def test_reach_spread_is_from_the_first_to_the_last_condition_met(
    first_met_s: tuple[float, ...], due: float
) -> None:
    movement = moved(*rep(30), first_met_s=first_met_s)
    assert measured("reach_spread", movement) == pytest.approx(due, nan_ok=True)
