"""The sets of a session: what is to be done, what was done so far, and when it is enough."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from formcheck.exercises.model import Dose, ExerciseSpec
from formcheck.records.events import Event
from formcheck.records.pose import Side
from formcheck.records.report import Rep, Tally, Totals

MORE_AT_MOST = 3
"""So many reps more are offered where some were held too short, and no more than were asked for
(ours: the holds of somebody who tires only get shorter)."""


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

    @property
    def is_by_side(self) -> bool:
        """Whether one set holds the reps of both sides, so many of each."""
        return self.dose.per == "side" and self.spec.sides != "each"

    @property
    def wanted(self) -> int:
        """The reps of a set, of both sides together where a set holds both."""
        return self.reps * (2 if self.is_by_side else 1)


class SetTally:
    """What one set came to so far, by the same fold as the report of a recording.

    A set may be judged in several parts, each by a judge who numbers the attempts from 1 again.
    rounds: of a guided exercise, those that were paced to their end.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self.rounds = 0
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
        """The whole reps so far, full or held too short, or the rounds."""
        return self.totals.counted + self.rounds

    def rep(self, number: int) -> Rep:
        """An attempt of the present part, by its number."""
        return self._parts[-1].rep(number)


@dataclass(frozen=True)
class Progress:
    """A set held against its plan.

    full: the reps that count in full, by the side that did them, None where it is not known.
    counted: all whole reps, those held too short among them.
    """

    plan: Plan
    full: dict[Side | None, int]
    counted: int

    @classmethod
    def of(cls, plan: Plan, tally: SetTally) -> Progress:
        """What a set came to so far."""
        full: dict[Side | None, int] = {"left": 0, "right": 0, None: 0}
        counted, is_cycle_full = 0, True
        for rep in tally.reps:
            attempt = rep.attempt
            if not attempt.is_reached:
                continue
            is_full = attempt.outcome == "full"
            if not attempt.completes:  # the first pose of a cycle
                is_cycle_full = is_full
                continue
            counted += 1
            full[sure_side(rep) if plan.is_by_side else None] += is_full and is_cycle_full
            is_cycle_full = True
        return cls(plan, full, counted)

    @property
    def missing(self) -> int:
        """The reps that are still to be done in full."""
        return max(0, self.plan.wanted - self.full[None] - sum(map(self._credited, _SIDES)))

    def _credited(self, side: Side) -> int:
        """Of one side's reps, those that the dose asks of it."""
        return min(self.full[side], self.plan.reps)

    @property
    def more(self) -> int:
        """How many reps more are offered once as many were done as were asked for."""
        return min(self.missing, self.plan.wanted, MORE_AT_MOST)

    @property
    def is_one_side_short(self) -> bool:
        """Whether one side did its share and the other did not."""
        return len({self._credited(side) < self.plan.reps for side in _SIDES}) == 2

    @property
    def has_all_tries(self) -> bool:
        """Whether as many reps were done as were asked for, full or not."""
        return self.counted >= self.plan.wanted

    @property
    def is_enough(self) -> bool:
        """Whether the set is over: every rep was full, or what is offered has been done as well."""
        most = self.plan.wanted + min(self.plan.wanted, MORE_AT_MOST)
        return self.missing == 0 or self.counted >= most


_SIDES: tuple[Side, Side] = ("left", "right")


def sure_side(rep: Rep) -> Side | None:
    """The side that did a rep, None where a camera could not tell it."""
    return None if rep.attempt.side_assumed else rep.attempt.side


def of_each_side(plan: Plan, sets: Sequence[SetTally]) -> int:
    """The reps of each side where both did as many, 0 where they did not or it is not known."""
    if plan.spec.sides == "each":
        left, right = (sum(one.done for one in sets[first::2]) for first in (0, 1))
    else:
        reps = [rep for one in sets for rep in one.reps if rep.attempt.counts]
        if any(sure_side(rep) is None for rep in reps):
            return 0
        left, right = (sum(sure_side(rep) == side for rep in reps) for side in _SIDES)
    return left if left == right and plan.dose.per else 0
