"""Bird dog: on hands and knees, one leg and the opposite arm are stretched out and lowered.

Its values are those of `quadruped`.
"""

from __future__ import annotations

from sample_videos.generator.camera import Shot
from sample_videos.generator.clip import Clip
from sample_videos.generator.kinematics import Side
from sample_videos.generator.light import Lighting
from sample_videos.generator.motion import Kind, Rep, Script
from sample_videos.generator.person import Person
from sample_videos.generator.quadruped import REST, STRAIGHT_DEG, AllFours
from sample_videos.generator.repertoire import Flaw, Motion, Tempo
from sample_videos.generator.room import Box, Mat, Room


class BirdDog(AllFours):
    """A body that does bird dogs."""

    id = "bird_dog"


_LEG = ("lift", "thigh_deg", "knee_deg")

MOTION = Motion(
    exercise=BirdDog,
    rest={**REST, "arm_lift": 0.0, "elbow_deg": STRAIGHT_DEG, "hollow_deg": 0.0},
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
            tempo={"rise_s": 4.3}, towards="resting",
            delays_s={"arm_lift": 2.8, "arm_deg": 2.8, **dict.fromkeys(_LEG, -2.8)},
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
