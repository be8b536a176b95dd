"""Banded lateral walk: in a half squat, with a band around the shins, step by step to one side.

Values: `open`, 0 with the feet as at rest, 1 with the leading foot a step farther; `travel_m`, how
far the body has gone; `gap_m`, the feet's distance at rest; `knees_in`, how far the knees fall
in; `lean_deg`, how far the trunk leans to the leading side.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Aim, Figure, Posture, Reach, Side, pose
from sample_videos.generator.motion import Values
from sample_videos.generator.props import Rod
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import FORWARD, Vector, pitch, turn, yaw

CLIPS = ()

_STEP_M, _LIFT_M = 0.26, 0.045
_TRUNK_DEG, _HIPS_SHARE = 20.0, 0.94
"""How far the trunk bows, and how high the hips are, as a share of the legs' length."""

_BAND, _BAND_DOWN = (0.75, 0.30, 0.40), 0.75
_AT_REST = 1e-6


class BandedLateralWalk(Unaided):
    """A body that steps to the side."""

    id = "banded_lateral_walk"

    def __init__(self, body: Body) -> None:
        self._skeleton, self._k = body.skeleton, body.person.scale

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values; `side` leads."""
        lead = -1 if side == "right" else 1
        feet = self._feet(values, lead)
        middle_x = (feet[1][0] + feet[-1][0]) / 2
        hip_m = self._skeleton.ankle_height_m + _HIPS_SHARE * self._skeleton.leg_m
        tilt = turn(FORWARD, -lead * values["lean_deg"])
        legs = {
            one: Reach(feet[sign], np.array([sign * (0.16 - 0.6 * values["knees_in"]), 0, 1.0]),
                       tip=yaw(sign * 6.0))
            for one, sign in SIDES
        }  # fmt: skip
        arms = {
            one: Aim(tilt @ np.array([sign * 0.35, -0.75, 0.5]), np.array([sign, -0.3, -0.6]),
                     flex_deg=95.0)
            for one, sign in SIDES
        }  # fmt: skip
        return pose(self._skeleton, Posture(
            pelvis=pitch(_TRUNK_DEG), thorax=tilt @ pitch(_TRUNK_DEG), head=tilt @ pitch(4.0),
            anchor=("left_thigh", "right_thigh"), at=np.array([middle_x, hip_m, -0.10 * self._k]),
            legs=legs, arms=arms,
        ))  # fmt: skip

    def _feet(self, values: Values, lead: int) -> dict[int, Vector]:
        """The ankles by the sign of their side: one is lifted while it goes."""
        gap_m, travel_m = values["gap_m"] * self._k / 2, values["travel_m"] * self._k
        part_way = (values["travel_m"] / _STEP_M) % 1.0
        is_closing = _AT_REST < part_way < 1 - _AT_REST
        opened = np.sin(np.pi * values["open"]) * (not is_closing)
        followed = np.sin(np.pi * part_way) * is_closing
        ankle_m = self._skeleton.ankle_height_m
        lead_x = travel_m + gap_m + _STEP_M * self._k * values["open"]
        return {
            lead: np.array([lead * lead_x, ankle_m + _LIFT_M * opened, 0.0]),
            -lead: np.array([lead * (travel_m - gap_m), ankle_m + _LIFT_M * followed, 0.0]),
        }

    def held(self, figure: Figure) -> tuple[Rod, ...]:
        """The band around the shins."""
        strands = []
        for out_m in (0.07, -0.07):
            left, right = (
                figure.joints[f"{side}_shank"] * (1 - _BAND_DOWN)
                + figure.joints[f"{side}_foot"] * _BAND_DOWN
                + figure.rotations[f"{side}_shank"] @ FORWARD * out_m
                for side, _ in SIDES
            )
            strands.append(Rod(left, right, 0.014, _BAND))
        return tuple(strands)


MOTION = Motion(
    exercise=BandedLateralWalk,
    rest={"open": 0.0, "travel_m": 0.0, "gap_m": 0.27, "knees_in": 0.0, "lean_deg": 0.0},
    top={"open": 1.0},
    tempo=Tempo(rise_s=0.9, hold_s=0.5, lower_s=0.9, rest_s=0.7),
    travel={"travel_m": _STEP_M},
    flaws={
        "knees_in": Flaw(top={"knees_in": 0.9}, near={"knees_in": 0.55}),
        "feet_touch": Flaw(always={"gap_m": 0.11}, near={"gap_m": 0.16}),
        "leaning": Flaw(top={"lean_deg": 26.0}, near={"lean_deg": 15.0}),
    },
    sides="each",
    views={"front": (0, 20)},
    lens_m=(0.7, 1.2),
    on_mat=False,
)  # fmt: skip
