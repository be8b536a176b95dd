"""Quadruped leg raise: on hands and knees, one leg is stretched out behind and lowered.

Its values are those of `quadruped`; both hands stay on the floor.
"""

from __future__ import annotations

from sample_videos.generator.kinematics import Figure, Side
from sample_videos.generator.motion import Values
from sample_videos.generator.quadruped import REST, AllFours
from sample_videos.generator.repertoire import Flaw, Motion, Tempo

CLIPS = ()


class QuadrupedLegRaise(AllFours):
    """A body that stretches one leg out behind."""

    id = "quadruped_leg_raise"

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        return super().figure({**values, "arm_lift": 0.0}, side)


MOTION = Motion(
    exercise=QuadrupedLegRaise,
    rest={**REST, "hollow_deg": 0.0},
    top={"lift": 1.0, "thigh_deg": -1.0, "knee_deg": 171.0},
    spread={"thigh_deg": 4.0, "knee_deg": 3.0},
    tempo=Tempo(rise_s=1.5, hold_s=2.6, lower_s=1.5, rest_s=1.0),
    partial={"lift": 1.0, "thigh_deg": -29.0},
    flaws={
        "above_body_level": Flaw(top={"thigh_deg": 33.0}, near={"thigh_deg": 22.0}),
        "leg_low": Flaw(top={"thigh_deg": -30.0}, near={"thigh_deg": -23.0}, kind="partial"),
        "knee_bent": Flaw(
            top={"knee_deg": 122.0, "thigh_deg": -14.0}, near={"knee_deg": 143.0}, kind="partial"
        ),
        "back_arching": Flaw(top={"hollow_deg": 26.0}, near={"hollow_deg": 18.0}),
        "jerky": Flaw(tempo={"rise_s": 0.4}),
    },
    sides="each",
    sway={"thigh_deg": 0.3},
    views={"side": (75, 105)},
    lens_m=(0.35, 0.75),
)  # fmt: skip
