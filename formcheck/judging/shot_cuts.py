"""Tells when the picture jumps to another shot, or the tracker to another person.

What was begun before a cut has no end after it, so it is not judged.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcheck.records.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Pose

Shot = Literal["same", "unsure", "cut"]

TORSO = [names[j] for j in ("shoulder", "hip") for names in (LEFT_LANDMARKS, RIGHT_LANDMARKS)]

LEAST_JUMP, JUMP_PER_S = 0.4, 10.0
"""Torso lengths that the trunk must have moved at once, and how many a second: about 5 m/s, which
no exercise comes near (ours)."""

RESIZED = 1.35
"""Or how many times its length the trunk must have become, or been, at once (ours)."""

STEADY = 0.25
"""Torso lengths within which the trunk stays from frame to frame once it has jumped (ours)."""

SETTLED_FRAMES, SETTLED_S = 3, 0.15
"""A jump that stays this long is a cut; one that goes back was a slip of the tracker (ours)."""

AT_ONCE_S = 0.5
"""Between two looks longer apart a person can have gone anywhere."""


@dataclass(frozen=True)
class _Place:
    t_s: float
    xy_px: tuple[float, float]
    length_px: float


def _place(pose: Pose) -> _Place | None:
    shoulders, hips = pose.xy_px[TORSO[:2]].mean(axis=0), pose.xy_px[TORSO[2:]].mean(axis=0)
    length_px = float(np.hypot(*(shoulders - hips)))
    if not length_px > 0:
        return None
    x, y = (shoulders + hips) / 2
    return _Place(pose.t_s, (float(x), float(y)), length_px)


class CutWatch:
    """Takes poses in time order and tells of each whether it belongs to the same shot."""

    def __init__(self) -> None:
        self._before: _Place | None = None
        self._after: list[_Place] = []

    def update(self, pose: Pose) -> Shot:
        """Take the next pose: of a jump it is unsure until the trunk has stayed, or gone back."""
        place = _place(pose)
        if place is None:
            return "unsure" if self._after else "same"
        last = self._after[-1] if self._after else self._before
        if self._before is None or last is None or place.t_s - last.t_s > AT_ONCE_S:
            return self._stay(place)
        if self._after:
            goes_on = _is_near(last, place) and not _is_near(self._before, place)
        else:
            goes_on = _is_jump(self._before, place)
        if not goes_on:
            return self._stay(place)
        self._after.append(place)
        if not _is_settled(self._after):
            return "unsure"
        self._stay(place)
        return "cut"

    def _stay(self, place: _Place) -> Shot:
        self._before, self._after = place, []
        return "same"


def _apart(one: _Place, other: _Place) -> float:
    return math.dist(one.xy_px, other.xy_px) / max(one.length_px, other.length_px)


def _resized(one: _Place, other: _Place) -> float:
    return max(one.length_px / other.length_px, other.length_px / one.length_px)


def _is_jump(before: _Place, now: _Place) -> bool:
    way = _apart(before, now)
    is_far = way > max(LEAST_JUMP, JUMP_PER_S * (now.t_s - before.t_s))
    return is_far or (way > LEAST_JUMP and _resized(before, now) > RESIZED)


def _is_near(one: _Place, other: _Place) -> bool:
    return _apart(one, other) < STEADY and _resized(one, other) < RESIZED


def _is_settled(after: Sequence[_Place]) -> bool:
    return len(after) >= SETTLED_FRAMES and after[-1].t_s - after[0].t_s >= SETTLED_S
