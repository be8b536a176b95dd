"""What acts on a statement of a guide: the name that stands in exercise_specs/guides/, resolved.

A name is one of

    EXERCISE.FAULT    a fault          EXERCISE/DOSE     a dose
    EXERCISE.start    the start position that is checked before a set
    EXERCISE.say      what is said before a set, and not checked
    EXERCISE.rep      what makes a rep, or the position of a hold
    EXERCISE.sides    left and right, told apart and counted
    EXERCISE.guide    the spoken rounds of a guided exercise
    EXERCISE/DOSE.breath    what a dose says of the breath, at its moment
    safety.RULE       a rule of safety.toml, or its `notice`
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from formcheck.errors import SpecError
from formcheck.exercises.catalog import find_spec, safety_rules, spec_paths
from formcheck.exercises.clauses import nearest
from formcheck.exercises.model import Dose, ExerciseSpec, FaultRule, Limit
from formcheck.records.events import Source

_SAFETY = "safety"
NOTICE = "notice"
"""The name of what formcheck says of itself, which is no rule of a guide alone."""

_OF_AN_EXERCISE = ("start", "say", "rep", "sides", "guide")


@dataclass(frozen=True)
class Acting:
    """What acts on a statement.

    part: one of start, say, rep, sides, guide, or with a dose breath. rule: of a rule of safety,
    its id; source: where that comes from, None for the notice. The fields that do not belong are
    None or empty.
    """

    spec: ExerciseSpec | None = None
    fault: FaultRule | None = None
    dose: Dose | None = None
    part: str = ""
    rule: str = ""
    source: Source | None = None


def acting(name: str) -> Acting:
    """What a name stands for.

    Raises:
        SpecError: there is nothing of that name.
    """
    if name.startswith(f"{_SAFETY}."):
        return _rule(name.removeprefix(f"{_SAFETY}."))
    exercise, slash, dose_id = name.partition("/")
    if slash:
        return _dose(_spec(exercise), dose_id)
    exercise, _, part = name.partition(".")
    return _part(_spec(exercise), part)


def limit(name: str) -> tuple[ExerciseSpec, Limit]:
    """The entry of an exercise file of what no camera sees, named as "EXERCISE: WHAT".

    Raises:
        SpecError: there is no such entry.
    """
    exercise, _, what = name.partition(": ")
    spec = _spec(exercise)
    for found in spec.not_measured:
        if found.what == what:
            return spec, found
    raise _unknown(f"{exercise} says of no {what!r} that it is not measured", what,
                   (one.what for one in spec.not_measured))  # fmt: skip


def _spec(exercise: str) -> ExerciseSpec:
    if exercise not in spec_paths():
        raise _unknown(f"unknown exercise {exercise!r}", exercise, spec_paths())
    return find_spec(exercise)


def _dose(spec: ExerciseSpec, name: str) -> Acting:
    dose_id, _, part = name.partition(".")
    dose = spec.dose_by_id(dose_id)
    if part not in ("", "breath") or (part and not dose.breath):
        raise SpecError(f"{spec.id}/{dose.id} has no {part!r}")
    return Acting(spec, dose=dose, part=part)


def _part(spec: ExerciseSpec, part: str) -> Acting:
    for rule in spec.fault:
        if rule.id == part:
            return Acting(spec, fault=rule)
    has = {"sides": spec.sides != "together", "guide": spec.guide is not None}
    if part not in _OF_AN_EXERCISE or not has.get(part, True):
        known = [*(rule.id for rule in spec.fault), *_OF_AN_EXERCISE]
        raise _unknown(f"{spec.id} has no {part!r}", part, known)
    return Acting(spec, part=part)


def _rule(rule: str) -> Acting:
    sources = dict(safety_rules().rules())
    if rule not in sources and rule != NOTICE:
        raise _unknown(f"no rule of safety is called {rule!r}", rule, [*sources, NOTICE])
    return Acting(rule=rule, source=sources.get(rule))


def _unknown(message: str, word: str, known: Iterable[str]) -> SpecError:
    return SpecError(message + nearest(word, known))
