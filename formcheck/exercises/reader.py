"""Reads an exercise file and validates it whole, with the one that it is like.

All mistakes of a file are reported at once, each as `file:line: what; what to write instead`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel, ValidationError

from formcheck.errors import SpecError
from formcheck.exercises.clauses import Clause, nearest
from formcheck.exercises.defaults import UNJUDGED, LevelName, completed
from formcheck.exercises.fields import before_rest
from formcheck.exercises.guides import documents, specs_dir
from formcheck.exercises.model import (
    HELD_BREATHS,
    MOMENTS,
    Change,
    Condition,
    Dose,
    ExerciseSpec,
    FaultRule,
    Guide,
    RepRule,
    Safety,
    Start,
    Variant,
)
from formcheck.exercises.toml_lines import Key, TomlLines

_INHERITED = (
    "camera",
    "side_view",
    "place",
    "mode",
    "sides",
    "works",
    "poses",
    "start",
    "rep",
    "guide",
    "fault",
)
"""What an exercise that is `like` another takes from it, where it does not say otherwise; faults
of a variant, or of some doses, stay behind as those do."""


def load_spec(path: Path) -> ExerciseSpec:
    """Read and validate one exercise file, and the one that it is like.

    Raises:
        SpecError: the file cannot be read, or with all that is wrong in it, a line each.
    """
    return parse_spec(_read(path), path.name, path.parent)


def _read(path: Path) -> str:
    if path.is_dir():
        raise SpecError(f"{path}: a folder; give a .toml file")
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise SpecError(f"{path}: no such file; check the path") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise SpecError(f"{path}: cannot be read as a text file: {reason}") from None


def parse_spec(text: str, name: str, folder: Path | None = None) -> ExerciseSpec:
    """Validate the text of an exercise file; `name` is what messages call it.

    folder: where the file lies, and perhaps the exercise that it is like.

    Raises:
        SpecError: with all that is wrong, a line each.
    """
    if len(text) > LONGEST:
        raise SpecError(f"{name}:1: {len(text)} characters; no exercise file is so long")
    data = _toml(text, name)
    most, deepest = _extent(data)
    if most > MOST_ENTRIES:
        raise SpecError(f"{name}:1: {most} keys or values in one place; no exercise has so many")
    if deepest > DEEPEST:
        raise _too_deep(text, name)
    lines = TomlLines(text)
    if old := next(_of_the_old_layout(data), None):
        raise SpecError(f"{name}:{lines.line_of(old[0])}: {old[1]}")
    own = data
    like = data.get("like")
    if folder and like and isinstance(like, str):
        data = _inherited(data, _base(like, folder, f"{name}:{lines.line_of(('like',))}"))
    names = [*data.get("fault", ())] if isinstance(data.get("fault", {}), dict) else []
    data = completed(data)
    try:
        spec = ExerciseSpec.model_validate(data)
        found = list(_misfits(spec))
    except ValidationError as error:
        mistakes = error.errors(include_url=False, include_input=True)
        placed = [(_path(e["loc"], names), e) for e in mistakes[:MOST_TOLD]]
        found = [(key, _say({**e, "loc": key})) for key, e in placed]
        found += [((), f"and {len(mistakes) - MOST_TOLD} more")] * (len(mistakes) > MOST_TOLD)
    if found:
        written = [(_as_written(_path(key, names), own), what) for key, what in found]
        raise SpecError("\n".join(_told(written, lines, name)))
    return spec


MOST_TOLD = 30
"""How many mistakes of one file are told at once."""

LONGEST = 500_000
"""More characters than this are no exercise file (ours)."""

MOST_ENTRIES = 1000
"""More keys or values than this in one table or list are no exercise (ours)."""


DEEPEST = 20
"""Tables and lists that lie deeper in one another are no exercise (ours: the deepest has 5)."""


def _extent(data: dict[str, Any]) -> tuple[int, int]:
    """The most entries of any table or list in there, and how deep they lie in one another."""
    most = deepest = 0
    waiting: list[tuple[Any, int]] = [(data, 1)]
    while waiting:
        value, depth = waiting.pop()
        parts = value.values() if isinstance(value, dict) else value
        most, deepest = max(most, len(parts)), max(deepest, depth)
        waiting += [(part, depth + 1) for part in parts if isinstance(part, dict | list)]
    return most, deepest


def _too_deep(text: str, name: str) -> SpecError:
    line, _ = max(
        enumerate(text.splitlines(), 1), key=lambda one: one[1].count("[") + one[1].count(".")
    )
    return SpecError(f"{name}:{line}: lists or tables too deep in one another; write fewer")


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SpecError(_toml_error(name, text, str(error))) from None
    except RecursionError:
        raise _too_deep(text, name) from None
    except ValueError:  # Python refuses integers of more than 4300 digits
        line = next((n for n, s in enumerate(text.splitlines(), 1) if _HUGE.search(s)), 1)
        raise SpecError(f"{name}:{line}: a number of thousands of digits; write fewer") from None


_HUGE = re.compile(r"\d[\d_]{4300}")


_NEW = "; see exercise_specs/README.md"


def _of_the_old_layout(data: dict[str, Any]) -> Iterator[tuple[Key, str]]:
    """Keys that files had until levels and faults got their reasons beside their numbers."""
    rep, faults, variants = (data.get(key) for key in ("rep", "fault", "variant"))
    if isinstance(rep, dict) and "basis" in rep:
        key = 'rep.basis is no more; write number = "ours: why" beside when in [rep.leave]'
        yield ("rep", "basis"), f"{key}{_NEW}"
    if isinstance(faults, list) and any(isinstance(fault, dict) for fault in faults):
        first = next(fault for fault in faults if isinstance(fault, dict))
        id = first.get("id", "its_id")
        yield ("fault", 0), f"[[fault]] is no more; write [fault.{id}], without the id{_NEW}"
    for name, variant in variants.items() if isinstance(variants, dict) else ():
        if isinstance(variant, dict) and "basis" in variant:
            key = f"write number or anchor in [variant.{name}.reach]"
            yield ("variant", name, "basis"), f"variant.{name}.basis is no more; {key}{_NEW}"
    if isinstance(limits := data.get("not_measured"), list) and limits:
        key = 'write [not_measured] with "what" = "why"'
        yield ("not_measured", 0), f"[[not_measured]] is no more; {key}{_NEW}"


def _base(like: str, folder: Path, place: str) -> dict[str, Any]:
    """The data of the exercise that the one at `place` is like, which is valid in itself: one
    beside it, or else one of the guides'."""
    paths = {path.stem: path for there in (specs_dir(), folder) for path in there.glob("*.toml")}
    if like not in paths:
        raise SpecError(f"{place}: like: unknown exercise {like!r}{nearest(like, paths)}")
    path = paths[like]
    text = _read(path)
    base = _toml(text, path.name)
    if base.get("like"):
        raise SpecError(f"{place}: like: {like!r} is itself like another; name one that is not")
    parse_spec(text, path.name)
    return base


