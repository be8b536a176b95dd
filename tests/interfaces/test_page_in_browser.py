"""The page in a real browser: Chromium, with sample films in place of its camera.

Real frames through the real model at the camera's own rate, so each set takes as long as its film.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from formcheck.interfaces.web import desk as desk_module
from formcheck.interfaces.web.desk import Desk, Wishes
from formcheck.interfaces.web.phone import Pairing, certificate
from formcheck.interfaces.web.server import PageServer, Phone
from formcheck.output.files import event_values
from formcheck.running import estimator
from formcheck.running.recording import Task, judge
from formcheck.storage.pose_tracks import PoseTrack
from sample_videos.expected import expected
from tests.fake_camera import SAMPLES, film_for_camera
from tests.person import WELL, who_answered

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(not CHROMIUM, reason="Chromium is not installed")

FAKE = ["--no-sandbox", "--use-fake-device-for-media-stream"]
GIVEN = "--use-fake-ui-for-media-stream"
MOMENT_MS, SET_MS = 20_000, 110_000
LIVE_HOLD_S = 0.5
"""How far a hold may be off live: a frame in five is left out, beside what the model bends less."""
SIZES = {"laptop": (1366, 768), "desk": (1920, 1080), "tablet": (1024, 768), "phone": (412, 780)}


@dataclass
class Opened:
    """A page on a running formcheck, and all that it asked the network for."""

    page: Any
    desk: Desk
    folder: Path
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def flow(self, what: str) -> Any:
        return self.page.evaluate(f"() => window.formcheck.flow?.{what}")

    def until(self, condition: str, *, within_ms: int = MOMENT_MS) -> None:
        self.page.wait_for_function(f"() => {condition}", timeout=within_ms, polling=100)

    def until_stage(self, stage: str, *, within_ms: int = MOMENT_MS) -> None:
        self.until(f"window.formcheck.flow?.stage === '{stage}'", within_ms=within_ms)

    @property
    def spoken(self) -> list[str]:
        return self.page.evaluate("() => window.formcheck.voice.spoken.map((line) => line.text)")

    @property
    def shown(self) -> str:
        return self.page.evaluate("() => document.body.dataset.screen")

    def start(self) -> None:
        self.page.wait_for_selector("#choose:not([hidden])")
        self.until("document.getElementById('camera').options.length > 0")
        self.page.click("#start")


@contextmanager
def serving(
    folder: Path, exercise: str, *, answered: bool = True, phone: Phone | None = None, **wishes: Any
) -> Iterator[Any]:
    database = folder / "data" / "formcheck.db"
    if answered:
        who_answered(database)
    desk = Desk(Wishes(folder, estimator.opened, exercise, database=database, **wishes))
    if answered:
        desk._guard.note_today(WELL)
    server, is_ready = PageServer(desk, phone=phone), threading.Event()
    thread = threading.Thread(target=server.run, kwargs={"when_ready": lambda _: is_ready.set()})
    thread.start()
    assert is_ready.wait(20)
    try:
        yield desk, server
    finally:
        server.stop()
        thread.join(30)
    assert not thread.is_alive()


@contextmanager
def browsing(*flags: str, size: str = "laptop") -> Iterator[Any]:
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, headless=True, args=[*FAKE, *flags]
        )
        width, height = SIZES[size]
        # A phone's browser warns of the certificate, and its owner goes on.
        yield browser.new_context(
            viewport={"width": width, "height": height}, ignore_https_errors=True
        )
        browser.close()


@pytest.fixture
def visit(tmp_path: Path) -> Callable[..., Any]:
    """Open the page with a film, or with flags for a camera that is amiss."""

    @contextmanager
    def opened(
        exercise: str, film: Path | None, *flags: str, size: str = "laptop", **wishes: Any
    ) -> Iterator[Opened]:
        if film:
            flags = (*flags, GIVEN, f"--use-file-for-fake-video-capture={film}")
        with (
            serving(tmp_path, exercise, **wishes) as (desk, server),
            browsing(*flags, size=size) as context,
        ):
            found = Opened(context.new_page(), desk, tmp_path)
            found.page.on("request", lambda request: found.asked.append(request.url))
            found.page.on("pageerror", lambda error: found.wrong.append(str(error)))
            found.page.goto(server.address)
            yield found
            assert found.wrong == []
            elsewhere = [url for url in found.asked if not url.startswith(server.address)]
            assert [url for url in elsewhere if not url.startswith(("blob:", "data:"))] == []

    return opened


@pytest.fixture(scope="module")
def films(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    folder, made = tmp_path_factory.mktemp("films"), {}

    def film(video: str) -> Path:
        if video not in made:
            made[video] = film_for_camera(folder / f"{video.replace('/', '-')}.mjpeg", video)
        return made[video]

    return film


def test_a_set_of_bridges_is_coached_without_hands_and_saved(
    visit: Callable[..., Any], films: Callable[[str], Path]
) -> None:
    with visit("bridge", films("bridge/bridge_side"), dose="002", reps=9) as opened:
        opened.start()
        opened.until_stage("set")
        opened.until("window.formcheck.flow.done === 3", within_ms=SET_MS)
        assert opened.page.inner_text("#count") == "3"
        opened.until("window.formcheck.flow.cue?.text === 'Hips a little higher'")
        assert opened.page.inner_text("#cue p") == "Hips a little higher"
        opened.until_stage("paused")
        opened.until_stage("pain", within_ms=60_000)
        assert [text for text in opened.spoken if text.isdigit()][-5:]
        for count in ("1", "2", "3"):
            assert count in opened.spoken
        assert "Pain, or a break?" in opened.spoken or "The camera moved" in opened.spoken
        opened.until("!document.getElementById('painful').hidden")
        assert not opened.page.evaluate("() => window.formcheck.camera.isOn")
        opened.page.keyboard.press("Enter")  # the first answer has the focus: no pain
        opened.page.click("#answer")
        opened.page.wait_for_selector("#summary:not([hidden])")
        assert opened.page.inner_text("#sum-title") == ("Bridge: 3 reps, 1 of them held too short")
        with opened.page.context.expect_page() as report:
            opened.page.click("#sum-report a")
        assert "Bridge" in report.value.inner_text("body")
        [events] = opened.folder.glob("bridge-*.events.json")
        task = Task(opened.desk._specs["bridge"], opened.desk._specs["bridge"].dose_by_id("002"))
        track = PoseTrack(next(opened.folder.glob("bridge-*.poses.npz")))
        again = [event_values(event, task.spec) for event in judge(track, task)]
        assert json.loads(events.read_text(encoding="utf-8"))["events"] == again


def saved_attempts(opened: Opened) -> list[dict[str, Any]]:
    """End the set, answer that nothing hurts, and read the attempts that were saved."""
    opened.page.keyboard.press("Escape")
    opened.until("!document.getElementById('painful').hidden")
    opened.page.keyboard.press("Enter")
    opened.page.click("#answer")
    opened.page.wait_for_selector("#summary:not([hidden])")
    [events] = opened.folder.glob("*.events.json")
    told = json.loads(events.read_text(encoding="utf-8"))["events"]
    return [event for event in told if event["kind"] == "attempt"]


def test_bird_dogs_of_each_side_are_counted_and_held_as_in_truth(
    visit: Callable[..., Any], films: Callable[[str], Path]
) -> None:
    with visit("bird_dog", films("bird_dog/bird_dog_side"), dose="003", reps=20) as opened:
        opened.start()
        opened.until_stage("set")
        opened.until("window.formcheck.flow.done === 2", within_ms=SET_MS)
        found = saved_attempts(opened)
        due = expected(SAMPLES / "bird_dog" / "bird_dog_side.mp4")["attempts"][:2]
        assert [a["outcome"] for a in found] == [a["outcome"] for a in due]
        assert [a["side"] for a in found] == [a["side"] for a in due]
        for one, other in zip(found, due, strict=True):
            assert one["hold_s"] == pytest.approx(other["hold_s"], abs=LIVE_HOLD_S)


def test_a_plank_is_timed_as_in_truth(
    visit: Callable[..., Any], films: Callable[[str], Path]
) -> None:
    with visit("plank", films("plank/plank_side"), reps=20) as opened:
        opened.start()
        opened.until_stage("set")
        opened.until("window.formcheck.flow.done === 1", within_ms=SET_MS)
        [found] = saved_attempts(opened)
        due = expected(SAMPLES / "plank" / "plank_side.mp4")["attempts"][0]
        assert found["hold_s"] == pytest.approx(due["hold_s"], abs=LIVE_HOLD_S)


def test_a_set_of_squats_survives_pause_reload_and_a_lost_camera(
    visit: Callable[..., Any], films: Callable[[str], Path]
) -> None:
    with visit("bodyweight_squat", films("bodyweight_squat/squat_side"), reps=9, sets=1) as opened:
        opened.start()
        opened.until("window.formcheck.flow?.done === 2", within_ms=SET_MS)
        opened.page.keyboard.press("Space")
        opened.until_stage("paused")
        assert opened.page.inner_text("#ask-text") == "Paused"
        opened.page.keyboard.press("Space")
        opened.until("window.formcheck.flow.stage !== 'paused'")
        opened.until("window.formcheck.flow.done === 4", within_ms=SET_MS)
        assert "Keep your chest lifted" in opened.spoken
        opened.page.evaluate(
            "() => { const [track] = window.formcheck.camera.stream.getVideoTracks();"
            " track.stop(); track.dispatchEvent(new Event('ended')); }"
        )
        opened.until("document.getElementById('notice').textContent.includes('Plug it in again')")
        opened.until("window.formcheck.camera.isOn")
        opened.until("document.getElementById('notice').hidden")
        opened.page.reload()
        opened.until("window.formcheck?.flow?.done === 4")
        assert opened.shown == "stage"
        opened.page.keyboard.press("Escape")
        opened.until("!document.getElementById('painful').hidden")
    assert list(opened.folder.glob("bodyweight_squat-*.report.html"))


def test_a_page_closed_for_good_leaves_the_set_saved(
    visit: Callable[..., Any], films: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desk_module, "GONE_S", 0.2)
    with visit("bodyweight_squat", films("bodyweight_squat/squat_side")) as opened:
        opened.start()
        opened.until("window.formcheck.flow?.done === 1", within_ms=SET_MS)
        opened.page.close()
        thread = opened.desk._thread
        assert thread is not None
        thread.join(20)
    assert list(opened.folder.glob("bodyweight_squat-*.report.html"))


def test_pain_stops_at_once_and_nothing_urges_on(
    visit: Callable[..., Any], films: Callable[[str], Path]
) -> None:
    with visit("bodyweight_squat", films("bodyweight_squat/squat_side")) as opened:
        opened.start()
        opened.until_stage("set")
        opened.page.keyboard.press("p")
        opened.until("!document.getElementById('painful').hidden")
        assert opened.spoken[-1] == "Stop. Rest now."
        opened.page.click("#levels button:nth-child(8)")
        opened.page.check("#words input >> nth=0")
        opened.page.click("#answer")
        opened.page.wait_for_selector("#summary:not([hidden])")
        assert "doctor" in opened.page.inner_text("#sum-advice")
        opened.page.click("#again")
        opened.page.wait_for_selector("#today:not([hidden])")
        assert "7 of 10, sharp" in opened.page.inner_text("#today-questions")
        for no in opened.page.query_selector_all("#today-questions input[value=no]"):
            no.check()
        opened.page.click("#today-levels button:nth-child(1)")
        opened.page.click("#today-save")
        opened.page.wait_for_selector("#choose:not([hidden])")
        assert "It was stopped for pain" in opened.page.inner_text("#ruling")
        assert opened.page.is_disabled("#start")
        with opened.page.context.expect_page() as shown:
            opened.page.click("#ruling a")
        assert "(7 of 10, sharp)" in shown.value.inner_text("body")


@pytest.mark.parametrize(
    ("flags", "told"),
    [
        ((), "The camera was refused"),
        (("--use-fake-device-for-media-stream=device-count=0", GIVEN), "No camera was found"),
    ],
)
def test_camera_trouble_is_told_in_plain_words(
    visit: Callable[..., Any], flags: tuple[str, ...], told: str
) -> None:
    with visit("bridge", None, *flags) as opened:
        opened.until(f"document.getElementById('notice').textContent.startsWith('{told}')")
        assert told in opened.page.inner_text("#preview-text")


def test_the_health_questions_come_first_and_can_block(
    visit: Callable[..., Any], films: Callable[[str], Path]
) -> None:
    with visit("bridge", films("bridge/bridge_side"), answered=False) as opened:
        opened.page.wait_for_selector("#health:not([hidden])")
        for question in opened.page.query_selector_all("#questions fieldset"):
            question.query_selector("input[value=no]").check()
        opened.page.click("#health-form button")
        opened.page.wait_for_selector("#today:not([hidden])")
        opened.page.check("input[name=acute][value=yes]")
        opened.page.click("#today-levels button:nth-child(4)")
        opened.page.click("#today-save")
        opened.page.wait_for_selector("#choose:not([hidden])")
        assert "acute pain" in opened.page.inner_text("#ruling")
        assert opened.page.is_disabled("#start")


def test_a_phone_gives_the_digits_and_has_its_camera(tmp_path: Path) -> None:
    made, key, _ = certificate(tmp_path / "keys", "127.0.0.1")
    phone = Phone("127.0.0.1", made, key, Pairing())
    with (
        serving(tmp_path, "bridge", phone=phone) as (desk, server),
        browsing(GIVEN, size="phone") as context,
    ):
        found = Opened(context.new_page(), desk, tmp_path)
        found.page.goto(server.address)
        found.page.fill("input", "12")
        found.page.click("button")
        assert "not the code" in found.page.inner_text("[role=alert]")
        found.page.fill("input", phone.pairing.code)
        found.page.click("button")
        found.page.wait_for_selector("#choose:not([hidden])")
        found.until("document.getElementById('camera').options.length > 0")


DIGIT = """() => {
  const count = document.getElementById('count');
  const context = document.createElement('canvas').getContext('2d');
  const style = getComputedStyle(count);
  context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
  return context.measureText('8').actualBoundingBoxAscent / window.innerHeight;
}"""
OVERFLOWING = """() => [...document.querySelectorAll('#stage *')].filter((element) => {
  const box = element.getBoundingClientRect();
  const isShown = box.width && getComputedStyle(element).visibility !== 'hidden';
  return isShown && (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1);
}).map((element) => element.id || element.className)"""


@pytest.mark.parametrize("size", ["laptop", "desk", "tablet"])
def test_the_count_is_readable_from_afar_and_nothing_runs_off_the_screen(
    visit: Callable[..., Any], films: Callable[[str], Path], size: str
) -> None:
    film = films("bodyweight_squat/squat_side")
    with visit("bodyweight_squat", film, size=size, reps=12) as opened:
        opened.start()
        opened.until_stage("set")
        assert opened.page.evaluate(DIGIT) >= 0.15
        assert opened.page.evaluate(OVERFLOWING) == []
        opened.page.keyboard.press("Escape")
        opened.until("!document.getElementById('painful').hidden")


def test_every_control_can_be_reached_with_the_keyboard(
    visit: Callable[..., Any], films: Callable[[str], Path]
) -> None:
    with visit("bodyweight_squat", films("bodyweight_squat/squat_side")) as opened:
        opened.page.wait_for_selector("#choose:not([hidden])")
        opened.page.focus("#ask-again")
        reached = []
        for _ in range(8):
            opened.page.keyboard.press("Tab")
            reached.append(opened.page.evaluate("() => document.activeElement.id"))
        assert {"exercise", "dose", "reps", "sets", "camera", "keep", "start"} <= set(reached)
        opened.page.focus("#start")
        opened.page.keyboard.press("Enter")
        opened.until("document.body.dataset.screen === 'stage'")
        opened.until_stage("set")
        opened.page.keyboard.press("m")
        assert opened.page.get_attribute("#mute", "aria-pressed") == "true"
        opened.page.keyboard.press("Escape")
        opened.until("!document.getElementById('painful').hidden")
