"""Gates are tried on good form that no gate has chosen."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from accuracy.gates import Gate, Tally, page, tried
from accuracy.good_form import Good, filmed_from, of_scripted_bodies, turning_points
from accuracy.twins import cast
from formcheck.records.report import fold
from formcheck.running.recording import judge
from sample_videos.expected import filmed_task
from sample_videos.generator.population import draw
from sample_videos.generator.truth import true_pose


@given(st.integers(1, 6), st.floats(0.3, 3), st.floats(0, 0.1))
def test_a_wave_turns_at_each_of_its_tops_and_lows(waves: int, size: float, wobble: float) -> None:
    phase = np.linspace(0, 2 * math.pi * waves, 60 * waves + 1)
    values = size * (1 - np.cos(phase) + wobble * np.sin(29 * phase))
    turns = turning_points(values, 0.5 * 2 * size)
    inner = [i for i in turns if 20 < i < len(values) - 20]
    assert len(inner) == 2 * waves - 1
    assert all(abs(i - 30 * (n + 1)) < 8 for n, i in enumerate(inner))


def test_what_is_not_seen_is_no_turning_point() -> None:
    values = np.array([math.nan, 0.0, 1.0, math.nan, 2.0, 1.0, 0.0, math.nan])
    assert turning_points(values, 0.5) == [1, 4, 6]
    assert turning_points(np.full(4, math.nan), 0.5) == []


@pytest.fixture(scope="module")
def bridges() -> list[Good]:
    return list(of_scripted_bodies("bridge", people=1))


def test_lying_people_are_filmed_from_all_sides_but_never_from_below_the_floor(
    bridges: list[Good],
) -> None:
    cameras = {good.camera for good in bridges}
    assert {"side 0 off, +0 up", "side 30 off, +20 up"} <= cameras
    assert not any("-20 up" in camera for camera in cameras)


def test_a_good_bridge_from_a_level_camera_passes_every_gate(bridges: list[Good]) -> None:
    found = tried(good for good in bridges if good.camera == "side 0 off, +0 up")
    places = {gate.place for gate in found}
    assert {"start", "keep", "reach", "fall", "warn hips_low"} <= places
    for gate, tallies in found.items():
        for tally in tallies.values():
            assert (tally.share, tally.unseen) == (1, 0), gate


def test_legs_lifted_on_the_side_are_counted_from_a_camera_that_looks_far_down() -> None:
    task = filmed_task("side_lying_leg_lift")
    clip = cast(draw(task.spec.id, 1, plan=("good", "partial"), view="front", fps=15))
    take = filmed_from(clip, off_deg=15, up_deg=24)
    assert take is not None
    reps = fold(judge([true_pose(take, t_s) for t_s in take.clip.times_s], task)).reps
    assert [rep.attempt.outcome for rep in reps] == ["full", "partial"]


def test_the_worst_gate_comes_first_and_one_that_refuses_nobody_is_only_counted() -> None:
    tight, loose, fine = Tally(), Tally(), Tally()
    for n in range(4):
        tight.add("a", 0.1 * n, passed=n > 2, seen=True)
        loose.add("a", 0.1 * n, passed=n > 0, seen=n > 0)
        fine.add("a", 0.1 * n, passed=True, seen=True)
    gates = {Gate("x", "keep", t): {"": tally} for t, tally in (
        ("loose", loose), ("tight", tight), ("fine", fine))}  # fmt: skip
    told = page(gates, people=1)
    assert told.index("`tight` | 0.25") < told.index("`loose` | 0.75")
    assert "`fine`" not in told
    assert "3 gates were tried; 1 let all good form through" in told
