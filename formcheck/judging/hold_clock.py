"""The hold clock: media time in form, with the house's rules for gaps (design.md, laws 6 and 7)."""

from __future__ import annotations

import math

BRIDGED_S = 0.5
"""A gap up to this long, of form or of sight, is bridged and credited; a longer one is not."""

ENDED_S = 2.0
"""Form lost for this long ends the hold and banks its time."""


class HoldClock:
    """Told when form is gained and lost, it tells how long the hold has lasted."""

    def __init__(self) -> None:
        self.start_s = math.nan
        self._since_s = math.nan
        self._lost_s = math.nan
        self._banked_s = 0.0

    @property
    def is_running(self) -> bool:
        """Whether a hold has begun and not ended; a gap may be open in it."""
        return not math.isnan(self.start_s)

    @property
    def is_holding(self) -> bool:
        """Whether a hold runs and its form is good."""
        return self.is_running and math.isnan(self._lost_s)

    def gain(self, t_s: float) -> None:
        """Form is good from t_s on."""
        if not self.is_running:
            self.start_s = self._since_s = t_s
        elif not math.isnan(self._lost_s):
            if t_s - self._lost_s > BRIDGED_S:
                self._banked_s += self._lost_s - self._since_s
                self._since_s = t_s
            self._lost_s = math.nan

    def lose(self, t_s: float) -> None:
        """Form is lost, or cannot be seen, from t_s on."""
        if self.is_holding:
            self._lost_s = max(t_s, self._since_s)

    def has_ended(self, t_s: float) -> bool:
        """Whether form has been lost for so long that the hold is over."""
        return t_s - self._lost_s >= ENDED_S

    @property
    def lost_s(self) -> float:
        """When form was lost, NaN while it is good."""
        return self._lost_s

    def seconds(self, t_s: float) -> float:
        """Time in form up to t_s; a gap still open is not credited."""
        if not self.is_running:
            return 0.0
        until_s = t_s if math.isnan(self._lost_s) else self._lost_s
        return self._banked_s + until_s - self._since_s

    def stop(self, t_s: float) -> float:
        """End the hold and give its seconds; the clock is ready for another."""
        seconds = self.seconds(t_s)
        self.start_s = self._since_s = self._lost_s = math.nan
        self._banked_s = 0.0
        return seconds
