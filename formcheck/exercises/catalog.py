"""The exercises that are known, and the linter that checks their files."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from formcheck.errors import SpecError
from formcheck.exercises.clauses import nearest
from formcheck.exercises.defaults import LEAST_GAP_DEG, LEAST_GAPS, LEVELS
from formcheck.exercises.guides import DOCUMENTS_FILE, documents, specs_dir
from formcheck.exercises.model import ExerciseSpec
from formcheck.exercises.names import called
from formcheck.exercises.numbers import OTHER_SOURCES, Number
from formcheck.exercises.reader import load_spec
from formcheck.exercises.safety import SafetyRules, parse_safety
from formcheck.measuring.measures import REGISTRY
from formcheck.records.events import Source

_SAFETY = "safety.toml"
_OTHER_FILES = (DOCUMENTS_FILE, _SAFETY)

LEAST_WAY_DEG = {"reach": 10.0, "fall": LEAST_GAP_DEG}
"""The least that these lie beyond any rest that the start allows (ours): a reach nearer than an
attempt needs to begin is met at rest, and a hold does not end where a rest meets not its fall."""


@cache
def safety_rules() -> SafetyRules:
    """Health questions, what their answers rule out, and when to stop."""
    return parse_safety((specs_dir() / _SAFETY).read_text(encoding="utf-8"), _SAFETY)


def spec_paths() -> dict[str, Path]:
    """Exercise id -> file, in order of the ids."""
    return {p.stem: p for p in sorted(specs_dir().glob("*.toml")) if p.name not in _OTHER_FILES}


def find_spec(exercise: str) -> ExerciseSpec:
    """The exercise of that id, or of a name that people give it, or the spec file of that path.

    Raises:
        SpecError: there is none, or more than one is called so, or it is not valid.
    """
    paths = spec_paths()
    if exercise in paths:
        return load_spec(paths[exercise])
    if exercise.endswith(".toml"):
        return load_spec(Path(exercise))
    meant = called(exercise, all_specs())
    if len(meant) > 1:
        ids = ", ".join(spec.id for spec in meant)
        raise SpecError(f"{exercise!r} could be any of {ids}; choose one")
    if meant:
        return meant[0]
    hint = nearest(exercise.casefold(), paths)
    see = " See" if hint else "; see"
    raise SpecError(f"unknown exercise {exercise!r}{hint}{see} `formcheck list`")


def all_specs() -> list[ExerciseSpec]:
    """Every exercise there is."""
    return [load_spec(path) for path in spec_paths().values()]


def sources_of(spec: ExerciseSpec) -> Iterator[tuple[str, Source]]:
    """Every source that a spec cites, with what it is cited for."""
    for rule in spec.fault:
        yield f"fault {rule.id}: rule", rule.rule
    for dose in spec.dose:
        yield f"dose {dose.id}", dose.source
        for named, source in dose.basis.items():
            yield f"dose {dose.id}: {named}", source
    for what, number in numbers_of(spec):
        for source in number.sources():
            yield what, source
    for name, variant in spec.variant.items():
        for fault, source in variant.rules.items():
            yield f"variant {name}: rule of {fault}", source


def numbers_of(spec: ExerciseSpec) -> Iterator[tuple[str, Number]]:
    """Where every number that judges comes from, with what it is."""
    for level in LEVELS:
        for condition in spec.rep.level(level):
            yield f"rep.{level}", condition.origin()
    for rule in spec.fault:
        yield f"fault {rule.id}", rule.origin()
    for name, variant in spec.variant.items():
        for changed, conditions in variant.levels().items():
            for condition in conditions:
                yield f"variant {name}: {changed}", condition.origin()
        for rule in spec.fault:
            if rule.id in variant.fault:
                yield f"variant {name}: fault {rule.id}", variant.of(rule).origin()


def lint(spec: ExerciseSpec, file: Path | None = None) -> list[str]:
    """What is wrong with a spec that is valid as a file: sources, other exercises, gaps between
    levels, levels that the start posture itself may lie beyond, and the name of the file."""
    of_tolerances = {number.basis for _, number in numbers_of(spec) if number.anchor}
    complaints = [
        complaint
        for what, source in sources_of(spec)
        if (complaint := _unknown(what, source)) and source not in of_tolerances
    ]
    for other in spec.over:
        if other not in spec_paths():
            complaints.append(f"over: unknown exercise {other!r}{nearest(other, spec_paths())}")
    for dose in () if spec.is_timed else spec.dose:
        complaints += _narrow_gaps(spec.with_dose(dose), dose.id)
        if not dose.variant:  # a variant's own levels are held against each person's rest
            complaints += _rests_too_near(spec.with_dose(dose), dose.id)
    if file and file.stem != spec.id:
        complaints.append(
            f"id: {spec.id!r} does not match the file name; "
            f"rename the file to {spec.id}.toml, or change the id"
        )
    return list(dict.fromkeys(complaints))


def _unknown(what: str, source: Source) -> str:
    if source.doc in OTHER_SOURCES:
        return (
            ""
            if source.at
            else f"{what}: say what it was measured on, which publication it is from, or why"
        )
    if source.doc not in documents():
        known = [*documents(), *OTHER_SOURCES]
        return f"{what}: unknown document {source.doc!r}{nearest(source.doc, known)}"
    sections = documents()[source.doc].sections
    if source.at not in sections:
        return f"{what}: {source.doc} has no section {source.at!r}{nearest(source.at, sections)}"
    return ""


def _narrow_gaps(spec: ExerciseSpec, dose_id: str) -> Iterator[str]:
    """Pairs of levels of the primary measure that noise could jump between."""
    unit = REGISTRY[spec.rep.measure.name].unit
    limits: dict[str, tuple[bool, float]] = {}
    for level in ("leave", "reach", "fall", "back"):
        for clause in getattr(spec.rep, level):
            if clause.signal == spec.rep.measure:
                limits[level] = clause.from_rest, clause.outer()
    for upper, lower in (("reach", "fall"), ("leave", "back")):
        (one_rest, one), (other_rest, other) = limits[upper], limits[lower]
        gap = one - other if spec.rep.leave[0].wants_more else other - one
        if one_rest == other_rest and gap < LEAST_GAPS[unit] - 1e-9:
            yield (
                f"dose {dose_id}: {upper} lies {gap:g} {unit} beyond {lower}; "
                f"keep them at least {LEAST_GAPS[unit]:g} {unit} apart"
            )


def _rests_too_near(spec: ExerciseSpec, dose_id: str) -> Iterator[str]:
    """Levels that a rest allowed by the start lies beyond, or too near to."""
    rises = spec.rep.leave[0].wants_more
    rest = _farthest_rest(spec, rises=rises)
    for level, least_deg in LEAST_WAY_DEG.items():
        for clause in getattr(spec.rep, level):
            if clause.signal != spec.rep.measure or clause.unit != "deg" or clause.from_rest:
                continue
            way_deg = clause.limit() - rest if rises else rest - clause.limit()
            if way_deg < least_deg:
                yield (
                    f"dose {dose_id}: the start allows {clause.signal} at {rest:g} deg, "
                    f"{way_deg:g} deg short of {level}; keep them at least {least_deg:g} deg apart"
                )


def _farthest_rest(spec: ExerciseSpec, *, rises: bool) -> float:
    """The allowed rest of the primary measure that lies nearest to its top; without a bound to
    it, one that is infinitely far from there."""
    measure = spec.rep.measure
    bounds = [
        clause.high if rises else clause.low
        for clause in spec.start.require
        if clause.signal.name == measure.name and clause.signal.who in (measure.who, "both")
    ]
    bounds = [bound for bound in bounds if math.isfinite(bound)]
    if not bounds:
        return -math.inf if rises else math.inf
    return min(bounds) if rises else max(bounds)
