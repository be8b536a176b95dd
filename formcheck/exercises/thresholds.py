"""The numbers that an exercise is judged by, each with what it rests on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from formcheck.exercises.catalog import OTHER_SOURCES
from formcheck.exercises.clauses import Clause
from formcheck.exercises.model import ExerciseSpec, FaultRule
from formcheck.records.events import Source

KINDS = ("document", *OTHER_SOURCES)
"""What a number may rest on."""


@dataclass(frozen=True)
class Threshold:
    """A level of a rep, or the number of a fault, with its condition as the file has it.

    variant: the only variant in which it is asked, empty for all. number: what its number rests
    on.
    """

    id: str
    variant: str
    condition: str
    number: Source

    @property
    def name(self) -> str:
        """Such as "reach (low)", the variant in brackets."""
        return f"{self.id} ({self.variant})" if self.variant else self.id


def levels(spec: ExerciseSpec) -> Iterator[Threshold]:
    """The levels of a rep, or of a timed hold, and those of its variants."""
    for level, source in spec.rep.basis.items():
        yield Threshold(level, "", _level(level, getattr(spec.rep, level)), source)
    for name, variant in spec.variant.items():
        for level, clauses in variant.levels().items():
            source = variant.basis.get(level, spec.rep.basis[level])
            yield Threshold(level, name, _level(level, clauses), source)


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


def _level(level: str, clauses: Iterable[Clause]) -> str:
    return (" or " if level == "fall" else " and ").join(clause.text for clause in clauses)


def _fault_number(rule: FaultRule, variant: str, when: Iterable[Clause]) -> Threshold:
    views = "" if len(rule.views) == 3 else f" (from the {' or '.join(rule.views)})"
    condition = f"{rule.during}: {' or '.join(clause.text for clause in when)}{views}"
    return Threshold(rule.id, variant, condition, rule.number)
