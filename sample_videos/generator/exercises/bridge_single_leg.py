"""Single-leg bridge: a bridge on one foot, the other leg stretched out in line with the thigh.

Values: those of the bridge, and `stretch`, 0 with the other foot on the floor, 1 stretched out.
The side that works is the one that stands.
"""

from __future__ import annotations

from dataclasses import replace

from sample_videos.generator.body import Body
from sample_videos.generator.exercises.bridge import MOTION as BRIDGE
from sample_videos.generator.exercises.bridge import REST_HIP_DEG, Bridge
from sample_videos.generator.kinematics import Figure, Reach, Side, between, other, pose
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw
from sample_videos.generator.rotations import blend, pitch, unit

CLIPS = ()

_TOES_UP_DEG = -55.0


class BridgeSingleLeg(Bridge):
    """A body that does bridges on one leg."""

    id = "bridge_single_leg"

    def __init__(self, body: Body) -> None:
        super().__init__(body)
        self._skeleton = body.skeleton

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        posture = self.posture(max(values["hip_deg"], REST_HIP_DEG))
        standing = pose(self._skeleton, posture)
        if side is None or values["stretch"] <= 0:
            return standing
        free = other(side)
        thigh = standing.joints[f"{side}_shank"] - standing.joints[f"{side}_thigh"]
        along = unit(thigh) * 0.985 * self._skeleton.leg_m
        leg = posture.legs[free]
        assert isinstance(leg, Reach)
        share = values["stretch"]
        ankle = between(leg.end, standing.joints[f"{free}_thigh"] + along, share=share)
        assert leg.tip is not None
        lifted = Reach(ankle, leg.pole, tip=blend(leg.tip, pitch(_TOES_UP_DEG), share=share))
        return pose(self._skeleton, replace(posture, legs={**posture.legs, free: lifted}))


MOTION = replace(
    BRIDGE,
    exercise=BridgeSingleLeg,
    rest={**BRIDGE.rest, "stretch": 0.0},
    top={**BRIDGE.top, "stretch": 1.0},
    partial={**BRIDGE.partial, "stretch": 1.0},
    flaws={
        "foot_down": Flaw(top={"stretch": 0.0}, kind="partial"),
        "dropped_fast": Flaw(tempo={"lower_s": 0.3}),
        "uneven_hold": BRIDGE.flaws["uneven_hold"],
    },
    not_shown={"hips_tilting": "is not judged from the side, and the figure keeps its hips level"},
    sides="each",
)
