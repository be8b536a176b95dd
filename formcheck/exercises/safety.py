"""Who should not do what, when to stop, and what to make easier: rules as data.

`exercise_specs/safety.toml` holds them, `catalog.safety_rules` reads them. Nothing here is
medical advice: it repeats what the documents ask of a reader before and during exercise.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from formcheck.errors import SpecError
from formcheck.exercises.clauses import Clause
from formcheck.exercises.model import Dose, ExerciseSpec, FaultRule
from formcheck.records.events import Source
from formcheck.records.person import AGREEMENT, Answer, Person

_DAY_S = 86_400.0
_MINUTE_S = 60.0

Outcome = Literal["fine", "ease_back", "stop"]
"""What an answer about pain comes to."""


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Asked(_Table):
    """A question about health whose answer lasts.

    again_days: after so long it is asked again, None for never; number: the basis of that.
    """

    ask: str
    again_days: float | None = Field(default=None, gt=0)
    number: Source | None = None

    def is_due(self, answer: Answer | None, now_s: float) -> bool:
        """Whether it is to be asked: never answered, or too long ago, or in the future."""
        if answer is None or answer.at_s > now_s:
            return True
        return self.again_days is not None and now_s - answer.at_s > self.again_days * _DAY_S

    @model_validator(mode="after")
    def _has_a_basis(self) -> Asked:
        if (self.again_days is None) != (self.number is None):
            raise ValueError("give `again_days` and its `number` together")
        return self


class Condition(Asked):
    """One health question: what a yes needs, and why. also: who else asks it."""

    id: str
    need: Literal["agreement", ""] = ""
    why: str
    source: Source
    also: tuple[Source, ...] = ()


class AlwaysAgreed(_Table):
    """A guide, or a dose, that asks everybody for the agreement of who treats them."""

    id: str
    doc: str = ""
    dose: str = ""
    why: str
    source: Source

    def asks(self, dose: Dose) -> bool:
        """Whether it is about that dose."""
        return self.doc == dose.source.doc or self.dose == dose.id


class Agreement(Asked):
    """The question whether who treats the person has agreed."""

    always: tuple[AlwaysAgreed, ...] = ()


class Acute(_Table):
    """The question about new or flaring pain; a yes rules out everything."""

    ask: str
    why: str
    source: Source


class PainBefore(_Table):
    """The question about pain before a session: above `up_to` nothing is begun; more: what is said
    of less where a guide stops at any pain."""

    ask: str
    up_to: int
    why: str
    more: str
    source: Source
    number: Source


class Stopped(_Table):
    """Why an exercise that was stopped for pain stays locked."""

    why: str
    source: Source
    also: tuple[Source, ...] = ()


class Eased(_Table):
    """Who asks that pain which is allowed eases."""

    source: Source


class Before(_Table):
    """What is asked before every session, and for how long the answers are good."""

    unanswered: str
    not_today: str
    good_for_min: float
    number: Source
    acute: Acute
    pain: PainBefore
    stopped: Stopped
    eased: Eased


class Provider(_Table):
    """What the person's doctor or physiotherapist said of an exercise."""

    ask: str
    no: str
    source: Source


class TagRule(_Table):
    """What a condition rules out, or warns of, by how an exercise bends or turns the back."""

    id: str
    condition: str
    block: tuple[str, ...] = ()
    warn: tuple[str, ...] = ()
    why: str
    source: Source


class Caution(_Table):
    """What is said to everybody of an exercise with that tag."""

    id: str
    tag: str
    say: str
    source: Source


class Degree(_Table):
    """What a tag means, in words."""

    tag: str
    means: str


class PainWord(_Table):
    """A kind of pain that is a stop, however mild; key: what is pressed for it."""

    id: str
    say: str
    key: str = Field(pattern=r"^[a-z]$")
    source: Source


