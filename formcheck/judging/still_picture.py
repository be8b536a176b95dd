"""Tells a picture that stands still from a person who holds still (design.md, law 10).

Nobody holds still to the last digit: a pose that repeats the one before shows a camera that has
frozen, or a film that was padded. What is repeated for longer is left out, so that all that follows
sees a gap in time there, which is credited to nothing.
"""

from __future__ import annotations

import math

import numpy as np

from formcheck.records.events import NotJudged
from formcheck.records.pose import LEFT_LANDMARKS, Pose
from formcheck.records.reasons import Reason

STANDS_S = 0.5
"""A pose that is repeated for so long is no living person (ours: as long as any gap is bridged; a
film at 60 frames a second of a camera at 30 repeats each for 0.02 s)."""

_HIP = (LEFT_LANDMARKS["hip"], 0)


class StillPicture:
    """Takes poses in time order and lets those through that show something new.

    Repeats wait until it is known what they are: those of a shorter time are let through as they
    came. stood_s: how long the picture has stood still so far, in all.
    """

    def __init__(self) -> None:
        self._shown: Pose | None = None
        self._repeats: list[Pose] = []
        self._until_s = math.nan
        self.stood_s = 0.0

    def update(self, pose: Pose) -> tuple[list[Pose], list[NotJudged]]:
        """Take the next pose; gives those to be judged, and what is to be told ahead of them."""
        if self._shown is not None and is_repeat(self._shown, pose):
            self._wait(self._shown, pose)
            return [], []
        waited, told = self.finish()
        self._shown = pose
        return [*waited, pose], told

    def finish(self) -> tuple[list[Pose], list[NotJudged]]:
        """No repeat comes any more: what waited, or how long the picture stood still."""
        waited, self._repeats = self._repeats, []
        until_s, self._until_s = self._until_s, math.nan
        if self._shown is None or math.isnan(until_s):
            return waited, []
        lasted_s = until_s - self._shown.t_s
        self.stood_s += lasted_s
        why = Reason("picture_stands_still", lasted_s=lasted_s)
        return [], [NotJudged(until_s, "picture", why, since_s=self._shown.t_s)]

    def _wait(self, shown: Pose, pose: Pose) -> None:
        if pose.t_s - shown.t_s < STANDS_S:
            self._repeats.append(pose)
            return
        self._repeats, self._until_s = [], pose.t_s


def is_repeat(before: Pose, pose: Pose) -> bool:
    """Whether a pose is the one before to the last digit; of nobody there is none."""
    if before.xy_px[_HIP] != pose.xy_px[_HIP]:  # also where either of them is not seen
        return False
    pairs = ((before.xy_px, pose.xy_px), (before.world_m, pose.world_m))
    return all(np.array_equal(one, other, equal_nan=True) for one, other in pairs)
