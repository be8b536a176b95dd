"""What was found, for machines: `events.json` and `reps.csv`; docs/events.md describes both."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from formcheck import __version__
from formcheck.exercises.model import ExerciseSpec
from formcheck.judging import recognition
from formcheck.judging.recognition import Recognised
from formcheck.records.events import (
    SCHEMA_VERSION,
    Attempt,
    Check,
    Discarded,
    Event,
    Fault,
    NotJudged,
    Remark,
    plain,
)
from formcheck.records.footage import PLAIN, Footage
from formcheck.records.frames import SourceInfo
from formcheck.records.pose import Side
from formcheck.records.reasons import Reason
from formcheck.storage.atomic_files import write_whole
from formcheck.words import conditions, reasons

REP_COLUMNS = (
    "number", "set", "side", "side_assumed", "outcome", "reason", "start_s", "top_s", "end_s",
    "hold_s", "hold_asked_s", "peak", "unit", "faults",
)  # fmt: skip
"""Columns of reps.csv, in order."""

_DECIMALS = 3


@dataclass(frozen=True)
class About:
    """What an events.json says ahead of the events.

    spec: the exercise. dose: what was asked, in words; empty if
    nothing was. dose_id: which dose of the exercise that is. cautions: what is shown before a set:
    the note of the dose, and how the exercise loads the back. source: what is known of the
    recording. side, height_cm: what the user told of the person, None if nothing. recognised: the
    sets in which the exercise was recognised, none if it was named. footage: how the film shows it.
    """

    spec: ExerciseSpec
    dose: str
    dose_id: str
    cautions: tuple[str, ...]
    source: SourceInfo
    side: Side | None = None
    height_cm: float | None = None
    recognised: tuple[Recognised, ...] = ()
    footage: Footage = PLAIN


def write_events(
    path: Path, events: Iterable[Event], *, about: About, totals: Mapping[str, Any]
) -> None:
    """Write events.json: strict JSON, in which what was not seen is null.

    Raises:
        FormcheckError: the file cannot be written.
    """
    document = events_document(events, about=about, totals=totals)
    text = json.dumps(document, indent=1, ensure_ascii=False, allow_nan=False)
    write_whole(path, text + "\n")


def events_document(
    events: Iterable[Event], *, about: About, totals: Mapping[str, Any]
) -> dict[str, Any]:
    """What events.json says, as JSON values."""
    head = {
        "schema_version": SCHEMA_VERSION,
        "formcheck": __version__,
        "exercise": {"id": about.spec.id, "title": about.spec.title},
        "dose": about.dose,
        "dose_id": about.dose_id,
        "cautions": about.cautions,
        "side": about.side,
        "height_cm": about.height_cm,
        **asdict(about.footage),
        "recognised": [recognition.as_json(one) for one in about.recognised],
        "source": asdict(about.source),
        "totals": dict(totals),
    }
    return {**plain(head), "events": [event_values(event, about.spec) for event in events]}


def event_values(event: Event, spec: ExerciseSpec) -> dict[str, Any]:
    """An event as JSON values, `kind` first: as it was recorded, and in words. NaN becomes null."""
    values = {"kind": event.kind, **plain(asdict(event))}
    match event:
        case Attempt():
            checks = [_check_values(check) for check in event.checks]
            return (
                values
                | _reason_values(event.reason, reasons.why(event.reason))
                | {"checks": checks}
            )
        case Discarded():
            return values | _reason_values(event.reason, reasons.why(event.reason))
        case NotJudged():
            told = _reason_values(event.reason, reasons.not_judged(event, spec))
            return values | told | {"what": _what(event)}
        case Remark():
            return values | {"text": reasons.remark(event)}
    return values


def _what(item: NotJudged) -> str:
    """What was not judged, for machines: ids, and seconds for a stretch of time."""
    match item.what:
        case "wait" | "picture":
            return f"{item.since_s:.1f} s to {item.t_s:.1f} s"
        case "rest":
            return f"from {item.since_s:.1f} s"
    return item.what


def _reason_values(reason: Reason | None, text: str) -> dict[str, Any]:
    """The reason in words, and beside it what it was worded from."""
    return {"reason": text, "why": plain(asdict(reason)) if reason else None}


def _check_values(check: Check) -> dict[str, Any]:
    values: dict[str, Any] = plain(asdict(check))
    text = check.text or conditions.asked(check)
    return values | {"text": text, "unit": check.bound.unit, "limit": plain(check.bound.limit)}


def write_reps(path: Path, events: Iterable[Event], *, sets: Mapping[int, int]) -> None:
    """Write reps.csv: one row an attempt, empty cells for what was not seen.

    sets: attempt number -> number of its set; an attempt not named in it is in set 1.

    Raises:
        FormcheckError: the file cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, REP_COLUMNS)
    writer.writeheader()
    for row in rep_rows(events, sets=sets):
        writer.writerow({name: _cell(value) for name, value in row.items()})
    write_whole(path, text.getvalue())


def rep_rows(events: Iterable[Event], *, sets: Mapping[int, int]) -> Iterator[dict[str, object]]:
    """A row for each attempt, by `REP_COLUMNS`; NaN for what was not seen. sets: as above."""
    told = list(events)
    faults = [event for event in told if isinstance(event, Fault)]
    for event in told:
        if isinstance(event, Attempt):
            yield _row(event, sets.get(event.number, 1), faults)


def _row(attempt: Attempt, set_number: int, faults: Iterable[Fault]) -> dict[str, object]:
    cells = asdict(attempt) | {
        "reason": reasons.why(attempt.reason),
        "set": set_number,
        "end_s": attempt.t_s,
        "faults": " ".join(fault.id for fault in faults if fault.attempt == attempt.number),
    }
    return {name: cells[name] for name in REP_COLUMNS}


def _cell(value: object) -> object:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        return round(value, _DECIMALS) if math.isfinite(value) else ""
    return value