def _inherited(data: dict[str, Any], base: dict[str, Any]) -> dict[str, Any]:
    """An exercise's own data over what it inherits; where their shapes do not fit, its own alone,
    for the validation to report."""
    taken = {key: base[key] for key in _INHERITED if key in base}
    rules = data.get("rules")
    named = rules if isinstance(rules, dict) else {}
    taken["fault"] = _faults_taken(data.get("fault", {}), base.get("fault", {}), named)
    both = {
        key: {**taken.get(key, {}), **data[key]}
        for key in ("start", "rep", "fault")
        if isinstance(data.get(key), dict)
    }
    return {**taken, **data, **both}


def _faults_taken(own: Any, base: dict[str, Any], rules: dict[str, Any]) -> dict[str, Any]:
    """The faults that an exercise inherits: one of its own replaces that of the same id, and none
    waits for one that stays behind."""
    ids = list(own) if isinstance(own, dict) else []
    common = {id: r for id, r in base.items() if not r.get("variant") and not r.get("doses")}
    there = [*ids, *common]
    return {
        id: {
            **rule,
            "unless": [fault for fault in rule.get("unless", []) if fault in there],
            "rule": rules.get(id, rule["rule"]),
        }
        for id, rule in common.items()
        if id not in ids
    }


def _as_written(key: Key, own: dict[str, Any]) -> Key:
    """The key in the file itself, which may have a fault from another."""
    match key:
        case ("fault", str(id), *_) if id not in own.get("fault", {}):
            return ("like",)
    return key


def _told(found: list[tuple[Key, str]], lines: TomlLines, name: str) -> Iterator[str]:
    placed = sorted((lines.line_of(key), what) for key, what in found)
    yield from dict.fromkeys(f"{name}:{line}: {what}" for line, what in placed)


