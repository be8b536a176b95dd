"""Who jumps leaves the floor; who squats, or is filmed by a camera that moves, does not."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
import pytest

from formcheck.exercises.postures import POSTURES
from formcheck.judging.footing import Footing
from formcheck.records.pose import Pose
from tests.bodies import Script, Squat, Stay, film, reps
from tests.sets import LEFT

FPS = 30
STANDING = film(Script(Squat(), (Stay(3),)), LEFT, fps=FPS)


def moved(poses: list[Pose], up_torso: list[float]) -> list[Pose]:
    """The whole picture moved up by so many torso lengths, pose by pose."""
    torso_px = float(np.hypot(*(poses[0].xy_px[11] - poses[0].xy_px[23])))
    return [
        replace(pose, xy_px=pose.xy_px - np.array([0.0, up * torso_px], np.float32))
        for pose, up in zip(poses, up_torso, strict=True)
    ]


def in_air_s(poses: list[Pose]) -> float:
    footing = Footing(POSTURES["standing"], STANDING[:20])
    for pose in poses:
        footing.follow(pose)
    return footing.in_air_s


def hop(t_s: float, height_torso: float) -> float:
    """A flight that begins at one second, by the height of its free fall."""
    gravity_torso = 9.81 / 0.5
    rise_s = math.sqrt(2 * height_torso / gravity_torso)
    since_s = t_s - 1.0 - rise_s
    return max(0.0, height_torso - gravity_torso * since_s**2 / 2) if abs(since_s) < rise_s else 0


@pytest.mark.parametrize("height_torso", [0.3, 0.5])
def test_a_hop_is_seen_while_it_rises(height_torso: float) -> None:
    poses = moved(STANDING, [hop(pose.t_s, height_torso) for pose in STANDING])
    assert 1.0 < in_air_s(poses) < 1.5


def test_squats_keep_their_feet_on_the_floor() -> None:
    deep = reps(3, Squat(), Squat(-5, 60), rise_s=0.5, lower_s=0.5)
    assert in_air_s(film(Script(Squat(), (Stay(1), *deep)), LEFT, fps=FPS)) == -math.inf


def test_a_camera_that_is_moved_is_no_hop() -> None:
    drift = [0.8 * pose.t_s for pose in STANDING]
    assert in_air_s(moved(STANDING, drift)) == -math.inf


def test_feet_that_the_pose_model_draws_too_high_are_no_hop_while_the_hips_are_low() -> None:
    squat = film(Script(Squat(0, 60), (Stay(3),)), LEFT, fps=FPS)
    slipped = moved(squat, [0.0] * 45 + [0.4] * (len(squat) - 45))
    hips = [replace(pose, xy_px=np.vstack([own.xy_px[:25], pose.xy_px[25:]]))
            for pose, own in zip(slipped, squat, strict=True)]  # fmt: skip
    assert in_air_s(hips) == -math.inf
