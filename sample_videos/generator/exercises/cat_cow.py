"""Cat-cow: on hands and knees, the back is rounded to the ceiling and let sag to the floor.

Values: `hollow_deg`, by which pelvis and chest are tipped against each other, negative for a
rounded back; `nod_deg`, how far the chin goes to the chest; `elbow_deg`, angle of the elbows;
`rock_deg`, how far the thighs lean forward; `hands_m`, how far the hands stand ahead.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.contacts import solve_for
from sample_videos.generator.kinematics import SIDES, Aim, Figure, Posture, Reach, Side, pose
from sample_videos.generator.motion import Values
from sample_videos.generator.quadruped import STRAIGHT_DEG, AllFours
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import FORWARD, UP, Vector, pitch

CLIPS = ()

_REST = {
    "hollow_deg": 0.0, "nod_deg": 0.0, "elbow_deg": STRAIGHT_DEG, "rock_deg": 0.0, "hands_m": 0.0,
}  # fmt: skip


class CatCow(Unaided):
    """A body that rounds and hollows its back."""

    id = "cat_cow"

    def __init__(self, body: Body) -> None:
        self._four, self._skeleton = AllFours(body), body.skeleton

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values; the trunk tilts until the hands stay on the floor."""
        wanted_m = self._four.stretched_m(values["elbow_deg"]) * 0.992

        def arm_m(tilt_deg: float) -> float:
            roots = pose(self._skeleton, self._trunk(values, tilt_deg, arms=None)).joints
            return float(np.linalg.norm(roots["left_upper_arm"] - self._wrist(1, values)))

        tilt_deg = solve_for(wanted_m, arm_m, start=self._four.tilt_deg, step=2.0)
        arms = {}
        for one, sign in SIDES:
            planted = self._four.planted(one)
            bent = values["elbow_deg"] < STRAIGHT_DEG - 8
            pole = np.array([sign * 0.3, 0, -1.0]) if bent else planted.pole
            arms[one] = replace(planted, end=self._wrist(sign, values), pole=pole)
        return pose(self._skeleton, self._trunk(values, tilt_deg, arms=arms))

    def _wrist(self, sign: int, values: Values) -> Vector:
        return self._four.planted_wrist(sign) + FORWARD * values["hands_m"]

    def _trunk(
        self, values: Values, tilt_deg: float, arms: dict[Side, Reach] | None
    ) -> Posture:  # fmt: skip
        rock = np.radians(values["rock_deg"])
        hips = np.array([0, np.cos(rock), np.sin(rock)]) * self._four.thigh_m
        hollow_deg = values["hollow_deg"]
        hanging = {s: Aim(-UP, -FORWARD) for s, _ in SIDES}
        trunk = partial(
            Posture,
            pelvis=pitch(tilt_deg + hollow_deg),
            thorax=pitch(tilt_deg - hollow_deg),
            head=pitch(tilt_deg - 12 + values["nod_deg"]),
            anchor=("left_thigh", "right_thigh"),
            at=UP * self._four.knee_m + hips,
            legs={s: self._four.resting_leg(s) for s, _ in SIDES},
        )
        return trunk(arms=arms or hanging)


MOTION = Motion(
    exercise=CatCow,
    rest=_REST,
    top={},
    poses={
        "cat": {"hollow_deg": -25.0, "nod_deg": 40.0},
        "cow": {"hollow_deg": 23.0, "nod_deg": -40.0},
    },
    spread={"hollow_deg": 2.0},
    tempo=Tempo(rise_s=1.7, hold_s=1.4, lower_s=1.4, rest_s=0.4),
    flaws={
        "head_not_tucked": Flaw(top={"nod_deg": -14.0}, near={"nod_deg": 8.0}, pose="cat"),
        "head_not_lifted": Flaw(top={"nod_deg": 26.0}, near={"nod_deg": 4.0}, pose="cow"),
        "elbows_bent": Flaw(top={"elbow_deg": 118.0}, near={"elbow_deg": 138.0}),
        "hands_not_under_shoulders": Flaw(always={"hands_m": 0.29}, near={"hands_m": 0.19}),
        "knees_not_under_hips": Flaw(
            always={"rock_deg": -33.0, "hands_m": -0.20}, near={"rock_deg": -24.0}
        ),
        "rocking": Flaw(top={"rock_deg": -32.0}, near={"rock_deg": -18.0}),
        "too_fast": Flaw(tempo={"rise_s": 0.45}),
    },
    sway={"hollow_deg": 0.3},
    views={"side": (75, 105)},
    lens_m=(0.3, 0.7),
)  # fmt: skip
