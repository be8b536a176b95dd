"""Double knee to chest: on the back with bent knees, both knees are hugged to the chest.

Values: `left_lift` and `right_lift`, 0 with the foot on the floor, 1 at the chest; `hands`, 0 on
the floor, 1 on the knees; `curl_deg`, how far head and shoulders come up; `tuck_deg`, how far the
pelvis rolls up.
"""

from __future__ import annotations

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Figure, Side, between
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import UP
from sample_videos.generator.supine import CONTACTS, OnBack, Trunk, on_knee

CLIPS = ()

_THIGH_DEG, _KNEE_DEG = 132.0, 45.0
_RISE_M_PER_DEG = 0.011
"""How far the hips leave the floor for each degree that the pelvis rolls up beyond ten."""


class KneeToChestDouble(Unaided):
    """A body that hugs both knees to its chest."""

    id = "knee_to_chest_double"
    contacts = CONTACTS

    def __init__(self, body: Body) -> None:
        self._lying = OnBack(body)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying = self._lying
        legs, tuck_deg = {}, values["tuck_deg"]
        hips_m = max(tuck_deg - 10, 0) * _RISE_M_PER_DEG * lying.k
        for one, sign in SIDES:
            lift = values[f"{one}_lift"]
            rolled_deg = max(tuck_deg - 10, 0)
            near = lying.ankle_of(sign, thigh_deg=_THIGH_DEG + rolled_deg, knee_deg=_KNEE_DEG)
            ankle = between(lying.flat_ankle(sign), near + UP * hips_m, share=lift)
            legs[one] = lying.to_ankle(sign, ankle, flat=1 - lift)
        trunk = Trunk(tuck_deg=tuck_deg, curl_deg=values["curl_deg"])
        return lying.reaching(legs, on_knee, values["hands"], trunk=trunk, hips_m=hips_m)


MOTION = Motion(
    exercise=KneeToChestDouble,
    rest={"left_lift": 0.0, "right_lift": 0.0, "hands": 0.0, "curl_deg": 0.0, "tuck_deg": 0.0},
    top={"left_lift": 1.0, "right_lift": 1.0, "hands": 1.0, "tuck_deg": 8.0},
    tempo=Tempo(rise_s=2.0, hold_s=3.0, lower_s=1.8, rest_s=1.0),
    partial={"left_lift": 0.7, "right_lift": 0.7, "hands": 0.8},
    flaws={
        "one_leg_only": Flaw(top={"right_lift": 0.0}, kind="partial"),
        "not_close": Flaw(
            top={"left_lift": 0.62, "right_lift": 0.62, "hands": 0.8}, kind="partial"
        ),
        "hips_rolled_up": Flaw(top={"tuck_deg": 38.0}, near={"tuck_deg": 33.0}),
        "head_lifted": Flaw(top={"curl_deg": 24.0}, near={"curl_deg": 14.0}),
    },
    sway={"curl_deg": 0.3},
    views={"side": (62, 105)},
    lens_m=(0.3, 0.7),
)  # fmt: skip
