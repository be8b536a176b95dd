"""Supine twist: on the back, knees over the hips, both knees drop to one side and return.

Values: `drop_deg`, how far the knees lean to the working side; `twist_deg`, how far the pelvis
rolls after them; `follow`, the share of it that the shoulders take; `apart_m`, how far the knees
part.
"""

from __future__ import annotations

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Figure, Side
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import FORWARD, LEFTWARD, UP, turn
from sample_videos.generator.supine import OnBack, Trunk

CLIPS = ()

_KNEE_M = 0.06
"""How far each knee is from their middle."""

_FOOT_DEG = 15.0

_THIGH_M = 0.4
"""About the length of a thigh, along which a knee that goes aside leans."""


class SupineTwist(Unaided):
    """A body that drops its knees to the side."""

    id = "supine_twist"

    def __init__(self, body: Body) -> None:
        self._lying = OnBack(body, knee_deg=85.0)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying = self._lying
        towards = 0 if side is None else 1 if side == "left" else -1
        turned = turn(FORWARD, -values["drop_deg"] * towards)
        legs = {}
        for one, sign in SIDES:
            apart = LEFTWARD * sign * (_KNEE_M * lying.k + values["apart_m"])
            ankle = lying.tabletop_ankle(turned @ apart, knees=turned @ UP)
            pole = turned @ (UP * _THIGH_M + LEFTWARD * sign * values["apart_m"])
            legs[one] = lying.to_ankle(sign, ankle, pole=pole, flex_deg=_FOOT_DEG)
        trunk = Trunk(twist_deg=values["twist_deg"] * towards, follow=values["follow"])
        return lying.figure(legs, trunk=trunk)


MOTION = Motion(
    exercise=SupineTwist,
    rest={"drop_deg": 0.0, "twist_deg": 0.0, "follow": 0.1, "apart_m": 0.0},
    top={"drop_deg": 66.0, "twist_deg": 26.0},
    spread={"drop_deg": 4.0},
    tempo=Tempo(rise_s=1.9, hold_s=0.6, lower_s=1.9, rest_s=0.7),
    partial={"drop_deg": 30.0, "twist_deg": 10.0},
    flaws={
        "shoulders_roll": Flaw(top={"follow": 0.95, "twist_deg": 58.0, "drop_deg": 74.0}),
        "knees_apart": Flaw(top={"apart_m": 0.20, "drop_deg": 58.0}, towards="working"),
        "too_fast": Flaw(tempo={"rise_s": 0.6}),
    },
    not_shown={"hips_roll_off": "a roll of the hips is not told from the side"},
    sides="alternating",
    sway={"drop_deg": 0.3},
    views={"side": (75, 105), "oblique": (35, 60)},
    lens_m=(0.2, 0.6),
)  # fmt: skip
