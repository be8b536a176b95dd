"""Who is filmed: proportions, build and clothes, and the skeleton that follows from them.

Lengths are those of a person 1.75 m tall and scale with height; segment proportions are near
those of Winter, Biomechanics and Motor Control of Human Movement (2009), figure 4.1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_videos.generator.kinematics import SIDES, Side, Skeleton
from sample_videos.generator.rotations import Vector, unit

Colour = tuple[float, float, float]

REFERENCE_HEIGHT_M = 1.75

_ARM_OUT_DEG = 42
_LEG_OUT_DEG = 5


@dataclass(frozen=True)
class Person:
    """A body and its clothes; shares run from 0 to 1, colours are sRGB 0 to 1.

    fat may be a little below 0 for a thin person. sleeve and trouser are the share of the upper
    arm and of the thigh that is covered; leggings cover the leg down to the ankle. arm_share,
    thigh_share and shoulder_share: length of the arms, of the thigh (the shank makes up for it)
    and of the way from shoulder to shoulder, against the usual for the height.
    """

    height_m: float = 1.75
    female: float = 0.0
    fat: float = 0.0
    muscle: float = 0.0
    skin: Colour = (0.88, 0.69, 0.56)
    hair: Colour = (0.15, 0.10, 0.07)
    shirt: Colour = (0.20, 0.35, 0.60)
    trousers: Colour = (0.12, 0.12, 0.14)
    shoes: Colour = (0.90, 0.90, 0.90)
    sleeve: float = 0.6
    trouser: float = 0.62
    leggings: bool = False
    bun: bool = False
    loose_m: float = 0.010
    arm_share: float = 1.0
    thigh_share: float = 1.0
    shoulder_share: float = 1.0

    @property
    def scale(self) -> float:
        """Size against the reference body."""
        return self.height_m / REFERENCE_HEIGHT_M


def skeleton_of(person: Person) -> Skeleton:
    """Joint centres and landmark sites of a person, standing, arms a little out."""
    joints = dict(_SPINE)
    hands: dict[Side, tuple[Vector, Vector]] = {}
    for side, sign in SIDES:
        joints |= _leg_joints(person, side, sign=sign)
        arm, hands[side] = _arm_joints(person, side, sign=sign)
        joints |= arm
    joints = {bone: place * person.scale for bone, place in joints.items()}
    sites = _head_sites(person.scale)
    for side, sign in SIDES:
        sites |= _limb_sites(side, sign, joints=joints, hand=hands[side], scale=person.scale)
    return Skeleton(joints, sites, hands)


_SPINE = {
    "pelvis": np.array([0, 0.95, 0.0]),
    "lumbar": np.array([0, 1.05, 0.0]),
    "lower_thorax": np.array([0, 1.16, -0.010]),
    "thorax": np.array([0, 1.28, -0.020]),
    "neck": np.array([0, 1.475, -0.022]),
    "head": np.array([0, 1.54, -0.005]),
}

HEAD_CENTRE = np.array([0, 1.648, 0.012])
"""Middle of the skull on the reference body."""


def _leg_joints(person: Person, side: Side, *, sign: int) -> dict[str, Vector]:
    out = np.radians(_LEG_OUT_DEG)
    hip = np.array([sign * (0.092 + 0.006 * person.female), 0.915, 0.0])
    thigh_m = 0.415 * person.thigh_share
    knee = hip + thigh_m * np.array([sign * np.sin(out), -np.cos(out), 0.02])
    ankle = knee + (0.83 - thigh_m) * np.array([sign * np.sin(out), -np.cos(out), -0.05])
    ball = np.array([ankle[0] + sign * 0.012, 0.025, 0.135])
    return dict(zip((f"{side}_{b}" for b in ("thigh", "shank", "foot", "toes")),
                    (hip, knee, ankle, ball), strict=True))  # fmt: skip


def _arm_joints(
    person: Person, side: Side, *, sign: int
) -> tuple[dict[str, Vector], tuple[Vector, Vector]]:
    """Joints of an arm, and the directions of fingers and thumb."""
    out = np.radians(_ARM_OUT_DEG)
    upper = np.array([sign * np.sin(out), -np.cos(out), 0])
    lower = unit(upper + np.array([0, 0, 0.28]))
    aside = (0.182 - 0.016 * person.female) * person.shoulder_share
    shoulder = np.array([sign * aside, 1.425, -0.018])
    elbow = shoulder + 0.285 * person.arm_share * upper
    joints = {
        f"{side}_clavicle": np.array([sign * 0.035, 1.435, 0.0]),
        f"{side}_upper_arm": shoulder,
        f"{side}_forearm": elbow,
        f"{side}_hand": elbow + 0.25 * person.arm_share * lower,
    }
    return joints, (lower, unit(np.cross(np.cross(upper, lower), lower)))


def _head_sites(scale: float) -> dict[str, tuple[str, Vector]]:
    """The eleven landmarks of the face, and the top of the head."""
    middle = {"nose": (0, -0.022, 0.108), "crown": (0, 0.13, 0)}
    sites = {
        name: ("head", (HEAD_CENTRE + np.array(offset)) * scale) for name, offset in middle.items()
    }
    paired = {
        "eye_inner": (0.018, 0.006, 0.084), "eye": (0.032, 0.006, 0.082),
        "eye_outer": (0.046, 0.006, 0.074), "ear": (0.076, -0.015, -0.005),
        "mouth": (0.022, -0.062, 0.084),
    }  # fmt: skip
    for name, (aside, up, ahead) in paired.items():
        for side, sign in SIDES:
            place = (HEAD_CENTRE + np.array([sign * aside, up, ahead])) * scale
            sites[f"{side}_{name}"] = ("head", place)
    return sites


def _limb_sites(
    side: Side,
    sign: int,
    *,
    joints: dict[str, Vector],
    hand: tuple[Vector, Vector],
    scale: float,
) -> dict[str, tuple[str, Vector]]:
    fingers, thumb = hand
    wrist, ankle = joints[f"{side}_hand"], joints[f"{side}_foot"]
    ball = joints[f"{side}_toes"]
    knuckles = wrist + 0.085 * scale * fingers
    across = 0.03 * scale * thumb
    heel = np.array([ankle[0], 0.02 * scale, ankle[2] - 0.048 * scale])
    toe = np.array([ball[0] + sign * 0.004 * scale, 0.02 * scale, ball[2] + 0.075 * scale])
    return {
        f"{side}_index": (f"{side}_hand", knuckles + across),
        f"{side}_pinky": (f"{side}_hand", knuckles - across),
        f"{side}_thumb": (f"{side}_hand", wrist + scale * (0.06 * fingers + 0.05 * thumb)),
        f"{side}_fingertip": (f"{side}_hand", knuckles + 0.09 * scale * fingers),
        f"{side}_heel": (f"{side}_foot", heel),
        f"{side}_toe": (f"{side}_toes", toe),
    }
