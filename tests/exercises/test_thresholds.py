"""The thresholds of an exercise, each with its condition and with what it rests on."""

from __future__ import annotations

from formcheck.exercises.numbers import Anchor, Number
from formcheck.exercises.reader import parse_spec
from formcheck.exercises.thresholds import KINDS, fault_numbers, kinds, levels
from formcheck.records.events import Source
from tests.lift import SPEC, changed

LIFT = parse_spec(SPEC, "lift.toml")


def test_levels_stand_in_the_order_of_a_rep_and_those_of_a_variant_after_them() -> None:
    names = [level.name for level in levels(LIFT)]
    assert names == [
        "leave", "partial", "reach", "reach", "fall", "back", "reach (less)", "fall (less)",
    ]  # fmt: skip


def test_all_clauses_of_a_reach_are_asked_and_any_of_a_fall_or_a_fault() -> None:
    two = changed(
        ('"below 160 deg"', '["below 160 deg", "knee near above 130 deg"]'),
        ('{ when = "above 165 deg"', '{ when = ["above 165 deg", "knee near above 20 deg"]'),
        ('when = "hip_ext near below reach"',
         'when = ["hip_ext near below reach", "hip_ext near above 200 deg"]'),
    )  # fmt: skip
    spec = parse_spec(two, "lift.toml")
    told = {level.name: level.condition for level in reversed(list(levels(spec)))}
    assert told["reach"] == "hip_ext near above 165 deg and knee near above 20 deg"
    assert told["fall"] == "hip_ext near below 160 deg or knee near above 130 deg"
    _, low = next(fault_numbers(spec))
    assert low.condition == "top: hip_ext near below 165 deg or hip_ext near above 200 deg"


def test_a_number_has_its_documents_anchor_or_a_source_alone() -> None:
    reach, knee = (level.number for level in levels(LIFT) if level.name == "reach")
    straight = Anchor("straight", Source("001", "Bridge exercise"))
    assert reach == Number(Source("ours", "why"), straight, "15 deg")
    assert knee == Number(Source("ours", "why"))


def test_a_fault_that_points_to_the_reach_has_its_number_and_where_that_comes_from() -> None:
    found = {one.name: one.number for _, one in fault_numbers(LIFT)}
    reaches = {level.name: level.number for level in reversed(list(levels(LIFT)))}
    assert found["low"] == reaches["reach"]
    assert found["low (less)"] == reaches["reach (less)"]


def test_a_fault_that_a_variant_changes_or_has_alone_stands_under_its_name() -> None:
    told = {one.name: one.condition for _, one in fault_numbers(LIFT)}
    assert told == {
        "low": "top: hip_ext near below 165 deg",
        "low (less)": "top: hip_ext near below 155 deg",
        "gentle (less)": "top: hip_ext near above 175 deg",
    }


def test_a_fault_says_from_where_alone_it_can_be_judged() -> None:
    spec = parse_spec(changed(("[fault.low]", '[fault.low]\nviews = ["side", "front"]')), "a.toml")
    _, low = next(fault_numbers(spec))
    assert low.condition == "top: hip_ext near below 165 deg (from the side or front)"


def test_every_number_with_an_anchor_counts_as_a_documents() -> None:
    found = kinds(level.number for level in levels(LIFT))
    assert [found[kind] for kind in KINDS] == [1, 1, 0, 6]
