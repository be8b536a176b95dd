"""Prone opposite arm, opposite leg: on the belly, one arm and the other side's leg are lifted.

Values: `leg_deg` and `other_leg_deg`, how far the working leg and the other come up; `wrist_m`,
height of the working leg's opposite hand; `extend_deg`, how far the chest comes along; `head_deg`,
how far the face looks up.
"""

from __future__ import annotations

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Figure, Side
from sample_videos.generator.motion import Values
from sample_videos.generator.prone import CONTACTS, OnBelly
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided

CLIPS = ()


class ProneOppositeArmLeg(Unaided):
    """A body that lifts one arm and the opposite leg off the floor."""

    id = "prone_opposite_arm_leg"
    contacts = CONTACTS

    def __init__(self, body: Body) -> None:
        self._lying = OnBelly(body)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values; `side` is that of the working leg."""
        lying, extend_deg = self._lying, values["extend_deg"]
        roots = lying.roots(extend_deg=extend_deg).joints
        legs, arms = {}, {}
        for one, sign in SIDES:
            works = one == side
            lift_deg = values["leg_deg"] if works else values["other_leg_deg"]
            legs[one] = lying.leg(sign, lift_deg=lift_deg)
            wrist_m = values["wrist_m"] if side and not works else 0.0
            arms[one] = lying.arm_ahead(roots[f"{one}_upper_arm"], sign, wrist_m=wrist_m)
        return lying.figure(
            extend_deg=extend_deg, head_deg=values["head_deg"], legs=legs, arms=arms
        )


MOTION = Motion(
    exercise=ProneOppositeArmLeg,
    rest={"leg_deg": 0.0, "other_leg_deg": 0.0, "wrist_m": 0.0, "extend_deg": 0.0,
          "head_deg": 0.0},
    top={"leg_deg": 17.0, "wrist_m": 0.30, "extend_deg": 6.0},
    spread={"leg_deg": 2.0, "wrist_m": 0.03},
    tempo=Tempo(rise_s=1.3, hold_s=2.2, lower_s=1.4, rest_s=1.0),
    partial={"leg_deg": 0.0, "wrist_m": 0.28},
    flaws={
        "arm_not_raised": Flaw(top={"wrist_m": 0.0}, kind="partial", towards="resting"),
        "both_legs": Flaw(top={"other_leg_deg": 11.0}),
        "head_back": Flaw(top={"head_deg": 36.0}, near={"head_deg": 24.0}),
        "drop": Flaw(tempo={"lower_s": 0.4}),
    },
    sides="alternating",
    sway={"leg_deg": 0.3},
    views={"side": (75, 105)},
    lens_m=(0.25, 0.6),
)  # fmt: skip
