"""Bodyweight squat: hips back and down until the thighs are level, arms forward, and up again.

Values: `thigh_deg`, elevation of the thigh from the knee up to the hip; `trunk_deg`, elevation of
the trunk; `arm_deg`, elevation of the arms; `knee_gap`, the knees' distance over the ankles'.
May be given: `stance`, the feet's distance against the usual; `heel_deg`, how far the heels lift.
The shanks lean as far as it takes to keep the centre of mass over the middle of the feet.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.camera import Camera, Shot
from sample_videos.generator.clip import Clip
from sample_videos.generator.contacts import solve_for
from sample_videos.generator.kinematics import SIDES, Aim, Figure, Posture, Reach, Side, pose
from sample_videos.generator.light import Lighting
from sample_videos.generator.motion import Kind, Rep, Script, Values
from sample_videos.generator.person import Person
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.room import Box, Room
from sample_videos.generator.rotations import FORWARD, Vector, pitch, sagittal, unit, yaw

REST = {"thigh_deg": 85.5, "trunk_deg": 89.0, "arm_deg": -83.0, "knee_gap": 0.80}

_TOE_OUT_DEG = 12.0
_ANKLE_ASIDE_M = 0.165
_OVER_FEET_M = 0.045
"""How far ahead of the ankles the centre of mass is kept."""

_NEVER_STRAIGHT_M = 0.001
"""Keeps the direction in which a knee bends known when the leg is straight."""

# Winter, Biomechanics and Motor Control of Human Movement (2009), table 4.1: mass of a segment
# as a share of the body's, and its centre of mass as a share of its length from the near end.
_TRUNK_MASS, _TRUNK_CENTRE = 0.578, 0.66
_ARM_MASS, _ARM_CENTRE = 0.100, 0.53
_THIGH_MASS, _THIGH_CENTRE = 0.200, 0.433
_SHANK_MASS, _SHANK_CENTRE = 0.093, 0.433


class BodyweightSquat(Unaided):
    """A body that squats."""

    id = "bodyweight_squat"

    def __init__(self, body: Body) -> None:
        self._skeleton, self._scale = body.skeleton, body.person.scale
        length = self._skeleton.length_m
        self._thigh_m = length("left_thigh", "left_shank")
        self._shank_m = length("left_shank", "left_foot")
        self._arm_m = length("left_upper_arm", "left_forearm") + length("left_forearm", "left_hand")
        joints = self._skeleton.joints
        self._hip_aside_m = float(joints["left_thigh"][0])
        self._trunk = joints["left_upper_arm"] - joints["left_thigh"]
        self._trunk = self._trunk * [0, 1, 1]

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""

        def imbalance(shank_deg: float) -> float:
            return self._centre_of_mass(values, shank_deg)

        shank_deg = solve_for(_OVER_FEET_M * self._scale, imbalance, start=10.0, step=5.0)
        knee, hip = self._knee_and_hip(values, float(np.clip(shank_deg, -3, 42)))
        lean_deg = self._lean_deg(values)
        bent = (REST["thigh_deg"] - values["thigh_deg"]) / 80
        return pose(self._skeleton, Posture(
            pelvis=pitch(lean_deg + 4 * bent),
            thorax=pitch(lean_deg - 4 * bent),
            head=pitch(0.3 * lean_deg),
            anchor=("left_thigh", "right_thigh"),
            at=hip * [0, 1, 1],
            legs={s: self._leg(sign, values, knee=knee, hip=hip) for s, sign in SIDES},
            arms={s: self._arm(sign, values["arm_deg"]) for s, sign in SIDES},
        ))  # fmt: skip

    def _lean_deg(self, values: Values) -> float:
        """Pitch of the trunk that gives it its elevation."""
        upright_deg = np.degrees(np.arctan2(self._trunk[1], self._trunk[2]))
        return float(upright_deg - values["trunk_deg"])

    def _knee_and_hip(self, values: Values, shank_deg: float) -> tuple[Vector, Vector]:
        """Left knee and hip for a forward lean of the shank."""
        ankle_x, ankle_y, ankle_z = self._ankle(values)
        knee_x = values["knee_gap"] * ankle_x
        shank = np.sqrt(self._shank_m**2 - (knee_x - ankle_x) ** 2)
        # Feet set wide lean the thighs outwards, which alone keeps them from standing upright.
        outward = abs(knee_x - self._hip_aside_m) / self._thigh_m
        steepest = np.arccos(min(outward, 1.0))
        lean, thigh = np.radians(shank_deg), min(np.radians(values["thigh_deg"]), steepest)
        knee = np.array([knee_x, ankle_y + shank * np.cos(lean), ankle_z + shank * np.sin(lean)])
        level = (self._thigh_m * np.cos(thigh)) ** 2 - (knee_x - self._hip_aside_m) ** 2
        back = np.sqrt(max(level, 0.0))
        hip_y = knee[1] + self._thigh_m * np.sin(thigh)
        return knee, np.array([self._hip_aside_m, hip_y, knee[2] - back])

    def _ankle(self, values: Values) -> Vector:
        """The left ankle; a lifted heel turns the foot about its ball."""
        aside_m = _ANKLE_ASIDE_M * self._scale * values.get("stance", 1.0)
        planted = np.array([aside_m, self._skeleton.ankle_height_m, 0.0])
        heel_deg = values.get("heel_deg", 0.0)
        if not heel_deg:
            return planted
        to_ball = self._skeleton.offset("left_foot", "left_toes") * [0, 1, 1]
        return planted + to_ball - pitch(heel_deg) @ to_ball

    def _centre_of_mass(self, values: Values, shank_deg: float) -> float:
        """How far ahead of the ankles the body's centre of mass is."""
        knee, hip = self._knee_and_hip(values, shank_deg)
        trunk = pitch(self._lean_deg(values)) @ self._trunk
        arm = sagittal(values["arm_deg"]) * self._arm_m
        moment = (
            _TRUNK_MASS * (hip + _TRUNK_CENTRE * trunk)
            + _ARM_MASS * (hip + trunk + _ARM_CENTRE * arm)
            + _THIGH_MASS * (hip + _THIGH_CENTRE * (knee - hip))
            + _SHANK_MASS * (1 - _SHANK_CENTRE) * knee
        )
        return float(moment[2] / (_TRUNK_MASS + _ARM_MASS + _THIGH_MASS + _SHANK_MASS))

    def _leg(self, sign: int, values: Values, *, knee: Vector, hip: Vector) -> Reach:
        ankle = self._ankle(values)
        straight = unit(ankle - hip)
        bulge = knee - hip - straight * ((knee - hip) @ straight)
        pole = bulge + _NEVER_STRAIGHT_M * FORWARD
        tip = yaw(sign * _TOE_OUT_DEG) @ pitch(values.get("heel_deg", 0.0))
        return Reach(ankle * [sign, 1, 1], pole * [sign, 1, 1], tip=tip)

    def _arm(self, sign: int, arm_deg: float) -> Aim:
        rise = np.radians(arm_deg)
        pole = np.array([sign * 0.3, -np.cos(rise), np.sin(rise)])
        return Aim(sagittal(arm_deg, aside=sign * 0.14), pole, flex_deg=14)

    def measures(self, figure: Figure, camera: Camera) -> dict[str, float]:
        """What a physiotherapist would measure; the last one in the picture."""
        knee, hip = figure.joints["left_shank"], figure.joints["left_thigh"]
        rise = (hip - knee)[1] / np.linalg.norm(hip - knee)
        return {
            "thigh_deg": float(np.degrees(np.arcsin(rise))),
            "trunk_deg": figure.trunk_deg(),
            "knee_deg": figure.knee_deg("left"),
            "picture_knee_gap": _gap(figure, camera, bone="shank")
            / _gap(figure, camera, bone="foot"),
        }


