"""An exercise as data: what one TOML file in exercise_specs/ says, validated whole.

Every mistake of a file is told at once, each as `file:line: what; what to write instead`.
`json_schema` is for editors.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
    model_validator,
)

from formcheck.attempts import ATTEMPT_MEASURES
from formcheck.body import Works
from formcheck.clauses import (
    EXAMPLE,
    RELATIONS,
    Clause,
    Signal,
    nearest,
    parse_clause,
    parse_signal,
)
from formcheck.documents import documents
from formcheck.errors import SpecError
from formcheck.events import Severity, Source, View
from formcheck.measurements import REGISTRY
from formcheck.postures import POSTURES, Posture
from formcheck.tomlines import Key, TomlLines

_N = TypeVar("_N", int, float)

_NUMBER = r"\d+(?:\.\d+)?"

BREATH_S = 4.0
"""Seconds for one deep breath (our judgement)."""


def _clauses(value: Any) -> tuple[Clause, ...]:
    lines = [value] if isinstance(value, str) else value
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise ValueError("write a clause in quotes, or a list of clauses")
    if not lines:
        raise ValueError(f"no clause in it; write one, for example {EXAMPLE!r}")
    return tuple(parse_clause(line) for line in lines)


def _of_instants(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Those clauses, if each can be judged at an instant."""
    for clause in clauses:
        if clause.signal.name in ATTEMPT_MEASURES:
            raise ValueError(
                f"{clause.signal} is known only once an attempt is over; "
                "write it in a [[fault]] with during = 'attempt'"
            )
        plain = clause.text.removeprefix(f"{clause.over} ").split(" for ")[0]
        if plain != clause.text:
            raise ValueError(f"{clause.text!r} is judged at each instant; write {plain!r}")
    return clauses


def _before_rest(clauses: tuple[Clause, ...]) -> tuple[Clause, ...]:
    """Those clauses, if each can be judged before the person's rest is known."""
    for clause in _of_instants(clauses):
        if clause.from_rest:
            relation = "above" if clause.wants_more else "below"
            raise ValueError(
                f"{clause.text!r}: no rest is known yet to measure from; "
                f"write a fixed number, as in '{clause.signal} {relation} 20 {clause.unit}'"
            )
        if clause.if_seen:
            plain = clause.text.removesuffix(" if seen")
            raise ValueError(f"{clause.text!r} must be seen before the start; write {plain!r}")
    return clauses


def _signal(value: Any) -> Signal:
    if not isinstance(value, str):
        raise ValueError("write a measure and its side in quotes")
    return parse_signal(value)


_FROM_REST = " from rest"


def _works(value: Any) -> Works:
    text = value.removesuffix(_FROM_REST) if isinstance(value, str) else value
    signal = _signal(text)
    if signal.who not in ("least", "most"):
        raise ValueError(
            f"which side works is told by 'least' or 'most', as in '{signal.name} most'"
        )
    return Works(signal.name, most=signal.who == "most", from_rest=text != value)


def _of_one_value(signal: Signal) -> Signal:
    if signal.who == "both":
        raise ValueError(f"'{signal}' is two values, and a rep goes by one; write 'near' or 'mean'")
    return signal


def _posture(value: Any) -> Posture:
    if not isinstance(value, str) or value not in POSTURES:
        raise ValueError(f"unknown posture {value!r}{nearest(str(value), POSTURES)}")
    return POSTURES[value]


def _seconds(value: Any) -> tuple[float, float]:
    match = re.fullmatch(rf"({_NUMBER})(?: to ({_NUMBER}))? (s|breaths?)", str(value))
    if not match:
        raise ValueError(f"{value!r} is no time; write '5 s', '7 to 8 s' or '3 breaths'")
    scale = 1.0 if match[3] == "s" else BREATH_S
    return _upwards(float(match[1]) * scale, float(match[2] or match[1]) * scale, value)


