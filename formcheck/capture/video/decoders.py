"""Decoding a video file with PyAV, and what its header says of it.

A file is given to FFmpeg as an open file, never by its name: FFmpeg takes `clip:1.mp4` for an
address and `%03d.jpg` for many files, and a name need not be text. What only lists other files or
addresses is not followed. Pictures come upright and BGR; nothing is scaled or repaired here.
"""

from __future__ import annotations

import math
import os
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Any, Literal, cast

import av
import numpy as np

from formcheck.capture.video.mending import Patch, patches
from formcheck.records.frames import Image

# PyAV is silent unless a log level is set. None may be set: its log takes Python's lock from
# FFmpeg's threads, and one that reports an error while its decoder is closed then waits for ever.

MAX_PIXELS = 4096 * 4096
"""Of one picture: 4K passes, and ten of them in a decoder's memory (1.5 bytes a pixel) are 250 MB.
FFmpeg refuses more before it takes memory for them, also where the size changes in mid-film."""

MAX_MISSES = 30
"""Failed reads in a row after which a file counts as ended (damage in the middle is shorter)."""

_MOST_THREADS = 4
"""Each holds pictures of its own; more are no faster than the pose model needs."""

_CREDIBLE_ASPECT = (0.2, 5.0)
_CREDIBLE_FPS = (1.0, 240.0)
_USUAL_FPS = 30.0
_SLACK_FRAMES = 1.5
_PICTURE_FORMATS = ("image2", "tty")
_LISTS = {
    "concat", "dash", "hls", "imf", "sdp", "rtp", "rtsp", "sap", "image2", "lavfi", "avisynth",
    "vapoursynth", "webm_dash_manifest",
}  # fmt: skip
"""Formats that name other files or addresses for FFmpeg to open."""

_CONTAINER_OPTIONS = {
    "format_whitelist": ",".join(sorted(av.formats_available - _LISTS)),
    "protocol_whitelist": "none",
    "max_pixels": str(MAX_PIXELS),
}
_DECODER_OPTIONS = {"max_pixels": str(MAX_PIXELS), "flags": "+output_corrupt"}
"""The second: a picture that rests on a lost one is given as far as it is known. Without it, one
bad frame at the start of an HEVC film costs all up to the next that stands for itself."""

_FAILURES = (av.FFmpegError, OSError, ValueError, LookupError, ArithmeticError, MemoryError)
"""What FFmpeg, or PyAV around it, makes of a damaged file."""

Threads = Literal["AUTO", "SLICE"]
"""Several pictures at once, or one: when one of several fails, others may be lost with it."""


@dataclass(frozen=True, eq=False)
class Picture:
    """t_s: presentation time, from where the file likes. image: (height, width, 3), BGR, upright.
    pixel_aspect: width of a pixel of it over its height. is_partial: it rests on one that was lost.
    """

    t_s: float
    image: Image
    pixel_aspect: float
    is_partial: bool = False


@dataclass(frozen=True)
class Header:
    """What a file says of itself before anything is decoded.

    container: FFmpeg's name of the file format. codec: "" if there are no moving pictures, or none
    that can be decoded. size_px: of the coded picture; (0, 0) where it is not said. fps: nominal,
    30 where nothing credible is said. frames: counted by the container, None where it does not
    count. is_whole: it says all that a decoder needs. mended: what had to be put right for that.
    """

    container: str
    codec: str
    has_pictures: bool
    has_sound: bool
    size_px: tuple[int, int]
    fps: float
    frames: int | None
    duration_s: float | None
    is_whole: bool
    mended: tuple[Patch, ...] = ()

    @property
    def is_still(self) -> bool:
        """A photograph, or a text that FFmpeg would render as one."""
        return self.container in _PICTURE_FORMATS or self.container.endswith("_pipe")


class _Bytes:
    """A file as FFmpeg may see it: its bytes, put right where they have to be, and of its name the
    ending, which tells raw streams apart."""

    def __init__(self, path: Path, mended: tuple[Patch, ...] = ()) -> None:
        self._file = path.open("rb", buffering=0)
        self._mended = mended
        self.seek, self.tell = self._file.seek, self._file.tell
        ending = path.suffix[1:9]
        self.name = f"video.{ending}" if ending.isascii() and ending.isalnum() else "video"

    def read(self, count: int = -1) -> bytes:
        start = self._file.tell() if self._mended else 0
        data = self._file.read(count) or b""
        for at, patch in self._mended:
            low, high = max(at, start), min(at + len(patch), start + len(data))
            if low < high:
                part = patch[low - at : high - at]
                data = data[: low - start] + part + data[high - start :]
        return data

    def close(self) -> None:
        self._file.close()


def _opened(file: _Bytes) -> Any:
    return av.open(cast(Any, file), metadata_errors="replace", options=dict(_CONTAINER_OPTIONS))


def read_header(path: Path) -> Header | None:
    """The header, or None if the file is no medium that FFmpeg knows.

    Raises:
        OSError: the file cannot be read.
    """
    header = _header(path)
    if header and (header.is_whole or header.is_still):
        return header
    with path.open("rb") as file:
        mended = patches(file)
    again = _header(path, mended) if mended else None
    return again if again and again.is_whole else header


