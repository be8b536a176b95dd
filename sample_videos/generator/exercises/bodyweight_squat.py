"""Bodyweight squat: hips back and down until the thighs are level, arms forward, and up again.

Its values are those of `upright`.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sample_videos.generator.camera import Camera, Shot
from sample_videos.generator.clip import Clip
from sample_videos.generator.kinematics import SIDES, Figure
from sample_videos.generator.light import Lighting
from sample_videos.generator.motion import Kind, Rep, Script
from sample_videos.generator.person import Person
from sample_videos.generator.repertoire import Flaw, Motion, Tempo
from sample_videos.generator.room import Box, Room
from sample_videos.generator.upright import REST, Upright


class BodyweightSquat(Upright):
    """A body that squats."""

    id = "bodyweight_squat"

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
        "shallow": Flaw(
            top={"thigh_deg": 30.0, "trunk_deg": 64.0}, near={"thigh_deg": 24.0}, views=("side",)
        ),
        "too_deep": Flaw(
            top={"thigh_deg": -29.0, "trunk_deg": 58.0}, near={"thigh_deg": -18.0}
        ),
        "chest_dropping": Flaw(top=_DROPPING, near={"trunk_deg": 41.0}, views=("side",)),
        "chest_dropping_front": Flaw(
            top=_DROPPING, near={"trunk_deg": 36.0}, views=("oblique",)
        ),
        "knees_in": Flaw(top={"knee_gap": 0.48}, near={"knee_gap": 0.72}, views=("front",)),
        "heels_lifting": Flaw(top={"heel_deg": 26.0}, near={"heel_deg": 14.0}, views=("side",)),
        "feet_narrow": Flaw(always={"stance": 0.4}, near={"stance": 0.58}, views=("front",)),
        "feet_wide": Flaw(always={"stance": 2.3}, near={"stance": 1.95}, views=("front",)),
    },
    not_shown={
        "hips_not_back": "whoever balances with level thighs has the hips behind the heels",
        "leaning_forward": "from the front the pose model draws a leaning trunk upright",
        "uneven": "the figure cannot shift its weight to one leg",
    },
    sway={"trunk_deg": 0.4, "arm_deg": 0.8},
    views={"side": (75, 105), "oblique": (36, 48), "front": (0, 12)},
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
