"""The words for outcomes, values, times, doses, sides and sources, alike wherever people read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from typing import Literal

from formcheck.exercises.model import Dose, ExerciseSpec
from formcheck.exercises.numbers import Number
from formcheck.judging.recognition import Recognised
from formcheck.records.events import Outcome, Phase, Severity, Source, Status
from formcheck.records.footage import Footage
from formcheck.records.pose import Side
from formcheck.records.report import Totals

NOT_SEEN = "not seen"

OUTCOMES: dict[Outcome, str] = {
    "full": "Full",
    "short_hold": "Held too short",
    "partial": "Partial",
    "cut_off": "Cut off",
    "not_judged": "Not judged",
    "timed": "Timed",
}
"""The word for each outcome."""

SYMBOLS: dict[Outcome, str] = {
    "full": "✓", "short_hold": "◔", "partial": "◐", "cut_off": "…", "not_judged": "?",
    "timed": "◷",
}  # fmt: skip
"""A sign for each outcome, so that nothing hangs on its colour."""

SEVERITIES: dict[Severity, str] = {"info": "Hint", "warn": "Fault", "safety": "Safety"}
"""The word for each severity."""

_PHASES: dict[Phase, str] = {
    "searching": "Looking for you",
    "rest": "Ready",
    "moving": "Moving",
    "top": "Reached",
    "falling": "Returning",
    "paused": "Paused",
}

_MODES = {"timed": "timed hold", "guided": "guided"}

_SIDES = {"alternating": "alternating", "each": "each side"}

_UNITS = {
    "deg": "degrees", "s": "seconds", "in": "inches", "torso": "trunk lengths",
    "shank": "shin lengths", "stature": "body heights", "ratio": "ratio",
}  # fmt: skip

_DIGITS = {"deg": 0, "s": 1, "in": 0}
_SIGNS = {
    "deg": "°", "ratio": "", "": "", "torso": " trunk lengths", "shank": " shin lengths",
    "stature": " of the height",
}  # fmt: skip

_BASES = {
    "measured": "Measured",
    "outside": "Published work",
    "ours": "Our own choice",
}


def value(number: float, unit: str) -> str:
    """A measured value for people: `152°`, `0.82`, `4.6 s`; "not seen" for NaN.

    Inches come from the proportions of the body, so they are given as `about 8 inches`.
    """
    if not math.isfinite(number):
        return NOT_SEEN
    digits = _DIGITS.get(unit, 0 if abs(number) >= 10 else 2)
    about = "about " if unit == "in" else ""
    return about + _with_unit(number, f"{abs(number):.{digits}f}", unit)


def limit(number: float, unit: str) -> str:
    """A limit as an exercise file gives it, with all its digits: `0.31 s`, `7 inches`."""
    return _with_unit(number, f"{abs(number):g}", unit)


def _with_unit(number: float, size: str, unit: str) -> str:
    minus = "\N{MINUS SIGN}" if number < 0 < float(size) else ""
    inches = " inch" if size == "1" else " inches"
    return minus + size + (inches if unit == "in" else _SIGNS.get(unit, f" {unit}"))


def seconds(duration_s: float) -> str:
    """A duration to the tenth: `4.6 s`; "not seen" for NaN."""
    return value(duration_s, "s")


def clock(t_s: float) -> str:
    """A place in the recording: minutes, seconds and tenths, as in `0:42.3`."""
    minutes, tenths = divmod(round(t_s * 10), 600)
    return f"{minutes}:{tenths / 10:04.1f}"


def span(start_s: float, end_s: float) -> str:
    """A stretch of the recording: `0:03.6 to 0:11.5`."""
    return f"{clock(start_s)} to {clock(end_s)}"


def name(identifier: str) -> str:
    """The id of a fault, a measure or an exercise as people read it: `lifted too high`."""
    return identifier.replace("_", " ")


def unit_name(unit: str) -> str:
    """The unit of a measure, spelled out: `degrees`."""
    return _UNITS[unit]


def with_signs(text: str) -> str:
    """The text with `152 deg` set as `152°`, and with true minus signs before numbers."""
    text = re.sub(r"(\d) ?deg\b", r"\1°", text)
    return re.sub(r"(?<![\w-])-(?=\d)", "\N{MINUS SIGN}", text)


def prose(text: str) -> str:
    """Text that was written for an exercise file, for people: signs set, ids as words."""
    plain = re.sub(r"`?\b[a-z]+(?:_[a-z0-9]+)+\b`?", lambda found: name(found[0].strip("`")), text)
    return with_signs(plain)


def sentence(text: str) -> str:
    """The text with signs set and its first letter large."""
    text = with_signs(text)
    return text[:1].upper() + text[1:]


def phase(status: Status) -> str:
    """The phase as the person reads it: "Hold" at the top where a hold is asked."""
    if status.phase == "top" and status.hold_asked_s > 0:
        return "Hold"
    return _PHASES[status.phase]


def side(which: Side | None, *, assumed: bool = False) -> str:
    """`left`, `right (assumed)`, or nothing where no side is claimed."""
    if which is None:
        return ""
    return f"{which} (assumed)" if assumed else which


def mode(spec: ExerciseSpec) -> str:
    """How an exercise is done: "reps", "reps with hold, each side", "timed hold", "guided"."""
    done = _MODES.get(spec.mode) or _reps(spec)
    return f"{done}, {_SIDES[spec.sides]}" if spec.sides in _SIDES else done


def _reps(spec: ExerciseSpec) -> str:
    reps = f"reps of {' and '.join(spec.poses)}" if spec.poses else "reps"
    asks = [one.asks_hold for one in spec.dose]
    if all(asks):
        return f"{reps} with hold"
    return f"{reps}, hold by dose" if any(asks) else reps


def dose(asked: Dose) -> str:
    """What a dose asks for: "8 to 10 reps, 2 sets, hold 5 s", or "5 reps, hold cat 4 s"; a number
    that its document does not give is marked: "10 reps (our number)"."""
    each = " each side" if asked.per else ""
    parts = [f"{_counted(asked.reps, 'rep')}{each}{_ours(asked, 'reps')}"]
    if asked.sets != (1, 1):
        parts.append(_counted(asked.sets, "set") + _ours(asked, "sets"))
    if asked.hold[1]:
        parts.append(f"hold {_held(*asked.hold)} s" + _ours(asked, "hold"))
    for pose, held in asked.pose_hold.items():
        if held[1]:
            parts.append(f"hold {pose} {_held(*held)} s" + _ours(asked, "pose_hold"))
    return ", ".join(parts)


_NOT_THE_DOCUMENTS = {
    "ours": " (our number)", "measured": " (measured)", "outside": " (published work)",
}  # fmt: skip


def _ours(asked: Dose, what: Literal["reps", "sets", "hold", "pose_hold"]) -> str:
    basis = asked.basis.get(what)
    return _NOT_THE_DOCUMENTS[basis.doc] if basis else ""


def _counted(numbers: tuple[int, int], noun: str) -> str:
    return f"{_range(*numbers)} {noun}{'' if numbers == (1, 1) else 's'}"


def _held(shortest_s: float, longest_s: float) -> str:
    return _range(shortest_s, longest_s) if shortest_s else f"up to {longest_s:g}"


def _range(low: float, high: float) -> str:
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def basis(origin: Source) -> str:
    """The kind of a source, without the place in it: `Document 001`, `Measured`."""
    return _BASES.get(origin.doc, f"Document {origin.doc}")


def source(origin: Source) -> str:
    """Where a rule or number comes from: `Document 001, Bridge exercise`."""
    return f"{basis(origin)}{':' if origin.doc in _BASES else ','} {with_signs(origin.at)}"


_TOLERANCES = {"ours": "are ours", "measured": "were measured", "outside": "are published work"}
_TOLERANCE = {"ours": "is ours", "measured": "was measured", "outside": "is published work"}


def number(origin: Number) -> str:
    """Where a number comes from: "45° of bend (document 003, Initial exercises); 20° of tolerance
    are ours: ...", or as a source."""
    if origin.anchor is None or origin.anchor.source is None:
        return source(origin.basis)
    place, basis = source(origin.anchor.source), origin.basis
    said = f"{sentence(origin.anchor.words)} ({place[:1].lower()}{place[1:]})"
    whose = (
        f"{with_signs(origin.tolerance)} of tolerance {_TOLERANCES[basis.doc]}"
        if origin.tolerance
        else f"the tolerance {_TOLERANCE[basis.doc]}"
    )
    return f"{said}; {whose}{': ' if basis.at else ''}{with_signs(basis.at)}"


