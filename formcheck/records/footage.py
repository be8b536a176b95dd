"""How a film shows what happened, where it is not as it was: mirrored, or at another speed.

Pose tracks keep what the film shows; it is put right whenever it is judged, for whoever tells so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from formcheck.records.frames import Frame
from formcheck.records.pose import Pose

SPEEDS = (0.02, 50.0)
"""The slowest and the fastest film that is taken for possible: 1200 frames a second shown at 24,
and one frame in two seconds shown at 25."""


@dataclass(frozen=True)
class Footage:
    """What the user told of a film.

    mirrored: the camera has swapped left and right. speed: at how many times the real speed it is
    shown, below 1 in slow motion.
    """

    mirrored: bool = False
    speed: float = 1.0

    @property
    def is_plain(self) -> bool:
        """Whether it shows all as it was."""
        return not self.mirrored and self.speed == 1

    def real_pose(self, pose: Pose) -> Pose:
        """What a pose in the film really was, and when."""
        if self.is_plain:
            return pose
        turned = pose.mirrored() if self.mirrored else pose
        return replace(turned, t_s=pose.t_s * self.speed)

    def real_frame(self, frame: Frame) -> Frame:
        """The picture as it would have been without mirror, at its real time."""
        if self.is_plain:
            return frame
        image = np.ascontiguousarray(frame.image[:, ::-1]) if self.mirrored else frame.image
        return Frame(frame.t_s * self.speed, image)

    def real_poses(self, poses: Iterable[Pose]) -> Iterable[Pose]:
        """What the poses in a film really were, each time they are asked for."""
        return poses if self.is_plain else _Real(self, poses)


@dataclass(frozen=True)
class _Real:
    footage: Footage
    poses: Iterable[Pose]

    def __iter__(self) -> Iterator[Pose]:
        return map(self.footage.real_pose, self.poses)


PLAIN = Footage()
"""A film that shows all as it was."""
