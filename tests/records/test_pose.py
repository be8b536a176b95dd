"""Poses and the geometry of points."""

from __future__ import annotations

import math
from dataclasses import FrozenInstanceError, replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.measuring.geometry import (
    angle_deg,
    cross,
    distance,
    dot,
    elevation_deg,
    height_over_line,
    middle,
    ratio,
    rotated,
    turn_deg,
    unit,
)
from formcheck.records.pose import (
    BONES,
    LANDMARK_COUNT,
    LEFT_LANDMARKS,
    MAX_OUTLINE_POINTS,
    RIGHT_LANDMARKS,
    Pose,
    landmark,
    other_side,
)
from tests.bodies import LANDSCAPE, Camera, Quadruped, bird_dog
from tests.filming import shot, with_outline

angles_deg = st.floats(-179, 179)
places = st.tuples(st.floats(-500, 500), st.floats(-500, 500))


# --- poses --------------------------------------------------------------------------------------


def test_left_and_right_have_the_same_joints_and_share_none() -> None:
    assert LEFT_LANDMARKS.keys() == RIGHT_LANDMARKS.keys()
    pairs = [(LEFT_LANDMARKS[joint], RIGHT_LANDMARKS[joint]) for joint in LEFT_LANDMARKS]
    assert len({i for pair in pairs for i in pair}) == 2 * len(pairs)
    assert landmark("knee", "left") == LEFT_LANDMARKS["knee"]
    assert landmark("knee", "right") == RIGHT_LANDMARKS["knee"]
    assert (other_side("left"), other_side("right")) == ("right", "left")


def test_bones_join_landmarks_that_there_are() -> None:
    assert all(0 <= a < b < LANDMARK_COUNT or 0 <= b < a for a, b in BONES)
    assert len(set(BONES)) == len(BONES)


def test_mirroring_twice_gives_the_pose_again() -> None:
    pose = with_outline(shot(bird_dog(3, 8)), near="left")
    again = pose.mirrored().mirrored()
    for name in ("xy_px", "world_m", "visibility", "presence", "outline_px"):
        assert getattr(again, name) == pytest.approx(getattr(pose, name), abs=1e-3)
    assert (again.t_s, again.size_px) == (pose.t_s, pose.size_px)


def test_a_mirrored_pose_is_the_one_filmed_of_the_other_side_from_the_other_side() -> None:
    left = shot(bird_dog(3, 8, working_leg="left"), Camera(azimuth_deg=70))
    right = shot(bird_dog(3, 8, working_leg="right"), Camera(azimuth_deg=-70))
    mirrored = left.mirrored()
    for name in ("xy_px", "world_m", "visibility", "presence"):
        assert getattr(mirrored, name) == pytest.approx(getattr(right, name), abs=1e-3)


def test_nobody_is_not_seen_and_nowhere() -> None:
    pose = Pose.nobody(3.0, LANDSCAPE)
    assert not pose.is_seen
    assert np.isnan(pose.xy_px).all()
    assert np.isnan(pose.world_m).all()
    assert (pose.visibility == 0).all()
    assert shot(Quadruped()).is_seen


@pytest.mark.parametrize(
    "change",
    [
        {"xy_px": np.zeros((33, 3))},
        {"world_m": np.zeros((33, 2))},
        {"visibility": np.zeros(32)},
        {"presence": np.zeros((33, 1))},
        {"outline_px": np.zeros((MAX_OUTLINE_POINTS + 1, 2))},
        {"outline_px": np.zeros(4)},
    ],
    ids=lambda change: next(iter(change)),
)
def test_arrays_of_another_shape_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"{next(iter(change))} has shape"):
        replace(shot(Quadruped()), **change)


def test_a_pose_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        shot(Quadruped()).t_s = 1.0  # type: ignore[misc]


# --- geometry -----------------------------------------------------------------------------------


@given(st.floats(0.001, 179.999), angles_deg, st.floats(0.1, 900))
def test_an_angle_is_measured_whichever_way_it_lies(angle: float, turn: float, arm: float) -> None:
    (a,), (b,) = rotated([(arm, 0.0)], turn), rotated([(50.0, 0.0)], turn + angle)
    assert angle_deg(a, (0.0, 0.0), b) == pytest.approx(angle, abs=1e-5)
    assert angle_deg((*b, 3.0), (0.0, 0.0, 3.0), (*a, 3.0)) == pytest.approx(angle, abs=1e-5)


@given(angles_deg, angles_deg)
def test_a_turn_is_clockwise_on_the_screen(start: float, turn: float) -> None:
    (a,), (b,) = rotated([(7.0, 0.0)], start), rotated([(90.0, 0.0)], start + turn)
    assert turn_deg(a, b) == pytest.approx(turn, abs=1e-6)
    assert rotated([(1.0, 0.0)], 90)[0] == pytest.approx((0.0, 1.0), abs=1e-12)


@given(st.floats(-89, 89), st.floats(-180, 180))
def test_an_elevation_does_not_depend_on_the_facing(elevation: float, facing: float) -> None:
    up, along = math.sin(math.radians(elevation)), math.cos(math.radians(elevation))
    x, z = along * math.cos(math.radians(facing)), along * math.sin(math.radians(facing))
    assert elevation_deg((1.0, 1.0, 1.0), (1 + x, 1 - up, 1 + z)) == pytest.approx(elevation)
    assert elevation_deg((1.0, 1.0), (1 - along, 1 - up)) == pytest.approx(elevation)


@given(st.floats(-80, 80), st.floats(-50, 50), places)
def test_a_height_over_a_line_is_above_it_on_the_screen(
    lean: float, height: float, place: tuple[float, float]
) -> None:
    points = rotated([(0.0, 0.0), (100.0, 0.0), (30.0, -height)], lean)
    a, b, point = ((x + place[0], y + place[1]) for x, y in points)
    assert height_over_line(point, a, b) == pytest.approx(height, abs=1e-6)
    assert height_over_line(point, b, a) == pytest.approx(height, abs=1e-6)


def test_the_small_ones_do_as_they_say() -> None:
    assert dot((1.0, 2.0), (3.0, 4.0)) == 11
    assert cross((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)) == (0, 0, 1)
    assert distance((0.0, 0.0), (3.0, 4.0)) == 5
    assert middle((0.0, 2.0), (4.0, 4.0)) == (2, 3)
    assert unit((3.0, 4.0)) == pytest.approx((0.6, 0.8))
    assert ratio(1.0, 4.0) == 0.25


def test_nothing_over_nothing_is_no_number() -> None:
    nowhere = (0.0, 0.0)
    assert math.isnan(ratio(1.0, 0.0))
    assert np.isnan(unit(nowhere)).all()
    assert math.isnan(angle_deg(nowhere, nowhere, (1.0, 0.0)))
    assert math.isnan(height_over_line((1.0, 1.0), nowhere, nowhere))
