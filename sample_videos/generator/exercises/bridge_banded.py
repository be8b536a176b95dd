"""Bridge with a mini band around the thighs, the knees kept apart against it.

Values: those of the bridge, and `knees_in`, 0 with the knees over the feet, 1 with them together.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.exercises.bridge import MOTION as BRIDGE
from sample_videos.generator.exercises.bridge import REST_HIP_DEG, Bridge
from sample_videos.generator.kinematics import SIDES, Figure, Reach, Side, pose
from sample_videos.generator.motion import Values
from sample_videos.generator.props import Rod
from sample_videos.generator.rotations import FORWARD

CLIPS = ()

_BAND = (0.75, 0.25, 0.35)
_ALONG_THIGH, _BAND_OUT_M = 0.82, 0.075


class BridgeBanded(Bridge):
    """A body that does bridges with a band around its thighs."""

    id = "bridge_banded"

    def __init__(self, body: Body) -> None:
        super().__init__(body)
        self._skeleton = body.skeleton

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        posture = self.posture(max(values["hip_deg"], REST_HIP_DEG))
        legs = {}
        for one, sign in SIDES:
            leg = posture.legs[one]
            assert isinstance(leg, Reach)
            pole = np.array([sign * (0.12 - 0.42 * values["knees_in"]), 1, 0.15])
            legs[one] = replace(leg, pole=pole)
        return pose(self._skeleton, replace(posture, legs=legs))

    def held(self, figure: Figure) -> tuple[Rod, ...]:
        """The band, in front of and behind the thighs."""
        strands = []
        for out_m in (_BAND_OUT_M, -_BAND_OUT_M):
            left, right = (
                figure.joints[f"{side}_thigh"] * (1 - _ALONG_THIGH)
                + figure.joints[f"{side}_shank"] * _ALONG_THIGH
                + figure.rotations[f"{side}_thigh"] @ FORWARD * out_m
                for side, _ in SIDES
            )
            strands.append(Rod(left, right, 0.018, _BAND))
        return tuple(strands)


MOTION = replace(
    BRIDGE,
    exercise=BridgeBanded,
    rest={**BRIDGE.rest, "knees_in": 0.0},
    flaws={},
    not_shown={"knees_in": "is told from the front only, from where a bridge is not filmed"},
    views={"side": (72, 108), "oblique": (50, 64)},
)
