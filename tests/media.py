"""Small video files made for a test, whose pictures can be told apart when they are read back."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Sequence
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.records.frames import Image

_BITS = 6
_MILLISECOND = Fraction(1, 1000)
_CLOCKWISE = {0: (1, 0, 0, 1), 90: (0, 1, -1, 0), 180: (-1, 0, 0, -1), 270: (0, -1, 1, 0)}


def pictures(count: int, width: int = 160, height: int = 96) -> list[Image]:
    """Pictures that carry their number as black and white bars in the upper half."""
    return [_picture(number, width, height) for number in range(count)]


def _picture(number: int, width: int, height: int) -> Image:
    image = np.full((height, width, 3), (60, 110, 160), np.uint8)
    bar = width // _BITS
    for bit in range(_BITS):
        image[: height // 2, bit * bar : (bit + 1) * bar] = 255 * (number >> bit & 1)
    return image


def number_of(image: NDArray[np.uint8]) -> int:
    """The number of a picture made by `pictures`, at any size."""
    height, width = image.shape[:2]
    row = image[height // 4, :, 1]
    bar = width / _BITS
    return sum((int(row[int((bit + 0.5) * bar)]) > 127) << bit for bit in range(_BITS))


def corner_picture(width: int = 160, height: int = 96) -> Image:
    """A dark picture with a white upper left corner."""
    image = np.full((height, width, 3), 30, np.uint8)
    image[: height // 3, : width // 3] = 255
    return image


def bright_corner(image: NDArray[np.uint8]) -> str:
    """Which corner of a picture is the brightest: "upper left" and so on."""
    half = cv2.resize(image, (2, 2), interpolation=cv2.INTER_AREA).sum(axis=2)
    row, column = np.unravel_index(int(half.argmax()), (2, 2))
    return f"{('upper', 'lower')[row]} {('left', 'right')[column]}"


def write_video(
    path: Path,
    images: Iterable[Image],
    *,
    codec: str = "libx264",
    fps: int = 30,
    times_ms: Sequence[int] | None = None,
    pixel_format: str = "yuv420p",
    aspect: Fraction | None = None,
    options: dict[str, str] | None = None,
) -> Path:
    """Write pictures with PyAV, at an even rate or at the times given."""
    images = list(images)
    height, width = images[0].shape[:2]
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=fps, options=options or {})
        stream.width, stream.height, stream.pix_fmt = width, height, pixel_format
        step = _MILLISECOND if times_ms else Fraction(1, fps)
        stream.codec_context.time_base = step
        if aspect:
            stream.codec_context.sample_aspect_ratio = aspect
        for number, image in enumerate(images):
            frame = av.VideoFrame.from_ndarray(image, format="bgr24")
            frame.pts, frame.time_base = (times_ms[number] if times_ms else number), step
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def write_sound(path: Path) -> Path:
    """Write a moment of silence."""
    with av.open(str(path), "w") as container:
        stream = container.add_stream("aac", rate=44100)
        frame = av.AudioFrame.from_ndarray(
            np.zeros((1, 4096), np.float32), format="fltp", layout="mono"
        )
        frame.sample_rate, frame.pts = 44100, 0
        container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def can_write(codec: str) -> bool:
    """Whether this build of PyAV has the encoder."""
    try:
        av.Codec(codec, "w")
    except ValueError:
        return False
    return True


def turn(path: Path, degrees: int) -> Path:
    """Mark an .mp4 as to be shown turned clockwise, in its track header's matrix."""
    data = bytearray(path.read_bytes())
    a, b, c, d = (value << 16 for value in _CLOCKWISE[degrees])
    matrix = struct.pack(">9i", a, b, 0, c, d, 0, 0, 0, 1 << 30)
    at = data.index(b"tkhd") + 44
    data[at : at + len(matrix)] = matrix
    path.write_bytes(data)
    return path


def media_span(path: Path) -> tuple[int, int]:
    """Where the coded pictures of an .mp4 lie in its bytes: start and end."""
    data = path.read_bytes()
    at = data.index(b"mdat")
    return at + 4, at - 4 + int.from_bytes(data[at - 4 : at], "big")
