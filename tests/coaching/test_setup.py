"""Setting up: one instruction at a time, for people who lie as for people who stand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.coaching.setup import Advice, Placing, Surroundings
from formcheck.exercises.catalog import find_spec
from formcheck.judging.checker import Checker
from formcheck.records.pose import Pose
from tests.bodies import LANDSCAPE, Bridge, Camera, Quadruped, Script, Squat, Stay, film

BRIGHT = Surroundings(light=120.0, fps=30.0)
SIDE = Camera(azimuth_deg=-90)
RESTS = {"bridge": Bridge(), "bird_dog": Quadruped(), "bodyweight_squat": Squat()}


def advised(exercise: str, poses: list[Pose], around: Surroundings = BRIGHT) -> Advice | None:
    """What is advised at the end of these poses."""
    spec = find_spec(exercise).with_dose()
    checker, placing = Checker(spec), Placing(spec)
    for pose in poses:
        checker.update(pose)
    return placing.advice(poses[-1], checker.status, around)


def lying(exercise: str = "bridge", camera: Camera = SIDE) -> list[Pose]:
    return film(Script(RESTS[exercise], (Stay(3),)), camera, fps=20)


def moved(poses: list[Pose], by: tuple[float, float], scale: float = 1.0) -> list[Pose]:
    """The same person elsewhere in the picture, by shares of it, and larger."""
    middle = np.array(poses[0].size_px) / 2
    shift = np.array(by) * np.array(poses[0].size_px)
    return [
        replace(p, xy_px=((p.xy_px - middle) * scale + middle + shift).astype(np.float32))
        for p in poses
    ]


def test_a_person_well_placed_gets_no_advice() -> None:
    assert advised("bridge", lying()) is None


def test_nobody_is_asked_into_the_picture() -> None:
    advice = advised("bridge", [Pose.nobody(0.0, LANDSCAPE)])
    assert advice is not None
    assert (advice.code, advice.arrow) == ("nobody", "person")


@pytest.mark.parametrize("exercise", RESTS)
def test_too_near_is_told_to_move_the_camera_back(exercise: str) -> None:
    advice = advised(exercise, moved(lying(exercise), (0, 0), scale=3.4))
    assert advice is not None
    assert advice.code == "too_large"


@pytest.mark.parametrize("exercise", RESTS)
def test_far_away_is_told_to_move_the_camera_closer(exercise: str) -> None:
    advice = advised(exercise, moved(lying(exercise), (0, 0), scale=0.25))
    assert advice is not None
    assert advice.code == "too_small"


def test_at_the_edge_is_told_to_come_into_the_middle() -> None:
    poses = moved(lying(), (0, 0), scale=0.6)
    edge = float(poses[-1].xy_px[:, 0].max()) / LANDSCAPE[0]
    advice = advised("bridge", moved(poses, (0.995 - edge, 0)))
    assert advice is not None
    assert advice.code == "aside"


def test_room_is_asked_for_the_limbs_that_will_be_stretched_out() -> None:
    poses = lying("bird_dog")
    low, high = Placing(find_spec("bird_dog")).reach_px(poses[-1])
    body = poses[-1].xy_px
    width = float(body[:, 0].max() - body[:, 0].min())
    assert high[0] - low[0] > 1.4 * width


@pytest.mark.parametrize("azimuth_deg", [-90, 90])
def test_the_room_for_a_leg_lies_behind_the_person(azimuth_deg: float) -> None:
    pose = lying("bird_dog", Camera(azimuth_deg=azimuth_deg))[-1]
    low, high = Placing(find_spec("bird_dog")).reach_px(pose)
    hip, shoulder = (float(pose.xy_px[[i, i + 1], 0].mean()) for i in (23, 11))
    behind = high[0] - hip if hip > shoulder else hip - low[0]
    leg_px = 0.455 / 0.324 * abs(hip - shoulder)
    assert behind > 0.9 * leg_px


def test_the_wrong_side_to_the_camera_is_told_to_turn() -> None:
    advice = advised("bridge", lying(camera=Camera(azimuth_deg=-20)))
    assert advice is not None
    assert (advice.code, advice.arrow) == ("view", "turn")


def test_a_tilted_camera_is_told_to_be_levelled() -> None:
    advice = advised("bridge", lying(camera=replace(SIDE, roll_deg=18.0)))
    assert advice is not None
    assert advice.code == "tilted"


def test_another_posture_is_told_how_to_lie() -> None:
    standing = film(Script(Squat(), (Stay(3),)), replace(SIDE, px_per_m=140.0), fps=20)
    advice = advised("bridge", standing)
    assert advice is not None
    assert advice.code == "posture"


@pytest.mark.parametrize(
    ("around", "id"),
    [
        (Surroundings(20.0, 30.0), "dark"),
        (Surroundings(250.0, 30.0), "glare"),
        (Surroundings(120.0, 5.0), "slow"),
    ],
)
def test_bad_light_and_few_frames_are_told(around: Surroundings, id: str) -> None:
    advice = advised("bridge", lying(), around)
    assert advice is not None
    assert advice.code == id


def test_what_is_not_known_yet_is_not_complained_of() -> None:
    assert advised("bridge", lying(), Surroundings()) is None
