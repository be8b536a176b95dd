"""The tier of sets whose people did not prepare for being judged, by what they did not care for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

import numpy as np

from accuracy.card import Row, Share, row
from accuracy.score import SetScore
from formcheck.exercises.catalog import find_spec
from sample_videos.generator.unprepared import Unprepared

Exercises = Mapping[str, Mapping[str, Row]]

TITLE = "Unprepared: sets without pixels of people who did not prepare for it"

WAYS: dict[Unprepared, str] = {
    "no_pause": "starts without a pause",
    "cut_off": "cut off within a rep, at both ends",
    "joined": "reps joined without a rest",
    "high": "camera too high",
    "low": "camera on the floor",
    "oblique": "camera as oblique as allowed",
    "before_after": "something else before and after",
}

_HEAD = (
    "| | sets | not judged, and why | counts exact, of those judged | exact, of all "
    "| reps too many | reps missed | cut-off reps told as such | sets warned of a fault "
    "| hold error s (mean) |\n|---|---|---|---|---|---|---|---|---|---|\n"
)


def section(exercises: Exercises) -> str:
    """All of the tier as Markdown."""
    counted = {e: kinds for e, kinds in exercises.items() if find_spec(e).mode != "guided"}
    pooled = {
        title: row(s for kinds in counted.values() if way in kinds for s in kinds[way].scores)
        for way, title in WAYS.items()
    }
    pooled["all"] = row(score for one in pooled.values() for score in one.scores)
    lines = [_line(title, one) for title, one in pooled.items()]
    return "\n\n".join([
        f"## {TITLE}",
        f"### By what is unprepared, of {len(counted)} exercises that are counted or timed",
        _HEAD + "\n".join(lines),
        "### By exercise: sets exact, of three",
        _by_exercise(exercises),
    ])  # fmt: skip


def _line(title: str, one: Row) -> str:
    errors_s = np.abs(one.hold_errors_s)
    cut = Share(sum(s.cut_off for s in one.scores), sum(s.cut_off_due for s in one.scores))
    cells = [
        title, str(len(one.scores)), _refusals(one), _of(one.exact),
        _of(Share(one.exact.hits, len(one.scores))),
        _reps(one, lambda s: s.counted - s.due), _reps(one, lambda s: s.due - s.counted),
        _of(cut) if cut.cases else "-",
        str(sum(any(told.false_alarms for told in s.faults.values()) for s in one.judged)),
        f"{errors_s.mean():.2f}" if len(errors_s) else "-",
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _of(share: Share) -> str:
    return f"{share.hits} of {share.cases} ({100 * share.value:.0f} %)" if share.cases else "-"


def _reps(one: Row, off: Callable[[SetScore], int]) -> str:
    reps = [off(score) for score in one.judged if off(score) > 0]
    return f"{sum(reps)} in {len(reps)} set{'s' * (len(reps) > 1)}" if reps else "0"


def _refusals(one: Row) -> str:
    whys = Counter(
        score.refused or "a rep could not be judged"
        for score in one.scores
        if score.column == "not judged"
    )
    told = "; ".join(f"{why} {n}" for why, n in whys.most_common())
    return f"{whys.total()}: {told}" if whys else "0"


def _by_exercise(exercises: Exercises) -> str:
    head = f"| exercise | {' | '.join(WAYS.values())} |\n|{'---|' * (len(WAYS) + 1)}\n"
    lines = [
        [find_spec(exercise).title, *(_cell(kinds[way]) if way in kinds else "-" for way in WAYS)]
        for exercise, kinds in exercises.items()
    ]
    return head + "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _cell(one: Row) -> str:
    """Such as "1, not judged 1, wrong 1 (+2)"."""
    parts = [str(one.exact.hits)]
    if one.not_judged.hits:
        parts.append(f"not judged {one.not_judged.hits}")
    if wrong := [s.counted - s.due for s in one.judged if s.counted != s.due]:
        parts.append(f"wrong {len(wrong)} ({', '.join(f'{off:+d}' for off in wrong)})")
    return ", ".join(parts)
