"""The list of the guides and their sections, held against the guides themselves."""

from __future__ import annotations

import pytest

from formcheck.exercises.catalog import find_spec
from formcheck.exercises.guides import documents
from formcheck.exercises.model import FaultRule
from tests.published import headings, lines_of

DESCRIPTORS = ("Introduction", "Footnotes")
"""What stands before the first heading of a guide, and after its last exercise."""

with_headings = [doc for doc in documents() if documents()[doc].headings]


@pytest.mark.parametrize("doc", documents())
def test_a_guide_is_titled_as_it_titles_itself(doc: str) -> None:
    lines = lines_of(doc)
    assert all(part in lines for part in documents()[doc].title.split(": "))


@pytest.mark.parametrize("doc", with_headings)
def test_the_sections_are_the_headings_of_the_guide_on_their_lines(doc: str) -> None:
    document = documents()[doc]
    listed = dict(zip(document.sections, document.lines, strict=True))
    listed = {name: line for name, line in listed.items() if name not in DESCRIPTORS}
    own = headings(lines_of(doc))
    titles = (document.title, *document.title.split(": "), "Health Encyclopedia")
    assert listed == {name: line for name, line in own.items() if name not in titles}


@pytest.mark.parametrize("doc", documents())
def test_sections_stand_in_the_order_of_the_guide_on_lines_that_it_has(doc: str) -> None:
    starts = documents()[doc].lines
    assert list(starts) == sorted(set(starts))
    lines = lines_of(doc)
    assert all(lines[start - 1] for start in starts)


def test_only_the_guide_without_headings_has_its_sections_named_by_us() -> None:
    assert [doc for doc in documents() if not documents()[doc].headings] == ["004"]


def fault(exercise: str, fault_id: str, dose: str | None = None) -> FaultRule:
    spec = find_spec(exercise)
    spec = spec.with_dose(spec.dose_by_id(dose))
    return next(rule for rule in spec.fault if rule.id == fault_id)


def test_a_fault_taken_from_another_exercise_cites_the_guide_of_its_own() -> None:
    spec = find_spec("prone_both_arms_legs")
    assert {rule.rule.doc for rule in spec.fault} == {"003", "ours"}
    assert "no_rest" not in {rule.id for rule in spec.fault}
    assert fault("superman", "no_rest", "001-routine").rule.doc == "001"


def test_a_low_lift_is_asked_for_by_the_guide_that_asks_for_it() -> None:
    assert fault("bridge", "hips_low", "002").rule.doc == "002"
    assert fault("bridge", "hips_low", "001").rule.doc == "001"


@pytest.mark.parametrize(
    ("exercise", "fault_id"),
    [
        ("hip_flexor_stretch", "over_arching"), ("cobra", "head_back"),
        ("pelvic_tilt", "hips_lifting"), ("back_extension_floor", "pushing_up"),
    ],
)  # fmt: skip
def test_what_no_guide_asks_for_is_said_to_be_ours(exercise: str, fault_id: str) -> None:
    assert fault(exercise, fault_id).rule.doc == "ours"


@pytest.mark.parametrize("exercise", ["bridge_banded", "bridge_single_leg"])
def test_harder_bridges_take_line_and_dose_from_the_bridge_of_the_guide(exercise: str) -> None:
    assert fault(exercise, "hips_low").rule.at == "Bridge exercise"
    assert find_spec(exercise).dose[0].source.at == "Bridge exercise"


def test_the_banded_bridge_says_which_place_shows_the_knees() -> None:
    assert fault("bridge_banded", "knees_in").views == ("front",)
    assert "at your feet for the knees" in find_spec("bridge_banded").place


def test_what_is_said_at_the_start_is_what_the_guide_says() -> None:
    assert "feet flat" in find_spec("supine_twist").start.say
    assert "about 12 inches" in find_spec("wall_squat").start.say


@pytest.mark.parametrize(
    ("exercise", "part"),
    [
        ("ankle_pumps", "away from you"), ("band_pull_apart", "not locked"),
        ("back_extension_bench", "arms crossed"), ("cat_cow", "not locked"),
        ("cat_cow", "tailbone"), ("pelvic_tilt", "firm surface"), ("pelvic_tilt", "90 degrees"),
        ("prone_opposite_arm_leg", "same time"), ("prone_opposite_arm_leg", "palms"),
        ("supine_hamstring_stretch", "before straightening"), ("supine_twist", "hips bent square"),
        ("wall_squat", "12 inches"),
    ],
)  # fmt: skip
def test_a_cue_of_a_guide_that_nothing_judges_is_said_to_be_unseen(
    exercise: str, part: str
) -> None:
    assert any(part in limit.what for limit in find_spec(exercise).not_measured)
