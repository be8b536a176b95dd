"""Bird dog: on hands and knees, one leg and the opposite arm are stretched out and lowered.

Values: `lift` from 0 (on the floor) to 1 (stretched out); `thigh_deg` and `arm_deg`, elevations
of the moving thigh backwards and the moving arm forwards; `knee_deg`, the moving knee's angle.
May be given: `arm_lift`, where the arm does not go with the leg; `elbow_deg`, the moving elbow's
angle; `hollow_deg`, by which pelvis and chest are tipped against each other.
"""

from __future__ import annotations

from functools import partial

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.camera import Camera, Shot
from sample_videos.generator.clip import Clip
from sample_videos.generator.contacts import Heights, settle, solve_for
from sample_videos.generator.kinematics import (
    SIDES,
    Aim,
    Figure,
    Posture,
    Reach,
    Side,
    between,
    elevation_deg,
    hand_turned,
    pose,
)
from sample_videos.generator.light import Lighting
from sample_videos.generator.motion import Kind, Rep, Script, Values
from sample_videos.generator.person import Person
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.room import Box, Mat, Room
from sample_videos.generator.rotations import FORWARD, LEFTWARD, UP, Vector, pitch, unit

REST = {"lift": 0.0, "thigh_deg": -90.0, "knee_deg": 90.0, "arm_deg": -90.0}

_CONTACTS = {
    "knees": ("left_thigh", "right_thigh", "left_shank", "right_shank"),
    "toes": ("left_foot", "right_foot", "left_toes", "right_toes"),
    "hands": ("left_hand", "right_hand"),
}
_RESTING_PLANTAR_DEG = 68.0
_STRETCHED_PLANTAR_DEG = 58.0
_STRAIGHT_DEG = 173.0
"""Angle from which an elbow is stretched out."""

_ELBOW_GIVE = 0.99
"""Distance from shoulder to wrist of a supporting arm, as a share of its full length."""


