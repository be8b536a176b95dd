"""What the signals read while the person rests in the start posture: level and noise."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from formcheck.clauses import Signal
from formcheck.conditions import SignalBank
from formcheck.smoothing import Sample

KEPT_S = 6.0
"""Rest is what was seen in the last seconds of resting, so it follows feet that creep (ours)."""

RENEWED_S = 0.5
"""How often the level is worked out anew."""

NOISE_BOUNDS_DEG = (0.5, 8.0)
"""Between these the noise of a degree-measure is believed (ours)."""

NORMAL_IQR = 1.349
"""Interquartile range of a normal distribution in standard deviations."""


class RestPool:
    """Keeps the resting samples and gives each signal's median and noise."""

    def __init__(self, bank: SignalBank) -> None:
        self._bank = bank
        self._samples: deque[Sample] = deque()
        self._renewed_s = -math.inf
        self._median = np.full(len(bank.signals), np.nan)
        self._noise = np.full(len(bank.signals), np.nan)

    def add(self, sample: Sample) -> bool:
        """Take a sample; True when the level was worked out anew."""
        self._samples.append(sample)
        while sample.t_s - self._samples[0].t_s > KEPT_S:
            self._samples.popleft()
        if sample.t_s - self._renewed_s < RENEWED_S and len(self._samples) > 1:
            return False
        self._renewed_s = sample.t_s
        self._renew()
        return True

    def clear(self) -> None:
        """Forget the samples: the person has come to rest elsewhere. The level stays till then."""
        self._samples.clear()

    def _renew(self) -> None:
        values = np.stack([sample.values for sample in self._samples])
        seen = ~np.isnan(values).all(axis=0)
        low, middle, high = np.nanpercentile(values[:, seen], [25, 50, 75], axis=0)
        self._median[seen] = middle
        self._noise[seen] = (high - low) / NORMAL_IQR

    def rest(self, signal: Signal) -> float:
        """A signal's resting value; of two sides, their mean."""
        return float(np.mean([self._median[i] for i in self._bank.columns(signal)]))

    def noise(self, signal: Signal) -> float:
        """Standard deviation of a signal at rest, after smoothing."""
        noise = float(np.max([self._noise[i] for i in self._bank.columns(signal)]))
        return 0.0 if math.isnan(noise) else float(np.clip(noise, *NOISE_BOUNDS_DEG))

    def middle(self, t_s: float) -> Sample:
        """The resting values as one sample."""
        return Sample(t_s, self._median.copy())

    def told(self) -> tuple[dict[str, float], dict[str, float]]:
        """Resting values and noise by signal, for the record."""
        names = [str(signal) for signal in self._bank.signals]
        return (
            dict(zip(names, map(float, self._median), strict=True)),
            dict(zip(names, map(float, self._noise), strict=True)),
        )
