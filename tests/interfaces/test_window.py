"""The window's question about pain, answered by keys."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from formcheck.coaching.course import PainAnswer
from formcheck.coaching.sets import Plan
from formcheck.exercises.catalog import find_spec
from formcheck.interfaces.window import window as module
from formcheck.interfaces.window.speech import SpeechEngine
from formcheck.interfaces.window.window import Window
from formcheck.running.live import Live
from formcheck.running.recording import Task
from formcheck.running.safeguard import Safeguard
from tests.person import answers

NOTHING, ENTER, ESCAPE = -1, 13, 27


class Screen:
    """In place of OpenCV's window: keys that were thought of before, and nothing to see."""

    def __init__(self, keys: Iterable[int]) -> None:
        self.keys = iter(keys)

    def press(self, _: int) -> int:
        return next(self.keys, NOTHING)


@pytest.fixture
def guard(tmp_path: Path) -> Safeguard:
    guard = Safeguard(tmp_path / "data" / "formcheck.db", lambda: 1.8e9)
    guard.note_answers(answers())
    return guard


def answered(
    guard: Safeguard, folder: Path, monkeypatch: pytest.MonkeyPatch, keys: Iterable[int], dose: str
) -> tuple[Live, list[str]]:
    """End a set of bridges at once, and press keys at the question; gives what was shown, too."""
    spec = find_spec("bridge")
    plan = Plan.of(spec, spec.dose_by_id(dose), reps=1, sets=1, rest_s=1)
    guard.begin(plan)
    window = Window("Bridge", SpeechEngine(()), guard)
    shown: list[str] = []
    monkeypatch.setattr(window, "_show_lines", lambda *lines: shown.append(" ".join(lines)))
    monkeypatch.setattr(window, "_is_open", lambda: True)
    monkeypatch.setattr(module.cv2, "waitKey", Screen(keys).press)
    live = Live(Task(spec, plan.dose), plan, base=folder / "set", show=lambda _: None)
    window.live = live
    live.flow.wait(0.0)
    live.command("stop")
    window.ask_pain(live)
    return live, shown


def test_number_kinds_and_enter_are_kept_as_the_answer(
    guard: Safeguard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = [ord("4"), ord("s"), ord("w"), ord("w"), ord("l"), ENTER]
    live, shown = answered(guard, tmp_path, monkeypatch, keys, "001")
    assert live.flow.answer == PainAnswer(4, ("sharp", "lingers"))
    [stop] = guard.open_stops
    assert (stop.level, stop.words) == (4, ("lingers", "sharp"))
    assert shown[-1] == "Stop. Talk to your doctor or physiotherapist before you go on."


def test_the_rule_of_the_document_stands_beside_the_question(
    guard: Safeguard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, shown = answered(guard, tmp_path, monkeypatch, [ord("0"), ENTER], "002")
    assert "This guide stops at any pain." in shown[0]
    assert guard.open_stops == ()


def test_one_of_ten_is_a_stop_in_one_document_and_none_in_another(
    guard: Safeguard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answered(guard, tmp_path, monkeypatch, [ord("1"), ENTER], "001")
    assert guard.open_stops == ()
    answered(guard, tmp_path, monkeypatch, [ord("1"), ENTER], "002")
    assert [stop.exercise for stop in guard.open_stops] == ["bridge"]


def test_pain_that_was_pressed_is_kept_though_the_question_is_skipped(
    guard: Safeguard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    spec = find_spec("bridge")
    plan = Plan.of(spec, spec.dose_by_id("001"), reps=1, sets=1, rest_s=1)
    guard.begin(plan)
    window = Window("Bridge", SpeechEngine(()), guard)
    live = Live(Task(spec, plan.dose), plan, base=tmp_path / "set", show=lambda _: None)
    window.live = live
    live.flow.wait(0.0)
    window._press(ord("p"))
    [stop] = guard.open_stops
    assert (stop.exercise, stop.level) == ("bridge", None)
