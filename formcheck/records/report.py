"""What a recording or a session came to: a fold over its events, so that live totals and file
totals cannot differ."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
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

SET_GAP_S = 12.0
"""A longer pause between two attempts begins another set, in every count and in recognising (ours:
in recordings of real people, pauses within a set last up to 11.7 s. Longer ones, from 15.4 s on,
had the other leg or another exercise after them, which 20 s joined to the set before)."""

OUTCOMES: tuple[Outcome, ...] = ("full", "short_hold", "partial", "not_judged", "timed")


@dataclass(frozen=True)
class Rep:
    """One attempt with all that was found in it."""

    attempt: Attempt
    set_number: int
    faults: tuple[Fault, ...]
    holds: tuple[Hold, ...]
    not_judged: tuple[NotJudged, ...]

    @property
    def is_good(self) -> bool:
        """A full rep without a fault to correct; what is only worth knowing does not spoil it."""
        return self.attempt.outcome == "full" and all(f.severity == "info" for f in self.faults)


@dataclass(frozen=True)
class Totals:
    """What came together on one side, or in one set, or in all.

    timed: guided holds, timed and not measured. good: full reps without a fault to mend. hints:
    findings that are only worth knowing. counted: whole reps, full or held too short.
    """

    full: int
    short_hold: int
    partial: int
    not_judged: int
    timed: int
    counted: int
    good: int
    hints: int
    best_hold_s: float
    total_hold_s: float


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
        return _totals(self.reps)

    @property
    def sets(self) -> dict[int, Totals]:
        """Totals by set number."""
        numbers = dict.fromkeys(rep.set_number for rep in self.reps)
        return {n: _totals(rep for rep in self.reps if rep.set_number == n) for n in numbers}

    @property
    def sides(self) -> dict[Side | None, Totals]:
        """Totals by side, left first; None for reps of no side."""
        found = {rep.attempt.side for rep in self.reps}
        order: tuple[Side | None, ...] = ("left", "right", None)
        return {
            side: _totals(rep for rep in self.reps if rep.attempt.side == side)
            for side in order
            if side in found
        }

    def is_assumed(self, side: Side | None) -> bool:
        """Whether the side of any rep of this side is taken for granted rather than seen."""
        return any(rep.attempt.side_assumed for rep in self.reps if rep.attempt.side == side)

    @property
    def why_never_judged(self) -> str:
        """Why judging never began, empty if it did."""
        return next((item.reason for item in self.not_judged if item.what == "recording"), "")

    def as_json(self) -> dict[str, Any]:
        """The totals as JSON values."""
        return {
            **asdict(self.totals),
            "sets": {str(number): asdict(totals) for number, totals in self.sets.items()},
            "sides": {side or "none": asdict(totals) for side, totals in self.sides.items()},
        }


def fold(events: Iterable[Event]) -> Report:
    """Gather events into a report."""
    told = list(events)
    attempts = [e for e in told if isinstance(e, Attempt)]
    faults = [e for e in told if isinstance(e, Fault)]
    holds = [e for e in told if isinstance(e, Hold)]
    unjudged = [e for e in told if isinstance(e, NotJudged)]
    numbers = {attempt.number for attempt in attempts}
    return Report(
        reps=tuple(
            Rep(
                attempt=attempt,
                set_number=set_number,
                faults=tuple(f for f in faults if f.attempt == attempt.number),
                holds=tuple(h for h in holds if h.attempt == attempt.number),
                not_judged=tuple(n for n in unjudged if n.attempt == attempt.number),
            )
            for attempt, set_number in zip(attempts, _set_numbers(attempts), strict=True)
        ),
        faults=tuple(f for f in faults if f.attempt not in numbers),
        not_judged=tuple(n for n in unjudged if n.attempt not in numbers),
        remarks=tuple(e for e in told if isinstance(e, Remark)),
        view=next((e.view for e in reversed(told) if isinstance(e, Started)), None),
    )


def begins_set(attempt: Attempt, before: Attempt) -> bool:
    """Whether the pause since the attempt before it makes an attempt the first of another set."""
    return attempt.start_s - before.t_s > SET_GAP_S


def _set_numbers(attempts: list[Attempt]) -> list[int]:
    numbers: list[int] = []
    for i, attempt in enumerate(attempts):
        is_first = i > 0 and begins_set(attempt, attempts[i - 1])
        numbers.append((numbers[-1] if i else 1) + is_first)
    return numbers


def _totals(reps: Iterable[Rep]) -> Totals:
    listed = list(reps)
    held = [hold.seconds for rep in listed for hold in rep.holds]
    counts = {o: sum(rep.attempt.outcome == o for rep in listed) for o in OUTCOMES}
    return Totals(
        **counts,
        counted=sum(rep.attempt.counts for rep in listed),
        good=sum(rep.is_good for rep in listed),
        hints=sum(fault.severity == "info" for rep in listed for fault in rep.faults),
        best_hold_s=max(held, default=0.0),
        total_hold_s=sum(held),
    )
