"""A skeleton of 22 bones, and the figure it makes when its limbs are told where to go.

A bone is named after the part of the body and turns about its upper end; `left_shank` turns about
the left knee. Arms and legs are told either to reach a point (analytic two-bone inverse
kinematics) or to point in a direction.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Literal, TypeVar

import numpy as np

from sample_videos.generator.rotations import (
    FORWARD,
    LEFTWARD,
    UP,
    Matrix,
    Vector,
    angle_deg,
    axes,
    blend,
    carry,
    cross,
    rotation_vector,
    turn,
    unit,
)

_Value = TypeVar("_Value", float, Vector)

Side = Literal["left", "right"]
SIDES: tuple[tuple[Side, int], ...] = (("left", 1), ("right", -1))
"""Each side with the sign of its x."""


def other(side: Side) -> Side:
    """The other side."""
    return "right" if side == "left" else "left"


SPINE = ("pelvis", "lumbar", "lower_thorax", "thorax", "neck", "head")
ARM = ("clavicle", "upper_arm", "forearm", "hand")
LEG = ("thigh", "shank", "foot", "toes")
BONES: tuple[str, ...] = SPINE + tuple(f"{side}_{part}" for side, _ in SIDES for part in ARM + LEG)

_FULLEST_REACH = 0.9995
"""Share of a limb's length it may stretch to, short of the knee locking into a singularity."""


@dataclass(frozen=True)
class Skeleton:
    """Joint centres of one person standing with the arms a little out.

    joints: bone -> its upper end. sites: landmark -> the bone it rides on and its rest place.
    hands: side -> directions of the fingers and of the thumb at rest.
    """

    joints: Mapping[str, Vector]
    sites: Mapping[str, tuple[str, Vector]]
    hands: Mapping[Side, tuple[Vector, Vector]]

    def offset(self, parent: str, child: str) -> Vector:
        """From one bone's upper end to another's, at rest."""
        return self.joints[child] - self.joints[parent]

    def length_m(self, parent: str, child: str) -> float:
        """Distance between the upper ends of two bones."""
        return float(np.linalg.norm(self.offset(parent, child)))

    @cached_property
    def limb_lengths_m(self) -> Mapping[str, tuple[float, float]]:
        """Thigh and upper arm of each side -> the lengths of it and of what hangs on it."""
        return {
            f"{side}_{upper}": (
                self.length_m(f"{side}_{upper}", f"{side}_{lower}"),
                self.length_m(f"{side}_{lower}", f"{side}_{end}"),
            )
            for side, _ in SIDES
            for upper, lower, end in (LEG[:3], ARM[1:])
        }

    @property
    def leg_bones_m(self) -> tuple[float, float]:
        """Lengths of thigh and shank."""
        return self.limb_lengths_m["left_thigh"]

    @property
    def arm_bones_m(self) -> tuple[float, float]:
        """Lengths of upper arm and forearm."""
        return self.limb_lengths_m["left_upper_arm"]

    @property
    def leg_m(self) -> float:
        """Length of a leg from hip to ankle."""
        return sum(self.leg_bones_m)

    @property
    def arm_m(self) -> float:
        """Length of an arm from shoulder to wrist."""
        return sum(self.arm_bones_m)

    @cached_property
    def towards_rest(self) -> Mapping[str, Matrix]:
        """Bone of a limb -> the rotation from its own axes, along it and its hinge, to rest."""
        found = {}
        for side, _ in SIDES:
            thigh, shank, foot, _ = (f"{side}_{part}" for part in LEG)
            _, arm, forearm, hand = (f"{side}_{part}" for part in ARM)
            upper, lower = self.offset(arm, forearm), self.offset(forearm, hand)
            hinge = cross(upper, lower)
            found |= {
                thigh: axes(self.offset(thigh, shank), LEFTWARD).T,
                shank: axes(self.offset(shank, foot), LEFTWARD).T,
                foot: axes(-UP, LEFTWARD).T,
                arm: axes(upper, hinge).T,
                forearm: axes(lower, hinge).T,
            }
        return found

    @property
    def ankle_height_m(self) -> float:
        """Height of the ankle above a flat sole."""
        return float(self.joints["left_foot"][1])


