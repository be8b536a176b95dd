"""Sets without pixels: how far on their way they are, and by which model they are spoiled."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from accuracy import twins
from accuracy.noise_model import NoiseModel
from accuracy.plans import SetPlan
from accuracy.twins import shares_of
from formcheck.records.pose import LEFT_LANDMARKS, Side
from sample_videos.generator.motion import Kind, Rep, Script
from sample_videos.generator.truth import true_outline
from tests.noise import bridges, made, true_set


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


def test_a_set_is_on_its_way_between_rest_and_top() -> None:
    script = bridges().clip.script
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


def test_the_outline_of_a_twin_holds_its_joints() -> None:
    true = true_set()[0]
    line = true_outline(bridges(), true.t_s)
    low, high = line.min(axis=0), line.max(axis=0)
    inner = true.xy_px[[LEFT_LANDMARKS["hip"], LEFT_LANDMARKS["shoulder"]]]
    assert (inner > low).all()
    assert (inner < high).all()
