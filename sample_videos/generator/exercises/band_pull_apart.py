"""Band pull-apart: standing, straight arms pull a band apart at the height of the shoulders.

Values: `spread_deg`, how far the arms have gone from straight ahead to the side; `arm_deg`, their
elevation; `elbow_deg`, angle of the elbows; `shrug_deg`, how far the shoulders are drawn up.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.kinematics import Aim, Figure
from sample_videos.generator.motion import Values
from sample_videos.generator.props import Rod
from sample_videos.generator.repertoire import Flaw, Motion, Tempo
from sample_videos.generator.rotations import unit
from sample_videos.generator.upright import REST, Upright

CLIPS = ()

_BAND = (0.20, 0.45, 0.75)
_AHEAD_DEG = 6.0


class BandPullApart(Upright):
    """A body that pulls a band apart."""

    id = "band_pull_apart"

    def arm(self, sign: int, values: Values, lean_deg: float) -> Aim:
        """An arm between straight ahead and straight out."""
        spread, rise = np.radians(values["spread_deg"]), np.radians(values["arm_deg"])
        level = np.array([sign * np.sin(spread), 0, np.cos(spread)]) * np.cos(rise)
        flex_deg = 180 - values["elbow_deg"]
        out = np.array([sign * np.cos(spread), -0.9, -np.sin(spread)])
        along = unit(level + np.array([0, np.sin(rise) - np.sin(np.radians(flex_deg / 2)), 0]))
        return Aim(along, out, flex_deg=flex_deg)

    def held(self, figure: Figure) -> tuple[Rod, ...]:
        """The band between the hands."""
        left, right = (figure.joints[f"{side}_hand"] for side in ("left", "right"))
        return (Rod(left, right, 0.009, _BAND),)


MOTION = Motion(
    exercise=BandPullApart,
    rest={**REST, "thigh_deg": 87.0, "knee_gap": 0.9, "spread_deg": _AHEAD_DEG, "arm_deg": -1.0,
          "elbow_deg": 166.0, "shrug_deg": 0.0},
    top={"spread_deg": 84.0},
    spread={"spread_deg": 3.0},
    tempo=Tempo(rise_s=1.2, hold_s=1.4, lower_s=1.2, rest_s=0.9),
    partial={"spread_deg": 40.0},
    flaws={
        "short_pull": Flaw(top={"spread_deg": 30.0}, near={"spread_deg": 36.0}, kind="partial"),
        "arms_not_level": Flaw(top={"arm_deg": -31.0}, near={"arm_deg": -25.0}),
        "elbows_bent": Flaw(top={"elbow_deg": 115.0}, near={"elbow_deg": 126.0}),
        "shrugging": Flaw(top={"shrug_deg": 24.0}, near={"shrug_deg": 12.0}),
        "snapping_back": Flaw(tempo={"lower_s": 0.35}),
    },
    sway={"arm_deg": 0.5, "spread_deg": 0.4},
    views={"front": (0, 14)},
    lens_m=(0.9, 1.3),
    on_mat=False,
)  # fmt: skip
