"""What a recording or a session came to: a fold over its events, so that live totals and file
totals cannot differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import reduce
from typing import Any

from formcheck.records.events import (
    Attempt,
    Event,
    Fault,
    Hold,
    NotJudged,
    Outcome,
    Remark,
    Started,
    View,
)
from formcheck.records.pose import Side
from formcheck.records.reasons import Reason

SET_GAP_S = 12.0
"""A longer pause between two attempts begins another set, in every count and in recognising (ours:
in recordings of real people, pauses within a set last up to 11.7 s. Longer ones, from 15.4 s on,
had the other leg or another exercise after them, which 20 s joined to the set before)."""

OUTCOMES: tuple[Outcome, ...] = (
    "full", "short_hold", "partial", "cut_off", "not_judged", "timed",
)  # fmt: skip

Finding = Fault | Hold | NotJudged
"""What is found in an attempt, or in none."""


@dataclass(frozen=True)
class Rep:
    """One attempt with all that was found in it."""

    attempt: Attempt
    set_number: int
    faults: tuple[Fault, ...] = ()
    holds: tuple[Hold, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()

    @property
    def is_good(self) -> bool:
        """A full rep without a fault to correct; a hint does not spoil it."""
        return self.attempt.outcome == "full" and all(fault.is_hint for fault in self.faults)

    def having(self, found: Finding) -> Rep:
        """The rep with one thing more that was found in it."""
        match found:
            case Fault():
                return replace(self, faults=(*self.faults, found))
            case Hold():
                return replace(self, holds=(*self.holds, found))
            case NotJudged():
                return replace(self, not_judged=(*self.not_judged, found))


@dataclass(frozen=True)
class Totals:
    """What came together on one side, or in one set, or in all.

    cut_off: reps that the recording begins or ends in, beside the count. timed: guided holds, timed
    and not measured. good: full reps without a fault to correct. hints: findings that are only
    worth knowing. counted: whole reps, full or held too short.
    """

    full: int
    short_hold: int
    partial: int
    cut_off: int
    not_judged: int
    timed: int
    counted: int
    good: int
    hints: int
    best_hold_s: float
    total_hold_s: float

    @classmethod
    def of(cls, reps: Iterable[Rep]) -> Totals:
        """The totals of some reps."""
        listed = list(reps)
        held_s = [hold.seconds for rep in listed for hold in rep.holds]
        counts = {o: sum(rep.attempt.outcome == o for rep in listed) for o in OUTCOMES}
        return cls(
            **counts,
            counted=sum(rep.attempt.counts for rep in listed),
            good=sum(rep.is_good for rep in listed),
            hints=sum(fault.is_hint for rep in listed for fault in rep.faults),
            best_hold_s=max(held_s, default=0.0),
            total_hold_s=sum(held_s),
        )


@dataclass(frozen=True)
class Report:
    """All reps, and what was found that belongs to none of them.

    view: how the person was last seen, None if judging never began.
    """

    reps: tuple[Rep, ...]
    faults: tuple[Fault, ...]
    not_judged: tuple[NotJudged, ...]
    remarks: tuple[Remark, ...]
    view: View | None

    @property
    def totals(self) -> Totals:
        """All in all."""
        return Totals.of(self.reps)

    @property
    def sets(self) -> dict[int, Totals]:
        """Totals by set number."""
        numbers = dict.fromkeys(rep.set_number for rep in self.reps)
        return {n: Totals.of(rep for rep in self.reps if rep.set_number == n) for n in numbers}

    @property
    def sides(self) -> dict[Side | None, Totals]:
        """Totals by side, left first; None for reps of no side."""
        found = {rep.attempt.side for rep in self.reps}
        order: tuple[Side | None, ...] = ("left", "right", None)
        return {
            side: Totals.of(rep for rep in self.reps if rep.attempt.side == side)
            for side in order
            if side in found
        }

    def is_assumed(self, side: Side | None) -> bool:
        """Whether the side of any rep of this side is taken for granted rather than seen."""
        return any(rep.attempt.side_assumed for rep in self.reps if rep.attempt.side == side)

    @property
    def why_never_judged(self) -> Reason | None:
        """Why judging never began, None if it did."""
        return next((item.reason for item in self.not_judged if item.what == "recording"), None)

    def as_json(self) -> dict[str, Any]:
        """The totals as JSON values."""
        return {
            **asdict(self.totals),
            "sets": {str(number): asdict(totals) for number, totals in self.sets.items()},
            "sides": {side or "none": asdict(totals) for side, totals in self.sides.items()},
        }


class Tally:
    """The fold of what one judge reports, an event at a time: `report` is what it came to so far.

    What is found in an attempt may be reported before the attempt has ended, or after it.
    """

    def __init__(self) -> None:
        self._reps: dict[int, Rep] = {}
        self._loose: list[Finding] = []
        self._remarks: list[Remark] = []
        self._view: View | None = None

    def take(self, events: Iterable[Event]) -> None:
        """Take what was reported next."""
        for event in events:
            match event:
                case Attempt():
                    self._close(event)
                case Fault() | Hold() | NotJudged():
                    self._note(event)
                case Remark():
                    self._remarks.append(event)
                case Started():
                    self._view = event.view

    def _close(self, attempt: Attempt) -> None:
        before = next(reversed(self._reps.values()), None)
        number = 1
        if before:
            number = before.set_number + begins_set(attempt, before.attempt)
        own = [found for found in self._loose if found.attempt == attempt.number]
        self._loose = [found for found in self._loose if found.attempt != attempt.number]
        self._reps[attempt.number] = reduce(Rep.having, own, Rep(attempt, number))

    def _note(self, found: Finding) -> None:
        if found.attempt is not None and (rep := self._reps.get(found.attempt)):
            self._reps[found.attempt] = rep.having(found)
        else:
            self._loose.append(found)

    @property
    def reps(self) -> tuple[Rep, ...]:
        """The attempts that have ended so far, in the order in which they began."""
        return tuple(sorted(self._reps.values(), key=lambda rep: rep.attempt.start_s))

    def rep(self, number: int) -> Rep:
        """One of them, by the number of its attempt."""
        return self._reps[number]

    @property
    def report(self) -> Report:
        """All that was reported so far."""
        return Report(
            reps=self.reps,
            faults=tuple(e for e in self._loose if isinstance(e, Fault)),
            not_judged=tuple(e for e in self._loose if isinstance(e, NotJudged)),
            remarks=tuple(self._remarks),
            view=self._view,
        )


def fold(events: Iterable[Event]) -> Report:
    """Gather events into a report."""
    tally = Tally()
    tally.take(events)
    return tally.report


def begins_set(attempt: Attempt, before: Attempt) -> bool:
    """Whether the pause since the attempt before it makes an attempt the first of another set."""
    return attempt.start_s - before.t_s > SET_GAP_S
