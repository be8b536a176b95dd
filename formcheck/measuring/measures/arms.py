"""What is read of the arms and hands."""

from __future__ import annotations

import math

from formcheck.measuring.geometry import (
    angle_deg,
    cross,
    distance,
    dot,
    elevation_deg,
    minus,
    ratio,
    unit,
)
from formcheck.measuring.measures.registry import measurement
from formcheck.measuring.scene import Body


@measurement("Arm", "deg", "shoulder, wrist", shape="tilt", limb="arm")
def arm_incl(body: Body) -> float:
    """Elevation of the line from shoulder to wrist: 0 parallel to the floor, -90 hanging."""
    return elevation_deg(body.xy("shoulder"), body.xy("wrist"))


@measurement("Elbow", "deg", "shoulder, elbow, wrist", shape="angle", limb="arm")
def elbow(body: Body) -> float:
    """Shoulder, elbow and wrist: 180 when the arm is straight."""
    return angle_deg(body.xy("shoulder"), body.xy("elbow"), body.xy("wrist"))


@measurement("Shoulder", "deg", "hip, shoulder, elbow", shape="angle", limb="arm")
def shoulder(body: Body) -> float:
    """Hip, shoulder and elbow: 0 with the arm at the side, 180 overhead."""
    return angle_deg(body.xy("hip"), body.xy("shoulder"), body.xy("elbow"))


@measurement("Upper arm", "deg", "shoulder, elbow", shape="tilt", limb="arm")
def upper_arm_incl(body: Body) -> float:
    """Elevation of the line from shoulder to elbow: 0 level, -90 hanging."""
    return elevation_deg(body.xy("shoulder"), body.xy("elbow"))


@measurement("Forearm", "deg", "elbow, wrist", shape="tilt", limb="arm")
def forearm_incl(body: Body) -> float:
    """Elevation of the line from elbow to wrist: 90 pointing up, 0 level."""
    return elevation_deg(body.xy("elbow"), body.xy("wrist"))


@measurement("Hand over hips", "torso", "wrist, mid shoulder, mid hip", limb="arm")
def wrist_lift(body: Body) -> float:
    """How far the wrist is above the hips of a lying person, in torso lengths."""
    return ratio(body.mid("hip")[1] - body.xy("wrist")[1], body.torso_px)


@measurement("Hand along the trunk", "torso", "wrist, shoulder, mid shoulder, mid hip")
def wrist_along(body: Body) -> float:
    """How far the wrist is from the shoulder towards the hips, along the trunk, in torso
    lengths: 0 beside the shoulder, about 1 beside the hip, negative overhead."""
    trunk = minus(body.mid("hip"), body.mid("shoulder"))
    return ratio(dot(minus(body.xy("wrist"), body.xy("shoulder")), unit(trunk)), body.torso_px)


@measurement("Hand from shoulder", "torso", "wrist, shoulder, mid shoulder, mid hip")
def wrist_under(body: Body) -> float:
    """How far the wrist is from under the shoulder along the floor, in torso lengths."""
    return ratio(abs(body.xy("wrist")[0] - body.xy("shoulder")[0]), body.torso_px)


@measurement("Elbow from shoulder", "torso", "elbow, shoulder, mid shoulder, mid hip")
def elbow_under(body: Body) -> float:
    """How far the elbow is from under the shoulder along the floor, in torso lengths."""
    return ratio(abs(body.xy("elbow")[0] - body.xy("shoulder")[0]), body.torso_px)


@measurement("Elbow below shoulder", "torso", "elbow, mid shoulder, mid hip")
def elbow_below_shoulder(body: Body) -> float:
    """How far the elbow is below the shoulders, in torso lengths."""
    return ratio(body.xy("elbow")[1] - body.mid("shoulder")[1], body.torso_px)


@measurement("Hand to knee", "torso", "wrist, mid knee, mid shoulder, mid hip")
def hand_knee(body: Body) -> float:
    """Distance from the wrist to the nearer knee, in torso lengths."""
    knees = (body.xy("knee"), body.other.xy("knee"))
    return ratio(min(distance(body.xy("wrist"), knee) for knee in knees), body.torso_px)


@measurement("Fingers to knee", "torso", "index, knee, mid shoulder, mid hip")
def finger_knee(body: Body) -> float:
    """Distance from the root of the forefinger to the knee, in torso lengths."""
    return ratio(distance(body.xy("index"), body.xy("knee")), body.torso_px)


@measurement("Hands apart", "ratio", "mid wrist, mid shoulder", whole=True)
def wrist_span(body: Body) -> float:
    """Distance between the wrists over that between the shoulders, seen from the front."""
    wrists = distance(body.xy("wrist"), body.other.xy("wrist"))
    return ratio(wrists, distance(body.xy("shoulder"), body.other.xy("shoulder")))


IN_LINE = 0.2
"""Sine of the angle to the trunk under which an arm points neither ahead nor aside (ours)."""


@measurement("Arms out to the side", "deg", "mid wrist, mid shoulder, mid hip", whole=True)
def arms_out(body: Body) -> float:
    """How far the arms have gone from straight ahead (0) to the side (90), the mean of both, in
    space; not given for an arm in line with the trunk, which points neither way."""
    return (_out_deg(body) + _out_deg(body.other)) / 2


AT_CAMERA_DEG = 45.0
"""An arm that is nearer than this to the line of sight is so shortened by the picture that neither
its bend nor its tilt can be read of it (content sheet: to be judged only beyond)."""


@measurement("Elbow", "deg", "shoulder, elbow, wrist", shape="angle", limb="arm")
def elbow_across(body: Body) -> float:
    """As `elbow`, of an arm across the picture; not given for one that points at the camera."""
    return math.nan if _is_at_camera(body) else elbow(body)


@measurement("Arm", "deg", "shoulder, wrist", shape="tilt", limb="arm")
def arm_across_incl(body: Body) -> float:
    """As `arm_incl`, of an arm across the picture; not given for one that points at the camera."""
    return math.nan if _is_at_camera(body) else arm_incl(body)


def _is_at_camera(body: Body) -> bool:
    depth = unit(minus(body.world("wrist"), body.world("shoulder")))[2]
    return abs(depth) > math.cos(math.radians(AT_CAMERA_DEG))


def _out_deg(body: Body) -> float:
    near, far = body.scene.body("near"), body.scene.body("far")
    across = minus(far.world("shoulder"), near.world("shoulder"))
    trunk = minus(body.mid_world("shoulder"), body.mid_world("hip"))
    ahead = unit(cross(trunk, across))
    own = unit(minus(body.world("shoulder"), body.other.world("shoulder")))
    arm = unit(minus(body.world("wrist"), body.world("shoulder")))
    sideward, forward = dot(arm, own), dot(arm, ahead)
    if math.hypot(sideward, forward) < IN_LINE:
        return math.nan
    return math.degrees(math.atan2(sideward, forward))


@measurement("Left and right arm", "deg", "mid shoulder, mid elbow", whole=True)
def arm_difference(body: Body) -> float:
    """How much steeper one upper arm is than the other."""
    return abs(upper_arm_incl(body) - upper_arm_incl(body.other))
