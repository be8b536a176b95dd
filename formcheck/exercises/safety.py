"""Who should not do what, when to stop, and what to make easier: rules as data.

`exercise_specs/safety.toml` holds them, `catalog.safety_rules` reads them. Nothing here is
medical advice: it repeats what the documents ask of a reader before and during exercise.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from formcheck.errors import SpecError
from formcheck.exercises.clauses import Clause
from formcheck.exercises.model import ExerciseSpec, FaultRule
from formcheck.records.events import Source
from formcheck.records.health import Health

EVERYTHING = "all"
"""Stands in `block` for every exercise."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Condition(_Table):
    """One health question: what a yes needs, blocks and warns of, and why."""

    id: str
    ask: str
    need: Literal["agreement", ""] = ""
    block: tuple[str, ...] = ()
    warn: tuple[str, ...] = ()
    why: str
    source: Source


class Agreement(_Table):
    """The question whether who treats the person has agreed."""

    ask: str


class Pain(_Table):
    """The question after each exercise, and the answers that end the session."""

    ask: str
    stop_above: int
    stop_words: tuple[str, ...]
    stop: str
    fine: str
    source: Source

    def ends(self, level: int, words: Iterable[str]) -> bool:
        """Whether an answer ends the session: too much, or of a kind that must not be."""
        return level > self.stop_above or bool(set(words) & set(self.stop_words))


class Ease(_Table):
    """How one exercise is made easier after strain."""

    exercise: str
    by_deg: float
    silence: tuple[str, ...] = ()
    source: Source


class SafetyRules(_Table):
    """All rules."""

    notice: str
    condition: tuple[Condition, ...]
    agreement: Agreement
    pain: Pain
    ease: tuple[Ease, ...] = ()

    def easing(self, exercise: str) -> Ease | None:
        """How that exercise is eased, if it can be."""
        return next((ease for ease in self.ease if ease.exercise == exercise), None)


def parse_safety(text: str, name: str) -> SafetyRules:
    """Validate the text of the rules.

    Raises:
        SpecError: with all that is wrong, a line each.
    """
    try:
        return SafetyRules.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise SpecError(f"{name}: {error}; correct the TOML there") from None
    except ValidationError as error:
        lines = [f"{name}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
        raise SpecError("\n".join(lines)) from None


@dataclass(frozen=True)
class Ruling:
    """Whether an exercise may be done: "fine", with a "warn"ing, or "block"ed; and why."""

    verdict: Literal["fine", "warn", "block"]
    why: str = ""
    source: Source | None = None


def tags(spec: ExerciseSpec) -> set[str]:
    """How an exercise loads the back, as "axis:degree"."""
    return {f"{axis}:{degree}" for axis, degree in spec.safety.model_dump().items()}


def ruling(rules: SafetyRules, health: Health, spec: ExerciseSpec) -> Ruling:
    """What the rules say of an exercise for a person; the strictest of them."""
    mine = tags(spec) | {EVERYTHING}
    told = [c for c in rules.condition if health.answers.get(c.id)]
    for condition in told:
        if mine & set(condition.block):
            return Ruling("block", condition.why, condition.source)
    for condition in told:
        if condition.need and not health.agreed:
            return Ruling("block", condition.why, condition.source)
    for condition in told:
        if mine & set(condition.warn):
            return Ruling("warn", condition.why, condition.source)
    return Ruling("fine")


def eased(spec: ExerciseSpec, ease: Ease) -> ExerciseSpec:
    """The exercise made easier by a rule."""
    return easier(spec, ease.by_deg, silence=ease.silence)


def easier(spec: ExerciseSpec, by_deg: float, *, silence: Iterable[str] = ()) -> ExerciseSpec:
    """The exercise with its reach and fall moved towards the rest, and no fault asking for more:
    neither those named, nor those whose bound is the reach itself."""
    towards_rest = -by_deg if spec.rep.leave[0].wants_more else by_deg
    reaches = {c.limit() for c in spec.rep.reach if c.signal == spec.rep.measure}

    def moved(clause: Clause) -> Clause:
        if clause.signal != spec.rep.measure or clause.from_rest or clause.unit != "deg":
            return clause
        low, high = clause.low + towards_rest, clause.high + towards_rest
        number, relation = (low, "above") if math.isfinite(low) else (high, "below")
        text = f"{clause.signal} {relation} {number:g} deg"
        return replace(clause, low=low, high=high, text=text)

    def asks_for_more(rule: FaultRule) -> bool:
        bounds = {b for c in rule.when if c.signal == spec.rep.measure for b in (c.low, c.high)}
        return rule.id in silence or bool(bounds & reaches)

    levels = {
        level: tuple(moved(clause) for clause in getattr(spec.rep, level))
        for level in ("reach", "fall")
    }
    rep = spec.rep.model_copy(update=levels)
    faults = tuple(rule for rule in spec.fault if not asks_for_more(rule))
    return spec.model_copy(update={"rep": rep, "fault": faults})