def _gap(figure: Figure, camera: Camera, *, bone: str) -> float:
    """Distance across the picture between the left and right of a joint."""
    xy, _ = camera.project(np.stack([figure.joints[f"{s}_{bone}"] for s, _ in SIDES]))
    return float(abs(xy[0, 0] - xy[1, 0]))


_DROPPING = {"trunk_deg": 27.0}

MOTION = Motion(
    exercise=BodyweightSquat,
    rest={**REST, "stance": 1.0, "heel_deg": 0.0},
    top={"thigh_deg": 6.0, "trunk_deg": 60.0, "knee_gap": 1.15, "arm_deg": 2.0},
    spread={"thigh_deg": 5.0, "trunk_deg": 3.0},
    tempo=Tempo(rise_s=1.3, hold_s=0.4, lower_s=1.2, rest_s=1.0),
    partial={"thigh_deg": 54.0, "trunk_deg": 74.0, "knee_gap": 0.95},
    flaws={
        "shallow": Flaw(top={"thigh_deg": 30.0, "trunk_deg": 64.0}, near={"thigh_deg": 24.0}),
        "too_deep": Flaw(
            top={"thigh_deg": -29.0, "trunk_deg": 58.0}, near={"thigh_deg": -18.0}
        ),
        "chest_dropping": Flaw(top=_DROPPING, near={"trunk_deg": 41.0}, views=("side",)),
        "chest_dropping_front": Flaw(
            top=_DROPPING, near={"trunk_deg": 36.0}, views=("oblique", "front")
        ),
        "knees_in": Flaw(top={"knee_gap": 0.48}, near={"knee_gap": 0.72}, views=("front",)),
        "heels_lifting": Flaw(top={"heel_deg": 26.0}, near={"heel_deg": 14.0}, views=("side",)),
        "feet_narrow": Flaw(always={"stance": 0.4}, near={"stance": 0.58}, views=("front",)),
        "feet_wide": Flaw(always={"stance": 1.85}, near={"stance": 1.68}, views=("front",)),
    },
    not_shown={
        "hips_not_back": "whoever balances with level thighs has the hips behind the heels",
        "uneven": "the figure cannot shift its weight to one leg",
    },
    sway={"trunk_deg": 0.4, "arm_deg": 0.8},
    views={"side": (75, 105), "oblique": (28, 44), "front": (0, 12)},
    lens_m=(0.7, 1.15),
    on_mat=False,
)  # fmt: skip


