"""Every measurement keeps the laws of seeing; those that specs use read known truths.

The laws run over the registry, so that a measurement is held to them once it is written.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.measuring.measures import REGISTRY, Limb, Unit, raised
from formcheck.measuring.scene import CHAIN_SHARE, DEFAULT_STATURE_IN, Bearings, Scene
from formcheck.records.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Pose, Side, other_side
from tests.bodies import (
    LANDSCAPE,
    PORTRAIT,
    Body,
    Bridge,
    Camera,
    Posture,
    Quadruped,
    Squat,
    bird_dog,
    dropped,
)
from tests.filming import LEFT_NEAR, RIGHT_NEAR, shot, value, values, with_outline

every_measurement = pytest.mark.parametrize("name", sorted(REGISTRY))
few = settings(max_examples=8, deadline=None, derandomize=True)

FRONT, LEFT, RIGHT = Camera(azimuth_deg=0), Camera(azimuth_deg=90), Camera(azimuth_deg=-90)

bridges = st.builds(Bridge, hip_line_deg=st.floats(125, 185), rest_knee_deg=st.floats(45, 60))
squats = st.builds(
    Squat,
    thigh_deg=st.floats(-10, 85),
    trunk_deg=st.floats(40, 88),
    knee_gap_ratio=st.floats(0.6, 1.3),
    heel_lift=st.floats(0, 0.2),
)
quadrupeds = st.builds(
    Quadruped,
    left_leg_deg=st.floats(-45, -20),
    right_leg_deg=st.floats(-10, 20),
    left_knee_deg=st.floats(80, 170),
    right_knee_deg=st.floats(80, 170),
    left_arm_deg=st.floats(-30, 30),
    right_arm_deg=st.floats(-95, -50),
    left_elbow_deg=st.floats(120, 172),
    right_elbow_deg=st.floats(120, 172),
)
people = st.one_of(bridges, squats, quadrupeds)
arms_down = st.builds(
    Quadruped,
    left_arm_deg=st.floats(-95, -50),
    right_arm_deg=st.floats(-95, -50),
    left_elbow_deg=st.floats(140, 172),
    right_elbow_deg=st.floats(140, 172),
)
"""An arm in line with the trunk points neither ahead nor aside."""
one_foot_up = quadrupeds.filter(lambda who: abs(who.left_leg_deg - who.right_leg_deg) > 15)
azimuths_deg = st.floats(50, 75)
"""Oblique, so that no distance between left and right vanishes in the picture."""


AT_CAMERA_UNTOLD = ("elbow_across", "arm_across_incl")
"""An arm that points at the camera tells nothing of these."""


def performing(name: str) -> st.SearchStrategy[Posture]:
    """People that a measurement can tell something of: nothing is raised where both sides agree."""
    if name.startswith("raised_"):
        return quadrupeds
    if name.startswith("arms_out") or name in AT_CAMERA_UNTOLD:
        return arms_down
    return {"lean_to_foot": one_foot_up}.get(name, people)


def somebody(name: str) -> Posture:
    """One person that a measurement can tell something of."""
    return Quadruped() if name.startswith("arms_out") else bird_dog(5, 3)


def seen_from(posture: Posture, azimuth_deg: float, **camera: object) -> Pose:
    """A pose with an outline, its left side near for azimuths above zero."""
    settings = {"px_per_m": 220.0, "far_visibility": 1.0} | camera
    pose = shot(posture, Camera(azimuth_deg=azimuth_deg, **settings))
    return with_outline(pose, near="left" if azimuth_deg > 0 else "right")


def swapped_sides(posture: Posture) -> Posture:
    """The same posture with left and right exchanged."""
    if not isinstance(posture, Quadruped):
        return posture
    fields = {
        f"{side}_{joint}_deg": getattr(posture, f"{other_side(side)}_{joint}_deg")
        for side in ("left", "right")
        for joint in ("leg", "knee", "arm", "elbow")
    }
    return replace(posture, **fields)


def same(found: Sequence[float], due: Sequence[float]) -> None:
    assert not np.isnan(due).any()
    np.testing.assert_allclose(found, due, rtol=2e-3, atol=0.02)


# --- laws over the registry -----------------------------------------------------------------


@every_measurement
def test_a_measurement_is_documented_with_title_unit_and_joints(name: str) -> None:
    found = REGISTRY[name]
    assert found.name == name
    assert found.title
    assert found.meaning.endswith((".", ")"))
    assert len(found.meaning) > 20
    assert found.unit in get_args(Unit)
    assert found.limb in get_args(Limb)
    assert found.needs
    assert {need.rpartition(" ")[2] for need in found.needs} <= set(LEFT_LANDMARKS)


@every_measurement
def test_a_drawn_measurement_names_as_many_landmarks_as_its_shape_has(name: str) -> None:
    found = REGISTRY[name]
    body = Scene(shot(Quadruped()), LEFT_NEAR).body("near")
    assert len(found.drawn_landmarks(body)) == {"angle": 3, "tilt": 2, "none": 0}[found.shape]


@every_measurement
@given(st.data(), azimuths_deg)
@few
def test_mirroring_the_pose_and_swapping_the_near_side_changes_nothing(
    name: str, data: st.DataObject, azimuth_deg: float
) -> None:
    posture = data.draw(performing(name))
    pose = seen_from(posture, azimuth_deg)
    same(values(name, pose.mirrored(), RIGHT_NEAR), values(name, pose, LEFT_NEAR))


@every_measurement
@given(st.data(), azimuths_deg)
@few
def test_facing_the_other_way_changes_nothing(
    name: str, data: st.DataObject, azimuth_deg: float
) -> None:
    posture = data.draw(performing(name))
    there = seen_from(posture, azimuth_deg)
    back = seen_from(swapped_sides(posture), -azimuth_deg)
    same(values(name, back, RIGHT_NEAR), values(name, there, LEFT_NEAR))


@every_measurement
@given(st.data(), azimuths_deg, st.floats(130, 260), st.floats(-0.3, 0.3), st.floats(0.4, 0.7))
@few
def test_nearer_or_farther_and_elsewhere_in_the_picture_changes_nothing(
    name: str, data: st.DataObject, azimuth_deg: float, px_per_m: float, x_m: float, z_m: float
) -> None:
    posture = data.draw(performing(name))
    here = seen_from(posture, azimuth_deg)
    there = seen_from(posture, azimuth_deg, px_per_m=px_per_m, aim_m=(x_m, 0.0, z_m))
    same(values(name, there, LEFT_NEAR), values(name, here, LEFT_NEAR))


@every_measurement
@given(st.data(), azimuths_deg)
@few
def test_a_portrait_and_a_landscape_picture_read_alike(
    name: str, data: st.DataObject, azimuth_deg: float
) -> None:
    posture = data.draw(performing(name))
    wide = seen_from(posture, azimuth_deg, size_px=LANDSCAPE)
    tall = seen_from(posture, azimuth_deg, size_px=PORTRAIT)
    same(values(name, tall, LEFT_NEAR), values(name, wide, LEFT_NEAR))


@every_measurement
@pytest.mark.parametrize("near", ["left", "right"])
@given(st.data(), azimuths_deg, st.floats(-20, 20))
@few
def test_a_rolled_camera_changes_nothing_where_the_floor_is_known(
    name: str, near: Side, data: st.DataObject, azimuth_deg: float, roll_deg: float
) -> None:
    posture = data.draw(performing(name))
    azimuth_deg = azimuth_deg if near == "left" else -azimuth_deg
    level = seen_from(posture, azimuth_deg)
    rolled = seen_from(posture, azimuth_deg, roll_deg=roll_deg)
    tilted = Bearings(near, "side", floor_deg=roll_deg)
    same(values(name, rolled, tilted), values(name, level, Bearings(near, "side")))


def hide(pose: Pose, landmark: int, how: str) -> Pose:
    """The pose with one landmark that cannot be seen, in one of the ways trackers tell so."""
    at = np.arange(33) == landmark
    match how:
        case "invisible":
            return replace(pose, visibility=np.where(at, 0, pose.visibility))
        case "not present":
            return replace(pose, presence=np.where(at, 0, pose.presence))
        case "outside":
            return replace(pose, xy_px=np.where(at[:, None], -5, pose.xy_px))
    return dropped([pose], [landmark])[0]


def needed(name: str, near: Side) -> set[int]:
    """The landmarks that the near side's value needs, in the pose as it came."""
    both = (LEFT_LANDMARKS, RIGHT_LANDMARKS)
    own = (LEFT_LANDMARKS if near == "left" else RIGHT_LANDMARKS,)
    return {
        names[need.rpartition(" ")[2]]
        for need in REGISTRY[name].needs
        for names in (both if need.startswith("mid ") else own)
    }


