"""A target of the person's own: how far two slow reps comfortably went.

It only ever makes an exercise easier than its spec, and never so easy that a rep could not be told
from rest.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from statistics import median

from formcheck.exercises.model import ExerciseSpec
from formcheck.records.events import Attempt, Event, Started

REPS = 2

MARGIN_DEG = 5.0
"""The target lies so far short of what was comfortable (ours: about the noise of a peak)."""

LEAST_WAY_DEG = 20.0
"""And at least so far from rest (ours: beyond the least that is no noise)."""


def can_have_range(spec: ExerciseSpec) -> bool:
    """Whether the exercise has one target, an angle that reps go to."""
    reach = [clause for clause in spec.rep.reach if clause.signal == spec.rep.measure]
    return (
        spec.mode == "reps"
        and spec.poses is None
        and len(reach) == 1
        and reach[0].unit == "deg"
        and not reach[0].from_rest
        and math.isfinite(reach[0].low) != math.isfinite(reach[0].high)
    )


class OwnRange:
    """Watches the reps and then tells the person's own target."""

    def __init__(self, spec: ExerciseSpec) -> None:
        self._measure = str(spec.rep.measure)
        self._rest = math.nan
        self.peaks: list[float] = []

    def hear(self, events: Iterable[Event]) -> None:
        """Take what happened."""
        for event in events:
            if isinstance(event, Started):
                self._rest = event.rest.get(self._measure, math.nan)
            elif isinstance(event, Attempt) and event.outcome != "not_judged":
                self.peaks.append(event.peak)

    @property
    def is_known(self) -> bool:
        """Whether enough was seen."""
        return len(self.peaks) >= REPS

    def nearer_by_deg(self, spec: ExerciseSpec) -> float:
        """By how much nearer to the rest the target that the reps showed is; 0 where it is not."""
        sign = 1.0 if spec.rep.leave[0].wants_more else -1.0
        reach = next(c for c in spec.rep.reach if c.signal == spec.rep.measure).limit()
        comfortable = sign * median(self.peaks) - MARGIN_DEG
        nearest = sign * self._rest + LEAST_WAY_DEG
        target = comfortable if math.isnan(nearest) else max(comfortable, nearest)
        return max(0.0, sign * reach - target)
