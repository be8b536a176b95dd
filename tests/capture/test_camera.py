"""A camera that Python reads: the newest frame, and back again after it was away."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import cv2
import numpy as np
import pytest

from formcheck.capture.native.offline import stay_offline
from formcheck.capture.video import camera
from formcheck.capture.video.camera import CameraSource

WAIT_S = 20


class Stream:
    """Pictures over HTTP, as network cameras and phones send them."""

    def __init__(self, port: int = 0) -> None:
        going_on = self._going_on = threading.Event()

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=F")
                self.end_headers()
                for i in itertools.count():
                    if going_on.wait(0.03):
                        return
                    picture = np.full((120, 160, 3), i % 200, np.uint8)
                    data = bytes(cv2.imencode(".jpg", picture)[1])
                    try:
                        self.wfile.write(
                            b"--F\r\nContent-Type: image/jpeg\r\n\r\n" + data + b"\r\n"
                        )
                    except OSError:
                        return

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._server.daemon_threads = True
        self.port = self._server.server_port
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        self._going_on.set()
        self._server.shutdown()
        self._server.server_close()


@pytest.fixture
def stream() -> Iterator[Stream]:
    running = Stream()
    yield running
    running.stop()


@pytest.fixture(autouse=True)
def _offline() -> None:
    """As in a process that has opened the pose model."""
    stay_offline()


def test_frames_come_in_time_order_and_old_ones_are_left_out(stream: Stream) -> None:
    source = CameraSource(f"http://127.0.0.1:{stream.port}/cam.mjpg")
    frames = list(itertools.islice(source, 6))
    source.close()
    times = [frame.t_s for frame in frames]
    assert times == sorted(set(times))
    assert frames[0].image.shape == (120, 160, 3)


def when_lost_s(source: CameraSource) -> float:
    """Wait until the camera has gone: what is read later was read after it was opened anew."""
    until_s = time.monotonic() + WAIT_S
    while not source.info.bad_reads:
        assert time.monotonic() < until_s
        time.sleep(0.01)
    return time.monotonic()


def test_a_camera_that_went_away_is_taken_again_when_it_is_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(camera, "REOPEN_EVERY_S", 0.05)
    first = Stream()
    source = CameraSource(f"http://127.0.0.1:{first.port}/cam.mjpg")
    frames = iter(source)
    next(frames)
    first.stop()
    lost_s = when_lost_s(source)
    second = Stream(first.port)
    found = next(frame for frame in frames if frame.t_s > lost_s)
    assert found.image.shape == (120, 160, 3)
    source.close()
    second.stop()


def test_closing_a_camera_ends_its_thread_and_its_frames(stream: Stream) -> None:
    source = CameraSource(f"http://127.0.0.1:{stream.port}/cam.mjpg")
    frames = iter(source)
    next(frames)
    source.close()
    source.close()
    assert list(frames) == []
    assert "camera" not in {thread.name for thread in threading.enumerate()}
