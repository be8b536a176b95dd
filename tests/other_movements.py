"""Movements that are none of our exercises, as scripted bodies, and what each looks most like."""

from __future__ import annotations

from dataclasses import dataclass, replace

from formcheck.exercises.catalog import find_spec
from formcheck.records.pose import Pose, Side
from tests.bodies import (
    Camera,
    Move,
    OnHands,
    Placed,
    Posture,
    Script,
    Segment,
    Squat,
    Stay,
    Walking,
    both_ankles,
    both_arms,
    film,
    walking_in,
    walking_out,
)
from tests.bodies.postures import STRIDE_M
from tests.filming import with_outline

FPS = 15.0
LEFT_SIDE, FRONT = Camera(azimuth_deg=90), Camera(azimuth_deg=0)

STILL_S = 1.2
"""A still start: somewhat more than the second that is asked for."""


@dataclass(frozen=True)
class Movement:
    """Something that people do: from which posture, how it goes once, how often, seen from where.

    looks_like: the exercises of ours that start in its posture and come nearest to it.
    """

    start: Posture
    once: tuple[Segment, ...]
    looks_like: tuple[str, ...]
    times: int = 3
    camera: Camera = LEFT_SIDE

    def script(self, *, still: bool) -> Script:
        """All of it, from its first instant in motion, or after a still start."""
        return Script(self.start, (Stay(STILL_S),) * still + self.once * self.times)

    def film(self, exercise: str, *, still: bool) -> list[Pose]:
        """The poses that a judge of an exercise gets of it."""
        poses = film(self.script(still=still), self.camera, fps=FPS)
        if not find_spec(exercise).needs_outline:
            return poses
        return [with_outline(pose, near="left") for pose in poses]


# ---------------------------------------------------------------- on the feet

STANDING = Placed()
LUNGE = Placed(
    hip_x_m=-0.05, hip_z_m=0.52, trunk_deg=85.0, left_ankle_x_m=0.38, right_ankle_x_m=-0.54,
    right_ankle_z_m=0.201, right_foot_deg=-60.0,
)  # fmt: skip
SPLIT_STANCE = replace(LUNGE, hip_z_m=0.72)
STEPPING = Placed(
    hip_x_m=0.05, hip_z_m=0.80, left_ankle_x_m=0.25, left_ankle_z_m=0.20, right_ankle_x_m=-0.05
)
DIP = Squat(thigh_deg=38, trunk_deg=70)
DEEP = Squat(thigh_deg=5, trunk_deg=62)
TAKING_OFF = Squat(heel_lift=0.4)
IN_THE_AIR = Squat(heel_lift=0.4, off_floor_m=0.17)
"""0.3 trunk lengths above the floor."""

SEATED = Placed(hip_x_m=-0.42, hip_z_m=0.46, trunk_deg=88.0, **both_arms(310, 120))
LEANING = Placed(hip_x_m=-0.33, hip_z_m=0.50, trunk_deg=50.0, **both_arms(300, 150))
REACHING_DOWN = Placed(hip_x_m=-0.24, hip_z_m=0.55, trunk_deg=8.0, **both_arms(275))
ON_THE_BOX = Placed(hip_x_m=0.28, hip_z_m=1.035, **both_ankles(0.30, 0.266))
FOOT_ON_THE_BOX = Placed(hip_x_m=0.02, left_ankle_x_m=0.30, left_ankle_z_m=0.266)
PUSHING_OFF = replace(
    FOOT_ON_THE_BOX, hip_x_m=0.20, hip_z_m=0.93, trunk_deg=75.0, right_ankle_x_m=0.1,
    right_ankle_z_m=0.20, right_foot_deg=-50.0,
)  # fmt: skip

JUMPING_UP = (Move(TAKING_OFF, 0.25), Move(IN_THE_AIR, 0.12), Stay(0.05), Move(TAKING_OFF, 0.12))


PASSING = Move(Walking(phase=3.0 / STRIDE_M, x_m=1.5), 3.5)

# ---------------------------------------------------------------- on hands, knees or the floor