def _count(value: Any) -> tuple[int, int]:
    match = re.fullmatch(r"(\d+)(?: to (\d+))?", str(value))
    if not match:
        raise ValueError(f"{value!r} is no count; write '10' or '5 to 10'")
    return _upwards(int(match[1]), int(match[2] or match[1]), value)


def _upwards(low: _N, high: _N, value: Any) -> tuple[_N, _N]:
    if low > high:
        raise ValueError(f"{value!r} goes down; write the smaller number first")
    return low, high


_TEXT = WithJsonSchema({"type": "string"})
_TEXTS = WithJsonSchema(
    {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]}
)
Clauses = Annotated[tuple[Clause, ...], BeforeValidator(_clauses), _TEXTS]
LevelClauses = Annotated[Clauses, AfterValidator(_of_instants)]
StartClauses = Annotated[Clauses, AfterValidator(_before_rest)]
SignalName = Annotated[Signal, BeforeValidator(_signal), _TEXT]
MeasureName = Annotated[SignalName, AfterValidator(_of_one_value)]
WorksName = Annotated[Works, BeforeValidator(_works), _TEXT]
PostureName = Annotated[Posture, BeforeValidator(_posture), _TEXT]
Seconds = Annotated[tuple[float, float], BeforeValidator(_seconds), _TEXT]
Count = Annotated[tuple[int, int], BeforeValidator(_count), _TEXT]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


_UNJUDGED = "side_view above 0"
"""Stands for a bare relation whose measure is wrong: that alone is told, not each use of it."""


def _with_measure(measure: Any, value: Any) -> Any:
    """A clause, or a list of them, with the measure put before a bare relation."""
    if isinstance(value, list):
        return [_with_measure(measure, item) for item in value]
    if isinstance(value, str) and value.split(" ")[0] in RELATIONS:
        return f"{measure} {value}" if _is_measure(measure) else _UNJUDGED
    return value


def _is_measure(value: Any) -> bool:
    try:
        _signal(value)
    except ValueError:
        return False
    return True


class Start(_Table):
    """The start posture: what must be held still before anything is judged."""

    posture: PostureName
    require: StartClauses = ()
    say: str


class RepRule(_Table):
    """The levels of a rep (design.md, law 5), in the order in which they are passed.

    leave begins an attempt, reach its top, fall ends the top, back ends the attempt. partial is
    the least that is not noise. All clauses of leave, reach, hold, back and partial must hold;
    any one of fall suffices. basis: what the number of each level rests on.
    A clause that begins with its relation speaks of `measure`. In a timed hold only reach (the
    position) and fall (out of it) are given.
    """

    measure: MeasureName
    leave: LevelClauses
    reach: LevelClauses
    fall: LevelClauses
    back: LevelClauses
    partial: LevelClauses
    hold: LevelClauses = ()
    basis: dict[Literal["leave", "reach", "fall", "back", "partial", "hold"], Source]

    @model_validator(mode="before")
    @classmethod
    def _name_the_measure(cls, data: Any) -> Any:
        if not isinstance(data, dict):
            return data
        measure = data.get("measure")
        return {level: _with_measure(measure, value) for level, value in data.items()}


class FaultRule(_Table):
    """One way to do it wrong, in words that mend it.

    during: the part of the attempt that is judged. views: from where it can be judged.
    rule: what the demand rests on; number: what its number rests on. variant, doses: the only
    variant, and the only doses, in which it is judged; empty for all. pose: of a cycle, the pose
    that it belongs to. unless: faults that say enough: where one of them is told, this one is not.
    """

    id: str
    during: Literal["start", "attempt", "top", "return"]
    when: Clauses
    severity: Severity
    cue: str = Field(max_length=48)
    views: tuple[View, ...] = ("side", "oblique", "front")
    variant: str = ""
    doses: tuple[str, ...] = ()
    pose: str = ""
    unless: tuple[str, ...] = ()
    rule: Source
    number: Source

    def belongs_to(self, dose: Dose) -> bool:
        """Whether it is judged in a dose."""
        return self.variant in ("", dose.variant) and (not self.doses or dose.id in self.doses)

    @field_validator("when")
    @classmethod
    def _fits_the_phase(cls, when: tuple[Clause, ...], info: ValidationInfo) -> tuple[Clause, ...]:
        return _before_rest(when) if info.data.get("during") == "start" else when


