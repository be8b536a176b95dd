"""Pelvic tilt: on the back with bent knees, the small of the back is pressed to the floor.

Values: `tuck_deg`, how far the pelvis rolls; `hips_m`, how far the hips leave the floor;
`curl_deg`, how far the head comes up; `feet_out_m`, how far the feet slide away.
"""

from __future__ import annotations

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import Figure, Side
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.supine import CONTACTS, OnBack, Trunk

CLIPS = ()


class PelvicTilt(Unaided):
    """A body that tilts its pelvis."""

    id = "pelvic_tilt"
    contacts = CONTACTS

    def __init__(self, body: Body) -> None:
        self._lying = OnBack(body, knee_deg=85.0)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying = self._lying
        legs = lying.standing(values["feet_out_m"])
        trunk = Trunk(tuck_deg=values["tuck_deg"], curl_deg=values["curl_deg"])
        return lying.figure(legs, trunk=trunk, hips_m=values["hips_m"])


REST = {"tuck_deg": 0.0, "hips_m": 0.0, "curl_deg": 0.0, "feet_out_m": 0.0}
FLAWS = {
    "hips_lifting": Flaw(top={"hips_m": 0.13}, near={"hips_m": 0.07}),
    "head_lifted": Flaw(top={"curl_deg": 26.0}, near={"curl_deg": 16.0}),
}
FEET = Flaw(top={"feet_out_m": 0.20}, near={"feet_out_m": 0.11})

MOTION = Motion(
    exercise=PelvicTilt,
    rest=REST,
    top={"tuck_deg": 10.0},
    spread={"tuck_deg": 2.0},
    tempo=Tempo(rise_s=1.0, hold_s=3.0, lower_s=1.0, rest_s=1.0),
    flaws={**FLAWS, "feet_moved": FEET},
    sway={"curl_deg": 0.3},
    views={"side": (75, 105)},
    lens_m=(0.2, 0.5),
)  # fmt: skip
