"""Exercises are found as people type them."""

from __future__ import annotations

import pytest

from formcheck.errors import SpecError
from formcheck.exercises.catalog import all_specs, find_spec, spec_paths

TYPED = {
    "bridge": "bridge",
    "Bridge": "bridge",
    "bird dog": "bird_dog",
    "bird-dog": "bird_dog",
    " Bird Dogs ": "bird_dog",
    "BODYWEIGHT SQUATS": "bodyweight_squat",
    "Forearm plank": "plank",
    "cat/cow": "cat_cow",
    "Cat stretch": "cat_cow",
    "deadlift": "barbell_deadlift",
    "twist": "supine_twist",
    "single leg": "bridge_single_leg",
    "opposite arm and leg": "prone_opposite_arm_leg",
}


@pytest.mark.parametrize("typed", TYPED)
def test_an_exercise_is_found_as_people_type_it(typed: str) -> None:
    assert find_spec(typed).id == TYPED[typed]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("squat", "bodyweight_squat, wall_squat"),
        ("Knee-to-chest", "knee_to_chest_double, knee_to_chest_single"),
        ("low back stretch", "knee_to_chest_double, knee_to_chest_single"),
    ],
)
def test_a_word_that_several_exercises_share_is_answered_with_their_ids(
    typed: str, ids: str
) -> None:
    with pytest.raises(SpecError) as error:
        find_spec(typed)
    assert str(error.value) == f"{typed!r} could be any of {ids}; choose one"


@pytest.mark.parametrize("typed", ["", " ", "-", "somersault", "squat bridge"])
def test_what_no_exercise_is_called_is_unknown(typed: str) -> None:
    with pytest.raises(SpecError, match=r"^unknown exercise "):
        find_spec(typed)


def test_every_id_and_every_title_means_its_own_exercise() -> None:
    for exercise, spec in zip(spec_paths(), all_specs(), strict=True):
        for typed in (exercise, exercise.replace("_", " ").title(), spec.title):
            assert find_spec(typed).id == exercise