class PainRule(_Table):
    """How one guide takes pain.

    doc: the guide; or doses, as EXERCISE/DOSE; neither for all that no other rule speaks of.
    up_to: the most that is no stop. ease_back: advice on pain up to there, where it is the limit
    of the movement. say: the rule, as it is shown beside the question.
    """

    id: str
    doc: str = ""
    doses: tuple[str, ...] = ()
    up_to: int = Field(ge=0, le=10)
    ease_back: str = ""
    say: str
    source: Source
    number: Source | None = None

    def outcome(self, level: int, words: Iterable[str]) -> Outcome:
        """What an answer comes to; words: ids of kinds of pain, each of which is a stop."""
        if level > self.up_to or any(True for _ in words):
            return "stop"
        return "ease_back" if level and self.ease_back else "fine"

    @property
    def stops_at_any(self) -> bool:
        """Whether any pain is a stop."""
        return self.up_to == 0


class Pain(_Table):
    """The question after each exercise, what it may feel like, and the rule of each guide."""

    ask: str
    stop: str
    word: tuple[PainWord, ...]
    rule: tuple[PainRule, ...]

    def rule_of(self, exercise: str, dose: Dose) -> PainRule:
        """The rule for a dose: one that names it, that of its guide, or the one for all others."""
        named = (r for r in self.rule if f"{exercise}/{dose.id}" in r.doses)
        of_guide = (r for r in self.rule if r.doc and r.doc == dose.source.doc)
        others = (r for r in self.rule if not r.doc and not r.doses)
        return next(rule for rules in (named, of_guide, others) for rule in rules)

    def known(self, words: Iterable[str]) -> tuple[str, ...]:
        """Those of the words that are ids of kinds of pain, in their order."""
        given = set(words)
        return tuple(word.id for word in self.word if word.id in given)

    @model_validator(mode="after")
    def _has_one_for_all_others(self) -> Pain:
        if sum(not rule.doc and not rule.doses for rule in self.rule) != 1:
            raise ValueError("give one rule without `doc` and `doses`, for all that no other names")
        return self


class Ease(_Table):
    """How one exercise is made easier after strain; number: the basis of by_deg."""

    id: str
    exercise: str
    by_deg: float
    silence: tuple[str, ...] = ()
    source: Source
    number: Source


class SafetyRules(_Table):
    """All rules. judgement: what is said where a tag decides."""

    notice: str
    judgement: str
    condition: tuple[Condition, ...]
    agreement: Agreement
    before: Before
    provider: Provider
    tag_rule: tuple[TagRule, ...]
    caution: tuple[Caution, ...] = ()
    degree: tuple[Degree, ...] = ()
    pain: Pain
    ease: tuple[Ease, ...] = ()

    def easing(self, exercise: str) -> Ease | None:
        """How that exercise is eased, if it can be."""
        return next((ease for ease in self.ease if ease.exercise == exercise), None)

    def questions(self) -> Iterator[tuple[str, Asked]]:
        """The questions whose answers last, by id."""
        for condition in self.condition:
            yield condition.id, condition
        yield AGREEMENT, self.agreement

    def due(self, person: Person, now_s: float) -> tuple[str, ...]:
        """The ids of those that are to be asked."""
        answers = person.answers
        return tuple(key for key, q in self.questions() if q.is_due(answers.get(key), now_s))

    def knows_today(self, person: Person, now_s: float) -> bool:
        """Whether the person has said how they are, and not too long ago."""
        said = person.check_in
        age_s = math.inf if said is None else now_s - said.at_s
        return 0 <= age_s <= self.before.good_for_min * _MINUTE_S

    def rules(self) -> Iterator[tuple[str, Source]]:
        """Every rule by its id, with where it comes from."""
        for condition in self.condition:
            yield condition.id, condition.source
        for always in self.agreement.always:
            yield always.id, always.source
        for tag_rule in self.tag_rule:
            yield tag_rule.id, tag_rule.source
        for caution in self.caution:
            yield caution.id, caution.source
        for word in self.pain.word:
            yield word.id, word.source
        for rule in self.pain.rule:
            yield rule.id, rule.source
        for ease in self.ease:
            yield ease.id, ease.source
        before = self.before
        yield "acute_pain", before.acute.source
        yield "pain_before", before.pain.source
        yield "stopped", before.stopped.source
        yield "eased", before.eased.source
        yield "provider", self.provider.source


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