def _rep(kind: Kind, *faults: str, thigh_deg: float = 8.0, trunk_deg: float = 59.0,
         knee_gap: float = 1.2) -> Rep:  # fmt: skip
    top = {"thigh_deg": thigh_deg, "trunk_deg": trunk_deg, "knee_gap": knee_gap, "arm_deg": 2.0}
    return Rep(kind, top, rise_s=1.3, hold_s=0.4, lower_s=1.2, rest_s=1.0, faults=faults)


def _script(*reps: Rep, seed: int) -> Script:
    sway = {"trunk_deg": 0.4, "arm_deg": 0.8}
    return Script(rest=REST, lead_s=2.5, reps=reps, sway=sway, seed=seed)


_SIDE = Clip(
    path="bodyweight_squat/squat_side",
    title="Three full squats, a shallow one, one with the chest dropping",
    exercise=BodyweightSquat,
    view="side",
    person=Person(
        height_m=1.75, fat=0.25, skin=(0.93, 0.76, 0.65), shirt=(0.15, 0.42, 0.38),
        trousers=(0.22, 0.22, 0.25), shoes=(0.75, 0.20, 0.15), hair=(0.45, 0.32, 0.18),
    ),
    script=_script(
        _rep("good", thigh_deg=8),
        _rep("good", thigh_deg=6, trunk_deg=57.5),
        _rep("good", thigh_deg=10),
        _rep("partial", thigh_deg=42, trunk_deg=68, knee_gap=1.0),
        _rep("fault", "chest_dropping", thigh_deg=9, trunk_deg=33),
        seed=31,
    ),
    shot=Shot(azimuth_deg=90, height_m=0.95, fill=0.88),
    room=Room(
        facing_deg=90, wall_colour=(0.74, 0.80, 0.86), floor="tile",
        floor_colour=(0.66, 0.64, 0.60), back_wall_m=1.8, side_wall_m=2.8,
        boxes=(
            Box(-1.6, 0.0, (0.5, 1.6, 0.4), (0.62, 0.50, 0.36)),
            Box(1.5, 1.3, (0.8, 0.55, 0.03), (0.70, 0.45, 0.30)),
        ),
        seed=5,
    ),
    lighting=Lighting((0.8, 1.0, 0.5)),
    seed=31,
)  # fmt: skip