class Dose(_Table):
    """How much, as one document asks it; `variant` where it also asks another geometry.

    hold_s: shortest and longest hold asked, seconds; (0, 0) for none. pose_hold: where the poses
    of a cycle are held differently, by pose.
    """

    id: str
    reps: Count
    hold: Seconds = (0.0, 0.0)
    pose_hold: dict[str, Seconds] = {}
    sets: Count = (1, 1)
    note: str = ""
    variant: str = ""
    source: Source

    @property
    def hold_s(self) -> float:
        """The hold asked for: the shorter end of the range."""
        return self.hold[0]

    def hold_of_s(self, pose: str) -> float:
        """The hold asked for in a pose of a cycle, or in any."""
        return self.pose_hold.get(pose, self.hold)[0]


class Variant(_Table):
    """What a dose's own geometry changes: levels of the rep, and the conditions of faults."""

    say: str
    reach: LevelClauses | None = None
    fall: LevelClauses | None = None
    basis: dict[Literal["reach", "fall"], Source] = {}
    fault: dict[str, Clauses] = {}


class Limit(_Table):
    """Something that the camera cannot see, said aloud."""

    what: str
    why: str


class Safety(_Table):
    """How the exercise loads the back (docs/evidence.md)."""

    flexion: Literal["none", "gentle", "moderate", "deep"]
    extension: Literal["none", "gentle", "moderate", "strong"]
    rotation: Literal["none", "gentle", "moderate"]
    load: Literal["none", "bodyweight", "external"]
    balance: Literal["none", "needed"]


