"""Whether the body has left the floor: who jumps does another exercise."""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Sequence

import numpy as np

from formcheck.exercises.postures import Posture
from formcheck.judging.place import home_of, place_of
from formcheck.records.pose import Floats, Pose

HOP_TORSO, HOP_S = 0.18, 0.15
"""Both feet risen by so many torso lengths within so long, with the hips as far above where they
were at rest, the body leaves the floor (feet of squats rose by 0.06 in a second, of jumps by 0.45
and more, on seven recordings; those of a camera that is moved by 0.13 in 0.15 s). Where the pose
model puts the feet of a deep squat too high, the hips are low."""

SLIP_S = 0.03
"""What lasts no longer is a slip of the pose model."""


class Footing:
    """Feeds on poses and remembers when the person was last in the air.

    resting: poses that show the rest.
    """

    def __init__(self, posture: Posture, resting: Sequence[Pose]) -> None:
        self._posture = posture
        seen = [pose for pose in resting if pose.is_seen]
        self._torso_px = home_of([place_of(pose, posture) for pose in seen]).torso_px
        self._hips_px = float(np.median([_hips_px(pose) for pose in seen]))
        self._heights: deque[tuple[float, Floats]] = deque()
        self._up_since_s = math.nan
        self.in_air_s = -math.inf

    def follow(self, pose: Pose) -> None:
        """Take the next pose."""
        if not self._posture.is_on_feet or not pose.is_seen:
            return
        if not self._is_up(pose):
            self._up_since_s = math.nan
            return
        if math.isnan(self._up_since_s):
            self._up_since_s = pose.t_s
        if pose.t_s - self._up_since_s >= SLIP_S:
            self.in_air_s = pose.t_s

    def _is_up(self, pose: Pose) -> bool:
        feet_px = place_of(pose, self._posture).points_px[:, 1]
        self._heights.append((pose.t_s, feet_px))
        while pose.t_s - self._heights[0][0] > HOP_S:
            self._heights.popleft()
        floor_px = np.max([height for _, height in self._heights], axis=0)
        risen_px = min(float(np.min(floor_px - feet_px)), self._hips_px - _hips_px(pose))
        return risen_px >= HOP_TORSO * self._torso_px


def _hips_px(pose: Pose) -> float:
    """How low the hips are in the picture."""
    return float(pose.xy_px[[23, 24], 1].mean())
