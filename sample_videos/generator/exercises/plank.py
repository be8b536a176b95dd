"""Forearm plank: from lying on the forearms, the hips are lifted into one line and held there.

Values: `hip_deg`, the sagittal angle shoulder, hip, knee, more than 180 for sagging; `knee_deg`,
angle of the knees; `nod_deg`, how far the head hangs; `ahead_m`, how far the elbows stand ahead of
the shoulders; `on_hands`, 1 for straight arms.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.contacts import solve_for
from sample_videos.generator.kinematics import (
    SIDES,
    Figure,
    Posture,
    Reach,
    Side,
    between,
    palm_down,
    pose,
)
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import Vector, pitch

CLIPS = ()

_TRUNK_M, _ELBOW_M, _WRIST_M = 0.51, 0.04, 0.035
_SOLE_DEG, _ANKLE_M = 66.0, 0.216
"""The foot stands on its toes: slope of its sole, and height of its ankle."""


class Plank(Unaided):
    """A body that does forearm planks."""

    id = "plank"

    def __init__(self, body: Body) -> None:
        self._body, self._skeleton, self._k = body, body.skeleton, body.person.scale
        self._upper_m, self._fore_m = self._skeleton.arm_bones_m

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""

        def ankle_m(trunk_deg: float) -> float:
            return float(self._ankle(values, trunk_deg)[1])

        goal_m = _ANKLE_M * self._k
        trunk_deg = solve_for(goal_m, ankle_m, start=12.0, step=4.0)
        hip, ankle = self._hip(values, trunk_deg), self._ankle(values, trunk_deg)
        legs, arms = {}, {}
        for one, sign in SIDES:
            bent = np.sin(np.radians(180 - values["knee_deg"])) * 0.25 * self._k
            foot = np.array([sign * 0.09 * self._k, ankle[1], ankle[2] + bent])
            toes = pitch(_SOLE_DEG)
            legs[one] = Reach(foot, np.array([0, -1.0, -0.1]), tip=toes)
            wrist, pole = self._wrist(values, sign)
            palm = palm_down(self._skeleton, sign)
            arms[one] = Reach(wrist, pole, tip=palm)
        lying_deg = 90 - trunk_deg
        return pose(self._skeleton, Posture(
            pelvis=pitch(lying_deg), thorax=pitch(lying_deg),
            head=pitch(lying_deg - 4 + values["nod_deg"]),
            anchor=("left_thigh", "right_thigh"), at=hip, legs=legs, arms=arms,
        ))  # fmt: skip

    def _shoulder(self, values: Values) -> Vector:
        """The middle of the shoulders, over the elbows at the origin or behind them."""
        straight_m = (self._upper_m + self._fore_m) * 0.985 + _WRIST_M * self._k
        bent_m = self._upper_m + _ELBOW_M * self._k
        behind = values["ahead_m"]
        low_m = np.sqrt(max(bent_m**2 - behind**2, 0.02))
        height_m = between(low_m, straight_m, share=values["on_hands"])
        return np.array([0, height_m, -behind])

    def _hip(self, values: Values, trunk_deg: float) -> Vector:
        rise = np.radians(trunk_deg)
        back = np.array([0, -np.sin(rise), -np.cos(rise)])
        return self._shoulder(values) + back * _TRUNK_M * self._k

    def _ankle(self, values: Values, trunk_deg: float) -> Vector:
        rise = np.radians(trunk_deg - (values["hip_deg"] - 180))
        back = np.array([0, -np.sin(rise), -np.cos(rise)])
        return self._hip(values, trunk_deg) + back * self._skeleton.leg_m * 0.995

    def _wrist(self, values: Values, sign: int) -> tuple[Vector, Vector]:
        aside = sign * 0.18 * self._k
        forearm = np.array([aside, _WRIST_M * self._k, self._fore_m * 0.97])
        hand = np.array([aside, _WRIST_M * self._k, 0.02])
        share = values["on_hands"]
        return between(forearm, hand, share=share), np.array([sign * 0.15, -1.0, -0.6])


MOTION = Motion(
    exercise=Plank,
    rest={"hip_deg": 206.0, "knee_deg": 178.0, "nod_deg": 0.0, "ahead_m": 0.0, "on_hands": 0.0},
    top={"hip_deg": 180.0},
    spread={"hip_deg": 3.0},
    tempo=Tempo(rise_s=1.4, hold_s=6.0, lower_s=1.4, rest_s=2.6),
    flaws={
        "hips_sagging": Flaw(top={"hip_deg": 184.0}, drift={"hip_deg": 17.0}),
        "hips_high": Flaw(top={"hip_deg": 136.0}, near={"hip_deg": 146.0}, kind="partial"),
        "knees_down": Flaw(top={"knee_deg": 122.0, "hip_deg": 184.0}, kind="partial"),
        "on_hands": Flaw(top={"on_hands": 1.0}),
        "elbows_off": Flaw(top={"ahead_m": 0.22}, near={"ahead_m": 0.19}),
        "head_dropped_or_up": Flaw(top={"nod_deg": 68.0}, near={"nod_deg": 52.0}),
    },
    sway={"hip_deg": 0.4},
    views={"side": (75, 105)},
    lens_m=(0.25, 0.6),
)  # fmt: skip