@every_measurement
@pytest.mark.parametrize("near", ["left", "right"])
@pytest.mark.parametrize("how", ["invisible", "not present", "outside", "dropped"])
def test_any_needed_joint_unseen_makes_it_unseen(name: str, near: Side, how: str) -> None:
    pose = seen_from(somebody(name), 60 if near == "left" else -60)
    bearings = Bearings(near, "side")
    assert not math.isnan(value(name, pose, bearings))
    for landmark in needed(name, near):
        assert math.isnan(value(name, hide(pose, landmark, how), bearings))


@every_measurement
def test_an_unseen_joint_is_named_by_the_persons_own_side(name: str) -> None:
    pose = seen_from(bird_dog(5, 3), -60)
    joint = REGISTRY[name].needs[0].rpartition(" ")[2]
    hidden = hide(pose, RIGHT_LANDMARKS[joint], "invisible")
    body = Scene(hidden, RIGHT_NEAR).body("near")
    assert REGISTRY[name].missing(body) == (f"right {joint}",)


@every_measurement
def test_a_joint_that_is_not_needed_may_be_unseen(name: str) -> None:
    pose = seen_from(somebody(name), 60)
    if REGISTRY[name].limb or name.startswith("raised"):
        pytest.skip("the raised limb is chosen among limbs that other joints tell")
    for landmark in set(range(33)) - needed(name, "left"):
        assert value(name, hide(pose, landmark, "dropped")) == value(name, pose)


