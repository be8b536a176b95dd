"""Whether the measure that the phases go by can be seen, and for how long it has not been
(design.md, law 7)."""

from __future__ import annotations

import math
from typing import Literal

PAUSED_S, GIVEN_UP_S = 0.7, 3.0
"""Unseen for this long, an attempt pauses; for this long, it closes."""

Seen = Literal["seen", "found", "blinking", "lost", "paused", "given_up"]
"""What a sample brings: in sight; in sight again after a pause; out of sight, but not yet told;
lost, to be told now; told and still out of sight; out of sight for good."""


class Sight:
    """Told sample by sample whether the measure is seen."""

    def __init__(self) -> None:
        self.unseen_s = math.nan
        self._is_told = False

    def look(self, t_s: float, *, is_seen: bool) -> Seen:
        """Take the next sample."""
        if is_seen:
            return self._see()
        if math.isnan(self.unseen_s):
            self.unseen_s = t_s
        return self._miss(t_s - self.unseen_s)

    def _see(self) -> Seen:
        self.unseen_s = math.nan
        was_told, self._is_told = self._is_told, False
        return "found" if was_told else "seen"

    def _miss(self, unseen_s: float) -> Seen:
        if unseen_s >= GIVEN_UP_S:
            return "given_up"
        if unseen_s < PAUSED_S:
            return "blinking"
        was_told, self._is_told = self._is_told, True
        return "paused" if was_told else "lost"
