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
from formcheck.exercises.fields import before_rest
from formcheck.exercises.guides import documents, specs_dir
from formcheck.exercises.model import (
    HELD_BREATHS,
    MOMENTS,
    Dose,
    ExerciseSpec,
    FaultRule,
    Guide,
    Limit,
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
        return path.read_text(encoding="utf-8")
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
    data, lines = _toml(text, name), TomlLines(text)
    taken: list[dict[str, Any]] = []
    like = data.get("like")
    if folder and like and isinstance(like, str):
        base = _base(like, folder, f"{name}:{lines.line_of(('like',))}")
        taken = _faults_taken(data, base)
        data = _inherited(data, base, taken)
    try:
        spec = ExerciseSpec.model_validate(data)
        found = list(_misfits(spec))
    except ValidationError as error:
        found = [(_path(e["loc"]), _say(e)) for e in error.errors()]
    if found:
        written = [(_as_written(key, len(taken)), what) for key, what in found]
        raise SpecError("\n".join(_told(written, lines, name)))
    return spec


def _toml(text: str, name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SpecError(_toml_error(name, text, str(error))) from None


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


def _faults_taken(data: dict[str, Any], base: dict[str, Any]) -> list[dict[str, Any]]:
    """The faults that an exercise inherits: one of its own replaces that of the same id, and none
    waits for one that stays behind."""
    faults = data.get("fault")
    own = faults if isinstance(faults, list) else []
    ids = [rule.get("id") for rule in own if isinstance(rule, dict)]
    common = [r for r in base.get("fault", []) if not r.get("variant") and not r.get("doses")]
    there = [*ids, *(rule["id"] for rule in common)]
    named = data.get("rules")
    rules = named if isinstance(named, dict) else {}
    return [
        {
            **rule,
            "unless": [fault for fault in rule.get("unless", []) if fault in there],
            "rule": rules.get(rule["id"], rule["rule"]),
        }
        for rule in common
        if rule["id"] not in ids
    ]


def _inherited(
    data: dict[str, Any], base: dict[str, Any], faults: list[dict[str, Any]]
) -> dict[str, Any]:
    """An exercise's own data over what it inherits; where their shapes do not fit, its own alone,
    for the validation to report."""
    taken = {key: base[key] for key in _INHERITED if key in base}
    both: dict[str, Any] = {
        key: _over(taken[key], data[key]) for key in ("start", "rep") if key in data
    }
    rep = data.get("rep")
    if isinstance(rep, dict) and "basis" in rep:
        both["rep"]["basis"] = _over(taken["rep"]["basis"], rep["basis"])
    if isinstance(rules := data.get("fault", []), list):
        both["fault"] = [*faults, *rules]
    return {**taken, **data, **both}


def _over(base: dict[str, Any], own: Any) -> Any:
    return {**base, **own} if isinstance(own, dict) else own


def _as_written(key: Key, inherited: int) -> Key:
    """The key in the file itself, where the first faults are `inherited` from another."""
    match key:
        case ("fault", int(i), *rest):
            return ("fault", i - inherited, *rest) if i >= inherited else ("like",)
    return key


def _told(found: list[tuple[Key, str]], lines: TomlLines, name: str) -> Iterator[str]:
    placed = sorted((lines.line_of(key), what) for key, what in found)
    yield from dict.fromkeys(f"{name}:{line}: {what}" for line, what in placed)


def _misfits(spec: ExerciseSpec) -> Iterator[tuple[Key, str]]:
    """What is wrong between the tables of a file, each of which is valid, and where."""
    tables: dict[str, tuple[FaultRule | Dose, ...]] = {"fault": spec.fault, "dose": spec.dose}
    for table, entries in tables.items():
        ids: list[str] = []
        for i, entry in enumerate(entries):
            if entry.id in ids:
                yield (table, i, "id"), f"{table} id {entry.id!r} is used twice"
            ids.append(entry.id)
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
    levels = ("reach", "fall") if spec.is_timed else ("leave", "reach", "fall", "back", "partial")
    for level in levels:
        if level not in spec.rep.basis:
            yield ("rep", "basis"), f"rep.basis.{level} is missing; give the source of the number"
        if _is_off_the_measure(spec, getattr(spec.rep, level)):
            yield ("rep", level), f"rep.{level}: {_needs_the_measure(spec)}"


def _is_off_the_measure(spec: ExerciseSpec, level: tuple[Clause, ...]) -> bool:
    """Whether a level of a rep has no number on the way that the rep goes."""
    return not spec.is_timed and all(clause.signal != spec.rep.measure for clause in level)


def _needs_the_measure(spec: ExerciseSpec) -> str:
    return f"none of its clauses is about {spec.rep.measure}, the measure of the rep; add one"


def _variant_misfits(spec: ExerciseSpec, name: str, variant: Variant) -> Iterator[tuple[Key, str]]:
    for level, clauses in (("reach", variant.reach), ("fall", variant.fall)):
        place: Key = ("variant", name, level)
        if clauses is None and level in variant.basis:
            place = ("variant", name, "basis", level)
            yield place, f"variant.{name}.basis.{level}: the variant has no {level} of its own"
        if clauses is not None and _is_off_the_measure(spec, clauses):
            yield place, f"variant.{name}.{level}: {_needs_the_measure(spec)}"
    rules = {rule.id: rule for rule in spec.fault}
    for fault, when in variant.fault.items():
        if fault in rules and rules[fault].during == "start":
            try:
                before_rest(when)
            except ValueError as error:
                place = ("variant", name, "fault", fault)
                yield place, f"variant.{name}.fault.{fault}: {error}"


def _toml_error(name: str, text: str, message: str) -> str:
    place = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    line = int(place[1]) if place else text.count("\n") + 1
    return f"{name}:{line}: {message.split(' (at ')[0]}; correct the TOML there"


def _path(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The error's place without pydantic's own inner names."""
    return tuple(part for part in loc if part != "[key]")


_MODELS: Mapping[str, type[BaseModel]] = {
    "start": Start, "rep": RepRule, "guide": Guide, "fault": FaultRule, "dose": Dose,
    "variant": Variant, "not_measured": Limit, "safety": Safety,
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
    loc = _path(error["loc"])
    where = ".".join(str(part) for part in loc if not isinstance(part, int))
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
    return _MODELS.get(str(loc[0]), ExerciseSpec) if len(loc) > 1 else ExerciseSpec


def _known_keys(loc: tuple[int | str, ...]) -> list[str]:
    if loc[-2:-1] and loc[-2] in ("source", "rule", "number"):
        return ["doc", "at"]
    return list(_table(loc).model_fields)