class ExerciseSpec(_Table):
    """One exercise.

    mode: "reps", with or without a hold in each; "timed", a position that is held and nothing
    else; "guided", a position in which something is done that no camera sees, timed only.
    sides: "together"; "alternating", left and right in turn; "each", a set on one side. The
    working side is told for each rep by `works`, or, without it, from the raised leg and the
    opposite raised arm. poses: the names of the two poses of a cycle, above rest and below it.
    like: another exercise, from which all is taken that this one does not say otherwise. over:
    other exercises that what is done in this one would pass for: where both fit, this is meant.
    side_view: how far from the side or the front it may be seen: the least value of the measure of
    that name from the side, or the most from the front, where it is another than usual
    (`start.VIEW_BOUNDS`).
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    title: str
    names: dict[str, str] = {}
    rating: Literal["measured", "fair", "silhouette", "guided"]
    camera: Literal["side", "front", "any"]
    side_view: float | None = Field(default=None, gt=0, lt=1)
    place: str
    mode: Literal["reps", "timed", "guided"] = "reps"
    like: str = ""
    over: tuple[str, ...] = ()
    sides: Literal["together", "alternating", "each"] = "together"
    works: WorksName | None = None
    poses: tuple[str, str] | None = None
    start: Start
    rep: RepRule
    fault: tuple[FaultRule, ...] = ()
    dose: tuple[Dose, ...] = Field(min_length=1)
    variant: dict[str, Variant] = {}
    not_measured: tuple[Limit, ...] = ()
    safety: Safety

    @model_validator(mode="before")
    @classmethod
    def _fill_a_timed_hold(cls, data: Any) -> Any:
        """A timed hold begins in its position, and ends out of it: no other level is needed."""
        if not isinstance(data, dict) or data.get("mode", "reps") == "reps":
            return data
        rep = data.get("rep")
        if not isinstance(rep, dict) or "reach" not in rep or "fall" not in rep:
            return data
        levels = {"leave": rep["reach"], "partial": rep["reach"], "back": rep["fall"]}
        return {**data, "rep": {**levels, **rep}}

    @property
    def is_timed(self) -> bool:
        """Whether a position is timed, from the start on, rather than reps counted."""
        return self.mode != "reps"

    @property
    def needs_outline(self) -> bool:
        """Whether any of its measures reads the person's silhouette."""
        used = (signal.name for signal in self.signals())
        return any(REGISTRY[name].needs_outline for name in used if name in REGISTRY)

    def signals(self) -> tuple[Signal, ...]:
        """Every signal that its conditions read."""
        rep = self.rep
        levels = (rep.leave, rep.reach, rep.fall, rep.back, rep.partial, rep.hold)
        groups = (self.start.require, *levels, *(rule.when for rule in self.fault))
        return tuple(dict.fromkeys([rep.measure, *(c.signal for group in groups for c in group)]))

    def dose_by_id(self, dose_id: str | None) -> Dose:
        """The dose of that id, the first one for None.

        Raises:
            SpecError: there is no such dose.
        """
        if dose_id is None:
            return self.dose[0]
        for dose in self.dose:
            if dose.id == dose_id:
                return dose
        known = [dose.id for dose in self.dose]
        raise SpecError(
            f"{self.id} has no dose {dose_id!r}{nearest(dose_id, known) or ';'} "
            f"its doses are {', '.join(known)}"
        )

    def with_dose(self, dose: Dose) -> ExerciseSpec:
        """The exercise as this dose asks it: the geometry of its variant put in, and no variant
        left to be put in over what is changed later."""
        rules = tuple(rule for rule in self.fault if rule.belongs_to(dose))
        plain = self.model_copy(update={"fault": rules, "variant": {}})
        variant = self.variant.get(dose.variant)
        return plain if variant is None else plain._varied(variant)

    def _varied(self, variant: Variant) -> ExerciseSpec:
        levels: dict[str, Any] = {"basis": {**self.rep.basis, **variant.basis}}
        for level in ("reach", "fall"):
            if getattr(variant, level) is not None:
                levels[level] = getattr(variant, level)
        faults = tuple(
            rule.model_copy(update={"when": variant.fault.get(rule.id, rule.when)})
            for rule in self.fault
        )
        start = self.start.model_copy(update={"say": variant.say})
        rep = self.rep.model_copy(update=levels)
        return self.model_copy(update={"start": start, "rep": rep, "fault": faults})


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
    "fault",
)
"""What an exercise that is `like` another takes from it, where it does not say otherwise; faults
of a variant, or of some doses, stay behind as those do."""


def load_spec(path: Path) -> ExerciseSpec:
    """Read and validate one exercise file, and the one beside it that it is like.

    Raises:
        SpecError: the file cannot be read, or with all that is wrong in it, a line each.
    """
    return parse_spec(_read(path), path.name, path.parent)


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise SpecError(f"{path}: no such file") from None
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8"
        raise SpecError(f"{path}: cannot be read as a text file: {reason}") from None


