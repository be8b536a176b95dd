"""The committed sample videos through the real pose model, held against their true joints."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from accuracy.judging import report_of
from accuracy.pixels import tracked
from accuracy.recognition import recognised
from formcheck.records.report import Report
from formcheck.words.reasons import why
from sample_videos.expected import clips, task_of, true_report

HOLD_S = 0.3
"""How far a hold may be off (docs/design.md)."""

Attempts = list[tuple[str, str | None, tuple[str, ...]]]


def attempts(report: Report) -> Attempts:
    """Outcome, side and faults of each attempt."""
    return [
        (rep.attempt.outcome, rep.attempt.side, tuple(sorted(fault.id for fault in rep.faults)))
        for rep in report.reps
    ]


def differences(clip: Path) -> Iterator[str]:
    """In what the judgement of a film differs from that of its true joints, in words."""
    task = task_of(clip)
    seen, true = report_of(tracked(clip, task.spec), task), true_report(clip)
    if seen.why_never_judged:
        yield f"not judged: {why(seen.why_never_judged)}"
        return
    if attempts(seen) != attempts(true):
        yield f"seen {attempts(seen)}, true {attempts(true)}"
        return
    for one, due in zip(seen.reps, true.reps, strict=True):
        off_s = one.attempt.hold_s - due.attempt.hold_s
        if task.dose.hold_s and abs(off_s) > HOLD_S:
            yield f"attempt {one.attempt.number}: hold off by {off_s:+.2f} s"


def misrecognised(clip: Path) -> Iterator[str]:
    """What a film is taken for, in words, if it is not what is done in it or its twin."""
    told, sureness = recognised(tracked(clip, None))
    if task_of(clip).spec.id not in told:
        yield f"recognised as {' or '.join(told)} {sureness}".strip()


def all_differences() -> Iterator[tuple[str, list[str], list[str]]]:
    """Every sample video with what is different in it, and what it is wrongly taken for."""
    for clip in clips():
        yield clip.stem, list(differences(clip)), list(misrecognised(clip))
