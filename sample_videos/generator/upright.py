"""Standing on both feet, in balance, with knees and hips bent as an exercise wants them.

Values: `thigh_deg`, elevation of the thigh from the knee up to the hip; `trunk_deg`, elevation of
the trunk; `arm_deg`, elevation of the arms; `knee_gap`, the knees' distance over the ankles'.
May be given: `stance`, the feet's distance against the usual; `heel_deg`, how far the heels lift;
`ahead_m`, how much farther ahead the balance is; `round_deg`, by which the back is rounded;
`shrug_deg`, how far the shoulders are drawn up.
The shanks lean as far as it takes to keep the centre of mass over the middle of the feet.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.contacts import solve_for
from sample_videos.generator.kinematics import SIDES, Aim, Figure, Posture, Reach, Side, pose
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Unaided
from sample_videos.generator.rotations import FORWARD, Vector, pitch, sagittal, unit, yaw

REST = {"thigh_deg": 85.5, "trunk_deg": 89.0, "arm_deg": -83.0, "knee_gap": 0.80}

_TOE_OUT_DEG = 12.0
_ANKLE_ASIDE_M = 0.165
_OVER_FEET_M = 0.045
"""How far ahead of the ankles the centre of mass is kept."""

_NEVER_STRAIGHT_M = 0.001
"""Keeps the direction in which a knee bends known when the leg is straight."""

# Winter, Biomechanics and Motor Control of Human Movement (2009), table 4.1: mass of a segment
# as a share of the body's, and its centre of mass as a share of its length from the near end.
_TRUNK_MASS, _TRUNK_CENTRE = 0.578, 0.66
_ARM_MASS, _ARM_CENTRE = 0.100, 0.53
_THIGH_MASS, _THIGH_CENTRE = 0.200, 0.433
_SHANK_MASS, _SHANK_CENTRE = 0.093, 0.433


class Upright(Unaided):
    """A standing body in balance, however far it bends knees and hips."""

    def __init__(self, body: Body) -> None:
        self._skeleton, self._scale = body.skeleton, body.person.scale
        self._thigh_m, self._shank_m = self._skeleton.leg_bones_m
        joints = self._skeleton.joints
        self._hip_aside_m = float(joints["left_thigh"][0])
        self._trunk = joints["left_upper_arm"] - joints["left_thigh"]
        self._trunk = self._trunk * [0, 1, 1]

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""

        def imbalance(shank_deg: float) -> float:
            return self._centre_of_mass(values, shank_deg)

        over_m = _OVER_FEET_M * self._scale + self._ahead_m(values)
        shank_deg = solve_for(over_m, imbalance, start=10.0, step=5.0)
        knee, hip = self._knee_and_hip(values, float(np.clip(shank_deg, -3, 42)))
        lean_deg = self._lean_deg(values)
        bent = (REST["thigh_deg"] - values["thigh_deg"]) / 80
        round_deg = values.get("round_deg", 0.0)
        return pose(self._skeleton, Posture(
            pelvis=pitch(lean_deg + 4 * bent - round_deg),
            thorax=pitch(lean_deg - 4 * bent + round_deg),
            head=pitch(0.3 * lean_deg),
            anchor=("left_thigh", "right_thigh"),
            at=hip * [0, 1, 1],
            legs={s: self._leg(sign, values, knee=knee, hip=hip) for s, sign in SIDES},
            arms={s: self.arm(sign, values, lean_deg) for s, sign in SIDES},
            clavicles={s: (values.get("shrug_deg", 0.0), 0.0) for s, _ in SIDES},
        ))  # fmt: skip

    def _lean_deg(self, values: Values) -> float:
        """Pitch of the trunk that gives it its elevation."""
        upright_deg = np.degrees(np.arctan2(self._trunk[1], self._trunk[2]))
        return float(upright_deg - values["trunk_deg"])

    def _knee_and_hip(self, values: Values, shank_deg: float) -> tuple[Vector, Vector]:
        """Left knee and hip for a forward lean of the shank."""
        ankle_x, ankle_y, ankle_z = self._ankle(values)
        knee_x = values["knee_gap"] * ankle_x
        shank = np.sqrt(self._shank_m**2 - (knee_x - ankle_x) ** 2)
        # Feet set wide lean the thighs outwards, which alone keeps them from standing upright.
        outward = abs(knee_x - self._hip_aside_m) / self._thigh_m
        steepest = np.arccos(min(outward, 1.0))
        lean, thigh = np.radians(shank_deg), min(np.radians(values["thigh_deg"]), steepest)
        knee = np.array([knee_x, ankle_y + shank * np.cos(lean), ankle_z + shank * np.sin(lean)])
        level = (self._thigh_m * np.cos(thigh)) ** 2 - (knee_x - self._hip_aside_m) ** 2
        back = np.sqrt(max(level, 0.0))
        hip_y = knee[1] + self._thigh_m * np.sin(thigh)
        return knee, np.array([self._hip_aside_m, hip_y, knee[2] - back])

    def _ankle(self, values: Values) -> Vector:
        """The left ankle; a lifted heel turns the foot about its ball."""
        aside_m = _ANKLE_ASIDE_M * self._scale * values.get("stance", 1.0)
        planted = np.array([aside_m, self._skeleton.ankle_height_m, 0.0])
        heel_deg = values.get("heel_deg", 0.0)
        if not heel_deg:
            return planted
        to_ball = self._skeleton.offset("left_foot", "left_toes") * [0, 1, 1]
        return planted + to_ball - pitch(heel_deg) @ to_ball

    def _centre_of_mass(self, values: Values, shank_deg: float) -> float:
        """How far ahead of the ankles the body's centre of mass is."""
        knee, hip = self._knee_and_hip(values, shank_deg)
        trunk = pitch(self._lean_deg(values)) @ self._trunk
        arm = sagittal(values["arm_deg"]) * self._skeleton.arm_m
        moment = (
            _TRUNK_MASS * (hip + _TRUNK_CENTRE * trunk)
            + _ARM_MASS * (hip + trunk + _ARM_CENTRE * arm)
            + _THIGH_MASS * (hip + _THIGH_CENTRE * (knee - hip))
            + _SHANK_MASS * (1 - _SHANK_CENTRE) * knee
        )
        return float(moment[2] / (_TRUNK_MASS + _ARM_MASS + _THIGH_MASS + _SHANK_MASS))

    def _leg(self, sign: int, values: Values, *, knee: Vector, hip: Vector) -> Reach:
        ankle = self._ankle(values)
        straight = unit(ankle - hip)
        bulge = knee - hip - straight * ((knee - hip) @ straight)
        pole = bulge + _NEVER_STRAIGHT_M * FORWARD
        tip = yaw(sign * _TOE_OUT_DEG) @ pitch(values.get("heel_deg", 0.0))
        return Reach(ankle * [sign, 1, 1], pole * [sign, 1, 1], tip=tip)

    def _ahead_m(self, values: Values) -> float:
        """How much farther ahead the balance is: over the balls of the feet when on them."""
        return values.get("ahead_m", 0.0) + 0.09 * np.sin(np.radians(values.get("heel_deg", 0.0)))

    def arm(self, sign: int, values: Values, lean_deg: float) -> Aim:
        """An arm of the figure: stretched to `arm_deg`, whatever the trunk does."""
        arm_deg = values["arm_deg"]
        rise = np.radians(arm_deg)
        pole = np.array([sign * 0.3, -np.cos(rise), np.sin(rise)])
        return Aim(sagittal(arm_deg, aside=sign * 0.14), pole, flex_deg=14)
