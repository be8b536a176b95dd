"""The pool of rest: level and noise of each signal, learnt while the person rests."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.judging.conditions import SignalBank
from formcheck.judging.resting import ASIDE_S, KEPT_S, NOISE_BOUNDS_DEG, RestPool
from formcheck.measuring.signals import Signal
from formcheck.measuring.smoothing import Sample, Smoother
from formcheck.records.pose import Floats

KNEE, FAR_KNEE, BACK = Signal("knee", "near"), Signal("knee", "far"), Signal("back_curve", "")
BOTH = Signal("knee", "both")


def pool() -> RestPool:
    return RestPool(SignalBank([KNEE, FAR_KNEE, BACK]))


def fed(
    t_s: Floats, knee: Floats, far: Floats | float = 100.0, back: Floats | float = 0.0
) -> RestPool:
    filled, smoother = pool(), Smoother()
    rows = np.stack(np.broadcast_arrays(knee, far, back), axis=1)
    for t, row in zip(t_s, rows, strict=True):
        for sample in smoother.add(float(t), row):
            filled.add(sample)
    for sample in smoother.finish():
        filled.add(sample)
    return filled


def still(t_s: float, *values: float) -> Sample:
    row = np.array(values, float)
    return Sample(t_s, row, row)


SIX_S = np.arange(0, 6, 1 / 30)


def test_the_rest_is_the_median_of_what_was_seen() -> None:
    bumped = np.where((SIX_S > 2) & (SIX_S < 3), 50.0, 120.0)
    assert fed(SIX_S, bumped).rest(KNEE) == pytest.approx(120)


def test_the_rest_of_both_sides_is_their_mean() -> None:
    assert fed(SIX_S, np.full(len(SIX_S), 120.0)).rest(BOTH) == pytest.approx(110)


def test_the_rest_follows_feet_that_creep_within_the_time_that_is_kept() -> None:
    t_s = np.arange(0, 30, 1 / 30)
    assert fed(t_s, 100 + t_s).rest(KNEE) == pytest.approx(130 - KEPT_S / 2, abs=0.6)


def test_the_first_moments_of_a_later_rest_belong_to_the_return() -> None:
    filled = pool()
    for i in range(20):
        filled.add(still(i / 10, 100.0, 100.0, 0.0))
    filled.leave()
    for i in range(5):
        assert not filled.add(still(5 + i / 10, 160.0, 100.0, 0.0))
    assert filled.rest(KNEE) == 100
    for i in range(60):
        filled.add(still(5 + ASIDE_S + i / 10, 110.0, 100.0, 0.0))
    assert filled.rest(KNEE) == 110


def test_a_rest_taken_up_elsewhere_is_learnt_from_its_own_samples_alone() -> None:
    filled = fed(SIX_S, np.full(len(SIX_S), 120.0))
    filled.restart([still(10 + i / 30, 90.0, 100.0, 0.0) for i in range(45)])
    assert filled.rest(KNEE) == 90


def test_the_level_is_worked_out_anew_twice_a_second() -> None:
    filled = pool()
    renewed = [filled.add(still(i / 20, 100.0, 100.0, 0.0)) for i in range(61)]
    assert [i / 20 for i, was in enumerate(renewed) if was] == pytest.approx(np.arange(0, 3.1, 0.5))


def test_a_signal_that_was_never_seen_has_no_rest_and_no_noise() -> None:
    filled = fed(SIX_S, np.full(len(SIX_S), 120.0), far=math.nan)
    assert math.isnan(filled.rest(FAR_KNEE))
    assert math.isnan(filled.rest(BOTH))
    assert filled.rest(KNEE) == pytest.approx(120)


def test_a_rest_of_which_nothing_is_seen_tells_nothing() -> None:
    nothing = fed(SIX_S, np.full(len(SIX_S), math.nan), far=math.nan, back=math.nan)
    assert math.isnan(nothing.rest(KNEE))
    assert nothing.noise(KNEE) == 0


def test_a_signal_that_stays_unseen_keeps_the_noise_that_it_was_seen_with() -> None:
    t_s, kept = SIX_S[:45], []
    for seed in range(8):
        noisy = 120 + 4 * np.random.default_rng(seed).standard_normal(len(t_s))
        knee = np.where(t_s < 0.5, noisy, math.nan)
        kept.append(fed(t_s, knee).noise(KNEE) / fed(t_s[:18], knee[:18]).noise(KNEE))
    assert np.median(kept) == pytest.approx(1, rel=0.05)


def test_a_signal_that_is_not_seen_takes_no_other_signals_noise_away() -> None:
    slow = 120 + 3 * np.sin(2 * math.pi * SIX_S)
    alone = fed(SIX_S, slow).noise(KNEE)
    beside = fed(SIX_S, slow, far=np.where(SIX_S < 0.5, 100.0, math.nan)).noise(KNEE)
    assert beside == pytest.approx(alone)


def test_a_signal_that_is_lost_keeps_the_rest_it_had() -> None:
    knee = np.where(SIX_S < 1, 120.0, math.nan)
    later = fed(np.arange(0, 20, 1 / 30), np.resize(knee, 600)[:600])
    assert later.rest(KNEE) == pytest.approx(120)


@pytest.mark.parametrize("sigma_deg", [2.0, 4.0, 10.0])
@pytest.mark.parametrize("fps", [15, 30, 60])
def test_noise_is_what_smoothing_leaves_of_white_noise(sigma_deg: float, fps: int) -> None:
    t_s = np.arange(0, KEPT_S, 1 / fps)
    estimates, left = [], []
    for seed in range(8):
        noise = sigma_deg * np.random.default_rng(seed).standard_normal(len(t_s))
        filled = fed(t_s, 120 + noise)
        estimates.append(filled.noise(KNEE))
        left.append(smoothed_std(t_s, noise))
    assert np.median(estimates) == pytest.approx(np.median(left), rel=0.35)


def smoothed_std(t_s: Floats, noise: Floats) -> float:
    smoother = Smoother()
    out = [
        s for t, v in zip(t_s, noise, strict=True) for s in smoother.add(float(t), np.array([v]))
    ]
    return float(np.std([sample.values[0] for sample in out]))


def lasting_noise(t_s: Floats, correlation_s: float, seed: int) -> Floats:
    """First-order autoregression of unit variance."""
    draw = np.random.default_rng(seed).standard_normal(len(t_s))
    kept = math.exp(-(t_s[1] - t_s[0]) / correlation_s)
    noise = draw.copy()
    for i in range(1, len(t_s)):
        noise[i] = kept * noise[i - 1] + math.sqrt(1 - kept**2) * draw[i]
    return noise


@pytest.mark.parametrize("stay_s", [1.0, KEPT_S])
@pytest.mark.parametrize("correlation_s", [0.05, 0.1, 0.15])
def test_noise_that_lasts_is_told_nearly_whole_even_by_a_short_stay(
    stay_s: float, correlation_s: float
) -> None:
    long_s = np.arange(0, KEPT_S, 1 / 30)
    shares = []
    for seed in range(20):
        noise = 4 * lasting_noise(long_s, correlation_s, seed)
        first = long_s < stay_s
        told = fed(long_s[first], 120 + noise[first]).noise(KNEE)
        shares.append(told / smoothed_std(long_s, noise))
    assert 0.75 < np.median(shares) < 1.5


def test_a_slow_drift_is_no_noise() -> None:
    assert fed(SIX_S, 120 + 2 * SIX_S).noise(KNEE) < 1.2


def test_noise_is_believed_within_bounds() -> None:
    low, high = NOISE_BOUNDS_DEG
    calm = np.full(len(SIX_S), 120.0)
    wild = 120 + 60 * np.random.default_rng(0).standard_normal(len(SIX_S))
    assert fed(SIX_S, calm).noise(KNEE) == low
    assert fed(SIX_S, wild).noise(KNEE) == high


def test_of_both_sides_the_noisier_one_is_the_noise() -> None:
    wild = 100 + 8 * np.random.default_rng(0).standard_normal(len(SIX_S))
    filled = fed(SIX_S, np.full(len(SIX_S), 120.0), far=wild)
    assert filled.noise(BOTH) == filled.noise(FAR_KNEE) > filled.noise(KNEE)


def test_the_bounds_in_degrees_do_not_touch_measures_in_other_units() -> None:
    back = 0.01 * np.random.default_rng(0).standard_normal(len(SIX_S))
    assert fed(SIX_S, np.full(len(SIX_S), 120.0), back=back).noise(BACK) < 0.02


def test_what_is_told_names_every_signal() -> None:
    rest, noise = fed(SIX_S, np.full(len(SIX_S), 120.0)).told()
    assert list(rest) == list(noise) == ["knee near", "knee far", "back_curve"]
    assert rest["knee near"] == pytest.approx(120)


def test_the_middle_of_a_rest_is_a_sample_that_later_rests_leave_alone() -> None:
    filled = fed(SIX_S, np.full(len(SIX_S), 120.0))
    middle = filled.middle(6.0)
    filled.restart([still(10 + i / 30, 90.0, 100.0, 0.0) for i in range(45)])
    assert (middle.t_s, middle.values[0]) == (6.0, pytest.approx(120))
