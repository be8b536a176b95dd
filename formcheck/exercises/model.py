"""An exercise as data: what one TOML file in exercise_specs/ says.

`reader` reads the files, `defaults` fills in what they need not say. `json_schema` is for editors.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from formcheck.errors import SpecError
from formcheck.exercises.clauses import Clause, nearest
from formcheck.exercises.defaults import LevelName
from formcheck.exercises.fields import (
    AnchorText,
    BasisText,
    Clauses,
    Count,
    LevelClauses,
    MeasureName,
    PoseSeconds,
    PostureName,
    Seconds,
    SourceText,
    StartClauses,
    ToleranceText,
    WorksName,
    before_rest,
)
from formcheck.exercises.numbers import Number, number_of
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.signals import Signal
from formcheck.records.events import Severity, View


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Start(_Table):
    """The start posture: what must be held still before anything is judged."""

    posture: PostureName
    require: StartClauses = ()
    say: str


class _Reasoned(_Table):
    """Something with a number, and where the number comes from: what a document says of it
    (anchor) and whose the tolerance on that is, or, without a document, number alone."""

    anchor: AnchorText | None = None
    tolerance: ToleranceText | None = None
    number: BasisText | None = None


class Condition(_Reasoned):
    """Clauses of one level of a rep that share a reason."""

    when: LevelClauses

    @model_validator(mode="after")
    def _has_a_source(self) -> Condition:
        self.origin()
        return self

    def origin(self) -> Number:
        """Where its number comes from."""
        return number_of(self.when, self.number, self.anchor, self.tolerance)


Level = tuple[Condition, ...]
"""The conditions of one level, and where their numbers come from."""


def _clauses_of(level: tuple[Condition, ...]) -> tuple[Clause, ...]:
    return tuple(clause for condition in level for clause in condition.when)


class RepRule(_Table):
    """The levels of a rep (design.md, law 5), in the order in which they are passed.

    leave begins an attempt, reach its top, fall ends the top, back ends the attempt. partial is
    the least that is not noise. All clauses of leave, reach, hold, back and partial must hold;
    any one of fall suffices. A clause that begins with its relation speaks of `measure`. What a
    file leaves out follows from reach (`defaults`).
    """

    measure: MeasureName
    leave_level: Level = Field(default=(), alias="leave")
    partial_level: Level = Field(default=(), alias="partial")
    reach_level: Level = Field(alias="reach")
    hold_level: Level = Field(default=(), alias="hold")
    fall_level: Level = Field(default=(), alias="fall")
    back_level: Level = Field(default=(), alias="back")

    def level(self, name: LevelName) -> tuple[Condition, ...]:
        """The conditions of a level, each with where its number comes from."""
        found: tuple[Condition, ...] = getattr(self, f"{name}_level")
        return found

    @property
    def leave(self) -> tuple[Clause, ...]:
        """What begins an attempt."""
        return _clauses_of(self.leave_level)

    @property
    def partial(self) -> tuple[Clause, ...]:
        """The least that is an attempt."""
        return _clauses_of(self.partial_level)

    @property
    def reach(self) -> tuple[Clause, ...]:
        """What the top asks."""
        return _clauses_of(self.reach_level)

    @property
    def hold(self) -> tuple[Clause, ...]:
        """What is to be kept besides while a hold is timed."""
        return _clauses_of(self.hold_level)

    @property
    def fall(self) -> tuple[Clause, ...]:
        """What ends the top."""
        return _clauses_of(self.fall_level)

    @property
    def back(self) -> tuple[Clause, ...]:
        """What ends an attempt."""
        return _clauses_of(self.back_level)

    def moved(self, move: Callable[[Clause], Clause]) -> RepRule:
        """The rep with every clause of its reach and its fall moved."""
        levels = {
            name: tuple(
                one.model_copy(update={"when": tuple(map(move, one.when))})
                for one in getattr(self, name)
            )
            for name in ("reach_level", "fall_level")
        }
        return self.model_copy(update=levels)

    @property
    def sign(self) -> int:
        """1 where the primary measure grows to the top, -1 where it falls, 0 for either way."""
        leave = self.leave[0]
        if leave.either_way:
            return 0
        return 1 if leave.wants_more else -1


class FaultRule(_Reasoned):
    """One way to do it wrong, and the cue that corrects it.

    during: the part of the attempt that is judged. views: from where it can be judged.
    rule: the source of the demand; `origin` that of its number. variant, doses: the only
    variant, and the only doses, in which it is judged; empty for all. pose: of a cycle, the pose
    that it belongs to. unless: faults that say enough: where one of them is reported, this is not.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    during: Literal["start", "attempt", "top", "return"] = "top"
    when: Clauses
    severity: Severity = "warn"
    cue: str = Field(max_length=48)
    views: tuple[View, ...] = ("side", "oblique", "front")
    variant: str = ""
    doses: tuple[str, ...] = ()
    pose: str = ""
    unless: tuple[str, ...] = ()
    rule: SourceText

    @model_validator(mode="after")
    def _has_a_source(self) -> FaultRule:
        self.origin()
        return self

    def origin(self) -> Number:
        """Where its number comes from."""
        return number_of(self.when, self.number, self.anchor, self.tolerance, self.rule)

    def belongs_to(self, dose: Dose) -> bool:
        """Whether it is judged in a dose."""
        return self.variant in ("", dose.variant) and (not self.doses or dose.id in self.doses)

    @field_validator("when")
    @classmethod
    def _fits_the_phase(cls, when: tuple[Clause, ...], info: ValidationInfo) -> tuple[Clause, ...]:
        return before_rest(when) if info.data.get("during") == "start" else when


