"""Checks that everything formcheck needs is there and works, each by trying it.

Nothing here raises for what it examines, and nothing is printed: `examine` gives findings.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from importlib import metadata
from pathlib import Path
from typing import cast

import numpy as np

from formcheck.capture.native.quiet import quiet_stderr
from formcheck.errors import FormcheckError, shown

OLDEST_PYTHON = (3, 11)
OLDEST_MEDIAPIPE = (1, 2)

CV2_WHEEL = "opencv-contrib-python"
"""The one that MediaPipe requires; it holds all of the others."""

OTHER_CV2_WHEELS = (
    "opencv-python",
    "opencv-python-headless",
    "opencv-contrib-python-headless",
)

_SAMPLE_FRAMES = 5
_CONVERT = "convert such videos first: ffmpeg -i FILE -c:v libx264 NEW.mp4"


@dataclass(frozen=True)
class Sample:
    """How to make a short video of one kind, by the names that FFmpeg uses."""

    encoder: str
    suffix: str
    pixel_format: str = "yuv420p"
    options: dict[str, str] = field(default_factory=dict)


SAMPLES = {
    "H.264": Sample("libx264", ".mp4"),
    "HEVC": Sample("libx265", ".mov", options={"x265-params": "log-level=none"}),
    "VP9": Sample("libvpx-vp9", ".webm"),
    "MJPEG": Sample("mjpeg", ".avi", "yuvj420p"),
}
"""What phones, browsers and cameras record."""


@dataclass(frozen=True)
class Finding:
    """What one look found.

    ok: False if formcheck cannot work so, None if it can, but less well or not known how well.
    remedy: what to do about it, empty where nothing is to be done.
    """

    name: str
    ok: bool | None
    text: str
    remedy: str = ""


def examine(
    model_path: Path | None = None,
    *,
    progress: Callable[[str, float | None], None] | None = None,
) -> list[Finding]:
    """All findings, in the order to fix them; fetches the pose model if there is none."""
    findings = [python_version(), mediapipe_package(), cv2_package(), cv2_wheels()]
    if any(finding.ok is False for finding in findings):
        return findings
    findings += [cv2_ffmpeg(), h264_encoder(), *(decoder(name) for name in SAMPLES)]
    return [*findings, cache_folder(), *pose_model(model_path, progress=progress)]


def python_version(version: tuple[int, ...] = sys.version_info[:3]) -> Finding:
    """Whether this Python is new enough."""
    text = ".".join(map(str, version))
    needed = ".".join(map(str, OLDEST_PYTHON))
    is_new = version >= OLDEST_PYTHON
    return Finding("Python", is_new, text, _unless(is_new, f"install Python {needed} or newer"))


def mediapipe_package() -> Finding:
    """Whether MediaPipe is new enough and can be imported."""
    remedy = 'pip install --upgrade "mediapipe>=1.2,<2"'
    found = _imported("mediapipe", remedy)
    version = tuple(int(n) for n in found.text.split(".")[:2] if n.isdigit())
    if found.ok and version < OLDEST_MEDIAPIPE:
        return Finding(found.name, False, f"{found.text} is too old", remedy)
    return found


def cv2_package() -> Finding:
    """Whether OpenCV can be imported (on bare servers its system libraries are often missing)."""
    return _imported(
        "cv2",
        f"pip install --force-reinstall {CV2_WHEEL}; "
        "on Linux also: apt install libgl1 libglib2.0-0",
        package=CV2_WHEEL,
    )


def _imported(module: str, remedy: str, *, package: str | None = None) -> Finding:
    name = package or module
    try:
        with quiet_stderr():
            importlib.import_module(module)
        return Finding(name, True, metadata.version(name))
    except metadata.PackageNotFoundError:
        return Finding(name, False, "not installed", remedy)
    except (ImportError, OSError) as error:
        return Finding(name, False, f"cannot be imported: {error}", remedy)


def cv2_wheels() -> Finding:
    """Whether a second package lays claim to the folder of OpenCV."""
    others = [name for name in OTHER_CV2_WHEELS if _is_installed(name)]
    if not others:
        return Finding("OpenCV packages", True, f"{CV2_WHEEL} alone")
    names = " ".join(others)
    return Finding(
        "OpenCV packages",
        None,
        f"{names} beside {CV2_WHEEL}: both use one cv2 folder, and upgrading one breaks the other",
        f"pip uninstall {names}, then pip install --force-reinstall {CV2_WHEEL}",
    )


def _is_installed(package: str) -> bool:
    try:
        metadata.version(package)
    except metadata.PackageNotFoundError:
        return False
    return True


def cv2_ffmpeg() -> Finding:
    """Whether this OpenCV was built with FFmpeg."""
    import cv2

    has_it = cv2.CAP_FFMPEG in cv2.videoio_registry.getBackends()
    remedy = f"pip install --force-reinstall {CV2_WHEEL}, which is built with it"
    text = "built into OpenCV" if has_it else "missing from this OpenCV: PyAV reads all videos"
    return Finding("FFmpeg", has_it or None, text, _unless(has_it, remedy))


def h264_encoder() -> Finding:
    """Whether annotated videos can be written so that browsers play them."""
    has_it = _has_encoder("libx264")
    text = "libx264 in PyAV" if has_it else "PyAV has no libx264: no annotated videos for browsers"
    remedy = "pip install --force-reinstall --only-binary=:all: av"
    return Finding("H.264 encoder", has_it or None, text, _unless(has_it, remedy))


def _has_encoder(codec: str) -> bool:
    import av

    try:
        av.Codec(codec, "w")
    except ValueError:
        return False
    return True


def decoder(name: str) -> Finding:
    """Whether videos of a kind named in `SAMPLES` can be read, by writing one and reading it."""
    import av

    from formcheck.capture.video.file import VideoFile

    sample = SAMPLES[name]
    title = f"{name} videos"
    if not _has_encoder(sample.encoder):
        return Finding(title, None, "not tried: there is no encoder to make a sample with")
    with tempfile.TemporaryDirectory(prefix="formcheck-") as folder:
        path = Path(folder) / f"sample{sample.suffix}"
        try:
            _write_sample(path, sample)
            count = len(list(VideoFile(path)))
        except (FormcheckError, av.FFmpegError, OSError) as error:
            return Finding(title, False, f"cannot be read: {error}", _CONVERT)
    is_whole = count == _SAMPLE_FRAMES
    text = "read" if is_whole else f"only {count} of {_SAMPLE_FRAMES} pictures were read"
    return Finding(title, is_whole, text, _unless(is_whole, _CONVERT))


def _write_sample(path: Path, sample: Sample) -> None:
    import av

    with quiet_stderr(), av.open(str(path), "w") as container:
        stream = cast(
            av.VideoStream,
            container.add_stream(sample.encoder, rate=Fraction(25), options=sample.options),
        )
        stream.width, stream.height, stream.pix_fmt = 128, 96, sample.pixel_format
        for number in range(_SAMPLE_FRAMES):
            shade = np.full((96, 128, 3), 40 * number, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(shade, format="bgr24")))
        container.mux(stream.encode())


def cache_folder() -> Finding:
    """Whether the fetched model can be kept."""
    from formcheck.capture.pose.model_file import cache_dir

    folder = cache_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return Finding("Cache", True, str(folder))
    except OSError as error:
        return Finding(
            "Cache",
            None,
            f"{shown(folder)} cannot be written ({error.strerror})",
            "make it writable, or give a model with --model PATH",
        )


def pose_model(
    path: Path | None = None,
    *,
    progress: Callable[[str, float | None], None] | None = None,
) -> list[Finding]:
    """Whether the pose model is there or can be fetched, is whole, and runs on a blank picture."""
    from formcheck.capture.pose.mediapipe import MediaPipeEstimator
    from formcheck.capture.pose.model_file import ASSEMBLED_SHA256, OFFICIAL_SHA256, find_model
    from formcheck.records.frames import Frame

    try:
        model = find_model(path, progress=progress)
        is_known = model.sha256 in (ASSEMBLED_SHA256, OFFICIAL_SHA256)
        remedy = "the limits were measured with BlazePose full; leave out --model to use it"
        found = Finding("Pose model", is_known or None, str(model.path), _unless(is_known, remedy))
    except FormcheckError as error:
        return [Finding("Pose model", False, str(error), "give one with --model PATH")]
    try:
        with MediaPipeEstimator(model) as estimator:
            pose = estimator.estimate(Frame(0.0, np.zeros((240, 320, 3), np.uint8)))
    except FormcheckError as error:
        return [found, Finding("Pose model runs", False, str(error), f"delete {shown(model.path)}")]
    text = "somebody seen in a blank picture" if pose.is_seen else "nobody in a blank picture"
    return [found, Finding("Pose model runs", not pose.is_seen, text)]


def _unless(is_well: bool, remedy: str) -> str:
    return "" if is_well else remedy
