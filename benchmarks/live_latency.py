"""How long a captured frame takes to its overlay in the page, beside a bare loop of the model.

    python -m benchmarks.live_latency [--video bodyweight_squat/squat_side] [--seconds 25]

Headless Chromium plays a sample film as its camera at 30 frames a second; the page sends the
frames, the session judges them, the page draws. Latency runs from the capture of a frame, as the
browser tells it, to the animation frame after its overlay was drawn. The bare loop, in the same
rounds and on the same film, is decode and PoseLandmarker alone. Also told: frames shown and left
out, the wait while speech hangs, and the processor time of one frame. Nothing here is a test.

Needs `pip install playwright` and Debian's chromium.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from playwright.sync_api import sync_playwright

from formcheck.capture.pose.mediapipe import Landmarker
from formcheck.capture.pose.model_file import Model, find_model
from formcheck.interfaces.web.desk import Desk, Wishes
from formcheck.interfaces.web.server import PageServer
from formcheck.interfaces.window.speech import SpeechEngine
from formcheck.running.estimator import opened
from tests.fake_camera import FPS, film_for_camera
from tests.person import WELL, who_answered

WARM_UP = 60
"""Frames left out at the beginning: the model is being loaded, the browser is starting."""


@dataclass(frozen=True)
class Shown:
    """One round of the page."""

    latencies_ms: list[float]
    seconds: float
    sent: int
    cpu_s: float

    @property
    def fps(self) -> float:
        """Frames a second that reached the screen."""
        return len(self.latencies_ms) / self.seconds


def jpegs(film: Path) -> Iterator[bytes]:
    """The pictures of a film, as they lie in it."""
    data, start = film.read_bytes(), 0
    while (end := data.find(b"\xff\xd9", start)) >= 0:
        yield data[start : end + 2]
        start = end + 2


def bare_loop(film: Path, model: Model, frames: int) -> list[float]:
    """Milliseconds of decode and pose for each frame, nothing else."""
    landmarker, took_ms = Landmarker(model), []
    for i, data in enumerate(jpegs(film)):
        if i == frames:
            break
        start_s = time.perf_counter()
        image = np.asarray(cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR), np.uint8)
        height, width = image.shape[:2]
        landmarker.people(image, i / FPS, (float(width), float(height)))
        took_ms.append((time.perf_counter() - start_s) * 1000)
    landmarker.close()
    return took_ms[WARM_UP:]


@contextmanager
def serving(folder: Path, exercise: str) -> Iterator[str]:
    """formcheck, listening; gives the address of its page."""
    database = who_answered(folder / "data" / "formcheck.db")
    desk = Desk(Wishes(folder, opened, exercise, reps=99, database=database))
    desk._guard.note_today(WELL)
    server, is_ready = PageServer(desk), threading.Event()
    thread = threading.Thread(target=server.run, kwargs={"when_ready": lambda _: is_ready.set()})
    thread.start()
    is_ready.wait()
    try:
        yield server.address
    finally:
        server.stop()
        thread.join()


def page_round(film: Path, exercise: str, seconds: float) -> Shown:
    """The page for so long, with the film as its camera."""
    flags = ["--no-sandbox", "--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
    flags.append(f"--use-file-for-fake-video-capture={film}")
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder), exercise) as address,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(
            executable_path=shutil.which("chromium"), headless=True, args=flags
        )
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        page.goto(address)
        page.wait_for_selector("#choose:not([hidden])")
        page.click("#start")
        page.wait_for_function(f"() => window.formcheck.frames >= {WARM_UP}", timeout=60_000)
        page.evaluate("() => { window.formcheck.latencies.length = 0; }")
        sent, cpu_s = page.evaluate("() => window.formcheck.camera.sent"), _cpu_s()
        time.sleep(seconds)
        latencies = page.evaluate("() => window.formcheck.latencies")
        sent = page.evaluate("() => window.formcheck.camera.sent") - sent
        cpu_s = _cpu_s() - cpu_s
        page.keyboard.press("Escape")
        browser.close()
    return Shown(latencies, seconds, sent, cpu_s)


def _cpu_s() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def dead_speech_ms() -> list[float]:
    """Milliseconds that saying a line takes where the engine never answers."""
    speech = SpeechEngine([sys.executable, "-c", "import time; time.sleep(60)"])
    took_ms = []
    for i in range(50):
        start_s = time.perf_counter()
        speech.say(f"line {i}")
        took_ms.append((time.perf_counter() - start_s) * 1000)
        time.sleep(0.02)
    speech.close()
    return took_ms


def told(name: str, values: Sequence[float], unit: str = "ms") -> None:
    """Print median, 95th percentile and greatest."""
    ordered = sorted(values)
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    print(
        f"{name:42} {statistics.median(ordered):7.1f} {p95:7.1f} {ordered[-1]:7.1f} {unit}"
        f"  (n {len(ordered)})"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--video", default="bodyweight_squat/squat_side")
    parser.add_argument("--seconds", type=float, default=25.0)
    parser.add_argument("--rounds", type=int, default=2)
    wishes = parser.parse_args()
    model, exercise = find_model(), wishes.video.split("/")[0]
    busy = subprocess.run(["cat", "/proc/loadavg"], capture_output=True, text=True, check=False)
    print(f"load before: {busy.stdout.split()[:1]}")
    print(f"{'':42} {'median':>7} {'p95':>7} {'most':>7}")
    with tempfile.TemporaryDirectory() as folder:
        film = film_for_camera(Path(folder) / "film.mjpeg", wishes.video, empty_s=2)
        for _ in range(wishes.rounds):
            bare = bare_loop(film, model, round(wishes.seconds * FPS))
            told("bare loop: decode and pose", bare)
            shown = page_round(film, exercise, wishes.seconds)
            told("page: captured frame to overlay", shown.latencies_ms)
            left_out = 1 - shown.fps / FPS
            print(
                f"page: {shown.fps:.1f} frames a second shown of {FPS} from the camera "
                f"({left_out:.0%} left out, none queued); bare loop "
                f"{1000 / statistics.median(bare):.1f}; "
                f"{1000 * shown.cpu_s / max(1, shown.sent):.1f} ms of Python's processor a frame"
            )
        told("saying a line to an engine that hangs", dead_speech_ms())


if __name__ == "__main__":
    main()
