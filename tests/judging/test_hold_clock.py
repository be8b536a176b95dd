"""The hold clock (laws 6 and 7): which gaps are credited, and when a hold is over."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.judging.hold_clock import BRIDGED_S, ENDED_S, HoldClock


def clock_with_gap(gap_s: float) -> HoldClock:
    """Five seconds in form from 1 s on, a gap, and form again."""
    clock = HoldClock()
    clock.gain(1.0)
    clock.lose(6.0)
    clock.gain(6.0 + gap_s)
    return clock


def test_a_clock_that_was_not_started_stands_at_zero() -> None:
    clock = HoldClock()
    assert not clock.is_running
    assert clock.seconds(100.0) == 0
    assert not clock.has_ended(100.0)
    assert clock.stop(100.0) == 0


def test_time_in_form_counts_from_the_gain() -> None:
    clock = HoldClock()
    clock.gain(1.0)
    assert clock.seconds(51.0) == 50
    assert clock.start_s == 1
    assert math.isnan(clock.lost_s)


def test_form_that_goes_on_is_told_as_often_as_one_likes() -> None:
    clock = HoldClock()
    for tenth in range(10, 60):
        clock.gain(tenth / 10)
    assert clock.seconds(6.0) == 5


@pytest.mark.parametrize("gap_s", [0.0, 0.1, 0.49, 0.5])
def test_a_gap_of_up_to_half_a_second_is_credited(gap_s: float) -> None:
    assert clock_with_gap(gap_s).seconds(10.0) == pytest.approx(9.0)


@pytest.mark.parametrize("gap_s", [0.51, 1.0, 1.9])
def test_a_longer_gap_is_not_credited_but_the_hold_goes_on(gap_s: float) -> None:
    clock = clock_with_gap(gap_s)
    assert clock.seconds(10.0) == pytest.approx(9.0 - gap_s)
    assert clock.start_s == 1


def test_a_gap_that_is_still_open_is_not_credited() -> None:
    clock = HoldClock()
    clock.gain(1.0)
    clock.lose(6.0)
    assert clock.seconds(6.3) == 5
    assert clock.lost_s == 6


def test_a_loss_told_again_keeps_its_first_date() -> None:
    clock = HoldClock()
    clock.gain(1.0)
    for tenth in range(60, 66):
        clock.lose(tenth / 10)
    assert clock.lost_s == 6
    clock.gain(6.6)
    assert clock.seconds(7.6) == pytest.approx(6.0)


def test_a_loss_before_the_gain_takes_nothing_away() -> None:
    clock = HoldClock()
    clock.gain(5.0)
    clock.lose(4.0)
    assert clock.seconds(6.0) == 0


def test_a_hold_is_over_once_form_was_lost_for_two_seconds() -> None:
    clock = HoldClock()
    clock.gain(1.0)
    clock.lose(6.0)
    assert ENDED_S == 2
    assert not clock.has_ended(7.99)
    assert clock.has_ended(8.0)
    assert clock.is_running


def test_stopping_banks_the_time_in_form_and_makes_ready_for_another_hold() -> None:
    clock = clock_with_gap(1.0)
    clock.lose(9.0)
    assert clock.stop(11.0) == pytest.approx(7.0)
    assert not clock.is_running
    assert clock.seconds(20.0) == 0
    clock.gain(20.0)
    assert clock.seconds(22.0) == 2


def test_a_loss_without_a_hold_means_nothing() -> None:
    clock = HoldClock()
    clock.lose(1.0)
    clock.gain(4.0)
    assert clock.seconds(5.0) == 1


@given(st.lists(st.tuples(st.floats(0.1, 5), st.floats(0.01, 1.9)), max_size=8))
def test_any_row_of_gaps_costs_the_longer_ones_alone(spells: list[tuple[float, float]]) -> None:
    clock, now_s, due_s = HoldClock(), 0.0, 0.0
    for form_s, gap_s in [*spells, (1.0, 0.0)]:
        clock.gain(now_s)
        clock.lose(now_s + form_s)
        gained_s = now_s
        now_s += form_s + gap_s
        bridged = now_s - (gained_s + form_s) <= BRIDGED_S
        due_s += form_s + (gap_s if bridged else 0.0)
    assert clock.seconds(now_s) == pytest.approx(due_s, abs=1e-9)