@every_measurement
@pytest.mark.parametrize("place_px", [(300.0, 300.0), (0.0, 0.0)])
def test_all_joints_in_one_place_give_no_number_or_a_finite_one(
    name: str, place_px: tuple[float, float]
) -> None:
    pose = seen_from(Quadruped(), 60)
    point = replace(
        pose,
        xy_px=np.full((33, 2), place_px, np.float32),
        world_m=np.zeros((33, 3), np.float32),
    )
    assert not any(math.isinf(number) for number in values(name, point, LEFT_NEAR))


@every_measurement
def test_nobody_gives_no_number(name: str) -> None:
    assert np.isnan(values(name, Pose.nobody(0.0, LANDSCAPE), LEFT_NEAR)).all()


def test_a_limb_of_impossible_length_is_not_seen() -> None:
    pose = shot(Squat())
    stature_px = 300 * Body().stature_m
    known = replace(LEFT_NEAR, stature_px=stature_px)
    far_off = pose.xy_px.copy()
    far_off[LEFT_LANDMARKS["knee"]] += (2 * 0.237 * stature_px, 0)
    assert not math.isnan(value("knee", pose, known))
    assert math.isnan(value("knee", replace(pose, xy_px=far_off), known))


def test_the_far_leg_may_be_fainter_than_any_other_joint() -> None:
    pose = shot(Squat(), Camera(far_visibility=0.3))
    assert value("knee", pose, which="far") == pytest.approx(value("knee", pose), abs=0.1)
    assert math.isnan(value("elbow", pose, which="far"))


# --- known truths -----------------------------------------------------------------------------

SIDES = [(LEFT, LEFT_NEAR), (RIGHT, RIGHT_NEAR)]
both_sides = pytest.mark.parametrize(("camera", "bearings"), SIDES, ids=["left", "right"])


@both_sides
@given(line_deg=st.floats(123, 215))
@few
def test_hip_ext_is_the_line_of_a_bridge_and_goes_on_past_straight(
    camera: Camera, bearings: Bearings, line_deg: float
) -> None:
    pose = shot(Bridge(line_deg, 60), camera)
    assert value("hip_ext", pose, bearings) == pytest.approx(line_deg, abs=0.05)


@both_sides
@given(st.floats(-40, 40), st.floats(152, 178))
@few
def test_a_straight_leg_rises_as_it_is_inclined(
    camera: Camera, bearings: Bearings, leg_deg: float, knee_deg: float
) -> None:
    pose = shot(bird_dog(leg_deg, knee_deg=knee_deg, working_leg=bearings.near), camera)
    assert value("leg_rise", pose, bearings) == pytest.approx(leg_deg, abs=0.05)


@both_sides
def test_a_bent_knee_lifts_the_foot_more_than_the_leg(camera: Camera, bearings: Bearings) -> None:
    pose = shot(bird_dog(20, knee_deg=120, working_leg=bearings.near), camera)
    assert value("leg_incl", pose, bearings) == pytest.approx(20, abs=0.05)
    # Bent by half of the way from 150 to 90, it counts the knee by a quarter: 20 - 29 / 4 or so.
    assert value("leg_rise", pose, bearings) == pytest.approx(12.5, abs=1.5)


