"""How outcomes, values, sides and sources are put into words, alike in pictures and pages."""

from __future__ import annotations

import math
import re

from formcheck.exercises.model import ExerciseSpec
from formcheck.judging.recognition import Recognised
from formcheck.records.events import Outcome, Phase, Severity, Source, Status
from formcheck.records.pose import Side

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

_DIGITS = {"deg": 0, "s": 1}
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

    Inches come from the proportions of the body, so they are told as `about 8 in`.
    """
    if not math.isfinite(number):
        return NOT_SEEN
    if unit == "in":
        return f"about {number:.0f} in"
    digits = _DIGITS.get(unit, 0 if abs(number) >= 10 else 2)
    size = f"{abs(number):.{digits}f}"
    minus = "\N{MINUS SIGN}" if number < 0 < float(size) else ""
    return minus + size + _SIGNS.get(unit, f" {unit}")


def seconds(duration_s: float) -> str:
    """A duration to the tenth: `4.6 s`; "not seen" for NaN."""
    return value(duration_s, "s")


def clock(t_s: float) -> str:
    """A place in the recording: `12.4 s` in the first minute, `3:07.4` after it."""
    tenths = round(t_s * 10)
    minutes, rest = divmod(tenths, 600)
    return f"{minutes}:{rest / 10:04.1f}" if minutes else f"{rest / 10:.1f} s"


def with_signs(text: str) -> str:
    """The text with `152 deg` set as `152°`, and with true minus signs before numbers."""
    text = re.sub(r"(\d) ?deg\b", r"\1°", text)
    return re.sub(r"(?<![\w-])-(?=\d)", "\N{MINUS SIGN}", text)


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
    asks = [dose.asks_hold for dose in spec.dose]
    if all(asks):
        return f"{reps} with hold"
    return f"{reps}, hold by dose" if any(asks) else reps


def basis(origin: Source) -> str:
    """What a rule rests on, without the place in it: `Document 001`, `Measured`."""
    return _BASES.get(origin.doc, f"Document {origin.doc}")


def source(origin: Source) -> str:
    """Where a rule or number comes from: `Document 001, Bridge exercise`."""
    return f"{basis(origin)}{':' if origin.doc in _BASES else ','} {with_signs(origin.at)}"


def joints(names: tuple[str, ...]) -> str:
    """`left knee`, `left knee and ankle`: joint names as a list in words."""
    *first, last = names or ("you",)
    return f"{', '.join(first)} and {last}" if first else last


def count(number: int, noun: str) -> str:
    """`1 fault`, `3 faults`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def recognised(one: Recognised) -> str:
    """What was recognised, how surely and when: "bridge, sure (3.6 s-35.6 s)"."""
    twins = f"; a camera cannot tell it from {', '.join(one.twins)}" if one.twins else ""
    rivals = f"; it may as well be {' or '.join(one.rivals)}" if one.rivals else ""
    span = f"{clock(one.start_s)}-{clock(one.end_s)}"
    return f"{one.spec.id}, {one.sureness} ({span}){twins}{rivals}"
