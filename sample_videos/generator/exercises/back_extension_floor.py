"""Floor back extension: on the belly with the hands under the shoulders, the chest is lifted.

Values: `extend_deg`, how far the chest comes up; `head_deg`, how far the face looks up; `push`, 0
with the hands resting lightly, 1 with the arms pushed straight; `leg_deg`, how far the legs lift.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Figure, Side
from sample_videos.generator.motion import Values
from sample_videos.generator.prone import CONTACTS, OnBelly
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided

CLIPS = ()


class BackExtensionFloor(Unaided):
    """A body that lifts its chest off the floor."""

    id = "back_extension_floor"
    contacts = CONTACTS
    hands_ahead_m = 0.02
    """How far the hands lie ahead of the shoulders."""

    def __init__(self, body: Body) -> None:
        self._lying = OnBelly(body)
        roots = self._lying.roots().joints
        self._shoulder_m = float(roots["left_upper_arm"][2])

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying, push = self._lying, values["push"]
        arms = {}
        for one, sign in SIDES:
            place = np.array([sign * 0.24 * lying.k, 0, self._shoulder_m + self.hands_ahead_m])
            pole = np.array([sign * (0.8 - 0.5 * push), 0.4, -0.9])
            arms[one] = lying.hand_down(place, sign, pole=pole)
        legs = {one: lying.leg(sign, lift_deg=values["leg_deg"]) for one, sign in SIDES}
        return lying.figure(
            extend_deg=values["extend_deg"], head_deg=values["head_deg"], legs=legs, arms=arms
        )


MOTION = Motion(
    exercise=BackExtensionFloor,
    rest={"extend_deg": 0.0, "head_deg": 0.0, "push": 0.0, "leg_deg": 0.0},
    top={"extend_deg": 24.0},
    spread={"extend_deg": 3.0},
    tempo=Tempo(rise_s=1.4, hold_s=0.8, lower_s=1.4, rest_s=0.9),
    partial={"extend_deg": 9.0},
    flaws={
        "hyperextended": Flaw(
            top={"extend_deg": 68.0, "push": 0.6, "head_deg": -24.0}, near={"extend_deg": 52.0}
        ),
        "head_back": Flaw(top={"head_deg": 36.0}, near={"head_deg": 24.0}),
        "legs_lifting": Flaw(top={"leg_deg": 16.0}, near={"leg_deg": 9.0}),
    },
    not_shown={"pushing_up": "arms straighten only where the chest is as high as hyperextended"},
    sway={"extend_deg": 0.4},
    views={"side": (75, 105)},
    lens_m=(0.25, 0.6),
)  # fmt: skip