@dataclass(frozen=True)
class Reach:
    """A limb that puts its far end (wrist, ankle) on a point, its middle joint towards a pole."""

    end: Vector
    pole: Vector
    tip: Matrix | None = None
    tip_flex_deg: float = 0.0


@dataclass(frozen=True)
class Aim:
    """A limb whose upper part points along a direction and whose middle joint is flexed."""

    along: Vector
    pole: Vector
    flex_deg: float = 0.0
    tip: Matrix | None = None
    tip_flex_deg: float = 0.0


Limb = Reach | Aim
"""`tip` turns the hand or foot in the room; without it, it follows the limb, with the ankle
plantarflexed or the wrist flexed by tip_flex_deg."""


@dataclass(frozen=True)
class Posture:
    """All that places a skeleton: three rotations of the trunk, a fixed point, four limbs.

    anchor: the joints whose midpoint is put at `at`. clavicles: side -> degrees up and forward.
    """

    pelvis: Matrix
    thorax: Matrix
    head: Matrix
    anchor: tuple[str, ...]
    at: Vector
    legs: Mapping[Side, Limb]
    arms: Mapping[Side, Limb]
    neck: Matrix | None = None
    clavicles: Mapping[Side, tuple[float, float]] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """A posed skeleton: rotation and upper end of every bone, place of every landmark."""

    rotations: Mapping[str, Matrix]
    joints: Mapping[str, Vector]
    sites: Mapping[str, Vector]

    def middle(self, bone: str) -> Vector:
        """Half-way between a bone's upper end on the left and on the right."""
        return (self.joints[f"left_{bone}"] + self.joints[f"right_{bone}"]) / 2

    def hip_deg(self) -> float:
        """Sagittal hip angle: mid-shoulder, mid-hip, mid-knee; above 180 when arched."""
        shoulder, hip, knee = (self.middle(b) for b in ("upper_arm", "thigh", "shank"))
        opening = angle_deg(shoulder, hip, knee)
        front = self.rotations["pelvis"] @ FORWARD
        bulge = hip - (shoulder + knee) / 2
        return 360 - opening if bulge @ front > 0 else opening

    def knee_deg(self, side: Side) -> float:
        """Angle at a knee, 180 when straight."""
        return angle_deg(*(self.joints[f"{side}_{b}"] for b in ("thigh", "shank", "foot")))

    def side_hip_deg(self, side: Side) -> float:
        """Angle shoulder, hip, knee of one side, 180 at most."""
        return angle_deg(*(self.joints[f"{side}_{b}"] for b in ("upper_arm", "thigh", "shank")))

    def elbow_deg(self, side: Side) -> float:
        """Angle at an elbow, 180 when straight."""
        return angle_deg(*(self.joints[f"{side}_{b}"] for b in ("upper_arm", "forearm", "hand")))

    def limb_deg(self, side: Side, first: str, last: str) -> float:
        """Elevation of the line from one bone's upper end to another's."""
        return elevation_deg(self.joints[f"{side}_{first}"], self.joints[f"{side}_{last}"])

    def clinical(self) -> dict[str, float]:
        """What a physiotherapist would measure with a goniometer, in degrees."""
        found = {"trunk_deg": self.trunk_deg(), "hip_deg": self.hip_deg()}
        for side, _ in SIDES:
            found |= {
                f"{side}_hip_deg": self.side_hip_deg(side),
                f"{side}_knee_deg": self.knee_deg(side),
                f"{side}_leg_deg": self.limb_deg(side, "thigh", "foot"),
                f"{side}_elbow_deg": self.elbow_deg(side),
                f"{side}_arm_deg": self.limb_deg(side, "upper_arm", "hand"),
            }
        return found

    def trunk_deg(self) -> float:
        """Elevation of mid-shoulder above mid-hip."""
        return elevation_deg(self.middle("thigh"), self.middle("upper_arm"))


