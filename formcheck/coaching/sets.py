"""The sets of a session: what is to be done, and what was done so far."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from formcheck.exercises.model import Dose, ExerciseSpec
from formcheck.records.events import Event
from formcheck.records.report import Rep, Tally, Totals


@dataclass(frozen=True)
class Plan:
    """What is to be done: reps a set, sets, seconds of rest between them.

    Of a range in a dose the lower end: the documents ask to begin slowly.
    """

    spec: ExerciseSpec
    dose: Dose
    reps: int
    sets: int
    rest_s: float

    @classmethod
    def of(
        cls, spec: ExerciseSpec, dose: Dose, *, reps: int | None, sets: int | None, rest_s: float
    ) -> Plan:
        """The plan of a dose, with what the person asks otherwise."""
        sides = 2 if spec.sides == "each" else 1
        return cls(spec, dose, reps or dose.reps[0], (sets or dose.sets[0]) * sides, rest_s)


class SetTally:
    """What one set came to so far, by the same fold as the report of a recording.

    A set may be judged in several parts, each by a judge who numbers the attempts from 1 again.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._parts = [Tally()]
        self.take(events)

    def take(self, events: Iterable[Event]) -> None:
        """Take what was told next."""
        self._parts[-1].take(events)

    def begin_part(self) -> None:
        """Another judge takes over, and the count goes on."""
        self._parts.append(Tally())

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The attempts of all parts."""
        return tuple(rep for part in self._parts for rep in part.reps)

    @property
    def totals(self) -> Totals:
        """All in all."""
        return Totals.of(self.reps)

    @property
    def done(self) -> int:
        """What counts towards the dose so far."""
        return self.totals.done

    def rep(self, number: int) -> Rep:
        """An attempt of the present part, by its number."""
        return self._parts[-1].rep(number)