@both_sides
def test_a_far_hip_that_is_guessed_too_low_bends_no_knee(
    camera: Camera, bearings: Bearings
) -> None:
    working = other_side(bearings.near)
    pose = shot(bird_dog(0, knee_deg=172, working_leg=working), camera)
    hips = LEFT_LANDMARKS if working == "left" else RIGHT_LANDMARKS
    xy = pose.xy_px.copy()
    xy[hips["hip"], 1] += 60
    guessed = replace(pose, xy_px=xy)
    assert value("knee", guessed, bearings, "far") < 165
    assert value("knee_side", guessed, bearings, "far") == pytest.approx(172, abs=3)


@both_sides
@given(st.floats(-30, 40), st.floats(-40, 40), st.floats(60, 178), st.floats(60, 178))
@few
def test_a_bird_dogs_raised_leg_and_arm_read_as_they_are(
    camera: Camera,
    bearings: Bearings,
    leg_deg: float,
    arm_deg: float,
    knee_deg: float,
    elbow_deg: float,
) -> None:
    working = bearings.near
    pose = shot(
        bird_dog(leg_deg, arm_deg, knee_deg=knee_deg, elbow_deg=elbow_deg, working_leg=working),
        replace(camera, far_visibility=1.0),
    )
    assert value("leg_incl", pose, bearings) == pytest.approx(leg_deg, abs=0.05)
    assert value("knee", pose, bearings) == pytest.approx(knee_deg, abs=0.1)
    assert value("arm_incl", pose, bearings, "far") == pytest.approx(arm_deg, abs=0.05)
    assert value("elbow", pose, bearings, "far") == pytest.approx(elbow_deg, abs=0.1)


@both_sides
@given(st.floats(-20, 88), st.floats(30, 90))
@few
def test_a_squats_thigh_and_trunk_read_as_they_are(
    camera: Camera, bearings: Bearings, thigh_deg: float, trunk_deg: float
) -> None:
    pose = shot(Squat(thigh_deg, trunk_deg), camera)
    assert value("thigh_incl", pose, bearings) == pytest.approx(thigh_deg, abs=0.05)
    assert value("trunk_incl", pose, bearings) == pytest.approx(trunk_deg, abs=0.05)


@pytest.mark.parametrize("azimuth_deg", [-90, -45, 0, 30, 90])
@pytest.mark.parametrize("elevation_deg", [-8, 0, 12])
def test_a_thigh_in_space_reads_alike_from_everywhere_once_the_camera_tilt_is_known(
    azimuth_deg: float, elevation_deg: float
) -> None:
    """Turned alike by roll and pitch: the pitch of the lock is what leans upright people."""
    pose = shot(Squat(20, 70), Camera(azimuth_deg, elevation_deg))
    known = replace(LEFT_NEAR, pitch_deg=elevation_deg)
    assert value("thigh_elev3", pose, known) == pytest.approx(20, abs=0.05)
    assert value("trunk_incl3", pose, known) == pytest.approx(70, abs=0.05)


@both_sides
@pytest.mark.parametrize(
    ("posture", "due"), [(Bridge(), -1), (Bridge(180), -0.92), (Quadruped(), 1), (Squat(), 0)]
)
def test_the_chest_points_up_on_the_back_down_on_all_fours_and_ahead_when_upright(
    camera: Camera, bearings: Bearings, posture: Posture, due: float
) -> None:
    assert value("chest_down", shot(posture, camera), bearings) == pytest.approx(due, abs=0.06)


@pytest.mark.parametrize("azimuth_deg", [-90, -60, -30, 0, 30, 60, 90])
@pytest.mark.parametrize("posture", [Squat(), Bridge(), Quadruped()])
def test_side_view_is_the_sine_of_the_way_round_the_person(
    posture: Posture, azimuth_deg: float
) -> None:
    due = abs(math.sin(math.radians(azimuth_deg)))
    assert value("side_view", shot(posture, Camera(azimuth_deg))) == pytest.approx(due, abs=1e-3)


@given(st.floats(0.5, 1.4), st.floats(0, 85))
@few
def test_knee_ankle_ratio_is_how_far_the_knees_fall_in(ratio: float, thigh_deg: float) -> None:
    pose = shot(Squat(thigh_deg, 60, knee_gap_ratio=ratio), FRONT)
    assert value("knee_ankle_ratio", pose) == pytest.approx(ratio, abs=1e-3)


