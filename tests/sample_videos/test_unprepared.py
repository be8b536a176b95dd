"""Sets of people who did not prepare: where they begin and end, and what counts in them."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest

from formcheck.exercises.catalog import all_specs
from formcheck.measuring.camera_view import VIEW_BOUNDS
from sample_videos.generator.clip import Clip
from sample_videos.generator.exercises import all_motions
from sample_videos.generator.population import TUNING_SEEDS, clean_plan, draw
from sample_videos.generator.unprepared import Unprepared, draw_unprepared

SOME = ("bridge", "cat_cow", "bodyweight_squat", "band_pull_apart", "supine_twist")
SEEDS = TUNING_SEEDS[:8]

some_exercises = pytest.mark.parametrize("exercise", SOME)


def drawn(exercise: str, how: Unprepared) -> list[Clip]:
    return [draw_unprepared(exercise, seed, how) for seed in SEEDS]


@some_exercises
def test_a_cut_off_set_begins_and_ends_near_the_top_of_a_rep(exercise: str) -> None:
    for clip in drawn(exercise, "cut_off"):
        first, last = clip.script.times[0], clip.script.times[-1]
        begins_s, ends_s = 0.0, clip.script.duration_s
        assert first.rise_s < begins_s < first.top_end_s
        assert last.top_start_s < ends_s < last.lowered_s


@some_exercises
def test_the_reps_that_are_cut_off_are_said_to_be_and_whole_cycles_are_left(exercise: str) -> None:
    motion = all_motions()[exercise]
    for clip in drawn(exercise, "cut_off"):
        first, *whole, last = clip.script.reps
        assert (first.kind, last.kind) == ("cut_off", "cut_off")
        assert [rep.kind for rep in whole] == list(clean_plan(motion))
        assert [rep.pose for rep in whole[: len(motion.poses)]] == list(motion.poses)


def test_a_timed_position_that_is_cut_off_is_held_as_long_as_it_is_recorded() -> None:
    assert all(rep.kind == "good" for clip in drawn("plank", "cut_off") for rep in clip.script.reps)


@some_exercises
def test_a_set_without_a_pause_begins_with_its_first_rep(exercise: str) -> None:
    assert all(0 <= clip.script.lead_s <= 0.2 for clip in drawn(exercise, "no_pause"))


@some_exercises
def test_reps_without_a_rest_follow_at_once(exercise: str) -> None:
    for clip in drawn(exercise, "joined"):
        times = clip.script.times
        gaps_s = [b.rise_s - a.lowered_s for a, b in pairwise(times)]
        assert gaps_s == pytest.approx([0.0] * len(gaps_s))


@some_exercises
def test_a_camera_stands_higher_or_lower_than_anybody_is_told_to_put_it(exercise: str) -> None:
    low_m, high_m = all_motions()[exercise].lens_m
    assert all(clip.shot.height_m > high_m for clip in drawn(exercise, "high"))
    assert all(clip.shot.height_m < low_m for clip in drawn(exercise, "low"))


def test_an_oblique_camera_stays_within_what_the_exercise_allows() -> None:
    bounded = [spec for spec in all_specs() if spec.camera in VIEW_BOUNDS]
    assert len(bounded) > 20
    for spec in bounded:
        bound = spec.side_view or VIEW_BOUNDS[spec.camera]
        for clip in drawn(spec.id, "oblique")[:2]:
            side_view = abs(math.sin(math.radians(clip.shot.azimuth_deg)))
            assert (side_view > bound) == (spec.camera == "side")


@some_exercises
def test_before_and_after_lengthen_a_set_and_leave_its_reps_as_they_are(exercise: str) -> None:
    for seed, clip in zip(SEEDS, drawn(exercise, "before_after"), strict=True):
        usual = draw(exercise, seed)
        assert clip.script.reps == usual.script.reps
        assert clip.script.duration_s > usual.script.duration_s + 20
