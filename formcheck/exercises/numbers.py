"""Where the numbers of an exercise file come from, and how the file writes it.

A number is a document's with our tolerance on it, or it is measured, from published work, or our
own. A file writes a source as `001: Bridge exercise` or `ours: why`, what a document says of a
number as `45 deg of bend (003: Initial exercises)`, and how far from it is let pass as
`ours: why`, with the amount before it where it does not follow from the two: `1 in, ours: why`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from formcheck.exercises.clauses import NUMBER, Clause
from formcheck.measuring.measures import REGISTRY
from formcheck.records.events import Source

OTHER_SOURCES = ("measured", "outside", "ours")
"""The sources that a number may have besides a document."""

SOURCE_EXAMPLES = "'001: Bridge exercise', 'measured: on what' or 'ours: why'"


@dataclass(frozen=True)
class Anchor:
    """What a document says of a number: its words in short, such as "45 deg of bend", and where.

    source: None until the rule that it belongs to says which document is meant.
    """

    words: str
    source: Source | None


@dataclass(frozen=True)
class Tolerance:
    """How far from a document's number is let pass, in its unit ("20 deg", or empty), and why."""

    amount: str
    basis: Source


@dataclass(frozen=True)
class Number:
    """Where a number comes from: basis of the number itself, or, with an anchor, of the tolerance.

    tolerance: how far the number lies from the anchor, "20 deg"; empty where nothing can be said.
    """

    basis: Source
    anchor: Anchor | None = None
    tolerance: str = ""

    @property
    def kind(self) -> str:
        """document, measured, outside or ours."""
        return "document" if self.anchor else self.basis.doc

    def sources(self) -> tuple[Source, ...]:
        """All that it rests on, the document first."""
        of_anchor = (self.anchor.source,) if self.anchor and self.anchor.source else ()
        return (*of_anchor, self.basis)


def parse_source(value: Any) -> Source:
    """Read `001: Bridge exercise` or `ours: why`.

    Raises:
        ValueError: it is something else.
    """
    if isinstance(value, Source):
        return value
    if isinstance(value, dict) and {"doc", "at"} == set(value):
        raise ValueError(f'write it as text: "{value["doc"]}: {value["at"]}"')
    doc, colon, at = str(value).partition(":")
    if not isinstance(value, str) or not colon or not re.fullmatch(r"\w+", doc):
        raise ValueError(f"write a source and its place in quotes: {SOURCE_EXAMPLES}")
    return Source(doc, at.strip())


def parse_basis(value: Any) -> Source:
    """Read where a number comes from that no document gives.

    Raises:
        ValueError: as `parse_source`, or it is a document.
    """
    source = parse_source(value)
    if source.doc not in OTHER_SOURCES:
        raise ValueError(
            f"{source.doc!r} is not one of 'measured', 'outside' or 'ours'; "
            f'what a document says is its anchor: anchor = "45 deg ({source.doc}: {source.at})"'
        )
    return source


_ANCHOR = re.compile(r"(?P<words>[^()]+?)(?: \((?P<source>\w+:.*)\))?")


def parse_anchor(value: Any) -> Anchor:
    """Read what a document says: `level`, or with its place `45 deg of bend (003: Week 1)`.

    Raises:
        ValueError: it is something else.
    """
    match = _ANCHOR.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise ValueError("write what the document says, as in '45 deg of bend (003: Week 1)'")
    return Anchor(match["words"], parse_source(match["source"]) if match["source"] else None)


_TOLERANCE = re.compile(
    rf"(?:(?P<amount>{NUMBER}(?: to {NUMBER})? [a-z]+), )?(?P<basis>\w+(?::.*)?)"
)


def parse_tolerance(value: Any) -> Tolerance:
    """Read `ours`, `ours: why`, `measured: on what`, or with its amount `1 in, ours: why`.

    Raises:
        ValueError: it is something else.
    """
    match = _TOLERANCE.fullmatch(value) if isinstance(value, str) else None
    if not match:
        raise ValueError("write whose the tolerance is, as in 'ours: why' or '1 in, ours: why'")
    basis = match["basis"]
    source = Source("ours", "") if basis == "ours" else parse_basis(basis)
    return Tolerance(match["amount"] or "", source)


def number_of(
    clauses: Iterable[Clause],
    basis: Source | None,
    anchor: Anchor | None,
    tolerance: Tolerance | None,
    rule: Source | None = None,
) -> Number:
    """Where the number of those clauses comes from.

    rule: the source of the demand, whose document an anchor without a place of its own is of.

    Raises:
        ValueError: nothing says so, or too much does.
    """
    if basis and not anchor and not tolerance:
        return Number(basis)
    if basis:
        raise ValueError("number and anchor are two sources; write the anchor and its tolerance")
    if not anchor:
        raise ValueError(
            "a number without a source; write number = 'measured: on what', 'outside: which work' "
            "or 'ours: why', or, of a document's number, its anchor and tolerance"
        )
    if not tolerance:
        raise ValueError("an anchor without its tolerance; write whose it is, as in 'ours: why'")
    source = anchor.source or rule
    if source is None or source.doc in OTHER_SOURCES:
        raise ValueError(f"anchor: name its document: '{anchor.words} (003: Initial exercises)'")
    counted = _tolerance(list(clauses), anchor.words)
    if counted and tolerance.amount:
        raise ValueError(f"tolerance: {counted} follow from the anchor; leave out the amount")
    return Number(tolerance.basis, Anchor(anchor.words, source), counted or tolerance.amount)


def _tolerance(clauses: list[Clause], words: str) -> str:
    """How far those clauses lie from what the document says; empty where that cannot be told."""
    found = [(anchored(clause, words), clause) for clause in clauses]
    if any(value is None for value, _ in found):
        return ""
    ways = sorted({_way(clause, value) for value, clause in found if value is not None})
    return " to ".join(f"{way:g}" for way in dict.fromkeys((ways[0], ways[-1]))) + (
        f" {clauses[0].unit}"
    )


def _way(clause: Clause, value: float) -> float:
    ends = (end for end in (clause.low, clause.high) if abs(end) != float("inf"))
    return round(min(abs(end - value) for end in ends), 6)


def anchored(clause: Clause, words: str) -> float | None:
    """What a document says, as a value of the clause's measure: of `level`, `90 deg` or `45 deg
    of bend`, with whatever words after a comma; None where it is no such value."""
    plain = words.split(",")[0].strip()
    known = REGISTRY[clause.signal.name].words if clause.signal.name in REGISTRY else {}
    if plain in known and not clause.from_rest:
        return known[plain]
    match = re.fullmatch(rf"({NUMBER}) {clause.unit}( of bend)?", plain)
    if not match:
        return None
    if match[2]:
        return known["straight"] - float(match[1]) if "straight" in known else None
    return float(match[1])
