"""Lying on the back: trunk and head on the floor, arms beside it, legs as an exercise wants them.

Head at -z, feet at +z, face up; the hips are over the origin. `OnBack` finds the heights at which
flesh rests on the floor once, for the posture at rest.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.contacts import settle, solve_for
from sample_videos.generator.kinematics import (
    SIDES,
    Figure,
    Limb,
    Posture,
    Reach,
    Side,
    between,
    flat_flex_deg,
    palm_down,
    pose,
    two_bone,
)
from sample_videos.generator.rotations import FORWARD, UP, Vector, pitch, turn

BACK = ("thorax", "left_clavicle", "right_clavicle")
HIPS = ("pelvis", "left_thigh", "right_thigh")
FEET = ("left_foot", "right_foot", "left_toes", "right_toes")
CONTACTS: Mapping[str, tuple[str, ...]] = {"back": BACK, "head": ("head",)}
"""What rests on the floor while nothing but the legs moves."""

_BUTTOCKS_YIELD_M = 0.035
_HEEL_M = 0.075
_TRUNK_M = 0.51
_TOES_UP_DEG = 20.0
_RIDE_M = 0.075
_BELOW_KNEE_M = 0.06
ELBOWS_DOWN, ELBOWS_OUT = (0.6, -0.5, -0.5), (1.0, 0.15, 0.3)


@dataclass(frozen=True)
class Trunk:
    """How the trunk departs from lying: degrees.

    tuck: the pelvis rolls its tail up. curl: the chest comes up, head and all. nod: the chin comes
    to the chest. twist: the pelvis turns to the person's left; follow: how much the chest does.
    """

    tuck_deg: float = 0.0
    curl_deg: float = 0.0
    nod_deg: float = 0.0
    twist_deg: float = 0.0
    follow: float = 0.0


LYING = Trunk()


@dataclass
class OnBack:
    """A body on its back; knee_deg: angle of the knees where feet are flat at rest."""

    body: Body
    knee_deg: float = 75.0
    feet_m: float = field(init=False, default=0.4)
    _heights: dict[str, float] = field(init=False)

    def __post_init__(self) -> None:
        k = self.k
        self._heights = {"hips": 0.10 * k, "back": 0.10 * k, "head": 0.0}
        self._heights = settle(
            self.body, self._resting, contacts={"hips": HIPS, **CONTACTS},
            start=self._heights, sink_m={"hips": _BUTTOCKS_YIELD_M},
        )  # fmt: skip

        def knee_deg(feet_m: float) -> float:
            self.feet_m = feet_m
            return self._resting(self._heights).knee_deg("left")

        self.feet_m = solve_for(self.knee_deg, knee_deg, start=0.42 * k, step=0.02)

    @property
    def k(self) -> float:
        """Size against the reference body."""
        return self.body.person.scale

    @property
    def hip_m(self) -> float:
        """Height of the hip joints."""
        return self._heights["hips"]

    def _resting(self, heights: dict[str, float]) -> Figure:
        self._heights = heights
        return self.figure({side: self.planted(sign) for side, sign in SIDES})

    def figure(
        self, legs: Mapping[Side, Limb], arms: Mapping[Side, Limb] | None = None,
        *, trunk: Trunk = LYING, hips_m: float = 0.0,
    ) -> Figure:  # fmt: skip
        """The figure with these limbs; without arms they lie at the sides.

        hips_m: how far the hips are lifted, shoulders staying down.
        """
        heights, k = self._heights, self.k
        hip = heights["hips"] + hips_m
        tilt_deg = float(np.degrees(np.arcsin((hip - heights["back"]) / (_TRUNK_M * k))))
        nod_deg = float(np.degrees(np.clip(heights["head"] / (0.065 * k), -0.9, 0.9)))
        lying = -90 - tilt_deg
        pelvis = turn(FORWARD, -trunk.twist_deg) @ pitch(lying - trunk.tuck_deg)
        thorax = turn(FORWARD, -trunk.follow * trunk.twist_deg) @ pitch(lying + trunk.curl_deg)
        neck = pitch(lying + nod_deg + trunk.curl_deg + 0.5 * trunk.nod_deg)
        head = pitch(-84 + trunk.curl_deg * 1.15 + trunk.nod_deg)
        # A pelvis that rolls onto one side rides up on it.
        ridden = _RIDE_M * k * abs(np.sin(np.radians(trunk.twist_deg)))
        posture = Posture(
            pelvis=pelvis, thorax=thorax, neck=neck, head=head,
            anchor=("left_thigh", "right_thigh"), at=UP * (hip + ridden),
            legs=legs, arms=arms or {side: self.arm_down(sign) for side, sign in SIDES},
        )  # fmt: skip
        if trunk.tuck_deg > 0:
            posture = replace(posture, at=posture.at + self._tucked_up(posture, lying))
        return pose(self.body.skeleton, posture)

    def _tucked_up(self, posture: Posture, lying_deg: float) -> Vector:
        """How far the hips rise so that the back stays on the floor while the pelvis rolls up."""
        flat = replace(posture, thorax=pitch(lying_deg))
        tucked, resting = (
            pose(self.body.skeleton, replace(flat, pelvis=pelvis)).middle("upper_arm")
            for pelvis in (posture.pelvis, pitch(lying_deg))
        )
        return UP * float(resting[1] - tucked[1])

    # --- legs -----------------------------------------------------------------------------------

    def root(self, sign: int) -> Vector:
        """A hip joint."""
        aside = abs(float(self.body.skeleton.joints["left_thigh"][0]))
        return np.array([sign * aside, self.hip_m, 0.0])

    def flat_ankle(self, sign: int) -> Vector:
        """The ankle of a foot that stands on the floor."""
        height_m = self.body.skeleton.ankle_height_m
        return np.array([sign * 0.12 * self.k, height_m, self.feet_m])

    def lying_ankle(self, sign: int) -> Vector:
        """The ankle of a leg that lies straight on the floor."""
        reach_m = 0.996 * self.body.skeleton.leg_m
        drop_m = self.hip_m - _HEEL_M * self.k
        return np.array([sign * 0.12 * self.k, _HEEL_M * self.k, np.sqrt(reach_m**2 - drop_m**2)])

    def ankle_of(self, sign: int, *, thigh_deg: float, knee_deg: float) -> Vector:
        """The ankle of a leg whose thigh rises by an elevation from the floor, its knee bent."""
        thigh_m, shank_m = self.body.skeleton.leg_bones_m
        thigh, shank = np.radians(thigh_deg), np.radians(thigh_deg - (180 - knee_deg))
        across = np.array([0, np.sin(thigh), np.cos(thigh)]) * thigh_m
        return self.root(sign) + across + np.array([0, np.sin(shank), np.cos(shank)]) * shank_m

    def tabletop_ankle(self, aside: Vector, *, knees: Vector) -> Vector:
        """The ankle of a leg whose knee lies along `knees` from between the hips, its shank level.

        aside: from between both knees to this one.
        """
        thigh_m, shank_m = self.body.skeleton.leg_bones_m
        return UP * self.hip_m + aside + knees * thigh_m + FORWARD * shank_m

    def planted(self, sign: int) -> Reach:
        """A leg with its foot flat on the floor."""
        return self.to_ankle(sign, self.flat_ankle(sign), flat=1.0)

    def standing(self, slid_m: float = 0.0) -> dict[Side, Limb]:
        """Both feet flat on the floor, slid away from where they stand at rest."""
        slid = FORWARD * slid_m
        return {
            side: self.to_ankle(sign, self.flat_ankle(sign) + slid, flat=1.0)
            for side, sign in SIDES
        }

    def straight(self, sign: int) -> Reach:
        """A leg that lies straight."""
        return self.to_ankle(sign, self.lying_ankle(sign))

    def to_ankle(
        self, sign: int, ankle: Vector, *, flat: float = 0.0, pole: Vector | None = None,
        flex_deg: float = _TOES_UP_DEG,
    ) -> Reach:  # fmt: skip
        """A leg that puts its ankle there, knee up.

        flat: 1 for a sole on the floor, 0 for a foot that follows the shank, flexed by flex_deg.
        """
        span = ankle - self.root(sign)
        pole = _knee_up(sign, span) if pole is None else pole
        bones_m = self.body.skeleton.leg_bones_m
        _, lower = two_bone(span, lengths_m=bones_m, pole=pole)
        return Reach(ankle, pole, tip_flex_deg=between(flex_deg, flat_flex_deg(lower), share=flat))

    # --- arms -----------------------------------------------------------------------------------

    def arm_down(self, sign: int) -> Reach:
        """An arm on the floor beside the trunk, palm down."""
        wrist = np.array([sign * 0.33, 0.035, -0.05]) * self.k
        flat = palm_down(self.body.skeleton, sign)
        return Reach(wrist, np.array([sign, 0.1, -0.3]), tip=flat)

    def reaching(
        self, legs: Mapping[Side, Limb], goal: Callable[[Figure, Side], Vector], share: float,
        *, trunk: Trunk = LYING, hips_m: float = 0.0,
        elbows: tuple[float, float, float] = ELBOWS_DOWN,
    ) -> Figure:  # fmt: skip
        """The figure with its wrists a share of the way from the floor to a goal.

        goal: place of a wrist, from the figure with the arms still down. elbows: where the left
        one points.
        """
        down = self.figure(legs, trunk=trunk, hips_m=hips_m)
        arms: dict[Side, Limb] = {}
        for side, sign in SIDES:
            if share <= 0:
                arms[side] = self.arm_down(sign)
                continue
            wrist = between(self.arm_down(sign).end, goal(down, side), share=share)
            lift = UP * 0.25 * self.k * np.sin(np.pi * share)
            rest_pole, pole = np.array([sign, 0.1, -0.3]), np.array(elbows) * [sign, 1, 1]
            hand = down.rotations[f"{side}_hand"]
            arms[side] = Reach(
                wrist + lift, between(rest_pole, pole, share=share),
                tip=hand if share < 0.02 else None, tip_flex_deg=10.0,
            )  # fmt: skip
        return self.figure(legs, arms, trunk=trunk, hips_m=hips_m)


def on_knee(figure: Figure, side: Side) -> Vector:
    """Where a wrist is whose hand holds the shin just below that knee."""
    knee, ankle = figure.joints[f"{side}_shank"], figure.joints[f"{side}_foot"]
    shin = (ankle - knee) / np.linalg.norm(ankle - knee)
    front = figure.rotations[f"{side}_shank"] @ FORWARD
    return knee + shin * _BELOW_KNEE_M + front * 0.07


def _knee_up(sign: int, span: Vector) -> Vector:
    """Where a knee points: up, and with a leg past upright on towards the head, or its ankle would
    pass the pole and the knee snap backwards."""
    past = max(0.0, float(np.degrees(np.arctan2(span[1], span[2]))) - 90.0)
    pole = np.array([sign * 0.05, 1.0, -0.2])
    return pitch(-past) @ pole if past else pole
