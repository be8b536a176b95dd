"""Recordings of real people, judged from their pose tracks and scored strictly.

A count is exact only if full and short-held reps are as many as were seen by eye: nothing is
allowed for a first rep, and a refusal is a failure. Where nobody completes a rep, or the exercise
is one hold, the best hold decides.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Literal

from accuracy.real_cases import PIECES, Case, Piece
from formcheck.exercises.catalog import find_spec
from formcheck.records.events import Attempt, Discarded, Event, Hold, NotJudged
from formcheck.records.report import Rep, fold
from formcheck.running.recording import Task, judge
from formcheck.words.reasons import why

RESULTS = Path(__file__).parent / "real.json"
"""What the last run found; the card is written from it."""

HOLD_S, HOLD_SHARE = 1.0, 0.15
"""How far the best hold may be from the one seen by eye, whichever is more."""

WITHIN_S = 2.0
"""How much longer a hold within a movement may be: its levels lie outside the very top, where
alone the eye sees a hold."""

Column = Literal["exact", "off by one", "wrong", "not judged"]
COLUMNS: tuple[Column, ...] = ("exact", "off by one", "wrong", "not judged")
"""From best to worst; not judged is a failure as wrong is, and says nothing false."""


@dataclass(frozen=True)
class Found:
    """What came of one case.

    reps, hold_s: by eye. counted: full and short-held reps. full: of these, held long enough.
    good: full ones without a warning. warned: attempts with a warning. outside: counted outside
    every labelled range, of a whole recording. why: the reasons for what was not counted.
    """

    piece: Piece
    source: str
    name: str
    kind: str
    exercise: str
    reps: int
    hold_s: float
    is_timed: bool
    seems_clean: bool
    counted: int = 0
    full: int = 0
    partial: int = 0
    good: int = 0
    flagged: int = 0
    warned: tuple[str, ...] = ()
    held_s: float = 0.0
    outside: int = 0
    why: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells it from every other case."""
        return self.piece, self.name, self.exercise

    @property
    def is_other(self) -> bool:
        """Whether something else is done than what it was judged as: its column says nothing."""
        return self.piece != "ranges" and self.reps == 0

    @property
    def attempts(self) -> int:
        """Everything that was judged: full, short-held and partial."""
        return self.counted + self.partial

    @property
    def is_judged(self) -> bool:
        """Whether anything was judged."""
        return self.attempts > 0 or self.held_s > 0

    @property
    def too_many(self) -> int:
        """Reps counted that were not done."""
        is_own_hold = self.is_timed and not self.is_other
        return 0 if is_own_hold else max(0, self.counted - self.reps)

    @property
    def column(self) -> Column:
        """How the count, or the hold, compares with what was seen by eye."""
        if not self.is_judged:
            return "not judged"
        off = 0 if self.is_timed else abs(self.counted - self.reps)
        if off == 0:
            return "exact" if self.reps or self._hold_fits else "wrong"
        return "off by one" if off == 1 else "wrong"

    @property
    def is_count_right(self) -> bool:
        """Whether it was judged and the count alone is right, whatever was held."""
        if self.is_timed:
            return self.column == "exact"
        return self.is_judged and self.counted == self.reps

    @property
    def _hold_fits(self) -> bool:
        allowed_s = max(HOLD_S, HOLD_SHARE * self.hold_s)
        longer_s = allowed_s if self.is_timed else max(allowed_s, WITHIN_S)
        return -allowed_s <= self.held_s - self.hold_s <= longer_s


def found_in(case: Case) -> Found:
    """Judge one case."""
    spec = find_spec(case.exercise)
    events = judge(case.poses(), Task(spec, spec.dose_by_id(None)))
    return _scored(case, events)


def _scored(case: Case, events: Sequence[Event]) -> Found:
    reps = fold(events).reps
    counted = [rep for rep in reps if rep.attempt.counts]
    flagged = [rep for rep in reps if rep.attempt.outcome == "partial" or _warnings(rep)]
    return _of(
        case,
        counted=len(counted),
        full=sum(rep.attempt.outcome == "full" for rep in counted),
        partial=sum(rep.attempt.outcome == "partial" for rep in reps),
        good=sum(rep not in flagged for rep in counted),
        flagged=len(flagged),
        warned=tuple(fault for rep in reps for fault in _warnings(rep)),
        held_s=round(_best_hold_s(events), 2),
        outside=sum(not case.is_labelled(rep.attempt.top_s) for rep in counted),
        why="" if case.is_other and not counted else why_not(events),
    )


def _of(case: Case, **found: Any) -> Found:
    """What came of a case, with what is known of it."""
    known = {field.name for field in fields(Found)} & set(vars(case))
    return Found(is_timed=case.is_timed, **{name: getattr(case, name) for name in known}, **found)


def _warnings(rep: Rep) -> tuple[str, ...]:
    return tuple(fault.id for fault in rep.faults if fault.severity != "info")


def _best_hold_s(events: Iterable[Event]) -> float:
    holds = (e.hold_s if isinstance(e, Attempt) else e.seconds for e in events
             if isinstance(e, Attempt | Hold))  # fmt: skip
    return max(holds, default=0.0)


def why_not(events: Sequence[Event]) -> str:
    """Why something was not judged, or not counted; the commonest reason first."""
    reasons = Counter(reason.split("; ")[0] for reason in _reasons(events))
    if reasons or any(isinstance(event, Attempt) for event in events):
        return "; ".join(f"{one} ({n})" if n > 1 else one for one, n in reasons.most_common())
    return "judging began, and no attempt was seen"


def _reasons(events: Iterable[Event]) -> Iterator[str]:
    for event in events:
        match event:
            case NotJudged(what="recording" | "wait", reason=reason):
                yield why(reason)
            case Attempt(is_reached=False, reason=reason) | Discarded(reason=reason):
                yield why(reason)


def run(pieces: Iterable[Piece] = (), *, workers: int = 1) -> list[Found]:
    """Judge some pieces anew, or all, and keep what was found beside what is kept of the others."""
    wanted = list(pieces) or list(PIECES)
    cases = [case for piece in wanted for case in PIECES[piece]()]
    found = _all_found(sorted(cases, key=lambda case: case.track), workers)
    others = [one for one in kept() if one.piece not in wanted]
    order = list(PIECES)
    told = sorted([*others, *found], key=lambda one: (order.index(one.piece), one.key))
    _keep(told)
    return told


def _all_found(cases: list[Case], workers: int) -> list[Found]:
    if workers == 1:
        return [found_in(case) for case in cases]
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        return list(pool.map(found_in, cases, chunksize=8))


def _keep(found: Iterable[Found]) -> None:
    """One line a case, without what is as it would be anyway."""
    lines = (json.dumps(_plain(one)) for one in found)
    RESULTS.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")


def _plain(one: Found) -> dict[str, Any]:
    return {f.name: value for f in fields(one) if (value := getattr(one, f.name)) != f.default}


def kept() -> list[Found]:
    """What the last run found."""
    if not RESULTS.exists():
        return []
    told = json.loads(RESULTS.read_text(encoding="utf-8"))
    return [Found(**{name: _tuple(value) for name, value in one.items()}) for one in told]


def _tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