def elevation_deg(start: Vector, end: Vector) -> float:
    """Angle of the line from start to end above the horizontal."""
    line = unit(end - start)
    return float(np.degrees(np.arcsin(np.clip(line[1], -1, 1))))


def pose(skeleton: Skeleton, posture: Posture) -> Figure:
    """Place every bone of the skeleton as the posture asks."""
    rotations = _trunk_rotations(posture)
    joints = _trunk_joints(skeleton, rotations)
    shift = posture.at - np.mean([joints[name] for name in posture.anchor], axis=0)
    joints = {name: place + shift for name, place in joints.items()}
    for side, _ in SIDES:
        _place_leg(skeleton, side, limb=posture.legs[side], rotations=rotations, joints=joints)
        _place_arm(skeleton, side, limb=posture.arms[side], rotations=rotations, joints=joints)
    return figure_of(skeleton, rotations, joints)


def figure_of(
    skeleton: Skeleton, rotations: Mapping[str, Matrix], joints: Mapping[str, Vector]
) -> Figure:
    """The figure of bones that are placed already; its landmarks ride on them."""
    sites = {
        name: joints[bone] + rotations[bone] @ (rest - skeleton.joints[bone])
        for name, (bone, rest) in skeleton.sites.items()
    }
    return Figure(rotations, joints, sites)


def _trunk_rotations(posture: Posture) -> dict[str, Matrix]:
    pelvis, thorax, head = posture.pelvis, posture.thorax, posture.head
    rotations = {
        "pelvis": pelvis,
        "lumbar": blend(pelvis, thorax, share=1 / 3),
        "lower_thorax": blend(pelvis, thorax, share=2 / 3),
        "thorax": thorax,
        "neck": blend(thorax, head, share=0.5) if posture.neck is None else posture.neck,
        "head": head,
    }
    for side, sign in SIDES:
        up_deg, forward_deg = posture.clavicles.get(side, (0.0, 0.0))
        shrug = turn(FORWARD, sign * up_deg) @ turn(UP, -sign * forward_deg)
        rotations[f"{side}_clavicle"] = thorax @ shrug
    return rotations


def _trunk_joints(skeleton: Skeleton, rotations: Mapping[str, Matrix]) -> dict[str, Vector]:
    joints = {"pelvis": np.zeros(3)}

    def attach(parent: str, child: str) -> None:
        joints[child] = joints[parent] + rotations[parent] @ skeleton.offset(parent, child)

    for parent, child in pairwise(SPINE):
        attach(parent, child)
    for side, _ in SIDES:
        attach("thorax", f"{side}_clavicle")
        attach(f"{side}_clavicle", f"{side}_upper_arm")
        attach("pelvis", f"{side}_thigh")
    return joints


def _bend(
    limb: Limb, root: Vector, *, lengths_m: tuple[float, float]
) -> tuple[Vector, Vector, Vector]:
    """Directions of the upper and lower part of a limb, and of the hinge between them."""
    if isinstance(limb, Reach):
        span = limb.end - root
        upper, lower = two_bone(span, lengths_m=lengths_m, pole=limb.pole)
        return upper, lower, unit(cross(span, -limb.pole))
    upper = unit(limb.along)
    hinge = unit(cross(upper, -limb.pole))
    return upper, turn(hinge, limb.flex_deg) @ upper, hinge


