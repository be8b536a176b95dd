"""Standing adductor stretch: one foot rests on a stool at the side, the trunk leans towards it.

Values: `lean_deg`, how far the trunk leans; `near_m`, how much nearer to the stool the body
stands; `drop_m`, how far the hips are let down.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Aim, Figure, Posture, Reach, Side, pose
from sample_videos.generator.motion import Values
from sample_videos.generator.props import Block
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import FORWARD, UP, turn

CLIPS = ()

_STOOL_M, _STOOL_OUT_M, _ANKLE_OVER_M = 0.40, 0.83, 0.05
_WOOD = (0.55, 0.40, 0.26)
_FOOT_IN_M = 0.06


class AdductorStretch(Unaided):
    """A body with one foot on a stool."""

    id = "adductor_stretch"

    def __init__(self, body: Body) -> None:
        self._skeleton, self._k = body.skeleton, body.person.scale

    @property
    def fixtures(self) -> tuple[Block, ...]:
        """A stool on either side, so that the sides can be changed."""
        seat_m = _STOOL_M * self._k
        return tuple(
            Block((sign * _STOOL_OUT_M * self._k, seat_m / 2, 0.0), (0.34, seat_m, 0.34), _WOOD)
            for _, sign in SIDES
        )

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values; `side` is propped up."""
        lead = -1 if side == "right" else 1
        shift_x = lead * values["near_m"] * self._k
        ankle_m = self._skeleton.ankle_height_m
        hip_m = ankle_m + 0.992 * self._skeleton.leg_m - values["drop_m"] * self._k
        tilt = turn(FORWARD, -lead * values["lean_deg"])
        legs, arms = {}, {}
        for one, sign in SIDES:
            if sign == lead:
                seat_m = (_STOOL_M + _ANKLE_OVER_M) * self._k
                ankle = np.array([sign * (_STOOL_OUT_M - _FOOT_IN_M) * self._k, seat_m, 0.0])
                inward = turn(FORWARD, sign * 38.0)
                legs[one] = Reach(ankle, np.array([0, 0.8, 0.6]), tip=inward)
            else:
                ankle = np.array([sign * 0.10 * self._k + shift_x, ankle_m, 0.0])
                legs[one] = Reach(ankle, FORWARD)
            arms[one] = Aim(tilt @ np.array([sign * 0.62, -0.75, -0.15]),
                            tilt @ np.array([sign, -0.1, -0.2]), flex_deg=88.0)  # fmt: skip
        return pose(self._skeleton, Posture(
            pelvis=turn(FORWARD, -lead * 0.3 * values["lean_deg"]), thorax=tilt,
            head=turn(FORWARD, -lead * 0.7 * values["lean_deg"]),
            anchor=("left_thigh", "right_thigh"), at=UP * hip_m + np.array([shift_x, 0, 0]),
            legs=legs, arms=arms,
        ))  # fmt: skip


MOTION = Motion(
    exercise=AdductorStretch,
    rest={"lean_deg": 0.0, "near_m": 0.0, "drop_m": 0.0},
    top={"lean_deg": 24.0},
    spread={"lean_deg": 2.0},
    tempo=Tempo(rise_s=1.6, hold_s=5.5, lower_s=1.5, rest_s=0.9),
    partial={"lean_deg": 13.0},
    flaws={
        "no_lean": Flaw(top={"lean_deg": 12.5}, kind="partial"),
        "knee_bent": Flaw(always={"near_m": 0.32}, near={"near_m": 0.16}),
        "support_bent": Flaw(always={"drop_m": 0.14}, near={"drop_m": 0.08}),
    },
    sides="each",
    sway={"lean_deg": 0.4},
    views={"front": (0, 14)},
    lens_m=(0.7, 1.1),
    on_mat=False,
)  # fmt: skip
