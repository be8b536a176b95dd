"""The noise of the pose model: what was put in is found again, and twins are true before it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from accuracy import twins
from accuracy.fitting import Film, fitted, outside_faulty_reps
from accuracy.noise_model import (
    NoiseModel,
    Pair,
    Spread,
    fit,
    legs_are_swapped,
    load,
    save,
    torso_px,
)
from accuracy.plans import SetPlan
from accuracy.twins import TwinTake, shares_of
from formcheck.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Pose, Side
from sample_videos.generator.motion import Kind, Rep, Script
from sample_videos.generator.samples import all_samples
from sample_videos.generator.truth import true_outline, true_poses

SIZE = 33 * 6


def made(*, fps: float = 15, lasting_s: float = 0.2, swaps_per_s: float = 0.0) -> NoiseModel:
    rest = np.zeros(SIZE)
    rest[0::6] = 0.05
    rest[5::6] = 2.0
    return NoiseModel(
        rest=rest, way=np.zeros((2, SIZE)), between_sets=Spread.of(np.zeros((SIZE, SIZE))),
        jitter=(Spread.of(np.eye(SIZE) * 0.01**2),), lasting_s=lasting_s,
        swaps_per_s=swaps_per_s, swap_s=0.4,
        dropouts_per_s=0.0, dropout_s=0.0,
    )  # fmt: skip


@pytest.fixture(scope="module")
def take() -> TwinTake:
    return TwinTake(SetPlan("bridge", 5, "side").clip())


@pytest.fixture(scope="module")
def true(take: TwinTake) -> list[Pose]:
    return true_poses(take, with_outline=False)


def both_rise(frames: int) -> np.ndarray:
    """Shares of a way that both sides go."""
    return np.repeat(np.linspace(0, 0.5, frames)[:, None], 2, axis=1)


def spoiled(true: list[Pose], model: NoiseModel, seed: int = 1) -> list[Pose]:
    return list(model.spoil(true, np.zeros((len(true), 2)), np.random.default_rng(seed)))


def test_a_known_bias_and_jitter_are_fitted_again(true: list[Pose]) -> None:
    pairs = [Pair(spoiled(true, made(), seed), true, both_rise(len(true))) for seed in range(4)]
    found = fit(pairs)
    assert found.rest[0::6] + found.way[0, 0::6] / 2 == pytest.approx(0.05, abs=0.006)
    assert found.jitter[0].deviation[0::6] == pytest.approx(0.01, rel=0.35)
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
        pair = Pair(spoiled(true, model, seed), true, both_rise(len(true)))
        return exercise, "side", pair

    some = [filmed("bridge", off, seed) for seed, off in enumerate((0.0, 0.1, 0.2))]
    models = fitted([*some, filmed("plank", 0.05, 7)], {})
    (bridge,), (plank,) = models["bridge side"], models["plank side"]
    assert bridge.between_sets.deviation[0::6].mean() == pytest.approx(0.08, rel=0.3)
    assert plank.between_sets.deviation == pytest.approx(bridge.between_sets.deviation, rel=0.1)
    assert plank.rest[0::6] + plank.way[0, 0::6] / 2 == pytest.approx(0.05, abs=0.02)
    kept = fitted([filmed("bridge", 0.5, 9)], models)
    assert (kept["bridge side"][0].rest == bridge.rest).all()


def test_many_films_make_a_model_each_and_lie_as_far_apart_as_these(true: list[Pose]) -> None:
    pair = Pair(spoiled(true, made()), true, both_rise(len(true)))
    faulty = replace(pair, fault="hips_low")
    models = fitted([("bridge", "side", one) for one in [pair] * 6 + [faulty] * 2], {})
    assert [model.fault for model in models["bridge side"]] == [""] * 6 + ["hips_low"] * 2
    assert len(models["all side"]) == 1
    assert all((model.between_sets.deviation == 0).all() for model in models["bridge side"])
    assert all(len(model.jitter) == 3 for model in models["bridge side"])


def test_models_are_the_same_once_they_were_kept(true: list[Pose], tmp_path: Path) -> None:
    pair = Pair(spoiled(true, made()), true, both_rise(len(true)))
    one, (apart,) = made(), fitted([("bridge", "side", pair)] * 8, {})["bridge side"][:1]
    save(tmp_path / "noise.npz", {"bridge side": (one, apart)})
    for kept, before in zip(load(tmp_path / "noise.npz")["bridge side"], (one, apart), strict=True):
        assert kept.rest == pytest.approx(before.rest, abs=1e-3)
        assert len(kept.jitter) == len(before.jitter)
        assert (kept.worked, kept.films) == (before.worked, before.films)


def test_the_top_jitters_as_the_top_did_and_the_rest_as_the_rest(true: list[Pose]) -> None:
    quiet, wild = (Spread.of(np.eye(SIZE) * deviation**2) for deviation in (0.01, 0.1))
    model = replace(made(), jitter=(quiet, quiet, wild))
    shares = np.zeros((len(true), 2))
    shares[len(true) // 2 :, 0] = 1.0
    seen = list(model.spoil(true, shares, np.random.default_rng(1)))
    off = [(a.xy_px - b.xy_px) / torso_px(b) for a, b in zip(seen, true, strict=True)]
    resting, at_top = np.split(np.array(off)[:, :, 1], [len(true) // 2])
    assert resting.std() == pytest.approx(0.01, rel=0.2)
    assert at_top.std() == pytest.approx(0.1, rel=0.2)


def test_a_set_is_spoiled_as_a_film_of_its_flaw_and_side_was(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def film(fault: str, *worked: bool) -> NoiseModel:
        return replace(made(), fault=fault, worked=worked)

    good = (film("", True, False), film("", False, True))
    low = tuple(film("hips_low", True, False) for _ in range(twins.LEAST_ALIKE))
    some = (*good, *low, film("dropped_fast", False, True))
    monkeypatch.setattr(twins, "models", lambda: {"bridge side": some, "all side": some})
    near = np.array([[1.0, 0.0]])
    clean, faulty = SetPlan("bridge", 1, "side"), SetPlan("bridge", 1, "side", "hips_low")
    filmed_once = SetPlan("bridge", 1, "side", "dropped_fast")
    assert twins.model_for(clean, near) is good[0]
    assert twins.model_for(clean, near[:, ::-1]) is good[1]
    assert any(twins.model_for(faulty, near) is model for model in low)
    assert twins.model_for(filmed_once, near[:, ::-1]) is good[1]


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
        fit([Pair(true[:10], true[:10], np.zeros((10, 2)))])


def test_a_set_is_on_its_way_between_rest_and_top(take: TwinTake) -> None:
    script = take.clip.script
    at = [0.5, script.times[0].top_middle_s, script.duration_s - 0.1]
    assert shares_of(script, at, near="left").sum(axis=1) == pytest.approx([0, 1, 0], abs=0.01)


def test_a_rep_that_goes_half_the_way_of_a_good_one_is_half_on_it() -> None:
    def rep(kind: Kind, **top: float) -> Rep:
        return Rep(kind, top, rise_s=1.0, hold_s=1.0, lower_s=1.0, rest_s=1.0)

    rest = {"hip_deg": 120.0, "foot_m": 0.0}
    good, low = rep("good", hip_deg=180, foot_m=0.4), rep("partial", hip_deg=150, foot_m=0.2)
    foot_down = rep("fault", hip_deg=180, foot_m=0)
    script = Script(rest, 1.0, (good, low, foot_down))
    middles = [times.top_middle_s for times in script.times]
    shares = shares_of(script, middles, near="left")
    assert shares.sum(axis=1) == pytest.approx([1, 0.5, 0.5])


def test_a_rep_is_on_the_way_of_the_side_that_works() -> None:
    def rep(side: Side | None) -> Rep:
        return Rep("good", {"leg_deg": 40.0}, 1.0, 1.0, 1.0, 1.0, side=side)

    script = Script({"leg_deg": 0.0}, 1.0, (rep("left"), rep("right"), rep(None)))
    middles = [times.top_middle_s for times in script.times]
    shares = shares_of(script, middles, near="right")
    assert shares == pytest.approx(np.array([[0, 1], [1, 0], [0.5, 0.5]]))


def _worked(true: list[Pose], *, near: bool, far: bool) -> NoiseModel:
    """A model of sets of the near and of the far side, in which both are 0.1 and 0.3 too far."""
    way = np.zeros((2, SIZE))
    way[0, 0::6], way[1, 0::6] = 0.1, 0.3
    share = np.linspace(0, 1, len(true))[:, None]
    sets = [share * part for part, is_in in (([1, 0], near), ([0, 1], far)) if is_in]
    rng = np.random.default_rng(2)
    model = replace(made(), way=way)
    return fit([Pair(list(model.spoil(true, shares, rng)), true, shares) for shares in sets * 4])


def test_the_side_that_works_has_its_own_bias(true: list[Pose]) -> None:
    near, far = _worked(true, near=True, far=True).way
    assert near[0::6] == pytest.approx(0.1, abs=0.02)
    assert far[0::6] == pytest.approx(0.3, abs=0.02)


def test_a_side_that_was_not_filmed_at_work_does_as_the_other(true: list[Pose]) -> None:
    near, far = _worked(true, near=False, far=True).way
    assert near[0::6] == pytest.approx(0.3, abs=0.02)
    assert near == pytest.approx(far)


def test_the_outline_of_a_twin_holds_its_joints(take: TwinTake, true: list[Pose]) -> None:
    line = true_outline(take, true[0].t_s)
    low, high = line.min(axis=0), line.max(axis=0)
    inner = true[0].xy_px[[LEFT_LANDMARKS["hip"], LEFT_LANDMARKS["shoulder"]]]
    assert (inner > low).all()
    assert (inner < high).all()
