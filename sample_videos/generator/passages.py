"""Walking in and lying down before a set, getting up and walking off after it.

A passage goes from standing to the posture that the set begins or ends in, with an errand between
the two if there is one, such as sitting and talking; who goes down from the feet, or gets up on
them, crouches on the way. Between two figures every bone turns the shortest way, and the body is
held at the height at which its lowest point touches the floor.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Literal

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import (
    ARM,
    LEG,
    SIDES,
    SPINE,
    Aim,
    Figure,
    Limb,
    Posture,
    Side,
    Skeleton,
    figure_of,
    pose,
)
from sample_videos.generator.motion import minimum_jerk
from sample_videos.generator.rotations import FORWARD, UP, Matrix, Vector, blend, pitch
from sample_videos.generator.walking import walking

WALK_S, TURN_S, DOWN_S = 2.0, 0.5, 3.0
"""How long somebody walks in, comes to a stand, and goes down to the floor."""

PASSAGE_S = WALK_S + TURN_S + DOWN_S

Errand = Literal["", "stand", "sit", "kneel", "lie"]
"""What somebody does before the set or after it, talking with the hands; or nothing."""

SETTLE_S, TALK_S = 2.0, 3.0
"""How long it takes to get from standing into an errand's posture, and to talk in it."""

_GESTURES = 2
"""How often the hands go up while somebody talks."""

_WALKED_M = 2.2
_UPRIGHT = 0.8
"""Hips higher than this share of a leg need no crouch on the way to the floor."""

_HALF_WAY = 0.45
"""Share of the way down at which the crouch is passed."""


def passage_s(errand: Errand) -> float:
    """How long a passage lasts."""
    return PASSAGE_S + (SETTLE_S + TALK_S if errand else 0.0)


class Passage:
    """The way between the edge of the room and a figure: in, or, backwards in time, out."""

    def __init__(self, body: Body, rest: Figure, errand: Errand = "") -> None:
        self._body, self._rest, self._errand = body, rest, errand
        skeleton, leg_m = body.skeleton, float(body.skeleton.joints["left_thigh"][1])
        self._leg_m = leg_m
        self._place = rest.middle("thigh") * [1, 0, 1]
        self._standing = pose(skeleton, _upright(self._place + UP * leg_m))
        self._crouch = pose(skeleton, _crouching(self._place + UP * 0.45 * leg_m))
        self._silent, self._talking = self._standing, self._standing
        if errand:
            silent = _ERRANDS[errand](self._place + UP * leg_m)
            talking = replace(silent, arms=_gesturing(silent.thorax))
            self._silent, self._talking = (
                self._on_the_floor(pose(skeleton, posture)) for posture in (silent, talking)
            )

    def at(self, left_s: float) -> Figure:
        """The figure so many seconds before it is in its posture; `passage_s` at the edge."""
        if left_s <= DOWN_S:
            return self._way(self._silent, self._rest, minimum_jerk(1 - left_s / DOWN_S))
        left_s -= DOWN_S
        if self._errand:
            if left_s <= TALK_S:
                share = np.sin(np.pi * _GESTURES * left_s / TALK_S) ** 2
                return self._between(self._silent, self._talking, share)
            left_s -= TALK_S
            if left_s <= SETTLE_S:
                return self._way(self._standing, self._silent, minimum_jerk(1 - left_s / SETTLE_S))
            left_s -= SETTLE_S
        if left_s <= TURN_S:
            return self._between(self._standing, self._walking(0.0), minimum_jerk(left_s / TURN_S))
        return self._walking((left_s - TURN_S) / WALK_S * _WALKED_M)

    def _walking(self, before_m: float) -> Figure:
        return walking(
            self._body.skeleton, height_m=self._body.person.height_m,
            place=self._place - FORWARD * before_m, heading_deg=0.0, walked_m=-before_m,
        )  # fmt: skip

    def _way(self, first: Figure, second: Figure, share: float) -> Figure:
        """Straight, or through the crouch where only one of the two is on its feet."""
        if self._is_up(first) == self._is_up(second):
            return self._between(first, second, share)
        if self._is_up(second):
            return self._way(second, first, 1 - share)
        if share < _HALF_WAY:
            return self._between(first, self._crouch, minimum_jerk(share / _HALF_WAY))
        later = minimum_jerk((share - _HALF_WAY) / (1 - _HALF_WAY))
        return self._between(self._crouch, second, later)

    def _is_up(self, figure: Figure) -> bool:
        return float(figure.middle("thigh") @ UP) > _UPRIGHT * self._leg_m

    def _on_the_floor(self, figure: Figure) -> Figure:
        return _shifted(figure, -UP * self._body.lowest_m(figure))

    def _between(self, first: Figure, second: Figure, share: float) -> Figure:
        rotations = {
            bone: blend(turned, second.rotations[bone], share=share)
            for bone, turned in first.rotations.items()
        }
        figure = _assembled(self._body.skeleton, rotations)
        lowest = [self._body.lowest_m(one) for one in (first, second, figure)]
        floor_m = lowest[0] + (lowest[1] - lowest[0]) * share
        middle = first.middle("thigh") + (second.middle("thigh") - first.middle("thigh")) * share
        shift = (middle - figure.middle("thigh")) * [1, 0, 1] + UP * (floor_m - lowest[2])
        return _shifted(figure, shift)


