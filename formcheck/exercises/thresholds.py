"""The numbers that an exercise is judged by, each with where it comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from formcheck.exercises.clauses import Clause
from formcheck.exercises.defaults import LEVELS
from formcheck.exercises.model import Condition, ExerciseSpec, FaultRule
from formcheck.exercises.numbers import OTHER_SOURCES, Number

KINDS = ("document", *OTHER_SOURCES)
"""The kinds of source that a number may have."""


@dataclass(frozen=True)
class Threshold:
    """A level of a rep, or the number of a fault, with its conditions.

    variant: the only variant in which it is asked, empty for all. join: "or" where any of the
    clauses suffices, else "and". number: where its number comes from. during, views: of a fault,
    the part of the attempt and, where not all will do, the views in which it is judged.
    """

    id: str
    variant: str
    clauses: tuple[Clause, ...]
    join: Literal["and", "or"]
    number: Number
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
    """The levels of a rep, or of a timed hold, and those of its variants, one for each of their
    numbers."""
    for level in ("reach", "fall") if spec.is_timed else LEVELS:
        for condition in spec.rep.level(level):
            yield _level(level, "", condition)
    for name, variant in spec.variant.items():
        for changed, conditions in variant.levels().items():
            for condition in conditions:
                yield _level(changed, name, condition)


def fault_numbers(spec: ExerciseSpec) -> Iterator[tuple[FaultRule, Threshold]]:
    """The faults with their numbers; one that a variant changes stands there once more,
    as it is there."""
    for rule in spec.fault:
        yield rule, _fault_number(rule, rule.variant)
        for name, variant in spec.variant.items():
            if rule.id in variant.fault:
                yield variant.of(rule), _fault_number(variant.of(rule), name)


def kinds(numbers: Iterable[Number]) -> Counter[str]:
    """How many of the numbers are of each kind."""
    return Counter(number.kind for number in numbers)


def _level(level: str, variant: str, condition: Condition) -> Threshold:
    join: Literal["and", "or"] = "or" if level == "fall" else "and"
    return Threshold(level, variant, condition.when, join, condition.origin())


def _fault_number(rule: FaultRule, variant: str) -> Threshold:
    views = "" if len(rule.views) == 3 else " or ".join(rule.views)
    return Threshold(rule.id, variant, rule.when, "or", rule.origin(), rule.during, views)
