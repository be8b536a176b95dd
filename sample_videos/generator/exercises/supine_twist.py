"""Supine twist: on the back with bent knees and flat feet, the knees drop to one side and return.

Values: `drop_deg`, how far the knees lean to the working side; `twist_deg`, how far the pelvis
rolls after them; `follow`, the share of it that the shoulders take; `apart_m`, how far the knees
part.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Figure, Reach, Side
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import FORWARD, turn
from sample_videos.generator.supine import OnBack, Trunk

CLIPS = ()


class SupineTwist(Unaided):
    """A body that drops its knees to the side."""

    id = "supine_twist"

    def __init__(self, body: Body) -> None:
        self._lying = OnBack(body, knee_deg=85.0)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying = self._lying
        towards = 0 if side is None else 1 if side == "left" else -1
        drop = np.radians(values["drop_deg"]) * towards
        legs = {}
        for one, sign in SIDES:
            opened = sign * values["apart_m"] / 0.35
            ankle = lying.flat_ankle(sign) * [0.75, 1, 1]
            ankle = ankle + np.array([0.02 * np.sin(drop), 0.012 * abs(np.sin(drop)), 0])
            pole = np.array([np.sin(drop) + opened, np.cos(drop), -0.15])
            sole = turn(FORWARD, -0.55 * values["drop_deg"] * towards)
            legs[one] = Reach(ankle, pole, tip=sole)
        trunk = Trunk(twist_deg=values["twist_deg"] * towards, follow=values["follow"])
        return lying.figure(legs, trunk=trunk)


MOTION = Motion(
    exercise=SupineTwist,
    rest={"drop_deg": 0.0, "twist_deg": 0.0, "follow": 0.1, "apart_m": 0.0},
    top={"drop_deg": 55.0, "twist_deg": 16.0},
    spread={"drop_deg": 4.0},
    tempo=Tempo(rise_s=1.9, hold_s=0.6, lower_s=1.9, rest_s=0.7),
    partial={"drop_deg": 27.0, "twist_deg": 8.0},
    flaws={
        "shoulders_roll": Flaw(top={"follow": 0.85, "twist_deg": 48.0, "drop_deg": 80.0}),
        "hips_roll_off": Flaw(top={"twist_deg": 62.0, "drop_deg": 74.0}),
        "knees_apart": Flaw(top={"apart_m": 0.20}),
        "too_fast": Flaw(tempo={"rise_s": 0.6}),
    },
    sides="alternating",
    sway={"drop_deg": 0.6},
    views={"oblique": (30, 55)},
    lens_m=(0.7, 1.2),
)  # fmt: skip
