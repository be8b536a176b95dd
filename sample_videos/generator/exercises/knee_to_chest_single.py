"""Single knee to chest: on the back with bent knees, one knee is pulled in with both hands.

Values: `lift`, 0 with the foot on the floor, 1 at the chest; `thigh_deg` and `knee_deg`, where the
working leg goes; `other_lift`, how far the other leg comes along; `hands`, 0 on the floor, 1 on the
knee; `nod_deg`, how far head and shoulders come up.
"""

from __future__ import annotations

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Figure, Side, between
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import Vector
from sample_videos.generator.supine import CONTACTS, OnBack, Trunk, on_knee

CLIPS = ()


class KneeToChestSingle(Unaided):
    """A body that pulls one knee to its chest."""

    id = "knee_to_chest_single"
    contacts = CONTACTS

    def __init__(self, body: Body) -> None:
        self._lying = OnBack(body)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying = self._lying
        legs = {}
        for one, sign in SIDES:
            lift = (values["lift"] if one == side else values["other_lift"]) if side else 0.0
            near = lying.ankle_of(sign, thigh_deg=values["thigh_deg"], knee_deg=values["knee_deg"])
            ankle = between(lying.flat_ankle(sign), near, share=lift)
            legs[one] = lying.to_ankle(sign, ankle, flat=1 - lift)
        trunk = Trunk(tuck_deg=6 * values["lift"], curl_deg=values["curl_deg"])

        def goal(figure: Figure, hand: Side) -> Vector:
            knee = on_knee(figure, side or "left")
            aside = 0.06 if hand == "left" else -0.06
            knee[0] += aside
            return knee

        return lying.reaching(legs, goal, values["hands"] if side else 0.0, trunk=trunk)


MOTION = Motion(
    exercise=KneeToChestSingle,
    rest={"lift": 0.0, "thigh_deg": 128.0, "knee_deg": 48.0, "other_lift": 0.0, "hands": 0.0,
          "curl_deg": 0.0},
    top={"lift": 1.0, "hands": 1.0},
    spread={},
    tempo=Tempo(rise_s=2.0, hold_s=3.0, lower_s=1.8, rest_s=1.0),
    partial={"lift": 0.72, "hands": 0.8},
    flaws={
        "not_close": Flaw(top={"lift": 0.5}, kind="partial"),
        "other_knee_came_too": Flaw(top={"other_lift": 0.9}),
        "head_lifted": Flaw(top={"curl_deg": 24.0}, near={"curl_deg": 14.0}),
        "hands_missing": Flaw(top={"hands": 0.0}),
        "too_fast": Flaw(tempo={"rise_s": 0.5}),
    },
    sides="alternating",
    sway={"thigh_deg": 0.5},
    views={"side": (62, 105)},
    lens_m=(0.3, 0.7),
)  # fmt: skip
