"""Films for Chromium's fake camera: a still start, a sample video, and an empty room after it.

The fake camera plays a file of JPEG pictures at 30 a second and begins again at its end.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from formcheck.capture.video.file import VideoFile
from formcheck.records.frames import Frame

FPS = 30
SAMPLES = Path(__file__).parent.parent / "sample_videos"
_QUALITY = 85
GRAIN = 2.0
"""Deviation of a quiet camera's grey values, of 255."""


def film_for_camera(path: Path, video: str, *, still_s: float = 3.0, empty_s: float = 36.0) -> Path:
    """Write the film of a sample video, such as "bridge/bridge_side"."""
    own = list(VideoFile(SAMPLES / f"{video}.mp4"))
    room = list(VideoFile(SAMPLES / "empty_room.mp4"))
    with path.open("wb") as file:
        for i in range(round(still_s * FPS)):
            file.write(_jpeg(_grainy(own[0], i)))
        for frame in _at_camera_rate(own):
            file.write(_jpeg(frame))
        still = [_jpeg(frame) for frame in _at_camera_rate(room)]
        for i in range(round(empty_s * FPS)):
            file.write(still[i % len(still)])
    return path


def _grainy(frame: Frame, number: int) -> Frame:
    """The picture with the grain of a camera, without which it would stand still."""
    grain = np.random.default_rng(number).normal(0, GRAIN, frame.image.shape)
    return replace(frame, image=np.clip(frame.image + grain, 0, 255).astype(np.uint8))


def _at_camera_rate(frames: list[Frame]) -> Iterator[Frame]:
    i = 0
    for tick in range(int(frames[-1].t_s * FPS) + 1):
        while i + 1 < len(frames) and frames[i + 1].t_s <= tick / FPS:
            i += 1
        yield frames[i]


def _jpeg(frame: Frame) -> bytes:
    _, data = cv2.imencode(".jpg", frame.image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    return bytes(data)