Grounds = Literal["unanswered", "acute", "pain", "stopped", "provider", "agreement", "tags", ""]
"""What a ruling goes by."""


@dataclass(frozen=True)
class Ruling:
    """Whether a dose may be done: "fine", with a "warn"ing, or "block"ed; by what, and why."""

    verdict: Literal["fine", "warn", "block"]
    by: Grounds = ""
    why: str = ""
    source: Source | None = None


def tags(spec: ExerciseSpec) -> set[str]:
    """How an exercise loads the back, as "axis:degree"."""
    return {f"{axis}:{degree}" for axis, degree in spec.safety.model_dump().items()}


def cautions(rules: SafetyRules, spec: ExerciseSpec) -> tuple[str, ...]:
    """What is said to everybody who chooses an exercise."""
    mine = tags(spec)
    return tuple(caution.say for caution in rules.caution if caution.tag in mine)


def ruling(
    rules: SafetyRules, person: Person, spec: ExerciseSpec, dose: Dose, now_s: float
) -> Ruling:
    """What the rules say of a dose for a person now; the strictest of them.

    A yes of the person's provider to the exercise goes before what its tags rule out, and before
    nothing else.
    """
    blocked = (
        _today(rules, person, now_s)
        or _of_exercise(rules, person, spec)
        or _unagreed(rules, person, dose)
    )
    return blocked or _warning(rules, person, spec, dose) or Ruling("fine")


def _today(rules: SafetyRules, person: Person, now_s: float) -> Ruling | None:
    """What rules out everything."""
    before, said = rules.before, person.check_in
    if said and said.acute:
        return Ruling("block", "acute", before.acute.why, before.acute.source)
    if rules.due(person, now_s):
        return Ruling("block", "unanswered", before.unanswered)
    if said is None or not rules.knows_today(person, now_s):
        return Ruling("block", "unanswered", before.not_today)
    if said.level > before.pain.up_to:
        return Ruling("block", "pain", before.pain.why, before.pain.source)
    return None


def _of_exercise(rules: SafetyRules, person: Person, spec: ExerciseSpec) -> Ruling | None:
    """What rules out the exercise: a stop, the provider, or how it bends the back."""
    stopped, word = rules.before.stopped, person.provider.get(spec.id)
    if any(stop.exercise == spec.id for stop in person.stops):
        return Ruling("block", "stopped", stopped.why, stopped.source)
    if word is None:
        return _by_tags(rules, person, spec, "block")
    return None if word.yes else Ruling("block", "provider", rules.provider.no)


def _unagreed(rules: SafetyRules, person: Person, dose: Dose) -> Ruling | None:
    """What waits for the agreement of who treats the person."""
    if person.said(AGREEMENT):
        return None
    told = (one for one in rules.condition if one.need and person.said(one.id))
    always = (one for one in rules.agreement.always if one.asks(dose))
    first: Condition | AlwaysAgreed | None = next(told, None) or next(always, None)
    return None if first is None else Ruling("block", "agreement", first.why, first.source)


def _warning(rules: SafetyRules, person: Person, spec: ExerciseSpec, dose: Dose) -> Ruling | None:
    if spec.id not in person.provider and (warned := _by_tags(rules, person, spec, "warn")):
        return warned
    rule, said = rules.pain.rule_of(spec.id, dose), person.check_in
    if said and said.level > 0 and rule.stops_at_any:
        return Ruling("warn", "pain", f"{rules.before.pain.more} {rule.say}", rule.source)
    return None


def _by_tags(
    rules: SafetyRules, person: Person, spec: ExerciseSpec, verdict: Literal["block", "warn"]
) -> Ruling | None:
    mine = tags(spec)
    for rule in rules.tag_rule:
        ruled_out = rule.block if verdict == "block" else rule.warn
        if person.said(rule.condition) and mine & set(ruled_out):
            return Ruling(verdict, "tags", rule.why, rule.source)
    return None


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

    rep = spec.rep.moved(moved)
    faults = tuple(rule for rule in spec.fault if not asks_for_more(rule))
    return spec.model_copy(update={"rep": rep, "fault": faults})
