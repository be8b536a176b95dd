"""The smoother keeps lines and dates, and NaN stays NaN."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.measuring.smoothing import HALF_WINDOW_S, Sample, Smoother, white_share
from formcheck.records.pose import Floats

few = settings(max_examples=40, deadline=None, derandomize=True)

steps_s = st.lists(st.floats(0.005, 0.15), min_size=1, max_size=60)


def times_of(steps: list[float]) -> Floats:
    return np.concatenate([[3.0], 3.0 + np.cumsum(steps)])


def smoothed(t_s: Floats, *signals: Floats) -> list[Sample]:
    smoother = Smoother()
    rows = np.stack(signals, axis=1)
    early = [s for t, row in zip(t_s, rows, strict=True) for s in smoother.add(float(t), row)]
    return early + smoother.finish()


def column(samples: list[Sample], i: int = 0) -> Floats:
    return np.array([sample.values[i] for sample in samples])


@given(steps_s, st.floats(-200, 200), st.floats(-300, 300))
@few
def test_a_straight_line_is_kept_at_irregular_times(
    steps: list[float], slope: float, start: float
) -> None:
    t_s = times_of(steps)
    line = start + slope * t_s
    assert column(smoothed(t_s, line)) == pytest.approx(line, abs=1e-4)


@given(steps_s)
@few
def test_every_instant_comes_out_once_in_order_with_its_own_time_and_raw_value(
    steps: list[float],
) -> None:
    t_s = times_of(steps)
    signal = np.sin(7 * t_s)
    samples = smoothed(t_s, signal)
    assert [sample.t_s for sample in samples] == t_s.tolist()
    assert [sample.raw[0] for sample in samples] == signal.tolist()


@pytest.mark.parametrize("fps", [10, 24, 30, 60])
def test_a_rise_and_its_return_are_dated_without_lag(fps: int) -> None:
    t_s = np.arange(0, 4, 1 / fps)
    bump = np.exp(-(((t_s - 2) / 0.5) ** 2))
    values = column(smoothed(t_s, bump))
    before, after = np.interp(2 + np.array([-0.4, 0.4]), t_s, values)
    assert t_s[np.argmax(values)] == pytest.approx(2, abs=1e-9)
    assert before == pytest.approx(after, abs=1e-9)


@pytest.mark.parametrize("fps", [10, 30, 60])
def test_a_sample_comes_out_as_soon_as_its_half_window_is_full(fps: int) -> None:
    smoother = Smoother()
    for i in range(3 * fps):
        now_s = i / fps
        for sample in smoother.add(now_s, np.array([0.0])):
            assert HALF_WINDOW_S <= now_s - sample.t_s + 1e-9 < HALF_WINDOW_S + 1 / fps + 2e-9


@given(steps_s, st.data())
@few
def test_what_was_not_seen_stays_unseen_and_nothing_else_does(
    steps: list[float], data: st.DataObject
) -> None:
    t_s = times_of(steps)
    seen = np.array(data.draw(st.lists(st.booleans(), min_size=len(t_s), max_size=len(t_s))))
    values = column(smoothed(t_s, np.where(seen, 5.0 - t_s, np.nan)))
    assert (~np.isnan(values) == seen).all()
    assert values[seen] == pytest.approx(5.0 - t_s[seen], abs=1e-4)


def test_one_signal_unseen_leaves_its_neighbour_alone() -> None:
    t_s = np.arange(0, 1, 0.04)
    hidden = np.full(len(t_s), np.nan)
    alone, beside = smoothed(t_s, np.sin(t_s)), smoothed(t_s, np.sin(t_s), hidden)
    assert column(beside) == pytest.approx(column(alone), abs=1e-12)
    assert np.isnan(column(beside, 1)).all()


def test_values_beyond_the_window_do_not_matter() -> None:
    t_s = np.arange(0, 2, 0.05)
    wild = np.where(np.abs(t_s - 1) >= HALF_WINDOW_S - 1e-9, 1e3, 0.0)
    at = int(np.argmin(np.abs(t_s - 1)))
    assert column(smoothed(t_s, wild))[at] == pytest.approx(0, abs=1e-9)
    assert abs(column(smoothed(t_s, np.roll(wild, 2)))[at]) > 1


def test_a_long_pause_between_samples_leaves_each_as_it_is() -> None:
    t_s = np.array([0.0, 1.0, 2.0])
    values = np.array([4.0, -1.0, 9.0])
    assert column(smoothed(t_s, values)).tolist() == values.tolist()


def test_the_smoother_keeps_no_more_than_two_windows() -> None:
    smoother = Smoother()
    for i in range(3000):
        smoother.add(i / 30, np.array([1.0]))
    held = len(smoother._raw)
    assert held <= 4 * HALF_WINDOW_S * 30 + 3


@pytest.mark.parametrize("fps", [10, 30, 60])
def test_white_noise_is_left_in_the_share_that_is_said(fps: int) -> None:
    noise = np.random.default_rng(1).standard_normal(6000)
    left = column(smoothed(np.arange(6000) / fps, noise))
    assert float(np.std(left)) == pytest.approx(white_share(1 / fps), rel=0.06)


def test_nothing_comes_of_nothing() -> None:
    assert Smoother().finish() == []


def test_a_finished_smoother_gives_nothing_twice() -> None:
    smoother = Smoother()
    smoother.add(0.0, np.array([math.pi]))
    assert len(smoother.finish()) == 1
    assert smoother.finish() == []
