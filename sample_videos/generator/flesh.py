"""The solids that make a human body, on the reference height, standing."""

from __future__ import annotations

import numpy as np

from sample_videos.generator.kinematics import SIDES, Side, Skeleton
from sample_videos.generator.person import HEAD_CENTRE, Person
from sample_videos.generator.rotations import Vector
from sample_videos.generator.solids import Cone, Ellipsoid, Hollow, Loft, Part, Solid

SOLE_HEIGHT_M = 0.002

JOINED_WITHIN_M = {
    "left_arm": 0.035, "right_arm": 0.035, "left_leg": 0.03, "right_leg": 0.03, "head": 0.02,
}  # fmt: skip
"""How far each part melts into the trunk."""


def flesh_of(person: Person, skeleton: Skeleton) -> tuple[Part, ...]:
    """Trunk, arms, legs and head of a person of the reference height."""
    parts = [Part("trunk", _trunk(person, skeleton))]
    for side, sign in SIDES:
        parts.append(Part(f"{side}_arm", _arm(person, skeleton, side=side, sign=sign)))
    for side, sign in SIDES:
        parts.append(Part(f"{side}_leg", _leg(person, skeleton, side=side, sign=sign)))
    return (*parts, Part("head", _head(person)))


# Columns: height, half width, half depth, middle; what fat adds to width and to depth (shares);
# what a female build adds to the width (share).
_TRUNK = np.array([
    [0.80, 0.105, 0.085, -0.010, 0.10, 0.00, 0.02],
    [0.86, 0.155, 0.105, -0.015, 0.20, 0.10, 0.05],
    [0.92, 0.170, 0.113, -0.015, 0.25, 0.30, 0.05],
    [0.98, 0.162, 0.110, -0.008, 0.30, 0.50, 0.03],
    [1.06, 0.140, 0.098, 0.004, 0.45, 0.80, -0.08],
    [1.13, 0.138, 0.096, 0.006, 0.45, 0.85, -0.09],
    [1.22, 0.152, 0.105, 0.002, 0.30, 0.50, -0.07],
    [1.31, 0.163, 0.112, -0.005, 0.20, 0.30, -0.08],
    [1.38, 0.162, 0.100, -0.012, 0.12, 0.15, -0.09],
    [1.43, 0.135, 0.080, -0.015, 0.05, 0.05, -0.10],
    [1.47, 0.080, 0.062, -0.018, 0.00, 0.00, -0.10],
    [1.50, 0.055, 0.055, -0.018, 0.00, 0.00, -0.10],
])  # fmt: skip


def _trunk(person: Person, skeleton: Skeleton) -> tuple[Solid, ...]:
    height, width, depth, middle, fat_wide, fat_deep, female = _TRUNK.T
    widths = width * (1 + person.fat * fat_wide) * (1 + person.female * female)
    solids: list[Solid] = [Loft(height, widths, depth * (1 + person.fat * fat_deep), middle)]
    for side, sign in SIDES:
        solids += _half_trunk(person, sign, hip=skeleton.joints[f"{side}_thigh"])
    slender = 1 - 0.12 * person.female
    neck = Cone(_at(0, 1.44, -0.022), _at(0, 1.56, -0.008), 0.058 * slender, 0.053 * slender, 0.03)
    return (*solids, neck)


def _half_trunk(person: Person, sign: int, *, hip: Vector) -> list[Solid]:
    glute = np.array([0.085, 0.095, 0.085]) * (1 + 0.1 * person.female + 0.2 * person.fat)
    lat = np.array([0.08, 0.14, 0.06]) * (1 + 0.1 * person.muscle)
    solids: list[Solid] = [
        Ellipsoid(_at(sign * 0.075, 0.905, -0.055), glute, 0.05),
        Cone(_at(sign * 0.02, 1.49, -0.035), _at(sign * 0.16, 1.425, -0.02), 0.042, 0.045, 0.05),
        Ellipsoid(_at(sign * 0.08, 1.335, 0.062), _at(0.085, 0.06, 0.05), 0.05),
        Ellipsoid(_at(sign * 0.09, 1.27, -0.06), lat, 0.05),
        Cone(hip, hip - _at(0, 0.06, 0), 0.085, 0.082, 0.03),
    ]
    if person.female > 0:
        size = np.array([0.06, 0.062, 0.058]) * person.female
        solids.insert(3, Ellipsoid(_at(sign * 0.08, 1.30, 0.095), size, 0.035))
    return solids


def _arm(person: Person, skeleton: Skeleton, *, side: Side, sign: int) -> tuple[Solid, ...]:
    shoulder, elbow, wrist = (
        skeleton.joints[f"{side}_{bone}"] for bone in ("upper_arm", "forearm", "hand")
    )
    fingers, thumb = skeleton.hands[side]
    thick = 1 + 0.18 * person.muscle + 0.25 * person.fat - 0.14 * person.female
    upper, belly = elbow - shoulder, elbow + (wrist - elbow) * 0.35
    ahead = _at(0, 0, 0.012)
    return (
        Cone(shoulder, elbow, 0.050 * thick, 0.040 * thick),
        Ellipsoid(
            shoulder + _at(sign * 0.008, -0.005, 0), _at(0.055, 0.058, 0.056) * thick, 0.04
        ),
        Cone(shoulder + upper * 0.35 + ahead, shoulder + upper * 0.7 + ahead,
             0.036 * thick, 0.034 * thick, 0.03),
        Cone(elbow, belly, 0.040 * thick, 0.040 * thick, 0.03),
        Cone(belly, wrist, 0.040 * thick, 0.026, 0.02),
        *_hand(wrist, fingers=fingers, thumb=thumb),
    )  # fmt: skip


