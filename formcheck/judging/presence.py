"""Whether the person is in sight and in the posture of the exercise (design.md, law 7)."""

from __future__ import annotations

import math

from formcheck.judging.conditions import Condition
from formcheck.judging.visibility import Seen, Sight
from formcheck.measuring.smoothing import Sample


class Presence:
    """Follows sight first and, while the person is seen, the posture.

    keep: the posture. column: the measure that must be seen. left_s: since when the posture has
    been left, NaN while it is kept.
    """

    def __init__(self, keep: Condition, column: int) -> None:
        self._keep, self._column, self._sight = keep, column, Sight()
        self.left_s = math.nan
        self._back_s = -math.inf

    @property
    def unseen_s(self) -> float:
        """Since when the person has been out of sight, NaN while seen."""
        return self._sight.unseen_s

    @property
    def is_seen(self) -> bool:
        """Whether the person was in sight in the last sample."""
        return math.isnan(self.unseen_s)

    def look(self, sample: Sample) -> Seen:
        """Take the next sample, and tell what it brings to sight."""
        was_seen, value = self.is_seen, sample.values[self._column]
        seen = self._sight.look(sample.t_s, is_seen=not math.isnan(value))
        if self.is_seen and not was_seen:
            self._back_s = sample.t_s
        return seen

    def come_back(self, t_s: float) -> None:
        """Nothing was to be seen of anybody until t_s."""
        self._back_s = t_s

    def keeps(self, sample: Sample) -> bool:
        """Whether the posture is kept in a sample in sight; it is unless it is seen not to be."""
        if self._keep.follow(sample) is False:
            if math.isnan(self.left_s):
                self.left_s = self._keep.changed_s
            return False
        if not math.isnan(self.left_s):
            self._back_s = self._keep.changed_s
        self.left_s = math.nan
        return True

    def dated_s(self, crossing_s: float) -> float:
        """When a crossing is dated: not before the person was back, for then it was not seen."""
        return max(crossing_s, self._back_s)