HIGH_PLANK = OnHands()
PRESSED_DOWN = OnHands(hip_x_m=-0.507, hip_z_m=0.186, trunk_deg=-0.6)
CROUCHED = OnHands(
    hip_x_m=-0.42, hip_z_m=0.34, trunk_deg=28.0, **both_ankles(-0.28, 0.12, -15.0)
)  # fmt: skip

FEET_IN_THE_AIR = OnHands(
    hip_x_m=-0.48, hip_z_m=0.40, trunk_deg=18.0, **both_ankles(-0.80, 0.25, -55.0)
)
KICKING_BACK = (Move(FEET_IN_THE_AIR, 0.25), Move(HIGH_PLANK, 0.25))


def _on_knees(hips_ahead_m: float) -> OnHands:
    """On hands and knees with the hips ahead of the knees or behind them."""
    knee_x_m, thigh_m = -0.52, 0.403
    hip_z_m = 0.045 + (thigh_m**2 - hips_ahead_m**2) ** 0.5
    return OnHands(hip_x_m=knee_x_m + hips_ahead_m, hip_z_m=hip_z_m, trunk_deg=6.0,
                   **both_ankles(knee_x_m - 0.371, 0.05, -170.0))  # fmt: skip


TALL_KNEELING = Placed(hip_x_m=0.0, hip_z_m=0.446, trunk_deg=88.0, **both_arms(320, 90),
                       **both_ankles(-0.37, 0.05, -170.0))  # fmt: skip
HOOK_LYING = Placed(
    hip_x_m=0.0, hip_z_m=0.09, trunk_deg=179.0, **both_arms(-4), **both_ankles(0.50, 0.066)
)
SAT_UP = replace(HOOK_LYING, trunk_deg=102.0, **both_arms(-8))
CURLED = replace(HOOK_LYING, trunk_deg=168.0, neck_deg=-20.0)
LEFT_HEEL = replace(CURLED, trunk_deg=164.0, left_arm_deg=-12.0)
RIGHT_HEEL = replace(CURLED, trunk_deg=164.0, right_arm_deg=-12.0)
TABLE_TOP = Placed(hip_x_m=0.0, hip_z_m=0.09, trunk_deg=179.0, **both_arms(92),
                   **both_ankles(0.37, 0.49, 80.0))  # fmt: skip
LYING_STRAIGHT = Placed(
    hip_x_m=0.0, hip_z_m=0.09, trunk_deg=179.0, **both_arms(-4), **both_ankles(0.77, 0.08, 70.0)
)


def _dead_bug(leg: Side, arm: Side) -> Placed:
    """One leg and the opposite arm stretched out above the floor."""
    return replace(TABLE_TOP, **{f"{leg}_ankle_x_m": 0.74, f"{leg}_ankle_z_m": 0.22,
                                 f"{arm}_arm_deg": 165.0})  # fmt: skip


def _there_and_back(to: Posture, back: Posture, s: float = 1.0, stay_s: float = 0.2,
                    pause_s: float = 0.3) -> tuple[Segment, ...]:  # fmt: skip
    return (Move(to, s), Stay(stay_s), Move(back, s), Stay(pause_s))


