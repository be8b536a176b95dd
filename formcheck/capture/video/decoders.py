"""Two ways to decode a video file, and what its header says of it.

OpenCV reads first: its times, taken after the read, equal the presentation timestamps on every
file tried. PyAV reads what OpenCV's build cannot (AV1 has no software decoder there).
Both give upright BGR pictures; neither scales nor repairs anything.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, Protocol, cast

# FFmpeg inside OpenCV reads its log level once, at the first capture: -8 is AV_LOG_QUIET.
os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")

import av
import av.logging
import cv2
import numpy as np

from formcheck.records.frames import Image

cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)
av.logging.set_level(av.logging.PANIC)

MAX_MISSES = 30
"""Failed reads in a row after which a file counts as ended (damage in the middle is shorter)."""

_CREDIBLE_ASPECT = (0.2, 5.0)
_CREDIBLE_FPS = (1.0, 240.0)
_USUAL_FPS = 30.0
_PICTURE_FORMATS = ("image2", "tty")

Picture = tuple[float, Image]
"""Presentation time in seconds, from where the file likes, and (height, width, 3) BGR."""


@dataclass(frozen=True)
class Header:
    """What a file says of itself before anything is decoded.

    container: FFmpeg's name of the file format. codec: "" if there are no moving pictures.
    frames: counted by the container, None where it does not count.
    """

    container: str
    codec: str
    has_sound: bool
    frames: int | None
    duration_s: float | None

    @property
    def is_still(self) -> bool:
        """A photograph, or a text that FFmpeg would render as one."""
        return self.container in _PICTURE_FORMATS or self.container.endswith("_pipe")


def read_header(path: Path) -> Header | None:
    """The header, or None if the file is no medium that FFmpeg knows."""
    try:
        with av.open(str(path)) as container:
            pictures = container.streams.video[0] if container.streams.video else None
            return Header(
                container=container.format.name,
                codec=pictures.codec_context.name if pictures else "",
                has_sound=bool(container.streams.audio),
                frames=(pictures.frames or None) if pictures else None,
                duration_s=_duration_s(container, pictures),
            )
    except (av.FFmpegError, ValueError):
        return None


def _duration_s(container: Any, stream: Any) -> float | None:
    if stream is not None and stream.duration:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None


class Decoder(Protocol):
    """One pass over a file."""

    fps: float
    pixel_aspect: float
    """Width of a pixel over its height in the upright picture; known from the first picture on."""

    def pictures(self) -> Iterator[Picture | None]:
        """Pictures in order; None for each that could not be decoded before a later one."""
        ...

    def close(self) -> None:
        """Let go of the file; safe to call twice."""
        ...


class OpenCvDecoder:
    """Reads with OpenCV; a failed read is not taken for the end of the file."""

    def __init__(self, path: Path, header: Header) -> None:
        self._capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
        self._declared = header.frames
        self.fps = credible_fps(self._capture.get(cv2.CAP_PROP_FPS))
        self.pixel_aspect = self._aspect()

    def _aspect(self) -> float:
        wide = self._capture.get(cv2.CAP_PROP_SAR_NUM)
        high = self._capture.get(cv2.CAP_PROP_SAR_DEN)
        turned = self._capture.get(cv2.CAP_PROP_ORIENTATION_META) % 180 == 90
        return upright_aspect(wide, high, turned)

    def pictures(self) -> Iterator[Picture | None]:
        """Pictures in order; see `Decoder`."""
        misses = attempts = 0
        while misses < MAX_MISSES and not (misses and attempts >= (self._declared or np.inf)):
            is_read, image = self._capture.read()
            attempts += 1
            if not is_read:
                misses += 1
                continue
            yield from repeat(None, misses)
            misses = 0
            yield self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000, cast(Image, image)

    def close(self) -> None:
        """Let go of the file."""
        self._capture.release()


class PyAvDecoder:
    """Reads with PyAV, passing over packets that cannot be decoded."""

    def __init__(self, path: Path, header: Header) -> None:
        self._container = av.open(str(path))
        self._stream = self._container.streams.video[0]
        self._stream.thread_type = "AUTO"
        self.fps = credible_fps(float(self._stream.average_rate or 0))
        self.pixel_aspect = 1.0

    def pictures(self) -> Iterator[Picture | None]:
        """Pictures in order; see `Decoder`."""
        misses = 0
        for frame in self._decoded():
            if frame is None:
                misses += 1
                continue
            yield from repeat(None, misses)
            misses = 0
            yield frame.time or 0.0, self._upright(frame)

    def _decoded(self) -> Iterator[av.VideoFrame | None]:
        packets = self._container.demux(self._stream)
        while True:
            try:
                packet = next(packets)
            except (StopIteration, av.FFmpegError):
                return
            try:
                yield from packet.decode()
            except av.FFmpegError:
                yield None

    def _upright(self, frame: av.VideoFrame) -> Image:
        image = frame.to_ndarray(format="bgr24")
        aspect = self._stream.sample_aspect_ratio
        self.pixel_aspect = upright_aspect(
            aspect.numerator if aspect else 0,
            aspect.denominator if aspect else 1,
            frame.rotation % 180 == 90,
        )
        return np.ascontiguousarray(np.rot90(image, frame.rotation // 90))

    def close(self) -> None:
        """Let go of the file."""
        self._container.close()


def upright_aspect(wide: float, high: float, turned: bool) -> float:
    """Pixel aspect of the upright picture; 1 where the file says nothing credible."""
    aspect = wide / high if wide > 0 and high > 0 else 1.0
    if not _CREDIBLE_ASPECT[0] <= aspect <= _CREDIBLE_ASPECT[1]:
        return 1.0
    return 1 / aspect if turned else aspect


def credible_fps(fps: float) -> float:
    """The nominal rate, or 30 where the file says nothing credible (raw streams, recorders)."""
    return fps if _CREDIBLE_FPS[0] <= fps <= _CREDIBLE_FPS[1] else _USUAL_FPS
