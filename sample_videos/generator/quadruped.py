"""On hands and knees: thighs and arms upright, the trunk level, toes on the floor.

Values: `lift` from 0 (on the floor) to 1 (stretched out); `thigh_deg` and `arm_deg`, elevations
of the moving thigh backwards and the moving arm forwards; `knee_deg`, the moving knee's angle.
May be given: `arm_lift`, where the arm does not go with the leg; `elbow_deg`, the moving elbow's
angle; `hollow_deg`, by which pelvis and chest are tipped against each other.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.camera import Camera
from sample_videos.generator.contacts import Heights, settle, solve_for
from sample_videos.generator.kinematics import (
    SIDES,
    Aim,
    Figure,
    Posture,
    Reach,
    Side,
    between,
    elevation_deg,
    hand_turned,
    palm_down,
    pose,
)
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Unaided
from sample_videos.generator.rotations import FORWARD, LEFTWARD, UP, Vector, pitch, unit

REST = {"lift": 0.0, "thigh_deg": -90.0, "knee_deg": 90.0, "arm_deg": -90.0}

_CONTACTS = {
    "knees": ("left_thigh", "right_thigh", "left_shank", "right_shank"),
    "toes": ("left_foot", "right_foot", "left_toes", "right_toes"),
    "hands": ("left_hand", "right_hand"),
}
RESTING_PLANTAR_DEG = 68.0
_STRETCHED_PLANTAR_DEG = 58.0
STRAIGHT_DEG = 173.0
"""Angle from which an elbow is stretched out."""

_ELBOW_GIVE = 0.99
"""Distance from shoulder to wrist of a supporting arm, as a share of its full length."""


class AllFours(Unaided):
    """A body on hands and knees, of which one leg and the opposite arm may be stretched out."""

    def __init__(self, body: Body) -> None:
        self._body, self._skeleton = body, body.skeleton
        self._scale = body.person.scale
        self.thigh_m, self._shank_m = self._skeleton.leg_bones_m
        self._arm_m = self._skeleton.arm_m
        self._heights = {"knees": 0.055, "toes": 0.09, "hands": 0.04}
        self.tilt_deg = 80.0
        self._heights = settle(body, self._all_fours, contacts=_CONTACTS, start=self._heights)

    def _all_fours(self, heights: Heights) -> Figure:
        """The figure at rest for given heights; finds the trunk's tilt on the way."""
        self._heights = heights
        shoulder_m = heights["hands"] + self._arm_m * _ELBOW_GIVE

        def shoulder_height(tilt_deg: float) -> float:
            self.tilt_deg = tilt_deg
            return float(self.figure(REST, None).middle("upper_arm")[1])

        self.tilt_deg = solve_for(shoulder_m, shoulder_height, start=80.0, step=2.0)
        return self.figure(REST, None)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values; `side` is that of the moving leg."""
        lift = _arm_lift(values) if side else 0.0
        hollow_deg = values.get("hollow_deg", 0.0)
        trunk = partial(
            Posture,
            pelvis=pitch(self.tilt_deg + hollow_deg),
            thorax=pitch(self.tilt_deg - hollow_deg),
            head=pitch(self.tilt_deg - 12),
            anchor=("left_thigh", "right_thigh"),
            at=UP * (self._heights["knees"] + self.thigh_m),
            clavicles={s: (20.0 * lift * (s != side), 0.0) for s, _ in SIDES} if side else {},
        )
        legs = {s: self.resting_leg(s) for s, _ in SIDES}
        hanging = {s: Aim(-UP, -FORWARD) for s, _ in SIDES}
        roots = pose(self._skeleton, trunk(legs=legs, arms=hanging)).joints
        if side:
            legs[side] = self._moving_leg(values)
        arms = {
            s: self._arm(roots[f"{s}_upper_arm"], s, values=values if side and s != side else REST)
            for s, _ in SIDES
        }
        return pose(self._skeleton, trunk(legs=legs, arms=arms))

    def resting_leg(self, side: Side) -> Reach:
        """A leg that kneels, toes on the floor."""
        knee_m, ankle_m = self._heights["knees"], self._heights["toes"]
        behind = -np.sqrt(self._shank_m**2 - (knee_m - ankle_m) ** 2)
        ankle = np.array([self._skeleton.joints[f"{side}_thigh"][0], ankle_m, behind])
        return Reach(ankle, np.array([0, -0.5, 1]), tip_flex_deg=RESTING_PLANTAR_DEG)

    def _moving_leg(self, values: Values) -> Aim:
        lift, thigh = values["lift"], np.radians(values["thigh_deg"])
        drop_m = self._heights["knees"] - self._heights["toes"]
        rest_deg = REST["knee_deg"] + np.degrees(np.arcsin(drop_m / self._shank_m))
        # The knee opens later than the thigh lifts, or the toes would be dragged into the floor.
        opening = (values["knee_deg"] - REST["knee_deg"]) * np.sqrt(lift)
        knee_deg = opening + rest_deg + (REST["knee_deg"] - rest_deg) * lift
        return Aim(
            along=np.array([0, np.sin(thigh), -np.cos(thigh)]),
            pole=np.array([0, -np.cos(thigh), -np.sin(thigh)]),
            flex_deg=180 - knee_deg,
            tip_flex_deg=between(RESTING_PLANTAR_DEG, _STRETCHED_PLANTAR_DEG, share=lift),
        )

    def _arm(self, shoulder: Vector, side: Side, *, values: Values) -> Reach:
        lift, sign = _arm_lift(values), 1 if side == "left" else -1
        planted = self.planted_wrist(sign) - shoulder
        rest = unit(planted)
        rise = values["arm_deg"] + (1 - lift) * (elevation_deg(np.zeros(3), rest) + 90)
        aside = between(float(rest[0]), sign * 0.08, share=lift)
        level = np.sqrt(1 - aside**2)
        direction = np.array(
            [aside, level * np.sin(np.radians(rise)), level * np.cos(np.radians(rise))]
        )
        stretched_m = self.stretched_m(values.get("elbow_deg", STRAIGHT_DEG))
        length = between(float(np.linalg.norm(planted)), stretched_m, share=lift)
        fingers = unit(between(FORWARD, direction, share=lift))
        thumb = between(-sign * LEFTWARD, np.array([-sign * 0.5, 0.85, 0]), share=lift)
        return Reach(
            end=shoulder + direction * length,
            pole=between(np.array([sign, 0, -0.4]), np.array([sign * 0.35, -1.0, 0]), share=lift),
            tip=hand_turned(self._skeleton, side, fingers=fingers, thumb=thumb),
        )

    def planted(self, side: Side) -> Reach:
        """An arm that bears the trunk, its hand on the floor."""
        sign = 1 if side == "left" else -1
        tip = palm_down(self._skeleton, sign)
        return Reach(self.planted_wrist(sign), np.array([sign, 0, -0.4]), tip=tip)

    @property
    def knee_m(self) -> float:
        """Height of the knees."""
        return self._heights["knees"]

    def stretched_m(self, elbow_deg: float) -> float:
        """Distance from shoulder to wrist at an angle of the elbow."""
        if elbow_deg >= STRAIGHT_DEG:
            return 0.998 * self._arm_m
        upper_m, _ = self._skeleton.arm_bones_m
        lower_m = self._arm_m - upper_m
        bent = 2 * upper_m * lower_m * np.cos(np.radians(elbow_deg))
        return float(np.sqrt(upper_m**2 + lower_m**2 - bent))

    def planted_wrist(self, sign: int) -> Vector:
        """Under the shoulder, on the floor."""
        reach = self._skeleton.joints["left_upper_arm"] - self._skeleton.joints["left_thigh"]
        ahead = reach[1] * np.sin(np.radians(self.tilt_deg))
        return np.array([sign * 0.19 * self._scale, self._heights["hands"], ahead])

    def measures(self, figure: Figure, camera: Camera) -> dict[str, float]:
        """What a physiotherapist would measure, of each leg and arm."""
        found = {}
        for side, _ in SIDES:
            at = {bone: figure.joints[f"{side}_{bone}"] for bone in
                  ("thigh", "foot", "upper_arm", "hand")}  # fmt: skip
            found[f"{side}_leg_deg"] = elevation_deg(at["thigh"], at["foot"])
            found[f"{side}_knee_deg"] = figure.knee_deg(side)
            found[f"{side}_arm_deg"] = elevation_deg(at["upper_arm"], at["hand"])
        return found


def _arm_lift(values: Values) -> float:
    return values.get("arm_lift", values["lift"])
