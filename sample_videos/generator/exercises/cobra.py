"""Cobra: on the belly with the arms beside the hips, the chest is lifted without the hands.

Values: `extend_deg`, how far the chest comes up; `head_deg`, how far the face looks up; `hands`, 0
with the hands beside the hips, 1 with them under the shoulders.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Figure, Side, between
from sample_videos.generator.motion import Values
from sample_videos.generator.prone import CONTACTS, OnBelly
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided

CLIPS = ()


class Cobra(Unaided):
    """A body that lifts its chest with the arms at its sides."""

    id = "cobra"
    contacts = CONTACTS

    def __init__(self, body: Body) -> None:
        self._lying = OnBelly(body)
        self._shoulder_m = float(self._lying.roots().joints["left_upper_arm"][2])

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying, arms = self._lying, {}
        for one, sign in SIDES:
            beside = np.array([sign * 0.30 * lying.k, 0, 0.04])
            under = np.array([sign * 0.24 * lying.k, 0, self._shoulder_m])
            place = between(beside, under, share=values["hands"])
            pole = np.array([sign, 0.3, -0.2 - values["hands"]])
            arms[one] = lying.hand_down(place, sign, pole=pole)
        return lying.figure(extend_deg=values["extend_deg"], head_deg=values["head_deg"], arms=arms)


MOTION = Motion(
    exercise=Cobra,
    rest={"extend_deg": 0.0, "head_deg": 0.0, "hands": 0.0},
    top={"extend_deg": 26.0},
    spread={"extend_deg": 3.0},
    tempo=Tempo(rise_s=1.5, hold_s=2.6, lower_s=1.5, rest_s=1.0),
    partial={"extend_deg": 9.0},
    flaws={
        "pushing_with_hands": Flaw(top={"hands": 1.0, "extend_deg": 34.0}),
        "head_back": Flaw(top={"head_deg": 42.0}, near={"head_deg": 29.0}),
        "too_high": Flaw(top={"extend_deg": 72.0, "head_deg": -24.0}, near={"extend_deg": 56.0}),
    },
    sway={"extend_deg": 0.4},
    views={"side": (75, 105)},
    lens_m=(0.25, 0.6),
)  # fmt: skip
