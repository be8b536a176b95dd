"""How the values of an exercise file are read: a clause, a measure, a count, a time."""

from __future__ import annotations

import re
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BeforeValidator, WithJsonSchema

from formcheck.exercises.clauses import (
    EXAMPLE,
    LONGEST_S,
    NUMBER,
    Clause,
    nearest,
    parse_clause,
    parse_signal,
)
from formcheck.exercises.numbers import (
    Anchor,
    Tolerance,
    parse_anchor,
    parse_basis,
    parse_source,
    parse_tolerance,
)
from formcheck.exercises.postures import POSTURES, Posture
from formcheck.measuring.movement import ATTEMPT_MEASURES
from formcheck.measuring.scene import Works
from formcheck.measuring.signals import Signal
from formcheck.records.events import Source

_N = TypeVar("_N", int, float)

BREATH_S = 4.0
"""Seconds for one deep breath (our judgement)."""


def _clauses(value: Any) -> tuple[Clause, ...]:
    lines = [value] if isinstance(value, str) else value
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise ValueError("write a clause in quotes, or a list of clauses")
    if not lines:
        raise ValueError(f"the list is empty; write a clause, for example {EXAMPLE!r}")
    return tuple(parse_clause(line) for line in lines)


def _of_instants(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Those clauses, if each can be judged at an instant."""
    for clause in clauses:
        if clause.signal.name in ATTEMPT_MEASURES:
            raise ValueError(
                f"{clause.signal} is only known once an attempt is over; "
                "write it in a [[fault]] with during = 'attempt'"
            )
        plain = clause.text.removeprefix(f"{clause.over} ").split(" for ")[0]
        if plain != clause.text:
            raise ValueError(f"{clause.text!r} is judged at each instant; write {plain!r}")
    return clauses


def before_rest(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Those clauses, if each can be judged before the person's rest is known."""
    for clause in _of_instants(clauses):
        if clause.from_rest:
            relation = "above" if clause.wants_more else "below"
            raise ValueError(
                f"{clause.text!r}: no rest is known yet to measure from; "
                f"write a fixed number, as in '{clause.signal} {relation} 20 {clause.unit}'"
            )
    return clauses


def _signal(value: Any) -> Signal:
    if not isinstance(value, str):
        raise ValueError("write a measure and its side in quotes")
    return parse_signal(value)


_FROM_REST = " from rest"


def _works(value: Any) -> Works:
    text = value.removesuffix(_FROM_REST) if isinstance(value, str) else value
    signal = _signal(text)
    if signal.who not in ("least", "most"):
        raise ValueError(f"say which side works with 'least' or 'most', as in '{signal.name} most'")
    return Works(signal.name, most=signal.who == "most", from_rest=text != value)


def _of_one_value(signal: Signal) -> Signal:
    if signal.who == "both":
        raise ValueError(f"'{signal}' is two values, but a rep needs one; write 'near' or 'mean'")
    return signal


def _posture(value: Any) -> Posture:
    if not isinstance(value, str) or value not in POSTURES:
        raise ValueError(f"unknown posture {value!r}{nearest(str(value), POSTURES)}")
    return POSTURES[value]


def _seconds(value: Any) -> tuple[float, float]:
    low, high = _time(value)
    if high <= 0 or (low <= 0 and not str(value).startswith(_UP_TO)):
        raise ValueError(f"{value!r} is no hold; write a time above 0 s, or leave it out")
    return low, high


_UP_TO = "up to "


def _time(value: Any) -> tuple[float, float]:
    text = str(value).replace(_UP_TO, "0 to ", 1) if str(value).startswith(_UP_TO) else str(value)
    match = re.fullmatch(rf"({NUMBER})(?: to ({NUMBER}))? (s|breaths?)", text)
    if not match:
        raise ValueError(
            f"{_short(value)} is not a time; write '5 s', '7 to 8 s', 'up to 5 s' or '3 breaths'"
        )
    scale = 1.0 if match[3] == "s" else BREATH_S
    low, high = _upwards(float(match[1]) * scale, float(match[2] or match[1]) * scale, value)
    if high > LONGEST_S:
        raise ValueError(f"{_short(value)} is too long; write at most {LONGEST_S:g} s")
    return low, high


MOST = 1000
"""The most reps or sets that a dose may ask (ours)."""


def _count(value: Any) -> tuple[int, int]:
    match = re.fullmatch(r"(\d+)(?: to (\d+))?", str(value))
    if not match:
        raise ValueError(f"{_short(value)} is not a count; write '10' or '5 to 10'")
    if max(map(len, match.groups(""))) > len(str(MOST)):
        raise ValueError(f"{_short(value)} is too many; write at most {MOST}")
    low, high = _upwards(int(match[1]), int(match[2] or match[1]), value)
    if low < 1 or high > MOST:
        raise ValueError(f"{_short(value)} cannot be done; write 1 to {MOST}")
    return low, high


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}...{text[-1]}"


def _upwards(low: _N, high: _N, value: Any) -> tuple[_N, _N]:
    if low > high:
        raise ValueError(f"{value!r} goes down; write the smaller number first")
    return low, high


_TEXT = WithJsonSchema({"type": "string"})
_TEXTS = WithJsonSchema(
    {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
)
Clauses = Annotated[tuple[Clause, ...], BeforeValidator(_clauses), _TEXTS]
LevelClauses = Annotated[Clauses, AfterValidator(_of_instants)]
StartClauses = Annotated[Clauses, AfterValidator(before_rest)]
SignalName = Annotated[Signal, BeforeValidator(_signal), _TEXT]
MeasureName = Annotated[SignalName, AfterValidator(_of_one_value)]
WorksName = Annotated[Works, BeforeValidator(_works), _TEXT]
PostureName = Annotated[Posture, BeforeValidator(_posture), _TEXT]
Seconds = Annotated[tuple[float, float], BeforeValidator(_seconds), _TEXT]
PoseSeconds = Annotated[tuple[float, float], BeforeValidator(_time), _TEXT]
Count = Annotated[tuple[int, int], BeforeValidator(_count), _TEXT]
SourceText = Annotated[Source, BeforeValidator(parse_source), _TEXT]
BasisText = Annotated[Source, BeforeValidator(parse_basis), _TEXT]
AnchorText = Annotated[Anchor, BeforeValidator(parse_anchor), _TEXT]
ToleranceText = Annotated[Tolerance, BeforeValidator(parse_tolerance), _TEXT]
