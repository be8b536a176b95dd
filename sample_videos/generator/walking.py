"""A walking figure: legs that swing and stand, arms that swing against them."""

from __future__ import annotations

import numpy as np

from sample_videos.generator.kinematics import (
    SIDES,
    Aim,
    Figure,
    Posture,
    Reach,
    Skeleton,
    pose,
)
from sample_videos.generator.rotations import FORWARD, UP, Vector, pitch, unit, yaw

STRIDE_SHARE = 0.75
"""Length of two steps, against the height of a person who strolls."""

_STANCE_SHARE = 0.62
"""Share of a stride for which a foot stands (Winter 2009, figure 3.2, for slow walking)."""

_LIFT_SHARE = 0.07
_ANKLE_ASIDE_SHARE = 0.05
_HIPS_SHARE = 0.985
"""Height of the hips against standing with straight legs."""


def walking(
    skeleton: Skeleton, *, height_m: float, place: Vector, heading_deg: float, walked_m: float
) -> Figure:
    """The figure after so many metres, its hips over a place on the floor.

    heading_deg: 0 walks forward (+z), 90 to the left (+x).
    """
    stride_m = STRIDE_SHARE * height_m
    facing = yaw(heading_deg)
    leg_m = skeleton.joints["left_thigh"][1] - skeleton.ankle_height_m
    hips = place * [1, 0, 1] + UP * (_HIPS_SHARE * leg_m + skeleton.ankle_height_m)
    legs, arms = {}, {}
    for side, sign in SIDES:
        phase = (walked_m / stride_m + (0.5 if side == "left" else 0.0)) % 1.0
        ahead_m, lift_m = _foot(phase, stride_m=stride_m, height_m=height_m)
        ankle = np.array([
            sign * _ANKLE_ASIDE_SHARE * height_m, skeleton.ankle_height_m + lift_m, ahead_m,
        ])  # fmt: skip
        swing = np.radians(25 * np.sin(2 * np.pi * (phase - 0.05)))
        legs[side] = Reach(facing @ ankle + place * [1, 0, 1], facing @ FORWARD, tip=facing)
        along = np.array([sign * 0.12, -np.cos(swing), -np.sin(swing)])
        arms[side] = Aim(facing @ unit(along), facing @ np.array([sign * 0.3, 0, -1.0]), 18)
    return pose(skeleton, Posture(
        pelvis=facing @ pitch(2), thorax=facing @ pitch(4), head=facing,
        anchor=("left_thigh", "right_thigh"), at=hips, legs=legs, arms=arms,
    ))  # fmt: skip


def _foot(phase: float, *, stride_m: float, height_m: float) -> tuple[float, float]:
    """How far ahead of the hips a foot is, and how high, at a share of its stride."""
    reach_m = _STANCE_SHARE * stride_m / 2
    if phase < _STANCE_SHARE:
        return reach_m - phase * stride_m, 0.0
    share = (phase - _STANCE_SHARE) / (1 - _STANCE_SHARE)
    eased = share * share * (3 - 2 * share)
    return -reach_m + 2 * reach_m * eased, _LIFT_SHARE * height_m * np.sin(np.pi * share)
