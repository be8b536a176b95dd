"""What turns a picture into a pose. `PoseEstimator` is the door."""

from __future__ import annotations

from typing import Protocol

from formcheck.records.frames import Frame
from formcheck.records.pose import Pose


class PoseEstimator(Protocol):
    """Gives one pose for each frame, in the frames' order."""

    def estimate(self, frame: Frame) -> Pose:
        """The pose of the person exercising, or `Pose.nobody`."""
        ...

    def close(self) -> None:
        """Let go of the model; safe to call twice."""
        ...
