"""Keeps the measure that the phases go by, to be plotted once the recording is over."""

from __future__ import annotations

import math
from array import array
from dataclasses import dataclass

import numpy as np

from formcheck.records.moments import Moment
from formcheck.records.pose import Floats


@dataclass(frozen=True, eq=False)
class Curve:
    """A measure over media time: t_s and value, both (n,); NaN where it could not be read."""

    t_s: Floats
    value: Floats

    def between(self, start_s: float, end_s: float) -> Curve:
        """The part from start_s to end_s, both included."""
        first, last = np.searchsorted(self.t_s, [start_s, end_s + 1e-9])
        return Curve(self.t_s[first:last], self.value[first:last])

    def at(self, t_s: float) -> float:
        """The value at an instant, interpolated; NaN outside the curve and in its gaps."""
        if not len(self.t_s):
            return math.nan
        return float(np.interp(t_s, self.t_s, self.value, left=math.nan, right=math.nan))

    def decimated(self, bins: int) -> Curve:
        """At most two points a bin of time, its least and its greatest, so no peak is lost.

        A bin in which nothing was seen stays one NaN, so that gaps stay gaps.
        """
        if len(self.t_s) <= 2 * bins:
            return self
        edges = np.linspace(self.t_s[0], self.t_s[-1], bins + 1)
        starts = np.unique(np.searchsorted(self.t_s, edges[:-1]))
        ends = [*starts[1:], len(self.t_s)]
        spans = zip(starts, ends, strict=True)
        kept = np.array([i for span in spans for i in _extremes(self.value, *span)])
        return Curve(self.t_s[kept], self.value[kept])


def _extremes(value: Floats, start: int, end: int) -> list[int]:
    """Places of the least and the greatest value in a span, in order of time."""
    part = value[start:end]
    if np.all(np.isnan(part)):
        return [start]
    return sorted({start + int(np.nanargmin(part)), start + int(np.nanargmax(part))})


class Curves:
    """A sink that keeps the primary value of every moment: 12 bytes each, 1.3 MB an hour.

    A start posture is found a little after the instant that it is told of, so time steps back
    there; moments not later than the last one kept are dropped. `levels` are the leave, reach,
    fall and back last known.
    """

    def __init__(self) -> None:
        self._t_s = array("d")
        self._primary = array("f")
        self.levels: dict[str, float] = {}

    def take(self, moment: Moment) -> None:
        """Keep one moment's value."""
        if not self._t_s or moment.status.t_s > self._t_s[-1]:
            self._t_s.append(moment.status.t_s)
            self._primary.append(moment.status.primary)
        if moment.status.levels:
            self.levels = dict(moment.status.levels)

    def close(self) -> None:
        """Nothing is left to be done."""

    @property
    def primary(self) -> Curve:
        """The curve so far."""
        return Curve(np.array(self._t_s, np.float64), np.array(self._primary, np.float32))
