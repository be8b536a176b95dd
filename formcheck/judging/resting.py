"""What the signals read while the person rests in the start posture: level and noise."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence

import numpy as np

from formcheck.judging.conditions import SignalBank
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.signals import Signal
from formcheck.measuring.smoothing import Sample, white_share
from formcheck.records.pose import Floats

KEPT_S = 6.0
"""Rest is what was seen in the last seconds of resting, so it follows feet that creep (ours)."""

ASIDE_S = 0.5
"""What is seen in the first moments of a rest still belongs to the return."""

BLOCK_S = 1.0
"""Noise is what varies within about a second."""

RENEWED_S = 0.5
"""How often the level is worked out anew."""

NOISE_BOUNDS_DEG = (0.5, 8.0)
"""Between these the noise of a degree-measure is believed (ours)."""

LASTING = 0.3
"""Noise whose correlation from frame to frame is above this lasts (ours)."""

LASTING_SHARE = 1.4
"""Lasting noise leaves 0.7 to 1.5 times what smoothing took of it, for time constants of 0.05 to
0.15 s (first-order autoregression at 10 to 60 fps)."""

NORMAL_IQR = 1.349
"""Interquartile range of a normal distribution in standard deviations."""


class RestPool:
    """Keeps the resting samples and gives each signal's median and noise."""

    def __init__(self, bank: SignalBank) -> None:
        self._bank = bank
        self._samples: deque[Sample] = deque()
        self._renewed_s = self._learns_from_s = -math.inf
        self._resting_s = math.nan
        self._has_learnt = False
        self._median = np.full(len(bank.signals), np.nan)
        self._noise = np.full(len(bank.signals), np.nan)

    def add(self, sample: Sample) -> bool:
        """Take a sample; True when the level was worked out anew."""
        if sample.t_s <= self._learns_from_s:
            return False
        if math.isnan(self._resting_s):
            self._resting_s = sample.t_s
        if sample.t_s - self._resting_s < ASIDE_S and self._has_learnt:
            return False
        self._samples.append(sample)
        while sample.t_s - self._samples[0].t_s > KEPT_S:
            self._samples.popleft()
        if sample.t_s - self._renewed_s < RENEWED_S and len(self._samples) > 1:
            return False
        self._renewed_s = sample.t_s
        self._renew()
        return True

    def learn(
        self, samples: Sequence[Sample], before_s: float, *, is_still: bool, until_s: float
    ) -> None:
        """Learn from a rest that was seen elsewhere, as if it had been just before `before_s`, and
        nothing more of the rests up to `until_s`: shuffling into place must not move it.

        is_still: whether its spread is noise; at turning points it is movement.
        """
        step_s = KEPT_S / (2 * max(1, len(samples)))
        if is_still and len(samples) > 1:
            step_s = (samples[-1].t_s - samples[0].t_s) / (len(samples) - 1)
        n = len(samples)
        self._samples = deque(
            Sample(before_s - (n - i) * step_s, sample.values, sample.raw)
            for i, sample in enumerate(samples)
        )
        self._renew(spreads=is_still)
        self._has_learnt, self._learns_from_s = True, until_s

    def leave(self) -> None:
        """The rest is over for now."""
        self._resting_s = math.nan
        self._has_learnt = True

    def restart(self, samples: Iterable[Sample]) -> None:
        """The person has come to rest elsewhere: learn anew from these samples."""
        self._samples = deque(samples)
        self._renew()

    def _renew(self, *, spreads: bool = True) -> None:
        values = np.stack([sample.values for sample in self._samples])
        raw = np.stack([sample.raw for sample in self._samples])
        seen = ~np.isnan(values).all(axis=0)
        if not seen.any():
            return
        values, raw = values[:, seen], raw[:, seen]
        self._median[seen] = np.nanmedian(values, axis=0)
        self._noise[seen] = self._jitter(values, raw)
        if spreads:
            spread = self._spread(values) / NORMAL_IQR
            self._noise[seen] = np.fmax(self._noise[seen], spread)

    def _spread(self, values: Floats) -> Floats:
        """Interquartile range within a block of about a second, so that slow drifts stay out."""
        blocks = max(1, round((self._samples[-1].t_s - self._samples[0].t_s) / BLOCK_S))
        ranges = np.full((blocks, values.shape[1]), np.nan)
        for own, block in zip(ranges, np.array_split(values, blocks), strict=True):
            seen = ~np.isnan(block).all(axis=0)
            if seen.any():
                own[seen] = np.subtract(*np.nanpercentile(block[:, seen], [75, 25], axis=0))
        return np.asarray(np.nanmedian(ranges, axis=0))

    def _jitter(self, values: Floats, raw: Floats) -> Floats:
        """The noise that the short stay of a rest cannot show: judged by what smoothing removed.

        Of white noise a known share is left; of noise that lasts, more than was lost.
        """
        if len(values) < 4:
            return np.zeros(values.shape[1])
        lost = raw - values
        power = _mean(lost**2)
        lasting = _mean(lost[1:] * lost[:-1]) > LASTING * power
        step_s = float(np.median(np.diff([sample.t_s for sample in self._samples])))
        share: Floats = np.where(lasting, LASTING_SHARE, white_share(step_s))
        return np.asarray(np.sqrt(power) * share)

    def rest(self, signal: Signal) -> float:
        """A signal's resting value; of two sides, their mean."""
        return float(np.mean([self._median[i] for i in self._bank.columns(signal)]))

    def noise(self, signal: Signal) -> float:
        """Standard deviation of a signal at rest, after smoothing."""
        noise = float(np.max([self._noise[i] for i in self._bank.columns(signal)]))
        if REGISTRY[signal.name].unit == "deg":
            noise = float(np.clip(noise, *NOISE_BOUNDS_DEG))
        return 0.0 if math.isnan(noise) else noise

    def middle(self, t_s: float) -> Sample:
        """The resting values as one sample."""
        return Sample(t_s, self._median.copy(), self._median.copy())

    def told(self) -> tuple[dict[str, float], dict[str, float]]:
        """Resting values and noise by signal, for the record."""
        names = [str(signal) for signal in self._bank.signals]
        return (
            dict(zip(names, map(float, self._median), strict=True)),
            dict(zip(names, map(float, self._noise), strict=True)),
        )


def _mean(values: Floats) -> Floats:
    """The mean of each column over what was seen of it, NaN where nothing was."""
    seen = (~np.isnan(values)).sum(axis=0)
    return np.asarray(np.nansum(values, axis=0) / np.where(seen, seen, np.nan))