def _misfits(spec: ExerciseSpec) -> Iterator[tuple[Key, str]]:
    """What is wrong between the tables of a file, each of which is valid, and where."""
    ids: list[str] = []
    for i, dose in enumerate(spec.dose):
        if dose.id in ids:
            yield ("dose", i, "id"), f"dose id {dose.id!r} is used twice"
        ids.append(dose.id)
    for key, what, names, known in _references(spec):
        for name in names:
            if name not in known:
                yield key, f"{what} {name!r}{nearest(name, known) if known else '; there is none'}"
    yield from _level_misfits(spec)
    if (spec.mode == "guided") != (spec.guide is not None):
        needs = "a guided exercise says what to do in [guide]; add it, or take another mode"
        yield ("guide",) if spec.guide else ("mode",), needs
    for i, dose in enumerate(spec.dose):
        yield from _dose_misfits(spec, ("dose", i), dose)
    for name, variant in spec.variant.items():
        yield from _variant_misfits(spec, name, variant)


def _references(
    spec: ExerciseSpec,
) -> Iterator[tuple[Key, str, Iterable[str], Collection[str]]]:
    """Whatever names something else: where, in what words, the names, and those there are."""
    faults, doses = [rule.id for rule in spec.fault], [dose.id for dose in spec.dose]
    variants, poses = spec.variant.keys(), spec.poses or ()
    for i, rule in enumerate(spec.fault):
        place, who = ("fault", i), repr(rule.id)
        yield (*place, "variant"), f"{who}: unknown variant", _given(rule.variant), variants
        yield (*place, "pose"), f"{who}: unknown pose", _given(rule.pose), poses
        yield (*place, "doses"), f"{who}: unknown dose", rule.doses, doses
        yield (*place, "unless"), f"{who}: unknown fault", rule.unless, faults
    for i, dose in enumerate(spec.dose):
        place, who = ("dose", i), repr(dose.id)
        yield (*place, "variant"), f"{who}: unknown variant", _given(dose.variant), variants
        for pose in dose.pose_hold:
            yield (*place, "pose_hold", pose), f"{who}: unknown pose", [pose], poses
    for name, variant in spec.variant.items():
        for fault in variant.fault:
            key = ("variant", name, "fault", fault)
            yield key, f"variant {name!r}: unknown fault", [fault], faults
        for fault in variant.rules:
            yield ("variant", name, "rules", fault), "rules: unknown fault", [fault], variant.fault
    for fault in spec.rules:
        yield ("rules", fault), "rules: unknown fault", [fault], faults if spec.like else ()
    for doc_id in spec.names:
        yield ("names", doc_id), "names: unknown document", [doc_id], documents()


def _dose_misfits(spec: ExerciseSpec, place: Key, dose: Dose) -> Iterator[tuple[Key, str]]:
    """What a dose asks that its exercise cannot do."""
    who = repr(dose.id)
    if dose.per and (spec.is_timed or spec.poses):
        yield (*place, "per"), f"{who}: per is for an exercise with reps that has two sides"
    moments = (*spec.poses, "hold") if spec.poses else MOMENTS
    for moment, word in dose.breath.items():
        key: Key = (*place, "breath", moment)
        if moment not in moments:
            yield key, f"{who}: unknown moment {moment!r}{nearest(moment, moments)}"
        elif (moment == "hold") != (word in HELD_BREATHS):
            fits = "'keep', 'deep' or 'one'" if moment == "hold" else "'in' or 'out'"
            yield key, f"{who}: breath {word!r} does not fit {moment!r}; write {fits}"
        elif moment == "hold" and not dose.asks_hold:
            yield key, f"{who}: nothing is held; give the dose a hold, or leave the breath out"


def _given(name: str) -> list[str]:
    return [name] if name else []


def _level_misfits(spec: ExerciseSpec) -> Iterator[tuple[Key, str]]:
    every: tuple[LevelName, ...] = ("leave", "partial", "reach", "fall", "back")
    for level in every:
        clauses = getattr(spec.rep, level)
        if not clauses:
            why = "it does not follow from the reach here"
            yield ("rep", level), f"rep.{level} is missing; {why}, so write it"
        elif _is_off_the_measure(spec, clauses):
            yield ("rep", level), f"rep.{level}: {_needs_the_measure(spec)}"


def _is_off_the_measure(spec: ExerciseSpec, level: tuple[Clause, ...]) -> bool:
    """Whether a level of a rep has no number on the way that the rep goes."""
    if spec.is_timed or any(clause.text == UNJUDGED for clause in level):
        return False
    return all(clause.signal != spec.rep.measure for clause in level)


