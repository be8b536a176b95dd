"""Whether a person at rest has turned away from where the start posture was seen."""

from __future__ import annotations

import math

from formcheck.judging.conditions import SignalBank
from formcheck.measuring.camera_view import SIDE_VIEW_SIGNAL, is_turned_from
from formcheck.measuring.scene import Bearings
from formcheck.measuring.smoothing import Sample
from formcheck.records.pose import Pose

TURNED_FROM = {"side": (0.5, 1.0), "oblique": (0.0, 1.0), "front": (0.0, 0.65)}
"""Outside this range of `side_view` a person is no longer seen as at the start (ours: half way to
the opposite view, so that what noise and a squat do to it is no turn)."""


class TurnWatch:
    """Follows the moments of a rest; `since_s` is when the person turned, NaN while unturned."""

    def __init__(self, bank: SignalBank, bearings: Bearings) -> None:
        self._column = bank.columns(SIDE_VIEW_SIGNAL)[0]
        self._bearings = bearings
        self.since_s = math.nan

    def begin(self) -> None:
        """A rest has ended: what was glimpsed in it lasts no longer."""
        self.since_s = math.nan

    def follow(self, sample: Sample, pose: Pose) -> float:
        """Take the next moment of a rest; gives for how many seconds the person has been turned."""
        if not self._is_turned(float(sample.values[self._column]), pose):
            self.since_s = math.nan
            return 0.0
        if math.isnan(self.since_s):
            self.since_s = sample.t_s
        return sample.t_s - self.since_s

    def _is_turned(self, side_view: float, pose: Pose) -> bool:
        if math.isnan(side_view):
            return False
        view, near = self._bearings.view, self._bearings.near
        low, high = TURNED_FROM[view]
        return not low <= side_view <= high or (view != "front" and is_turned_from(near, pose))
