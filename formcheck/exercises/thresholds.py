"""The numbers that an exercise is judged by, each with its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from formcheck.exercises.catalog import OTHER_SOURCES
from formcheck.exercises.clauses import Clause
from formcheck.exercises.model import ExerciseSpec, FaultRule
from formcheck.records.events import Source

KINDS = ("document", *OTHER_SOURCES)
"""The kinds of source that a number may have."""


@dataclass(frozen=True)
class Threshold:
    """A level of a rep, or the number of a fault, with its conditions.

    variant: the only variant in which it is asked, empty for all. join: "or" where any of the
    clauses suffices, else "and". number: the source of its number. during, views: of a fault, the
    part of the attempt and, where not all will do, the views in which it is judged.
    """

    id: str
    variant: str
    clauses: tuple[Clause, ...]
    join: Literal["and", "or"]
    number: Source
    during: str = ""
    views: str = ""

    @property
    def name(self) -> str:
        """Such as "reach (low)", the variant in brackets."""
        return f"{self.id} ({self.variant})" if self.variant else self.id

    @property
    def condition(self) -> str:
        """The condition as the file has it."""
        during = f"{self.during}: " if self.during else ""
        views = f" (from the {self.views})" if self.views else ""
        clauses = f" {self.join} ".join(clause.text for clause in self.clauses)
        return f"{during}{clauses}{views}"


def levels(spec: ExerciseSpec) -> Iterator[Threshold]:
    """The levels of a rep, or of a timed hold, and those of its variants."""
    for level, source in spec.rep.basis.items():
        yield _level(level, "", getattr(spec.rep, level), source)
    for name, variant in spec.variant.items():
        for level, clauses in variant.levels().items():
            source = variant.basis.get(level, spec.rep.basis[level])
            yield _level(level, name, clauses, source)


def fault_numbers(spec: ExerciseSpec) -> Iterator[tuple[FaultRule, Threshold]]:
    """The faults with their numbers; one that a variant changes stands there once more."""
    for rule in spec.fault:
        yield rule, _fault_number(rule, rule.variant, rule.when)
        for name, variant in spec.variant.items():
            if rule.id in variant.fault:
                yield rule, _fault_number(rule, name, variant.fault[rule.id])


def kind(source: Source) -> str:
    """Which of the `KINDS` a source is."""
    return source.doc if source.doc in OTHER_SOURCES else KINDS[0]


def kinds(sources: Iterable[Source]) -> Counter[str]:
    """How many of the sources are of each kind."""
    return Counter(kind(source) for source in sources)


def _level(level: str, variant: str, clauses: tuple[Clause, ...], number: Source) -> Threshold:
    return Threshold(level, variant, clauses, "or" if level == "fall" else "and", number)


def _fault_number(rule: FaultRule, variant: str, when: tuple[Clause, ...]) -> Threshold:
    views = "" if len(rule.views) == 3 else " or ".join(rule.views)
    return Threshold(rule.id, variant, when, "or", rule.number, rule.during, views)
