"""Synthetic people whose truth is known by construction, as `Pose` streams without pixels.

A `Script` moves a `Body` through `postures`; a `Camera` films it; `spoil` does to the poses what
trackers do. `Script.truth` and `truth_hold_s` say what a judge of the poses should find:

    rest, top = Bridge(), Bridge(180)
    script = Script(rest, (Stay(2), *reps(3, rest, top, hold_s=5)))
    poses = noisy(film(script, Camera(azimuth_deg=-90), fps=30), 2, correlation_s=0.2)
    holds = truth_hold_s(script, Level("hip_line_deg", 165, 160))
"""

from tests.bodies.camera import LANDSCAPE, PORTRAIT, Camera, film
from tests.bodies.placed import OnHands, Placed, both_ankles, both_arms
from tests.bodies.postures import (
    Bridge,
    Posture,
    Quadruped,
    Sitting,
    Squat,
    Walking,
    bird_dog,
)
from tests.bodies.script import (
    Level,
    Move,
    Script,
    Segment,
    Stay,
    getting_up,
    kneeling_down,
    lying_down,
    min_jerk,
    reps,
    true_holds,
    truth_hold_s,
    walking_in,
    walking_out,
)
from tests.bodies.skeleton import Body
from tests.bodies.spoil import (
    absent,
    dropped,
    noisy,
    swapped_legs,
    torso_m,
    torso_px,
    with_visibility,
)

__all__ = [
    "LANDSCAPE", "PORTRAIT", "Body", "Bridge", "Camera", "Level", "Move", "OnHands", "Placed",
    "Posture", "Quadruped", "Script", "Segment", "Sitting", "Squat", "Stay", "Walking", "absent",
    "bird_dog", "both_ankles", "both_arms", "dropped",
    "film", "getting_up", "kneeling_down", "lying_down", "min_jerk", "noisy", "reps",
    "swapped_legs", "torso_m", "torso_px", "true_holds", "truth_hold_s", "walking_in",
    "walking_out", "with_visibility",
]  # fmt: skip
