"""Keeps a picture of each decisive moment, cropped about the person, as JPEG."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import cv2
import numpy as np

from formcheck.output.drawing.paint import Box
from formcheck.output.drawing.skeleton import draw_body
from formcheck.records.events import Started, Status
from formcheck.records.frames import Image
from formcheck.records.moments import Moment
from formcheck.records.pose import Pose, Side

PICTURE_PX = 640
"""Longer side of a kept picture: sharp where a page shows it 430 px wide, about 50 KB."""

TOLERANCE_S = 0.5
"""A moment further than this from the time asked for is not shown in its place."""

_MARGIN = 0.22
_NARROWEST = 0.75
_QUALITY = 82


class Pictures:
    """A sink that keeps the moment nearest each of the times asked for.

    Only one frame is held at a time; what is kept grows with the number of times alone.
    `jpegs` goes from the time asked for to its picture; a time no frame was near has none.
    """

    def __init__(self, times_s: Iterable[float]) -> None:
        self._waiting = sorted(set(times_s), reverse=True)
        self._before: Moment | None = None
        self._near: Side | None = None
        self.jpegs: dict[float, bytes] = {}

    def take(self, moment: Moment) -> None:
        """Keep this moment, or the one before it, for every time that it reaches."""
        for event in moment.events:
            if isinstance(event, Started):
                self._near = event.near
        if moment.frame is None:
            return
        while self._waiting and self._waiting[-1] <= moment.pose.t_s:
            self._keep(self._waiting.pop(), (self._before, moment))
        self._before = moment if self._waiting else None

    def close(self) -> None:
        """Keep the last moment for the times that lie just behind it."""
        while self._waiting:
            self._keep(self._waiting.pop(), (self._before,))
        self._before = None

    def _keep(self, t_s: float, candidates: tuple[Moment | None, ...]) -> None:
        moments = [moment for moment in candidates if moment]
        nearest = min(moments, key=lambda moment: abs(moment.pose.t_s - t_s), default=None)
        if nearest and nearest.frame and abs(nearest.pose.t_s - t_s) <= TOLERANCE_S:
            self.jpegs[t_s] = portrait(
                nearest.frame.image, nearest.pose, nearest.status, near=self._near
            )


def portrait(image: Image, pose: Pose, status: Status, *, near: Side | None) -> bytes:
    """JPEG of the person with skeleton and judged lines, cropped with a margin."""
    box = _crop(image, pose)
    part = image[box.y : box.y + box.h, box.x : box.x + box.w]
    scale = PICTURE_PX / max(box.w, box.h)
    size = (max(1, round(box.w * scale)), max(1, round(box.h * scale)))
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    small = np.asarray(cv2.resize(part, size, interpolation=way), np.uint8)
    to_image = np.array([image.shape[1], image.shape[0]]) / np.array(pose.size_px)
    xy = (pose.xy_px * to_image - [box.x, box.y]) * scale
    draw_body(small, replace(pose, xy_px=xy, size_px=size), status, near=near)
    _, jpeg = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return bytes(jpeg)


def _crop(image: Image, pose: Pose) -> Box:
    """The person with a margin, within the picture; all of it where nobody is seen.

    Never narrower than 3:4 either way, so that pictures stand beside each other well.
    """
    height, width = image.shape[:2]
    if not pose.is_seen:
        return Box(0, 0, width, height)
    xy = pose.xy_px * np.array([width, height]) / np.array(pose.size_px)
    low, high = np.nanmin(xy, axis=0), np.nanmax(xy, axis=0)
    size = (high - low) * (1 + 2 * _MARGIN)
    size = np.maximum(size, _NARROWEST * size.max())
    x, w = _span((low[0] + high[0]) / 2, size[0], width)
    y, h = _span((low[1] + high[1]) / 2, size[1], height)
    return Box(x, y, w, h)


def _span(middle: float, length: float, limit: int) -> tuple[int, int]:
    """Start and length of a stretch about a middle, moved and cut to lie in 0..limit."""
    length = max(16, min(limit, round(length)))
    start = min(max(round(middle - length / 2), 0), limit - int(length))
    return max(start, 0), min(int(length), limit)
