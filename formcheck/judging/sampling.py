"""From poses to smoothed samples, each with the pose that it was read from."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from formcheck.judging.conditions import SignalBank
from formcheck.judging.working_side import WorkingSide
from formcheck.measuring.scene import Bearings, Which
from formcheck.measuring.smoothing import Sample, Smoother
from formcheck.records.pose import Pose

Sampled = tuple[Sample, Pose]
"""A sample and its pose."""


class Sampler:
    """Feeds on poses in time order and gives the samples that they have made ready."""

    def __init__(self, bank: SignalBank, bearings: Bearings) -> None:
        self._bank, self._bearings = bank, bearings
        self._smoother, self._working = Smoother(), WorkingSide()
        self._poses = deque[Pose]()

    @property
    def working(self) -> Which | None:
        """The side that works, as of the last pose."""
        return self._working.which

    def add(self, pose: Pose, rests: tuple[float, float] = (0.0, 0.0)) -> list[Sampled]:
        """Take the next pose; rests: what the near and the far side are compared from."""
        self._poses.append(pose)
        values = self._bank.read(self._working.follow(pose, self._bearings, rests))
        return self._with_poses(self._smoother.add(pose.t_s, values))

    def finish(self) -> list[Sampled]:
        """The samples still held back."""
        return self._with_poses(self._smoother.finish())

    def _with_poses(self, samples: Iterable[Sample]) -> list[Sampled]:
        return [(sample, self._pose_of(sample)) for sample in samples]

    def _pose_of(self, sample: Sample) -> Pose:
        while self._poses[0].t_s < sample.t_s:
            self._poses.popleft()
        return self._poses[0]