def _needs_the_measure(spec: ExerciseSpec) -> str:
    return f"none of its clauses is about {spec.rep.measure}, the measure of the rep; add one"


def _variant_misfits(spec: ExerciseSpec, name: str, variant: Variant) -> Iterator[tuple[Key, str]]:
    for level, conditions in variant.levels().items():
        clauses = tuple(clause for one in conditions for clause in one.when)
        if _is_off_the_measure(spec, clauses):
            place: Key = ("variant", name, level)
            yield place, f"variant.{name}.{level}: {_needs_the_measure(spec)}"
    rules = {rule.id: rule for rule in spec.fault}
    for fault, change in variant.fault.items():
        if fault in rules and rules[fault].during == "start":
            try:
                before_rest(change.when)
            except ValueError as error:
                place = ("variant", name, "fault", fault)
                yield place, f"variant.{name}.fault.{fault}: {error}"


def _toml_error(name: str, text: str, message: str) -> str:
    place = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    line = int(place[1]) if place else text.count("\n") + 1
    return f"{name}:{line}: {message.split(' (at ')[0]}; correct the TOML there"


def _path(loc: Key, faults: list[str]) -> Key:
    """The error's place without pydantic's own inner names, and with those of the faults."""
    match tuple(part for part in loc if part != "[key]"):
        case ("fault", int(i), *rest) if i < len(faults):
            return ("fault", faults[i], *rest)
        case path:
            return path


_MODELS: Mapping[str, type[BaseModel]] = {
    "start": Start, "rep": RepRule, "guide": Guide, "fault": FaultRule, "dose": Dose,
    "variant": Variant, "safety": Safety,
}  # fmt: skip


_WRITE = {
    "string_type": "write text in quotes",
    "string_pattern_mismatch": "write small letters, digits and _, a letter first",
    "string_too_long": "write at most {max_length} characters",
    "float_type": "write a number",
    "float_parsing": "write a number, without quotes",
    "greater_than": "write a number above {gt:g}",
    "less_than": "write a number below {lt:g}",
    "too_long": "write two names",
    "too_short": "write at least one",
}
"""What to write, by pydantic's name of the mistake."""


def _say(error: Any) -> str:
    loc: Key = error["loc"]
    where = ".".join(str(part) for part in loc if not isinstance(part, int))
    if error["type"] != "missing" and loc[0] in ("rep", "variant"):
        where = where.removesuffix(".when")
    match error["type"]:
        case "missing" if isinstance(loc[-1], int):
            return f"{where}: {_WRITE['too_long']}"
        case "missing":
            choices = _choices(loc)
            return f"{where} is missing{f'; write {choices}' if choices else ''}"
        case "extra_forbidden" | "unexpected_keyword_argument":
            return f"unknown key {loc[-1]!r}{nearest(str(loc[-1]), _known_keys(loc))}"
        case "value_error":
            return f"{where + ': ' if where else ''}{error['ctx']['error']}"
        case "literal_error":
            return f"{where}: {error['input']!r} is not one of {error['ctx']['expected']}"
        case "tuple_type":
            if where == "fault":
                return "fault is a table; write [fault.ID] tables"
            if where.startswith(("rep.", "variant.")):
                return f"{where}: write a clause in quotes, or a list of clauses"
            many = f"[[{where}]] tables" if where in _MODELS else "brackets round it"
            return f"{where} is a list; write {many}"
        case "model_type" | "dict_type" | "dataclass_type":
            return f"{where} is a table; give it keys and values"
    write = _WRITE.get(error["type"])
    return f"{where}: {write.format(**error.get('ctx', {})) if write else error['msg']}"


def _choices(loc: tuple[int | str, ...]) -> str:
    """The words that a key may have, where they are fixed."""
    field = _table(loc).model_fields.get(str(loc[-1]))
    if field is None or get_origin(field.annotation) is not Literal:
        return ""
    *more, last = map(repr, get_args(field.annotation))
    return f"{', '.join(more)} or {last}"


def _table(loc: tuple[int | str, ...]) -> type[BaseModel]:
    match loc:
        case ("rep", _, int(), *_) | ("variant", _, _, int(), *_):
            return Condition
        case ("variant", _, "fault", _, *_):
            return Change
    return _MODELS.get(str(loc[0]), ExerciseSpec) if len(loc) > 1 else ExerciseSpec


def _known_keys(loc: tuple[int | str, ...]) -> list[str]:
    return [field.alias or name for name, field in _table(loc).model_fields.items()]
