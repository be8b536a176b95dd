"""Scoring one judged set against its script.

Of a cycle of poses, as many make one rep; a guided hold has no reps to count.
A scripted rep and a judged attempt belong together where they overlap in time the most. What the
script asked for is the truth of counts and faults; the truth of a hold is what the same spec finds
on the true joints, since only the spec says where a hold begins.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from formcheck.records.report import Rep, Report
from formcheck.words.reasons import why

REACHED = ("good", "short_hold", "fault")
"""Kinds of scripted reps that are to be counted."""


@dataclass(frozen=True)
class Due:
    """A scripted rep: its kind, faults and time; true_hold_s is NaN where none is known."""

    kind: str
    faults: frozenset[str]
    start_s: float
    end_s: float
    true_hold_s: float = math.nan
    pose: str = ""
    is_guided: bool = False

    @property
    def counts(self) -> bool:
        """Whether it is to be counted."""
        return self.kind in REACHED and not self.is_guided


@dataclass(frozen=True)
class Tally:
    """How often a fault was injected and told, told but not injected, injected but not told."""

    hits: int = 0
    false_alarms: int = 0
    misses: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            self.hits + other.hits,
            self.false_alarms + other.false_alarms,
            self.misses + other.misses,
        )


@dataclass(frozen=True)
class SetScore:
    """One set: what was counted of what, its holds, and its faults by id.

    refused: why nothing was judged; empty if it was. unjudged: attempts not judged. cut_off: how
    many of the reps that the recording cuts off, cut_off_due, are told as such.
    """

    counted: int
    due: int
    refused: str = ""
    unjudged: int = 0
    hold_errors_s: tuple[float, ...] = ()
    faults: dict[str, Tally] = field(default_factory=dict)
    cut_off: int = 0
    cut_off_due: int = 0

    @property
    def column(self) -> str:
        """exact, wrong, or not judged (docs/design.md)."""
        if self.refused or (self.counted != self.due and self.unjudged):
            return "not judged"
        return "exact" if self.counted == self.due else "wrong"


def dues(
    scripted: Sequence[dict[str, Any]], true: Sequence[Rep], *, is_guided: bool = False
) -> list[Due]:
    """The scripted reps (`truth.script_of`), each with the hold that its true joints show.

    true: the reps judged of the true joints; none where no hold is asked.
    """
    spans = [(rep["rise_start_s"], rep["lowered_s"]) for rep in scripted]
    return [
        Due(
            kind=rep["kind"],
            faults=frozenset(rep["faults"]),
            start_s=start_s,
            end_s=end_s,
            true_hold_s=judged.attempt.hold_s if judged else math.nan,
            pose=rep.get("pose", ""),
            is_guided=is_guided,
        )
        for rep, (start_s, end_s), judged in zip(scripted, spans, matched(spans, true), strict=True)
    ]


def matched(spans: Sequence[tuple[float, float]], reps: Sequence[Rep]) -> list[Rep | None]:
    """The rep that overlaps each span the most, None where none does; no rep twice."""
    left = list(reps)
    found: list[Rep | None] = []
    for span in spans:
        best = max(left, key=lambda rep: _overlap_s(span, rep), default=None)
        if best is None or _overlap_s(span, best) <= 0:
            found.append(None)
        else:
            left.remove(best)
            found.append(best)
    return found


def _overlap_s(span: tuple[float, float], rep: Rep) -> float:
    return min(span[1], rep.attempt.t_s) - max(span[0], rep.attempt.start_s)


def score(
    due: Sequence[Due], report: Report, *, tellable: frozenset[str], lasting: frozenset[str]
) -> SetScore:
    """Hold a judged set against its script.

    tellable: the faults that the spec can tell from this view. lasting: those injected into the
    whole set rather than into one rep; telling one anywhere in the set is a hit.
    """
    poses = {rep.pose for rep in due}
    wanted = sum(rep.counts for rep in due) // len(poses) if due else 0
    cut = [rep.kind == "cut_off" and not rep.is_guided for rep in due]
    if report.why_never_judged:
        refused = why(report.why_never_judged)
        return SetScore(0, wanted, refused=refused, cut_off_due=sum(cut))
    judged = matched([(rep.start_s, rep.end_s) for rep in due], report.reps)
    errors = [
        rep.attempt.hold_s - scripted.true_hold_s
        for scripted, rep in zip(due, judged, strict=True)
        if rep and rep.attempt.is_reached and scripted.counts and _is_held(rep, scripted)
    ]
    return SetScore(
        counted=report.totals.counted,
        due=wanted,
        unjudged=report.totals.not_judged,
        hold_errors_s=tuple(errors),
        faults=_tallies(due, judged, report, tellable=tellable, lasting=lasting & tellable),
        cut_off=sum(rep.attempt.outcome == "cut_off" for rep in compress(judged, cut) if rep),
        cut_off_due=sum(cut),
    )


def _is_held(rep: Rep, scripted: Due) -> bool:
    return rep.attempt.hold_asked_s > 0 and scripted.true_hold_s > 0


def _tallies(
    due: Sequence[Due],
    judged: Sequence[Rep | None],
    report: Report,
    *,
    tellable: frozenset[str],
    lasting: frozenset[str],
) -> dict[str, Tally]:
    """Of every fault, how often it was rightly told, wrongly told and left out."""
    injected: Counter[tuple[int, str]] = Counter()
    told: Counter[tuple[int, str]] = Counter()
    for number, (scripted, rep) in enumerate(zip(due, judged, strict=True)):
        injected.update((number, fault) for fault in scripted.faults & tellable - lasting)
        told.update((number, fault) for fault in _ids(rep) - lasting)
    strangers = [rep for rep in report.reps if not any(rep is mine for mine in judged)]
    for nth, loose in enumerate([{fault.id for fault in report.faults}, *map(_ids, strangers)]):
        told.update((-1 - nth, fault) for fault in loose - lasting)
    anywhere = {fault.id for fault in report.faults}.union(*map(_ids, report.reps))
    whole_set = {(len(due), fault) for fault in lasting}
    injected.update(whole_set)
    told.update(key for key in whole_set if key[1] in anywhere)
    return _compared(injected, told, ids=tellable)


def _ids(rep: Rep | None) -> set[str]:
    return {fault.id for fault in rep.faults} if rep else set()


def _compared(
    injected: Counter[tuple[int, str]], told: Counter[tuple[int, str]], *, ids: Iterable[str]
) -> dict[str, Tally]:
    tallies = dict.fromkeys(sorted(ids), Tally())
    for key in injected | told:
        one = Tally(
            hits=int(key in injected and key in told),
            false_alarms=int(key not in injected),
            misses=int(key not in told),
        )
        tallies[key[1]] = tallies.get(key[1], Tally()) + one
    return tallies
