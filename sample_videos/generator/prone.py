"""Lying on the belly: trunk, legs and head on the floor, and what an exercise lifts of them.

Head at +z, feet at -z, face down; the hips are over the origin.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.contacts import settle
from sample_videos.generator.kinematics import (
    SIDES,
    Aim,
    Figure,
    Limb,
    Posture,
    Reach,
    Side,
    palm_down,
    pose,
)
from sample_videos.generator.rotations import FORWARD, UP, Vector, pitch

CHEST = ("thorax", "lower_thorax", "left_clavicle", "right_clavicle")
HIPS = ("pelvis", "left_thigh", "right_thigh")
TOES = ("left_foot", "right_foot", "left_toes", "right_toes")
CONTACTS: Mapping[str, tuple[str, ...]] = {"hips": HIPS}

_TRUNK_M = 0.51
_POINTED_DEG = 62.0
_BELLY_YIELD_M = 0.03


@dataclass
class OnBelly:
    """A body on its belly."""

    body: Body
    _heights: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        k = self.k
        start = {"hips": 0.11 * k, "chest": 0.13 * k, "toes": 0.07 * k, "head": 0.0}
        self._heights = settle(
            self.body, self._resting,
            contacts={"hips": HIPS, "chest": CHEST, "toes": TOES, "head": ("head",)},
            start=start, sink_m={"hips": _BELLY_YIELD_M},
        )  # fmt: skip

    @property
    def k(self) -> float:
        """Size against the reference body."""
        return self.body.person.scale

    def _resting(self, heights: dict[str, float]) -> Figure:
        self._heights = heights
        return self.figure()

    def figure(
        self, *, extend_deg: float = 0.0, head_deg: float = 0.0,
        legs: Mapping[Side, Limb] | None = None, arms: Mapping[Side, Limb] | None = None,
    ) -> Figure:  # fmt: skip
        """The figure; without limbs given they lie, the arms stretched ahead.

        extend_deg: how far the chest is raised, bending the spine. head_deg: how far the face
        looks up beyond that.
        """
        posture = self.posture(extend_deg=extend_deg, head_deg=head_deg)
        legs = legs or {side: self.leg(sign) for side, sign in SIDES}
        if arms is None:
            roots = self.roots(extend_deg=extend_deg).joints
            arms = {s: self.arm_ahead(roots[f"{s}_upper_arm"], sign) for s, sign in SIDES}
        return pose(self.body.skeleton, posture(legs, arms))

    def roots(self, *, extend_deg: float = 0.0) -> Figure:
        """The figure with the arms wherever: for where shoulders and chest are."""
        bare = {side: Aim(FORWARD, UP) for side, _ in SIDES}
        legs = {side: self.leg(sign) for side, sign in SIDES}
        posture = self.posture(extend_deg=extend_deg, head_deg=0.0)
        return pose(self.body.skeleton, posture(legs, bare))

    def posture(self, *, extend_deg: float, head_deg: float) -> PostureOf:
        """The trunk's part of a posture."""
        heights, k = self._heights, self.k
        lean_deg = float(
            np.degrees(np.arcsin((heights["chest"] - heights["hips"]) / (_TRUNK_M * k)))
        )
        nod_deg = float(np.degrees(np.clip(heights["head"] / (0.16 * k), -0.9, 0.9)))
        pelvis_deg = 90 - lean_deg - 0.1 * extend_deg
        thorax_deg = 90 - lean_deg - extend_deg
        return PostureOf(
            pelvis_deg=pelvis_deg, thorax_deg=thorax_deg,
            head_deg=86 - nod_deg - extend_deg - head_deg, at=UP * heights["hips"],
        )  # fmt: skip

    # --- limbs ----------------------------------------------------------------------------------

    def leg(self, sign: int, *, lift_deg: float = 0.0, knee_deg: float = 176.0) -> Aim:
        """A leg stretched back, lifted by an elevation over its lying."""
        down = (self._heights["toes"] - self._heights["hips"]) / self.body.skeleton.leg_m
        rise = np.arcsin(down) + np.radians(lift_deg)
        aside = sign * 0.04
        return Aim(
            along=np.array([aside, np.sin(rise), -np.cos(rise)]),
            pole=np.array([0, -np.cos(rise), -np.sin(rise)]),
            flex_deg=180 - knee_deg, tip_flex_deg=_POINTED_DEG,
        )  # fmt: skip

    def arm_ahead(self, shoulder: Vector, sign: int, *, wrist_m: float = 0.0) -> Reach:
        """An arm stretched ahead, its hand wrist_m above the floor."""
        height_m = 0.04 * self.k + wrist_m
        reach_m = 0.985 * self.body.skeleton.arm_m
        ahead = np.sqrt(max(reach_m**2 - (height_m - shoulder[1]) ** 2, 0.01))
        wrist = np.array([shoulder[0] + sign * 0.03, height_m, shoulder[2] + ahead])
        palm = palm_down(self.body.skeleton, sign)
        return Reach(wrist, np.array([sign, -0.1, 0.0]), tip=palm)

    def hand_down(self, place: Vector, sign: int, *, pole: Vector) -> Reach:
        """An arm whose palm lies on the floor at a place, fingers ahead."""
        palm = palm_down(self.body.skeleton, sign)
        return Reach(place * [1, 0, 1] + UP * 0.035 * self.k, pole, tip=palm)


@dataclass(frozen=True)
class PostureOf:
    """A trunk that waits for its limbs."""

    pelvis_deg: float
    thorax_deg: float
    head_deg: float
    at: Vector

    def __call__(self, legs: Mapping[Side, Limb], arms: Mapping[Side, Limb]) -> Posture:
        """The whole posture."""
        return Posture(
            pelvis=pitch(self.pelvis_deg), thorax=pitch(self.thorax_deg),
            head=pitch(self.head_deg), anchor=("left_thigh", "right_thigh"), at=self.at,
            legs=legs, arms=arms,
        )  # fmt: skip
