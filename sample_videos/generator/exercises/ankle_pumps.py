"""Ankle pumps: on the back with straight legs, a foot is moved up and down.

Values: `plantar_deg`, how far the working foot points away from the shin; `knee_in`, how far its
knee comes up.
"""

from __future__ import annotations

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Figure, Side, between
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.supine import CONTACTS, OnBack

CLIPS = ()

_RELAXED_DEG = 30.0


class AnklePumps(Unaided):
    """A body that pumps one ankle."""

    id = "ankle_pumps"
    contacts = CONTACTS

    def __init__(self, body: Body) -> None:
        self._lying = OnBack(body)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying, legs = self._lying, {}
        for one, sign in SIDES:
            works = one == side
            knee_in = values["knee_in"] if works else 0.0
            ankle = between(lying.lying_ankle(sign), lying.flat_ankle(sign), share=knee_in)
            flex_deg = values["plantar_deg"] if works else _RELAXED_DEG
            legs[one] = lying.to_ankle(sign, ankle, flex_deg=flex_deg)
        return lying.figure(legs)


MOTION = Motion(
    exercise=AnklePumps,
    rest={"plantar_deg": _RELAXED_DEG, "knee_in": 0.0},
    top={"plantar_deg": -14.0},
    spread={"plantar_deg": 3.0},
    tempo=Tempo(rise_s=0.7, hold_s=0.2, lower_s=0.7, rest_s=0.15),
    partial={"plantar_deg": 16.0},
    flaws={"knee_moving": Flaw(top={"knee_in": 0.45})},
    not_shown={"small_range": "a foot that moves too little is not told from one that is still"},
    sides="each",
    views={"side": (70, 106)},
    lens_m=(0.25, 0.6),
)  # fmt: skip
