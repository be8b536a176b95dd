"""A camera, or a stream with an address, that Python itself reads: the newest frame, never a queue.

A thread of its own reads as fast as the camera gives, and keeps the newest frame alone. A camera
that goes away is opened again until it is back. Times are this machine's monotonic clock: what a
camera says of its own time is fiction (measured: 2360 ms after 1970 ms).
"""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit

import cv2

from formcheck.capture.native.offline import allow
from formcheck.capture.native.quiet import quiet_stderr
from formcheck.capture.video.file import MAX_SIDE_PX, VideoFile
from formcheck.capture.video.scaling import resized, size_within
from formcheck.errors import SourceError
from formcheck.records.frames import Frame, FrameSource, Image, SourceInfo

OPEN_TIMEOUT_MS, READ_TIMEOUT_MS = 5000, 2000
REOPEN_EVERY_S = 1.0
"""Between two attempts to open a camera that went away."""

_MISSES = 5
"""Failed reads in a row after which a camera has gone."""

_DEVICES = Path("/dev")
"""Where Linux has its cameras, as video0 and so on."""

# Without this a webcam takes up to a minute to open on Windows (opencv/opencv#17687).
os.environ.setdefault("OPENCV_VIDEOIO_MSMF_ENABLE_HW_TRANSFORMS", "0")


def open_source(wish: str) -> FrameSource:
    """A camera number, the address of a stream, or a file played at its own pace.

    Raises:
        SourceError: it cannot be opened.
    """
    if wish.isdecimal():
        return CameraSource(int(wish))
    if "://" in wish:
        return CameraSource(wish)
    return Paced(VideoFile(Path(wish)))


def check_source(wish: str) -> None:
    """See whether `open_source` could open it, as far as that asks no camera and no address.

    Raises:
        SourceError: it surely could not.
    """
    if wish.isdecimal():
        if sys.platform.startswith("linux") and not (_DEVICES / f"video{wish}").exists():
            raise _no_camera(f"camera {wish}")
    elif "://" not in wish:
        VideoFile(Path(wish))


def _no_camera(what: str) -> SourceError:
    return SourceError(
        f"{what}: cannot be opened; is it plugged in, and does no other program use it?"
    )


class CameraSource:
    """The frames of a camera, as they come.

    Raises:
        SourceError: there is no such camera, or it is busy.
    """

    def __init__(self, device: int | str) -> None:
        self._device = device
        self._capture = _opened(device)
        if self._capture is None:
            what = f"camera {device}" if isinstance(device, int) else str(device)
            raise _no_camera(what)
        width, height = (int(self._capture.get(p)) for p in (3, 4))
        self.info = SourceInfo(f"camera {device}", (width, height), 30.0)
        self._newest: Frame | None = None
        self._has_new = threading.Condition()
        self._is_closed = False
        self._thread = threading.Thread(target=self._read_on, name="camera", daemon=True)
        self._thread.start()

    def _read_on(self) -> None:
        misses = 0
        while not self._is_closed:
            is_read, image = self._capture.read() if self._capture else (False, None)
            if is_read:
                misses = 0
                self._keep(cast(Image, image))
                continue
            misses += 1
            self.info.bad_reads += 1
            if misses >= _MISSES:
                self._reopen()
        if self._capture:
            self._capture.release()

    def _keep(self, image: Image) -> None:
        height, width = image.shape[:2]
        image = resized(image, size_within(width, height, side_px=MAX_SIDE_PX))
        with self._has_new:
            self._newest = Frame(time.monotonic(), image)
            self._has_new.notify_all()

    def _reopen(self) -> None:
        if self._capture:
            self._capture.release()
        with self._has_new:
            self._has_new.wait(REOPEN_EVERY_S)
        if not self._is_closed:
            self._capture = _opened(self._device)

    def __iter__(self) -> Iterator[Frame]:
        while True:
            with self._has_new:
                self._has_new.wait_for(lambda: self._newest is not None or self._is_closed)
                if self._is_closed:
                    return
                frame, self._newest = self._newest, None
            assert frame is not None
            self.info.frames_read += 1
            yield frame

    def close(self) -> None:
        """Let go of the camera; a thread that still reads at the end would abort Python."""
        with self._has_new:
            self._is_closed = True
            self._has_new.notify_all()
        if threading.current_thread() is not self._thread:
            self._thread.join()


def _opened(device: int | str) -> Any | None:
    limits = [
        cv2.CAP_PROP_OPEN_TIMEOUT_MSEC, OPEN_TIMEOUT_MS,
        cv2.CAP_PROP_READ_TIMEOUT_MSEC, READ_TIMEOUT_MS,
    ]  # fmt: skip
    with quiet_stderr():
        if isinstance(device, str):
            allow(urlsplit(device).hostname or "")
            capture = cv2.VideoCapture(device, cv2.CAP_FFMPEG, limits)
        else:
            capture = cv2.VideoCapture(device)
    return capture if capture.isOpened() else None


class Paced:
    """A recording played at its own pace, as if it were happening: what comes too late is left
    out, as by a camera."""

    LATE_S = 0.1

    def __init__(
        self,
        source: FrameSource,
        *,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._source, self._now, self._sleep = source, now, sleep
        self._is_closed = False

    @property
    def info(self) -> SourceInfo:
        """That of the recording."""
        return self._source.info

    def __iter__(self) -> Iterator[Frame]:
        begun_s = self._now()
        for frame in self._source:
            if self._is_closed:
                return
            early_s = frame.t_s - (self._now() - begun_s)
            if early_s > 0:
                self._sleep(early_s)
            elif early_s < -self.LATE_S:
                continue
            yield frame

    def close(self) -> None:
        """End the playing; the file is let go of by the thread that plays."""
        self._is_closed = True
