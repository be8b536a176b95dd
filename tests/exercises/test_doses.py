"""Doses as the documents ask them, and what a file may not ask."""

from __future__ import annotations

import pytest

from formcheck.errors import SpecError
from formcheck.exercises.catalog import all_specs, find_spec
from formcheck.exercises.reader import parse_spec
from formcheck.words import terms
from formcheck.words.cautions import burden, cautions
from tests.lift import changed


def asked(exercise: str, dose: str) -> str:
    return terms.dose(find_spec(exercise).dose_by_id(dose))


@pytest.mark.parametrize(
    ("exercise", "own", "routine"),
    [
        ("bridge", "001", "hold 12 s"),
        ("superman", "001", "hold 2 to 3 s"),
        ("knee_to_chest_single", "001", "hold 5 s"),
        ("band_pull_apart", "001", "hold 1 s"),
        ("cat_cow", "001", "hold cat 4 s"),
    ],
)
def test_the_daily_routine_keeps_the_hold_of_each_exercise(
    exercise: str, own: str, routine: str
) -> None:
    assert asked(exercise, own).endswith(routine)
    assert asked(exercise, "001-routine").endswith(routine)


@pytest.mark.parametrize(
    "exercise",
    ["back_extension_bench", "back_extension_floor", "banded_lateral_walk", "side_lying_leg_lift"],
)
def test_what_has_no_dose_of_its_own_starts_with_two_to_three_reps(exercise: str) -> None:
    dose = find_spec(exercise).dose_by_id("001")
    assert (dose.reps, dose.sets) == ((2, 3), (1, 1))
    assert "Goal: 10 to 15, in 2 sets" in dose.note


@pytest.mark.parametrize("exercise", ["good_morning", "barbell_deadlift"])
def test_heavy_lifts_have_no_documents_dose_and_are_learnt_first(exercise: str) -> None:
    spec = find_spec(exercise)
    [dose] = spec.dose
    assert dose.source.doc == "ours"
    assert "coach or physiotherapist" in dose.agree
    assert dose.agree in cautions(spec, dose)


def test_which_degrees_of_safety_are_ours_is_said_of_every_exercise() -> None:
    for spec in all_specs():
        assert burden(spec).endswith("How much is our judgement, not the documents'.")
    assert burden(find_spec("cobra")).startswith("It bends the back backward (strong)")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('breath = { hold = "kep" }', "'kep' is not one of"),
        ('breath = { middle = "in" }', "unknown moment 'middle'"),
        ('breath = { hold = "in" }', "breath 'in' does not fit 'hold'; write 'keep'"),
        ('breath = { into = "keep" }', "breath 'keep' does not fit 'into'; write 'in' or 'out'"),
        ('per = "leg"', "'leg' is not one of"),
    ],
)
def test_a_dose_that_asks_what_there_is_not_is_refused(line: str, told: str) -> None:
    with pytest.raises(SpecError, match=r"lift\.toml:") as refused:
        parse_spec(changed(("[[dose]]", f"[[dose]]\n{line}")), "lift.toml")
    assert told in str(refused.value)


def test_each_side_is_refused_where_there_are_none() -> None:
    timed = changed(("[start]", 'mode = "timed"\n[start]'), ("[[dose]]", '[[dose]]\nper = "side"'))
    with pytest.raises(SpecError, match="per is for an exercise with reps that has two sides"):
        parse_spec(timed, "lift.toml")
