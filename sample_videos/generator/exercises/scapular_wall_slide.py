"""Scapular wall slide: back to a wall, arms like a goalpost slide up along it and down again.

Values: `upper_deg`, elevation of the upper arms; `goal_deg`, how far the elbows are opened beyond
forearms that stand upright; `lag_deg`, by how much the right arm stays behind; `shrug_deg`, how
far the shoulders are drawn up; the others are those of `upright`.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import Aim
from sample_videos.generator.motion import Values
from sample_videos.generator.props import Block
from sample_videos.generator.repertoire import Flaw, Motion, Tempo
from sample_videos.generator.rotations import unit
from sample_videos.generator.upright import REST, Upright

CLIPS = ()

_BACK = 0.26
"""How far the upper arms are drawn back to the wall, against a length of 1 to the side."""


class ScapularWallSlide(Upright):
    """A body that slides its arms up a wall."""

    id = "scapular_wall_slide"

    def __init__(self, body: Body) -> None:
        super().__init__(body)
        rested, _ = body.posed(self.figure(MOTION.rest, None))
        self._wall_m = float(rested[:, 2].min())

    @property
    def fixtures(self) -> tuple[Block, ...]:
        """The wall, where the buttocks touch it."""
        return (Block((0.0, 1.25, self._wall_m - 0.05), (2.0, 2.5, 0.10), (0.80, 0.78, 0.74)),)

    def arm(self, sign: int, values: Values, lean_deg: float) -> Aim:
        """An arm whose forearm stands upright over its elbow."""
        upper_deg = values["upper_deg"] - (values["lag_deg"] if sign < 0 else 0.0)
        rise = np.radians(upper_deg)
        along = unit([sign * np.cos(rise), np.sin(rise), -_BACK])
        pole = np.array([sign * np.sin(rise), -np.cos(rise), 0.0])
        return Aim(along, pole, flex_deg=max(90 - upper_deg - values["goal_deg"], 4.0))


MOTION = Motion(
    exercise=ScapularWallSlide,
    rest={**REST, "thigh_deg": 87.0, "knee_gap": 0.9, "upper_deg": 0.0, "goal_deg": -4.0,
          "lag_deg": 0.0, "shrug_deg": 0.0},
    top={"upper_deg": 54.0, "shrug_deg": 6.0},
    spread={"upper_deg": 4.0},
    tempo=Tempo(rise_s=1.8, hold_s=0.5, lower_s=1.8, rest_s=0.8),
    partial={"upper_deg": 22.0},
    flaws={
        "elbows_not_90": Flaw(always={"goal_deg": 48.0}, near={"goal_deg": 38.0}),
        "uneven": Flaw(top={"lag_deg": 26.0}, near={"lag_deg": 18.0}),
        "shrugging": Flaw(top={"shrug_deg": 48.0}, near={"shrug_deg": 38.0}),
        "too_fast": Flaw(tempo={"rise_s": 0.5, "lower_s": 0.5}),
    },
    not_shown={
        "leaning": "leaning forward does not show in the picture from the front",
        "back_arching": "is not judged from the front",
    },
    sway={"upper_deg": 0.5},
    views={"front": (0, 12)},
    lens_m=(1.0, 1.4),
    on_mat=False,
)  # fmt: skip