_FRONT = Clip(
    path="bodyweight_squat/squat_front",
    title="Three full squats, then one with the knees falling in",
    exercise=BodyweightSquat,
    view="front",
    person=Person(
        height_m=1.62, female=0.8, fat=0.15, skin=(0.42, 0.28, 0.20), shirt=(0.85, 0.55, 0.18),
        trousers=(0.35, 0.38, 0.45), shoes=(0.90, 0.90, 0.90), hair=(0.05, 0.04, 0.04),
        sleeve=0.3, bun=True,
    ),
    script=_script(
        _rep("good"),
        _rep("good", thigh_deg=10),
        _rep("good", thigh_deg=7),
        _rep("fault", "knees_in", thigh_deg=-2, knee_gap=0.53),
        seed=41,
    ),
    shot=Shot(azimuth_deg=5, height_m=0.80, fill=0.88),
    room=Room(
        facing_deg=0, wall_colour=(0.88, 0.86, 0.82), floor="wood",
        floor_colour=(0.45, 0.32, 0.22), back_wall_m=2.2, side_wall_m=2.4,
        boxes=(
            Box(-1.4, 0.0, (1.0, 0.45, 0.5), (0.40, 0.42, 0.48)),
            Box(1.0, 1.2, (0.6, 0.8, 0.03), (0.55, 0.62, 0.50)),
        ),
        seed=6,
    ),
    lighting=Lighting((0.3, 1.6, 0.5), key=(1.6, 1.6, 1.65), ambient=(0.62, 0.63, 0.66)),
    seed=41,
)  # fmt: skip

_OBLIQUE = replace(
    _FRONT,
    path="bodyweight_squat/squat_oblique",
    title="Three full squats, seen at an angle",
    view="oblique",
    person=Person(
        height_m=1.84, muscle=0.7, skin=(0.88, 0.69, 0.56), shirt=(0.22, 0.24, 0.30),
        trousers=(0.30, 0.32, 0.20), shoes=(0.15, 0.15, 0.18), hair=(0.10, 0.08, 0.07), sleeve=0.35,
    ),
    script=_script(_rep("good"), _rep("good", thigh_deg=6), _rep("good", thigh_deg=9), seed=51),
    shot=Shot(azimuth_deg=45, height_m=0.98, fill=0.88),
    room=Room(
        facing_deg=20, wall_colour=(0.78, 0.74, 0.70), floor="carpet",
        floor_colour=(0.62, 0.56, 0.48), back_wall_m=2.2, side_wall_m=-2.6,
        boxes=(Box(1.2, 0.0, (1.2, 0.8, 0.45), (0.68, 0.60, 0.50)),),
        seed=9,
    ),
    lighting=Lighting((0.2, 1.0, 0.9), key=(1.6, 1.48, 1.3)),
    seed=51,
)  # fmt: skip

CLIPS = (_SIDE, _FRONT, _OBLIQUE)
