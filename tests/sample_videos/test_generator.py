"""The sample videos' generator: figures, contacts with the floor, pictures and their truth."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from formcheck.records.pose import LEFT_LANDMARKS, NOSE, RIGHT_LANDMARKS
from formcheck.storage.pose_tracks import PoseTrack
from sample_videos.generator.__main__ import main
from sample_videos.generator.body import COARSE_CELL_M, body_of
from sample_videos.generator.camera import Shot, place_camera
from sample_videos.generator.clip import Take
from sample_videos.generator.contacts import solve_for
from sample_videos.generator.exercises import all_clips
from sample_videos.generator.film import encode
from sample_videos.generator.kinematics import two_bone
from sample_videos.generator.mesh import Grid, mesh_of, vertex_normals
from sample_videos.generator.motion import Rep, Script, minimum_jerk
from sample_videos.generator.person import Person
from sample_videos.generator.quiver import QUIVER_PX
from sample_videos.generator.raster import covered, rasterise
from sample_videos.generator.render import develop
from sample_videos.generator.truth import landmarks, script_of, true_pose, write_track
from tests.anatomy import assert_bones_hold

PEOPLED = [name for name, clip in all_clips().items() if clip.person]
BUTTOCKS_YIELD_M = 0.036
FLOOR_TOLERANCE_M = 0.012


@lru_cache
def take(name: str) -> Take:
    return Take(all_clips()[name], quick=True)


def instants(name: str, count: int = 12) -> np.ndarray:
    return np.linspace(0, take(name).clip.script.duration_s - 0.05, count)


def rep_angles(name: str) -> list[dict[str, float]]:
    return [rep["at_top"] for rep in script_of(take(name))["reps"]]


# ---------------------------------------------------------------- figures


@pytest.mark.parametrize("span", [(0.5, 0.1, 0.2), (0.1, -0.7, 0.0), (0.2, 0.0, 0.0)])
def test_a_limb_reaches_a_point_within_its_length(span: tuple[float, float, float]) -> None:
    target = np.array(span)
    upper, lower = two_bone(target, lengths_m=(0.4, 0.42), pole=np.array([0.1, 0.2, 1.0]))
    assert upper * 0.4 + lower * 0.42 == pytest.approx(target, abs=1e-9)


def test_a_limb_bends_towards_its_pole() -> None:
    upper, _ = two_bone(np.array([0, -0.6, 0]), lengths_m=(0.4, 0.4), pole=np.array([0, 0, 1.0]))
    assert upper[2] > 0


def test_a_limb_stretches_but_does_not_lock_towards_what_is_out_of_reach() -> None:
    upper, lower = two_bone(np.array([0, -9.0, 0]), lengths_m=(0.4, 0.4), pole=np.array([0, 0, 1]))
    assert 0.99 < upper @ lower < 0.9999
    assert upper[2] > 0


@pytest.mark.parametrize("name", PEOPLED)
def test_bones_keep_their_length_and_turns_stay_rotations(name: str) -> None:
    skeleton = take(name).body.skeleton
    for t_s in instants(name):
        figure = take(name).figure_at(t_s)
        assert_bones_hold(figure, skeleton)


@pytest.mark.parametrize("name", PEOPLED)
def test_no_joint_jumps_from_one_frame_to_the_next(name: str) -> None:
    script, fps = take(name).clip.script, take(name).clip.fps
    for times in script.times:
        for start in (times.rise_s, times.top_start_s, times.top_end_s, times.lowered_s):
            before, after = (
                landmarks(take(name).figure_at(start + shift / fps)) for shift in (-0.01, 0.01)
            )
            assert np.abs(after - before).max() < 0.003


@pytest.mark.parametrize("name", PEOPLED)
def test_no_part_of_the_body_is_in_the_floor(name: str) -> None:
    yields_m = BUTTOCKS_YIELD_M if name == "bridge_side" else FLOOR_TOLERANCE_M
    for t_s in np.arange(0, take(name).clip.script.duration_s, 0.2):
        assert take(name).body.lowest_m(take(name).figure_at(t_s)) > -yields_m


@pytest.mark.parametrize(
    ("name", "bones"),
    [
        ("bridge_side", ("head",)),
        ("bridge_side", ("thorax", "left_clavicle", "right_clavicle")),
        ("bridge_side", ("left_foot", "left_toes")),
        ("bird_dog_side", ("left_shank", "right_shank")),
        ("bird_dog_side", ("left_hand", "right_hand")),
        ("bird_dog_side", ("left_toes", "right_toes")),
        ("squat_side", ("left_foot", "left_toes")),
    ],
)
def test_what_should_rest_on_the_floor_does(name: str, bones: tuple[str, ...]) -> None:
    for t_s in instants(name):
        assert take(name).body.lowest_m(take(name).figure_at(t_s), bones) < 0.01


# ---------------------------------------------------------------- what is scripted


def test_bridges_reach_the_angles_they_are_scripted_for() -> None:
    good, second, short, low = (rep["hip_deg"] for rep in rep_angles("bridge_side"))
    assert all(177 < angle < 183 for angle in (good, second, short))
    assert low == pytest.approx(150, abs=2)
    assert 120 < script_of(take("bridge_side"))["rest"]["hip_deg"] < 126


def test_bird_dogs_stretch_the_leg_and_arm_of_opposite_sides() -> None:
    for rep in script_of(take("bird_dog_side"))["reps"][:4]:
        other = "right" if rep["side"] == "left" else "left"
        assert rep["at_top"][f"{rep['side']}_leg_deg"] == pytest.approx(0, abs=4)
        assert rep["at_top"][f"{rep['side']}_knee_deg"] >= 168
        assert rep["at_top"][f"{other}_arm_deg"] == pytest.approx(0, abs=3)


def test_bird_dog_faults_are_the_scripted_ones() -> None:
    bent, low = rep_angles("bird_dog_side")[4:]
    assert bent["left_knee_deg"] == pytest.approx(125, abs=2)
    assert abs(bent["left_leg_deg"]) < 14
    assert low["right_leg_deg"] == pytest.approx(-19, abs=2)
    assert low["right_knee_deg"] >= 168


def test_squats_reach_the_angles_they_are_scripted_for() -> None:
    *good, shallow, dropping = rep_angles("squat_side")
    assert all(4 < rep["thigh_deg"] < 13 and rep["trunk_deg"] > 55 for rep in good)
    assert shallow["thigh_deg"] == pytest.approx(42, abs=1)
    assert dropping["trunk_deg"] == pytest.approx(33, abs=2)


def test_knees_fall_in_only_where_scripted() -> None:
    *good, knees_in = (rep["picture_knee_gap"] for rep in rep_angles("squat_front"))
    assert all(gap > 1 for gap in good)
    assert knees_in == pytest.approx(0.55, abs=0.04)


def test_a_squatter_keeps_the_centre_of_mass_over_the_feet() -> None:
    for rep in take("squat_side").clip.script.reps:
        values = {**take("squat_side").clip.script.rest, **rep.top}
        figure = take("squat_side").exercise.figure(values, None)
        feet = figure.middle("foot")[2]
        assert figure.middle("thigh")[2] < feet < figure.middle("upper_arm")[2]


# ---------------------------------------------------------------- timing


def test_minimum_jerk_starts_and_ends_at_rest() -> None:
    shares = np.array([minimum_jerk(s) for s in np.linspace(0, 1, 101)])
    assert (shares[0], shares[50], shares[100]) == pytest.approx((0, 0.5, 1))
    assert np.all(np.diff(shares) > 0)
    assert max(shares[1], 1 - shares[99]) < 1e-4


def test_a_script_holds_its_top_between_the_times_it_tells() -> None:
    rep = Rep("good", {"x": 10.0}, rise_s=1.0, hold_s=2.0, lower_s=1.5, rest_s=0.5, side="left")
    script = Script(rest={"x": 0.0}, lead_s=3.0, reps=(rep, rep))
    second = script.times[1]
    assert (second.rise_s, second.top_start_s, second.top_end_s) == (8.0, 9.0, 11.0)
    assert second.lowered_s == 12.5
    assert script.duration_s == 13.0
    values = [script.at(t).values["x"] for t in (7.9, 8.5, 9.0, 10.9, 11.75, 12.6)]
    assert values == pytest.approx([0, 5, 10, 10, 5, 0])
    assert [script.at(t).side for t in (7.9, 9.0)] == ["left", "left"]
    turns = replace(script, reps=(rep, replace(rep, side="right")))
    assert [turns.at(t).side for t in (7.9, 9.0)] == [None, "right"]


def test_swaying_is_small_and_the_same_each_time() -> None:
    script = Script(rest={"x": 0.0}, lead_s=3.0, sway={"x": 0.5}, seed=4)
    values = [script.at(t).values["x"] for t in np.linspace(0, 3, 50)]
    assert 0.05 < max(np.abs(values)) <= 0.5
    assert values == [script.at(t).values["x"] for t in np.linspace(0, 3, 50)]
    assert values != [replace(script, seed=5).at(t).values["x"] for t in np.linspace(0, 3, 50)]


# ---------------------------------------------------------------- meshes and pictures


def test_a_meshed_ball_is_round_and_faces_outwards() -> None:
    grid = Grid.around(np.full(3, -0.3), np.full(3, 0.3), cell_m=0.03)
    vertices, triangles = mesh_of(lambda p: np.linalg.norm(p, axis=1) - 0.197, grid)
    assert np.linalg.norm(vertices, axis=1) == pytest.approx(0.197, abs=0.003)
    assert np.all(np.einsum("ij,ij->i", vertex_normals(vertices, triangles), vertices) > 0.18)


def test_a_body_is_as_tall_as_asked() -> None:
    body = body_of(Person(height_m=1.60), COARSE_CELL_M)
    assert np.ptp(body.vertices[:, 1]) == pytest.approx(1.60, abs=0.05)
    assert body.weights.sum(axis=1) == pytest.approx(1, abs=1e-5)


def test_the_nearer_of_two_triangles_is_seen_and_covers_its_area() -> None:
    xy = np.array([[2, 2], [2, 18], [18, 2], [2, 2], [2, 18], [18, 2]], float)
    depth = np.array([3, 3, 3, 2, 2, 2], float)
    seen = rasterise(xy, depth, triangles=np.array([[0, 1, 2], [3, 4, 5]]), size_px=(20, 20))
    assert set(seen.triangles) == {1}
    assert seen.depth == pytest.approx(2)
    assert len(seen.pixels) == pytest.approx(16 * 16 / 2, abs=10)


def test_a_triangle_seen_from_behind_is_not_drawn() -> None:
    xy = np.array([[2, 2], [18, 2], [2, 18]], float)
    seen = rasterise(xy, np.ones(3), triangles=np.array([[0, 1, 2]]), size_px=(20, 20))
    assert len(seen.pixels) == 0


def test_a_shape_is_what_is_seen_and_hardly_a_pixel_more() -> None:
    body = body_of(Person(), COARSE_CELL_M)
    camera = place_camera(Shot(azimuth_deg=30, height_m=1.0), body.vertices)
    xy, depth = camera.project(body.vertices)
    how = {"triangles": body.triangles, "size_px": camera.size_px}
    seen = np.zeros(camera.size_px[::-1], np.uint8)
    seen.flat[rasterise(xy, depth, **how).pixels] = 1
    shape = covered(xy, depth, **how)
    assert np.all(shape >= seen)
    # A finger may be thinner than a pixel, and then has no sample of its own.
    beyond = shape > cv2.dilate(seen, np.ones((3, 3), np.uint8))
    assert beyond.sum() < 0.002 * seen.sum()


def test_the_camera_moves_back_until_everything_fills_the_picture() -> None:
    points = np.random.default_rng(1).uniform(-1, 1, (50, 3)) + np.array([0, 1, 0])
    camera = place_camera(Shot(azimuth_deg=60, height_m=0.8, fill=0.8), points)
    xy, _ = camera.project(points)
    share = np.ptp(xy, axis=0) / camera.size_px
    assert share.max() == pytest.approx(0.8, abs=0.01)
    assert (xy.min(axis=0) + xy.max(axis=0)) / 2 == pytest.approx((320, 180), abs=2)
    assert camera.eye[1] == 0.8


def test_a_camera_that_has_far_to_come_near_a_lying_person_does_not_end_among_them() -> None:
    person = np.array([[x, y, z] for x in (-0.5, 0.5) for y in (0, 0.6) for z in (-0.8, 0.5)])
    shot = Shot(azimuth_deg=57, height_m=0.33, fill=0.85, vertical_fov_deg=75)
    _, depth = place_camera(shot, person).project(person)
    assert depth.min() > 0.4


@lru_cache
def tiny_frame(name: str, number: int, seed: int) -> np.ndarray:
    clip = replace(all_clips()[name].sized((160, 90), 4), seed=seed)
    return Take(clip, quick=True).frame(number)


def test_a_picture_comes_out_the_same_each_time() -> None:
    again = Take(replace(all_clips()["bridge_side"].sized((160, 90), 4), seed=1), quick=True)
    assert np.array_equal(tiny_frame("bridge_side", 0, 1), again.frame(0))
    assert not np.array_equal(tiny_frame("bridge_side", 0, 1), tiny_frame("bridge_side", 0, 2))


def test_only_what_moves_blurs_while_the_shutter_is_open() -> None:
    plain = all_clips()["bridge_side"].sized((160, 90), 4)
    blurred = replace(plain, sensor=replace(plain.sensor, shutter_share=0.9))
    sharp, soft = Take(plain, quick=True), Take(blurred, quick=True)
    rising_s = plain.script.times[0].rise_s + 0.5
    rising = int(np.argmin(np.abs(np.array(plain.times_s) - rising_s)))
    assert np.array_equal(sharp.frame(0), soft.frame(0))
    assert not np.array_equal(sharp.frame(rising), soft.frame(rising))


def test_the_person_is_drawn_where_the_truth_says() -> None:
    clip = all_clips()["bridge_side"].sized((160, 90), 4)
    filmed = Take(clip, quick=True)
    room = develop(filmed.stage.empty(), clip.sensor, rng=np.random.default_rng(0))
    changed = np.abs(filmed.frame(0).astype(int) - room).sum(axis=2) > 60
    pose = true_pose(filmed, 0.0)
    for joint in ("shoulder", "hip", "knee"):
        x, y = pose.xy_px[LEFT_LANDMARKS[joint]].astype(int)
        assert changed[y, x]


def test_a_film_has_the_pictures_it_was_given(tmp_path: Path) -> None:
    pictures = [np.full((90, 160, 3), 40 * n, np.uint8) for n in range(5)]
    clip = all_clips()["empty_room"].sized((160, 90), 10)
    encode(pictures, tmp_path / "film.mp4", clip=clip)
    with av.open(str(tmp_path / "film.mp4")) as container:
        decoded = list(container.decode(video=0))
    assert [round(frame.time * 10) for frame in decoded] == [0, 1, 2, 3, 4]
    assert {frame.format.name for frame in decoded} == {"yuv420p"}
    for picture, frame in zip(pictures, decoded, strict=True):
        assert frame.to_ndarray(format="rgb24").mean() == pytest.approx(picture.mean(), abs=4)
    assert [path.name for path in tmp_path.iterdir()] == ["film.mp4"]


def test_an_unknown_name_is_refused() -> None:
    assert main(["bridge_sid"]) == 2


# ---------------------------------------------------------------- truth


@pytest.mark.parametrize("name", PEOPLED)
def test_every_true_landmark_is_inside_the_picture(name: str) -> None:
    width, height = take(name).clip.shot.size_px
    for t_s in instants(name, 20):
        xy = true_pose(take(name), t_s).xy_px
        assert np.all((xy > 0) & (xy < (width, height)))


def test_the_side_nearest_the_camera_has_the_smaller_depth() -> None:
    hip, other = LEFT_LANDMARKS["hip"], RIGHT_LANDMARKS["hip"]
    from_left, from_right = (
        true_pose(take(name), 0.0).world_m[:, 2] for name in ("bridge_side", "bird_dog_side")
    )
    assert from_left[hip] < from_left[other]
    assert from_right[other] < from_right[hip]


def test_world_landmarks_are_upright_metres_about_the_hips() -> None:
    world = true_pose(take("squat_front"), 0.0).world_m
    hips = world[[LEFT_LANDMARKS["hip"], RIGHT_LANDMARKS["hip"]]].mean(axis=0)
    assert hips == pytest.approx(0, abs=0.002)
    assert world[LEFT_LANDMARKS["ankle"], 1] > 0.6
    assert world[LEFT_LANDMARKS["shoulder"], 0] > 0.1


def test_a_written_track_is_read_back_as_the_truth(tmp_path: Path) -> None:
    short = take("squat_oblique").clip.sized((160, 90), 2)
    filmed = Take(short, quick=True)
    write_track(filmed, tmp_path / "truth.npz")
    track = PoseTrack(tmp_path / "truth.npz")
    assert len(track) == short.frame_count
    assert track.info["truth"]
    read, true = list(track)[5].xy_px, true_pose(filmed, 2.5).xy_px
    assert np.array_equal(np.delete(read, NOSE, 0), np.delete(true, NOSE, 0))
    assert 0 < np.abs(read - true).max() <= QUIVER_PX * 1.01


def test_the_truth_of_an_empty_room_is_that_nobody_is_seen() -> None:
    assert not true_pose(take("empty_room"), 0.0).is_seen
    assert script_of(take("empty_room"))["reps"] == []


def test_a_secant_search_finds_the_argument_of_a_value() -> None:
    assert solve_for(2.0, lambda x: x**2, start=1.0, step=0.5) == pytest.approx(2**0.5, abs=1e-4)
