"""Whether both feet have left the floor: who jumps does another exercise."""

from __future__ import annotations

import math
from collections import deque

import numpy as np

from formcheck.exercises.postures import Posture
from formcheck.judging.place import place_of
from formcheck.records.pose import Floats, Pose

FEET = {"ankle", "toe"}

HOP_TORSO = 0.15
"""Both feet so far above where they stood, in torso lengths, are off the floor (ours: a squat moves
them by half of that upwards, a hop lifts them by 0.2 and more)."""

HOP_S = 0.08
"""For so long at least, or it is a slip of the pose model."""

STOOD_S = 1.0
"""The floor is where the feet were lowest within the last so many seconds."""


class Footing:
    """Feeds on poses and remembers when the person was last in the air.

    torso_px: the torso at rest: one that leans towards the camera looks shorter.
    """

    def __init__(self, posture: Posture, torso_px: float) -> None:
        self._posture, self._torso_px = posture, torso_px
        self._stands = set(posture.rests_on) <= FEET
        self._heights: deque[tuple[float, Floats]] = deque()
        self._up_since_s = math.nan
        self.in_air_s = -math.inf

    def follow(self, pose: Pose) -> None:
        """Take the next pose."""
        if not self._stands or not pose.is_seen:
            return
        floor_px = place_of(pose, self._posture).points_px[:, 1]
        self._heights.append((pose.t_s, floor_px))
        while pose.t_s - self._heights[0][0] > STOOD_S:
            self._heights.popleft()
        lowest_px = np.max([y for _, y in self._heights], axis=0)
        if float(np.min(lowest_px - floor_px)) < HOP_TORSO * self._torso_px:
            self._up_since_s = math.nan
            return
        if math.isnan(self._up_since_s):
            self._up_since_s = pose.t_s
        if pose.t_s - self._up_since_s >= HOP_S:
            self.in_air_s = pose.t_s
