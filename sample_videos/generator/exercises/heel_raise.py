"""Heel raise: standing before a wall, up on the balls of the feet and down again.

Its values are those of `upright`; `hop_m` is how far the whole body leaves the floor.
"""

from __future__ import annotations

from dataclasses import replace

from sample_videos.generator.kinematics import Figure, Side
from sample_videos.generator.motion import Values
from sample_videos.generator.props import Block
from sample_videos.generator.repertoire import Flaw, Motion, Tempo
from sample_videos.generator.rotations import UP
from sample_videos.generator.upright import REST, Upright

CLIPS = ()

_STRAIGHT_DEG = 88.5


class HeelRaise(Upright):
    """A body that rises on its toes."""

    id = "heel_raise"
    fixtures = (Block((0.0, 1.2, 0.62), (0.9, 2.4, 0.10), (0.72, 0.70, 0.66)),)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        figure, hop = super().figure(values, side), UP * values["hop_m"]
        return replace(
            figure,
            joints={name: place + hop for name, place in figure.joints.items()},
            sites={name: place + hop for name, place in figure.sites.items()},
        )


MOTION = Motion(
    exercise=HeelRaise,
    rest={**REST, "thigh_deg": _STRAIGHT_DEG, "knee_gap": 0.9, "arm_deg": -80.0, "heel_deg": 0.0,
          "ahead_m": 0.0, "hop_m": 0.0},
    top={"heel_deg": 30.0},
    spread={"heel_deg": 3.0},
    tempo=Tempo(rise_s=1.2, hold_s=0.7, lower_s=1.2, rest_s=0.9),
    partial={"heel_deg": 8.0},
    flaws={
        "knees_bending": Flaw(
            top={"thigh_deg": 71.0, "heel_deg": 44.0}, near={"thigh_deg": 77.0}
        ),
        "too_fast": Flaw(tempo={"rise_s": 0.3, "lower_s": 0.3}),
        "swaying": Flaw(top={"ahead_m": 0.12, "heel_deg": 44.0}, near={"ahead_m": 0.08}),
    },
    not_shown={"toes_off": "is not judged, for the floor under the toes is not seen"},
    sway={"heel_deg": 0.2, "trunk_deg": 0.2},
    views={"side": (70, 110), "oblique": (115, 150)},
    lens_m=(0.6, 1.1),
    on_mat=False,
)  # fmt: skip
