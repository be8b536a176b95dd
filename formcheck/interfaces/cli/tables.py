"""What the command line prints, as rich tables and texts."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from pathlib import Path
from shlex import quote

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from formcheck.errors import FormcheckError, shown
from formcheck.exercises.guides import documents
from formcheck.exercises.model import ExerciseSpec
from formcheck.exercises.thresholds import Threshold, fault_numbers, levels
from formcheck.interfaces.cli.doctor import Finding
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.movement import ATTEMPT_MEASURES
from formcheck.records.events import Attempt, Check, Discarded, Event, Fault
from formcheck.records.frames import SourceInfo
from formcheck.records.report import Rep, Report, Totals
from formcheck.running.recording import Task
from formcheck.running.recovery import Recovered
from formcheck.storage.unfinished import left_in
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


# --- what a recording came to ---------------------------------------------------------------------


def verdict(report: Report, task: Task, info: SourceInfo) -> Iterator[RenderableType]:
    """What a recording came to."""
    title = f"{task.spec.title}: {info.name}"
    target = f"target: {terms.dose(task.dose)} ({terms.source(task.dose.source)})"
    yield Text(f"{title}\n{target}", style="bold")
    if task.dose.note:
        yield Text(task.dose.note, style="dim")
    for line in terms.footage(task.footage):
        yield Text(line)
    for number, totals in report.sets.items():
        yield Text(f"Set {number}: {_in_words(totals, task)}")
    if None not in report.sides:
        for side, totals in report.sides.items():
            name = terms.sentence(terms.side(side, assumed=report.is_assumed(side)))
            yield Text(f"{name}: {_in_words(totals, task)}")
    if report.reps:
        yield _attempts(report.reps)
    elif not report.why_never_judged:
        yield Text("No rep was seen")
    yield from _remarks(report, task.spec, info)


_BESIDE_THE_COUNT = [outcome for outcome in terms.OUTCOMES if outcome not in ("full", "short_hold")]


def _in_words(totals: Totals, task: Task) -> str:
    if task.spec.mode == "guided":
        return terms.in_position(totals)
    counted = terms.count(totals.counted, "hold" if task.spec.is_timed else "rep")
    short = f" ({totals.short_hold} held too short)" if totals.short_hold else ""
    parts = [f"{counted} counted{short}"]
    for outcome in _BESIDE_THE_COUNT:
        if found := getattr(totals, outcome):
            parts.append(f"{found} {terms.OUTCOMES[outcome].lower()}")
    parts.append(f"{totals.good} with good form")
    if totals.hints:
        parts.append(terms.count(totals.hints, "hint"))
    if task.dose.asks_hold and totals.best_hold_s:
        parts.append(f"best hold {terms.seconds(totals.best_hold_s)}")
        parts.append(f"{terms.seconds(totals.total_hold_s)} held in total")
    return ", ".join(parts)


def _attempts(reps: Iterable[Rep]) -> Table:
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
        "attempt": str(attempt.number),
        "outcome": Text(terms.OUTCOMES[attempt.outcome].lower(), style=_STYLE[attempt.outcome]),
        "side": terms.side(attempt.side, assumed=attempt.side_assumed),
        "pose": attempt.pose,
        "time": terms.span(attempt.start_s, attempt.t_s),
        "hold": _hold(attempt),
        "peak": terms.value(attempt.peak, attempt.unit),
        "what to correct": "\n".join(_what_to_correct(rep)),
    }


def _hold(attempt: Attempt) -> str:
    if not attempt.hold_asked_s:
        return ""
    return f"{attempt.hold_s:.1f} of {attempt.hold_asked_s:g} s"


def _what_to_correct(rep: Rep) -> Iterator[str]:
    if rep.attempt.reason:
        yield reasons.why(rep.attempt.reason)
    yield from _findings(rep)


def _findings(rep: Rep) -> Iterator[str]:
    yield from map(_fault, rep.faults)
    for item in rep.not_judged:
        yield f"not judged: {reasons.what(item)} ({reasons.why(item.reason)})"


def _fault(fault: Fault) -> str:
    """When it was, what to do about it, and what was measured."""
    hint = "hint, " if fault.is_hint else ""
    found = terms.value(fault.value, fault.unit)
    return f"{terms.clock(fault.t_s)} {terms.with_signs(fault.cue)} ({hint}{found})"


def _remarks(report: Report, spec: ExerciseSpec, info: SourceInfo) -> Iterator[RenderableType]:
    for fault in report.faults:
        yield Text(_fault(fault))
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
        advice = f"give {_one_of(known)}" if known else "leave out --explain to see what was found"
        small = terms.count(_discarded(events), "movement")
        raise FormcheckError(
            f"there is no attempt {number}: {known or 'none'} in this recording, "
            f"and {small} too small to be one; {advice}"
        )
    return found[0]


def _one_of(count: int) -> str:
    return "1" if count == 1 else f"1 to {count}"


def explanation(rep: Rep) -> Iterator[RenderableType]:
    """Why an attempt was or was not counted: the values, the limits, the moments."""
    attempt = rep.attempt
    counted = "counted" if attempt.counts else "not counted"
    reason = f": {reasons.why(attempt.reason)}" if attempt.reason else ""
    outcome = terms.OUTCOMES[attempt.outcome].lower()
    yield Text(f"Attempt {attempt.number}: {outcome} ({counted}){reason}", style="bold")
    table = _table("what it decides", "needed", "best value", "met", "time")
    for check in attempt.checks:
        table.add_row(*_check(check))
    yield table
    yield from map(Text, _findings(rep))


def _discarded(events: Iterable[Event]) -> int:
    return sum(isinstance(event, Discarded) for event in events)


def _check(check: Check) -> tuple[str, ...]:
    met = {True: "yes", False: "no", None: "not seen"}[check.met]
    at = "" if check.at_s is None else terms.clock(check.at_s)
    value = "" if math.isnan(check.value) else terms.value(check.value, check.bound.unit)
    return conditions.LEVELS[check.level], conditions.asked(check), value, met, at


# --- exercises ----------------------------------------------------------------------------------


def exercises(specs: Iterable[ExerciseSpec]) -> Table:
    """All exercises, a line each."""
    table = _table("id", "exercise", "judged", "camera", "how it is done")
    for spec in specs:
        table.add_row(spec.id, spec.title, spec.rating, spec.camera, terms.mode(spec))
    return table


def exercise(spec: ExerciseSpec) -> Iterator[RenderableType]:
    """One exercise, whole."""
    yield Text(f"{spec.title} ({spec.id}), {spec.rating}", style="bold")
    yield Text(f"{spec.start.say}\n{terms.prose(spec.place)}")
    unseen = "; the position is timed, what is done in it is not seen"
    yield Text(f"How it is done: {terms.mode(spec)}{unseen if spec.mode == 'guided' else ''}")
    yield _watched(spec)
    yield _levels(spec)
    yield _faults(spec)
    yield _doses(spec)
    yield _limits(spec)
    yield _documents(spec)


def _watched(spec: ExerciseSpec) -> Table:
    table = _table("measure", "unit", "what it is", title="\nWhat is measured")
    for name in dict.fromkeys(signal.name for signal in spec.signals()):
        found = REGISTRY.get(name) or ATTEMPT_MEASURES[name]
        unit, meaning = terms.unit_name(found.unit), terms.prose(found.meaning)
        table.add_row(conditions.title(name), unit, meaning)
    return table


def _levels(spec: ExerciseSpec) -> Table:
    title = "\nThe hold" if spec.is_timed else "\nA rep"
    table = _table("what it decides", "condition", "source", title=title)
    for level in levels(spec):
        name = f"{conditions.LEVELS[level.id]}{_of_variant(level)}"
        table.add_row(name, conditions.written(level.clauses, join=level.join), _source(level))
    return table


def _faults(spec: ExerciseSpec) -> Table:
    table = _table("fault", "reported if", "cue", "source", "limit", title="\nFaults")
    for rule, threshold in fault_numbers(spec):
        name = f"{terms.name(rule.id)}{_of_variant(threshold)}"
        views = f", seen from the {threshold.views}" if threshold.views else ""
        found = conditions.written(threshold.clauses, join=threshold.join)
        when = f"{found} {conditions.DURING[rule.during]}{views}"
        table.add_row(name, when, rule.cue, terms.source(rule.rule), _source(threshold))
    return table


def _of_variant(threshold: Threshold) -> str:
    return f" ({terms.name(threshold.variant)})" if threshold.variant else ""


def _source(threshold: Threshold) -> str:
    return terms.number(threshold.number)


def _doses(spec: ExerciseSpec) -> Table:
    table = _table("dose", "target", "source", "note", title="\nDoses")
    for dose in spec.dose:
        variant = f" ({terms.name(dose.variant)})" if dose.variant else ""
        target = f"{terms.dose(dose)}{variant}"
        table.add_row(dose.id, target, terms.source(dose.source), terms.with_signs(dose.note))
    return table


def _limits(spec: ExerciseSpec) -> Table:
    table = _table("what", "why", title="\nWhat the camera cannot see")
    for limit in spec.not_measured:
        table.add_row(terms.prose(limit.what), terms.prose(limit.why))
    return table


def _documents(spec: ExerciseSpec) -> Table:
    table = _table("document", "title", "name of the exercise there", title="\nDocuments")
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


# --- what runs that ended early have left ---------------------------------------------------------


def left_offer(folder: Path) -> str:
    """What is said where runs that ended early have left something; empty where none has."""
    left = len(list(left_in(folder)))
    if not left:
        return ""
    runs = "a run that ended early has" if left == 1 else f"{left} runs that ended early have"
    return (
        f"{shown(folder)}: {runs} left something to save: formcheck recover {quote(shown(folder))}"
    )


def recovered(one: Recovered) -> Iterator[str]:
    """What was made of a run that ended early, and where it lies."""
    yield (
        f"{shown(one.name)}: ended early, after {terms.clock(one.seen_s)}; "
        f"{terms.count(one.reps, 'rep')} found"
    )
    if one.trouble:
        yield f"  poses only: {one.trouble}"
    for path in one.files:
        yield f"  {shown(path)}"
