"""The registry of measurements: named numbers read from a body, each with its unit and joints.

A measurement is written once, for the near side of a level picture (see `formcheck.body`), and
named in specs as `hip_ext near` or `trunk_incl`. `read` returns NaN where a joint it needs is not
seen. Formulas follow docs/evidence.md unless said otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from formcheck.body import CHAIN_SHARE, Body, Scene, Which
from formcheck.geometry import (
    angle_deg,
    cross,
    distance,
    elevation_deg,
    height_over_line,
    minus,
    ratio,
    turn_deg,
    unit,
)
from formcheck.silhouette import back_sagitta

Unit = Literal["deg", "torso", "shank", "ratio", "in", "s"]
Shape = Literal["angle", "tilt", "none"]
Limb = Literal["arm", "leg", ""]

HANGING_DEG = -60.0
"""An arm below this elevation supports the trunk or hangs; it is not the raised one."""


@dataclass(frozen=True)
class Measurement:
    """A number that can be read from a body.

    needs: joints of the measured side; "mid x" needs x on both sides. whole: it belongs to the
    whole body and takes no side word. limb: which limb decides what `raised` means.
    """

    name: str
    title: str
    unit: Unit
    needs: tuple[str, ...]
    whole: bool
    shape: Shape
    limb: Limb
    needs_outline: bool
    meaning: str
    of: Callable[[Body], float]

    def missing(self, body: Body) -> tuple[str, ...]:
        """The joints it needs that are not seen, in words such as "left knee"."""
        scene = body.scene
        wanted: list[tuple[str, Which]] = []
        for need in self.needs:
            joint = need.removeprefix("mid ")
            sides = ("near", "far") if joint != need else (body.which,)
            wanted += [(joint, which) for which in sides]
        return tuple(f"{scene.side(w)} {j}" for j, w in wanted if not scene.sees(j, w))

    def read(self, body: Body) -> float:
        """The value, or NaN if something it needs is not seen."""
        if self.needs_outline and not len(body.scene.outline):
            return math.nan
        return math.nan if self.missing(body) else self.of(body)

    def drawn_landmarks(self, body: Body) -> tuple[int, ...]:
        """Landmarks to draw it with, as indices into the pose as it came."""
        if self.shape == "none":
            return ()
        joints = [need.removeprefix("mid ") for need in self.needs]
        return tuple(body.scene.landmark(joint, body.which) for joint in joints)


REGISTRY: dict[str, Measurement] = {}


def measurement(
    title: str,
    unit: Unit,
    needs: str,
    *,
    whole: bool = False,
    shape: Shape = "none",
    limb: Limb = "",
    needs_outline: bool = False,
) -> Callable[[Callable[[Body], float]], Callable[[Body], float]]:
    """Register the decorated function; `needs` lists joints, comma-separated."""

    def register(of: Callable[[Body], float]) -> Callable[[Body], float]:
        joints = tuple(need.strip() for need in needs.split(","))
        meaning = " ".join((of.__doc__ or "").split())
        REGISTRY[of.__name__] = Measurement(
            of.__name__, title, unit, joints, whole, shape, limb, needs_outline, meaning, of
        )
        return of

    return register


# --- the trunk and how it lies --------------------------------------------------------------


@measurement("Side view", "ratio", "mid shoulder, mid hip", whole=True)
def side_view(body: Body) -> float:
    """How far the person stands side-on: 1 exactly, 0 facing the camera or away."""
    return abs(_left_to_right(body)[2])


@measurement("Chest down", "ratio", "mid shoulder, mid hip", whole=True)
def chest_down(body: Body) -> float:
    """Where the chest points: 1 down (prone), -1 up (supine), 0 upright or on the side."""
    up_the_trunk = minus(body.mid_world("shoulder"), body.mid_world("hip"))
    return unit(cross(up_the_trunk, _left_to_right(body)))[1]


def _left_to_right(body: Body) -> tuple[float, ...]:
    """Unit vector from the level picture's near side to its far side, over shoulders and hips."""
    near, far = body.scene.body("near"), body.scene.body("far")
    shoulders = minus(far.world("shoulder"), near.world("shoulder"))
    hips = minus(far.world("hip"), near.world("hip"))
    return unit(tuple(a + b for a, b in zip(shoulders, hips, strict=True)))


@measurement("Trunk", "deg", "mid hip, mid shoulder", whole=True, shape="tilt")
def trunk_incl(body: Body) -> float:
    """Elevation of the trunk above the floor: 90 upright, 0 lying."""
    return elevation_deg(body.mid("hip"), body.mid("shoulder"))