def parse_spec(text: str, name: str, folder: Path | None = None) -> ExerciseSpec:
    """Validate the text of an exercise file; `name` is what messages call it.

    folder: where the exercise lies that it is like.

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
    """The data of the exercise that the one at `place` is like, which is valid in itself."""
    paths = {path.stem: path for path in sorted(folder.glob("*.toml"))}
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
    rules = data.get("fault")
    own = rules if isinstance(rules, list) else []
    ids = [rule.get("id") for rule in own if isinstance(rule, dict)]
    common = [r for r in base.get("fault", []) if not r.get("variant") and not r.get("doses")]
    there = [*ids, *(rule["id"] for rule in common)]
    return [
        {**rule, "unless": [fault for fault in rule.get("unless", []) if fault in there]}
        for rule in common
        if rule["id"] not in ids
    ]


def _inherited(
    data: dict[str, Any], base: dict[str, Any], faults: list[dict[str, Any]]
) -> dict[str, Any]:
    """An exercise's own data over what it inherits; where their shapes do not fit, its own alone,
    for the validation to tell."""
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
                yield (table, i, "id"), f"{table} id {entry.id!r} is given twice"
            ids.append(entry.id)
    for key, what, names, known in _references(spec):
        for name in names:
            if name not in known:
                yield key, f"{what} {name!r}{nearest(name, known) if known else '; there is none'}"
    yield from _level_misfits(spec)
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
    for doc_id in spec.names:
        yield ("names", doc_id), "names: unknown document", [doc_id], documents()


def _given(name: str) -> list[str]:
    return [name] if name else []


def _level_misfits(spec: ExerciseSpec) -> Iterator[tuple[Key, str]]:
    levels = ("reach", "fall") if spec.is_timed else ("leave", "reach", "fall", "back", "partial")
    for level in levels:
        if level not in spec.rep.basis:
            yield (
                ("rep", "basis"),
                f"rep.basis.{level} is missing; say what the number rests on",
            )
        if _is_off_the_measure(spec, getattr(spec.rep, level)):
            yield ("rep", level), f"rep.{level}: {_needs_the_measure(spec)}"


def _is_off_the_measure(spec: ExerciseSpec, level: tuple[Clause, ...]) -> bool:
    """Whether a level of a rep has no number on the way that the rep goes."""
    return not spec.is_timed and all(clause.signal != spec.rep.measure for clause in level)


def _needs_the_measure(spec: ExerciseSpec) -> str:
    return f"no clause in it is on {spec.rep.measure}, the measure of the rep; add one"


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
                _before_rest(when)
            except ValueError as error:
                place = ("variant", name, "fault", fault)
                yield place, f"variant.{name}.fault.{fault}: {error}"


def _toml_error(name: str, text: str, message: str) -> str:
    place = re.search(r" \(at line (\d+), column (\d+)\)$", message)
    line = int(place[1]) if place else text.count("\n") + 1
    return f"{name}:{line}: {message.split(' (at ')[0]}; mend the TOML there"


def _path(loc: tuple[int | str, ...]) -> tuple[int | str, ...]:
    """The error's place without pydantic's own inner names."""
    return tuple(part for part in loc if part != "[key]")


_MODELS: Mapping[str, type[_Table]] = {
    "start": Start, "rep": RepRule, "fault": FaultRule, "dose": Dose, "variant": Variant,
    "not_measured": Limit, "safety": Safety,
}  # fmt: skip


def _say(error: Any) -> str:
    loc = _path(error["loc"])
    where = ".".join(str(part) for part in loc if not isinstance(part, int))
    match error["type"]:
        case "missing":
            return f"{where} is missing"
        case "extra_forbidden" | "unexpected_keyword_argument":
            return f"unknown key {loc[-1]!r}{nearest(str(loc[-1]), _known_keys(loc))}"
        case "value_error":
            return f"{where + ': ' if where else ''}{error['ctx']['error']}"
        case "literal_error":
            return f"{where}: {error['input']!r} is not one of {error['ctx']['expected']}"
        case "tuple_type":
            many = f"[[{where}]]" if where in _MODELS else "brackets round it"
            return f"{where} is a list; write {many}"
        case "model_type" | "dict_type" | "dataclass_type":
            return f"{where} is a table; give it keys and values"
    return f"{where}: {error['msg']}"


def _known_keys(loc: tuple[int | str, ...]) -> list[str]:
    if loc[-2:-1] and loc[-2] in ("source", "rule", "number"):
        return ["doc", "at"]
    table = _MODELS.get(str(loc[0]), ExerciseSpec) if len(loc) > 1 else ExerciseSpec
    return list(table.model_fields)


def json_schema() -> dict[str, Any]:
    """The JSON Schema of an exercise file, for editors."""
    return ExerciseSpec.model_json_schema()
