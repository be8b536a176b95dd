"""What a session came to, as the page shows it at the end: JSON values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from formcheck.coaching.course import Flow
from formcheck.running.writing_up import Part
from formcheck.words import screen


def summary_values(flow: Flow, parts: Sequence[Part]) -> dict[str, Any]:
    """The sets as they were counted, what to correct, and the longest hold."""
    spec, done = flow.plan.spec, sum(one.done for one in flow.sets)
    return {
        "type": "summary",
        "title": screen.came_to(spec, done, sum(one.totals.short_hold for one in flow.sets)),
        "sets": [
            {"done": one.done, "good": one.totals.good, "tries": len(one.reps)} for one in flow.sets
        ],
        "to_correct": screen.to_correct(_reps_by_cue(parts)),
        "nothing_to_correct": screen.nothing_to_correct(done),
        "best_hold_s": _best_hold_s(flow, parts),
    }


def _reps_by_cue(parts: Sequence[Part]) -> dict[str, int]:
    """What to correct, and in how many reps."""
    reps = [rep for part in parts for rep in part.report.reps]
    return dict(Counter(cue for rep in reps for cue in {fault.cue for fault in rep.faults}))


def _best_hold_s(flow: Flow, parts: Sequence[Part]) -> float:
    """The longest hold, 0 where none was asked for."""
    if flow.rounds or not flow.plan.dose.asks_hold:
        return 0.0
    return max((part.report.totals.best_hold_s for part in parts), default=0.0)
