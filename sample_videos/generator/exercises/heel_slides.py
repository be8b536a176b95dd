"""Heel slides: on the back, one heel is slid along the floor towards the hips and away again.

Values: `slide`, 0 with the leg straight, 1 with the foot near the hips; `lifted_m`, how far the
foot leaves the floor.
"""

from __future__ import annotations

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Figure, Side, between
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import UP
from sample_videos.generator.supine import CONTACTS, OnBack

CLIPS = ()


class HeelSlides(Unaided):
    """A body that slides one heel."""

    id = "heel_slides"
    contacts = CONTACTS

    def __init__(self, body: Body) -> None:
        self._lying = OnBack(body)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying, legs = self._lying, {}
        for one, sign in SIDES:
            slide = values["slide"] if one == side else 0.0
            ankle = between(lying.lying_ankle(sign), lying.flat_ankle(sign), share=slide)
            lifted = UP * values["lifted_m"] * (one == side)
            legs[one] = lying.to_ankle(sign, ankle + lifted, flat=slide)
        return lying.figure(legs)


MOTION = Motion(
    exercise=HeelSlides,
    rest={"slide": 0.0, "lifted_m": 0.0},
    top={"slide": 0.98},
    spread={"slide": 0.03},
    tempo=Tempo(rise_s=1.8, hold_s=0.5, lower_s=1.8, rest_s=0.8),
    partial={"slide": 0.45},
    flaws={
        "foot_lifted": Flaw(top={"lifted_m": 0.16}, near={"lifted_m": 0.10}),
        "too_fast": Flaw(tempo={"rise_s": 0.5, "lower_s": 0.5}),
        "small_range": Flaw(top={"slide": 0.42}, kind="partial"),
    },
    sides="each",
    sway={"slide": 0.002},
    views={"side": (70, 106)},
    lens_m=(0.3, 0.7),
)  # fmt: skip
