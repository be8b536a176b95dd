"""Whether a movement leaves the start posture and comes back to it (design.md, law 4)."""

from __future__ import annotations

import math
from collections.abc import Iterable

from formcheck.judging.conditions import Watch
from formcheck.measuring.smoothing import Sample

SLACK = {"deg": 4.0}
SLACK_OTHERWISE = 0.06
"""So far out of the start posture a movement may begin and end, in degrees or lengths (ours): an
attempt closes a little before the person is quite back."""


class AtStart:
    """Remembers when the start posture was last taken; where it cannot be seen, it is believed."""

    def __init__(self, posture: Iterable[Watch]) -> None:
        self._posture = tuple(posture)
        self._last_s = math.inf

    def follow(self, sample: Sample) -> None:
        """Take the next sample."""
        if all(_is_near(watch, watch.value(sample)) for watch in self._posture):
            self._last_s = sample.t_s
        elif self._last_s == math.inf:
            self._last_s = -math.inf

    def was_taken_since(self, t_s: float) -> bool:
        """Whether the person has been in it since that moment."""
        return self._last_s >= t_s


def _is_near(watch: Watch, value: float) -> bool:
    slack = SLACK.get(watch.clause.unit, SLACK_OTHERWISE)
    return math.isnan(value) or watch.inside(value) >= -slack
