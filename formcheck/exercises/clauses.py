"""The grammar of a spec: one clause is one condition on one measurement.

    [highest|lowest|median] MEASURE [SIDE] RELATION [from rest] [if seen] [for N s]

    RELATION   above N UNIT | below N UNIT | between N and N UNIT | rises N UNIT | drops N UNIT
               | departs N UNIT
    N UNIT     also as a word of the measure, or from one: level | N deg under level
    SIDE       near far raised working resting least most mean both
               (none for measures of the whole body)

"rises 10 deg" is short for "above 10 deg from rest", "drops 10 deg" for "below -10 deg from
rest"; "departs 10 deg" is either. There is no arithmetic: what does not fit becomes a measurement.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from formcheck.measuring.measures import REGISTRY, SPANS
from formcheck.measuring.movement import ATTEMPT_MEASURES
from formcheck.measuring.signals import SIDES, Signal, Who

Over = Literal["highest", "lowest", "median", ""]

OVERS: tuple[Over, ...] = ("highest", "lowest", "median")

RELATIONS = ("above", "below", "between", "rises", "drops", "departs")

NUMBER = r"\d+(?:\.\d+)?"
"""How a number is written."""

_SIGNED = rf"-?{NUMBER}"
_SUBJECT = rf"(?:(?P<over>{'|'.join(OVERS)}) )?(?P<name>[a-z_0-9]+)(?: (?P<who>{'|'.join(SIDES)}))?"
_CLAUSE = re.compile(
    rf"{_SUBJECT}"
    rf" (?:(?P<op>above|below|rises|drops|departs) (?P<a>{_SIGNED})"
    rf"|between (?P<lo>{_SIGNED}) and (?P<hi>{_SIGNED}))"
    r"(?: (?P<unit>[a-z]+))??(?P<rest> from rest)?(?P<seen> if seen)?"
    rf"(?: for (?P<for_s>{NUMBER}) s)?"
)
_SIGNAL = re.compile(rf"(?P<name>[a-z_0-9]+)(?: (?P<who>{'|'.join(SIDES)}))?")

LONGEST_S = 3600.0
"""No hold and no condition lasts longer: an hour (ours)."""

EXAMPLE = "knee raised below 150 deg for 0.4 s"


class ClauseError(ValueError):
    """A clause that cannot be read; the text says what to write instead."""


@dataclass(frozen=True)
class Clause:
    """One condition: `low <= value <= high`, the value taken from rest if `from_rest`.

    either_way: what counts is how far the value is from rest, up or down. over: which value of a
    phase is meant, empty for the value at each instant. if_seen: where the measure is not seen,
    the clause is skipped and reported as not checked. for_s: how long it must be true before it
    counts, None where nothing was said.
    """

    text: str
    signal: Signal
    low: float
    high: float
    unit: str
    over: Over = ""
    from_rest: bool = False
    either_way: bool = False
    if_seen: bool = False
    for_s: float | None = None

    def limit(self) -> float:
        """The one number that is passed; of a range, its lower end."""
        return self.low if math.isfinite(self.low) else self.high

    def outer(self) -> float:
        """The one number that is passed on the way out; of a range, its upper end."""
        return self.high if math.isfinite(self.high) else self.low

    def margin(self, value: float) -> float:
        """How far inside the condition a value is, negative outside, NaN for NaN."""
        return min(value - self.low, self.high - value)

    @property
    def wants_more(self) -> bool:
        """Whether larger values meet it."""
        return math.isfinite(self.low) and not math.isfinite(self.high)


def parse_clause(text: str) -> Clause:
    """Read one clause.

    Raises:
        ClauseError: with what is wrong and the nearest right word.
    """
    match = _CLAUSE.fullmatch(_in_numbers(" ".join(text.split())))
    if not match and (pointing := re.match(rf"{_SUBJECT} .*\breach\b", text)):
        _signal(pointing["name"], pointing["who"] or "", for_attempts=True)
        raise ClauseError(f"{_short(text)!r}: the reach says nothing of that; write a number")
    if not match:
        raise ClauseError(f"cannot read {_short(text)!r}; write for example {EXAMPLE!r}")
    signal, unit = _signal(match["name"], match["who"] or "", for_attempts=True)
    if match["unit"] != unit and not (unit == "ratio" and match["unit"] is None):
        raise ClauseError(f"{signal.name} is measured in {unit}; write {unit} after the number")
    low, high = _range(match)
    op = match["op"] or ""
    from_rest = op in ("rises", "drops", "departs") or bool(match["rest"])
    _refuse_the_impossible(signal.name, unit, (low, high), from_rest=from_rest)
    if match["for_s"] and float(match["for_s"]) > LONGEST_S:
        raise ClauseError(f"for {_short(match['for_s'])} s: write at most an hour")
    return Clause(
        text=match[0],
        signal=signal,
        low=low,
        high=high,
        unit=unit,
        over=next((over for over in OVERS if over == match["over"]), ""),
        from_rest=from_rest,
        either_way=op == "departs",
        if_seen=bool(match["seen"]),
        for_s=float(match["for_s"]) if match["for_s"] else None,
    )


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:80]}..."


def _in_numbers(text: str) -> str:
    """The clause with every word of its measure as the number that it stands for."""
    subject = re.match(_SUBJECT, text)
    measure = REGISTRY.get(subject["name"]) if subject else None
    for word, value in (measure.words if measure else {}).items():

        def number(match: re.Match[str], zero: float = value) -> str:
            way = float(match[1] or 0) * (-1 if match[2] == "under" else 1)
            return f"{zero + way:g} deg"

        text = re.sub(rf"(?<= )(?:({NUMBER}) deg (under|over) )?{word}\b", number, text)
    return re.sub(rf"between ({_SIGNED}) ([a-z]+) and (?={_SIGNED} \2\b)", r"between \1 and ", text)


def _refuse_the_impossible(
    name: str, unit: str, bounds: tuple[float, float], *, from_rest: bool
) -> None:
    """Raise for a number that the measure never comes to."""
    least, most = REGISTRY[name].span if name in REGISTRY else SPANS.get(unit, (0.0, LONGEST_S))
    if from_rest:
        least, most = least - most, most - least
    for bound in bounds:
        if not (least <= bound <= most or bound in (-math.inf, math.inf)):
            way = " from rest" if from_rest else ""
            raise ClauseError(
                f"{name} lies between {least:g} and {most:g} {unit}{way}, "
                f"so it never comes to {bound:g}; write a number in between"
            )


def parse_signal(text: str) -> Signal:
    """Read a measurement with its side, such as "hip_ext near".

    Raises:
        ClauseError: as `parse_clause`.
    """
    match = _SIGNAL.fullmatch(" ".join(text.split()))
    if not match:
        raise ClauseError(
            f"cannot read {_short(text)!r}; write a measure and a side: 'hip_ext near'"
        )
    return _signal(match["name"], match["who"] or "", for_attempts=False)[0]


def _range(match: re.Match[str]) -> tuple[float, float]:
    if match["lo"]:
        low, high = float(match["lo"]), float(match["hi"])
        if math.isinf(low) or math.isinf(high):
            raise ClauseError("no measure is infinite; write a smaller number")
        if low >= high:
            raise ClauseError(
                f"nothing lies between {low:g} and {high:g}; write the smaller number first"
            )
        return low, high
    number = float(match["a"])
    if math.isinf(number):
        raise ClauseError("no measure is infinite; write a smaller number")
    if match["op"] in ("rises", "drops", "departs") and number <= 0:
        raise ClauseError(f"{match['op']} {number:g} gives no direction; write a number above 0")
    return {
        "above": (number, math.inf),
        "below": (-math.inf, number),
        "rises": (number, math.inf),
        "departs": (number, math.inf),
        "drops": (-math.inf, -number),
    }[match["op"]]


def _signal(name: str, who: str, *, for_attempts: bool) -> tuple[Signal, str]:
    """The signal and its unit, if the words go together."""
    if for_attempts and name in ATTEMPT_MEASURES:
        if who:
            raise ClauseError(f"{name} belongs to the whole attempt; leave out {who!r}")
        return Signal(name, ""), ATTEMPT_MEASURES[name].unit
    if name not in REGISTRY:
        known = [*REGISTRY, *(ATTEMPT_MEASURES if for_attempts else ())]
        raise ClauseError(f"unknown measure {name!r}{nearest(name, known)}")
    side: Who = next((s for s in SIDES if s == who), "")
    found = REGISTRY[name]
    if found.whole and side:
        raise ClauseError(f"{name} belongs to the whole body; leave out {who!r}")
    if not found.whole and not side:
        raise ClauseError(f"{name} needs a side: one of {', '.join(SIDES)}")
    if side == "raised" and not found.limb:
        raise ClauseError(f"{name} has no limb that could be raised; write near or far")
    return Signal(name, side), found.unit


def nearest(word: str, known: Iterable[str]) -> str:
    """`; did you mean 'x'?` for the nearest known word, or nothing."""
    close = difflib.get_close_matches(word, list(known), 1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else ""
