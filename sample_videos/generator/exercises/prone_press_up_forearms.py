"""Prone press-up on the forearms: from the belly the chest is raised until the elbows carry it.

Values: `prop`, 0 lying, 1 on the forearms with the elbows under the shoulders, more on the hands;
`hips_m`, how far the hips leave the floor; `ahead`, how far the elbows stand ahead, in
lengths of the upper arm.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.contacts import solve_for
from sample_videos.generator.kinematics import SIDES, Figure, Side, between, pose
from sample_videos.generator.motion import Values
from sample_videos.generator.prone import OnBelly
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import UP

CLIPS = ()

_ELBOW_M = 0.045


class PronePressUpForearms(Unaided):
    """A body that props itself up on its forearms."""

    id = "prone_press_up_forearms"

    def __init__(self, body: Body) -> None:
        self._lying = OnBelly(body)
        self._upper_m, self._fore_m = body.skeleton.arm_bones_m

        def shoulder_m(extend_deg: float) -> float:
            return float(self._lying.roots(extend_deg=extend_deg).middle("upper_arm")[1])

        goal_m = self._upper_m + _ELBOW_M * self._lying.k
        self._propped_deg = solve_for(goal_m, shoulder_m, start=35.0, step=5.0)
        propped = self._lying.roots(extend_deg=self._propped_deg).middle("upper_arm")
        self._elbow_ahead_m = float(propped[2])
        self._rise_m = goal_m - shoulder_m(0.0)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        lying, prop = self._lying, values["prop"]
        arms = {}
        for one, sign in SIDES:
            ahead_m = self._elbow_ahead_m + values["ahead"] * self._upper_m + self._fore_m * 0.96
            place = np.array([sign * 0.19 * lying.k, 0, ahead_m])
            pole = between(np.array([sign, 0.2, -0.4]), np.array([sign * 0.25, -0.8, -0.6]),
                           share=min(prop, 1.0))  # fmt: skip
            arms[one] = lying.hand_down(place, sign, pole=pole)
        extend_deg = self._propped_deg * prop * (1 - self._lost_share(values))
        posture = lying.posture(extend_deg=extend_deg, head_deg=-8.0 * prop)
        hips_m = values["hips_m"]
        legs = {one: lying.leg(sign, lift_deg=-hips_m * 62) for one, sign in SIDES}
        return pose(lying.body.skeleton, replace(posture, at=posture.at + UP * hips_m)(legs, arms))

    def _lost_share(self, values: Values) -> float:
        """How much of the trunk's rise is not needed, with raised hips or slanting arms."""
        slanting = 1 - self._carried_deg(values["ahead"]) / self._propped_deg
        return float(min(values["hips_m"] / self._rise_m + slanting, 1.0))

    def _carried_deg(self, ahead: float) -> float:
        """The extension at which elbows on the floor, so far ahead, carry the shoulders."""
        if not ahead:
            return self._propped_deg
        elbow = np.array([_ELBOW_M * self._lying.k, self._elbow_ahead_m + ahead * self._upper_m])

        def upper_m(extend_deg: float) -> float:
            shoulder = self._lying.roots(extend_deg=extend_deg).middle("upper_arm")
            return float(np.linalg.norm(shoulder[1:] - elbow))

        return solve_for(self._upper_m, upper_m, start=0.8 * self._propped_deg, step=-5.0)


MOTION = Motion(
    exercise=PronePressUpForearms,
    rest={"prop": 0.0, "hips_m": 0.0, "ahead": 0.0},
    top={"prop": 1.0},
    spread={"prop": 0.03},
    tempo=Tempo(rise_s=1.6, hold_s=2.8, lower_s=1.6, rest_s=1.0),
    partial={"prop": 0.45},
    flaws={
        "not_on_forearms": Flaw(top={"prop": 2.0}),
        "hips_lifting": Flaw(top={"hips_m": 0.24}, near={"hips_m": 0.15}),
        "elbows_far": Flaw(top={"ahead": 0.78}, near={"ahead": 0.45}),
    },
    not_shown={"too_high": "whoever comes so high stands on the hands, which is another fault"},
    sway={"prop": 0.004},
    views={"side": (75, 105)},
    lens_m=(0.25, 0.6),
)  # fmt: skip
