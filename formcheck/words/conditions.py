"""The conditions of an exercise file in plain words, for people who have never seen one."""

from __future__ import annotations

from collections.abc import Iterable

from formcheck.exercises.clauses import Clause
from formcheck.judging.conditions import as_bound
from formcheck.judging.outcomes import FULL_SHARE
from formcheck.measuring.measures import REGISTRY
from formcheck.records.events import Check
from formcheck.records.reasons import Bound
from formcheck.words import terms

LEVELS = {
    "leave": "leaves the start",
    "partial": "counts as an attempt",
    "reach": "reaches the position",
    "hold": "holds the position",
    "fall": "ends the position",
    "back": "back at the start",
}
"""What a level of a rep decides."""

DURING = {
    "start": "in the start position",
    "attempt": "during the rep",
    "top": "at the top",
    "return": "on the way back",
}
"""The part of a rep in which a fault is looked for."""

_SIDES = {
    "far": "far ", "both": "each ", "raised": "raised ", "working": "working ",
    "resting": "resting ", "least": "smaller ", "most": "larger ", "mean": "mean ",
}  # fmt: skip
_OVERS = {"highest": "highest ", "lowest": "lowest ", "median": "typical "}


def asked(check: Check) -> str:
    """What a condition asks of this person: `knee at least 150°`, `hold 5 s (counts from 4 s)`."""
    bound = check.bound
    if bound.measure == "hold":
        return f"hold {bound.low / FULL_SHARE:g} s (counts from {bound.low:g} s)"
    return f"{_measure(bound)} {_wanted(bound)}{_lasting(bound)}"


def _wanted(bound: Bound) -> str:
    if bound.either_way:
        return f"at least {terms.value(bound.limit - bound.rest, bound.unit)} from rest"
    low, high = (terms.value(number, bound.unit) for number in (bound.low, bound.high))
    if bound.is_range:
        return f"{low} to {high}"
    return f"at least {low}" if bound.wants_more else f"at most {high}"


def rule(bounds: Iterable[Bound]) -> str:
    """The conditions of a fault, any of which suffices: `typical knee less than 150°`."""
    return " or ".join(map(_said, bounds))


def written(clauses: Iterable[Clause], *, join: str) -> str:
    """The same as an exercise file has them; join: "or" where any suffices, else "and"."""
    parts = (f"{_said(as_bound(c))}{', if seen' if c.if_seen else ''}" for c in clauses)
    return f" {join} ".join(parts)


def _said(bound: Bound) -> str:
    return f"{_measure(bound)} {_relation(bound)}{_lasting(bound)}"


def _measure(bound: Bound) -> str:
    return f"{_OVERS.get(bound.over, '')}{_SIDES.get(bound.side, '')}{title(bound.measure)}"


def title(measure: str) -> str:
    """The name of a measure as people read it: `hip line`, `return time`."""
    return REGISTRY[measure].title.lower() if measure in REGISTRY else terms.name(measure)


def _relation(bound: Bound) -> str:
    if bound.is_range:
        low, high = (terms.limit(number, bound.unit) for number in (bound.low, bound.high))
        return f"between {low} and {high}{' from rest' if bound.from_rest else ''}"
    number, wants_more = bound.limit, bound.wants_more
    if not bound.from_rest:
        return f"{'more' if wants_more else 'less'} than {terms.limit(number, bound.unit)}"
    if bound.either_way:
        return f"more than {terms.limit(number, bound.unit)} from rest, either way"
    side = "above" if number >= 0 else "below"
    is_beyond = wants_more == (number >= 0)
    more = "more" if is_beyond else "less"
    return f"{more} than {terms.limit(abs(number), bound.unit)} {side} rest"


def _lasting(bound: Bound) -> str:
    return f" for {bound.for_s:g} s" if bound.for_s else ""
