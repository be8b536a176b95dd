"""Walking in and lying down before a set, getting up and walking off after it.

A passage goes through three figures: standing, crouching, and the posture that the set begins or
ends in; who exercises on the feet does not crouch. Between them every bone turns the shortest way,
and the body is held at the height at which its lowest point touches the floor.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import (
    ARM,
    LEG,
    SIDES,
    SPINE,
    Aim,
    Figure,
    Posture,
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

_WALKED_M = 2.2
_UPRIGHT = 0.8
"""Hips higher than this share of a leg need no crouch on the way to the floor."""

_HALF_WAY = 0.45
"""Share of the way down at which the crouch is passed."""


class Passage:
    """The way between the edge of the room and a figure: in, or, backwards in time, out."""

    def __init__(self, body: Body, rest: Figure) -> None:
        self._body, self._rest = body, rest
        skeleton, leg_m = body.skeleton, float(body.skeleton.joints["left_thigh"][1])
        self._place = rest.middle("thigh") * [1, 0, 1]
        self._standing = pose(skeleton, _upright(self._place + UP * leg_m))
        self._crouch = pose(skeleton, _crouching(self._place + UP * 0.45 * leg_m))
        self._stays_up = float(rest.middle("thigh") @ UP) > _UPRIGHT * leg_m

    def at(self, left_s: float) -> Figure:
        """The figure so many seconds before it is in its posture; PASSAGE_S at the edge."""
        if left_s <= DOWN_S:
            return self._going_down(minimum_jerk(1 - left_s / DOWN_S))
        if left_s <= DOWN_S + TURN_S:
            share = minimum_jerk((left_s - DOWN_S) / TURN_S)
            return self._between(self._standing, self._walking(0.0), share)
        return self._walking((left_s - DOWN_S - TURN_S) / WALK_S * _WALKED_M)

    def _walking(self, before_m: float) -> Figure:
        return walking(
            self._body.skeleton, height_m=self._body.person.height_m,
            place=self._place - FORWARD * before_m, heading_deg=0.0, walked_m=-before_m,
        )  # fmt: skip

    def _going_down(self, share: float) -> Figure:
        if self._stays_up:
            return self._between(self._standing, self._rest, share)
        if share < _HALF_WAY:
            return self._between(self._standing, self._crouch, minimum_jerk(share / _HALF_WAY))
        later = minimum_jerk((share - _HALF_WAY) / (1 - _HALF_WAY))
        return self._between(self._crouch, self._rest, later)

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
