"""The page's server: closed to others, bounded, and nothing leaves the machine."""

from __future__ import annotations

import http.client
import json
import logging
import random
import re
import socket
import ssl
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import ClientConnection, connect

from formcheck.capture.video.page import IN_FLIGHT
from formcheck.errors import FormcheckError
from formcheck.interfaces.web.desk import Desk, Wishes
from formcheck.interfaces.web.messages import (
    MAGIC,
    MAX_FRAME,
    MAX_SIDE_PX,
    MAX_TEXT,
    MessageError,
    parse_frame,
    parse_text,
)
from formcheck.interfaces.web.phone import MOST_ADDRESSES, TRIES, Pairing, certificate
from formcheck.interfaces.web.server import PageServer, Phone
from formcheck.records.frames import Frame
from formcheck.records.pose import Pose
from formcheck.running.safeguard import Safeguard
from tests.bodies import Bridge, Camera, Script, Stay, film, reps
from tests.person import WELL, answers, who_answered

WAIT_S = 10.0
SHARED = Path(__file__).parents[3] / "shared"
RESUME = json.dumps({"type": "command", "name": "resume"})


class Acting:
    """An estimator that sees a synthetic person do bridges, whatever the picture."""

    def __init__(self, poses: list[Pose]) -> None:
        self._poses = iter(poses)

    def estimate(self, frame: Frame) -> Pose:
        return next(self._poses, Pose.nobody(frame.t_s, (640.0, 360.0)))

    def close(self) -> None:
        pass


@contextmanager
def _acting(_: object) -> Iterator[tuple[Acting, str]]:
    lifts = reps(2, Bridge(), Bridge(178), hold_s=5.5)
    script = Script(Bridge(), (Stay(4), *lifts, Stay(3)))
    yield Acting(film(script, Camera(azimuth_deg=-90), fps=20)), "of no model"


class Running:
    """A server that is listening, and ways to talk to it."""

    def __init__(self, folder: Path, phone: Phone | None = None) -> None:
        self.folder = folder
        self.database = who_answered(folder / "data" / "formcheck.db")
        self.desk = Desk(Wishes(folder, _acting, "bridge", database=self.database))
        self.desk._guard.note_today(WELL)
        self.server = PageServer(self.desk, phone=phone)
        self.host = f"127.0.0.1:{self.server.port}"
        self._is_ready = threading.Event()
        self._thread = threading.Thread(
            target=self.server.run, kwargs={"when_ready": lambda _: self._is_ready.set()}
        )
        self._thread.start()
        assert self._is_ready.wait(WAIT_S)

    def stop(self) -> None:
        self.server.stop()
        self._thread.join(WAIT_S)
        assert not self._thread.is_alive()

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        asked = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=WAIT_S)
        asked.request("GET", path, headers={"Host": self.host, **headers})
        answer = asked.getresponse()
        body = answer.read()
        asked.close()
        return answer.status, dict(answer.getheaders()), body

    def page(self, *, origin: str | None = "own", token: str | None = None) -> ClientConnection:
        return connect(
            f"ws://{self.host}/{token or self.server.token}/talk",
            origin=f"http://{self.host}" if origin == "own" else origin,
            open_timeout=WAIT_S,
            proxy=None,
        )


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    server = Running(tmp_path)
    yield server
    server.stop()


def told(page: ClientConnection, kind: str) -> dict[str, Any]:
    """The next message of a kind."""
    while True:
        received = page.recv(WAIT_S)
        if isinstance(received, str) and (message := json.loads(received))["type"] == kind:
            return message


def jpeg(width: int = 640, height: int = 360) -> bytes:
    _, data = cv2.imencode(".jpg", np.full((height, width, 3), 120, np.uint8))
    return bytes(data)


def frame(number: int, captured_ms: float, picture: bytes | None = None) -> bytes:
    return struct.pack("<4sId", MAGIC, number, captured_ms) + (picture or jpeg())