BreathWord = Literal["in", "out", "keep", "deep", "one"]
"""Breathe in, or out, with a movement; or in a hold: keep breathing, breathe deeply, one breath."""

MOMENTS = ("before", "into", "hold", "back")
"""When something is asked of the breath: at rest before a rep, on the way into it, while it is
held, and on the way back. In a cycle the name of a pose stands for the way into it."""

HELD_BREATHS: tuple[BreathWord, ...] = ("keep", "deep", "one")
"""Those words that are for a hold; the others are for a movement."""


class Dose(_Table):
    """How much, as one document asks it; `variant` where it also asks another geometry.

    reps: of one side where `per` is "side", else of both together. hold: shortest and longest hold
    asked, seconds; (0, 0) for none, and 0 to 5 where any hold up to 5 s will do. pose_hold: where
    the poses of a cycle are held differently, by pose. breath: what the document asks of the
    breath, by its moment (`MOMENTS`, or a pose of a cycle). agree: what the person says of
    themselves before the first set, empty where nothing has to be said. basis: where a number comes
    from that the document does not give.
    """

    id: str
    reps: Count
    hold: Seconds = (0.0, 0.0)
    pose_hold: dict[str, PoseSeconds] = {}
    sets: Count = (1, 1)
    per: Literal["", "side"] = ""
    breath: dict[str, BreathWord] = {}
    agree: str = ""
    note: str = ""
    variant: str = ""
    basis: dict[Literal["reps", "sets", "hold", "pose_hold"], BasisText] = {}
    source: SourceText

    @property
    def hold_s(self) -> float:
        """The hold asked for: the shorter end of the range."""
        return self.hold[0]

    @property
    def asks_hold(self) -> bool:
        """Whether anything is to be held, be it in one pose of a cycle alone."""
        return any(longest_s > 0 for _, longest_s in (self.hold, *self.pose_hold.values()))

    def hold_of_s(self, pose: str) -> float:
        """The hold asked for in a pose of a cycle, or in any."""
        return self.pose_hold.get(pose, self.hold)[0]

    def hold_most_s(self, pose: str) -> float:
        """The longest hold that is asked for in a pose of a cycle, or in any."""
        return self.pose_hold.get(pose, self.hold)[1]


class Change(_Reasoned):
    """What a variant makes of a fault: other clauses, and where their number comes from; as the
    fault says, if it does not."""

    when: Clauses


class Variant(_Table):
    """What a dose's own geometry changes: levels of the rep, and the conditions of faults.

    rules: the sources of the demands of those faults, where they are others.
    """

    say: str
    reach_level: Level | None = Field(default=None, alias="reach")
    fall_level: Level | None = Field(default=None, alias="fall")
    fault: dict[str, Change] = {}
    rules: dict[str, SourceText] = {}

    def levels(self) -> dict[Literal["reach", "fall"], tuple[Condition, ...]]:
        """The levels that it changes."""
        found: dict[Literal["reach", "fall"], Level | None] = {
            "reach": self.reach_level,
            "fall": self.fall_level,
        }
        return {level: conditions for level, conditions in found.items() if conditions is not None}

    def of(self, rule: FaultRule) -> FaultRule:
        """The fault as it is judged in this variant."""
        rule = rule.model_copy(update={"rule": self.rules.get(rule.id, rule.rule)})
        change = self.fault.get(rule.id)
        if change is None:
            return rule
        reasons = {key: getattr(change, key) for key in ("anchor", "tolerance", "number")}
        own = reasons if any(reasons.values()) else {}
        return rule.model_copy(update={"when": change.when, **own})


