"""Fitting the noise of the pose model: what was put in is found again."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from accuracy.fitting import Film, fitted, outside_faulty_reps
from accuracy.noise_fit import Pair, fit, legs_are_swapped
from accuracy.noise_model import SIZE, NoiseModel, torso_px
from formcheck.records.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Pose
from sample_videos.generator.samples import all_samples
from tests.noise import filmed, made, spoiled, true_set


def test_a_known_bias_and_jitter_are_fitted_again() -> None:
    found = fit([filmed(made(), seed) for seed in range(4)])
    assert found.rest[0::6] + found.way[0, 0::6] / 2 == pytest.approx(0.05, abs=0.006)
    assert found.jitter[0].deviation[0::6] == pytest.approx(0.01, rel=0.35)
    assert found.lasting_s == pytest.approx(0.2, rel=0.35)


def test_too_little_to_fit_to_is_said() -> None:
    true = true_set()[:10]
    with pytest.raises(ValueError, match="fewer than"):
        fit([Pair(true, true, np.zeros((10, 2)))])


def test_legs_do_not_change_sides_at_a_rate_of_none() -> None:
    true = true_set()
    pairs = zip(spoiled(true, made()), true, strict=True)
    assert not any(legs_are_swapped(pose, was) for pose, was in pairs)


def test_legs_that_change_sides_are_found() -> None:
    true = true_set()[3]
    apart = true.xy_px.copy()
    apart[[LEFT_LANDMARKS["ankle"], LEFT_LANDMARKS["knee"]]] += torso_px(true)
    crossed = apart.copy()
    for name in ("knee", "ankle", "heel", "toe"):
        left, right = LEFT_LANDMARKS[name], RIGHT_LANDMARKS[name]
        crossed[[left, right]] = apart[[right, left]]
    was, seen = (
        Pose(0.0, xy, true.world_m, true.visibility, true.presence, true.size_px)
        for xy in (apart, crossed)
    )
    assert legs_are_swapped(seen, was)
    assert not legs_are_swapped(was, was)


def _worked(*, near: bool, far: bool) -> NoiseModel:
    """A model of sets of the near and of the far side, in which both are 0.1 and 0.3 too far."""
    true = true_set()
    way = np.zeros((2, SIZE))
    way[0, 0::6], way[1, 0::6] = 0.1, 0.3
    share = np.linspace(0, 1, len(true))[:, None]
    sets = [share * part for part, is_in in (([1, 0], near), ([0, 1], far)) if is_in]
    rng = np.random.default_rng(2)
    model = replace(made(), way=way)
    return fit([Pair(list(model.spoil(true, shares, rng)), true, shares) for shares in sets * 4])


def test_the_side_that_works_has_its_own_bias() -> None:
    near, far = _worked(near=True, far=True).way
    assert near[0::6] == pytest.approx(0.1, abs=0.02)
    assert far[0::6] == pytest.approx(0.3, abs=0.02)


def test_a_side_that_was_not_filmed_at_work_does_as_the_other() -> None:
    near, far = _worked(near=False, far=True).way
    assert near[0::6] == pytest.approx(0.3, abs=0.02)
    assert near == pytest.approx(far)


def test_a_film_in_which_nothing_moves_has_one_jitter() -> None:
    pair = filmed(made())
    still = replace(pair, shares=np.zeros_like(pair.shares))
    assert len(fit([pair], phases=True).jitter) == 3
    assert len(fit([still], phases=True).jitter) == 1


def test_a_film_in_which_nobody_was_found_adds_nothing_but_that() -> None:
    pair = filmed(made())
    nobody = [Pose.nobody(pose.t_s, pose.size_px) for pose in pair.true]
    alone, beside = fit([pair]), fit([pair, replace(pair, tracked=nobody)])
    assert beside.films == 1
    assert (beside.rest == alone.rest).all()
    assert beside.dropouts_per_s > 0


def test_an_exercise_with_one_film_borrows_how_far_sets_lie_apart() -> None:
    def film(exercise: str, off: float, seed: int) -> Film:
        model = made()
        model.rest[0::6] = off
        return exercise, "side", filmed(model, seed)

    some = [film("bridge", off, seed) for seed, off in enumerate((0.0, 0.1, 0.2))]
    models = fitted([*some, film("plank", 0.05, 7)], {})
    (bridge,), (plank,) = models["bridge side"], models["plank side"]
    assert bridge.between_sets.deviation[0::6].mean() == pytest.approx(0.08, rel=0.3)
    assert plank.between_sets.deviation == pytest.approx(bridge.between_sets.deviation, rel=0.1)
    assert plank.rest[0::6] + plank.way[0, 0::6] / 2 == pytest.approx(0.05, abs=0.02)
    kept = fitted([film("bridge", 0.5, 9)], models)
    assert (kept["bridge side"][0].rest == bridge.rest).all()


def test_many_films_make_a_model_each_and_lie_as_far_apart_as_these() -> None:
    pair = filmed(made())
    faulty = replace(pair, fault="hips_low")
    models = fitted([("bridge", "side", one) for one in [pair] * 6 + [faulty] * 2], {})
    assert [model.fault for model in models["bridge side"]] == [""] * 6 + ["hips_low"] * 2
    assert len(models["all side"]) == 1
    assert all((model.between_sets.deviation == 0).all() for model in models["bridge side"])
    assert all(len(model.jitter) == 3 for model in models["bridge side"])


def test_reps_with_a_fault_are_left_out_of_the_fit() -> None:
    script = all_samples()["heel_slides_side"].script
    kinds = [rep.kind for rep in script.reps]
    middles = [times.top_middle_s for times in script.times]
    assert {"good", "fault"} <= set(kinds)
    assert outside_faulty_reps(script, [0.0, *middles]) == [True, *(k == "good" for k in kinds)]