_FINGER_LENGTHS_M = (0.075, 0.085, 0.080, 0.062)


def _hand(wrist: Vector, *, fingers: Vector, thumb: Vector) -> list[Solid]:
    palm_axes = np.stack([fingers, thumb, np.cross(fingers, thumb)], axis=1)
    solids: list[Solid] = [
        Ellipsoid(wrist + fingers * 0.05, _at(0.056, 0.042, 0.019), 0.02, palm_axes)
    ]
    for place, length in zip((1.5, 0.5, -0.5, -1.5), _FINGER_LENGTHS_M, strict=True):
        root = wrist + fingers * 0.075 + thumb * place * 0.0195
        tip = root + (fingers + thumb * place * 0.05) * length
        solids.append(Cone(root, tip, 0.0095, 0.0080, 0.008))
    ball = wrist + fingers * 0.03 + thumb * 0.022
    tip = wrist + fingers * 0.068 + thumb * 0.058
    return [*solids, Cone(ball, tip, 0.014, 0.010, 0.012)]


def _leg(person: Person, skeleton: Skeleton, *, side: Side, sign: int) -> tuple[Solid, ...]:
    hip, knee, ankle = (skeleton.joints[f"{side}_{b}"] for b in ("thigh", "shank", "foot"))
    thick = 1 + 0.10 * person.muscle + 0.25 * person.fat + 0.03 * person.female
    thigh, shank = knee - hip, ankle - knee
    return (
        Cone(hip, knee, 0.086 * thick, 0.052 * (1 + 0.1 * person.fat)),
        Cone(hip + thigh * 0.15 + _at(sign * 0.008, 0, 0.018),
             hip + thigh * 0.75 + _at(0, 0, 0.012), 0.070 * thick, 0.048 * thick, 0.04),
        Ellipsoid(knee + _at(0, 0, 0.012), _at(0.045, 0.055, 0.045), 0.03),
        Cone(knee, ankle, 0.045, 0.034, 0.03),
        Cone(knee + shank * 0.15 - _at(0, 0, 0.022), knee + shank * 0.48 - _at(0, 0, 0.018),
             0.046 * thick, 0.040 * thick, 0.035),
        *_foot(ankle, skeleton.joints[f"{side}_toes"], sign=sign),
    )  # fmt: skip


def _foot(ankle: Vector, ball: Vector, *, sign: int) -> list[Solid]:
    heel = _at(ankle[0], 0.037, ankle[2] - 0.021)
    ball = _at(ball[0], 0.036, ball[2])
    toes = ball + _at(sign * 0.004, -0.004, 0.022)
    return [
        Cone(heel, ball, 0.035, 0.036, 0.035),
        Cone(ankle + _at(0, -0.02, 0.012), ball - _at(0, 0, 0.01), 0.040, 0.032, 0.03),
        Ellipsoid(toes, _at(0.047, 0.032, 0.062), 0.03),
    ]


def _head(person: Person) -> tuple[Solid, ...]:
    solids: list[Solid] = [
        Ellipsoid(HEAD_CENTRE + _at(0, 0.018, -0.012), _at(0.076, 0.092, 0.098)),
        Ellipsoid(HEAD_CENTRE + _at(0, -0.045, 0.030), _at(0.056, 0.062, 0.062), 0.05),
        Ellipsoid(HEAD_CENTRE + _at(0, -0.085, 0.066), _at(0.024, 0.020, 0.022), 0.03),
        Cone(HEAD_CENTRE + _at(0, 0.008, 0.086), HEAD_CENTRE + _at(0, -0.024, 0.100),
             0.007, 0.013, 0.016),
        Ellipsoid(HEAD_CENTRE + _at(0, -0.062, 0.083), _at(0.022, 0.012, 0.012), 0.01),
    ]  # fmt: skip
    for _, sign in SIDES:
        solids += _half_face(sign)
    if person.bun:
        solids.append(
            Ellipsoid(HEAD_CENTRE + _at(0, 0.045, -0.135), _at(0.042, 0.042, 0.038), 0.01)
        )
    return tuple(solids)


def _half_face(sign: int) -> list[Solid]:
    """Ear, cheek, eye socket and eyeball."""
    return [
        Ellipsoid(HEAD_CENTRE + _at(sign * 0.076, -0.016, -0.006), _at(0.010, 0.030, 0.018), 0.01),
        Ellipsoid(HEAD_CENTRE + _at(sign * 0.040, -0.022, 0.066), _at(0.022, 0.018, 0.02), 0.02),
        Hollow(Ellipsoid(HEAD_CENTRE + _at(sign * 0.032, 0.006, 0.098),
                         _at(0.020, 0.012, 0.014), 0.012)),
        Ellipsoid(HEAD_CENTRE + _at(sign * 0.031, 0.006, 0.077), _at(0.0125, 0.0115, 0.0125),
                  0.003),
    ]  # fmt: skip


def _at(x: float, y: float, z: float) -> Vector:
    return np.array([x, y, z], float)
