"""Whether a movement leaves the start posture and comes back to it (design.md, law 4)."""

from __future__ import annotations

import math

from formcheck.judging.conditions import Condition
from formcheck.measuring.smoothing import Sample


class AtStart:
    """Remembers when the start posture was last taken; where it cannot be seen, it is believed."""

    def __init__(self, posture: Condition) -> None:
        self._posture = posture
        self._last_s = math.inf

    def follow(self, sample: Sample) -> None:
        """Take the next sample."""
        if self._posture.follow(sample) is not False:
            self._last_s = sample.t_s
        elif self._last_s == math.inf:
            self._last_s = -math.inf

    def was_taken_since(self, t_s: float) -> bool:
        """Whether the person has been in it since that moment."""
        return self._last_s >= t_s
