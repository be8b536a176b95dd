"""A centred smoother for irregularly sampled signals: no lag in the times it gives.

Each output is the value at t of a straight line fitted to the inputs within `HALF_WINDOW_S` on
either side of t, weighted by an Epanechnikov kernel (local linear regression; Fan & Gijbels,
Local Polynomial Modelling, 1996). A causal filter of equal strength would date every crossing
late by a lag that depends on the frame rate; this one answers late instead, by the half window,
with the right date.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np

from formcheck.records.pose import Floats

HALF_WINDOW_S = 0.2
"""Half the smoothing window: as long as a cue may wait (design.md section 8)."""


@dataclass(frozen=True)
class Sample:
    """Smoothed values at one media time, in the order of the signals that went in.

    raw: the values as they came, for telling how noisy they are.
    """

    t_s: float
    values: Floats
    raw: Floats


class Smoother:
    """Feeds on raw values in time order and gives smoothed ones, the same number in all."""

    def __init__(self, half_window_s: float = HALF_WINDOW_S) -> None:
        self._half_s = half_window_s
        self._raw: deque[tuple[float, Floats]] = deque()
        self._next = 0

    def add(self, t_s: float, values: Floats) -> list[Sample]:
        """Take one instant; NaN marks a value that was not seen."""
        self._raw.append((t_s, values))
        ready = []
        while self._raw[self._next][0] + self._half_s <= t_s:
            ready.append(self._smoothed(self._next))
            self._next += 1
            self._forget()
        return ready

    def finish(self) -> list[Sample]:
        """The samples still held back, smoothed with what there is."""
        ready = [self._smoothed(i) for i in range(self._next, len(self._raw))]
        self._next = len(self._raw)
        return ready

    def _forget(self) -> None:
        oldest_s = self._raw[self._next][0] - self._half_s if self._next < len(self._raw) else 0.0
        while self._next and self._raw[0][0] < oldest_s:
            self._raw.popleft()
            self._next -= 1

    def _smoothed(self, i: int) -> Sample:
        t_s = self._raw[i][0]
        near = [(u - t_s, values) for u, values in self._raw if abs(u - t_s) < self._half_s]
        offset = np.array([u for u, _ in near])
        raw = np.stack([values for _, values in near], axis=1)
        smooth = _at_zero(offset, 1 - (offset / self._half_s) ** 2, raw)
        return Sample(t_s, smooth, self._raw[i][1])


def _at_zero(offset: Floats, weight: Floats, raw: Floats) -> Floats:
    """Values at offset 0 of weighted straight lines through the rows of `raw`.

    offset, weight: (n,); raw: (signals, n). NaN where the value at offset 0 itself was not seen:
    a neighbour is no evidence of what happens now.
    """
    seen = ~np.isnan(raw)
    y = np.where(seen, raw, 0.0)
    w = seen * weight
    s0, s1, s2 = w.sum(1), w @ offset, w @ offset**2
    t0, t1 = (w * y).sum(1), (w * y) @ offset
    spread = s0 * s2 - s1**2
    flat = spread <= 1e-9 * np.maximum(s0, 1e-12) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        value = np.where(flat, t0 / s0, (s2 * t0 - s1 * t1) / spread)
    return np.where(seen[:, offset == 0].any(1), value, np.nan)


def white_share(step_s: float) -> float:
    """What smoothing leaves of the deviation of white noise sampled every `step_s`."""
    reach = int(HALF_WINDOW_S / step_s)
    offset = np.arange(-reach, reach + 1) * step_s
    weight = np.maximum(1 - (offset / HALF_WINDOW_S) ** 2, 0.0)
    return float(np.sqrt((weight**2).sum()) / weight.sum())