def _header(path: Path, mended: tuple[Patch, ...] = ()) -> Header | None:
    try:
        with closing(_Bytes(path, mended)) as file, _opened(file) as container:
            stream = _film(container)
            context = stream.codec_context if stream else None
            return Header(
                container=container.format.name,
                codec=context.name if context else "",
                has_pictures=stream is not None,
                has_sound=bool(container.streams.audio),
                size_px=(context.width, context.height) if context else (0, 0),
                fps=credible_fps(float(stream.average_rate or 0) if context else 0.0),
                frames=(stream.frames or None) if stream else None,
                duration_s=_duration_s(container, stream),
                is_whole=context is not None and context.pix_fmt is not None,
                mended=mended,
            )
    except _FAILURES:
        return None


def _film(container: Any) -> Any:
    """The stream of moving pictures, which a cover picture may precede; None without any."""
    streams = container.streams
    return streams.best("video") or next(iter(streams.video), None)


def _duration_s(container: Any, stream: Any) -> float | None:
    if stream is not None and stream.duration:
        return float(stream.duration * stream.time_base)
    return container.duration / av.time_base if container.duration else None


class Decoder:
    """One pass over a file, past packets that cannot be decoded.

    Raises:
        OSError: the file is not there any more.
    """

    def __init__(self, path: Path, header: Header, threads: Threads = "AUTO") -> None:
        self._file = _Bytes(path, header.mended)
        self._frame_s = 1 / header.fps
        self._container: Any = None
        try:
            self._container = _opened(self._file)
            self._stream = _film(self._container)
            context = self._stream.codec_context
            context.thread_type = threads
            context.thread_count = min(_MOST_THREADS, os.cpu_count() or 1)
            context.options = dict(_DECODER_OPTIONS)
        except (*_FAILURES, AttributeError):  # changed since its header was read
            self.close()
            self._stream = None
        self._misses = 0
        self._furthest_s = self._coded_s = -math.inf

    @property
    def ended_early(self) -> bool:
        """Whether the file goes on after the last picture that was decoded."""
        return self._misses > 0 or (
            self._coded_s > self._furthest_s + _SLACK_FRAMES * self._frame_s
        )

    def pictures(self) -> Iterator[Picture | None]:
        """Pictures in order; None for each that could not be decoded before a later one."""
        t_s = -self._frame_s
        for frame in self._decoded():
            picture = self._picture(frame, t_s + self._frame_s) if frame else None
            if picture is None:
                self._misses += 1
                continue
            yield from repeat(None, self._misses)
            self._misses = 0
            t_s = picture.t_s
            self._furthest_s = max(self._furthest_s, t_s)
            yield picture

    def _decoded(self) -> Iterator[av.VideoFrame | None]:
        for packet in self._packets():
            try:
                if packet is not None and packet.pts is not None and not packet.is_discard:
                    self._coded_s = max(self._coded_s, float(packet.pts * packet.time_base))
                yield from self._stream.codec_context.decode(packet)
            except _FAILURES:
                yield None

    def _packets(self) -> Iterator[Any]:
        """The packets of the film, then None: that there are no more."""
        failed = 0
        while self._stream is not None and failed < MAX_MISSES:
            try:
                for packet in self._container.demux(self._stream):
                    if not packet.size:
                        yield None
                        return
                    failed = 0
                    yield packet
            except _FAILURES:
                failed += 1
        if self._stream is not None:
            yield None

    def _picture(self, frame: av.VideoFrame, usual_s: float) -> Picture | None:
        """The picture; usual_s: its time where the file gives none."""
        stamp = frame.pts if frame.pts is not None else frame.dts
        try:
            t_s = usual_s if stamp is None else float(stamp * self._stream.time_base)
            image = frame.to_ndarray(format="bgr24")
        except _FAILURES:
            return None
        quarters = round(frame.rotation / 90)
        aspect = self._stream.sample_aspect_ratio
        return Picture(
            t_s,
            np.ascontiguousarray(np.rot90(image, quarters)),
            upright_aspect(
                aspect.numerator if aspect else 0,
                aspect.denominator if aspect else 1,
                quarters % 2 == 1,
            ),
            frame.is_corrupt,
        )

    def close(self) -> None:
        """Let go of the file; safe to call twice."""
        if self._container is not None:
            with suppress(*_FAILURES):
                self._container.close()
        self._file.close()


def upright_aspect(wide: float, high: float, turned: bool) -> float:
    """Pixel aspect of the upright picture; 1 where the file says nothing credible."""
    aspect = wide / high if wide > 0 and high > 0 else 1.0
    if not _CREDIBLE_ASPECT[0] <= aspect <= _CREDIBLE_ASPECT[1]:
        return 1.0
    return 1 / aspect if turned else aspect


def credible_fps(fps: float) -> float:
    """The nominal rate, or 30 where the file says nothing credible (raw streams, recorders)."""
    return fps if _CREDIBLE_FPS[0] <= fps <= _CREDIBLE_FPS[1] else _USUAL_FPS
