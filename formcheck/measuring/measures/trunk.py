"""What is read of the trunk, the head and how the body lies."""

from __future__ import annotations

import math

from formcheck.measuring.geometry import Point, cross, elevation_deg, minus, ratio, turn_deg, unit
from formcheck.measuring.measures.registry import ELEVATION, measurement
from formcheck.measuring.scene import Body
from formcheck.measuring.silhouette import back_sagitta


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


@measurement("Trunk", "deg", "mid hip, mid shoulder", whole=True, words=ELEVATION)
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


@measurement("Chest", "ratio", "mid shoulder, mid hip", whole=True)
def shoulders_down(body: Body) -> float:
    """As the chest points, told by the shoulders alone: they may roll while the hips lie still."""
    up_the_trunk = minus(body.mid_world("shoulder"), body.mid_world("hip"))
    return unit(cross(up_the_trunk, _across_shoulders(body)))[1]


def _across_shoulders(body: Body) -> Point:
    """From the level picture's near shoulder to its far one, in space."""
    near, far = body.scene.body("near"), body.scene.body("far")
    return minus(far.world("shoulder"), near.world("shoulder"))


@measurement("Shoulders over hips", "torso", "mid shoulder, mid hip", whole=True)
def trunk_lift(body: Body) -> float:
    """How far the shoulders are above the hips, in torso lengths: the sine of the trunk's
    elevation, in the unit in which a lift of some inches is a share of the body."""
    return ratio(body.mid("hip")[1] - body.mid("shoulder")[1], body.torso_px)


@measurement("Trunk leaning back", "deg", "mid hip, mid shoulder", whole=True)
def trunk_back(body: Body) -> float:
    """How far an upright trunk leans back from the vertical; negative forward."""
    return turn_deg((0.0, -1.0), minus(body.mid("shoulder"), body.mid("hip")))


@measurement("Lean to the side", "deg", "mid hip, mid shoulder")
def lean(body: Body) -> float:
    """How far the trunk leans from the vertical towards this side, seen from the front."""
    along = minus(body.mid("shoulder"), body.mid("hip"))
    own = body.xy("hip")[0] - body.other.xy("hip")[0]
    return turn_deg((0.0, -1.0), along) * math.copysign(1.0, own)


@measurement("Lean to the raised foot", "deg", "mid hip, mid shoulder, mid ankle", whole=True)
def lean_to_foot(body: Body) -> float:
    """How far the trunk leans from the vertical towards the higher foot, seen from the front.

    The foot tells the side by where it is, for the pose model may name it left or right.
    """
    ankles = (body.xy("ankle"), body.other.xy("ankle"))
    higher = min(ankles, key=lambda xy: xy[1])
    towards = math.copysign(1.0, higher[0] - body.mid("hip")[0])
    return towards * turn_deg((0.0, -1.0), minus(body.mid("shoulder"), body.mid("hip")))


@measurement("Chin to chest", "deg", "ear, mid shoulder, mid hip")
def neck_flex(body: Body) -> float:
    """How far the head is bent from the line of the trunk: positive chin to chest, negative
    thrown back."""
    trunk = minus(body.mid("shoulder"), body.mid("hip"))
    return -turn_deg(trunk, minus(body.xy("ear"), body.mid("shoulder")))


@measurement("Head over hips", "torso", "ear, mid shoulder, mid hip")
def head_lift(body: Body) -> float:
    """How far the ear is above the hips of a lying person, in torso lengths."""
    return ratio(body.mid("hip")[1] - body.xy("ear")[1], body.torso_px)


@measurement("Shoulders to ears", "torso", "mid ear, mid shoulder, mid hip", whole=True)
def shrug(body: Body) -> float:
    """How far the ears are above the shoulders, in torso lengths; falls when shoulders rise."""
    return ratio(body.mid("shoulder")[1] - body.mid("ear")[1], body.torso_px)


@measurement("Back", "torso", "mid hip, mid shoulder", whole=True, needs_outline=True)
def back_curve(body: Body) -> float:
    """Sagitta of the back's outline between hips and shoulders: positive rounded, negative
    hollow (docs/evidence.md)."""
    return back_sagitta(body.scene.outline, hip=body.mid("hip"), shoulder=body.mid("shoulder"))