class Limit(_Table):
    """Something that the camera cannot see, and why."""

    what: str
    why: str


class Guide(_Table):
    """What is said in each round of a guided exercise, in which the camera cannot see the work:
    what to tighten, and how to let go."""

    tighten: str = Field(max_length=32)
    release: str = Field(max_length=32)


class Safety(_Table):
    """How the exercise bends, turns and loads the back: our judgement; `[[degree]]` in safety.toml
    says what each means."""

    flexion: Literal["none", "gentle", "moderate", "deep"]
    extension: Literal["none", "gentle", "moderate", "strong"]
    rotation: Literal["none", "gentle", "moderate"]
    load: Literal["none", "bodyweight", "external", "heavy"]
    balance: Literal["none", "needed"]


class ExerciseSpec(_Table):
    """One exercise.

    mode: "reps", with or without a hold in each; "timed", a position that is held and nothing
    else; "guided", a position in which something is done that no camera sees, timed only.
    sides: "together"; "alternating", left and right in turn; "each", a set on one side. The
    working side is found for each rep by `works`, or, without it, from the raised leg and the
    opposite raised arm. poses: the names of the two poses of a cycle, above rest and below it.
    like: another exercise, from which all is taken that this one does not say otherwise. rules: of
    faults that are so taken, the source of the demand in this exercise. over:
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
    rules: dict[str, SourceText] = {}
    over: tuple[str, ...] = ()
    sides: Literal["together", "alternating", "each"] = "together"
    works: WorksName | None = None
    poses: tuple[str, str] | None = None
    start: Start
    rep: RepRule
    guide: Guide | None = None
    fault: tuple[FaultRule, ...] = ()
    dose: tuple[Dose, ...] = Field(min_length=1)
    variant: dict[str, Variant] = {}
    not_measured: tuple[Limit, ...] = ()
    safety: Safety

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

    @property
    def is_resolved(self) -> bool:
        """Whether it asks one thing: one dose, and no variant that is still to be put in."""
        return len(self.dose) == 1 and not self.variant

    def with_dose(self, dose: Dose | None = None) -> ExerciseSpec:
        """The exercise as this dose asks it, the first one for None: no other dose is left, the
        geometry of its variant is put in, and no variant is left to be put in over what is changed
        later."""
        asked = dose or self.dose[0]
        rules = tuple(rule for rule in self.fault if rule.belongs_to(asked))
        plain = self.model_copy(update={"fault": rules, "variant": {}, "dose": (asked,)})
        variant = self.variant.get(asked.variant)
        return plain if variant is None else plain._varied(variant)

    def _varied(self, variant: Variant) -> ExerciseSpec:
        levels = {f"{name}_level": level for name, level in variant.levels().items()}
        faults = tuple(variant.of(rule) for rule in self.fault)
        start = self.start.model_copy(update={"say": variant.say})
        rep = self.rep.model_copy(update=levels)
        return self.model_copy(update={"start": start, "rep": rep, "fault": faults})


def json_schema() -> dict[str, Any]:
    """The JSON Schema of an exercise file, for editors: faults and limits stand there under their
    names."""
    schema = ExerciseSpec.model_json_schema()
    tables, keys = schema["$defs"], schema["properties"]
    keys["fault"] = _named("FaultRule")
    keys["not_measured"] = {"type": "object", "additionalProperties": {"type": "string"}}
    tables["Variant"]["properties"]["fault"] = {
        "type": "object",
        "additionalProperties": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Change"}]},
    }
    one = {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/Condition"}]}
    level = {"anyOf": [*one["anyOf"], {"type": "array", "items": one}]}
    for table in (tables["RepRule"], tables["Variant"]):
        levels = [key for key in get_args(LevelName) if key in table["properties"]]
        table["properties"].update(dict.fromkeys(levels, level))
    del tables["Limit"], tables["FaultRule"]["properties"]["id"]
    tables["FaultRule"]["required"].remove("id")
    return schema


def _named(table: str) -> dict[str, Any]:
    return {"type": "object", "additionalProperties": {"$ref": f"#/$defs/{table}"}}
