"""What a picture tells besides the person: its rate, and whether the camera was moved."""

from __future__ import annotations

import math
from collections import deque

import cv2
import numpy as np

from formcheck.records.frames import Frame
from formcheck.records.pose import Floats, Pose

RATE_OVER_S = 2.0
"""Over how long the frame rate is taken."""

WARM_UP_FRAMES = 5
"""The first frames come while the pose model is being loaded."""

CELLS = (32, 18)
"""The picture as so many cells across and down: what is smaller does not matter."""

LOOK_EVERY_S = 0.25
CHANGED = 14.0
"""A cell has changed if its brightness, 0 to 255, differs by more than this from what it was, the
picture's own mean taken off (ours: cameras adjust to the light)."""

MOVED_SHARE = 0.4
"""The camera was moved if so much of what is not the person has changed (ours: somebody who walks
through the picture covers up to a third of it)."""

MOVED_S = 1.0
"""And has stayed so for this long."""

_LEARN = 0.05
_MARGIN = 0.12
_FEWEST_CELLS = 60


class Rate:
    """Frames a second, from their media times."""

    def __init__(self) -> None:
        self._times: deque[float] = deque()
        self._seen = 0

    def fps(self, t_s: float) -> float:
        """The rate with this frame; NaN until it can be told."""
        self._seen += 1
        if self._seen <= WARM_UP_FRAMES:
            return math.nan
        self._times.append(t_s)
        while t_s - self._times[0] > RATE_OVER_S:
            self._times.popleft()
        span_s = t_s - self._times[0]
        return (len(self._times) - 1) / span_s if span_s > RATE_OVER_S / 2 else math.nan


class Scenery:
    """Remembers the room behind the person, and notices when it is another."""

    def __init__(self) -> None:
        self._known: Floats | None = None
        self._looked_s = -math.inf
        self._differs_s = math.nan

    def has_moved(self, frame: Frame, pose: Pose) -> bool:
        """Whether the camera was moved; told once, then the new place is the known one."""
        if frame.t_s - self._looked_s < LOOK_EVERY_S:
            return False
        self._looked_s = frame.t_s
        cells = _cells(frame, pose)
        if self._known is None:
            self._known = cells
            return False
        change = np.abs(cells - self._known)
        is_known = ~np.isnan(change)
        if is_known.sum() < _FEWEST_CELLS:
            return False
        if (change[is_known] > CHANGED).mean() < MOVED_SHARE:
            self._learn(cells)
            self._differs_s = math.nan
            return False
        if math.isnan(self._differs_s):
            self._differs_s = frame.t_s
        if frame.t_s - self._differs_s < MOVED_S:
            return False
        self._known, self._differs_s = cells, math.nan
        return True

    def _learn(self, cells: Floats) -> None:
        """Follow slow changes, and fill in what the person had hidden."""
        assert self._known is not None
        slowly = self._known + _LEARN * (cells - self._known)
        self._known = np.where(
            np.isnan(self._known), cells, np.where(np.isnan(cells), self._known, slowly)
        )


def _cells(frame: Frame, pose: Pose) -> Floats:
    """Brightness of each cell over the picture's mean; NaN where the person is."""
    grey = cv2.cvtColor(frame.image, cv2.COLOR_BGR2GRAY)
    cells = cv2.resize(grey, CELLS, interpolation=cv2.INTER_AREA).astype(np.float32)
    if pose.is_seen:
        low, high = pose.xy_px.min(axis=0), pose.xy_px.max(axis=0)
        room = _MARGIN * float((high - low).max())
        scale = np.array(CELLS) / np.array(pose.size_px)
        left, top = np.clip(np.floor((low - room) * scale), 0, CELLS).astype(int)
        right, bottom = np.clip(np.ceil((high + room) * scale), 0, CELLS).astype(int)
        cells[top:bottom, left:right] = np.nan
    if np.isnan(cells).all():
        return cells
    even: Floats = cells - np.nanmean(cells)
    return even
