"""The conditions of an exercise file in plain words, for people who have never seen one."""

from __future__ import annotations

import math

from formcheck.exercises.clauses import Clause, ClauseError, Over, parse_clause
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.signals import Who
from formcheck.records.events import Check
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

_SIDES: dict[Who, str] = {"far": "far ", "both": "each "}
_OVERS: dict[Over, str] = {"highest": "highest", "lowest": "lowest", "median": "typical"}


def asked(check: Check) -> str:
    """What a condition asked of this person: `Knee at least 150°`."""
    clause = _clause(check.text)
    if clause is None:
        return terms.sentence(check.text)
    shift = check.limit - clause.limit()
    low, high = (terms.value(bound + shift, clause.unit) for bound in (clause.low, clause.high))
    if math.isfinite(clause.low) and math.isfinite(clause.high):
        bounds = f"{low} to {high}"
    else:
        bounds = f"at least {low}" if clause.wants_more else f"at most {high}"
    return terms.sentence(f"{_measure(clause)} {bounds}{_lasting(clause)}")


def rule(text: str) -> str:
    """What was wrong by the rule of a fault: `Typical knee below 150°`."""
    clauses = [_clause(part) for part in text.split(" or ")]
    known = [clause for clause in clauses if clause]
    if len(known) < len(clauses):
        return terms.sentence(text)
    parts = [f"{_measure(c)} {_relation(c)}{_lasting(c)}" for c in known]
    return terms.sentence(" or ".join(parts))


def _clause(text: str) -> Clause | None:
    """The clause, None for a text in other words."""
    try:
        return parse_clause(text)
    except ClauseError:
        return None


def _measure(clause: Clause) -> str:
    name = clause.signal.name
    title = REGISTRY[name].title.lower() if name in REGISTRY else name.replace("_", " ")
    over = _OVERS.get(clause.over, "")
    return f"{over} {_SIDES.get(clause.signal.who, '')}{title}".strip()


def _relation(clause: Clause) -> str:
    if math.isfinite(clause.low) and math.isfinite(clause.high):
        low, high = (terms.value(bound, clause.unit) for bound in (clause.low, clause.high))
        return f"between {low} and {high}{' from rest' if clause.from_rest else ''}"
    number = clause.limit()
    way = "above" if clause.wants_more else "below"
    if not clause.from_rest:
        return f"{way} {terms.value(number, clause.unit)}"
    is_beyond = clause.wants_more == (number >= 0)
    side = "above" if number >= 0 else "below"
    more = "more" if is_beyond else "less"
    return f"{more} than {terms.value(abs(number), clause.unit)} {side} rest"


def _lasting(clause: Clause) -> str:
    return f" for {clause.for_s:g} s" if clause.for_s else ""