def _shifted(figure: Figure, shift: Vector) -> Figure:
    return replace(
        figure,
        joints={name: place + shift for name, place in figure.joints.items()},
        sites={name: place + shift for name, place in figure.sites.items()},
    )


def _upright(hips: Vector) -> Posture:
    hanging = {s: Aim(np.array([sign * 0.14, -1, 0]), -FORWARD, 12.0) for s, sign in SIDES}
    standing = {s: Aim(np.array([sign * 0.03, -1, 0]), FORWARD, 1.0) for s, sign in SIDES}
    return Posture(
        pelvis=pitch(0), thorax=pitch(0), head=pitch(0), anchor=("left_thigh", "right_thigh"),
        at=hips, legs=standing, arms=hanging,
    )  # fmt: skip


def _crouching(hips: Vector) -> Posture:
    arms = {s: Aim(np.array([sign * 0.2, -0.9, 0.5]), -FORWARD, 15.0) for s, sign in SIDES}
    legs = {s: Aim(np.array([sign * 0.2, 0.15, 1]), FORWARD + UP, 125.0) for s, sign in SIDES}
    return Posture(
        pelvis=pitch(35), thorax=pitch(50), head=pitch(20), anchor=("left_thigh", "right_thigh"),
        at=hips, legs=legs, arms=arms,
    )  # fmt: skip


def _sitting(hips: Vector) -> Posture:
    """On the floor, legs ahead and a little bent, hands beside the hips."""
    legs = {s: Aim(np.array([sign * 0.2, 0.25, 1]), FORWARD + UP, 35.0) for s, sign in SIDES}
    return replace(_upright(hips), pelvis=pitch(-12), thorax=pitch(-5), legs=legs)


def _kneeling(hips: Vector) -> Posture:
    """Upright on both knees."""
    legs = {s: Aim(np.array([sign * 0.08, -1, 0]), FORWARD, 92.0, None, 40.0) for s, sign in SIDES}
    return replace(_upright(hips), legs=legs)


def _lying(hips: Vector) -> Posture:
    """Flat on the back, head away from where they faced."""
    flat = pitch(-90)
    arms = {s: Aim(np.array([sign * 0.3, 0.05, 1]), -UP, 12.0) for s, sign in SIDES}
    legs = {s: Aim(np.array([sign * 0.08, 0, 1]), UP, 3.0) for s, sign in SIDES}
    return replace(_upright(hips), pelvis=flat, thorax=flat, head=flat, arms=arms, legs=legs)


_ERRANDS = {"stand": _upright, "sit": _sitting, "kneel": _kneeling, "lie": _lying}


def _gesturing(thorax: Matrix) -> dict[Side, Limb]:
    """Hands before the chest, as people talk with them."""
    return {
        s: Aim(thorax @ np.array([sign * 0.25, -1, 0.35]), thorax @ -FORWARD, 95.0)
        for s, sign in SIDES
    }


def _assembled(skeleton: Skeleton, rotations: dict[str, Matrix]) -> Figure:
    """The figure of given rotations, its pelvis at the origin."""
    joints = {SPINE[0]: np.zeros(3)}
    chains = [SPINE]
    for side, _ in SIDES:
        chains += [("thorax", *(f"{side}_{part}" for part in ARM))]
        chains += [("pelvis", *(f"{side}_{part}" for part in LEG))]
    for chain in chains:
        for parent, child in pairwise(chain):
            joints[child] = joints[parent] + rotations[parent] @ skeleton.offset(parent, child)
    return figure_of(skeleton, rotations, joints)