# --- who is let in ------------------------------------------------------------------------------


def test_the_page_is_served_with_its_token_and_fetches_nothing_from_elsewhere(
    running: Running,
) -> None:
    status, headers, body = running.get(f"/{running.server.token}/")
    assert status == 200
    assert b"formcheck" in body
    assert "default-src 'none'" in headers["content-security-policy"]
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/wrong/", "/wrong/main.js", "/TOKEN/../../pyproject.toml"])
def test_without_the_token_there_is_nothing(running: Running, path: str) -> None:
    status, _, body = running.get(path.replace("TOKEN", running.server.token))
    assert (status, body.strip().lower()) == (404, b"not found")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:PORT", "127.0.0.1", ""])
def test_another_host_name_is_refused_against_rebinding(running: Running, host: str) -> None:
    port = str(running.server.port)
    status, _, _ = running.get(f"/{running.server.token}/", Host=host.replace("PORT", port))
    assert status == 404


def test_a_request_from_another_page_is_refused(running: Running) -> None:
    status, _, _ = running.get(f"/{running.server.token}/", Origin="http://evil.example")
    assert status == 404


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "", None])
def test_a_connection_from_another_page_is_refused(running: Running, origin: str | None) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        running.page(origin=origin)


def test_a_connection_with_a_wrong_token_is_refused(running: Running) -> None:
    with pytest.raises(InvalidStatus, match="403"):
        running.page(token="x" * len(running.server.token))


def test_only_this_machine_is_listened_to(running: Running) -> None:
    assert running.server.address.startswith("http://127.0.0.1:")
    own = next(
        (a[4][0] for a in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)), ""
    )
    if own and not own.startswith("127."):
        with pytest.raises(OSError, match="refused"):
            socket.create_connection((own, running.server.port), timeout=WAIT_S)


# --- what is listened to ------------------------------------------------------------------------