MOVEMENTS = {
    "lunge": Movement(
        STANDING,
        (Move(STEPPING, 0.4), Move(LUNGE, 0.8), Stay(0.2), Move(STEPPING, 0.8),
         Move(STANDING, 0.4), Stay(0.3)),
        ("wall_squat", "heel_raise"),
    ),
    "split squat": Movement(
        SPLIT_STANCE, _there_and_back(LUNGE, SPLIT_STANCE), ("wall_squat", "hip_flexor_stretch")
    ),
    "jump squat": Movement(
        Squat(), (Move(DEEP, 0.6), *JUMPING_UP, Move(DEEP, 0.3), Move(Squat(), 0.6), Stay(0.3)),
        ("heel_raise", "wall_squat"),
    ),
    "jump": Movement(
        Squat(),
        (Move(DIP, 0.5), Stay(0.1), *JUMPING_UP, Move(DIP, 0.3), Stay(0.1), Move(Squat(), 0.5),
         Stay(0.3)),
        ("heel_raise", "wall_squat"),
    ),
    "push-up": Movement(HIGH_PLANK, _there_and_back(PRESSED_DOWN, HIGH_PLANK), ("plank", "cobra")),
    "sit-up": Movement(
        HOOK_LYING, _there_and_back(SAT_UP, HOOK_LYING), ("abdominal_crunch", "partial_curl_up")
    ),
    "walking by": Movement(
        Walking(x_m=-1.5), (PASSING,), ("heel_raise", "banded_lateral_walk"), times=1
    ),
    "dead bug": Movement(
        TABLE_TOP,
        (*_there_and_back(_dead_bug("left", "right"), TABLE_TOP),
         *_there_and_back(_dead_bug("right", "left"), TABLE_TOP)),
        ("knee_to_chest_single", "supine_leg_across_chest"), times=2,
    ),
    "heel touches": Movement(
        CURLED,
        (*_there_and_back(LEFT_HEEL, CURLED, 0.5, 0.1, 0),
         *_there_and_back(RIGHT_HEEL, CURLED, 0.5, 0.1, 0)),
        ("abdominal_crunch", "partial_curl_up"),
    ),
    "hip circles": Movement(
        _on_knees(0.0),
        (Move(_on_knees(-0.1), 0.6), Move(replace(_on_knees(0.0), y_m=0.08), 0.6),
         Move(_on_knees(0.08), 0.6), Move(replace(_on_knees(0.0), y_m=-0.08), 0.6)),
        ("cat_cow", "quadruped_leg_raise"),
    ),
    "high plank": Movement(HIGH_PLANK, (Stay(7.0),), ("plank", "prone_press_up_forearms"), times=1),
    "step-up": Movement(
        STANDING,
        (Move(FOOT_ON_THE_BOX, 0.7), Move(PUSHING_OFF, 0.5), Move(ON_THE_BOX, 0.5), Stay(0.3),
         Move(PUSHING_OFF, 0.5), Move(FOOT_ON_THE_BOX, 0.5), Move(STANDING, 0.7), Stay(0.2)),
        ("heel_raise", "wall_squat"), times=2,
    ),
    "burpee": Movement(
        Squat(),
        (Move(CROUCHED, 0.7), *KICKING_BACK, Move(PRESSED_DOWN, 0.5), Move(HIGH_PLANK, 0.5),
         Move(FEET_IN_THE_AIR, 0.25), Move(CROUCHED, 0.25), Move(Squat(), 0.5), *JUMPING_UP,
         Move(Squat(), 0.3)),
        ("barbell_deadlift", "plank"),
    ),
    "sitting down and getting up": Movement(
        STANDING,
        (Move(LEANING, 0.8), Move(SEATED, 0.6), Stay(1.5), Move(LEANING, 0.6), Move(STANDING, 0.8),
         Stay(0.4)),
        ("wall_squat", "good_morning"),
    ),
    "picking something up": Movement(
        STANDING, _there_and_back(REACHING_DOWN, STANDING, 1.0, 0.3, 1.0),
        ("good_morning", "wall_squat"), times=2,
    ),
    "kneeling and talking": Movement(
        TALL_KNEELING,
        (Move(replace(TALL_KNEELING, trunk_deg=84.0, **both_arms(345, 100)), 0.5), Stay(0.4),
         Move(replace(TALL_KNEELING, trunk_deg=91.0, left_arm_deg=330.0), 0.6), Stay(0.3),
         Move(TALL_KNEELING, 0.5)),
        ("hip_flexor_stretch", "band_pull_apart"), times=4,
    ),
    "coming and going": Movement(
        walking_in().start, (*walking_in().segments, Stay(2.0), *walking_out()),
        ("heel_raise", "good_morning"), times=1,
    ),
    "coming towards the camera": Movement(
        Walking(x_m=-1.5), (PASSING,), ("banded_lateral_walk", "heel_raise"), times=1,
        camera=FRONT,
    ),
    "leg raise with a bent knee": Movement(
        LYING_STRAIGHT,
        _there_and_back(replace(LYING_STRAIGHT, left_ankle_x_m=0.52, left_ankle_z_m=0.29),
                        LYING_STRAIGHT, 1.2, 1.0),
        ("straight_leg_raise",), times=2,
    ),
}  # fmt: skip
