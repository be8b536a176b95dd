"""The thresholds of an exercise, each with its condition and with what it rests on."""

from __future__ import annotations

from formcheck.exercises.reader import parse_spec
from formcheck.exercises.thresholds import KINDS, fault_numbers, kinds, levels
from formcheck.records.events import Source
from tests.lift import SPEC, changed

LIFT = parse_spec(SPEC, "lift.toml")


def test_levels_stand_in_the_order_of_the_file_and_those_of_a_variant_after_them() -> None:
    names = [level.name for level in levels(LIFT)]
    assert names == ["leave", "reach", "fall", "back", "partial", "reach (less)", "fall (less)"]


def test_all_clauses_of_a_reach_are_asked_and_any_of_a_fall_or_a_fault() -> None:
    two = changed(
        ('fall = "below 160 deg"', 'fall = ["below 160 deg", "knee near above 130 deg"]'),
        ('when = "hip_ext near below 165 deg"',
         'when = ["hip_ext near below 165 deg", "hip_ext near above 200 deg"]'),
    )  # fmt: skip
    spec = parse_spec(two, "lift.toml")
    told = {level.name: level.condition for level in levels(spec)}
    assert told["reach"] == "hip_ext near above 165 deg and knee near below 120 deg"
    assert told["fall"] == "hip_ext near below 160 deg or knee near above 130 deg"
    _, low = next(fault_numbers(spec))
    assert low.condition == "top: hip_ext near below 165 deg or hip_ext near above 200 deg"


def test_a_level_of_a_variant_without_a_basis_rests_on_what_the_rep_does() -> None:
    rests_on = {level.name: level.number for level in levels(LIFT)}
    assert rests_on["reach (less)"] == Source("ours", "why")
    assert rests_on["fall (less)"] == rests_on["fall"] == Source("measured", "on seven")


def test_a_fault_that_a_variant_changes_or_has_alone_stands_under_its_name() -> None:
    told = {one.name: one.condition for _, one in fault_numbers(LIFT)}
    assert told == {
        "low": "top: hip_ext near below 165 deg",
        "low (less)": "top: hip_ext near below 155 deg",
        "gentle (less)": "top: hip_ext near above 175 deg",
    }


def test_a_fault_says_from_where_alone_it_can_be_judged() -> None:
    spec = parse_spec(changed(('id = "low"', 'id = "low"\nviews = ["side", "front"]')), "a.toml")
    _, low = next(fault_numbers(spec))
    assert low.condition == "top: hip_ext near below 165 deg (from the side or front)"


def test_every_section_of_every_document_counts_as_a_document() -> None:
    found = kinds(level.number for level in levels(LIFT))
    assert [found[kind] for kind in KINDS] == [1, 2, 0, 4]
    assert kinds([Source("001", "a"), Source("004", "b")]) == {"document": 2}
