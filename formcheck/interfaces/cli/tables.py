"""What the command line prints, as rich tables and texts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from formcheck.errors import FormcheckError
from formcheck.exercises.guides import documents
from formcheck.exercises.model import ExerciseSpec
from formcheck.exercises.thresholds import fault_numbers, levels
from formcheck.interfaces.cli.doctor import Finding
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.movement import ATTEMPT_MEASURES
from formcheck.records.events import Attempt, Check, Discarded, Event
from formcheck.records.frames import SourceInfo
from formcheck.records.report import Rep, Report, Totals
from formcheck.running.recording import Task
from formcheck.words import conditions, reasons, terms

_STYLE = {
    "full": "green", "short_hold": "yellow", "partial": "yellow", "cut_off": "dim",
    "not_judged": "dim",
    "timed": "cyan",
}  # fmt: skip


def _table(*columns: str, title: str = "") -> Table:
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False)
    for i, column in enumerate(columns):
        table.add_column(column, overflow="fold", no_wrap=i == 0)
    return table


# --- a verdict --------------------------------------------------------------------------------


def verdict(report: Report, task: Task, info: SourceInfo) -> Iterator[RenderableType]:
    """What a recording came to."""
    title = f"{task.spec.title}: {info.name}"
    asked = f"asked: {task.dose_in_words()} ({terms.source(task.dose.source)})"
    yield Text(f"{title}\n{asked}", style="bold")
    if task.dose.note:
        yield Text(task.dose.note, style="dim")
    asks_hold = task.dose.asks_hold
    for number, totals in report.sets.items():
        yield Text(f"Set {number}: {_in_words(totals, asks_hold=asks_hold)}")
    if None not in report.sides:
        for side, totals in report.sides.items():
            name = terms.sentence(terms.side(side, assumed=report.is_assumed(side)))
            yield Text(f"{name}: {_in_words(totals, asks_hold=asks_hold)}")
    if report.reps:
        yield _reps(report.reps)
    elif not report.why_never_judged:
        yield Text("No rep was seen")
    yield from _remarks(report, task.spec, info)


def _in_words(totals: Totals, *, asks_hold: bool) -> str:
    parts = [f"{totals.counted} counted"]
    if totals.short_hold:
        parts.append(f"{totals.short_hold} of them held too short")
    for name in ("partial", "cut_off", "not_judged", "timed"):
        if found := getattr(totals, name):
            parts.append(f"{found} {name.replace('_', ' ')}")
    parts.append(f"{totals.good} without fault to mend")
    if totals.hints:
        parts.append(terms.count(totals.hints, "hint"))
    if asks_hold and totals.best_hold_s:
        parts.append(f"best hold {totals.best_hold_s:.1f} s, {totals.total_hold_s:.1f} s in all")
    return ", ".join(parts)


def _reps(reps: Iterable[Rep]) -> Table:
    """A line for each attempt; a column that says nothing of any of them is left out."""
    rows = [_row(rep) for rep in reps]
    said = [name for name in rows[0] if any(str(row[name]) for row in rows)]
    table = _table(*said)
    for row in rows:
        table.add_row(*(row[name] for name in said))
    return table


def _row(rep: Rep) -> dict[str, RenderableType]:
    attempt = rep.attempt
    return {
        "rep": str(attempt.number),
        "verdict": Text(terms.OUTCOMES[attempt.outcome].lower(), style=_STYLE[attempt.outcome]),
        "side": terms.side(attempt.side, assumed=attempt.side_assumed),
        "pose": attempt.pose,
        "at": f"{terms.clock(attempt.start_s)}-{terms.clock(attempt.t_s)}",
        "hold": _hold(attempt),
        "peak": terms.value(attempt.peak, attempt.unit),
        "what to mend": "\n".join(_what_to_mend(rep)),
    }


def _hold(attempt: Attempt) -> str:
    if not attempt.hold_asked_s:
        return ""
    return f"{attempt.hold_s:.1f} of {attempt.hold_asked_s:g} s"


def _what_to_mend(rep: Rep) -> Iterator[str]:
    if rep.attempt.reason:
        yield reasons.why(rep.attempt.reason)
    for fault in rep.faults:
        value = terms.value(fault.value, fault.unit)
        hint = " (hint)" if fault.is_hint else ""
        yield f"{terms.clock(fault.t_s)} {fault.id}{hint}: {fault.cue} ({value})"
    for item in rep.not_judged:
        yield f"not judged: {reasons.what(item)} ({reasons.why(item.reason)})"


def _remarks(report: Report, spec: ExerciseSpec, info: SourceInfo) -> Iterator[RenderableType]:
    for fault in report.faults:
        yield Text(f"{terms.clock(fault.t_s)} {fault.id}: {fault.cue}")
    for remark in report.remarks:
        yield Text(terms.sentence(reasons.remark(remark)))
    unjudged: dict[str, list[str]] = {}
    for item in report.not_judged:
        unjudged.setdefault(reasons.not_judged(item, spec), []).append(reasons.what(item))
    for why, whats in unjudged.items():
        yield Text(f"Not judged: {', '.join(whats)} ({why})", style="dim")
    for note in info.notes:
        yield Text(f"Note: {note}", style="dim")


# --- an explanation -----------------------------------------------------------------------------


def numbered(report: Report, events: Iterable[Event], number: int) -> Rep:
    """The attempt of a number.

    Raises:
        FormcheckError: there is none.
    """
    found = [rep for rep in report.reps if rep.attempt.number == number]
    if not found:
        known = len(report.reps)
        advice = f"give {_one_of(known)}" if known else "leave out --explain to see what was seen"
        raise FormcheckError(
            f"there is no rep {number}; the recording has {known or 'none'} "
            f"(and {_discarded(events)} movements too small to be one); {advice}"
        )
    return found[0]


def _one_of(count: int) -> str:
    return "1" if count == 1 else f"1 to {count}"


def explanation(rep: Rep) -> Iterator[RenderableType]:
    """Why an attempt was or was not counted: the values, the levels, the moments."""
    attempt = rep.attempt
    counted = "counted" if attempt.counts else "not counted"
    reason = f": {reasons.why(attempt.reason)}" if attempt.reason else ""
    outcome = terms.OUTCOMES[attempt.outcome].lower()
    yield Text(f"Rep {attempt.number} is {outcome}, so {counted}{reason}", style="bold")
    table = _table("level", "asked", "limit", "best value", "met", "at")
    for check in attempt.checks:
        table.add_row(*_check(check))
    yield table
    for line in _what_to_mend(rep):
        yield Text(line)


def _discarded(events: Iterable[Event]) -> int:
    return sum(isinstance(event, Discarded) for event in events)


def _check(check: Check) -> tuple[str, ...]:
    met = {True: "yes", False: "no", None: "not seen"}[check.met]
    at = "" if check.at_s is None else terms.clock(check.at_s)
    limit = terms.value(check.bound.limit, check.bound.unit)
    value = "" if math.isnan(check.value) else terms.value(check.value, check.bound.unit)
    return check.level, check.text or conditions.asked(check), limit, value, met, at


# --- exercises ----------------------------------------------------------------------------------


def exercises(specs: Iterable[ExerciseSpec]) -> Table:
    """All exercises, a line each."""
    table = _table("exercise", "title", "judged", "camera", "mode")
    for spec in specs:
        table.add_row(spec.id, spec.title, spec.rating, spec.camera, terms.mode(spec))
    return table


def exercise(spec: ExerciseSpec) -> Iterator[RenderableType]:
    """One exercise, whole."""
    yield Text(f"{spec.title} ({spec.id}), {spec.rating}", style="bold")
    yield Text(f"{spec.start.say}\n{spec.place}")
    unseen = "; the position is timed, what is done in it is not seen"
    yield Text(f"Mode: {terms.mode(spec)}{unseen if spec.mode == 'guided' else ''}")
    yield _watched(spec)
    yield _levels(spec)
    yield _faults(spec)
    yield _doses(spec)
    yield _limits(spec)
    yield _documents(spec)


def _watched(spec: ExerciseSpec) -> Table:
    table = _table("measure", "unit", "what it is", title="\nWhat it watches")
    names = dict.fromkeys(signal.name for signal in spec.signals())
    for name in names:
        found = REGISTRY.get(name) or ATTEMPT_MEASURES[name]
        table.add_row(name, found.unit, found.meaning)
    return table


def _levels(spec: ExerciseSpec) -> Table:
    title = "\nThe hold" if spec.is_timed else "\nA rep"
    table = _table("level", "condition", "rests on", title=title)
    for level in levels(spec):
        table.add_row(level.name, level.condition, terms.source(level.number))
    return table


def _faults(spec: ExerciseSpec) -> Table:
    table = _table("fault", "when", "cue", "rule", "number", title="\nFaults")
    for rule, threshold in fault_numbers(spec):
        origins = (terms.source(rule.rule), terms.source(threshold.number))
        table.add_row(threshold.name, threshold.condition, rule.cue, *origins)
    return table


def _doses(spec: ExerciseSpec) -> Table:
    table = _table("dose", "asked", "rests on", "note", title="\nDoses")
    for dose in spec.dose:
        asked = Task(spec, dose).dose_in_words()
        variant = f" [{dose.variant}]" if dose.variant else ""
        table.add_row(dose.id, Text(asked + variant), terms.source(dose.source), dose.note)
    return table


def _limits(spec: ExerciseSpec) -> Table:
    table = _table("what", "why", title="\nWhat the camera cannot see")
    for limit in spec.not_measured:
        table.add_row(limit.what, limit.why)
    return table


def _documents(spec: ExerciseSpec) -> Table:
    table = _table("document", "title", "calls it", title="\nDocuments")
    for doc_id, name in spec.names.items():
        table.add_row(doc_id, documents()[doc_id].title, name)
    return table


# --- the doctor ---------------------------------------------------------------------------------


def findings(found: Iterable[Finding]) -> Table:
    """What the doctor found."""
    marks = {True: Text("ok", "green"), False: Text("FAILS", "red"), None: Text("note", "yellow")}
    table = _table("", "what", "found", "what to do")
    for finding in found:
        table.add_row(marks[finding.ok], finding.name, finding.text, finding.remedy)
    return table
