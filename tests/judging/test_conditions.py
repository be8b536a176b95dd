"""Clauses at work: bound to a rest, met and lost at the interpolated crossing."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.exercises.clauses import parse_clause
from formcheck.judging.conditions import (
    WORKING,
    Condition,
    SignalBank,
    Watch,
    own_rests,
    parts,
    read_signal,
    side_of,
    unseen_joints,
    watches,
)
from formcheck.measuring.scene import Bearings, Scene
from formcheck.measuring.signals import Signal
from formcheck.measuring.smoothing import Sample
from formcheck.records.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Pose
from tests.bodies import LANDSCAPE, Camera, Quadruped, bird_dog, dropped
from tests.filming import LEFT_NEAR, RIGHT_NEAR, shot

NAN = math.nan
few = settings(max_examples=30, deadline=None, derandomize=True)


def watch(text: str, *columns: int, rest: float = 0.0, at_least: float = 0.0) -> Watch:
    made = Watch(parse_clause(text), columns or (0,))
    made.bind(lambda _: rest, lambda _: at_least)
    return made


def sample(t_s: float, *values: float) -> Sample:
    row = np.array(values, float)
    return Sample(t_s, row, row)


# --- signals ----------------------------------------------------------------------------------


def test_both_sides_are_two_signals_in_two_columns_and_each_signal_is_read_once() -> None:
    both, near, trunk = Signal("knee", "both"), Signal("knee", "near"), Signal("trunk_incl", "")
    bank = SignalBank([trunk, both, near])
    assert parts(both) == (near, Signal("knee", "far"))
    assert bank.signals == (trunk, near, Signal("knee", "far"))
    assert bank.columns(both) == (1, 2)
    assert bank.columns(trunk) == (0,)
    scene = Scene(shot(Quadruped()), LEFT_NEAR)
    assert bank.read(scene).tolist() == [read_signal(s, scene) for s in bank.signals]


def test_a_mean_is_taken_over_the_sides_that_are_seen() -> None:
    pose = shot(Quadruped(left_knee_deg=80, right_knee_deg=100))
    one_leg = dropped([pose], [RIGHT_LANDMARKS["ankle"]])[0]
    no_legs = dropped([one_leg], [LEFT_LANDMARKS["ankle"]])[0]
    mean = Signal("knee", "mean")
    assert read_signal(mean, Scene(pose, LEFT_NEAR)) == pytest.approx(90, abs=0.1)
    assert read_signal(mean, Scene(one_leg, LEFT_NEAR)) == pytest.approx(80, abs=0.1)
    assert math.isnan(read_signal(mean, Scene(no_legs, LEFT_NEAR)))


@pytest.mark.parametrize(
    ("camera", "bearings"),
    [(Camera(azimuth_deg=90), LEFT_NEAR), (Camera(azimuth_deg=-90), RIGHT_NEAR)],
)
def test_raised_is_read_from_the_leg_or_arm_that_is_raised(
    camera: Camera, bearings: Bearings
) -> None:
    scene = Scene(shot(bird_dog(3, 7, knee_deg=160, working_leg=bearings.near), camera), bearings)
    assert side_of(Signal("knee", "raised"), scene) == "near"
    assert side_of(Signal("arm_incl", "raised"), scene) == "far"
    assert read_signal(Signal("leg_incl", "raised"), scene) == pytest.approx(3, abs=0.1)
    assert read_signal(Signal("knee", "raised"), scene) == pytest.approx(160, abs=0.1)
    assert read_signal(Signal("arm_incl", "raised"), scene) == pytest.approx(7, abs=0.1)


def test_raised_is_not_seen_where_it_cannot_be_told_which_is() -> None:
    pose = dropped([shot(bird_dog(0, 0))], [RIGHT_LANDMARKS["wrist"]])[0]
    assert math.isnan(read_signal(Signal("arm_incl", "raised"), Scene(pose, LEFT_NEAR)))


def test_unseen_joints_are_named_once_by_the_persons_own_side() -> None:
    hidden = [RIGHT_LANDMARKS["knee"], LEFT_LANDMARKS["hip"]]
    pose = dropped([shot(Quadruped(), Camera(azimuth_deg=-90))], hidden)[0]
    found = unseen_joints([Signal("knee", "both"), Signal("hip_ext", "near")], pose, RIGHT_NEAR)
    assert found == ("right knee", "left hip")


def test_the_arm_that_would_be_raised_is_named_where_only_the_hanging_one_is_seen() -> None:
    pose = dropped([shot(bird_dog(0, 0))], [RIGHT_LANDMARKS["wrist"]])[0]
    assert unseen_joints([Signal("arm_incl", "raised")], pose, LEFT_NEAR) == ("right wrist",)


def test_nobody_leaves_all_joints_unseen() -> None:
    found = unseen_joints([Signal("knee", "near")], Pose.nobody(0.0, LANDSCAPE), LEFT_NEAR)
    assert found == ("left hip", "left knee", "left ankle")


# --- binding ----------------------------------------------------------------------------------

BOUND = {
    "knee near rises 10 deg": (130, math.inf),
    "knee near drops 10 deg": (-math.inf, 110),
    "knee near below 5 deg from rest": (-math.inf, 125),
    "knee near above -7 deg from rest": (113, math.inf),
    "knee near between -5 and 5 deg from rest": (115, 125),
    "knee near above 150 deg": (150, math.inf),
}


@pytest.mark.parametrize("text", BOUND)
def test_a_relative_clause_is_bound_to_the_rest_value(text: str) -> None:
    bound = watch(text, rest=120)
    assert (bound.low, bound.high) == BOUND[text]


def test_out_of_the_noise_a_relative_level_lies_farther_from_rest_on_its_own_side() -> None:
    assert watch("knee near rises 10 deg", rest=120, at_least=14).low == 134
    assert watch("knee near drops 10 deg", rest=120, at_least=14).high == 106
    assert watch("knee near below 5 deg from rest", rest=120, at_least=6).high == 126
    assert watch("knee near rises 10 deg", rest=120, at_least=4).low == 130
    assert watch("knee near above 150 deg", rest=120, at_least=200).low == 150


def test_a_clause_is_bound_anew_to_another_rest() -> None:
    made = watch("knee near rises 10 deg", rest=120)
    made.bind(lambda _: 90.0, lambda _: 0.0)
    assert made.low == 100


def test_without_a_rest_value_a_relative_clause_is_never_decided() -> None:
    made = watch("knee near rises 10 deg", rest=NAN)
    made.follow(sample(0.0, 50.0))
    assert made.met is None


# --- one clause -------------------------------------------------------------------------------


@given(
    st.lists(st.floats(0.01, 0.3), min_size=1, max_size=20),
    st.floats(10, 80),
    st.floats(-40, 40).filter(lambda slope: abs(slope) > 1),
)
@few
def test_a_line_crosses_a_level_at_the_same_moment_at_any_frame_rate(
    steps: list[float], level: float, slope: float
) -> None:
    """The value passes the level at t = 2 s exactly."""
    followed = watch(f"knee near above {level:.3f} deg")
    limit = followed.low
    t_s = [1.7, *(1.7 + np.cumsum(steps)), 9.0]
    for t in t_s:
        followed.follow(sample(float(t), limit + slope * (t - 2)))
    assert followed.met is (slope > 0)
    assert followed.changed_s == pytest.approx(2, abs=1e-9)


def test_what_is_met_from_the_first_sample_is_met_from_then() -> None:
    followed = watch("knee near above 10 deg")
    followed.follow(sample(3.0, 20.0))
    followed.follow(sample(4.0, 30.0))
    assert followed.met
    assert followed.changed_s == 3


def test_unseen_is_neither_met_nor_unmet_and_is_dated_by_its_sample() -> None:
    followed = watch("knee near above 10 deg")
    for t_s, value, met, changed_s in [
        (0.0, 20.0, True, 0.0), (1.0, NAN, None, 1.0), (2.0, NAN, None, 1.0),
        (3.0, 20.0, True, 3.0), (4.0, 0.0, False, 3.5),
    ]:  # fmt: skip
        followed.follow(sample(t_s, value))
        assert (followed.met, followed.changed_s) == (met, changed_s)


def test_of_both_sides_the_worse_one_decides_and_both_must_be_seen() -> None:
    above, below = watch("knee both above 10 deg", 0, 1), watch("knee both below 10 deg", 0, 1)
    assert above.value(sample(0.0, 8.0, 30.0)) == 8
    assert below.value(sample(0.0, 8.0, 30.0)) == 30
    assert math.isnan(above.value(sample(0.0, NAN, 30.0)))
    assert math.isnan(above.value(sample(0.0, 30.0, NAN)))


@pytest.mark.parametrize(("who", "near_side", "far_side"), [("working", 1, -1), ("resting", -1, 1)])
def test_a_side_at_work_is_measured_from_its_own_rest(
    who: str, near_side: float, far_side: float
) -> None:
    rests = {"near": -0.1, "far": 0.3, who: 0.3}
    made = Watch(parse_clause(f"ankle_lift {who} rises 0.2 torso"), (0,), working_column=1)
    made.bind(lambda signal: rests[signal.who], lambda _: 0.0)
    risen = [
        made.includes(made.value(sample(0.0, value, side)))
        for value, side in (
            (0.09, near_side),
            (0.11, near_side),
            (0.49, far_side),
            (0.51, far_side),
        )
    ]
    assert risen == [False, True, False, True]
    assert made.value(sample(0.0, 0.2, math.nan)) == 0.2


def test_a_bank_knows_the_working_side_for_what_is_measured_from_rest_alone() -> None:
    ankle = Signal("ankle_lift", "working")
    bank = SignalBank([ankle, WORKING, *own_rests([ankle, Signal("side_view", "")])])
    assert bank.signals[2:] == (Signal("ankle_lift", "near"), Signal("ankle_lift", "far"))
    from_rest, at_instants = watches(
        [parse_clause("ankle_lift working rises 0.2 torso"),
         parse_clause("ankle_lift working above 0.2 torso")],
        bank,
    )  # fmt: skip
    assert from_rest.working_column == 1
    assert at_instants.working_column is None


# --- several clauses --------------------------------------------------------------------------

A, B = "knee near above 10 deg", "trunk_incl above 10 deg"


def follow(condition: Condition, *rows: tuple[float, float]) -> list[tuple[bool | None, float]]:
    """What the condition says after each row of values, a second apart."""
    told = []
    for second, row in enumerate(rows):
        condition.follow(sample(float(second), *row))
        told.append((condition.met, condition.changed_s))
    return told


def test_all_clauses_must_hold_from_the_last_crossing_to_the_first() -> None:
    both = Condition((watch(A, 0), watch(B, 1)))
    told = follow(both, (0, 0), (40, 0), (40, 20), (20, 0), (0, 0))
    assert told == [
        (False, 0.0), (False, 0.0), (True, 1.5), (False, 2.5), (False, 2.5)
    ]  # fmt: skip


def test_two_clauses_met_between_two_samples_are_both_met_from_the_later_crossing() -> None:
    both = Condition((watch(A, 0), watch(B, 1)))
    told = follow(both, (0, 0), (40, 20), (0, 0))
    assert told == [(False, 0.0), (True, 0.5), (False, 1.5)]


def test_any_clause_suffices_from_the_first_crossing_to_the_last() -> None:
    either = Condition((watch(A, 0), watch(B, 1)), any_one=True)
    told = follow(either, (0, 0), (40, 20), (40, 0), (0, 0))
    assert told == [(False, 0.0), (True, 0.25), (True, 0.25), (False, 2.75)]


def test_one_unseen_clause_leaves_all_undecided_unless_another_fails() -> None:
    both = Condition((watch(A, 0), watch(B, 1)))
    told = follow(both, (20, 20), (20, NAN), (0, NAN), (20, 20))
    assert [met for met, _ in told] == [True, None, False, True]
    assert told[1][1] == 1


def test_one_unseen_clause_leaves_any_undecided_unless_another_is_met() -> None:
    either = Condition((watch(A, 0), watch(B, 1)), any_one=True)
    told = follow(either, (0, 0), (0, NAN), (20, NAN))
    assert [met for met, _ in told] == [False, None, True]


def test_a_clause_that_counts_only_if_seen_is_left_out_while_unseen() -> None:
    lenient = watch(f"{B} if seen", 1)
    both = Condition((watch(A, 0), lenient))
    told = follow(both, (20, NAN), (20, 0), (20, 20), (NAN, NAN))
    assert [met for met, _ in told] == [True, False, True, None]
    either = Condition((watch(A, 0), watch(f"{B} if seen", 1)), any_one=True)
    assert [met for met, _ in follow(either, (0, NAN), (0, 20), (0, NAN))] == [False, True, False]


def test_a_condition_of_which_nothing_is_seen_is_not_met() -> None:
    lenient = Condition((watch(f"{A} if seen", 0),))
    assert follow(lenient, (NAN, NAN)) == [(False, 0.0)]


def test_a_clause_that_counts_only_if_seen_stands_through_a_blink() -> None:
    reach = Condition((watch(A, 0), watch(f"{B} if seen", 1)))
    assert reach.follow(sample(0.0, 20, 0)) is False
    assert reach.follow(sample(0.4, 20, NAN)) is False
    assert reach.follow(sample(0.6, 20, NAN)) is True
    assert reach.follow(sample(0.7, 20, 0)) is False


@pytest.mark.parametrize("hidden", ["far", "near"])
def test_of_a_limb_hidden_at_rest_the_other_ones_rest_is_taken(hidden: str) -> None:
    rests = {"near": 0.1, "far": 0.1, hidden: NAN, "resting": NAN}
    made = Watch(parse_clause("wrist_lift resting rises 0.2 torso"), (0,), working_column=1)
    made.bind(lambda signal: rests[signal.who], lambda _: 0.0)
    assert made.includes(made.value(sample(0.0, 0.31, 1)))
    assert not made.includes(made.value(sample(0.1, 0.29, 1)))
