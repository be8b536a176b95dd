"""The rules for health, pain and strain, held against the documents' demands."""

from __future__ import annotations

import pytest

from formcheck.errors import SpecError
from formcheck.exercises.catalog import OTHER_SOURCES, all_specs, find_spec, safety_rules
from formcheck.exercises.guides import documents
from formcheck.exercises.safety import eased, parse_safety, ruling, tags
from formcheck.records.health import Health

RULES = safety_rules()
SPECS = {spec.id: spec for spec in all_specs()}


def verdicts(*conditions: str, agreed: bool = True) -> dict[str, str]:
    health = Health(dict.fromkeys(conditions, True), agreed)
    return {id: ruling(RULES, health, spec).verdict for id, spec in SPECS.items()}


def test_every_rule_cites_a_section_that_there_is() -> None:
    sources = [*(c.source for c in RULES.condition), RULES.pain.source]
    for source in (*sources, *(ease.source for ease in RULES.ease)):
        assert source.doc not in OTHER_SOURCES
        assert source.at in documents()[source.doc].sections


def test_every_tag_that_a_rule_names_can_be_an_exercises() -> None:
    fields = type(next(iter(SPECS.values())).safety).model_fields
    for condition in RULES.condition:
        for tag in {*condition.block, *condition.warn} - {"all"}:
            axis, degree = tag.split(":")
            assert degree in fields[axis].annotation.__args__


def test_a_healthy_person_may_do_everything() -> None:
    assert set(verdicts().values()) == {"fine"}


def test_acute_pain_blocks_everything() -> None:
    assert set(verdicts("acute_pain").values()) == {"block"}


@pytest.mark.parametrize("condition", ["back_injury", "recent_injury", "ongoing_pain"])
def test_without_a_providers_agreement_everything_waits(condition: str) -> None:
    assert set(verdicts(condition, agreed=False).values()) == {"block"}
    assert set(verdicts(condition).values()) == {"fine"}


def test_a_herniated_disc_rules_out_deep_bending_forward_and_warns_of_less() -> None:
    found = verdicts("herniated_disc")
    for id, spec in SPECS.items():
        due = {"deep": "block", "moderate": "warn"}.get(spec.safety.flexion, "fine")
        assert found[id] == due
    assert "block" in found.values()


def test_stenosis_rules_out_strong_bending_backward_and_warns_of_less() -> None:
    found = verdicts("spinal_stenosis")
    for id, spec in SPECS.items():
        due = {"strong": "block", "moderate": "warn"}.get(spec.safety.extension, "fine")
        assert found[id] == due
    assert "block" in found.values()


def test_a_ruling_tells_why_and_by_which_document() -> None:
    blocked = next(s for s in SPECS.values() if "flexion:deep" in tags(s))
    ruled = ruling(RULES, Health({"herniated_disc": True}, agreed=True), blocked)
    assert "disc" in ruled.why
    assert ruled.source is not None
    assert ruled.source.doc == "001"


@pytest.mark.parametrize(
    ("level", "words", "ends"), [(5, (), False), (6, (), True), (1, ("sharp",), True)]
)
def test_pain_above_five_or_sharp_ends_the_session(level: int, words: tuple, ends: bool) -> None:
    assert RULES.pain.ends(level, words) is ends


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


def test_a_lift_is_eased_downwards() -> None:
    ease = RULES.ease[0].model_copy(update={"silence": ()})
    spec = find_spec("bridge")
    assert eased(spec, ease).rep.reach[0].limit() == spec.rep.reach[0].limit() - 15


@pytest.mark.parametrize("text", ["notice = 1", "notice = ", "wrong = 2"])
def test_rules_that_cannot_be_read_are_told_by_their_file(text: str) -> None:
    with pytest.raises(SpecError, match=r"^safety.toml: "):
        parse_safety(text, "safety.toml")
