"""Good morning: standing, hands at the ears, the trunk bows at the hips and comes up again.

Its values are those of `upright`.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.kinematics import Aim
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo
from sample_videos.generator.rotations import pitch, unit
from sample_videos.generator.upright import REST, Upright

CLIPS = ()


class GoodMorning(Upright):
    """A body that bows at the hips."""

    id = "good_morning"

    def arm(self, sign: int, values: Values, lean_deg: float) -> Aim:
        """An arm whose hand is beside the ear."""
        trunk = pitch(lean_deg)
        along = trunk @ unit([sign * 0.85, 0.05, -0.1])
        return Aim(along, trunk @ np.array([sign * 0.3, -1.0, 0.0]), flex_deg=138.0)


MOTION = Motion(
    exercise=GoodMorning,
    rest={**REST, "round_deg": 0.0},
    top={"thigh_deg": 77.0, "trunk_deg": 26.0, "knee_gap": 0.9},
    spread={"trunk_deg": 4.0},
    tempo=Tempo(rise_s=1.8, hold_s=0.5, lower_s=1.6, rest_s=0.9),
    partial={"thigh_deg": 82.0, "trunk_deg": 58.0, "knee_gap": 0.85},
    flaws={
        "too_low": Flaw(top={"trunk_deg": -4.0}, near={"trunk_deg": 6.0}),
        "back_rounding": Flaw(top={"round_deg": 30.0}, near={"round_deg": 15.0}),
        "knees_bending": Flaw(top={"thigh_deg": 40.0}, near={"thigh_deg": 56.0}),
    },
    sway={"trunk_deg": 0.4},
    views={"side": (75, 105)},
    lens_m=(0.7, 1.1),
    on_mat=False,
)  # fmt: skip
