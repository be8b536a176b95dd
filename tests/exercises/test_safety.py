"""The rules for health, pain and strain, held against the documents' demands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from formcheck.errors import SpecError
from formcheck.exercises.catalog import all_specs, find_spec, safety_rules
from formcheck.exercises.guides import documents
from formcheck.exercises.numbers import OTHER_SOURCES
from formcheck.exercises.safety import Ruling, cautions, eased, parse_safety, ruling, tags
from formcheck.records.events import Source
from formcheck.records.person import AGREEMENT, Answer, CheckIn, Person, Stop
from tests.person import answers

RULES = safety_rules()
SPECS = {spec.id: spec for spec in all_specs()}
NOW_S, DAY_S = 1.8e9, 86_400.0
WELL = CheckIn(acute=False, level=0, at_s=NOW_S)


def person(*conditions: str, agreed: bool = True, at_s: float = NOW_S) -> Person:
    """Somebody who answered all that is asked; at_s: when."""
    said = {key: Answer(yes, at_s) for key, yes in answers(*conditions, agreed=agreed).items()}
    return Person(said, check_in=WELL)


def ruled(who: Person, exercise: str, dose: str | None = None, at_s: float = NOW_S) -> Ruling:
    spec = SPECS[exercise]
    return ruling(RULES, who, spec, spec.dose_by_id(dose), at_s)


def verdicts(who: Person) -> dict[str, set[str]]:
    return {
        id: {ruling(RULES, who, spec, dose, NOW_S).verdict for dose in spec.dose}
        for id, spec in SPECS.items()
    }


def all_of(found: dict[str, set[str]]) -> set[str]:
    return {verdict for one in found.values() for verdict in one}


# --- sources ------------------------------------------------------------------------------------


def cited() -> Iterable[tuple[str, Source]]:
    yield from RULES.rules()
    for condition in RULES.condition:
        yield from ((condition.id, source) for source in condition.also)
    yield from (("stopped", source) for source in RULES.before.stopped.also)


@pytest.mark.parametrize(("rule", "source"), list(cited()))
def test_every_rule_cites_a_section_that_there_is(rule: str, source: Source) -> None:
    if source.doc in OTHER_SOURCES:
        assert source.at
    else:
        assert source.at in documents()[source.doc].sections


@pytest.mark.parametrize(
    ("rule", "doc", "at"),
    [
        ("recent_injury", "001", "Introduction"),
        ("ongoing_pain", "001", "Introduction"),
        ("acute_pain", "002", "Introduction"),
        ("agreement_002", "002", "Introduction"),
        ("agreement_routine", "001", "Putting it all together into a daily routine"),
        ("pain_000", "000", "Start your strong core program"),
        ("pain_001", "001", "Why back strengthening exercises matter"),
        ("pain_003", "003", "Introduction"),
        ("stretch_003", "003", "Low back stretch"),
        ("new", "001", "Progressing safely and knowing when to stop"),
    ],
)
def test_a_rule_cites_the_heading_that_its_sentence_stands_under(
    rule: str, doc: str, at: str
) -> None:
    assert dict(RULES.rules())[rule] == Source(doc, at)


def test_every_rule_has_an_id_of_its_own() -> None:
    ids = [rule for rule, _ in RULES.rules()]
    assert len(ids) == len(set(ids))


def test_a_number_that_no_guide_gives_is_said_to_be_ours() -> None:
    numbers = [c.number for c in RULES.condition if c.again_days] + [RULES.agreement.number]
    numbers += [RULES.before.number, RULES.before.pain.number]
    numbers += [ease.number for ease in RULES.ease]
    assert {number.doc for number in numbers if number} == {"ours"}
    assert None not in numbers


# --- tags ---------------------------------------------------------------------------------------


def degrees() -> dict[str, tuple[str, ...]]:
    fields = type(next(iter(SPECS.values())).safety).model_fields
    return {axis: field.annotation.__args__ for axis, field in fields.items()}  # type: ignore[union-attr]


def test_every_tag_that_a_rule_names_can_be_an_exercises() -> None:
    named = {tag for rule in RULES.tag_rule for tag in {*rule.block, *rule.warn}}
    for tag in named | {caution.tag for caution in RULES.caution}:
        axis, degree = tag.split(":")
        assert degree in degrees()[axis]


def test_every_axis_of_the_tags_is_used_by_a_rule() -> None:
    used = {tag for rule in RULES.tag_rule for tag in {*rule.block, *rule.warn}}
    used |= {caution.tag for caution in RULES.caution}
    assert {tag.split(":")[0] for tag in used} == set(degrees())


def test_every_degree_of_every_tag_is_explained() -> None:
    due = {f"{axis}:{one}" for axis, all_ in degrees().items() for one in all_ if one != "none"}
    assert {degree.tag for degree in RULES.degree} == due


@pytest.mark.parametrize(
    ("axis", "more", "less"),
    [("flexion", "knee_to_chest_double", "knee_to_chest_single")],
)
def test_both_knees_bend_the_back_more_than_one(axis: str, more: str, less: str) -> None:
    order = degrees()[axis]
    more_at, less_at = (order.index(getattr(SPECS[one].safety, axis)) for one in (more, less))
    assert more_at > less_at


def test_exercises_that_lift_the_chest_as_high_bend_the_back_as_far() -> None:
    cobra, floor = SPECS["cobra"], SPECS["back_extension_floor"]
    assert cobra.rep.reach[0].limit() == floor.rep.reach[0].limit()
    assert cobra.safety.extension == floor.safety.extension


def test_heavy_lifts_are_learnt_with_a_coach_and_bands_are_not() -> None:
    heavy = {id for id, spec in SPECS.items() if any("coach" in c for c in cautions(RULES, spec))}
    assert heavy == {"good_morning", "barbell_deadlift"}


def test_who_needs_balance_is_told_what_to_hold() -> None:
    assert any("wall" in caution for caution in cautions(RULES, SPECS["heel_raise"]))
    assert cautions(RULES, SPECS["ankle_pumps"]) == ()


# --- what the answers rule out ------------------------------------------------------------------


def test_a_healthy_person_who_has_agreement_may_do_everything() -> None:
    assert all_of(verdicts(person())) == {"fine"}


def test_without_agreement_what_asks_it_of_everybody_waits_and_nothing_else() -> None:
    who = person(agreed=False)
    for spec in SPECS.values():
        for dose in spec.dose:
            found = ruling(RULES, who, spec, dose, NOW_S)
            waits = dose.source.doc == "002" or dose.id == "001-routine"
            assert (found.verdict, found.by) == (("block", "agreement") if waits else ("fine", ""))


@pytest.mark.parametrize("condition", [c.id for c in RULES.condition])
def test_without_a_providers_agreement_everything_waits(condition: str) -> None:
    assert all_of(verdicts(person(condition, agreed=False))) == {"block"}
    assert "fine" in all_of(verdicts(person(condition)))


@pytest.mark.parametrize(
    ("condition", "axis", "due"),
    [
        ("herniated_disc", "flexion", {"deep": "block", "moderate": "warn"}),
        ("spinal_stenosis", "extension", {"strong": "block", "moderate": "warn"}),
    ],
)
def test_a_condition_rules_out_bending_far_and_warns_of_less(
    condition: str, axis: str, due: dict[str, str]
) -> None:
    found = verdicts(person(condition))
    for id, spec in SPECS.items():
        turned = axis == "flexion" and spec.safety.rotation == "moderate"
        other = "warn" if turned else "fine"
        assert found[id] == {due.get(getattr(spec.safety, axis), other)}
    assert {"block"} in found.values()


def test_a_ruling_says_why_and_by_which_document() -> None:
    blocked = next(s for s in SPECS.values() if "flexion:deep" in tags(s))
    found = ruled(person("herniated_disc"), blocked.id)
    assert found.by == "tags"
    assert "disc" in found.why
    assert found.source == Source("001", "How to start safely")


# --- before every session -----------------------------------------------------------------------


def test_acute_pain_rules_out_everything_whatever_a_provider_said() -> None:
    yes = {id: Answer(True, NOW_S) for id in SPECS}
    who = replace(person(), provider=yes, check_in=replace(WELL, acute=True))
    assert all_of(verdicts(who)) == {"block"}
    assert ruled(who, "bridge").by == "acute"


def test_nothing_begins_before_today_is_known_and_nothing_an_hour_later() -> None:
    assert ruled(replace(person(), check_in=None), "bridge").by == "unanswered"
    assert ruled(person(), "bridge", at_s=NOW_S + 3600).verdict == "fine"
    assert ruled(person(), "bridge", at_s=NOW_S + 3601).by == "unanswered"
    assert ruled(person(), "bridge", at_s=NOW_S - 1).by == "unanswered"


@pytest.mark.parametrize(
    ("level", "dose", "verdict"),
    [(0, "002", "fine"), (1, "002", "warn"), (5, "001", "fine"), (6, "001", "block")],
)
def test_pain_before_a_session_warns_where_any_is_a_stop_and_blocks_above_five(
    level: int, dose: str, verdict: str
) -> None:
    who = replace(person(), check_in=replace(WELL, level=level))
    assert ruled(who, "bridge", dose).verdict == verdict


def test_old_answers_are_asked_again_where_they_may_have_changed() -> None:
    month_old = person(at_s=NOW_S - 31 * DAY_S)
    assert set(RULES.due(month_old, NOW_S)) == {"recent_injury", "ongoing_pain", AGREEMENT}
    assert ruled(month_old, "bridge").by == "unanswered"
    assert RULES.due(person(at_s=NOW_S - 29 * DAY_S), NOW_S) == ()


def test_who_never_answered_is_asked_everything() -> None:
    assert set(RULES.due(Person(), NOW_S)) == {key for key, _ in RULES.questions()}
    assert ruled(Person(check_in=WELL), "bridge").by == "unanswered"


def test_an_answer_from_the_future_is_asked_again() -> None:
    assert RULES.due(person(at_s=NOW_S + 1), NOW_S)


# --- stops and providers ------------------------------------------------------------------------


def test_a_stop_locks_its_exercise_and_no_other_whatever_a_provider_said() -> None:
    yes = {"bridge": Answer(True, NOW_S)}
    who = replace(person(), stops=(Stop(1, "bridge", 0.0, 7),), provider=yes)
    assert ruled(who, "bridge").by == "stopped"
    assert "Talk to your doctor or physiotherapist before you go on" in ruled(who, "bridge").why
    assert ruled(who, "plank").verdict == "fine"


def test_a_providers_yes_goes_before_the_tags_and_before_nothing_else() -> None:
    yes = {"cobra": Answer(True, NOW_S)}
    assert ruled(person("spinal_stenosis"), "cobra").verdict == "block"
    assert ruled(replace(person("spinal_stenosis"), provider=yes), "cobra").verdict == "fine"
    unagreed = replace(person("spinal_stenosis", agreed=False), provider=yes)
    assert ruled(unagreed, "cobra").by == "agreement"


def test_a_providers_no_rules_out_an_exercise_that_all_rules_allow() -> None:
    who = replace(person(), provider={"bridge": Answer(False, NOW_S)})
    assert ruled(who, "bridge").by == "provider"


# --- pain ---------------------------------------------------------------------------------------


def outcome(exercise: str, dose: str, level: int, *words: str) -> str:
    return RULES.pain.rule_of(exercise, SPECS[exercise].dose_by_id(dose)).outcome(level, words)


def test_every_dose_of_every_exercise_stops_where_its_own_document_stops() -> None:
    for spec in SPECS.values():
        for dose in spec.dose:
            is_stretch = spec.id.startswith("knee_to_chest") and dose.id == "003"
            most = 5 if dose.source.doc == "001" or is_stretch else 0
            rule = RULES.pain.rule_of(spec.id, dose)
            stops = [level for level in range(11) if rule.outcome(level, ()) == "stop"]
            assert stops == list(range(most + 1, 11))


@pytest.mark.parametrize("word", [word.id for word in RULES.pain.word])
@pytest.mark.parametrize(("exercise", "dose"), [("bridge", "001"), ("knee_to_chest_single", "003")])
def test_pain_of_such_a_kind_is_a_stop_however_mild(word: str, exercise: str, dose: str) -> None:
    assert outcome(exercise, dose, 0, word) == "stop"


def test_the_kinds_of_pain_are_those_that_the_documents_name() -> None:
    assert [word.id for word in RULES.pain.word] == ["sharp", "worse", "new", "lingers"]
    keys = [word.key for word in RULES.pain.word]
    assert len(set(keys)) == len(keys)
    assert "t" not in keys  # T is 10


def test_in_a_stretch_of_document_003_pain_is_the_limit_to_stay_short_of() -> None:
    assert outcome("knee_to_chest_single", "003", 3) == "ease_back"
    assert outcome("knee_to_chest_double", "003", 0) == "fine"
    assert outcome("knee_to_chest_single", "002", 3) == "stop"


def test_the_advice_after_a_stop_has_no_if() -> None:
    assert RULES.pain.stop == "Stop. Talk to your doctor or physiotherapist before you go on."


# --- strain -------------------------------------------------------------------------------------


def test_strain_in_a_squat_eases_its_depth_by_fifteen_degrees() -> None:
    spec = find_spec("bodyweight_squat")
    ease = RULES.easing(spec.id)
    assert ease is not None
    easier = eased(spec, ease)
    assert easier.rep.reach[0].limit() == spec.rep.reach[0].limit() + 15
    assert easier.rep.fall[0].limit() == spec.rep.fall[0].limit() + 15
    assert easier.rep.leave == spec.rep.leave
    assert {r.id for r in spec.fault} - {r.id for r in easier.fault} == set(ease.silence)


def test_what_is_eased_exists() -> None:
    for ease in RULES.ease:
        assert set(ease.silence) <= {rule.id for rule in SPECS[ease.exercise].fault}


def test_doses_that_a_rule_names_exist() -> None:
    for rule in RULES.pain.rule:
        for named in rule.doses:
            exercise, dose = named.split("/")
            assert SPECS[exercise].dose_by_id(dose)


def test_a_lift_is_eased_downwards() -> None:
    ease = RULES.ease[0].model_copy(update={"silence": ()})
    spec = find_spec("bridge")
    assert eased(spec, ease).rep.reach[0].limit() == spec.rep.reach[0].limit() - 15


@pytest.mark.parametrize("text", ["notice = 1", "notice = ", "wrong = 2"])
def test_rules_that_cannot_be_read_are_told_by_their_file(text: str) -> None:
    with pytest.raises(SpecError, match=r"^safety.toml: "):
        parse_safety(text, "safety.toml")
