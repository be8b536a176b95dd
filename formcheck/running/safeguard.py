"""Keeps a person safe around a session: what is asked before it, what is remembered after it.

The page and the window go through this, so that both ask the same and forget nothing. The one
place that gives the rules and the database the time of day.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.coaching.course import PainAnswer
from formcheck.coaching.sets import Plan, SetTally
from formcheck.exercises.catalog import safety_rules
from formcheck.exercises.model import Dose, ExerciseSpec
from formcheck.exercises.safety import Ruling, ruling
from formcheck.records.person import CheckIn, MildPain, Person, SetCount, Stop
from formcheck.storage.answers import OLD_FILE, Answers
from formcheck.storage.database import Database


@dataclass(frozen=True)
class Today:
    """What a person says before a session: new or flaring pain, pain from 0 to 10, of stops by id
    whether they have settled, of mild pain by id whether it has eased."""

    acute: bool
    level: int
    settled: Mapping[int, bool]
    eased: Mapping[int, bool]


class Safeguard:
    """The rules, the person, and what is kept of both.

    clock: seconds since 1970. person: what is known now. losses: damaged files that were kept
    aside, as long as the questions are not answered anew.

    Raises (here and in every method that keeps something):
        FormcheckError: the database cannot be used.
    """

    def __init__(self, path: Path, clock: Callable[[], float] = time.time) -> None:
        self.rules = safety_rules()
        self.clock = clock
        self._answers = Answers(Database(path, clock()))
        self._answers.take_over(path.with_name(OLD_FILE), clock())
        self.losses = self._answers.losses()
        self._check_in: CheckIn | None = None
        self._item: int | None = None
        self._dose: tuple[str, Dose] | None = None
        self._is_stopped = False
        self._unkept: set[str] = set()
        self.person = self._read()

    def _read(self) -> Person:
        known = replace(self._answers.person(), check_in=self._check_in)
        lost = tuple(Stop(0, exercise, self.clock()) for exercise in sorted(self._unkept))
        self.person = replace(known, stops=known.stops + lost)
        return self.person

    # --- before a session -----------------------------------------------------------------------

    @property
    def due(self) -> tuple[str, ...]:
        """The ids of the questions that are to be asked now."""
        return self.rules.due(self.person, self.clock())

    @property
    def knows_today(self) -> bool:
        """Whether the person has said how they are, for the session that comes next."""
        return self.rules.knows_today(self.person, self.clock())

    @property
    def open_stops(self) -> tuple[Stop, ...]:
        """What was stopped for pain and has not settled."""
        return self.person.stops

    @property
    def open_pain(self) -> tuple[MildPain, ...]:
        """Pain that was allowed if it eased, of which nobody has asked whether it did."""
        return self.person.mild

    def note_answers(self, answers: Mapping[str, bool]) -> None:
        """Keep the answers to health questions; ids that no rule knows are passed over."""
        asked = {key for key, _ in self.rules.questions()}
        known = {key: yes for key, yes in answers.items() if key in asked}
        self._answers.note_answers(known, self.clock())
        if not self.rules.due(self._read(), self.clock()):
            self._answers.losses_shown(self.clock())
            self.losses = ()

    def note_provider(self, exercise: str, allows: bool | None) -> None:
        """Keep what the doctor or physiotherapist said of an exercise; None takes it back."""
        self._answers.note_provider(exercise, allows, self.clock())
        self._read()

    def note_today(self, today: Today) -> None:
        """Keep what the person says before a session."""
        said = CheckIn(today.acute, today.level, self.clock())
        self._answers.note_check_in(said, settled=today.settled, eased=today.eased)
        self._check_in = said
        self._read()

    def ruling(self, spec: ExerciseSpec, dose: Dose) -> Ruling:
        """What the rules say of a dose now."""
        return ruling(self.rules, self.person, spec, dose, self.clock())

    # --- a session ------------------------------------------------------------------------------

    def begin(self, plan: Plan) -> None:
        """A session begins: what was said of today was for this one."""
        self._dose, self._is_stopped = (plan.spec.id, plan.dose), False
        self._item = self._answers.begin(
            plan.spec.id, plan.dose.id, sets=plan.sets, reps=plan.reps, at_s=self.clock()
        )
        self._check_in = None
        self._read()

    def felt_pain(self) -> None:
        """The person said that it hurts: kept at once, whatever is answered later, or is not."""
        if self._item is None or self._dose is None:
            return
        exercise, _ = self._dose
        self._is_stopped = True
        self._unkept.add(exercise)
        self._answers.stop(self._item, self.clock())
        self._unkept.discard(exercise)
        self._read()

    def answered(self, answer: PainAnswer) -> None:
        """The answer about pain after the exercise."""
        if self._item is None or self._dose is None:
            return
        exercise, dose = self._dose
        outcome = self.rules.pain.rule_of(exercise, dose).outcome(answer.level, answer.words)
        if outcome == "stop":
            self.felt_pain()
        asks_after = outcome == "fine" and answer.level > 0 and not self._is_stopped
        self._answers.note_pain(
            self._item, answer.level, answer.words, self.clock(), asks_after=asks_after
        )
        if outcome == "ease_back":
            self._answers.unstop(self._item, self.clock())
        self._read()

    def end(self, sets: Iterable[SetTally]) -> None:
        """The session has ended."""
        if self._item is not None:
            self._answers.end(self._item, [_count(one) for one in sets], self.clock())


def _count(one: SetTally) -> SetCount:
    totals = one.totals
    return SetCount(
        totals.full,
        totals.short_hold,
        totals.partial,
        totals.timed,
        totals.not_judged,
        totals.best_hold_s,
        totals.total_hold_s,
    )
