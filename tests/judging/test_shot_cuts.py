"""A jump of the trunk that stays is a cut; a slip, a quick movement and a gap are none."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.judging.shot_cuts import CutWatch
from formcheck.records.pose import Pose
from tests.bodies import Bridge, Camera, Script, Squat, Stay, film, reps

CAMERA = Camera(azimuth_deg=90)


def still(seconds: float, fps: int = 20) -> list[Pose]:
    return film(Script(Bridge(), (Stay(seconds),)), CAMERA, fps=fps)


def jumped(poses: list[Pose], torsos: float, *, first: int, last: int | None = None) -> list[Pose]:
    """The same with some of the poses elsewhere in the picture."""
    torso_px = float(np.linalg.norm(poses[0].xy_px[11] - poses[0].xy_px[23]))
    shift = np.float32([torsos * torso_px, 0])
    chosen = range(len(poses))[first:last]
    return [replace(p, xy_px=p.xy_px + shift) if i in chosen else p for i, p in enumerate(poses)]


def told(poses: list[Pose]) -> list[str]:
    watch = CutWatch()
    return [watch.update(pose) for pose in poses]


@pytest.mark.parametrize("fps", [10, 20, 60])
def test_a_jump_that_stays_is_a_cut_a_few_frames_later(fps: int) -> None:
    found = told(jumped(still(2, fps), 2.0, first=fps))
    assert found.count("cut") == 1
    assert found[:fps] == ["same"] * fps
    assert 0.1 <= (found.index("cut") - fps) / fps <= 0.3


def test_a_slip_of_the_tracker_is_no_cut() -> None:
    assert "cut" not in told(jumped(still(2), 2.0, first=20, last=22))


def test_after_a_gap_a_person_may_be_elsewhere() -> None:
    poses = jumped(still(3), 2.0, first=30)
    assert "cut" not in told([*poses[:20], *poses[31:]])


def test_a_small_shift_is_no_cut() -> None:
    assert set(told(jumped(still(2), 0.3, first=20))) == {"same"}


@pytest.mark.parametrize("fps", [6, 10, 30])
def test_the_fastest_squats_are_no_cut(fps: int) -> None:
    hasty = reps(4, Squat(), Squat(100), rise_s=0.4, hold_s=0.1, lower_s=0.4)
    poses = film(Script(Squat(), (Stay(1), *hasty)), CAMERA, fps=fps)
    assert set(told(poses)) == {"same"}


def test_nobody_is_no_shot() -> None:
    nobody = [replace(Pose.nobody(p.t_s, p.size_px)) for p in still(1)]
    assert set(told(nobody)) == {"same"}