@measurement("Trunk", "deg", "mid hip, mid shoulder", whole=True)
def trunk_incl3(body: Body) -> float:
    """Elevation of the trunk above the floor in space, for views other than the side."""
    return elevation_deg(body.mid_world("hip"), body.mid_world("shoulder"))


@measurement("Knee below hip", "torso", "mid shoulder, mid hip, mid knee", whole=True)
def knee_below_hip(body: Body) -> float:
    """How far the lower knee lies below the hips, in torso lengths; negative above them."""
    return _lowest(body, "knee", body.mid("hip"))


@measurement("Ankle below hip", "torso", "mid shoulder, mid hip, mid ankle", whole=True)
def ankle_below_hip(body: Body) -> float:
    """How far the lower ankle lies below the hips, in torso lengths."""
    return _lowest(body, "ankle", body.mid("hip"))


@measurement("Wrist below shoulder", "torso", "mid shoulder, mid hip, wrist")
def wrist_below_shoulder(body: Body) -> float:
    """How far the wrist lies below the shoulders, in torso lengths."""
    return ratio(body.xy("wrist")[1] - body.mid("shoulder")[1], body.torso_px)


def _lowest(body: Body, joint: str, root: tuple[float, ...]) -> float:
    lowest = max(body.xy(joint)[1], body.other.xy(joint)[1])
    return ratio(lowest - root[1], body.torso_px)


# --- hip, legs ------------------------------------------------------------------------------


@measurement("Hip line", "deg", "shoulder, hip, knee", shape="angle", limb="leg")
def hip_ext(body: Body) -> float:
    """Shoulder, hip and knee: 180 in one straight line, less when bent, more past the line."""
    trunk = minus(body.xy("hip"), body.xy("shoulder"))
    thigh = minus(body.xy("knee"), body.xy("hip"))
    return 180.0 - turn_deg(trunk, thigh)


@measurement("Knee", "deg", "hip, knee, ankle", shape="angle", limb="leg")
def knee(body: Body) -> float:
    """Hip, knee and ankle: 180 when the leg is straight."""
    return angle_deg(body.xy("hip"), body.xy("knee"), body.xy("ankle"))


@measurement("Leg", "deg", "hip, ankle", shape="tilt", limb="leg")
def leg_incl(body: Body) -> float:
    """Elevation of the line from hip to ankle: 0 parallel to the floor, negative foot lower."""
    return elevation_deg(body.xy("hip"), body.xy("ankle"))


@measurement("Thigh", "deg", "knee, hip", shape="tilt", limb="leg")
def thigh_incl(body: Body) -> float:
    """Elevation of the line from knee to hip in the picture: 90 standing, 0 parallel."""
    return elevation_deg(body.xy("knee"), body.xy("hip"))


@measurement("Thigh", "deg", "knee, hip", shape="tilt", limb="leg")
def thigh_elev3(body: Body) -> float:
    """Elevation of the line from knee to hip in space: 90 standing, 0 parallel; any view."""
    return elevation_deg(body.world("knee"), body.world("hip"))


@measurement("Thigh", "deg", "mid knee, mid hip", whole=True, shape="tilt")
def thigh(body: Body) -> float:
    """Elevation of the thighs, 90 standing, 0 parallel: from the side that of the near one in the
    picture, from other views, where the picture shortens it, the mean of both in space.

    On side views the picture read standing people at 85 to 89 and 2 degrees off a known truth;
    space read 74 to 84 and 8 off.
    """
    if body.scene.bearings.view == "side":
        return thigh_incl(body)
    return (thigh_elev3(body) + thigh_elev3(body.other)) / 2


@measurement("Left and right thigh", "deg", "mid knee, mid hip", whole=True)
def thigh_difference(body: Body) -> float:
    """How much steeper one thigh is than the other, in space."""
    return abs(thigh_elev3(body) - thigh_elev3(body.other))


@measurement("Knees to ankles", "ratio", "mid knee, mid ankle", whole=True)
def knee_ankle_ratio(body: Body) -> float:
    """Distance between the knees over that between the ankles, seen from the front."""
    knees = abs(body.xy("knee")[0] - body.other.xy("knee")[0])
    ankles = abs(body.xy("ankle")[0] - body.other.xy("ankle")[0])
    return ratio(knees, ankles)