def two_bone(
    span: Vector, *, lengths_m: tuple[float, float], pole: Vector
) -> tuple[Vector, Vector]:
    """Directions of two bones that bridge a span, bent towards the pole.

    A span longer than both bones together is reached for, not reached.
    """
    upper_m, lower_m = lengths_m
    least, most = abs(upper_m - lower_m) + 1e-4, (upper_m + lower_m) * _FULLEST_REACH
    distance = float(np.clip(np.linalg.norm(span), least, most))
    straight = unit(span)
    along = (upper_m**2 - lower_m**2 + distance**2) / (2 * distance)
    aside = np.sqrt(max(upper_m**2 - along**2, 0.0))
    middle = straight * along + unit(pole - straight * np.dot(straight, pole)) * aside
    return unit(middle), unit(straight * distance - middle)


def _place_leg(
    skeleton: Skeleton,
    side: Side,
    *,
    limb: Limb,
    rotations: dict[str, Matrix],
    joints: dict[str, Vector],
) -> None:
    thigh, shank, foot, toes = (f"{side}_{part}" for part in LEG)
    lengths_m, towards_rest = skeleton.limb_lengths_m[thigh], skeleton.towards_rest
    upper, lower, hinge = _bend(limb, joints[thigh], lengths_m=lengths_m)
    along_shank = axes(lower, hinge)
    rotations[thigh] = axes(upper, hinge) @ towards_rest[thigh]
    rotations[shank] = along_shank @ towards_rest[shank]
    joints[shank] = joints[thigh] + rotations[thigh] @ skeleton.offset(thigh, shank)
    joints[foot] = joints[shank] + rotations[shank] @ skeleton.offset(shank, foot)
    follow = along_shank @ towards_rest[foot] @ turn(LEFTWARD, limb.tip_flex_deg)
    rotations[foot] = follow if limb.tip is None else limb.tip
    joints[toes] = joints[foot] + rotations[foot] @ skeleton.offset(foot, toes)
    rotations[toes] = rotations[foot]


def _place_arm(
    skeleton: Skeleton,
    side: Side,
    *,
    limb: Limb,
    rotations: dict[str, Matrix],
    joints: dict[str, Vector],
) -> None:
    _, arm, forearm, hand = (f"{side}_{part}" for part in ARM)
    rest_upper, rest_lower = skeleton.offset(arm, forearm), skeleton.offset(forearm, hand)
    upper, lower, hinge = _bend(limb, joints[arm], lengths_m=skeleton.limb_lengths_m[arm])
    rotations[arm] = axes(upper, hinge) @ skeleton.towards_rest[arm]
    hanging = axes(lower, hinge) @ skeleton.towards_rest[forearm]
    rotations[hand] = turn(hinge, limb.tip_flex_deg) @ hanging if limb.tip is None else limb.tip
    rotations[forearm] = hanging @ _half_twist(unit(rest_lower), hanging.T @ rotations[hand])
    joints[forearm] = joints[arm] + rotations[arm] @ rest_upper
    joints[hand] = joints[forearm] + rotations[forearm] @ rest_lower


def _half_twist(axis: Vector, relative: Matrix) -> Matrix:
    """Half of a rotation's turn about an axis: the forearm follows the hand half-way."""
    return turn(axis, np.degrees(rotation_vector(relative) @ axis) / 2)


def flat_flex_deg(lower: Vector) -> float:
    """The `tip_flex_deg` that keeps a foot level, toes ahead, under a shank of this direction."""
    return float(np.degrees(np.arctan2(lower[2], -lower[1])))


def between(first: _Value, second: _Value, *, share: float) -> _Value:
    """The value a share of the way from the first to the second."""
    return first + (second - first) * share


def hand_turned(skeleton: Skeleton, side: Side, *, fingers: Vector, thumb: Vector) -> Matrix:
    """The hand's rotation that points fingers and thumb in these directions."""
    return carry(skeleton.hands[side], (fingers, thumb))


def palm_down(skeleton: Skeleton, sign: int) -> Matrix:
    """The rotation of the hand on that side that lies flat on the floor, fingers ahead."""
    side: Side = "left" if sign > 0 else "right"
    return hand_turned(skeleton, side, fingers=FORWARD, thumb=-sign * LEFTWARD)
