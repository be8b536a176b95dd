"""Postures given by where the hips, the feet and the hands are; knees and elbows follow."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formcheck.records.pose import Floats, Side
from tests.bodies.postures import Posture
from tests.bodies.skeleton import (
    Body,
    Figure,
    Limbs,
    Numbers,
    corner_deg,
    direction,
    third_side_m,
)

Place = tuple[Numbers, Numbers]
"""Forward and up, in metres."""


@dataclass(frozen=True)
class Placed(Posture):
    """Hips and ankles in their places, arms by their directions; the defaults are standing.

    *_ankle_*_m: forward and up. *_foot_deg: 0 flat, -90 on the toes' tips. *_arm_deg: from the
    shoulder to the wrist. neck_deg: of the head against the trunk, above 0 towards the back.
    A place that is out of reach is reached for with a straight limb.
    """

    hip_x_m: Numbers = -0.02
    hip_z_m: Numbers = 0.835
    trunk_deg: Numbers = 88.0
    neck_deg: Numbers = 0.0
    left_ankle_x_m: Numbers = 0.0
    left_ankle_z_m: Numbers = 0.066
    left_foot_deg: Numbers = 0.0
    right_ankle_x_m: Numbers = 0.0
    right_ankle_z_m: Numbers = 0.066
    right_foot_deg: Numbers = 0.0
    left_arm_deg: Numbers = 272.0
    left_elbow_deg: Numbers = 172.0
    right_arm_deg: Numbers = 272.0
    right_elbow_deg: Numbers = 172.0

    def figure(self, body: Body) -> Figure:
        return Figure(
            hip_x_m=self.hip_x_m,
            hip_z_m=self.hip_z_m,
            trunk_deg=self.trunk_deg,
            head_deg=np.asarray(self.trunk_deg, float) + self.neck_deg,
            left=self._limbs("left", body),
            right=self._limbs("right", body),
        )

    def _limbs(self, side: Side, body: Body) -> Limbs:
        hip = _at((self.hip_x_m, self.hip_z_m))
        ankle = _at((self._of(side, "ankle_x_m"), self._of(side, "ankle_z_m")))
        thigh_deg, shank_deg = _bent(ankle - hip, body.thigh_m, body.shank_m, forward=1)
        upper_arm_deg, forearm_deg = self._arm_deg(side, body)
        return Limbs(
            thigh_deg=thigh_deg,
            shank_deg=shank_deg,
            foot_deg=self._of(side, "foot_deg"),
            upper_arm_deg=upper_arm_deg,
            forearm_deg=forearm_deg,
            hand_deg=self._hand_deg(forearm_deg),
        )

    def _arm_deg(self, side: Side, body: Body) -> tuple[Floats, Floats]:
        elbow_deg = self._of(side, "elbow_deg")
        length_m = third_side_m(body.upper_arm_m, body.forearm_m, between_deg=elbow_deg)
        way = length_m[..., None] * direction(self._of(side, "arm_deg"))
        return _bent(way, body.upper_arm_m, body.forearm_m, forward=-1)

    def _hand_deg(self, forearm_deg: Numbers) -> Numbers:
        """Of a free hand, which goes on as the forearm does."""
        return forearm_deg

    def _of(self, side: Side, what: str) -> Floats:
        return np.asarray(getattr(self, f"{side}_{what}"), float)


@dataclass(frozen=True)
class OnHands(Placed):
    """The same with both wrists in their place; the defaults are a high plank on the toes."""

    hip_x_m: Numbers = -0.532
    hip_z_m: Numbers = 0.396
    trunk_deg: Numbers = 15.0
    neck_deg: Numbers = -10.0
    left_ankle_x_m: Numbers = -1.278
    left_ankle_z_m: Numbers = 0.194
    left_foot_deg: Numbers = -90.0
    right_ankle_x_m: Numbers = -1.278
    right_ankle_z_m: Numbers = 0.194
    right_foot_deg: Numbers = -90.0
    wrist_x_m: Numbers = 0.0
    wrist_z_m: Numbers = 0.04

    def _arm_deg(self, side: Side, body: Body) -> tuple[Floats, Floats]:
        hip = _at((self.hip_x_m, self.hip_z_m))
        shoulder = hip + body.torso_m * direction(self.trunk_deg)
        wrist = _at((self.wrist_x_m, self.wrist_z_m))
        return _bent(wrist - shoulder, body.upper_arm_m, body.forearm_m, forward=-1)

    def _hand_deg(self, forearm_deg: Numbers) -> Numbers:
        return 0.0


def both_ankles(x_m: float, z_m: float, foot_deg: float = 0.0) -> dict[str, float]:
    """Fields of a posture with both feet beside each other."""
    places = {"ankle_x_m": x_m, "ankle_z_m": z_m, "foot_deg": foot_deg}
    return {f"{side}_{what}": at for side in ("left", "right") for what, at in places.items()}


def both_arms(arm_deg: float, elbow_deg: float = 172.0) -> dict[str, float]:
    """Fields of a posture with both arms alike."""
    angles = {"arm_deg": arm_deg, "elbow_deg": elbow_deg}
    return {f"{side}_{what}": at for side in ("left", "right") for what, at in angles.items()}


def _at(place: Place) -> Floats:
    x, z = np.broadcast_arrays(*(np.asarray(part, float) for part in place))
    return np.stack([x, np.zeros_like(x), z], axis=-1)


def _bent(way: Floats, first_m: float, second_m: float, *, forward: int) -> tuple[Floats, Floats]:
    """Directions of two bones that lead along a way; a knee bends forward, an elbow back (-1)."""
    length_m = np.clip(
        np.hypot(way[..., 0], way[..., 2]), abs(first_m - second_m) + 1e-6, first_m + second_m
    )
    way_deg = np.degrees(np.arctan2(way[..., 2], way[..., 0]))
    first = forward * corner_deg(first_m, length_m, opposite_m=second_m)
    second = forward * corner_deg(second_m, length_m, opposite_m=first_m)
    return way_deg + first, way_deg - second
