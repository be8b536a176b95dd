"""Where judging begins in what is gone back over."""

from __future__ import annotations

import math
from typing import Literal

from formcheck.judging.bound_exercise import BoundExercise
from formcheck.judging.sampling import Sampled
from formcheck.measuring.movement import departure

HALF_WAY, MISSING_S = 0.5, 0.3
"""A movement counts as seen from its start if it is seen from before half of the way to the reach,
or if what is missing lasted no longer than this at the speed that is seen (ours: it decides
nothing, and no eye misses it; a slow rise from three fifths on was taken for a stay at the top)."""

RISING_S, RISING = 0.1, 0.05
"""Going by this share of the way to the reach within so long, it is on its way up (ours)."""

Way = Literal["waiting", "at_rest", "under_way", "late"]
"""What a moment brings: nothing yet; the person at rest; or, as the shot begins, a movement whose
start was seen as good as whole (under_way), or was not (late)."""


class Entry:
    """Looks for the first moment from which on a stretch can be judged.

    may_join: whether the stretch begins with the shot, so that a movement may be under way.
    first: the moments of that movement so far.
    """

    def __init__(self, exercise: BoundExercise, *, may_join: bool) -> None:
        self._exercise, self._may_join = exercise, may_join
        self.first: list[Sampled] = []

    def look(self, sampled: Sampled) -> Way:
        """Take the next moment of a person who is in the posture."""
        way = self._way(sampled)
        if math.isnan(way):
            return "waiting"
        levels = self._exercise.levels
        if way < levels.way("leave"):
            return "at_rest"
        if not self._may_join or "reach" not in levels.drawn():
            return "waiting"
        self.first.append(sampled)
        if sampled[0].t_s - self.first[0][0].t_s < RISING_S:
            return "waiting"
        self._may_join = False
        began, reach = self._way(self.first[0]), levels.way("reach")
        a_second = (way - began) / (sampled[0].t_s - self.first[0][0].t_s)
        is_rising = way - began >= RISING * reach
        is_early = began <= max(HALF_WAY * reach, MISSING_S * a_second)
        return "under_way" if is_rising and is_early else "late"

    def _way(self, sampled: Sampled) -> float:
        levels, column = self._exercise.levels, self._exercise.column
        rest = self._exercise.pool.rest(self._exercise.spec.rep.measure)
        return departure(float(sampled[0].values[column]), rest, levels.sign)
