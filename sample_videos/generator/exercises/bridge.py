"""Bridge: on the back with the knees bent, the hips are lifted into one line and lowered.

Value: `hip_deg`, the sagittal angle shoulder, hip, knee. The feet stand where the angle at rest
comes out as asked; shoulders and head stay on the floor while the trunk rolls up from the hips.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.camera import Camera, Shot
from sample_videos.generator.clip import Clip
from sample_videos.generator.contacts import Heights, HeightTable, settle, solve_for
from sample_videos.generator.kinematics import (
    SIDES,
    Figure,
    Posture,
    Reach,
    Side,
    palm_down,
    pose,
)
from sample_videos.generator.light import Lighting
from sample_videos.generator.motion import Kind, Rep, Script, Values
from sample_videos.generator.person import Person
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.room import Box, Mat, Room
from sample_videos.generator.rotations import UP, pitch, yaw

REST_HIP_DEG = 124.0

_CONTACTS = {
    "shoulders": ("thorax", "left_clavicle", "right_clavicle"),
    "head": ("head",),
    "hands": ("left_hand", "right_hand"),
}
_HIPS = ("pelvis", "left_thigh", "right_thigh")
_BUTTOCKS_YIELD_M = 0.035
_TABLE_HIP_DEG = (REST_HIP_DEG, 135.0, 150.0, 165.0, 178.0, 190.0, 202.0, 214.0)
_THORAX_SHARE = 0.75
"""Share of the pelvis's tilt that the upper trunk follows; the rest is the spine's extension."""


class Bridge(Unaided):
    """A body that does bridges."""

    id = "bridge"
    contacts: ClassVar[Mapping[str, tuple[str, ...]]] = {
        **_CONTACTS,
        "feet": ("left_foot", "right_foot", "left_toes", "right_toes"),
    }

    def __init__(self, body: Body) -> None:
        self._body, self._scale = body, body.person.scale
        self._heights = {"shoulders": 0.10, "head": 0.0, "hands": 0.035}
        self._feet_m = 0.85 * self._scale
        self._rest_tilt_deg = self._lie_down()
        self._table = HeightTable(body, self._at_angle, nodes=_TABLE_HIP_DEG,
                                  contacts=_CONTACTS, start=self._heights)  # fmt: skip

    def _lie_down(self) -> float:
        """Place back and feet; gives the trunk's tilt at rest."""
        start = {**self._heights, "hips": 0.0}
        rest = settle(
            self._body, lambda h: self._pose(self._tilt_of(h["hips"]), h),
            contacts={**_CONTACTS, "hips": _HIPS}, start=start,
            sink_m={"hips": _BUTTOCKS_YIELD_M},
        )  # fmt: skip
        self._heights, tilt_deg = rest, self._tilt_of(rest["hips"])

        def hip_deg(feet_m: float) -> float:
            self._feet_m = feet_m
            return self._pose(tilt_deg, rest).hip_deg()

        self._feet_m = solve_for(REST_HIP_DEG, hip_deg, start=self._feet_m, step=0.02)
        return tilt_deg

    def _tilt_of(self, hips_m: float) -> float:
        """Tilt of the trunk that lifts the hips by a height over the shoulders."""
        return float(np.degrees(np.arcsin(hips_m / (0.51 * self._scale))))

    def _at_angle(self, hip_deg: float, heights: Heights) -> Figure:
        return self._pose(self._tilt_at(hip_deg, heights), heights)

    def _tilt_at(self, hip_deg: float, heights: Heights) -> float:
        def angle(tilt_deg: float) -> float:
            return self._pose(tilt_deg, heights).hip_deg()

        return solve_for(hip_deg, angle, start=self._rest_tilt_deg + 5, step=5.0)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        hip_deg = max(values["hip_deg"], REST_HIP_DEG)
        return pose(self._body.skeleton, self.posture(hip_deg))

    def posture(self, hip_deg: float) -> Posture:
        """All that places the skeleton at an angle of the hips, for variants to change."""
        heights = self._table.at(hip_deg)
        return self._posture(self._tilt_at(hip_deg, heights), heights)

    def _pose(self, tilt_deg: float, heights: Heights) -> Figure:
        return pose(self._body.skeleton, self._posture(tilt_deg, heights))

    def _posture(self, tilt_deg: float, heights: Heights) -> Posture:
        k, skeleton = self._scale, self._body.skeleton
        thorax_deg = -90 - _THORAX_SHARE * tilt_deg
        nod_deg = float(np.degrees(np.clip(heights["head"] / (0.065 * k), -0.9, 0.9)))
        legs, arms = {}, {}
        for side, sign in SIDES:
            foot = np.array([sign * 0.13 * k, skeleton.ankle_height_m, self._feet_m])
            legs[side] = Reach(foot, np.array([sign * 0.05, 1, 0.15]), tip=yaw(sign * 5))
            wrist = np.array([sign * 0.33 * k, heights["hands"], 0.46 * k])
            flat = palm_down(skeleton, sign)
            arms[side] = Reach(wrist, np.array([sign, 0.1, -0.3]), tip=flat)
        return Posture(
            pelvis=pitch(-90 - tilt_deg),
            thorax=pitch(thorax_deg),
            neck=pitch(thorax_deg + nod_deg),
            head=pitch(-84),
            anchor=("left_upper_arm", "right_upper_arm"),
            at=UP * heights["shoulders"],
            legs=legs,
            arms=arms,
        )

    def measures(self, figure: Figure, camera: Camera) -> dict[str, float]:
        """What a physiotherapist would measure."""
        return {"hip_deg": figure.hip_deg(), "knee_deg": figure.knee_deg("left")}


