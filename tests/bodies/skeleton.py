"""A jointed person of fixed bone lengths, posed by plain angles.

Scene axes: x forward (where a standing person faces), y to the person's left, z up, floor at
z = 0. A bone's direction is an angle in the sagittal plane: 0 forward, 90 up, 180 back, 270 down.
A person with head towards `trunk_deg` has the chest towards `trunk_deg - 90`, so standing is 90,
lying on the back 180 and on all fours about 0; the left side is +y in each of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formcheck.records.pose import LANDMARK_COUNT, LEFT_LANDMARKS, RIGHT_LANDMARKS, Floats

Numbers = float | Floats
"""One number, or one for each instant, shape (n,)."""

_HEAD: dict[int, tuple[float, float, float]] = {
    0: (0.060, 0.000, 0.000),
    1: (0.050, 0.022, 0.010), 2: (0.048, 0.022, 0.018), 3: (0.045, 0.022, 0.026),
    4: (0.050, 0.022, -0.010), 5: (0.048, 0.022, -0.018), 6: (0.045, 0.022, -0.026),
    7: (0.000, 0.000, 0.045), 8: (0.000, 0.000, -0.045),
    9: (0.050, -0.025, 0.015), 10: (0.050, -0.025, -0.015),
}  # fmt: skip
"""Landmark -> place from between the ears: towards the face, the crown, the left; of stature."""

_HAND: dict[str, tuple[float, float]] = {
    "index": (0.060, -0.006),
    "pinky": (0.055, 0.014),
    "thumb": (0.030, -0.016),
}
"""Landmark -> place from the wrist: along the hand, outwards; of stature."""

_HEEL_BEHIND_ANKLE = 0.25
"""Share of the foot that lies behind the ankle."""


@dataclass(frozen=True)
class Body:
    """Bone lengths of a person, in metres, from the stature.

    Ratios as BlazePose shows them (measured on 35 upright photos); forearm, widths and foot,
    which were not measured there, after Winter (Biomechanics and Motor Control of Human Movement).
    """

    stature_m: float = 1.70

    @property
    def torso_m(self) -> float:
        return 0.324 * self.stature_m

    @property
    def thigh_m(self) -> float:
        return 0.237 * self.stature_m

    @property
    def shank_m(self) -> float:
        return 0.218 * self.stature_m

    @property
    def upper_arm_m(self) -> float:
        return 0.151 * self.stature_m

    @property
    def forearm_m(self) -> float:
        return 0.146 * self.stature_m

    @property
    def neck_m(self) -> float:
        return 0.113 * self.stature_m

    @property
    def shoulder_width_m(self) -> float:
        return 0.259 * self.stature_m

    @property
    def hip_width_m(self) -> float:
        return 0.191 * self.stature_m

    @property
    def foot_m(self) -> float:
        return 0.152 * self.stature_m

    @property
    def ankle_height_m(self) -> float:
        return 0.039 * self.stature_m

    @property
    def heel_from_ankle_m(self) -> tuple[float, float]:
        """Place of the heel: along the foot, away from the sole."""
        return -_HEEL_BEHIND_ANKLE * self.foot_m, -self.ankle_height_m

    @property
    def toe_from_ankle_m(self) -> tuple[float, float]:
        """Place of the toe: along the foot, away from the sole."""
        return (1 - _HEEL_BEHIND_ANKLE) * self.foot_m, -self.ankle_height_m


@dataclass(frozen=True, kw_only=True)
class Limbs:
    """Directions of one side's bones in degrees, and how far each joint lies outside the last."""

    thigh_deg: Numbers
    shank_deg: Numbers
    foot_deg: Numbers
    upper_arm_deg: Numbers
    forearm_deg: Numbers
    hand_deg: Numbers
    knee_out_m: Numbers = 0.0
    ankle_out_m: Numbers = 0.0
    elbow_out_m: Numbers = 0.0


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Where the middle of the hips is, and the direction of every bone."""

    hip_x_m: Numbers
    hip_z_m: Numbers
    trunk_deg: Numbers
    head_deg: Numbers
    left: Limbs
    right: Limbs


def direction(angle_deg: Numbers) -> Floats:
    """Unit vectors (..., 3) in the sagittal plane."""
    angle = np.radians(angle_deg)
    return np.stack([np.cos(angle), np.zeros_like(angle), np.sin(angle)], axis=-1)


def turned(place: tuple[float, float], angle_deg: Numbers) -> Floats:
    """A place given as (along, a quarter turn further) a direction, as vectors (..., 3)."""
    return place[0] * direction(angle_deg) + place[1] * direction(np.asarray(angle_deg) + 90)


def sagittal_m(length_m: float, out_m: Numbers) -> Floats:
    """What is left in the sagittal plane of a bone whose far end lies `out_m` outside."""
    return np.sqrt(length_m**2 - np.square(out_m))


def third_side_m(a_m: float, b_m: float, *, between_deg: Numbers) -> Floats:
    """Side of a triangle opposite the angle between the two others."""
    return np.sqrt(a_m**2 + b_m**2 - 2 * a_m * b_m * np.cos(np.radians(between_deg)))


def corner_deg(near_m: Numbers, far_m: Numbers, *, opposite_m: Numbers) -> Floats:
    """Angle of a triangle between two sides, by the third."""
    near, far, opposite = (np.asarray(side, float) for side in (near_m, far_m, opposite_m))
    cosine = (near**2 + far**2 - opposite**2) / (2 * near * far)
    return np.degrees(np.arccos(np.clip(cosine, -1, 1)))


def joints_m(figure: Figure, body: Body) -> Floats:
    """The 33 landmarks of a figure at each instant, (n, 33, 3) metres in scene axes."""
    hip = _column(figure.hip_x_m) * direction(0.0) + _column(figure.hip_z_m) * direction(90.0)
    shoulder = hip + body.torso_m * direction(figure.trunk_deg)
    points = _head(figure, shoulder, body)
    for limbs, sign, names in (
        (figure.left, 1, LEFT_LANDMARKS),
        (figure.right, -1, RIGHT_LANDMARKS),
    ):
        side = _arm(limbs, shoulder, sign, body) | _leg(limbs, hip, sign, body)
        points |= {names[name]: place for name, place in side.items()}
    rows = np.broadcast_arrays(*(np.atleast_2d(points[i]) for i in range(LANDMARK_COUNT)))
    return np.stack(rows, axis=1)


def _column(numbers: Numbers) -> Floats:
    return np.asarray(numbers, float)[..., None]


def _sideways(distance_m: Numbers) -> Floats:
    return _column(distance_m) * np.array([0.0, 1.0, 0.0])


def _bone(start: Floats, angle_deg: Numbers, length_m: float, left_m: Numbers) -> Floats:
    along = _column(sagittal_m(length_m, left_m)) * direction(angle_deg)
    return start + along + _sideways(left_m)


def _head(figure: Figure, shoulder: Floats, body: Body) -> dict[int, Floats]:
    ears = shoulder + body.neck_m * direction(figure.head_deg)
    facing_deg = np.asarray(figure.head_deg) - 90
    return {
        i: ears + body.stature_m * (turned((face, crown), facing_deg) + _sideways(left))
        for i, (face, crown, left) in _HEAD.items()
    }


def _arm(limbs: Limbs, middle: Floats, sign: int, body: Body) -> dict[str, Floats]:
    shoulder = middle + _sideways(sign * body.shoulder_width_m / 2)
    out_m = sign * np.asarray(limbs.elbow_out_m)
    elbow = _bone(shoulder, limbs.upper_arm_deg, body.upper_arm_m, out_m)
    wrist = _bone(elbow, limbs.forearm_deg, body.forearm_m, 0.0)
    hand = {
        name: wrist + body.stature_m * (along * direction(limbs.hand_deg) + _sideways(sign * out))
        for name, (along, out) in _HAND.items()
    }
    return {"shoulder": shoulder, "elbow": elbow, "wrist": wrist, **hand}


def _leg(limbs: Limbs, middle: Floats, sign: int, body: Body) -> dict[str, Floats]:
    hip = middle + _sideways(sign * body.hip_width_m / 2)
    knee = _bone(hip, limbs.thigh_deg, body.thigh_m, sign * np.asarray(limbs.knee_out_m))
    ankle = _bone(knee, limbs.shank_deg, body.shank_m, sign * np.asarray(limbs.ankle_out_m))
    heel = ankle + turned(body.heel_from_ankle_m, limbs.foot_deg)
    toe = ankle + turned(body.toe_from_ankle_m, limbs.foot_deg)
    return {"hip": hip, "knee": knee, "ankle": ankle, "heel": heel, "toe": toe}