def joints(names: tuple[str, ...]) -> str:
    """`left knee`, `left knee and ankle`: joint names as a list in words."""
    *first, last = names or ("you",)
    return f"{', '.join(first)} and {last}" if first else last


def footage(shown: Footage) -> Iterator[str]:
    """How a film was put right before it was judged, a line each."""
    if shown.mirrored:
        yield "The film is mirrored; left and right are swapped back"
    if shown.speed != 1:
        yield f"The film runs at {shown.speed:g} times real speed; all times here are real time"


def count(number: int, noun: str) -> str:
    """`1 fault`, `3 faults`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def in_position(totals: Totals) -> str:
    """What a guided exercise came to, in which no camera sees a rep."""
    return f"timed, not measured: {seconds(totals.total_hold_s)} lying as asked, no rep counted"


def recognised(one: Recognised) -> str:
    """What was recognised, how surely and when: "Bridge, sure, 0:03.6 to 0:35.6"."""
    twins, rivals = (" or ".join(map(name, others)) for others in (one.twins, one.rivals))
    parts = [f"{one.spec.title}, {one.sureness}, {span(one.start_s, one.end_s)}"]
    if twins:
        parts.append(f"to a camera it looks the same as {twins}")
    if rivals:
        parts.append(f"it could also be {rivals}")
    return "; ".join(parts)