@measurement("Stance", "ratio", "mid ankle, mid shoulder", whole=True)
def stance_width(body: Body) -> float:
    """Distance between the ankles over that between the shoulders, seen from the front."""
    ankles = distance(body.xy("ankle"), body.other.xy("ankle"))
    shoulders = distance(body.xy("shoulder"), body.other.xy("shoulder"))
    return ratio(ankles, shoulders)


@measurement("Heel over toes", "shank", "knee, ankle, heel, toe", limb="leg")
def heel_toe(body: Body) -> float:
    """How far the heel lies above the toes, in shank lengths; rises when the heel lifts."""
    lift = body.xy("toe")[1] - body.xy("heel")[1]
    return ratio(lift, distance(body.xy("knee"), body.xy("ankle")))


@measurement("Hips behind heel", "shank", "mid hip, mid heel, knee, ankle")
def hip_behind_heel(body: Body) -> float:
    """How far the hips lie behind the heels, in shank lengths, seen from the side.

    Middle from middle: from the near heel alone, a view 30 or 40 degrees off the side adds half
    of the stance to it.
    """
    behind = body.mid("hip")[0] - body.mid("heel")[0]
    return ratio(behind, distance(body.xy("knee"), body.xy("ankle")))


@measurement("Hip height", "in", "shoulder, hip, knee, ankle")
def hip_height(body: Body) -> float:
    """Height of the hip over the line from shoulder to ankle, about, in inches.

    Scaled by the person's stature (docs/evidence.md): good to about 10 %, so it may
    coach and never decide a rep.
    """
    bearings = body.scene.bearings
    stature_px = bearings.stature_px
    if math.isnan(stature_px):
        stature_px = body.chain_px() / CHAIN_SHARE
    height_px = height_over_line(body.xy("hip"), body.xy("shoulder"), body.xy("ankle"))
    return ratio(height_px, stature_px) * bearings.stature_in


# --- arms -----------------------------------------------------------------------------------


@measurement("Arm", "deg", "shoulder, wrist", shape="tilt", limb="arm")
def arm_incl(body: Body) -> float:
    """Elevation of the line from shoulder to wrist: 0 parallel to the floor, -90 hanging."""
    return elevation_deg(body.xy("shoulder"), body.xy("wrist"))


@measurement("Elbow", "deg", "shoulder, elbow, wrist", shape="angle", limb="arm")
def elbow(body: Body) -> float:
    """Shoulder, elbow and wrist: 180 when the arm is straight."""
    return angle_deg(body.xy("shoulder"), body.xy("elbow"), body.xy("wrist"))


# --- which limb is raised -------------------------------------------------------------------


def raised(scene: Scene, limb: Limb) -> Which | None:
    """The side whose arm or leg is raised, None if it cannot be told.

    The higher of the limbs that are seen. A hanging arm is not the raised one, so if only a
    hanging arm is seen, the raised one is the other, which is not seen (docs/evidence.md).
    """
    height = REGISTRY["arm_incl" if limb == "arm" else "leg_incl"].read
    near, far = height(scene.body("near")), height(scene.body("far"))
    if math.isnan(near) and math.isnan(far):
        return None
    best: Which = "far" if math.isnan(near) or far > near else "near"
    only_one = math.isnan(near) or math.isnan(far)
    if limb == "arm" and only_one and max(_or_low(near), _or_low(far)) < HANGING_DEG:
        return None
    return best


def _or_low(value: float) -> float:
    return -math.inf if math.isnan(value) else value


@measurement("Raised leg", "ratio", "mid hip", whole=True)
def raised_leg_side(body: Body) -> float:
    """1 when the near leg is the raised one, -1 when the far one is."""
    return _sign(raised(body.scene, "leg"))


@measurement("Raised arm", "ratio", "mid shoulder", whole=True)
def raised_arm_side(body: Body) -> float:
    """1 when the near arm is the raised one, -1 when the far one is."""
    return _sign(raised(body.scene, "arm"))


def _sign(which: Which | None) -> float:
    return math.nan if which is None else 1.0 if which == "near" else -1.0


# --- the silhouette -------------------------------------------------------------------------


@measurement("Back", "torso", "mid hip, mid shoulder", whole=True, needs_outline=True)
def back_curve(body: Body) -> float:
    """Sagitta of the back's outline between hips and shoulders: positive rounded, negative
    hollow (docs/evidence.md)."""
    return back_sagitta(body.scene.outline, hip=body.mid("hip"), shoulder=body.mid("shoulder"))