HOSTILE: dict[str, str | bytes] = {
    "no JSON": "{",
    "no message": '{"type": "rm"}',
    "a list": "[1]",
    "an unknown field": '{"type": "leave", "more": 1}',
    "a stop without a number": '{"type":"today","acute":false,"level":0,"settled":{"x":true}}',
    "a wrong type": '{"type": "pain", "level": "7", "words": []}',
    "a level out of range": '{"type": "pain", "level": 11, "words": []}',
    "a long text": json.dumps({"type": "leave", "x": "y" * MAX_TEXT}),
    "not a number": '{"type": "join", "clock_ms": NaN}',
    "an empty frame": b"",
    "a frame without magic": b"\0" * 200,
    "a frame that is no JPEG": struct.pack("<4sId", MAGIC, 1, 0.0) + b"GIF89a" + b"\0" * 99,
    "a JPEG cut off": frame(1, 0.0)[:60],
    "a huge picture": frame(1, 0.0, jpeg(4000, 16)),
    "a time from nowhere": struct.pack("<4sId", MAGIC, 1, float("nan")) + jpeg(),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_a_malformed_message_closes_that_connection_alone_with_one_line(
    running: Running, what: str, caplog: pytest.LogCaptureFixture
) -> None:
    with running.page() as bad:
        told(bad, "welcome")
        with caplog.at_level(logging.WARNING, "formcheck.interfaces.web"):
            bad.send(HOSTILE[what])
            with pytest.raises(ConnectionClosed) as closed:
                told(bad, "never")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1008
    assert len(caplog.records) == 1
    assert re.fullmatch(r"closed a connection: it sent .{4,90}", caplog.records[0].getMessage())
    with running.page() as good:
        assert told(good, "welcome")["exercise"] == "bridge"


def test_a_message_that_is_too_big_closes_the_connection(
    running: Running, caplog: pytest.LogCaptureFixture
) -> None:
    with running.page() as bad:
        told(bad, "welcome")
        bad.send(b"\0" * (MAX_FRAME + 1))
        with pytest.raises(ConnectionClosed) as closed:
            told(bad, "never")
    assert closed.value.rcvd is not None
    assert closed.value.rcvd.code == 1009


@pytest.mark.parametrize("seed", range(60))
def test_no_damage_makes_a_picture_of_a_size_that_it_did_not_tell(seed: int) -> None:
    """One reader of sizes that disagrees with the decoder let a picture of 12000 x 12000 by."""
    draw = random.Random(seed)
    whole = jpeg(4000, 16)
    small = bytes.fromhex("ffc00011080064006403012200021101031101")  # says 100 x 100
    at = draw.choice([2, draw.randrange(2, 300)])
    put = draw.choice([b"\xff\x01", b"\xff\xd0", b"\xff" * 5, b"\xff\xfe\x00\x00", b""])
    bent = whole[:at] + put + draw.choice([small, b"\x00\x10", b""]) + whole[at:]
    try:
        arrived = parse_frame(frame(1, 0.0, bent))
    except MessageError:
        return
    assert max(arrived.image.shape) <= MAX_SIDE_PX


def test_a_picture_that_hides_its_size_is_refused() -> None:
    bomb = SHARED / "hostile" / "jpeg_bypass_12000.jpg"
    if not bomb.exists():
        pytest.skip(f"{bomb} is not here")
    with pytest.raises(MessageError):
        parse_frame(frame(1, 0.0, bomb.read_bytes()))


@pytest.mark.parametrize("cut", [0, 1, 2, 3, 10, 20])
def test_a_jpeg_cut_anywhere_is_told_as_such(cut: int) -> None:
    with pytest.raises(MessageError):
        parse_frame(frame(1, 0.0)[: 16 + cut])


def test_a_frame_and_a_message_are_read_as_they_were_sent() -> None:
    arrived = parse_frame(frame(7, 1500.0))
    assert (arrived.number, arrived.captured_s) == (7, 1.5)
    assert arrived.image.shape == (360, 640, 3)
    assert parse_text(RESUME).type == "command"


# --- a session ----------------------------------------------------------------------------------

WANTED = {"exercise": "bridge", "dose": "002", "reps": 2, "sets": 1, "keep": False}
START = json.dumps({"type": "start", **WANTED})


def send_until(page: ClientConnection, stage: str) -> list[dict[str, Any]]:
    """Send frame after frame, one in flight, until a stage is reached; gives the views."""
    views: list[dict[str, Any]] = []
    page.send(json.dumps({"type": "join", "clock_ms": 0.0}))
    for number in range(1, 2000):
        page.send(frame(number, number * 50.0))
        views.append(told(page, "view"))
        if views[-1]["flow"]["stage"] == stage:
            return views
    raise AssertionError(f"{stage} was never reached")


def test_what_a_dose_notes_and_asks_to_agree_is_shown_and_asked(running: Running) -> None:
    lift = {**WANTED, "type": "start", "exercise": "good_morning", "dose": "ours"}
    with running.page() as page:
        offered = {one["id"]: one for one in told(page, "welcome")["exercises"]}
        [dose] = offered["good_morning"]["doses"]
        assert "who teaches you" in dose["note"]
        assert "coach or physiotherapist" in dose["agree"]
        assert "our judgement" in offered["good_morning"]["burden"]
        page.send(json.dumps(lift))  # passed over: not agreed
        page.send(json.dumps({**lift, "agreed": True}))
        assert told(page, "started")["session"]["exercise"] == "good_morning"


def test_a_set_is_counted_saved_and_summed_up(running: Running) -> None:
    with running.page() as page:
        told(page, "welcome")
        page.send(START)
        told(page, "started")
        views = send_until(page, "pain")
        assert views[-1]["flow"]["done"] == 2
        summary = told(page, "summary")
        assert [one["done"] for one in summary["sets"]] == [2]
        status, headers, body = running.get(f"/{running.server.token}/{summary['reports'][0]}")
        assert status == 200
        assert "script-src" not in headers["content-security-policy"]
        assert b"Bridge" in body
        page.send(json.dumps({"type": "pain", "level": 8, "words": ["sharp", "no such word"]}))
        after = told(page, "view")
        assert after["flow"]["stage"] == "summary"
        assert after["flow"]["painful"]
    names = sorted(path.suffix for path in running.folder.glob("bridge-*"))
    assert names == [".csv", ".html", ".json", ".npz"]


def test_no_frame_stays_unanswered_for_longer_than_two_are_in_flight(running: Running) -> None:
    with running.page() as page:
        told(page, "welcome")
        page.send(START)
        told(page, "started")
        views = send_until(page, "set")
    numbers = [view["number"] for view in views if view["number"] is not None]
    assert len(numbers) > 20
    assert numbers == sorted(set(numbers))
    assert len(views) - numbers[-1] <= IN_FLIGHT


def test_a_page_that_was_closed_comes_back_to_its_session(running: Running) -> None:
    with running.page() as page:
        told(page, "welcome")
        page.send(START)
        told(page, "started")
        send_until(page, "set")
    with running.page() as again:
        assert told(again, "welcome")["session"]["exercise"] == "bridge"
        again.send(json.dumps({"type": "join", "clock_ms": 5.0}))
        again.send(frame(1, 10.0))
        assert told(again, "view")["flow"]["stage"] in ("paused", "placing")


def test_the_set_is_saved_when_the_server_ends(tmp_path: Path) -> None:
    running = Running(tmp_path)
    with running.page() as page:
        told(page, "welcome")
        page.send(START)
        told(page, "started")
        send_until(page, "set")
        running.stop()
    assert list(tmp_path.glob("bridge-*.report.html"))


def test_a_second_page_takes_over_and_the_first_is_told(running: Running) -> None:
    with running.page() as first:
        told(first, "welcome")
        with running.page() as second:
            told(second, "welcome")
            assert told(first, "replaced")


def test_an_exercise_that_the_answers_rule_out_does_not_start(running: Running) -> None:
    with running.page() as page:
        told(page, "welcome")
        page.send(json.dumps({"type": "today", "acute": True, "level": 2}))
        welcome = told(page, "welcome")
        assert {exercise["verdict"] for exercise in welcome["exercises"]} == {"block"}
        page.send(START)
        assert told(page, "welcome")["session"] is None


def test_answers_are_kept_and_questions_that_nobody_asks_are_not(running: Running) -> None:
    said = {**answers("herniated_disc"), "no such question": True}
    with running.page() as page:
        told(page, "welcome")
        page.send(json.dumps({"type": "health", "answers": said}))
        told(page, "welcome")
    kept = Safeguard(running.database).person.answers
    assert {key: answer.yes for key, answer in kept.items() if key != "acute_pain"} == answers(
        "herniated_disc"
    )


def pain_after_a_set(page: ClientConnection, level: int, *words: str) -> dict[str, Any]:
    """Do the set, answer the question about pain, go back; gives what is asked next."""
    told(page, "started")
    send_until(page, "pain")
    told(page, "summary")
    page.send(json.dumps({"type": "pain", "level": level, "words": words}))
    told(page, "view")
    page.send(json.dumps({"type": "leave"}))
    return told(page, "welcome")


def of(welcome: dict[str, Any], exercise: str) -> dict[str, Any]:
    return next(one for one in welcome["exercises"] if one["id"] == exercise)


def test_a_stop_locks_the_exercise_until_the_person_says_that_it_has_settled(
    running: Running,
) -> None:
    with running.page() as page:
        told(page, "welcome")
        page.send(START)
        today = pain_after_a_set(page, 7, "sharp")["today"]
        assert not today["is_known"]
        [asked] = today["settled"]
        assert asked["ask"].startswith("Bridge was stopped for pain on ")
        assert "(7 of 10, sharp)" in asked["ask"]
        well = {"type": "today", "acute": False, "level": 0}
        page.send(json.dumps({**well, "settled": {asked["id"]: False}}))
        locked = told(page, "welcome")
        assert of(locked, "bridge")["verdict"] == "block"
        assert "stopped for pain" in of(locked, "bridge")["doses"][0]["why"]
        assert of(locked, "plank")["verdict"] == "fine"
        page.send(START)
        assert told(page, "welcome")["session"] is None
        page.send(json.dumps({**well, "settled": {asked["id"]: True}}))
        assert of(told(page, "welcome"), "bridge")["verdict"] == "fine"


def test_a_new_page_and_a_new_start_still_know_of_the_stop(running: Running) -> None:
    with running.page() as page:
        told(page, "welcome")
        page.send(START)
        pain_after_a_set(page, 1, "new")
    later = Safeguard(running.database)
    [stop] = later.open_stops
    assert (stop.exercise, stop.level, stop.words) == ("bridge", 1, ("new",))
    assert not later.knows_today


def test_the_page_for_the_provider_is_served_with_the_exercise_first(running: Running) -> None:
    status, headers, body = running.get(
        f"/{running.server.token}/for-your-doctor?exercise=bodyweight_squat"
    )
    html = body.decode()
    assert status == 200
    assert "script-src" not in headers["content-security-policy"]
    assert html.index("Bodyweight squat") < html.index("Cobra")
    assert "our judgement" in html


def test_a_provider_who_says_no_locks_the_exercise_and_may_take_it_back(running: Running) -> None:
    with running.page() as page:
        told(page, "welcome")
        for allows, verdict in ((False, "block"), (None, "fine")):
            page.send(json.dumps({"type": "provider", "exercise": "bridge", "allows": allows}))
            assert of(told(page, "welcome"), "bridge")["verdict"] == verdict


def test_no_session_reaches_beyond_this_machine(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[object] = []
    connected, looked_up = socket.socket.connect, socket.getaddrinfo

    def connect_to(self: socket.socket, address: Any) -> None:
        reached.append(address)
        connected(self, address)

    def look_up(host: Any, *args: Any, **kwargs: Any) -> Any:
        reached.append((host,))
        return looked_up(host, *args, **kwargs)

    monkeypatch.setattr(socket.socket, "connect", connect_to)
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    with running.page() as page:
        told(page, "welcome")
        page.send(START)
        told(page, "started")
        send_until(page, "pain")
        told(page, "summary")
    assert reached
    assert {address[0] for address in reached} == {"127.0.0.1"}


def test_a_voice_that_is_not_there_or_hangs_costs_a_tone_alone(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formcheck.interfaces.web import voice

    ask = f"/{running.server.token}/voice?text="
    monkeypatch.setattr(voice, "RENDER_S", 0.2)
    for command in ((), ("sleep", "60"), ("false",)):
        monkeypatch.setattr(voice, "engine", lambda command=command: command)
        assert running.get(f"{ask}one")[0] == 404
    assert running.get(ask + "x" * 500)[0] == 404
    assert running.get(f"{ask}%0Aone")[0] == 404


def test_a_voice_that_is_there_is_played_by_the_page(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    from formcheck.interfaces.web import voice

    monkeypatch.setattr(voice, "engine", lambda: ("printf", "RIFF%s"))
    status, headers, body = running.get(f"/{running.server.token}/voice?text=three")
    assert (status, headers["content-type"], body) == (200, "audio/wav", b"RIFFthree")


# --- a phone on the home network ----------------------------------------------------------------


class OpenedToPhone(Running):
    """A server that lets in a phone; the loopback stands for the home network."""

    def __init__(self, folder: Path) -> None:
        made, key, self.fingerprint = certificate(folder / "keys", "127.0.0.1")
        self.pairing = Pairing()
        self.trusting = ssl.create_default_context(cafile=made)
        super().__init__(folder, Phone("127.0.0.1", made, key, self.pairing))

    def ask(
        self, method: str, path: str, body: str | None = None, **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        asked = http.client.HTTPSConnection(self.host, context=self.trusting, timeout=WAIT_S)
        asked.request(method, path, body, {"Host": self.host, **headers})
        answer = asked.getresponse()
        found = answer.status, dict(answer.getheaders()), answer.read()
        asked.close()
        return found


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[OpenedToPhone]:
    server = OpenedToPhone(tmp_path)
    yield server
    server.stop()


def test_a_phone_with_the_code_is_led_to_the_page_and_sees_the_coach(opened: OpenedToPhone) -> None:
    assert opened.server.address == f"https://{opened.host}/"
    assert b"six digits" in opened.ask("GET", "/")[2]
    status, headers, _ = opened.ask("POST", "/", f"code={opened.pairing.code}")
    assert (status, headers["location"]) == (303, f"/{opened.server.token}/")
    assert opened.ask("GET", headers["location"])[0] == 200
    with connect(
        f"wss://{opened.host}/{opened.server.token}/talk",
        origin=f"https://{opened.host}", ssl=opened.trusting, open_timeout=WAIT_S, proxy=None,
    ) as page:  # fmt: skip
        assert told(page, "welcome")


def test_after_some_wrong_codes_not_even_the_right_one_lets_a_phone_in(
    opened: OpenedToPhone,
) -> None:
    wrong = f"{(int(opened.pairing.code) + 1) % 10**6:06d}"
    for _ in range(TRIES):
        assert opened.ask("POST", "/", f"code={wrong}")[0] == 403
    status, headers, body = opened.ask("POST", "/", f"code={opened.pairing.code}")
    assert status == 403
    assert "location" not in headers
    assert b"Too many" in body


def test_wrong_codes_of_one_address_do_not_shut_out_another() -> None:
    pairing = Pairing()
    wrong = f"{(int(pairing.code) + 1) % 10**6:06d}"
    for _ in range(2 * TRIES):
        assert not pairing.admits(wrong, "192.0.2.7")
    assert not pairing.admits(pairing.code, "192.0.2.7")
    assert pairing.admits(pairing.code, "192.0.2.8")


def test_no_number_of_addresses_has_guesses_without_end() -> None:
    pairing = Pairing()
    wrong = f"{(int(pairing.code) + 1) % 10**6:06d}"
    for number in range(MOST_ADDRESSES):
        pairing.admits(wrong, f"address {number}")
    assert not pairing.admits(pairing.code, "one more")
    assert pairing.admits(pairing.code, "address 0")


@pytest.mark.parametrize("body", ["", "code=", "code=" + "1" * 5000, "code=%ff%fe"])
def test_a_malformed_answer_lets_nobody_in(opened: OpenedToPhone, body: str) -> None:
    assert opened.ask("POST", "/", body)[0] == 403


def test_a_phone_finds_nothing_beside_the_door_without_the_token(opened: OpenedToPhone) -> None:
    assert opened.ask("GET", "/main.js")[0] == 404
    assert opened.ask("GET", "/", Host="evil.example")[0] == 404
    assert (
        opened.ask("POST", "/", f"code={opened.pairing.code}", Origin="https://evil.example")[0]
        == 404
    )


def test_the_key_of_the_certificate_is_for_its_owner_alone(tmp_path: Path) -> None:
    _, key, fingerprint = certificate(tmp_path, "192.0.2.7")
    assert key.stat().st_mode & 0o077 == 0
    assert len(fingerprint.split(":")) == 32


def test_a_certificate_that_cannot_be_kept_is_told_in_a_line(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("a file where the folder is to be")
    with pytest.raises(FormcheckError, match="cannot be written"):
        certificate(tmp_path / "keys", "192.0.2.7")
