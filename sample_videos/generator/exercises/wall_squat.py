"""Wall squat: the back slides down a wall until the knees are bent by about 45 degrees.

Values: `knee_deg`, angle of the knees; `feet_m`, how far the feet stand ahead of the hips;
`lean_deg`, how far the trunk leans off the wall.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Aim, Figure, Posture, Reach, Side, pose
from sample_videos.generator.motion import Values
from sample_videos.generator.props import Block
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import FORWARD, UP, pitch, yaw

CLIPS = ()

_FEET_ASIDE_M, _TOE_OUT_DEG = 0.13, 8.0


class WallSquat(Unaided):
    """A body that slides down a wall."""

    id = "wall_squat"

    def __init__(self, body: Body) -> None:
        self._skeleton, self._k = body.skeleton, body.person.scale
        self._thigh_m, self._shank_m = self._skeleton.leg_bones_m
        rested, _ = body.posed(self.figure(MOTION.rest, None))
        self._wall_m = float(rested[:, 2].min())

    @property
    def fixtures(self) -> tuple[Block, ...]:
        """The wall, where the back touches it."""
        return (Block((0, 1.25, self._wall_m - 0.05), (1.6, 2.5, 0.10), (0.80, 0.78, 0.74)),)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        bent = np.radians(values["knee_deg"])
        span_m = np.sqrt(
            self._thigh_m**2 + self._shank_m**2 - 2 * self._thigh_m * self._shank_m * np.cos(bent)
        )
        aside_m = _FEET_ASIDE_M * self._k - float(self._skeleton.joints["left_thigh"][0])
        ahead_m, ankle_m = values["feet_m"] * self._k, self._skeleton.ankle_height_m
        hip_m = ankle_m + np.sqrt(span_m**2 - ahead_m**2 - aside_m**2)
        lean_deg = values["lean_deg"]
        legs = {
            one: Reach(
                np.array([sign * _FEET_ASIDE_M * self._k, ankle_m, ahead_m]),
                FORWARD + sign * 0.1 * np.array([1.0, 0, 0]), tip=yaw(sign * _TOE_OUT_DEG),
            )
            for one, sign in SIDES
        }  # fmt: skip
        arms = {
            one: Aim(pitch(lean_deg) @ np.array([sign * 0.12, -1, 0.05]),
                     np.array([sign * 0.3, 0, -1.0]), flex_deg=12.0)
            for one, sign in SIDES
        }  # fmt: skip
        return pose(self._skeleton, Posture(
            pelvis=pitch(lean_deg), thorax=pitch(lean_deg), head=pitch(0.5 * lean_deg),
            anchor=("left_thigh", "right_thigh"), at=UP * hip_m, legs=legs, arms=arms,
        ))  # fmt: skip


MOTION = Motion(
    exercise=WallSquat,
    rest={"knee_deg": 174.0, "feet_m": 0.20, "lean_deg": 1.0},
    top={"knee_deg": 133.0},
    spread={"knee_deg": 4.0},
    tempo=Tempo(rise_s=1.6, hold_s=2.6, lower_s=1.5, rest_s=1.0),
    partial={"knee_deg": 157.0},
    flaws={
        "too_deep": Flaw(top={"knee_deg": 98.0}, near={"knee_deg": 110.0}),
        "not_low": Flaw(top={"knee_deg": 155.0}, kind="partial"),
        "back_off_wall": Flaw(top={"lean_deg": 40.0}, near={"lean_deg": 21.0}, kind="partial"),
        "feet_distance": Flaw(always={"feet_m": 0.02}, near={"feet_m": 0.07}),
        "too_fast": Flaw(tempo={"rise_s": 0.5, "lower_s": 0.5}),
    },
    sway={"knee_deg": 0.4},
    views={"side": (72, 108)},
    lens_m=(0.6, 1.1),
    on_mat=False,
)  # fmt: skip
