"""The noise of the pose model: what was put in is found again, and twins are true before it."""

from __future__ import annotations

import numpy as np
import pytest

from accuracy.fitting import Film, fitted, outside_faulty_reps
from accuracy.noise_model import NoiseModel, Pair, Spread, fit, legs_are_swapped, torso_px
from accuracy.plans import SetPlan
from accuracy.twins import TwinTake, shares_of
from formcheck.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Pose
from sample_videos.generator.motion import Kind, Rep, Script
from sample_videos.generator.samples import all_samples
from sample_videos.generator.truth import true_outline, true_poses

SIZE = 33 * 6


def made(*, fps: float = 15, lasting_s: float = 0.2, swaps_per_s: float = 0.0) -> NoiseModel:
    rest = np.zeros(SIZE)
    rest[0::6] = 0.05
    rest[5::6] = 2.0
    return NoiseModel(
        rest=rest, way=np.zeros(SIZE), between_sets=Spread.of(np.zeros((SIZE, SIZE))),
        jitter=Spread.of(np.eye(SIZE) * 0.01**2), lasting_s=lasting_s,
        swaps_per_s=swaps_per_s, swap_s=0.4,
        dropouts_per_s=0.0, dropout_s=0.0,
    )  # fmt: skip


@pytest.fixture(scope="module")
def take() -> TwinTake:
    return TwinTake(SetPlan("bridge", 5, "side").clip())


@pytest.fixture(scope="module")
def true(take: TwinTake) -> list[Pose]:
    return true_poses(take, with_outline=False)


def spoiled(true: list[Pose], model: NoiseModel, seed: int = 1) -> list[Pose]:
    return list(model.spoil(true, np.zeros(len(true)), np.random.default_rng(seed)))


def test_a_known_bias_and_jitter_are_fitted_again(true: list[Pose]) -> None:
    pairs = [
        Pair(spoiled(true, made(), seed), true, np.linspace(0, 1, len(true))) for seed in range(4)
    ]
    found = fit(pairs)
    assert found.rest[0::6] + found.way[0::6] / 2 == pytest.approx(0.05, abs=0.006)
    assert found.jitter.deviation[0::6] == pytest.approx(0.01, rel=0.35)
    assert found.lasting_s == pytest.approx(0.2, rel=0.35)


def test_a_spread_keeps_variances_and_what_varies_together() -> None:
    rng = np.random.default_rng(3)
    together = rng.standard_normal((SIZE, 3)) * 0.1
    covariance = together @ together.T + 0.01**2 * np.eye(SIZE)
    spread = Spread.of(covariance)
    assert spread.deviation == pytest.approx(np.sqrt(np.diag(covariance)))
    drawn = np.cov(spread.draw(20000, rng).T)
    assert np.linalg.norm(drawn - covariance) < 0.15 * np.linalg.norm(covariance)


def test_an_exercise_with_one_film_borrows_how_far_sets_lie_apart(true: list[Pose]) -> None:
    def filmed(exercise: str, off: float, seed: int) -> Film:
        model = made()
        model.rest[0::6] = off
        pair = Pair(spoiled(true, model, seed), true, np.linspace(0, 1, len(true)))
        return exercise, "side", pair

    some = [filmed("bridge", off, seed) for seed, off in enumerate((0.0, 0.1, 0.2))]
    models = fitted([*some, filmed("plank", 0.05, 7)], {})
    bridge, plank = models["bridge side"], models["plank side"]
    assert bridge.between_sets.deviation[0::6].mean() == pytest.approx(0.08, rel=0.3)
    assert plank.between_sets.deviation == pytest.approx(bridge.between_sets.deviation, rel=0.1)
    assert plank.rest[0::6] + plank.way[0::6] / 2 == pytest.approx(0.05, abs=0.02)
    kept = fitted([filmed("bridge", 0.5, 9)], models)
    assert (kept["bridge side"].rest == bridge.rest).all()


def test_reps_with_a_fault_are_left_out_of_the_fit() -> None:
    script = all_samples()["heel_slides_side"].script
    kinds = [rep.kind for rep in script.reps]
    middles = [times.top_middle_s for times in script.times]
    assert {"good", "fault"} <= set(kinds)
    assert outside_faulty_reps(script, [0.0, *middles]) == [True, *(k == "good" for k in kinds)]


def test_the_same_seed_spoils_alike_and_another_does_not(true: list[Pose]) -> None:
    first, again, other = (spoiled(true, made(), seed)[9].xy_px for seed in (1, 1, 2))
    assert (first == again).all()
    assert not (first == other).any()


def test_nobody_stays_nobody(true: list[Pose]) -> None:
    gone = [*true[:5], Pose.nobody(true[5].t_s, true[5].size_px), *true[6:]]
    assert [n for n, pose in enumerate(spoiled(gone, made())) if not pose.is_seen] == [5]


def test_legs_do_not_change_sides_at_a_rate_of_none(true: list[Pose]) -> None:
    pairs = zip(spoiled(true, made()), true, strict=True)
    assert not any(legs_are_swapped(pose, was) for pose, was in pairs)


def test_legs_that_change_sides_are_found(true: list[Pose]) -> None:
    apart = true[3].xy_px.copy()
    apart[[LEFT_LANDMARKS["ankle"], LEFT_LANDMARKS["knee"]]] += torso_px(true[3])
    crossed = apart.copy()
    for name in ("knee", "ankle", "heel", "toe"):
        left, right = LEFT_LANDMARKS[name], RIGHT_LANDMARKS[name]
        crossed[[left, right]] = apart[[right, left]]
    was, seen = (
        Pose(0.0, xy, true[3].world_m, true[3].visibility, true[3].presence, true[3].size_px)
        for xy in (apart, crossed)
    )
    assert legs_are_swapped(seen, was)
    assert not legs_are_swapped(was, was)


def test_too_little_to_fit_to_is_said(true: list[Pose]) -> None:
    with pytest.raises(ValueError, match="fewer than"):
        fit([Pair(true[:10], true[:10], np.zeros(10))])


def test_a_set_is_on_its_way_between_rest_and_top(take: TwinTake) -> None:
    script = take.clip.script
    at = [0.5, script.times[0].top_middle_s, script.duration_s - 0.1]
    assert shares_of(script, at) == pytest.approx([0, 1, 0], abs=0.01)


def test_a_rep_that_goes_half_the_way_of_a_good_one_is_half_on_it() -> None:
    def rep(kind: Kind, **top: float) -> Rep:
        return Rep(kind, top, rise_s=1.0, hold_s=1.0, lower_s=1.0, rest_s=1.0)

    rest = {"hip_deg": 120.0, "foot_m": 0.0}
    good, low = rep("good", hip_deg=180, foot_m=0.4), rep("partial", hip_deg=150, foot_m=0.2)
    foot_down = rep("fault", hip_deg=180, foot_m=0)
    script = Script(rest, 1.0, (good, low, foot_down))
    middles = [times.top_middle_s for times in script.times]
    assert shares_of(script, middles) == pytest.approx([1, 0.5, 0.5])


def test_the_outline_of_a_twin_holds_its_joints(take: TwinTake, true: list[Pose]) -> None:
    line = true_outline(take, true[0].t_s)
    low, high = line.min(axis=0), line.max(axis=0)
    inner = true[0].xy_px[[LEFT_LANDMARKS["hip"], LEFT_LANDMARKS["shoulder"]]]
    assert (inner > low).all()
    assert (inner < high).all()