class BirdDog(Unaided):
    """A body that does bird dogs."""

    id = "bird_dog"

    def __init__(self, body: Body) -> None:
        self._body, self._skeleton = body, body.skeleton
        self._scale = body.person.scale
        self._thigh_m = self._skeleton.length_m("left_thigh", "left_shank")
        self._shank_m = self._skeleton.length_m("left_shank", "left_foot")
        self._arm_m = sum(
            self._skeleton.length_m(f"left_{a}", f"left_{b}")
            for a, b in (("upper_arm", "forearm"), ("forearm", "hand"))
        )
        self._heights = {"knees": 0.055, "toes": 0.09, "hands": 0.04}
        self._tilt_deg = 80.0
        self._heights = settle(body, self._all_fours, contacts=_CONTACTS, start=self._heights)

    def _all_fours(self, heights: Heights) -> Figure:
        """The figure at rest for given heights; finds the trunk's tilt on the way."""
        self._heights = heights
        shoulder_m = heights["hands"] + self._arm_m * _ELBOW_GIVE

        def shoulder_height(tilt_deg: float) -> float:
            self._tilt_deg = tilt_deg
            return float(self.figure(REST, None).middle("upper_arm")[1])

        self._tilt_deg = solve_for(shoulder_m, shoulder_height, start=80.0, step=2.0)
        return self.figure(REST, None)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values; `side` is that of the moving leg."""
        lift = _arm_lift(values) if side else 0.0
        hollow_deg = values.get("hollow_deg", 0.0)
        trunk = partial(
            Posture,
            pelvis=pitch(self._tilt_deg + hollow_deg),
            thorax=pitch(self._tilt_deg - hollow_deg),
            head=pitch(self._tilt_deg - 12),
            anchor=("left_thigh", "right_thigh"),
            at=UP * (self._heights["knees"] + self._thigh_m),
            clavicles={s: (20.0 * lift * (s != side), 0.0) for s, _ in SIDES} if side else {},
        )
        legs = {s: self._resting_leg(s) for s, _ in SIDES}
        hanging = {s: Aim(-UP, -FORWARD) for s, _ in SIDES}
        roots = pose(self._skeleton, trunk(legs=legs, arms=hanging)).joints
        if side:
            legs[side] = self._moving_leg(values, side)
        arms = {
            s: self._arm(roots[f"{s}_upper_arm"], s, values=values if side and s != side else REST)
            for s, _ in SIDES
        }
        return pose(self._skeleton, trunk(legs=legs, arms=arms))

    def _resting_leg(self, side: Side) -> Reach:
        knee_m, ankle_m = self._heights["knees"], self._heights["toes"]
        behind = -np.sqrt(self._shank_m**2 - (knee_m - ankle_m) ** 2)
        ankle = np.array([self._skeleton.joints[f"{side}_thigh"][0], ankle_m, behind])
        return Reach(ankle, np.array([0, -0.5, 1]), tip_flex_deg=_RESTING_PLANTAR_DEG)

    def _moving_leg(self, values: Values, side: Side) -> Aim:
        lift, thigh = values["lift"], np.radians(values["thigh_deg"])
        drop_m = self._heights["knees"] - self._heights["toes"]
        rest_deg = REST["knee_deg"] + np.degrees(np.arcsin(drop_m / self._shank_m))
        # The knee opens later than the thigh lifts, or the toes would be dragged into the floor.
        opening = (values["knee_deg"] - REST["knee_deg"]) * np.sqrt(lift)
        knee_deg = opening + rest_deg + (REST["knee_deg"] - rest_deg) * lift
        return Aim(
            along=np.array([0, np.sin(thigh), -np.cos(thigh)]),
            pole=np.array([0, -np.cos(thigh), -np.sin(thigh)]),
            flex_deg=180 - knee_deg,
            tip_flex_deg=between(_RESTING_PLANTAR_DEG, _STRETCHED_PLANTAR_DEG, share=lift),
        )

    def _arm(self, shoulder: Vector, side: Side, *, values: Values) -> Reach:
        lift, sign = _arm_lift(values), 1 if side == "left" else -1
        planted = self._planted_wrist(sign) - shoulder
        rest = unit(planted)
        rise = values["arm_deg"] + (1 - lift) * (elevation_deg(np.zeros(3), rest) + 90)
        aside = between(float(rest[0]), sign * 0.08, share=lift)
        level = np.sqrt(1 - aside**2)
        direction = np.array(
            [aside, level * np.sin(np.radians(rise)), level * np.cos(np.radians(rise))]
        )
        stretched_m = self._stretched_m(values.get("elbow_deg", _STRAIGHT_DEG))
        length = between(float(np.linalg.norm(planted)), stretched_m, share=lift)
        fingers = unit(between(FORWARD, direction, share=lift))
        thumb = between(-sign * LEFTWARD, np.array([-sign * 0.5, 0.85, 0]), share=lift)
        return Reach(
            end=shoulder + direction * length,
            pole=between(np.array([sign, 0, -0.4]), np.array([sign * 0.35, -1.0, 0]), share=lift),
            tip=hand_turned(self._skeleton, side, fingers=fingers, thumb=thumb),
        )

    def _stretched_m(self, elbow_deg: float) -> float:
        """Distance from shoulder to wrist at an angle of the elbow."""
        if elbow_deg >= _STRAIGHT_DEG:
            return 0.998 * self._arm_m
        upper_m = self._skeleton.length_m("left_upper_arm", "left_forearm")
        lower_m = self._arm_m - upper_m
        bent = 2 * upper_m * lower_m * np.cos(np.radians(elbow_deg))
        return float(np.sqrt(upper_m**2 + lower_m**2 - bent))

    def _planted_wrist(self, sign: int) -> Vector:
        """Under the shoulder, on the floor."""
        reach = self._skeleton.joints["left_upper_arm"] - self._skeleton.joints["left_thigh"]
        ahead = reach[1] * np.sin(np.radians(self._tilt_deg))
        return np.array([sign * 0.19 * self._scale, self._heights["hands"], ahead])

    def measures(self, figure: Figure, camera: Camera) -> dict[str, float]:
        """What a physiotherapist would measure, of each leg and arm."""
        found = {}
        for side, _ in SIDES:
            at = {bone: figure.joints[f"{side}_{bone}"] for bone in
                  ("thigh", "foot", "upper_arm", "hand")}  # fmt: skip
            found[f"{side}_leg_deg"] = elevation_deg(at["thigh"], at["foot"])
            found[f"{side}_knee_deg"] = figure.knee_deg(side)
            found[f"{side}_arm_deg"] = elevation_deg(at["upper_arm"], at["hand"])
        return found


def _arm_lift(values: Values) -> float:
    return values.get("arm_lift", values["lift"])


MOTION = Motion(
    exercise=BirdDog,
    rest={**REST, "arm_lift": 0.0, "elbow_deg": _STRAIGHT_DEG, "hollow_deg": 0.0},
    top={"lift": 1.0, "arm_lift": 1.0, "thigh_deg": 1.0, "knee_deg": 171.0, "arm_deg": 2.0},
    spread={"thigh_deg": 4.0, "arm_deg": 6.0, "knee_deg": 3.0},
    tempo=Tempo(rise_s=1.3, hold_s=2.2, lower_s=1.5, rest_s=1.0),
    partial={"lift": 1.0, "arm_lift": 1.0, "thigh_deg": -27.0},
    flaws={
        "leg_low": Flaw(top={"thigh_deg": -28.0}, near={"thigh_deg": -17.0}, kind="partial"),
        "leg_high": Flaw(top={"thigh_deg": 33.0}, near={"thigh_deg": 24.0}),
        "arm_low": Flaw(
            top={"arm_deg": -44.0}, near={"arm_deg": -24.0}, kind="partial", towards="resting"
        ),
        "arm_high": Flaw(top={"arm_deg": 44.0}, near={"arm_deg": 30.0}, towards="resting"),
        "knee_bent": Flaw(
            top={"knee_deg": 122.0, "thigh_deg": -18.0},
            near={"knee_deg": 143.0, "thigh_deg": -10.0},
            kind="partial",
        ),
        "elbow_bent": Flaw(
            top={"elbow_deg": 115.0}, near={"elbow_deg": 142.0}, towards="resting"
        ),
        "back_arching": Flaw(top={"hollow_deg": 26.0}, near={"hollow_deg": 18.0}),
        "not_together": Flaw(
            tempo={"rise_s": 6.0}, delays_s={"arm_lift": 5.0, "arm_deg": 5.0}, towards="resting"
        ),
        "dropped_fast": Flaw(tempo={"lower_s": 0.4}),
    },
    sides="alternating",
    sway={"thigh_deg": 0.3, "arm_deg": 0.4},
    views={"side": (75, 105)},
    lens_m=(0.35, 0.75),
)  # fmt: skip


def _rep(
    kind: Kind, side: Side, *faults: str, thigh_deg: float = -1.0, knee_deg: float = 173.0
) -> Rep:
    top = {"lift": 1.0, "thigh_deg": thigh_deg, "knee_deg": knee_deg, "arm_deg": 0.0}
    return Rep(kind, top, rise_s=1.2, hold_s=3.0, lower_s=1.5, rest_s=1.5, side=side,
               faults=faults)  # fmt: skip


CLIPS = (
    Clip(
        path="bird_dog/bird_dog_side",
        title="Two full bird dogs a side, then one with a bent knee, one with the leg too low",
        exercise=BirdDog,
        view="side",
        person=Person(
            height_m=1.80, muscle=0.5, skin=(0.60, 0.42, 0.30), shirt=(0.80, 0.78, 0.72),
            trousers=(0.16, 0.20, 0.28), shoes=(0.25, 0.25, 0.28), hair=(0.06, 0.05, 0.05),
            sleeve=0.55, trouser=0.7,
        ),
        script=Script(
            rest=REST,
            lead_s=3.0,
            reps=(
                _rep("good", "left"),
                _rep("good", "right"),
                _rep("good", "left"),
                _rep("good", "right"),
                _rep("partial", "left", "knee_bent", thigh_deg=-16.0, knee_deg=125.0),
                _rep("partial", "right", "leg_low", thigh_deg=-23.0),
            ),
            sway={"thigh_deg": 0.25, "arm_deg": 0.35},
            seed=21,
        ),
        shot=Shot(azimuth_deg=-90, height_m=0.55, fill=0.74, vertical_fov_deg=42),
        room=Room(
            facing_deg=-90, wall_colour=(0.86, 0.80, 0.70), floor="carpet",
            floor_colour=(0.50, 0.50, 0.53), back_wall_m=1.9, side_wall_m=2.9,
            mat=Mat((0.45, 0.25, 0.40)),
            boxes=(
                Box(-1.5, 0.0, (0.7, 1.25, 0.4), (0.30, 0.22, 0.16)),
                Box(0.6, 1.15, (1.1, 0.7, 0.03), (0.75, 0.80, 0.85)),
            ),
            seed=8,
        ),
        lighting=Lighting((-0.6, 1.1, 0.3), key=(1.5, 1.5, 1.5), ambient=(0.60, 0.60, 0.60)),
        seed=21,
        crf=30,
    ),
)  # fmt: skip
