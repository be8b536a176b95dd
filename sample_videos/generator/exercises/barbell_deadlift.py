"""Barbell deadlift: standing tall with a bar, it is lowered along the shins and lifted again.

Its values are those of `upright`; the bar hangs in straight arms.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.kinematics import Aim, Figure
from sample_videos.generator.motion import Values
from sample_videos.generator.props import Rod
from sample_videos.generator.repertoire import Flaw, Motion, Tempo
from sample_videos.generator.rotations import FORWARD, LEFTWARD, UP, pitch
from sample_videos.generator.upright import REST, Upright

CLIPS = ()

_STEEL, _PLATE = (0.62, 0.62, 0.64), (0.10, 0.11, 0.13)
_BAR_HALF_M, _BAR_M, _PLATE_M, _THICK_M = 0.80, 0.014, 0.20, 0.05
_AHEAD_DEG = 12.0
"""How far ahead the arms hang of a body that stands tall, for the bar to clear the thighs."""


class BarbellDeadlift(Upright):
    """A body that lowers and lifts a bar."""

    id = "barbell_deadlift"

    def arm(self, sign: int, values: Values, lean_deg: float) -> Aim:
        """A straight arm: it hangs, and lies along the front of a trunk that is upright."""
        upright = float(np.cos(np.radians(np.clip(lean_deg, 0, 90)))) ** 2
        ahead = pitch(min(lean_deg, 0.0) - _AHEAD_DEG * upright)
        return Aim(
            ahead @ (-UP + sign * 0.06 * LEFTWARD), np.array([sign * 0.2, 0, -1.0]), flex_deg=5.0
        )

    def held(self, figure: Figure) -> tuple[Rod, ...]:
        """The bar with a plate at either end, in front of the hands."""
        grip = figure.middle("hand") + FORWARD * 0.03 - UP * 0.07
        ends = [grip + sign * _BAR_HALF_M * LEFTWARD for sign in (1, -1)]
        plates = [
            Rod(end, end - sign * _THICK_M * LEFTWARD, _PLATE_M, _PLATE)
            for sign, end in zip((1, -1), ends, strict=True)
        ]
        return Rod(ends[0], ends[1], _BAR_M, _STEEL), *plates


MOTION = Motion(
    exercise=BarbellDeadlift,
    rest={**REST, "round_deg": 0.0},
    top={"thigh_deg": 38.0, "trunk_deg": 34.0, "knee_gap": 0.95},
    spread={"trunk_deg": 3.0, "thigh_deg": 3.0},
    tempo=Tempo(rise_s=1.7, hold_s=0.5, lower_s=1.6, rest_s=1.0),
    partial={"thigh_deg": 66.0, "trunk_deg": 58.0, "knee_gap": 0.9},
    flaws={
        "back_rounding": Flaw(
            top={"round_deg": 30.0}, near={"round_deg": 15.0}, views=("side",)
        ),
        "over_extending": Flaw(
            always={"trunk_deg": 118.0}, near={"trunk_deg": 111.0}, views=("side",)
        ),
    },
    sway={"trunk_deg": 0.3},
    views={"side": (75, 105), "oblique": (35, 50)},
    lens_m=(0.7, 1.1),
    on_mat=False,
)  # fmt: skip
