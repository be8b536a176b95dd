"""The synthetic people are what they say they are, else every test that uses them is void."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest

from formcheck.records.pose import Floats, Pose, Side, landmark, other_side
from tests.bodies import (
    PORTRAIT,
    Body,
    Bridge,
    Camera,
    Level,
    Move,
    Posture,
    Quadruped,
    Script,
    Sitting,
    Squat,
    Stay,
    Walking,
    absent,
    bird_dog,
    dropped,
    film,
    getting_up,
    kneeling_down,
    lying_down,
    noisy,
    reps,
    swapped_legs,
    torso_px,
    true_holds,
    truth_hold_s,
    walking_in,
    walking_out,
    with_visibility,
)

LEFT_CAMERA, RIGHT_CAMERA, FRONT_CAMERA = Camera(), Camera(azimuth_deg=-90), Camera(azimuth_deg=0)

EVERYTHING = walking_in().then(
    *lying_down(Bridge()),
    Stay(1),
    *reps(2, Bridge(), Bridge(185)),
    *getting_up(),
    *kneeling_down(Quadruped()),
    *reps(1, Quadruped(), bird_dog()),
    *reps(1, Quadruped(), bird_dog(working_leg="right")),
    *getting_up(),
    *reps(2, Squat(), Squat(0, 55)),
    *walking_out(),
)

LIMBS = [
    ("shoulder", "elbow", "wrist"),
    ("hip", "knee", "ankle", "heel"),
    ("ankle", "toe"),
    ("shoulder", "hip"),
]


def shot(posture: Posture, camera: Camera = LEFT_CAMERA) -> Pose:
    return film(Script(posture), camera)[0]


def angle_deg(points: Floats, first: int, middle: int, last: int) -> float:
    """Turn from the first arm of the angle to the last, 0 to 360, clockwise in the picture."""
    start, end = points[first] - points[middle], points[last] - points[middle]
    turn = np.arctan2(end[1], end[0]) - np.arctan2(start[1], start[0])
    return float(np.degrees(turn)) % 360


def elevation_deg(points: Floats, start: int, end: int) -> float:
    """Elevation above the horizontal, of picture points or world points."""
    way = points[end] - points[start]
    return float(np.degrees(np.arctan2(-way[1], np.linalg.norm(np.delete(way, 1)))))


def middle(points: Floats, joint: str) -> Floats:
    return (points[landmark(joint, "left")] + points[landmark(joint, "right")]) / 2


def right_to_left(pose: Pose) -> Floats:
    pairs = [(landmark(j, "left"), landmark(j, "right")) for j in ("shoulder", "hip")]
    across = sum(pose.world_m[left] - pose.world_m[right] for left, right in pairs)
    return across / np.linalg.norm(across)


def side_view(pose: Pose) -> float:
    return float(abs(right_to_left(pose)[2]))


def ventral_y(pose: Pose) -> float:
    trunk = middle(pose.world_m, "shoulder") - middle(pose.world_m, "hip")
    normal = np.cross(right_to_left(pose), trunk)
    return float(normal[1] / np.linalg.norm(normal))


def below(pose: Pose, upper: str, lower: str) -> float:
    """How far the lowest of a pair is below its like, in torso lengths."""
    drops = [
        pose.xy_px[landmark(lower, side), 1] - pose.xy_px[landmark(upper, side), 1]
        for side in ("left", "right")
    ]
    return float(max(drops)) / torso_px([pose])


def trunk_incl(pose: Pose) -> float:
    return elevation_deg(np.array([middle(pose.xy_px, j) for j in ("hip", "shoulder")]), 0, 1)


@pytest.mark.parametrize(
    ("rest_knee_deg", "hip_line_deg"),
    [
        (k, h)
        for k, rest in ((47.5, 122), (75, 133), (105, 146))
        for h in (rest, 160, 180, 195, 205)
    ],
)
def test_a_bridge_shows_the_hip_line_asked_for(rest_knee_deg: float, hip_line_deg: float) -> None:
    bridge = Bridge(hip_line_deg, rest_knee_deg)
    right, left = shot(bridge, RIGHT_CAMERA).xy_px, shot(bridge, LEFT_CAMERA).xy_px
    assert angle_deg(right, 12, 24, 26) == pytest.approx(hip_line_deg, abs=0.01)
    assert 360 - angle_deg(left, 11, 23, 25) == pytest.approx(hip_line_deg, abs=0.01)


@pytest.mark.parametrize(("hip_line_deg", "rest_knee_deg"), [(60, 47.5), (280, 75), (230, 120)])
def test_a_bridge_that_no_legs_can_make_is_refused(
    hip_line_deg: float, rest_knee_deg: float
) -> None:
    with pytest.raises(ValueError, match="no bridge has this hip line"):
        Bridge(hip_line_deg, rest_knee_deg).joints_m(Body())


@pytest.mark.parametrize("rest_knee_deg", [50, 75, 100])
def test_lying_has_the_hips_on_the_floor_and_the_knee_asked_for(rest_knee_deg: float) -> None:
    joints = Bridge.lying(rest_knee_deg, Body()).joints_m(Body())[0]
    assert joints[23, 2] == pytest.approx(joints[11, 2], abs=1e-6)
    assert angle_deg(joints[:, [0, 2]], 23, 25, 27) == pytest.approx(rest_knee_deg, abs=0.01)


@pytest.mark.parametrize("side", ["left", "right"])
@pytest.mark.parametrize(
    ("leg_deg", "arm_deg", "knee_deg", "elbow_deg"),
    [(-41, -90, 78, 172), (0, 0, 175, 170), (20, -30, 140, 130), (-15, 30, 180, 180)],
)
def test_a_bird_dog_shows_the_angles_asked_for(
    side: Side, leg_deg: float, arm_deg: float, knee_deg: float, elbow_deg: float
) -> None:
    arm = other_side(side)
    dog = bird_dog(leg_deg, arm_deg, knee_deg=knee_deg, elbow_deg=elbow_deg, working_leg=side)
    xy = shot(dog).xy_px
    hip, knee, ankle = (landmark(j, side) for j in ("hip", "knee", "ankle"))
    shoulder, elbow, wrist = (landmark(j, arm) for j in ("shoulder", "elbow", "wrist"))
    assert elevation_deg(xy, hip, ankle) == pytest.approx(leg_deg, abs=0.01)
    assert elevation_deg(xy, shoulder, wrist) == pytest.approx(arm_deg, abs=0.01)
    assert angle_deg(xy, hip, knee, ankle) == pytest.approx(knee_deg, abs=0.01)
    assert 360 - angle_deg(xy, shoulder, elbow, wrist) == pytest.approx(elbow_deg, abs=0.01)


@pytest.mark.parametrize("thigh_deg", [88, 60, 40, 0, -15])
@pytest.mark.parametrize("azimuth_deg", [90, 40, 0, -70])
def test_a_squat_has_the_thigh_elevation_asked_for_in_every_view(
    thigh_deg: float, azimuth_deg: float
) -> None:
    pose = shot(Squat(thigh_deg, 60), Camera(azimuth_deg=azimuth_deg))
    assert elevation_deg(pose.world_m, 25, 23) == pytest.approx(thigh_deg, abs=0.01)


def test_a_squat_shows_thigh_and_trunk_from_the_side() -> None:
    pose = shot(Squat(12, 57))
    assert elevation_deg(pose.xy_px, 25, 23) == pytest.approx(12, abs=0.01)
    assert trunk_incl(pose) == pytest.approx(57, abs=0.01)


@pytest.mark.parametrize("ratio", [0.6, 0.8, 1.0, 1.2])
def test_a_squat_shows_the_knee_gap_from_the_front(ratio: float) -> None:
    pose = shot(Squat(20, 60, knee_gap_ratio=ratio, ankle_gap_ratio=1.2), FRONT_CAMERA)
    knees, ankles = (np.ptp(pose.xy_px[[i, i + 1], 0]) for i in (25, 27))
    assert knees / ankles == pytest.approx(ratio, abs=0.001)
    assert elevation_deg(pose.world_m, 25, 23) == pytest.approx(20, abs=0.5)


def test_heels_rise_by_the_shank_lengths_asked_for() -> None:
    flat, raised = shot(Squat(20, 60)).xy_px, shot(Squat(20, 60, heel_lift=0.2)).xy_px
    shank = np.linalg.norm(flat[25] - flat[27])
    assert (flat[29, 1] - raised[29, 1]) / shank == pytest.approx(0.2, abs=0.001)


@pytest.mark.parametrize("side", ["left", "right"])
def test_limbs_keep_their_lengths_throughout(side: Side) -> None:
    joints = EVERYTHING.joints_m(EVERYTHING.sample(20), Body())
    for limb in LIMBS:
        for a, b in pairwise(landmark(joint, side) for joint in limb):
            lengths = np.linalg.norm(joints[:, a] - joints[:, b], axis=-1)
            assert np.ptp(lengths) < 1e-6


def test_nobody_jumps_or_sinks_into_the_floor() -> None:
    joints = EVERYTHING.joints_m(EVERYTHING.sample(100), Body())
    speeds = np.linalg.norm(np.diff(joints, axis=0), axis=-1) * 100
    assert speeds.max() < 10
    assert joints[..., 2].min() > -0.001


@pytest.mark.parametrize(
    ("rest", "top", "planted"),
    [
        (Bridge(), Bridge(200), (11, 12, 15, 16, 27, 28, 29, 30, 31, 32)),
        (Squat(), Squat(-15, 50, knee_gap_ratio=0.8), (27, 28, 29, 30, 31, 32)),
        (Squat(), Squat(0, 60, heel_lift=0.3), (31, 32)),
        (Quadruped(), bird_dog(working_leg="left"), (11, 12, 15, 23, 24, 26, 28, 30, 32)),
    ],
)
def test_what_carries_the_body_stays_planted(
    rest: Posture, top: Posture, planted: tuple[int, ...]
) -> None:
    script = Script(rest, reps(1, rest, top))
    joints = script.joints_m(script.sample(30), Body())[:, planted]
    assert np.ptp(joints, axis=0).max() < 1e-9


def same_picture(a: Pose, b: Pose) -> bool:
    pairs = ((getattr(p, n) for p in (a, b)) for n in ("xy_px", "world_m", "visibility"))
    return all(np.allclose(x, y, atol=0.01) for x, y in pairs)


@pytest.mark.parametrize("posture", [Bridge(170), Quadruped(), Squat(30, 60), Sitting()])
def test_a_symmetric_person_seen_from_the_other_side_is_mirrored(posture: Posture) -> None:
    assert same_picture(shot(posture, LEFT_CAMERA).mirrored(), shot(posture, RIGHT_CAMERA))


def test_a_bird_dog_with_the_other_limbs_is_mirrored() -> None:
    left = shot(bird_dog(5, working_leg="left"), Camera(azimuth_deg=70, elevation_deg=12))
    right = shot(bird_dog(5, working_leg="right"), Camera(azimuth_deg=-70, elevation_deg=12))
    assert same_picture(left.mirrored(), right)


@pytest.mark.parametrize("turn_deg", [30, 180])
def test_turning_the_person_is_moving_the_camera(turn_deg: float) -> None:
    turned, camera = Squat(30, 60, turn_deg=turn_deg), Camera(azimuth_deg=90 - turn_deg)
    assert same_picture(shot(turned), shot(Squat(30, 60), camera))


def test_roll_turns_the_picture_clockwise() -> None:
    upright, rolled = (shot(Squat(20, 60), Camera(roll_deg=roll)).xy_px for roll in (0, 10))
    cosine, sine = np.cos(np.radians(10)), np.sin(np.radians(10))
    centre = np.array(Camera().size_px) / 2
    wanted = (upright - centre) @ np.array([[cosine, sine], [-sine, cosine]]) + centre
    assert np.allclose(rolled, wanted, atol=0.01)


def test_looking_down_shortens_what_is_upright() -> None:
    level, above = (shot(Squat(), Camera(elevation_deg=e)).world_m for e in (0, 30))
    assert above[11, 1] == pytest.approx(level[11, 1] * np.cos(np.radians(30)), abs=0.15)
    assert np.linalg.norm(above[11] - above[23]) == pytest.approx(Body().torso_m, abs=0.02)


def test_looking_down_shows_the_near_foot_lower() -> None:
    xy = shot(Squat(), Camera(elevation_deg=10)).xy_px
    assert xy[27, 1] > xy[28, 1] + 10


def test_world_coordinates_are_metres_about_the_hips() -> None:
    pose = shot(Squat(x_m=1, y_m=2))
    assert middle(pose.world_m, "hip") == pytest.approx([0, 0, 0], abs=1e-6)
    assert np.linalg.norm(pose.world_m[23] - pose.world_m[25]) == pytest.approx(Body().thigh_m)


def test_perspective_shows_the_near_leg_longer() -> None:
    xy = shot(Squat(), Camera(distance_m=2)).xy_px
    near, far = (np.linalg.norm(xy[a] - xy[b]) for a, b in ((23, 25), (24, 26)))
    assert near / far == pytest.approx((2 + 0.16) / (2 - 0.16), abs=0.01)


def test_a_portrait_picture_shows_the_same_angles() -> None:
    xy = shot(Bridge(170), Camera(size_px=PORTRAIT, px_per_m=200)).xy_px
    assert 360 - angle_deg(xy, 11, 23, 25) == pytest.approx(170, abs=0.01)


POSTURES = [Bridge(), Bridge(180), Quadruped(), bird_dog(), Squat(), Squat(0, 55), Walking()]


@pytest.mark.parametrize("posture", POSTURES)
def test_side_view_tells_the_side_from_the_front(posture: Posture) -> None:
    assert side_view(shot(posture, LEFT_CAMERA)) >= 0.95
    assert side_view(shot(posture, RIGHT_CAMERA)) >= 0.95
    assert side_view(shot(posture, FRONT_CAMERA)) <= 0.35


@pytest.mark.parametrize("camera", [LEFT_CAMERA, RIGHT_CAMERA, Camera(azimuth_deg=60)])
def test_the_chest_points_where_the_posture_has_it(camera: Camera) -> None:
    assert ventral_y(shot(Bridge(), camera)) <= -0.55
    assert ventral_y(shot(Bridge(185), camera)) <= -0.55
    assert ventral_y(shot(Quadruped(), camera)) >= 0.6
    assert ventral_y(shot(bird_dog(), camera)) >= 0.6
    assert abs(ventral_y(shot(Squat(), camera))) < 0.55


@pytest.mark.parametrize("camera", [LEFT_CAMERA, RIGHT_CAMERA])
@pytest.mark.parametrize("rest_knee_deg", [47.5, 75, 105])
def test_lying_is_supine_hooklying(camera: Camera, rest_knee_deg: float) -> None:
    pose = shot(Bridge.lying(rest_knee_deg, Body()), camera)
    assert abs(trunk_incl(pose)) <= 50
    assert below(pose, "hip", "knee") < 0
    assert below(pose, "hip", "ankle") >= -0.15


@pytest.mark.parametrize("camera", [LEFT_CAMERA, RIGHT_CAMERA])
@pytest.mark.parametrize("posture", [Quadruped(), bird_dog(), bird_dog(working_leg="right")])
def test_hands_and_knees_are_quadruped(camera: Camera, posture: Posture) -> None:
    pose = shot(posture, camera)
    assert abs(trunk_incl(pose)) <= 40
    assert below(pose, "hip", "knee") >= 0.55
    assert below(pose, "shoulder", "wrist") >= 0.55
    assert below(pose, "hip", "ankle") < 1.3


@pytest.mark.parametrize("camera", [LEFT_CAMERA, FRONT_CAMERA, Camera(azimuth_deg=45)])
def test_standing_is_standing_and_a_deep_squat_squatting(camera: Camera) -> None:
    standing, squatting = shot(Squat(), camera), shot(Squat(0, 55), camera)
    assert trunk_incl(standing) >= 55
    assert below(standing, "hip", "knee") >= 0.5
    assert below(standing, "hip", "ankle") >= 0.9
    assert trunk_incl(squatting) >= 45
    assert below(squatting, "hip", "knee") < 0.5
    assert below(squatting, "hip", "ankle") >= 0.3


def test_a_squat_sits_back_and_stays_in_balance() -> None:
    joints = Squat(0, 60).joints_m(Body())[0]
    heel, hip, shoulder, toe = (joints[i, 0] for i in (29, 23, 11, 31))
    assert hip < heel - 0.1 * Body().shank_m
    assert heel < shoulder < toe


def test_a_hold_lasts_from_the_way_in_to_the_way_out() -> None:
    # Minimum jerk is at 0.5 after half its time and at 53/512 after a quarter.
    script = Script(Bridge(120), reps(2, Bridge(120), Bridge(180), rise_s=2, hold_s=5, lower_s=4))
    level = Level("hip_line_deg", reach=150, fall=120 + 60 * 53 / 512)
    assert truth_hold_s(script, level) == pytest.approx([1 + 5 + 3] * 2, abs=1e-4)
    assert true_holds(script, level)[0] == pytest.approx((1, 10), abs=1e-4)


def test_a_hold_of_a_falling_measure_is_found() -> None:
    script = Script(Squat(80), reps(3, Squat(80), Squat(0), rise_s=2, hold_s=1, lower_s=2))
    level = Level("thigh_deg", reach=40, fall=40, rising=False)
    assert truth_hold_s(script, level) == pytest.approx([1 + 1 + 1] * 3, abs=1e-4)


def test_a_hold_needs_all_its_levels_and_ends_with_the_first_lost() -> None:
    raised, leg_alone = bird_dog(0, 0), bird_dog(0, -90)
    moves = (Move(leg_alone, 2), Move(raised, 2), Stay(3), Move(leg_alone, 2), Stay(1))
    levels = [Level("leg_deg", -20.5, -20.5), Level("arm_deg", -45, -45)]
    holds = truth_hold_s(Script(Quadruped(), (*moves, Move(Quadruped(), 2))), *levels)
    assert holds == pytest.approx([1 + 3 + 1], abs=1e-4)


def test_a_hold_goes_on_through_a_dip_that_stays_above_the_way_out() -> None:
    dip = (Move(Bridge(180), 2), Move(Bridge(147), 1), Move(Bridge(180), 1), Move(Bridge(120), 2))
    assert truth_hold_s(Script(Bridge(120), dip), Level("hip_line_deg", 150, 145)) == [
        pytest.approx(4.06, abs=0.03)
    ]


def test_a_hold_ends_when_the_person_gets_up() -> None:
    script = Script(Bridge(120), (Move(Bridge(180), 2), Stay(3), *getting_up()))
    assert true_holds(script, Level("hip_line_deg", 150, 145)) == [pytest.approx((1, 5), abs=0.002)]


def test_a_hold_that_never_ends_ends_with_the_script() -> None:
    script = Script(Bridge(120), (Move(Bridge(180), 2), Stay(3)))
    assert truth_hold_s(script, Level("hip_line_deg", 150, 145)) == pytest.approx([4], abs=1e-3)


@pytest.mark.parametrize("working_leg", ["left", "right"])
def test_the_truth_of_a_bird_dog_is_that_of_the_raised_limbs(working_leg: Side) -> None:
    script = Script(Quadruped(), (Move(bird_dog(5, -7, working_leg=working_leg), 1),))
    assert [script.truth(name, np.array([1.0]))[0] for name in ("leg_deg", "arm_deg")] == [5, -7]


def test_truth_is_unknown_between_two_kinds_of_posture() -> None:
    script = Script(Squat(), (Stay(1), Move(Bridge(), 1), Stay(1), Move(Squat(), 1)))
    truth = script.truth("hip_line_deg", np.array([0.5, 1.5, 2.5, 3.5]))
    np.testing.assert_equal(truth, [np.nan, np.nan, 122, np.nan])


def test_times_jitter_within_their_frame_and_repeat() -> None:
    script = Script(Squat(), (Stay(10),))
    times = script.sample(30, jitter=0.8, seed=4)
    assert np.all(np.diff(times) > 0)
    assert np.diff(times).std() > 0.005
    assert np.array_equal(times, script.sample(30, jitter=0.8, seed=4))
    assert np.allclose(script.sample(30), np.arange(301) / 30)


def test_poses_match_the_truth_at_irregular_times() -> None:
    script = Script(Bridge(), reps(2, Bridge(), Bridge(185)))
    poses = film(script, fps=24, jitter=0.9, seed=1)
    truth = script.truth("hip_line_deg", np.array([pose.t_s for pose in poses]))
    found = [360 - angle_deg(pose.xy_px, 11, 23, 25) for pose in poses]
    assert np.abs(np.array(found) - truth).max() < 0.01


@pytest.fixture(scope="module")
def still() -> list[Pose]:
    return film(Script(Squat(), (Stay(60),)), fps=30, jitter=0.9, seed=3)


def errors(still: list[Pose], spoiled: list[Pose], name: str) -> Floats:
    return np.array(
        [getattr(b, name) - getattr(a, name) for a, b in zip(still, spoiled, strict=True)]
    )


@pytest.mark.parametrize("correlation_s", [0.0, 0.3])
def test_noise_has_the_standard_deviation_asked_for(
    still: list[Pose], correlation_s: float
) -> None:
    spoiled = noisy(still, 2.0, correlation_s=correlation_s, seed=5)
    torso_m = Body().torso_m
    assert errors(still, spoiled, "xy_px").std() == pytest.approx(0.02 * 300 * torso_m, rel=0.05)
    assert errors(still, spoiled, "world_m").std() == pytest.approx(0.02 * torso_m, rel=0.05)


def test_noise_fades_with_the_time_asked_for(still: list[Pose]) -> None:
    error = errors(still, noisy(still, 2.0, correlation_s=0.3, seed=5), "xy_px")
    steps_s = np.diff([pose.t_s for pose in still])
    for chosen in (steps_s < 0.02, steps_s > 0.045):
        kept = (error[1:] * error[:-1])[chosen].mean() / error.var()
        assert kept == pytest.approx(np.exp(-steps_s[chosen] / 0.3).mean(), abs=0.03)


def test_white_noise_forgets_at_once(still: list[Pose]) -> None:
    error = errors(still, noisy(still, 2.0, seed=5), "xy_px")
    assert abs((error[1:] * error[:-1]).mean() / error.var()) < 0.02


def test_noise_repeats_with_its_seed(still: list[Pose]) -> None:
    a, b, c = (noisy(still[:9], 2.0, seed=seed)[8].xy_px for seed in (1, 1, 2))
    assert np.array_equal(a, b)
    assert not np.array_equal(a, c)


def seen_at(poses: list[Pose], seen: Callable[[Pose], bool]) -> list[bool]:
    return [seen(pose) for pose in poses]


def test_spoiling_keeps_to_its_time_and_joints() -> None:
    poses = film(Script(bird_dog(), (Stay(3),)), fps=1)
    spoil = {"from_s": 1, "to_s": 3}
    lost = dropped(poses, [15], **spoil)
    assert seen_at(lost, lambda p: bool(np.isnan(p.xy_px[15]).all())) == [False, True, True, False]
    assert not any(np.isnan(p.xy_px[16]).any() for p in lost)
    assert [p.visibility[15] < 0.5 for p in lost] == [False, True, True, False]
    assert seen_at(absent(poses, **spoil), lambda p: p.is_seen) == [True, False, False, True]
    doubted = with_visibility(poses, 0.3, joints=[27], **spoil)
    assert [bool(p.visibility[27] < 0.5) for p in doubted] == [False, True, True, False]
    swapped = swapped_legs(poses, **spoil)
    assert [bool(p.xy_px[28, 1] < p.xy_px[27, 1]) for p in swapped] == [False, True, True, False]


def test_legs_swap_as_often_as_asked() -> None:
    poses = film(Script(bird_dog(), (Stay(60),)), fps=30)
    swaps = [pose.xy_px[28, 1] < pose.xy_px[27, 1] for pose in swapped_legs(poses, 0.2, seed=1)]
    assert np.mean(swaps) == pytest.approx(0.2, abs=0.03)


def test_the_far_side_is_seen_less_well() -> None:
    side, front = shot(Squat(), LEFT_CAMERA), shot(Squat(), FRONT_CAMERA)
    assert side.visibility[[25, 26]] == pytest.approx([1, 0.6])
    assert front.visibility[[25, 26]] == pytest.approx([1, 1])
