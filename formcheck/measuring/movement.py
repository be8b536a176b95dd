"""One movement away from the start posture and back, as it was sampled, and what is read from it.

`ATTEMPT_MEASURES` are the numbers that belong to a whole attempt rather than to an instant.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from formcheck.measuring.smoothing import Sample

DENSEST_S = 1 / 31
"""Samples nearer than this to the one before are not kept: 30 a second are enough."""

PLATEAU_SHARE = 0.25
"""Without a top phase, the plateau is what lies within this share of the way from the peak."""

RETURN_FROM, RETURN_TO = 0.9, 0.4
"""Shares of the way between which a return is timed. An attempt ends at its `back` level, which
noise may put at 0.3 of the way, so that nothing nearer to rest is sure to be sampled (ours)."""

RISING_S, LOWERING_S, LOWERING_SHARE = 0.4, 1.0, 0.2
"""Cut from the ends of a top phase before its steadiness is judged, for the limbs still move:
this long at its start, and at its end this long or this share, whichever is more (ours)."""

BLOCK_S = 1.0
"""Steadiness is judged on medians over so long, that noise does not pass for giving way.

Over 96 steady bridges with lasting noise (0.15 s) of 2 % of the torso, none gave way so; over half
a second, 7 did.
"""


def departure(value: float, rest: float, sign: int) -> float:
    """How far a value is from rest in the direction of movement; in either one where sign is 0."""
    return sign * (value - rest) if sign else abs(value - rest)


@dataclass
class Movement:
    """The samples of one attempt.

    column: where the primary measure stands in a sample; sign: 1 if it rises, -1 if it falls,
    0 if it may do either; rest: its value at rest. rested_s: how long the rest before it lasted,
    NaN before the first. tops: spans in which the attempt was at its top. first_met_s: when
    each reach clause was met first, NaN for not yet. partial_way: how far from rest a partial
    rep begins; partial_s: seconds spent beyond that.
    """

    start_s: float
    column: int
    sign: int
    rest: float
    first_met_s: list[float] = field(default_factory=list)
    tops: list[tuple[float, float]] = field(default_factory=list)
    samples: list[Sample] = field(default_factory=list)
    peak: Sample | None = None
    partial_way: float = -math.inf
    partial_s: float = 0.0
    rested_s: float = math.nan

    def add(self, sample: Sample) -> None:
        """Take one more sample."""
        if self.samples and sample.t_s - self.samples[-1].t_s < DENSEST_S:
            return
        if self.samples and min(self.way(self.samples[-1]), self.way(sample)) >= self.partial_way:
            self.partial_s += sample.t_s - self.samples[-1].t_s
        self.samples.append(sample)
        if not math.isnan(sample.values[self.column]) and self.way(sample) >= self.way(self.peak):
            self.peak = sample

    def way(self, sample: Sample | None) -> float:
        """How far from rest the primary measure is, in its direction of movement."""
        if sample is None:
            return -math.inf
        return departure(float(sample.values[self.column]), self.rest, self.sign)

    @property
    def rises(self) -> bool:
        """Whether the peak lies above rest."""
        return self.peak_value > self.rest

    @property
    def peak_value(self) -> float:
        """The extreme of the primary measure, NaN if it was never seen."""
        return math.nan if self.peak is None else float(self.peak.values[self.column])

    @property
    def top_s(self) -> float:
        """Seconds spent in top phases, edges interpolated."""
        return sum(end - start for start, end in self.tops)

    def beyond_s(self, way: float) -> float:
        """Seconds spent at least so far from rest."""
        steps = pairwise(self.samples)
        return sum(b.t_s - a.t_s for a, b in steps if self.way(a) >= way and self.way(b) >= way)

    def rises_s(self, way: float) -> list[float]:
        """When the primary measure went out through so far from rest, interpolated."""
        return [t_s for t_s, is_out in self._crossings(way) if is_out]

    def falls_s(self, way: float) -> list[float]:
        """When the primary measure came back through so far from rest, interpolated."""
        return [t_s for t_s, is_out in self._crossings(way) if not is_out]

    def _crossings(self, way: float) -> Iterator[tuple[float, bool]]:
        seen = [(s.t_s, self.way(s) - way) for s in self.samples if not math.isnan(self.way(s))]
        for (before_s, before), (t_s, after) in pairwise(seen):
            if (before >= 0) != (after >= 0):
                yield before_s + (t_s - before_s) * before / (before - after), after >= 0

    def typical_way(self) -> float:
        """The median way of the plateau, NaN if none was seen: in a long hold noise carries the
        peak out of what the return can start from."""
        ways = [self.way(sample) for sample in self.plateau()]
        return math.nan if np.isnan(ways).all() else float(np.nanmedian(ways))

    def plateau(self) -> list[Sample]:
        """The samples at the top, or, where the top was not reached, around the peak."""
        if self.tops:
            return [s for s in self.samples if any(a <= s.t_s <= b for a, b in self.tops)]
        least = (1 - PLATEAU_SHARE) * self.way(self.peak)
        return [s for s in self.samples if self.way(s) >= least]

    def is_back(self, share: float) -> bool:
        """Whether it was last seen within this share of its way from rest."""
        return bool(self.samples) and self.way(self.samples[-1]) <= share * self.way(self.peak)

    def decisive_s(self) -> float:
        """The moment that shows the attempt best: its peak, or the middle of a long plateau."""
        plateau = self.plateau()
        if len(plateau) > 2 and plateau[-1].t_s - plateau[0].t_s > 1.0:
            return plateau[len(plateau) // 2].t_s
        return self.peak.t_s if self.peak else self.start_s

    def beyond_partial(self) -> list[Sample]:
        """The samples that are far enough from rest to be judged."""
        return [s for s in self.samples if self.way(s) >= self.partial_way]

    def after_top(self) -> list[Sample]:
        """The samples of the return."""
        turn_s = self.tops[-1][1] if self.tops else self.peak.t_s if self.peak else math.inf
        return [s for s in self.samples if s.t_s >= turn_s]


@dataclass(frozen=True)
class AttemptMeasure:
    """A number read from a whole attempt."""

    name: str
    unit: str
    meaning: str
    of: Callable[[Movement], float]


ATTEMPT_MEASURES: dict[str, AttemptMeasure] = {}


def _attempt_measure(unit: str) -> Callable[[Callable[[Movement], float]], None]:
    def register(of: Callable[[Movement], float]) -> None:
        meaning = " ".join((of.__doc__ or "").split())
        ATTEMPT_MEASURES[of.__name__] = AttemptMeasure(of.__name__, unit, meaning, of)

    return register


@_attempt_measure("s")
def return_time(movement: Movement) -> float:
    """Seconds from 90 % to 40 % of the way on the return to the start position.

    A smooth (minimum-jerk) return spends 0.31 of its whole time there (Flash & Hogan 1985).
    """
    whole = movement.typical_way()
    left_s = max(movement.falls_s(RETURN_FROM * whole), default=math.inf)
    home_s = [t_s for t_s in movement.falls_s(RETURN_TO * whole) if t_s > left_s]
    return home_s[0] - left_s if home_s else math.nan


@_attempt_measure("s")
def rise_time(movement: Movement) -> float:
    """Seconds from 40 % to 90 % of the way to the top: 0.31 of a smooth rise (see return_time)."""
    whole = movement.typical_way()
    there_s = min(movement.rises_s(RETURN_FROM * whole), default=-math.inf)
    left_s = [t_s for t_s in movement.rises_s(RETURN_TO * whole) if t_s < there_s]
    return there_s - left_s[-1] if left_s else math.nan


@_attempt_measure("s")
def rest_before(movement: Movement) -> float:
    """Seconds of rest between the attempt before and this one; not given for the first."""
    return movement.rested_s


@_attempt_measure("deg")
def hold_sag(movement: Movement) -> float:
    """By how much the primary measure gives way during the hold, its edges left out."""
    if not movement.tops:
        return math.nan
    start_s, end_s = movement.tops[0][0], movement.tops[-1][1]
    end_s -= max(LOWERING_S, LOWERING_SHARE * (end_s - start_s))
    start_s += RISING_S
    held = [s for s in movement.plateau() if start_s <= s.t_s <= end_s]
    blocks: dict[int, list[float]] = {}
    for sample in held:
        blocks.setdefault(int((sample.t_s - start_s) / BLOCK_S), []).append(movement.way(sample))
    ways = np.array([np.median(block) for block in blocks.values()])
    return float(np.max(np.maximum.accumulate(ways) - ways)) if len(ways) > 1 else math.nan


@_attempt_measure("s")
def reach_spread(movement: Movement) -> float:
    """Seconds between the first and the last condition of the reach to be met."""
    met = [t for t in movement.first_met_s if not math.isnan(t)]
    return max(met) - min(met) if len(met) > 1 else math.nan
