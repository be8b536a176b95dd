"""Straight leg raise: one knee bent, the other leg straight; the straight leg is lifted.

Values: `leg_deg`, elevation of the working leg over its lying; `knee_deg`, its knee; `other_in`, 1
with the other foot flat near the hips, 0 with that leg straight as well.
"""

from __future__ import annotations

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Figure, Side, between
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.supine import CONTACTS, OnBack

CLIPS = ()


class StraightLegRaise(Unaided):
    """A body that lifts one straight leg."""

    id = "straight_leg_raise"
    contacts = CONTACTS

    def __init__(self, body: Body) -> None:
        self._lying = OnBack(body)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values; the right leg works where no side is told."""
        lying, legs = self._lying, {}
        for one, sign in SIDES:
            lying_ankle = lying.lying_ankle(sign)
            if one == (side or self.resting_side):
                risen = lying.ankle_of(
                    sign, thigh_deg=values["leg_deg"] + (180 - values["knee_deg"]) / 2,
                    knee_deg=values["knee_deg"],
                )  # fmt: skip
                flat = lying.ankle_of(sign, thigh_deg=0.0, knee_deg=179.0)
                legs[one] = lying.to_ankle(sign, lying_ankle + risen - flat)
            else:
                ankle = between(lying_ankle, lying.flat_ankle(sign), share=values["other_in"])
                legs[one] = lying.to_ankle(sign, ankle, flat=values["other_in"])
        return lying.figure(legs)

    resting_side: Side = "left"
    """The working leg before and between reps: this exercise does one side a set."""


MOTION = Motion(
    exercise=StraightLegRaise,
    rest={"leg_deg": 0.0, "knee_deg": 179.0, "other_in": 1.0},
    top={"leg_deg": 16.0},
    spread={"leg_deg": 2.0},
    tempo=Tempo(rise_s=1.3, hold_s=2.4, lower_s=1.4, rest_s=1.0),
    partial={"leg_deg": 7.0},
    flaws={
        "too_high": Flaw(top={"leg_deg": 38.0}, near={"leg_deg": 28.0}),
        "too_low": Flaw(top={"leg_deg": 6.0}, kind="partial"),
        "knee_bending": Flaw(top={"knee_deg": 132.0}, near={"knee_deg": 144.0}),
        "other_leg_straight": Flaw(always={"other_in": 0.0}),
        "dropping": Flaw(tempo={"lower_s": 0.35}),
        "too_fast": Flaw(tempo={"rise_s": 0.35}),
    },
    not_shown={"back_arching": "the small of the back is hidden behind the arm at the side"},
    sides="each",
    sway={"leg_deg": 0.2},
    views={"side": (72, 106)},
    lens_m=(0.3, 0.7),
)  # fmt: skip
