"""Superman: on the belly with the arms ahead, chest, arms and legs are lifted together.

Values: `extend_deg`, how far the chest comes up; `leg_deg`, how far the legs; `wrist_m`, height of
the hands over the floor; `head_deg`, how far the face looks up; `knee_deg`, angle of the knees.
"""

from __future__ import annotations

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Figure, Side
from sample_videos.generator.motion import Values
from sample_videos.generator.prone import CONTACTS, OnBelly
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided

CLIPS = ()


class Superman(Unaided):
    """A body that lifts chest, arms and legs off the floor."""

    id = "superman"
    contacts = CONTACTS

    def __init__(self, body: Body) -> None:
        self._lying = OnBelly(body)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying, extend_deg = self._lying, values["extend_deg"]
        legs = {
            one: lying.leg(sign, lift_deg=values["leg_deg"], knee_deg=values["knee_deg"])
            for one, sign in SIDES
        }
        roots = lying.roots(extend_deg=extend_deg).joints
        arms = {
            one: lying.arm_ahead(roots[f"{one}_upper_arm"], sign, wrist_m=values["wrist_m"])
            for one, sign in SIDES
        }
        return lying.figure(
            extend_deg=extend_deg, head_deg=values["head_deg"], legs=legs, arms=arms
        )


MOTION = Motion(
    exercise=Superman,
    rest={"extend_deg": 0.0, "leg_deg": 0.0, "wrist_m": 0.0, "head_deg": 0.0, "knee_deg": 176.0},
    top={"extend_deg": 22.0, "leg_deg": 11.0, "wrist_m": 0.24},
    spread={"extend_deg": 3.0, "leg_deg": 1.5, "wrist_m": 0.03},
    tempo=Tempo(rise_s=1.4, hold_s=2.4, lower_s=1.4, rest_s=1.8),
    partial={"extend_deg": 20.0, "leg_deg": 0.0, "wrist_m": 0.2},
    flaws={
        "legs_down": Flaw(top={"leg_deg": 0.0}, kind="partial"),
        "chest_down": Flaw(top={"extend_deg": 0.0, "wrist_m": 0.12}, kind="partial"),
        "arms_down": Flaw(top={"wrist_m": 0.0}),
        "too_high": Flaw(top={"leg_deg": 34.0}, near={"leg_deg": 25.0}),
        "head_back": Flaw(top={"head_deg": 36.0}, near={"head_deg": 24.0}),
        "knees_bending": Flaw(top={"knee_deg": 112.0}, near={"knee_deg": 128.0}),
        "dropping": Flaw(tempo={"lower_s": 0.3}),
        "no_rest": Flaw(tempo={"rest_s": 0.3}),
    },
    sway={"extend_deg": 0.3, "leg_deg": 0.2},
    views={"side": (75, 105)},
    lens_m=(0.25, 0.6),
)  # fmt: skip
