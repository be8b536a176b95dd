"""Half-kneeling hip flexor stretch: on one knee, the hips go forward and one arm up and back.

Values: `thigh_deg`, how far the kneeling thigh leans forward; `arm_deg`, elevation of the arm on
the kneeling side, past 90 behind the head; `back_deg`, how far the trunk leans back; `front_m`,
how much farther ahead the front foot stands.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Aim, Figure, Posture, Reach, Side, pose
from sample_videos.generator.motion import Values
from sample_videos.generator.quadruped import AllFours
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import FORWARD, UP, pitch, sagittal

CLIPS = ()

_ASIDE_M, _FRONT_M = 0.11, 0.52


class HipFlexorStretch(Unaided):
    """A body that stretches one hip, half kneeling."""

    id = "hip_flexor_stretch"

    def __init__(self, body: Body) -> None:
        self._skeleton, self._k = body.skeleton, body.person.scale
        self._four = AllFours(body)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values; `side` kneels."""
        lean = np.radians(values["thigh_deg"])
        hip = np.array([0, np.cos(lean), np.sin(lean)]) * self._four.thigh_m
        upright = pitch(-values["back_deg"])
        legs, arms = {}, {}
        for one, sign in SIDES:
            if one == (side or "left"):
                legs[one] = self._four.resting_leg(one)
                arms[one] = Aim(sagittal(values["arm_deg"], aside=sign * 0.10),
                                np.array([sign * 0.5, -0.4, -0.6]), flex_deg=10.0)  # fmt: skip
            else:
                ahead_m = (_FRONT_M + values["front_m"]) * self._k
                ankle = np.array(
                    [sign * _ASIDE_M * self._k, self._skeleton.ankle_height_m, ahead_m]
                )
                legs[one] = Reach(ankle, FORWARD + 0.2 * UP, tip=pitch(0.0))
                arms[one] = Aim(upright @ np.array([sign * 0.12, -1, 0.10]),
                                np.array([sign * 0.4, 0, -1.0]), flex_deg=16.0)  # fmt: skip
        return pose(self._skeleton, Posture(
            pelvis=pitch(-0.4 * values["back_deg"]), thorax=upright,
            head=pitch(-0.6 * values["back_deg"]),
            anchor=("left_thigh", "right_thigh"), at=UP * self._four.knee_m + hip,
            legs=legs, arms=arms,
        ))  # fmt: skip


MOTION = Motion(
    exercise=HipFlexorStretch,
    rest={"thigh_deg": 2.0, "arm_deg": -82.0, "back_deg": 0.0, "front_m": 0.0},
    top={"thigh_deg": 20.0, "arm_deg": 97.0, "back_deg": 5.0},
    spread={"thigh_deg": 2.0},
    tempo=Tempo(rise_s=1.8, hold_s=5.5, lower_s=1.6, rest_s=0.9),
    partial={"thigh_deg": 9.0, "arm_deg": 30.0},
    flaws={
        "arm_not_up": Flaw(
            top={"arm_deg": 10.0}, near={"arm_deg": 44.0}, kind="partial", towards="working"
        ),
        "front_knee_forward": Flaw(always={"front_m": -0.20}, near={"front_m": -0.12}),
        "front_knee_angle": Flaw(always={"front_m": 0.34}, near={"front_m": 0.24}),
        "leaning_forward": Flaw(
            always={"front_m": 0.10},
            top={"back_deg": -29.0, "thigh_deg": 38.0}, near={"back_deg": -24.0},
        ),
        "over_arching": Flaw(top={"back_deg": 38.0}, near={"back_deg": 26.0}),
    },
    sides="each",
    sway={"thigh_deg": 0.4, "arm_deg": 0.6},
    views={"side": (75, 105)},
    lens_m=(0.6, 1.0),
)  # fmt: skip