MOTION = Motion(
    exercise=Bridge,
    rest={"hip_deg": REST_HIP_DEG},
    top={"hip_deg": 179.0},
    spread={"hip_deg": 3.0},
    tempo=Tempo(rise_s=1.6, hold_s=2.4, lower_s=1.7, rest_s=1.2),
    partial={"hip_deg": 146.0},
    flaws={
        "hips_low": Flaw(top={"hip_deg": 148.0}, near={"hip_deg": 161.0}, kind="partial"),
        "over_arched": Flaw(top={"hip_deg": 209.0}, near={"hip_deg": 199.0}),
        "dropped_fast": Flaw(tempo={"lower_s": 0.5}),
        "uneven_hold": Flaw(
            top={"hip_deg": 188.0}, drift={"hip_deg": -23.0}, tempo={"hold_s": 6.0}
        ),
    },
    not_shown={
        "feet_too_far": "feet so far out open the hips beyond what the start posture allows",
        "lifted_too_high": "belongs to the dose that asks for 4 to 6 inches",
    },
    sway={"hip_deg": 0.5},
    views={"side": (72, 108)},
    lens_m=(0.3, 0.7),
)  # fmt: skip


def _rep(kind: Kind, hip_deg: float, hold_s: float, *faults: str) -> Rep:
    return Rep(kind, {"hip_deg": hip_deg}, rise_s=1.6, hold_s=hold_s, lower_s=1.8, rest_s=1.5,
               faults=faults)  # fmt: skip


CLIPS = (
    Clip(
        path="bridge/bridge_side",
        title="Two full bridges, one held too briefly, one with the hips too low",
        exercise=Bridge,
        view="side",
        person=Person(
            height_m=1.66, female=0.9, fat=0.1, skin=(0.78, 0.58, 0.44), shirt=(0.62, 0.16, 0.22),
            trousers=(0.10, 0.12, 0.20), shoes=(0.85, 0.85, 0.88), hair=(0.22, 0.12, 0.07),
            leggings=True, sleeve=0.45,
        ),
        script=Script(
            rest={"hip_deg": REST_HIP_DEG},
            lead_s=3.0,
            reps=(
                _rep("good", 180, 5.5),
                _rep("good", 179, 5.5),
                _rep("short_hold", 180, 2.0),
                _rep("partial", 150, 2.0, "hips_low"),
            ),
            sway={"hip_deg": 0.5},
            seed=11,
        ),
        shot=Shot(azimuth_deg=90, height_m=0.42, fill=0.76, vertical_fov_deg=40),
        room=Room(
            facing_deg=90, wall_colour=(0.80, 0.82, 0.78), floor="wood",
            floor_colour=(0.62, 0.45, 0.30), back_wall_m=1.5, side_wall_m=-2.6,
            mat=Mat((0.25, 0.38, 0.45)),
            boxes=(
                Box(1.3, 0.0, (0.9, 0.75, 0.4), (0.55, 0.42, 0.32)),
                Box(-0.9, 1.2, (0.9, 0.6, 0.03), (0.35, 0.45, 0.55)),
            ),
            seed=3,
        ),
        lighting=Lighting((0.7, 1.0, 0.45)),
        seed=11,
    ),
)  # fmt: skip
