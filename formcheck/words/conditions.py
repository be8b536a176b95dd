"""The conditions of an exercise file in plain words, for people who have never seen one."""

from __future__ import annotations

from collections.abc import Iterable

from formcheck.measuring.measures import REGISTRY
from formcheck.records.events import Check
from formcheck.records.reasons import Bound
from formcheck.words import terms

LEVELS = {
    "leave": "Leaves the start",
    "partial": "Counts as an attempt",
    "reach": "Reaches the position",
    "hold": "While it is held",
    "fall": "Ends the position",
    "back": "Is back at the start",
}
"""What a level of a rep decides."""

_SIDES = {"far": "far ", "both": "each "}
_OVERS = {"highest": "highest", "lowest": "lowest", "median": "typical"}


def asked(check: Check) -> str:
    """What a condition asked of this person: `Knee at least 150°`."""
    bound = check.bound
    if check.level == "hold" and not check.text:
        return terms.sentence(f"held for at least {terms.value(bound.low, bound.unit)}")
    low, high = (terms.value(number, bound.unit) for number in (bound.low, bound.high))
    if bound.is_range:
        bounds = f"{low} to {high}"
    else:
        bounds = f"at least {low}" if bound.wants_more else f"at most {high}"
    return terms.sentence(f"{_measure(bound)} {bounds}{_lasting(bound)}")


def rule(bounds: Iterable[Bound]) -> str:
    """What was wrong by the rule of a fault: `Typical knee below 150°`."""
    parts = [f"{_measure(b)} {_relation(b)}{_lasting(b)}" for b in bounds]
    return terms.sentence(" or ".join(parts))


def _measure(bound: Bound) -> str:
    name = bound.measure
    title = REGISTRY[name].title.lower() if name in REGISTRY else name.replace("_", " ")
    over = _OVERS.get(bound.over, "")
    return f"{over} {_SIDES.get(bound.side, '')}{title}".strip()


def _relation(bound: Bound) -> str:
    if bound.is_range:
        low, high = (terms.value(number, bound.unit) for number in (bound.low, bound.high))
        return f"between {low} and {high}{' from rest' if bound.from_rest else ''}"
    number = bound.limit
    way = "above" if bound.wants_more else "below"
    if not bound.from_rest:
        return f"{way} {terms.value(number, bound.unit)}"
    is_beyond = bound.wants_more == (number >= 0)
    side = "above" if number >= 0 else "below"
    more = "more" if is_beyond else "less"
    return f"{more} than {terms.value(abs(number), bound.unit)} {side} rest"


def _lasting(bound: Bound) -> str:
    return f" for {bound.for_s:g} s" if bound.for_s else ""
