"""What is asked before a session and remembered after it, with a clock that is set by hand."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from formcheck.coaching.course import PainAnswer
from formcheck.coaching.sets import Plan
from formcheck.errors import FormcheckError
from formcheck.exercises.catalog import find_spec
from formcheck.running.safeguard import Safeguard, Today
from tests.person import WELL, answers

DAY_S = 86_400.0


class Visit:
    """One start of formcheck after another, on the same data."""

    def __init__(self, folder: Path) -> None:
        self.path, self.now_s = folder / "data" / "formcheck.db", 1.8e9
        self.start()
        self.guard.note_answers(answers())

    def start(self) -> Safeguard:
        self.guard = Safeguard(self.path, lambda: self.now_s)
        return self.guard

    def verdict(self, exercise: str, dose: str) -> tuple[str, str]:
        spec = find_spec(exercise)
        found = self.guard.ruling(spec, spec.dose_by_id(dose))
        return found.verdict, found.by

    def did(self, exercise: str, dose: str, answer: PainAnswer | None, *, pressed: bool = False):
        spec = find_spec(exercise)
        plan = Plan.of(spec, spec.dose_by_id(dose), reps=None, sets=None, rest_s=30)
        self.guard.begin(plan)
        if pressed:
            self.guard.felt_pain()
        if answer:
            self.guard.answered(answer)
        self.guard.end([])


@pytest.fixture
def visit(tmp_path: Path) -> Visit:
    return Visit(tmp_path)


def test_today_is_asked_before_every_session_and_at_every_start(visit: Visit) -> None:
    assert visit.verdict("bridge", "002") == ("block", "unanswered")
    visit.guard.note_today(WELL)
    assert visit.verdict("bridge", "002") == ("fine", "")
    visit.did("bridge", "002", PainAnswer(0))
    assert visit.verdict("bridge", "002") == ("block", "unanswered")
    visit.guard.note_today(WELL)
    assert not visit.start().knows_today


def test_a_month_later_the_injury_and_the_agreement_are_asked_again(visit: Visit) -> None:
    visit.now_s += 31 * DAY_S
    assert set(visit.start().due) == {"recent_injury", "ongoing_pain", "agreement"}


@pytest.mark.parametrize(
    ("exercise", "dose", "level", "words", "is_locked"),
    [
        ("bridge", "002", 1, (), True),
        ("bridge", "001", 4, (), False),
        ("bridge", "001", 6, (), True),
        ("bridge", "001", 1, ("lingers",), True),
        ("pelvic_tilt", "000", 1, (), True),
        ("pelvic_tilt", "003", 1, (), True),
        ("plank", "004", 1, (), True),
        ("knee_to_chest_single", "003", 3, (), False),
        ("knee_to_chest_single", "003", 3, ("sharp",), True),
    ],
)
def test_pain_locks_the_exercise_by_the_rule_of_its_document(
    visit: Visit, exercise: str, dose: str, level: int, words: tuple[str, ...], is_locked: bool
) -> None:
    visit.did(exercise, dose, PainAnswer(level, words))
    visit.start()
    visit.guard.note_today(WELL)
    assert visit.verdict(exercise, dose) == (("block", "stopped") if is_locked else ("fine", ""))


def test_pain_that_was_pressed_locks_even_if_nothing_is_answered(visit: Visit) -> None:
    visit.did("bridge", "001", None, pressed=True)
    [stop] = visit.start().open_stops
    assert stop.exercise == "bridge"


def test_pain_pressed_in_a_stretch_of_003_and_mild_is_its_limit(visit: Visit) -> None:
    visit.did("knee_to_chest_single", "003", PainAnswer(2), pressed=True)
    assert visit.start().open_stops == ()


def test_settled_unlocks_and_not_settled_does_not(visit: Visit) -> None:
    visit.did("bridge", "002", PainAnswer(7, ("sharp",)))
    for settled, due in ((False, ("block", "stopped")), (True, ("fine", ""))):
        [stop] = visit.start().open_stops
        visit.guard.note_today(Today(False, 0, {stop.id: settled}, {}))
        assert visit.verdict("bridge", "002") == due


def test_mild_pain_that_is_allowed_is_asked_after_at_the_next_start(visit: Visit) -> None:
    visit.did("bridge", "001", PainAnswer(4))
    [pain] = visit.start().open_pain
    visit.guard.note_today(Today(False, 0, {}, {pain.id: False}))
    assert visit.verdict("bridge", "001") == ("block", "stopped")


def test_a_stop_that_cannot_be_written_still_locks_while_formcheck_runs(
    visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    visit.guard.note_today(WELL)
    spec = find_spec("bridge")
    visit.guard.begin(Plan.of(spec, spec.dose_by_id("002"), reps=1, sets=1, rest_s=1))

    def full(*_: object) -> None:
        raise FormcheckError("the disk is full")

    monkeypatch.setattr(visit.guard._answers, "stop", full)
    with pytest.raises(FormcheckError):
        visit.guard.felt_pain()
    visit.guard.note_today(WELL)
    assert visit.verdict("bridge", "002") == ("block", "stopped")


def test_after_damage_everything_is_asked_and_nothing_begins(visit: Visit) -> None:
    visit.path.write_bytes(b"\0" * 5000)
    guard = visit.start()
    assert guard.losses
    guard.note_today(WELL)
    assert visit.verdict("bridge", "002") == ("block", "unanswered")
    guard.note_answers({"back_injury": False})
    assert guard.losses
    guard.note_answers(answers())
    assert guard.losses == ()
    assert visit.verdict("bridge", "001") == ("fine", "")


def test_it_is_one_file_of_sqlite(visit: Visit) -> None:
    with sqlite3.connect(visit.path) as connection:
        assert connection.execute("SELECT count(*) FROM answer").fetchone()[0] > 0
    connection.close()
