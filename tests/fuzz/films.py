"""Films to spoil, 20 to 40 frames in every usual coding; what can be read of a spoilt one."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from functools import cache
from pathlib import Path
from random import Random

import av
import cv2
import numpy as np

from formcheck.records.frames import Image
from tests.media import can_write, write_video

os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
os.environ.setdefault("SVT_LOG", "0")
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)

SAMPLE = Path(__file__).parents[2] / "sample_videos" / "bridge" / "bridge_side.mp4"

_QUIET_265 = {"x265-params": "log-level=none:pools=1"}
_CODINGS: tuple[tuple[str, str, int, dict[str, str]], ...] = (
    ("clip.mp4", "libx264", 30, {"preset": "veryfast"}),
    ("first.mp4", "libx264", 30, {"preset": "veryfast", "g": "10"}),
    ("clip.mkv", "libx264", 30, {"preset": "veryfast"}),
    ("clip.ts", "libx264", 24, {"preset": "veryfast"}),
    ("hevc.mp4", "libx265", 27, _QUIET_265),
    ("hevc.mkv", "libx265", 27, {**_QUIET_265, "g": "9"}),
    ("av1.mp4", "libsvtav1", 24, {"preset": "10", "svtav1-params": "lp=1"}),
    ("vp9.webm", "libvpx-vp9", 30, {"deadline": "realtime", "cpu-used": "8"}),
    ("vp8.webm", "libvpx", 20, {"deadline": "realtime", "cpu-used": "8"}),
    ("mpeg4.avi", "mpeg4", 40, {}),
    ("mjpeg.avi", "mjpeg", 20, {}),
)


def _pictures(count: int, width: int = 192, height: int = 108) -> list[Image]:
    with av.open(str(SAMPLE)) as container:
        frames = container.decode(video=0)
        size = {"width": width, "height": height, "format": "bgr24"}
        return [next(frames).to_ndarray(**size) for _ in range(count)]


@cache
def films() -> list[tuple[str, bytes]]:
    """Name and content of each film."""
    made = []
    with tempfile.TemporaryDirectory() as folder:
        for name, codec, count, options in _CODINGS:
            if can_write(codec):
                path = Path(folder) / name
                pixels = "yuvj420p" if codec == "mjpeg" else "yuv420p"
                write_video(
                    path, _pictures(count), codec=codec, pixel_format=pixels, options=options
                )
                made.append((name, path.read_bytes()))
    return made


def odd_film(random: Random, folder: Path) -> Path:
    """A film of a size that no camera has, or whose size changes in the midst."""
    if random.random() < 0.5:
        path = folder / "odd.mkv"
        size = random.choice(((2, 2), (16000, 2), (2, 4000), (16, 16), (17, 33), (63, 1001)))
        image = np.zeros((size[1], size[0], 3), np.uint8)
        return write_video(path, [image] * 20, codec="ffv1", pixel_format="bgr0")
    parts = []
    for _ in range(random.randint(2, 4)):
        width, height = (2 * random.choice((8, 40, 54, 96, 300, 500)) for _ in range(2))
        part = folder / "part.mjpeg"
        write_video(part, _pictures(10, width, height), codec="mjpeg", pixel_format="yuvj420p")
        parts.append(part.read_bytes())
        part.unlink()
    path = folder / "changing.mjpeg"
    path.write_bytes(b"".join(parts))
    return path


def readable_frames(path: Path) -> int:
    """How many frames there are to be had: the most that PyAV or OpenCV reads, one packet, one
    picture at a time, whatever fails; or the `ffmpeg` command, where there is one."""
    return max(_with_pyav(path), _with_opencv(path), _with_ffmpeg(path))


def _with_pyav(path: Path) -> int:
    count = 0
    try:
        with av.open(str(path), metadata_errors="replace") as container:
            stream = container.streams.video[0]
            stream.thread_type = "SLICE"
            for packet in container.demux(stream):
                try:
                    count += len(packet.decode())
                except av.FFmpegError:
                    continue
    except (av.FFmpegError, OSError, ValueError, IndexError, AttributeError):
        pass
    return count


def _with_ffmpeg(path: Path) -> int:
    command = shutil.which("ffmpeg")
    if not command:
        return 0
    asked = [command, "-v", "quiet", "-nostdin", "-i", f"file:{path}", "-map", "0:v:0"]
    passed = ["-vsync", "passthrough", "-f", "null", "-", "-progress", "/dev/stdout"]
    told = subprocess.run([*asked, *passed], capture_output=True, check=False)
    counts = re.findall(rb"^frame=\s*(\d+)", told.stdout, re.MULTILINE)
    return int(counts[-1]) if counts else 0


def _with_opencv(path: Path) -> int:
    count = misses = 0
    capture = cv2.VideoCapture(str(path), cv2.CAP_FFMPEG)
    while misses < 30:
        is_read, _ = capture.read()
        misses = 0 if is_read else misses + 1
        count += is_read
    capture.release()
    return count