@given(st.floats(0.5, 1.8))
@few
def test_stance_width_is_ankles_over_shoulders(gap_ratio: float) -> None:
    pose = shot(Squat(ankle_gap_ratio=gap_ratio), FRONT)
    due = gap_ratio * Body().hip_width_m / Body().shoulder_width_m
    assert value("stance_width", pose) == pytest.approx(due, abs=1e-3)


@given(st.floats(-0.6, 0.6))
@few
def test_hips_over_one_foot_are_aside_from_the_front_and_nothing_from_the_side(off: float) -> None:
    pose = shot(Squat(40, 60), FRONT)
    moved = pose.world_m.copy()
    moved[[25, 26, 27, 28], 0] -= off * Body().torso_m
    assert value("hips_aside", replace(pose, world_m=moved)) == pytest.approx(abs(off), abs=0.01)
    assert value("hips_aside", shot(Squat(40, 60), LEFT)) == pytest.approx(0, abs=0.01)


@both_sides
@given(st.floats(0, 0.25))
@few
def test_heel_toe_rises_by_the_lift_of_the_heel(
    camera: Camera, bearings: Bearings, lift: float
) -> None:
    flat, lifted = shot(Squat(), camera), shot(Squat(heel_lift=lift), camera)
    rise = value("heel_toe", lifted, bearings) - value("heel_toe", flat, bearings)
    assert rise == pytest.approx(lift, abs=1e-3)


@pytest.mark.parametrize("side", [1, -1])
@pytest.mark.parametrize("ankle_gap_ratio", [1.0, 1.8])
def test_hips_lie_as_far_behind_the_heels_from_any_side_view(
    side: int, ankle_gap_ratio: float
) -> None:
    def behind(posture: Posture, azimuth_deg: float) -> float:
        near = LEFT_NEAR if side > 0 else RIGHT_NEAR
        return value("hip_behind_heel", shot(posture, Camera(side * azimuth_deg)), near)

    clean = Squat(10, 65, ankle_gap_ratio=ankle_gap_ratio)
    forward = replace(clean, trunk_deg=75, hips_forward_m=0.25)
    for azimuth_deg in range(50, 131, 10):
        assert behind(clean, azimuth_deg) > 0.1
    assert behind(forward, 90) < 0.1


def hip_over_line_m(pose: Pose) -> float:
    """Height of the hip above the line from shoulder to ankle, from the scene's own metres."""
    shoulder, hip, ankle = (
        np.asarray(pose.world_m[LEFT_LANDMARKS[joint]], float)
        for joint in ("shoulder", "hip", "ankle")
    )
    along = (ankle - shoulder)[:2]
    out = (hip - shoulder)[:2]
    return float((out[0] * along[1] - out[1] * along[0]) / np.hypot(*along)) * np.sign(along[0])


@both_sides
@pytest.mark.parametrize("line_deg", [125, 150, 165, 185])
@pytest.mark.parametrize("stature_known", [True, False])
def test_hip_height_is_in_inches_of_a_person_of_that_stature(
    camera: Camera, bearings: Bearings, line_deg: float, stature_known: bool
) -> None:
    pose = shot(Bridge(line_deg), camera)
    known = replace(bearings, stature_px=300 * Body().stature_m if stature_known else math.nan)
    due_in = hip_over_line_m(pose) / Body().stature_m * DEFAULT_STATURE_IN
    assert value("hip_height", pose, known) == pytest.approx(due_in, abs=0.03)
    tall = replace(known, stature_in=1.2 * DEFAULT_STATURE_IN)
    assert value("hip_height", pose, tall) == pytest.approx(1.2 * due_in, abs=0.04)


def test_the_chain_of_a_side_is_its_share_of_the_stature() -> None:
    chain_px = Scene(shot(Squat()), LEFT_NEAR).body("near").chain_px()
    assert chain_px == pytest.approx(CHAIN_SHARE * Body().stature_m * 300, rel=1e-3)


@pytest.mark.parametrize("near", ["left", "right"])
@given(st.floats(-0.15, 0.15))
@few
def test_back_curve_is_the_sagitta_of_the_outline(near: Side, bulge: float) -> None:
    pose = shot(Quadruped(), LEFT if near == "left" else RIGHT)
    outlined = with_outline(pose, near=near, bulge=bulge)
    sagitta = value("back_curve", outlined, Bearings(near, "side"))
    assert sagitta == pytest.approx(bulge * 0.8**2, abs=2e-3)


def test_without_an_outline_the_back_is_not_seen() -> None:
    assert math.isnan(value("back_curve", shot(Quadruped())))


