"""Between the page and the session: one page is listened to, one session runs at a time.

The session plays in a thread of its own; what it shows goes to the page through a slot that holds
the newest moment, so that a page which cannot keep up misses pictures and never what is said.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import cv2

from formcheck.capture.pose import PoseEstimator
from formcheck.capture.video.page import Arrived, PageSource
from formcheck.coaching.course import PainAnswer
from formcheck.coaching.sets import Plan
from formcheck.errors import FormcheckError, shown
from formcheck.exercises.catalog import all_specs, find_spec
from formcheck.exercises.model import Dose, ExerciseSpec
from formcheck.interfaces.for_the_provider import provider_html
from formcheck.interfaces.web.messages import (
    CommandMessage,
    HealthMessage,
    JoinMessage,
    LeaveMessage,
    Message,
    PainMessage,
    ProviderMessage,
    StartMessage,
    TodayMessage,
)
from formcheck.interfaces.web.outbox import Outbox
from formcheck.interfaces.web.summary import summary_values
from formcheck.interfaces.web.view import (
    exercise_values,
    line_values,
    pain_values,
    question_values,
    today_values,
    view_values,
)
from formcheck.records.frames import FrameSource, Image
from formcheck.running.live import Live, View, session_base
from formcheck.running.recording import Task
from formcheck.running.safeguard import Safeguard, Today
from formcheck.running.writing_up import Part
from formcheck.storage.database import database_path
from formcheck.words import health

log = logging.getLogger("formcheck.interfaces.web")

GONE_S = 60.0
"""A page that was closed may come back to its session for so long; then the session is saved."""

_JPEG_QUALITY = 80

OpenEstimator = Callable[[ExerciseSpec], AbstractContextManager[tuple[PoseEstimator, str]]]
"""Opens a pose estimator for an exercise, with the SHA-256 of its model."""


@dataclass(frozen=True)
class Wishes:
    """What the command line asked for.

    source: opens the camera or file that Python owns; None where the page has the camera.
    """

    folder: Path
    open_estimator: OpenEstimator
    exercise: str = ""
    dose: str | None = None
    reps: int | None = None
    sets: int | None = None
    rest_s: float = 30.0
    near: Any = None
    height_cm: float | None = None
    source: Callable[[], FrameSource] | None = None
    database: Path = field(default_factory=database_path)


class Desk:
    """Holds the session and the page that is connected.

    Raises:
        FormcheckError: an exercise of the person's own is not valid, or what is kept about the
            person cannot be read.
    """

    def __init__(self, wishes: Wishes) -> None:
        self._wishes = wishes
        self._guard = Safeguard(wishes.database)
        self._specs = {spec.id: spec for spec in all_specs()}
        if wishes.exercise and wishes.exercise not in self._specs:
            own = find_spec(wishes.exercise)
            self._specs[own.id] = own
            self._first = own.id
        else:
            self._first = wishes.exercise
        self._outbox: Outbox | None = None
        self._live: Live | None = None
        self._source: FrameSource | None = None
        self._thread: threading.Thread | None = None
        self._gone: asyncio.TimerHandle | None = None
        self._summary: dict[str, Any] | None = None
        self.reports: list[Path] = []
        self.replays: list[Path] = []

    # --- pages that come and go -------------------------------------------------------------

    def connect(self, outbox: Outbox) -> None:
        """A page has come: it is the one from now on."""
        if self._outbox:
            self._outbox.post({"type": "replaced"})
        if self._gone:
            self._gone.cancel()
            self._gone = None
        self._outbox = outbox
        outbox.post(self._welcome())
        if self._live:
            self._live.refresh()
        if self._summary:
            outbox.post(self._summary)

    def disconnect(self, outbox: Outbox) -> None:
        """A page has gone; if it does not come back, its session is ended and saved."""
        if outbox is not self._outbox:
            return
        self._outbox = None
        if self._live and isinstance(self._source, PageSource):
            self._live.command("camera_lost")
            self._gone = asyncio.get_running_loop().call_later(GONE_S, self._live.stop)

    def _welcome(self) -> dict[str, Any]:
        return {
            "type": "welcome",
            "notice": self._guard.rules.notice,
            "lost": self._lost(),
            "questions": question_values(self._guard),
            "today": today_values(self._guard, {s.id: s.title for s in self._specs.values()}),
            "pain": pain_values(self._guard),
            "provider": self._guard.rules.provider.ask,
            "exercises": [exercise_values(self._guard, spec) for spec in self._specs.values()],
            "exercise": self._first,
            "dose": self._wishes.dose or "",
            "reps": self._wishes.reps,
            "sets": self._wishes.sets,
            "own_camera": self._wishes.source is not None,
            "session": self._session(),
        }

    def _lost(self) -> str:
        lost = self._guard.losses
        return health.could_not_be_read([str(path) for path in lost]) if lost else ""

    def provider_page(self, exercise: str) -> str:
        """The page for the person's doctor or physiotherapist, that exercise first."""
        return provider_html(self._guard, self._specs.values(), first=exercise)

    def _session(self) -> dict[str, Any] | None:
        if self._live is None:
            return None
        plan = self._live.flow.plan
        return {"exercise": plan.spec.id, "title": plan.spec.title, "dose": plan.dose.id}

    # --- what the page says -----------------------------------------------------------------

    def hear(self, message: Message) -> None:
        """Do what a page asks; what does not fit is passed over."""
        match message:
            case HealthMessage():
                self._note(lambda: self._guard.note_answers(message.answers))
            case TodayMessage():
                self._note(lambda: self._guard.note_today(_today(message)))
            case ProviderMessage() if message.exercise in self._specs:
                word = message.exercise, message.allows
                self._note(lambda: self._guard.note_provider(*word))
            case StartMessage():
                self._start(message)
            case JoinMessage() if isinstance(self._source, PageSource):
                self._source.join(time.monotonic(), message.clock_ms / 1000)
                if self._live:
                    self._live.command("resume")
            case CommandMessage() if self._live:
                self._command(self._live, message)
            case PainMessage() if self._live:
                self._answer_pain(self._live, message)
            case LeaveMessage():
                self._leave()

    def see(self, arrived: Arrived) -> None:
        """A frame from the page."""
        if isinstance(self._source, PageSource):
            self._source.offer(arrived)

    def _command(self, live: Live, message: CommandMessage) -> None:
        if message.name == "strain":
            live.ease()
            return
        live.command(message.name)
        if message.name == "pain" and live.flow.is_painful:
            self._keep(self._guard.felt_pain)

    def _answer_pain(self, live: Live, message: PainMessage) -> None:
        if live.flow.stage != "pain":
            return
        answer = PainAnswer(message.level, self._guard.rules.pain.known(message.words))
        self._keep(lambda: self._guard.answered(answer))
        live.answer(answer)

    def _note(self, keep: Callable[[], None]) -> None:
        """Keep what was said, and show what the rules say now."""
        self._keep(keep)
        self._post(self._welcome())

    def _keep(self, keep: Callable[[], None]) -> None:
        """Keep something; what cannot be kept is said to the person."""
        try:
            keep()
        except FormcheckError as error:
            self._post({"type": "trouble", "text": str(error)})

    def _post(self, message: dict[str, Any]) -> None:
        if self._outbox:
            self._outbox.post(message)

    # --- the session ------------------------------------------------------------------------

    def _start(self, message: StartMessage) -> None:
        spec = self._specs.get(message.exercise)
        if self._live or spec is None:
            return
        try:
            dose = spec.dose_by_id(message.dose or None)
            if self._guard.ruling(spec, dose).verdict == "block":
                self._post(self._welcome())  # the answers may have become old since it was shown
                return
            if dose.agree and not message.agreed:
                return
            plan = self._plan(message, spec, dose)
            self._guard.begin(plan)
            source = self._wishes.source() if self._wishes.source else PageSource()
        except FormcheckError as error:
            self._post({"type": "trouble", "text": str(error)})
            return
        task = Task(spec, dose, self._wishes.near, self._wishes.height_cm)
        self._live = Live(
            task,
            plan,
            base=session_base(self._wishes.folder, spec.id),
            show=self._show,
            keeps_pictures=message.keep,
            own_range=message.own_range,
        )
        self._source, self._summary = source, None
        self._thread = threading.Thread(
            target=self._play, args=(self._live, source), name="session", daemon=True
        )
        self._thread.start()
        self._post({"type": "started", "session": self._session()})

    def _plan(self, message: StartMessage, spec: ExerciseSpec, dose: Dose) -> Plan:
        rest_s = self._wishes.rest_s
        return Plan.of(spec, dose, reps=message.reps, sets=message.sets, rest_s=rest_s)

    def _play(self, live: Live, source: FrameSource) -> None:
        """In the session's own thread: play, save, and tell how it went."""
        spec = live.flow.plan.spec
        trouble = ""
        try:
            with self._wishes.open_estimator(spec) as (estimator, sha256):
                live.play(source, estimator, model_sha256=sha256)
        except FormcheckError as error:
            trouble = str(error)
            log.warning("the session ended: %s", error)
        except Exception:
            trouble = "Something went wrong; what was judged so far is saved"
            log.exception("the session ended")
        finally:
            source.close()
            self._keep(lambda: self._guard.end(live.flow.sets))
        self._summary = {
            **summary_values(live.flow, live.parts),
            "trouble": trouble,
            "folder": shown(self._wishes.folder),
            **self._offered(live.parts),
        }
        self._post(self._summary)

    def _offered(self, parts: Sequence[Part]) -> dict[str, Any]:
        """Offer reports and replays to the page, by number; gives the addresses to ask for."""
        reports, replays = [], []
        for part in parts:
            reports.append(f"report/{len(self.reports)}")
            self.reports.append(part.outputs.report)
            for number, path in part.replays.items():
                replays.append({"address": f"replay/{len(self.replays)}", "number": number})
                self.replays.append(path)
        return {"reports": reports, "replays": replays}

    def _show(self, view: View) -> None:
        outbox = self._outbox
        if outbox is None:
            return
        source = self._source
        number, picture = None, None
        if isinstance(source, PageSource):
            if view.frame and source.current:
                number = source.current.number
        elif view.frame:
            picture = _jpeg(view.frame.image)
        says = [line_values(view.line)] if view.line else []
        outbox.show(view_values(view, number=number), says, picture)

    def _leave(self) -> None:
        if self._summary is None:
            return
        if self._thread:
            self._thread.join()  # it has told its summary, which is the last that it does
        self._live = self._source = self._thread = self._summary = None
        self._post(self._welcome())

    def close(self) -> None:
        """The server ends: what was judged is saved."""
        if self._live:
            self._live.stop()
        if self._thread:
            self._thread.join()


def _today(message: TodayMessage) -> Today:
    settled = {int(key): yes for key, yes in message.settled.items()}
    eased = {int(key): yes for key, yes in message.eased.items()}
    return Today(message.acute, message.level, settled, eased)


def _jpeg(image: Image) -> bytes:
    _, jpeg = cv2.imencode(".jpg", image, [cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY])
    return bytes(jpeg)
