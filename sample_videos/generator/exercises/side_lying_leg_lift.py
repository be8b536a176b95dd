"""Side-lying leg lift: on the side, chest to the camera, the upper leg is lifted and lowered.

Values: `leg_deg`, elevation of the upper leg; `knee_deg`, angle of its knee; `roll_deg`, how far
the body rolls on its back; `ahead_deg`, how far the upper leg is swung forward.
"""

from __future__ import annotations

from typing import ClassVar

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.contacts import Heights, settle
from sample_videos.generator.kinematics import SIDES, Aim, Figure, Posture, Reach, Side, pose
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import FORWARD, LEFTWARD, turn

CLIPS = ()

_REST_DEG = -4.0
_CONTACTS = {
    "hips": ("pelvis", "right_thigh"),
    "ribs": ("thorax", "right_clavicle", "right_upper_arm"),
}
_SINK_M = {"hips": 0.02, "ribs": 0.015}


class SideLyingLegLift(Unaided):
    """A body on its side."""

    id = "side_lying_leg_lift"
    contacts: ClassVar = {"hips": ("pelvis", "left_thigh", "right_thigh")}

    def __init__(self, body: Body) -> None:
        self._skeleton, self._k = body.skeleton, body.person.scale
        joints = self._skeleton.joints
        self._trunk_m = float(np.linalg.norm(joints["left_upper_arm"] - joints["left_thigh"]))
        self._heights = {"hips": 0.17 * self._k, "ribs": 0.20 * self._k}
        self._heights = settle(
            body, self._at_rest, contacts=_CONTACTS, start=self._heights, sink_m=_SINK_M
        )

    def _at_rest(self, heights: Heights) -> Figure:
        self._heights = heights
        return self.figure(MOTION.rest, "left")

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values; `side` is the upper one."""
        up = -1 if side == "right" else 1
        feet = up * LEFTWARD
        rise_m = self._heights["ribs"] - self._heights["hips"]
        tilt_deg = float(np.degrees(np.arcsin(np.clip(rise_m / self._trunk_m, -0.5, 0.5))))
        roll = turn(LEFTWARD, -values["roll_deg"])
        hips = np.array([0, self._heights["hips"], 0.0])
        pelvis, thorax, head = (
            roll @ turn(FORWARD, up * (90 - share * tilt_deg)) for share in (0.3, 1.0, -1.0)
        )
        half_m = float(self._skeleton.joints["left_thigh"][0])
        lower_hip_m = hips[1] - half_m
        rise, ahead = np.radians(values["leg_deg"]), np.radians(values["ahead_deg"])
        legs, arms = {}, {}
        for one, sign in SIDES:
            if sign == up:
                along = np.array([np.cos(rise) * np.cos(ahead), np.sin(rise), np.sin(ahead)])
                legs[one] = Aim(along * [up, 1, 1], FORWARD, flex_deg=180 - values["knee_deg"],
                                tip_flex_deg=22.0)  # fmt: skip
                hand = np.array([-up * 0.30 * self._k, 0.10, 0.26 * self._k])
                arms[one] = Reach(hand, np.array([0.0, 0.6, 1.0]), tip_flex_deg=20.0)
            else:
                drop_m = lower_hip_m - 0.05 * self._k
                along_m = np.sqrt((0.996 * self._skeleton.leg_m) ** 2 - drop_m**2)
                ankle = np.array([0, 0.05 * self._k, 0.0]) + feet * along_m
                legs[one] = Reach(ankle, FORWARD, tip_flex_deg=22.0)
                reach_m = self._trunk_m + 0.96 * self._skeleton.arm_m
                hand = np.array([0, 0.05, 0.06]) - feet * reach_m
                arms[one] = Reach(hand, np.array([0.0, 0.3, 1.0]))
        return pose(self._skeleton, Posture(
            pelvis=pelvis, thorax=thorax, head=head,
            anchor=("left_thigh", "right_thigh"), at=hips, legs=legs, arms=arms,
        ))  # fmt: skip


MOTION = Motion(
    exercise=SideLyingLegLift,
    rest={"leg_deg": _REST_DEG, "knee_deg": 176.0, "roll_deg": 0.0, "ahead_deg": 0.0},
    top={"leg_deg": 31.0},
    spread={"leg_deg": 3.0},
    tempo=Tempo(rise_s=1.3, hold_s=0.8, lower_s=1.3, rest_s=0.8),
    partial={"leg_deg": 9.0},
    flaws={
        "rolling_back": Flaw(top={"roll_deg": 38.0}, near={"roll_deg": 24.0}),
        "knee_bent": Flaw(top={"knee_deg": 118.0}, near={"knee_deg": 138.0}),
        "too_high": Flaw(top={"leg_deg": 64.0}, near={"leg_deg": 54.0}),
        "leg_forward": Flaw(top={"ahead_deg": 34.0}, near={"ahead_deg": 21.0}),
        "swinging": Flaw(tempo={"rise_s": 0.3}),
    },
    sides="each",
    sway={"leg_deg": 0.4},
    views={"front": (0, 12)},
    lens_m=(0.3, 0.7),
)  # fmt: skip
