"""The live coach in an OpenCV window, for machines without a browser.

Keys: Space pause and go on, Esc end, P pain, B break, M mute, S strain; at the end 0 to 9, or T for
10, answers the question about pain, then S, W, N and L mark its kind, and Enter saves.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from functools import partial

import cv2
import numpy as np

from formcheck.coaching.course import Command, Flow, PainAnswer
from formcheck.errors import FormcheckError
from formcheck.exercises.catalog import safety_rules
from formcheck.interfaces.window.screen import NAME
from formcheck.interfaces.window.speech import SpeechEngine
from formcheck.output.drawing.captions import Showing
from formcheck.output.drawing.overlay import draw
from formcheck.output.drawing.question import question
from formcheck.records.events import Status
from formcheck.records.frames import Image
from formcheck.running.live import Live, View
from formcheck.running.safeguard import Safeguard
from formcheck.words import screen
from formcheck.words.advice import what_to_do
from formcheck.words.terms import with_signs

ESCAPE, ENTER = 27, (10, 13)
_READ_MS = 4000
"""For so long advice stays on the window before it closes."""

COMMANDS: dict[int, Command] = {ESCAPE: "stop", ord("p"): "pain", ord("b"): "break"}

_PAIN_KEYS = {**{ord(str(level)): level for level in range(10)}, ord("t"): 10}
_BLANK = Status(0.0, "paused", 0, 0, None, 0.0, 0.0, float("nan"), {}, (), 0.0)


class Window:
    """Shows a session and passes on its keys; `show` is called for every moment of it.

    guard: keeps what is said of pain. trouble: what could not be kept, empty for nothing.
    """

    def __init__(self, title: str, speech: SpeechEngine, guard: Safeguard) -> None:
        self._title, self._speech, self._guard = title, speech, guard
        self.trouble = ""
        self.live: Live | None = None
        self._last: Image = np.zeros((480, 640, 3), np.uint8)

    def show(self, view: View) -> None:
        """Draw one moment and take the keys pressed since the last."""
        if view.line:
            self._speech.say(view.line.text, at_once=view.line.kind == "safety")
        if view.frame is not None and view.pose is not None:
            status = _with_counts(view.status or _BLANK, view.flow)
            cue = with_signs(view.flow.cue.text) if view.flow.cue else ""
            showing = Showing(prompt=_prompt(view.flow), cue=cue, near=view.near)
            self._last = draw(
                view.frame.image, view.pose, status, title=self._title, showing=showing
            )
            cv2.imshow(NAME, self._last)
            self._press(cv2.waitKey(1) & 0xFF)

    def _press(self, key: int) -> None:
        if self.live is None:
            return
        if key in COMMANDS:
            self.live.command(COMMANDS[key])
            if COMMANDS[key] == "pain" and self.live.flow.is_painful:
                self._keep(self._guard.felt_pain)
        elif key == ord(" "):
            stage = self.live.flow.stage
            self.live.command({"paused": "resume", "rest": "skip"}.get(stage, "pause"))  # type: ignore[arg-type]
        elif key == ord("m"):
            self._speech.is_muted = not self._speech.is_muted
        elif key == ord("s"):
            self.live.ease()

    def _keep(self, keep: Callable[[], None]) -> None:
        try:
            keep()
        except FormcheckError as error:
            self.trouble = str(error)

    def ask_pain(self, live: Live) -> None:
        """Wait for the answer to the question about pain, or for Esc or the window's end."""
        rules = safety_rules().pain
        said = rules.rule_of(live.flow.plan.spec.id, live.flow.plan.dose).say
        self._show_lines(rules.ask, said, screen.PAIN_BY_KEY)
        while (key := cv2.waitKey(100) & 0xFF) != ESCAPE and self._is_open():
            if key in _PAIN_KEYS:
                answer = PainAnswer(_PAIN_KEYS[key], self._ask_kinds(_PAIN_KEYS[key]))
                self._keep(partial(self._guard.answered, answer))
                live.answer(answer)
                break
        if advice := live.flow.pain_advice or (rules.stop if live.flow.is_painful else ""):
            self._show_lines(advice)
            cv2.waitKey(_READ_MS)

    def _ask_kinds(self, level: int) -> tuple[str, ...]:
        """The kinds of pain, by id, each marked and unmarked by its key until Enter or Esc."""
        words, marked = safety_rules().pain.word, set[str]()
        by_key = {ord(word.key): word.id for word in words}
        key = -1
        while key not in (*ENTER, ESCAPE) and self._is_open():
            kinds = [(word.key, word.say, word.id in marked) for word in words]
            self._show_lines(*screen.kinds_by_key(level, kinds))
            key = cv2.waitKey(100) & 0xFF
            if key in by_key:
                marked ^= {by_key[key]}
        return safety_rules().pain.known(marked)

    def _show_lines(self, *lines: str) -> None:
        height, width = self._last.shape[:2]
        cv2.imshow(NAME, question((width, height), lines))

    def _is_open(self) -> bool:
        try:
            return cv2.getWindowProperty(NAME, cv2.WND_PROP_VISIBLE) >= 1
        except cv2.error:
            return False

    def close(self) -> None:
        """Close the window and end the speech."""
        self._speech.close()
        with suppress(cv2.error):
            cv2.destroyAllWindows()


def _with_counts(status: Status, flow: Flow) -> Status:
    """The status with the counts of the set in place of those of all."""
    this_set = flow.sets[-1]
    missed = len(this_set.reps) - this_set.done
    return replace(status, counted=flow.done, attempts=flow.done + missed)


def _prompt(flow: Flow) -> str:
    """What to do now."""
    match flow.stage:
        case "placing":
            code = flow.advice.code if flow.advice else "moving"
            return what_to_do(code, flow.plan.spec)
        case "countdown" | "rest":
            return screen.counting(flow.stage, flow.number)
        case "set" if flow.rounds:
            left = f": {flow.number}" if flow.number else ""
            return f"{screen.round_step(flow.rounds.step)}{left}"
        case "paused" if flow.pause == "asked":
            return f"{flow.question}. {screen.GO_ON_BY_KEY}"
        case "paused":
            return flow.question
    return ""
