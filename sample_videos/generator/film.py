"""Films of takes: pictures worked out on a few processes, encoded as H.264."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from multiprocessing import get_context
from pathlib import Path

import av
import cv2

from sample_videos.generator.clip import Clip, Take
from sample_videos.generator.rotations import Vector

_WORKERS = 2
_FRAMES_AT_ONCE = 6
_SECONDS_BETWEEN_KEYFRAMES = 60
_TICK = Fraction(1, 24_000)
"""Divides the frame's time at 15, 20, 24 and 30 pictures a second, and a millisecond."""


class _Worker:
    """The take a worker process draws from."""

    take: Take


def frames(clip: Clip, *, quick: bool = False) -> Iterator[Vector]:
    """All pictures of a clip in order, 8-bit RGB (h, w, 3)."""
    with ProcessPoolExecutor(
        _WORKERS, get_context("spawn"), initializer=_prepare, initargs=(clip, quick)
    ) as pool:
        yield from pool.map(_draw, range(clip.frame_count), chunksize=_FRAMES_AT_ONCE)


def _prepare(clip: Clip, quick: bool) -> None:
    cv2.setNumThreads(1)
    _Worker.take = Take(clip, quick=quick)


def _draw(number: int) -> Vector:
    return _Worker.take.frame(number)


def encode(pictures: Iterable[Vector], path: Path, *, clip: Clip) -> None:
    """Write a clip's pictures as an MP4 for browsers (H.264, yuv420p), whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"crf": str(clip.crf), "preset": "veryslow"}
    partial = path.with_suffix(".part")
    with av.open(str(partial), "w", format="mp4", options={"movflags": "+faststart"}) as container:
        stream = container.add_stream("libx264", rate=clip.fps, options=options)
        stream.width, stream.height = clip.shot.size_px
        stream.pix_fmt = "yuv420p"
        stream.codec_context.gop_size = clip.fps * _SECONDS_BETWEEN_KEYFRAMES
        stream.codec_context.thread_count = 1
        stream.codec_context.time_base = _TICK
        for picture, t_s in zip(pictures, clip.times_s, strict=False):
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            frame.pts, frame.time_base = round(t_s / _TICK), _TICK
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    partial.replace(path)
