"""Abdominal contraction: on the back with bent knees and the hands on the belly, drawing it in.

Nothing of it can be told from a pose. Values: as in the pelvic tilt, whose flaws it shares.
"""

from __future__ import annotations

from dataclasses import replace

from sample_videos.generator.body import Body
from sample_videos.generator.exercises.pelvic_tilt import FEET, FLAWS, REST
from sample_videos.generator.exercises.pelvic_tilt import MOTION as PELVIC_TILT
from sample_videos.generator.kinematics import Figure, Side
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Unaided
from sample_videos.generator.rotations import LEFTWARD, UP, Vector
from sample_videos.generator.supine import CONTACTS, OnBack, Trunk

CLIPS = ()


class AbdominalContraction(Unaided):
    """A body that draws in its belly."""

    id = "abdominal_contraction"
    contacts = CONTACTS

    def __init__(self, body: Body) -> None:
        self._lying = OnBack(body, knee_deg=85.0)
        self._belly_m = (0.13 + 0.05 * max(body.person.fat, 0)) * self._lying.k

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying = self._lying
        legs = lying.standing(values["feet_out_m"])
        trunk = Trunk(curl_deg=values["curl_deg"])
        return lying.reaching(legs, self._on_belly, 1.0, trunk=trunk, hips_m=values["hips_m"])

    def _on_belly(self, figure: Figure, side: Side) -> Vector:
        aside = 0.11 if side == "left" else -0.11
        return figure.joints["lumbar"] + UP * self._belly_m + LEFTWARD * aside


MOTION = replace(
    PELVIC_TILT,
    exercise=AbdominalContraction,
    rest=REST,
    top={"curl_deg": 0.0},
    spread={},
    flaws={**FLAWS, "feet_off_floor": FEET},
    views={"side": (75, 105), "oblique": (50, 64)},
)
