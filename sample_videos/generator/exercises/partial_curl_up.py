"""Partial curl-up: on the back with bent knees, reaching for the knees until the shoulders lift.

Values: `curl_deg`, how far the chest comes up; `sit_deg`, how far the pelvis comes with it;
`hands`, 0 on the floor, 1 with the fingertips at the knees; `feet_out_m`, how far the feet slide.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import Figure, Side
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import Vector
from sample_videos.generator.supine import OnBack, Trunk

CLIPS = ()

_HAND_M = 0.13


class PartialCurlUp(Unaided):
    """A body that reaches for its knees."""

    id = "partial_curl_up"

    def __init__(self, body: Body) -> None:
        self._lying = OnBack(body, knee_deg=68.0)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying = self._lying
        legs = lying.standing(values["feet_out_m"])
        trunk = Trunk(tuck_deg=-values["sit_deg"], curl_deg=values["curl_deg"])
        return lying.reaching(legs, self._at_knee, values["hands"], trunk=trunk)

    def _at_knee(self, figure: Figure, side: Side) -> Vector:
        """The wrist of a hand whose fingers lie on the knee."""
        knee, shoulder = (figure.joints[f"{side}_{b}"] for b in ("shank", "upper_arm"))
        towards = (knee - shoulder) / np.linalg.norm(knee - shoulder)
        return knee - towards * _HAND_M * self._lying.k


MOTION = Motion(
    exercise=PartialCurlUp,
    rest={"curl_deg": 0.0, "sit_deg": 0.0, "hands": 0.0, "feet_out_m": 0.0},
    top={"curl_deg": 40.0, "sit_deg": 4.0, "hands": 1.0},
    spread={"curl_deg": 4.0},
    tempo=Tempo(rise_s=1.5, hold_s=2.6, lower_s=1.5, rest_s=1.0),
    partial={"curl_deg": 12.0, "hands": 0.5},
    flaws={
        "fingers_short": Flaw(top={"hands": 0.12, "curl_deg": 12.0}, kind="partial"),
        "full_sit_up": Flaw(top={"curl_deg": 82.0, "sit_deg": 52.0}),
        "jerky": Flaw(tempo={"rise_s": 0.4}),
        "drop": Flaw(tempo={"lower_s": 0.4}),
        "feet_off": Flaw(top={"feet_out_m": 0.13, "curl_deg": 50.0}, near={"feet_out_m": 0.10}),
    },
    sway={"curl_deg": 0.4},
    views={"side": (75, 105)},
    lens_m=(0.3, 0.7),
)  # fmt: skip