# --- which limb is raised -----------------------------------------------------------------------


def raised_sides(pose: Pose, bearings: Bearings) -> tuple[str | None, str | None]:
    scene = Scene(pose, bearings)
    return raised(scene, "leg"), raised(scene, "arm")


@both_sides
@pytest.mark.parametrize("working", ["left", "right"])
def test_the_raised_leg_and_the_opposite_raised_arm_are_found(
    camera: Camera, bearings: Bearings, working: Side
) -> None:
    pose = shot(bird_dog(0, 0, working_leg=working), camera)
    leg = "near" if working == bearings.near else "far"
    arm = "far" if leg == "near" else "near"
    assert raised_sides(pose, bearings) == (leg, arm)
    sign = 1 if leg == "near" else -1
    assert value("raised_leg_side", pose, bearings) == sign
    assert value("raised_arm_side", pose, bearings) == -sign


@both_sides
def test_a_hanging_arm_seen_alone_is_not_the_raised_one(camera: Camera, bearings: Bearings) -> None:
    pose = shot(bird_dog(0, 0, working_leg=bearings.near), camera)
    far_names = RIGHT_LANDMARKS if bearings.near == "left" else LEFT_LANDMARKS
    unseen = dropped([pose], [far_names["wrist"]])[0]
    assert raised_sides(unseen, bearings) == ("near", None)
    assert math.isnan(value("raised_arm_side", unseen, bearings))


@both_sides
def test_a_level_arm_seen_alone_is_the_raised_one(camera: Camera, bearings: Bearings) -> None:
    pose = shot(bird_dog(0, -40, working_leg=other_side(bearings.near)), camera)
    far_names = RIGHT_LANDMARKS if bearings.near == "left" else LEFT_LANDMARKS
    unseen = dropped([pose], [far_names["wrist"]])[0]
    assert raised_sides(unseen, bearings) == ("far", "near")


@given(st.floats(-68, 80))
@few
def test_the_higher_of_two_arms_is_raised_however_low_both_are(arm_deg: float) -> None:
    pose = shot(Quadruped(left_arm_deg=arm_deg, right_arm_deg=-70), LEFT)
    assert raised(Scene(pose, LEFT_NEAR), "arm") == "near"


def test_with_no_limb_seen_none_is_raised() -> None:
    arms = [names["wrist"] for names in (LEFT_LANDMARKS, RIGHT_LANDMARKS)]
    legs = [names["ankle"] for names in (LEFT_LANDMARKS, RIGHT_LANDMARKS)]
    hidden = dropped([shot(bird_dog(0, 0))], arms + legs)[0]
    assert raised_sides(hidden, LEFT_NEAR) == (None, None)


def with_arms_out(azimuth_deg: float, *, left_deg: float, right_deg: float) -> Pose:
    """A standing person whose arms have gone so far from straight ahead to the side, in space."""
    pose = shot(Squat(thigh_deg=85, trunk_deg=88), Camera(azimuth_deg=azimuth_deg))
    joints = {
        joint: (LEFT_LANDMARKS[joint], RIGHT_LANDMARKS[joint]) for joint in ("shoulder", "hip")
    }
    place = pose.world_m.astype(float)
    left, right = (place[i] for i in joints["shoulder"])
    hips = place[list(joints["hip"])].mean(axis=0)
    aside = (left - right) / np.linalg.norm(left - right)
    ahead = np.cross(aside, (left + right) / 2 - hips)
    ahead /= np.linalg.norm(ahead)
    world = pose.world_m.copy()
    for names, shoulder, outward, out_deg in (
        (LEFT_LANDMARKS, left, aside, left_deg), (RIGHT_LANDMARKS, right, -aside, right_deg),
    ):  # fmt: skip
        out_rad = math.radians(out_deg)
        arm = math.cos(out_rad) * ahead + math.sin(out_rad) * outward
        world[names["wrist"]] = shoulder + 0.5 * arm
    return replace(pose, world_m=world)


@pytest.mark.parametrize(
    ("name", "plain"), [("elbow_across", "elbow"), ("arm_across_incl", "arm_incl")]
)
def test_an_arm_that_points_at_the_camera_shows_neither_its_bend_nor_its_tilt(
    name: str, plain: str
) -> None:
    ahead, aside = (with_arms_out(0, left_deg=deg, right_deg=90) for deg in (30, 60))
    assert math.isnan(value(name, ahead))
    assert value(name, aside) == value(plain, aside)
