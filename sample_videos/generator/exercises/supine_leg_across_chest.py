"""Lower leg across the chest: on the back, one knee comes up and its shin is laid across.

Values: `lift`, 0 with the leg straight on the floor, 1 with the hip bent; `across`, how far the
shin turns towards the other side; `other_in`, how far the other foot is drawn up; `twist_deg`, how
far the pelvis rolls with it.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Figure, Side, between
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.supine import CONTACTS, OnBack, Trunk

CLIPS = ()

_THIGH_DEG = 98.0


class SupineLegAcrossChest(Unaided):
    """A body that lays one shin across its chest."""

    id = "supine_leg_across_chest"
    contacts = CONTACTS

    def __init__(self, body: Body) -> None:
        self._lying = OnBack(body)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying, legs, twist_deg = self._lying, {}, 0.0
        for one, sign in SIDES:
            if one != side:
                share = values["other_in"] if side else 0.0
                ankle = between(lying.lying_ankle(sign), lying.flat_ankle(sign), share=share)
                legs[one] = lying.to_ankle(sign, ankle, flat=share)
                continue
            across, lift = values["across"], values["lift"]
            knee_up = lying.ankle_of(sign, thigh_deg=_THIGH_DEG, knee_deg=82.0)
            # The shin swings about the knee from hanging towards the feet to lying across.
            turned = np.array([-sign * 0.36 * across, 0.06 * across, -0.30 * across]) * lying.k
            ankle = between(lying.lying_ankle(sign), knee_up + turned, share=lift)
            pole = np.array([sign * (0.05 + 0.5 * across * lift), 1.0, -0.2])
            legs[one] = lying.to_ankle(sign, ankle, pole=pole)
            twist_deg = -sign * values["twist_deg"]
        return lying.figure(legs, trunk=Trunk(twist_deg=twist_deg, follow=0.15))


MOTION = Motion(
    exercise=SupineLegAcrossChest,
    rest={"lift": 0.0, "across": 0.0, "other_in": 0.0, "twist_deg": 0.0},
    top={"lift": 1.0, "across": 1.0, "twist_deg": 5.0},
    tempo=Tempo(rise_s=2.2, hold_s=3.0, lower_s=2.0, rest_s=1.0),
    partial={"lift": 0.62, "across": 0.1},
    flaws={
        "other_leg_bent": Flaw(top={"other_in": 1.0}),
    },
    not_shown={
        "leg_not_across": "the pose model sees a leg laid across as lying the other way",
        "rolled_over": "the pose model sees less than half of the roll",
    },
    sides="alternating",
    sway={"across": 0.01},
    views={"side": (75, 105), "oblique": (35, 60)},
    lens_m=(0.2, 0.6),
)  # fmt: skip
