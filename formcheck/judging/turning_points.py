"""The turning points of a movement, told apart from noise by a hysteresis."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

FLAT_S = 0.3
"""A low so old, and not left since, is one before the next movement confirms it (ours)."""

NEAR_S = 0.1
"""The start posture seen so shortly after a low was there at the low: smoothing and joints that
settle are late by as much (ours)."""


@dataclass(frozen=True)
class Turn:
    """Where the way turned. in_start: whether the start posture was there."""

    t_s: float
    way: float
    in_start: bool = False


@dataclass(frozen=True)
class Swing:
    """A movement out of a rest, over its top, to the next rest."""

    before: Turn
    top: Turn
    after: Turn

    @property
    def lasted_s(self) -> float:
        """Seconds from rest to rest."""
        return self.after.t_s - self.before.t_s


class TurningPoints:
    """Follows a way that grows from rest to top, and remembers its lows and highs.

    least: the hysteresis, in the unit of the way: what turns by less is noise.
    """

    def __init__(self, least: float) -> None:
        self._least = least
        self._turns: list[Turn] = []
        self._first: Turn | None = None
        self._extreme: Turn | None = None
        self._is_falling, self._is_flat = True, False
        self.highest = -math.inf

    def add(self, t_s: float, way: float, *, in_start: bool) -> bool:
        """Take a sample; True when one more rest is known."""
        if math.isnan(way):
            return False
        self.highest = max(self.highest, way)
        extreme = self._extreme
        if extreme is None or (way < extreme.way) == self._is_falling:
            was_near = extreme is not None and extreme.in_start and t_s - extreme.t_s <= NEAR_S
            self._extreme = Turn(t_s, way, in_start or was_near)
            self._first = self._first or self._extreme
            return False
        if in_start and t_s - extreme.t_s <= NEAR_S:
            extreme = self._extreme = replace(extreme, in_start=True)
        if abs(way - extreme.way) >= self._least:
            return self._turn(extreme, Turn(t_s, way, in_start))
        is_flat = t_s - extreme.t_s >= FLAT_S and way - extreme.way < self._least / 2
        if self._is_falling and in_start and is_flat and not self._is_flat:
            self._is_flat, self._extreme = True, replace(extreme, in_start=True)
            return True
        return False

    def _turn(self, extreme: Turn, now: Turn) -> bool:
        is_news = self._is_falling and extreme.in_start and not self._is_flat
        self._turns.append(extreme)
        self._extreme, self._is_falling, self._is_flat = now, not self._is_falling, False
        return is_news

    def finish(self) -> None:
        """Nothing more comes: where it ends is a turning point."""
        if self._extreme is not None:
            self._turn(self._extreme, self._extreme)

    @property
    def has_moved(self) -> bool:
        """Whether anything but a rest has been seen."""
        if self._turns or self._first is None or self._extreme is None:
            return bool(self._turns)
        return abs(self._first.way - self._extreme.way) >= self._least

    @property
    def rests(self) -> list[Turn]:
        """The lows in the start posture, the one under way among them once it lasts."""
        lows = self._turns[::2]
        if self._is_falling and self._is_flat and self._extreme is not None:
            lows.append(self._extreme)
        return [turn for turn in lows if turn.in_start]

    def swings(self) -> Iterator[Swing]:
        """The movements between rests that follow one another."""
        for before, after in pairwise(self.rests):
            tops = [turn for turn in self._turns[1::2] if before.t_s < turn.t_s < after.t_s]
            yield Swing(before, max(tops, key=lambda turn: turn.way), after)
