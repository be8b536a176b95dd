"""Postures as functions of what is true of them: every field is a truth, in degrees or metres.

A field holds one number, or one for each instant. Postures of one kind are blended by their
fields, so that each truth passes exactly through the numbers asked for; see `script`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, fields
from typing import Self

import numpy as np

from formcheck.records.pose import Floats, Side, other_side
from tests.bodies.skeleton import (
    Body,
    Figure,
    Limbs,
    Numbers,
    corner_deg,
    direction,
    joints_m,
    sagittal_m,
    third_side_m,
    turned,
)

LYING_HEIGHT_M = 0.09
"""Hips and shoulders above the floor on the back or sitting: half the depth of a trunk."""

KNEELING_HEIGHT_M = 0.045
"""Knees above the floor on all fours."""

WRIST_HEIGHT_M = 0.04
"""Wrists above the floor with the hand flat."""

STRIDE_M = 1.15
"""Way made in one cycle of `Walking`: about four thigh swings of 22 degrees."""


@dataclass(frozen=True, kw_only=True)
class Posture(ABC):
    """A person at a place of the floor, turned to the left by `turn_deg` from facing +x.

    off_floor_m: how high the whole body is in the air, as in a jump.
    """

    x_m: Numbers = 0.0
    y_m: Numbers = 0.0
    off_floor_m: Numbers = 0.0
    turn_deg: Numbers = 0.0

    @abstractmethod
    def figure(self, body: Body) -> Figure:
        """The bones, before the person is put in place."""

    def joints_m(self, body: Body) -> Floats:
        """The 33 landmarks at each instant, (n, 33, 3) metres in scene axes."""
        return self._placed(joints_m(self.figure(body), body))

    def toward(self, other: Self, share: Floats) -> Self:
        """The posture part of the way to another of its kind, at each of the shares (n,)."""
        pairs = {f.name: (getattr(self, f.name), getattr(other, f.name)) for f in fields(self)}
        return type(self)(**{name: a + (b - a) * share for name, (a, b) in pairs.items()})

    def _placed(self, joints: Floats) -> Floats:
        angle = np.radians(self.turn_deg)
        cosine, sine = np.cos(angle)[..., None], np.sin(angle)[..., None]
        x, y, z = np.moveaxis(joints, -1, 0)
        place = [np.asarray(at, float)[..., None] for at in (self.x_m, self.y_m)]
        lifted = z + np.asarray(self.off_floor_m, float)[..., None]
        rows = [x * cosine - y * sine + place[0], x * sine + y * cosine + place[1], lifted]
        return np.stack(np.broadcast_arrays(*rows), axis=-1)


@dataclass(frozen=True)
class Bridge(Posture):
    """On the back, knees bent, feet and shoulders on the floor, hips as high as the line asks.

    hip_line_deg: shoulder-hip-knee, 180 straight, above 180 arched; 122 is lying flat.
    rest_knee_deg: knee angle when lying flat; says how far the feet are from the hips.

    Raises ValueError when the legs are too short for both.
    """

    hip_line_deg: Numbers = 122.0
    rest_knee_deg: Numbers = 47.5

    @classmethod
    def lying(cls, rest_knee_deg: float, body: Body) -> Bridge:
        """Flat on the floor with the feet that far away."""
        ankle = _ankle_on_floor_m(body, rest_knee_deg)
        thigh = _hooked_leg_deg(body, np.array([0.0, 0.0, LYING_HEIGHT_M]), ankle)[0]
        return cls(180 - float(thigh), rest_knee_deg)

    def figure(self, body: Body) -> Figure:
        ankle = _ankle_on_floor_m(body, self.rest_knee_deg)
        shoulder = np.array([-body.torso_m, 0.0, LYING_HEIGHT_M])
        trunk_deg = self._trunk_deg(body, shoulder, ankle)
        hip = shoulder - body.torso_m * direction(trunk_deg)
        thigh_deg, shank_deg = _hooked_leg_deg(body, hip, ankle)
        self._check(trunk_deg - thigh_deg, np.linalg.norm(ankle - hip, axis=-1), body)
        limbs = Limbs(
            thigh_deg=thigh_deg,
            shank_deg=shank_deg,
            foot_deg=0.0,
            upper_arm_deg=-6.0,
            forearm_deg=-6.0,
            hand_deg=0.0,
            elbow_out_m=0.08,
        )
        return Figure(
            hip_x_m=hip[..., 0],
            hip_z_m=hip[..., 2],
            trunk_deg=trunk_deg,
            head_deg=178.0,
            left=limbs,
            right=limbs,
        )

    def _check(self, line_deg: Floats, leg_m: Floats, body: Body) -> None:
        is_met = np.abs(line_deg - self.hip_line_deg) < 0.001
        if not np.all(is_met & (leg_m <= body.thigh_m + body.shank_m)):
            raise ValueError("no bridge has this hip line with the feet there")

    def _trunk_deg(self, body: Body, shoulder: Floats, ankle: Floats) -> Floats:
        """Trunk direction that gives the hip line, by halving: the line grows with the hips."""
        goal = np.broadcast_to(
            np.asarray(self.hip_line_deg, float),
            np.broadcast_shapes(np.shape(self.hip_line_deg), ankle.shape[:-1]),
        )
        low, high = np.full(goal.shape, 165.0), np.full(goal.shape, 230.0)
        for _ in range(40):
            middle = (low + high) / 2
            hip = shoulder - body.torso_m * direction(middle)
            is_low = middle - _hooked_leg_deg(body, hip, ankle)[0] < goal
            low, high = np.where(is_low, middle, low), np.where(is_low, high, middle)
        return (low + high) / 2


@dataclass(frozen=True)
class Quadruped(Posture):
    """On hands and knees, each limb free: the defaults are kneeling.

    *_leg_deg: hip to ankle above horizontal. *_knee_deg: knee angle.
    *_arm_deg: shoulder to wrist above horizontal. *_elbow_deg: elbow angle.
    """

    left_leg_deg: Numbers = -41.0
    right_leg_deg: Numbers = -41.0
    left_knee_deg: Numbers = 78.0
    right_knee_deg: Numbers = 78.0
    left_arm_deg: Numbers = -90.0
    right_arm_deg: Numbers = -90.0
    left_elbow_deg: Numbers = 172.0
    right_elbow_deg: Numbers = 172.0

    @property
    def leg_deg(self) -> Numbers:
        """Elevation of the higher leg."""
        return np.maximum(self.left_leg_deg, self.right_leg_deg)

    @property
    def arm_deg(self) -> Numbers:
        """Elevation of the higher arm."""
        return np.maximum(self.left_arm_deg, self.right_arm_deg)

    def figure(self, body: Body) -> Figure:
        hip_m = KNEELING_HEIGHT_M + body.thigh_m
        reach_m = third_side_m(body.upper_arm_m, body.forearm_m, between_deg=172.0)
        rise = (WRIST_HEIGHT_M + reach_m - hip_m) / body.torso_m
        trunk_deg = np.degrees(np.arcsin(rise))
        return Figure(
            hip_x_m=-body.torso_m / 2,
            hip_z_m=hip_m,
            trunk_deg=trunk_deg,
            head_deg=trunk_deg - 10,
            left=self._limbs("left", body),
            right=self._limbs("right", body),
        )

    def _limbs(self, side: Side, body: Body) -> Limbs:
        leg, knee, arm, elbow = (
            np.asarray(getattr(self, f"{side}_{joint}_deg"), float)
            for joint in ("leg", "knee", "arm", "elbow")
        )
        leg_m = third_side_m(body.thigh_m, body.shank_m, between_deg=knee)
        thigh = 180 - leg + corner_deg(body.thigh_m, leg_m, opposite_m=body.shank_m)
        arm_m = third_side_m(body.upper_arm_m, body.forearm_m, between_deg=elbow)
        upper_arm = arm - corner_deg(body.upper_arm_m, arm_m, opposite_m=body.forearm_m)
        return Limbs(
            thigh_deg=thigh,
            shank_deg=thigh - 180 + knee,
            foot_deg=thigh - 130 + knee,
            upper_arm_deg=upper_arm,
            forearm_deg=upper_arm + 180 - elbow,
            hand_deg=0.0,
        )


def bird_dog(
    leg_deg: float = 0.0,
    arm_deg: float = 0.0,
    *,
    knee_deg: float = 172.0,
    elbow_deg: float = 172.0,
    working_leg: Side = "left",
) -> Quadruped:
    """One leg and the opposite arm raised."""
    arm = other_side(working_leg)
    return Quadruped(
        **{
            f"{working_leg}_leg_deg": leg_deg,
            f"{working_leg}_knee_deg": knee_deg,
            f"{arm}_arm_deg": arm_deg,
            f"{arm}_elbow_deg": elbow_deg,
        }
    )


@dataclass(frozen=True)
class Squat(Posture):
    """Standing on both feet and anything below it; the defaults are standing.

    thigh_deg: knee to hip above horizontal in the sagittal plane: 0 thighs parallel to the floor.
    trunk_deg: hips to shoulders above horizontal.
    knee_gap_ratio: distance of the knees over distance of the ankles, below 1 knees fall in.
    heel_lift: height of the heels in shank lengths, on the toes.
    ankle_gap_ratio: distance of the ankles over distance of the hips.
    hips_forward_m: shifts the hips ahead of where balance puts them.
    """

    thigh_deg: Numbers = 88.0
    trunk_deg: Numbers = 88.0
    knee_gap_ratio: Numbers = 1.0
    heel_lift: Numbers = 0.0
    ankle_gap_ratio: Numbers = 1.0
    hips_forward_m: Numbers = 0.0

    def figure(self, body: Body) -> Figure:
        thigh_deg = 360 - np.asarray(self.thigh_deg, float)
        knee_out_m, ankle_out_m = self._outwards_m(body)
        shank_m = sagittal_m(body.shank_m, ankle_out_m)
        shank_deg = 270 - np.degrees(np.arcsin(self._knee_ahead_m(body) / shank_m))
        foot_deg = -np.degrees(np.arcsin(self.heel_lift * body.shank_m / body.foot_m))
        thigh = sagittal_m(body.thigh_m, knee_out_m)[..., None] * direction(thigh_deg)
        hip = _ankle_over_toe(body, foot_deg) - shank_m[..., None] * direction(shank_deg) - thigh
        arms_deg = 5 - self.thigh_deg
        limbs = Limbs(
            thigh_deg=thigh_deg,
            shank_deg=shank_deg,
            foot_deg=foot_deg,
            upper_arm_deg=arms_deg,
            forearm_deg=arms_deg + 5,
            hand_deg=arms_deg + 5,
            knee_out_m=knee_out_m,
            ankle_out_m=ankle_out_m,
        )
        return Figure(
            hip_x_m=hip[..., 0],
            hip_z_m=hip[..., 2],
            trunk_deg=self.trunk_deg,
            head_deg=self.trunk_deg,
            left=limbs,
            right=limbs,
        )

    def _outwards_m(self, body: Body) -> tuple[Numbers, Numbers]:
        ankles_m = self.ankle_gap_ratio * body.hip_width_m
        knees_m = self.knee_gap_ratio * ankles_m
        return (knees_m - body.hip_width_m) / 2, (ankles_m - knees_m) / 2

    def _knee_ahead_m(self, body: Body) -> Floats:
        """Knee ahead of the ankle, that the weight is over the foot: 68 % head, arms and trunk,
        20 % thighs, 12 % shanks (Winter), each at its middle, arms reaching out with depth."""
        thigh_m = body.thigh_m * np.cos(np.radians(self.thigh_deg))
        trunk_m = 0.6 * body.torso_m * np.cos(np.radians(self.trunk_deg)) + 0.12 * thigh_m
        ahead_m = (0.03 + 0.78 * thigh_m - 0.68 * trunk_m) / 0.94 + self.hips_forward_m
        return np.clip(ahead_m, -0.2 * body.shank_m, 0.85 * body.shank_m)


@dataclass(frozen=True)
class Walking(Posture):
    """Walking on the spot: `phase` counts cycles; move `x_m` by `STRIDE_M` a cycle."""

    phase: Numbers = 0.0

    def figure(self, body: Body) -> Figure:
        return Figure(
            hip_x_m=0.0,
            hip_z_m=0.0,
            trunk_deg=86.0,
            head_deg=88.0,
            left=self._limbs(0.0),
            right=self._limbs(0.5),
        )

    def joints_m(self, body: Body) -> Floats:
        joints = super().joints_m(body)
        joints[..., 2] -= joints[..., 2].min(axis=1, keepdims=True)
        return joints

    def _limbs(self, ahead: float) -> Limbs:
        turn = 2 * np.pi * (np.asarray(self.phase, float) + ahead)
        thigh_deg = 270 + 22 * np.sin(turn)
        shank_deg = thigh_deg - 8 - 45 * np.maximum(0, np.cos(turn)) ** 2
        arm_deg = 270 - 20 * np.sin(turn)
        return Limbs(
            thigh_deg=thigh_deg,
            shank_deg=shank_deg,
            foot_deg=shank_deg + 95,
            upper_arm_deg=arm_deg,
            forearm_deg=arm_deg + 20,
            hand_deg=arm_deg + 20,
        )


@dataclass(frozen=True)
class Sitting(Posture):
    """Sitting on the floor, knees bent, feet on the floor, hands towards the knees."""

    trunk_deg: Numbers = 80.0
    knee_deg: Numbers = 80.0

    def figure(self, body: Body) -> Figure:
        hip = np.array([0.0, 0.0, LYING_HEIGHT_M])
        thigh_deg, shank_deg = _hooked_leg_deg(body, hip, _ankle_on_floor_m(body, self.knee_deg))
        limbs = Limbs(
            thigh_deg=thigh_deg,
            shank_deg=shank_deg,
            foot_deg=0.0,
            upper_arm_deg=-60.0,
            forearm_deg=-10.0,
            hand_deg=-10.0,
        )
        return Figure(
            hip_x_m=hip[0],
            hip_z_m=hip[2],
            trunk_deg=180 - np.asarray(self.trunk_deg, float),
            head_deg=95.0,
            left=limbs,
            right=limbs,
        )


def _ankle_on_floor_m(body: Body, knee_deg: Numbers) -> Floats:
    """Ankle of a flat foot, for that knee angle with the hips on the floor at x = 0."""
    leg_m = third_side_m(body.thigh_m, body.shank_m, between_deg=knee_deg)
    x_m = np.sqrt(leg_m**2 - (LYING_HEIGHT_M - body.ankle_height_m) ** 2)
    return np.stack([x_m, np.zeros_like(x_m), np.full_like(x_m, body.ankle_height_m)], axis=-1)


def _hooked_leg_deg(body: Body, hip: Floats, ankle: Floats) -> tuple[Floats, Floats]:
    """Directions of thigh and shank between a hip and an ankle, the knee above them."""
    way = ankle - hip
    leg_m = np.hypot(way[..., 0], way[..., 2])
    leg_deg = np.degrees(np.arctan2(way[..., 2], way[..., 0]))
    thigh_deg = leg_deg + corner_deg(body.thigh_m, leg_m, opposite_m=body.shank_m)
    return thigh_deg, leg_deg - corner_deg(body.shank_m, leg_m, opposite_m=body.thigh_m)


def _ankle_over_toe(body: Body, foot_deg: Numbers) -> Floats:
    """Ankle of a foot that turns about its toe, which stays where it is with the foot flat."""
    toe_m = np.array([body.toe_from_ankle_m[0], 0.0, 0.0])
    return toe_m - turned(body.toe_from_ankle_m, foot_deg)
