"""Supine hamstring stretch: on the back, one thigh is held upright and its knee straightened.

Values: `lift`, 0 with the foot on the floor, 1 in the stretch; `thigh_deg`, elevation of the
working thigh; `knee_deg`, its knee; `hands`, 0 on the floor, 1 behind the thigh.
"""

from __future__ import annotations

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Figure, Side, between
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import FORWARD, Vector
from sample_videos.generator.supine import CONTACTS, OnBack

CLIPS = ()


class SupineHamstringStretch(Unaided):
    """A body that stretches one leg upwards."""

    id = "supine_hamstring_stretch"
    contacts = CONTACTS

    def __init__(self, body: Body) -> None:
        self._lying = OnBack(body)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying = self._lying
        legs = {one: lying.planted(sign) for one, sign in SIDES}
        for one, sign in SIDES:
            if one == side:
                goal = lying.ankle_of(
                    sign, thigh_deg=values["thigh_deg"], knee_deg=values["knee_deg"]
                )
                lift = values["lift"]
                ankle = between(lying.flat_ankle(sign), goal, share=lift)
                legs[one] = lying.to_ankle(sign, ankle, flat=1 - lift, flex_deg=5.0)

        def behind(figure: Figure, hand: Side) -> Vector:
            hip, knee = (figure.joints[f"{side or 'left'}_{bone}"] for bone in ("thigh", "shank"))
            back = figure.rotations[f"{side or 'left'}_thigh"] @ FORWARD
            place = hip + (knee - hip) * 0.62 - back * 0.09
            place[0] += 0.05 if hand == "left" else -0.05
            return place

        return lying.reaching(legs, behind, values["hands"] if side else 0.0)


MOTION = Motion(
    exercise=SupineHamstringStretch,
    rest={"lift": 0.0, "thigh_deg": 90.0, "knee_deg": 90.0, "hands": 0.0},
    top={"lift": 1.0, "thigh_deg": 92.0, "knee_deg": 168.0, "hands": 1.0},
    spread={"thigh_deg": 2.0, "knee_deg": 4.0},
    tempo=Tempo(rise_s=2.4, hold_s=3.0, lower_s=2.0, rest_s=1.0),
    partial={"lift": 1.0, "thigh_deg": 62.0, "knee_deg": 165.0, "hands": 0.9},
    flaws={
        "knee_bent": Flaw(
            top={"thigh_deg": 100.0, "knee_deg": 122.0}, near={"knee_deg": 134.0}, kind="partial"
        ),
        "leg_not_vertical": Flaw(
            top={"thigh_deg": 60.0, "knee_deg": 166.0}, near={"thigh_deg": 69.0}, kind="partial"
        ),
        "past_vertical": Flaw(top={"thigh_deg": 130.0}, near={"thigh_deg": 120.0}),
        "hands_missing": Flaw(top={"hands": 0.0}),
        "jerky": Flaw(tempo={"rise_s": 0.6}),
    },
    sides="alternating",
    sway={"knee_deg": 0.5},
    views={"side": (70, 108), "oblique": (46, 60)},
    lens_m=(0.3, 0.7),
)  # fmt: skip
