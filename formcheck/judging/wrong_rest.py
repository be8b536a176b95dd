"""Whether what was taken for the rest was a stay at the top."""

from __future__ import annotations

import math

OPPOSITE_S = 0.3
"""So long on the other side of the rest, by as much as leaves it, no rest was there: passing over
it on the way, or shuffling, takes less (ours)."""


class WrongRest:
    """Follows how far a person is from the rest that was learnt, until a rep has come of it.

    A recording may begin in the midst of a rep, and a top that is held is as still as a rest; from
    there the person can only go back. way: how far from the rest leaves it, in the unit of the
    measure, positive.
    """

    def __init__(self, rest: float, *, sign: int, way: float) -> None:
        self._rest, self._sign, self._way = rest, sign, way
        self._since_s = math.nan
        self.is_shown = False

    def follow(self, t_s: float, value: float) -> None:
        """Take the next value of the primary measure; NaN is passed over."""
        if math.isnan(value):
            return
        if not self._sign * (value - self._rest) < -self._way:
            self._since_s = math.nan
            return
        if math.isnan(self._since_s):
            self._since_s = t_s
        self.is_shown |= t_s - self._since_s >= OPPOSITE_S
