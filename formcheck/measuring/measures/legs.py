"""What is read of the hips, legs and feet."""

from __future__ import annotations

import math

from formcheck.measuring.geometry import (
    angle_deg,
    cross,
    distance,
    dot,
    elevation_deg,
    height_over_line,
    minus,
    ratio,
    turn_deg,
    unit,
)
from formcheck.measuring.measures.registry import ELEVATION, JOINT, measurement
from formcheck.measuring.scene import CHAIN_SHARE, STATURE_SHARE, Body

LEG_TORSOS = (STATURE_SHARE["hip", "knee"] + STATURE_SHARE["knee", "ankle"]) / STATURE_SHARE[
    "shoulder", "hip"
]
"""Hip to knee to ankle in torso lengths."""


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


STRAIGHT_DEG, KNEELING_DEG = 150.0, 90.0
"""Angles of a knee that counts as straight where a leg is stretched out, and of one knelt on."""


@measurement("Leg", "deg", "mid hip, knee, ankle", shape="tilt", limb="leg")
def leg_rise(body: Body) -> float:
    """Elevation of the leg of somebody on all fours: 0 parallel to the floor, about -65 kneeling,
    negative foot lower. That of the line from mid hip to ankle while the knee is straight, to 150;
    as it bends, the line to the knee comes to count, at 90 as much as the other.

    A foot in the air tells of a bent knee as much as of the leg, and a kneeling one wanders: from
    one rest to the next `leg_incl` did so by 4.2 degrees of a way of 50, this by 3.1 of 71. The
    far hip is guessed behind the near one, so the middle of both is taken.
    """
    hip, joint, end = body.mid("hip"), body.xy("knee"), body.xy("ankle")
    bent = (STRAIGHT_DEG - angle_deg(hip, joint, end)) / (STRAIGHT_DEG - KNEELING_DEG)
    share = min(max(bent, 0.0), 1.0) / 2
    return (1 - share) * elevation_deg(hip, end) + share * elevation_deg(hip, joint)


@measurement("Knee", "deg", "near hip, knee, ankle", shape="angle", limb="leg")
def knee_side(body: Body) -> float:
    """Near hip, knee and ankle of somebody seen from the side: 180 when the leg is straight.

    From the side both hips lie in one place, and the near thigh hides the far one: of a leg raised
    with the hands down, the far knee read 13 degrees too bent from its own hip, 6 from the near.
    """
    return angle_deg(body.scene.body("near").xy("hip"), body.xy("knee"), body.xy("ankle"))


@measurement("Shank", "deg", "knee, ankle", shape="tilt", limb="leg")
def shank_incl(body: Body) -> float:
    """Elevation of the line from knee to ankle: 0 parallel to the floor, negative foot lower.

    Of somebody on the back it tells the straight leg, near 0, from one whose foot is set down flat.
    """
    return elevation_deg(body.xy("knee"), body.xy("ankle"))


@measurement("Thigh", "deg", "knee, hip", shape="tilt", limb="leg")
def thigh_incl(body: Body) -> float:
    """Elevation of the line from knee to hip in the picture: 90 standing, 0 parallel."""
    return elevation_deg(body.xy("knee"), body.xy("hip"))


@measurement("Thigh", "deg", "knee, hip", shape="tilt", limb="leg")
def thigh_elev3(body: Body) -> float:
    """Elevation of the line from knee to hip in space: 90 standing, 0 parallel; any view."""
    return elevation_deg(body.world("knee"), body.world("hip"))


@measurement("Thigh", "deg", "knee, hip", whole=True, shape="tilt")
def thigh(body: Body) -> float:
    """Elevation of the thighs, 90 standing, 0 parallel: from the side that of the near one in the
    picture, whether or not it hides the other; from other views, where the picture shortens it, the
    mean of both in space.

    On side views the picture read standing people at 85 to 89 and 2 degrees off a known truth;
    space read 74 to 84 and 8 off.
    """
    if body.scene.bearings.view == "side":
        return thigh_incl(body)
    if not all(body.scene.sees(joint, "far") for joint in ("knee", "hip")):
        return math.nan
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
    return _inches(body, height_over_line(body.xy("hip"), body.xy("shoulder"), body.xy("ankle")))


def _inches(body: Body, size_px: float) -> float:
    return _share_of_stature(body, size_px) * body.scene.bearings.stature_in


def _share_of_stature(body: Body, size_px: float) -> float:
    stature_px = body.scene.bearings.stature_px
    if math.isnan(stature_px):
        stature_px = body.chain_px() / CHAIN_SHARE
    return ratio(size_px, stature_px)


@measurement("Body line", "deg", "shoulder, hip, ankle", shape="angle", limb="leg")
def body_line(body: Body) -> float:
    """As the hip line, with the ankle in place of the knee: 180 in one straight line."""
    trunk = minus(body.xy("hip"), body.xy("shoulder"))
    leg = minus(body.xy("ankle"), body.xy("hip"))
    return 180.0 - turn_deg(trunk, leg)


IN_LINE_DEG = 170.0
"""Good planks read a body line of 167 to 188; below this, hips that come down only come into line.
"""


@measurement("Hips below the line", "deg", "shoulder, hip, ankle", limb="leg")
def hip_sag(body: Body) -> float:
    """How far the body line is past 170 degrees, 0 before it.

    For a sag that is told from the person's own line: good planks lie up to 20 degrees apart from
    person to person and stay within 4 in one hold, but hips that come down from a pike do not sag.
    """
    return max(body_line(body) - IN_LINE_DEG, 0.0)


@measurement("Hip", "deg", "shoulder, hip, knee", limb="leg", words=JOINT)
def hip3(body: Body) -> float:
    """Shoulder, hip and knee in space, 180 straight; any view."""
    return angle_deg(body.world("shoulder"), body.world("hip"), body.world("knee"))


@measurement("Knee", "deg", "hip, knee, ankle", limb="leg", words=JOINT)
def knee3(body: Body) -> float:
    """Hip, knee and ankle in space, 180 straight; any view."""
    return angle_deg(body.world("hip"), body.world("knee"), body.world("ankle"))


@measurement("Ankle", "deg", "knee, ankle, toe", shape="angle", limb="leg")
def ankle(body: Body) -> float:
    """Knee, ankle and toes: about 90 with the foot at a right angle, more with it pointed."""
    return angle_deg(body.xy("knee"), body.xy("ankle"), body.xy("toe"))


@measurement("Leg", "deg", "ankle, mid shoulder, mid hip", limb="leg", words=ELEVATION)
def leg_raise(body: Body) -> float:
    """How far the leg of a person on the back is raised from the floor: 90 upright, more towards
    the head."""
    towards_feet = math.copysign(1.0, body.mid("hip")[0] - body.mid("shoulder")[0])
    along, up = minus(body.xy("ankle"), body.xy("hip"))
    return math.degrees(math.atan2(-up, along * towards_feet))


@measurement("Foot over its hip", "torso", "ankle, mid shoulder, mid hip", limb="leg")
def leg_lift(body: Body) -> float:
    """How far the ankle of a lying person is above its own hip, in torso lengths of somebody whose
    leg is as long as most: the sine of `leg_raise`, which perspective leaves alone, by that leg."""
    return LEG_TORSOS * math.sin(math.radians(leg_raise(body)))


@measurement("Chest and leg over hips", "torso", "ankle, mid shoulder, mid hip")
def body_lift(body: Body) -> float:
    """How far shoulders and ankle together are above the hips of a person face down: the mean of
    both, so that either alone is an attempt at lifting both."""
    shoulder_y, ankle_y = body.mid("shoulder")[1], body.xy("ankle")[1]
    return ratio(body.mid("hip")[1] - (shoulder_y + ankle_y) / 2, body.torso_px)


@measurement("Shoulders over feet", "torso", "mid ankle, mid shoulder, mid hip", whole=True)
def shoulder_lift(body: Body) -> float:
    """How far the shoulders are above the ankles of a person face down, in torso lengths."""
    return ratio(body.mid("ankle")[1] - body.mid("shoulder")[1], body.torso_px)


@measurement("Foot over hips", "torso", "ankle, mid shoulder, mid hip", limb="leg")
def ankle_lift(body: Body) -> float:
    """How far the ankle is above the hips of a lying person, in torso lengths."""
    return ratio(body.mid("hip")[1] - body.xy("ankle")[1], body.torso_px)


@measurement("Knee below hips", "torso", "knee, mid shoulder, mid hip", limb="leg")
def knee_drop(body: Body) -> float:
    """How far this knee is below the hips, in torso lengths: the kneeling one is the lower."""
    return ratio(body.xy("knee")[1] - body.mid("hip")[1], body.torso_px)


@measurement("Knee ahead of ankle", "shank", "knee, ankle", limb="leg")
def knee_ahead(body: Body) -> float:
    """How far the knee is ahead of its ankle, in shank lengths, seen from the side."""
    return ratio(
        body.xy("ankle")[0] - body.xy("knee")[0], distance(body.xy("knee"), body.xy("ankle"))
    )


@measurement("Feet from hips", "torso", "mid ankle, mid shoulder, mid hip", whole=True)
def foot_reach(body: Body) -> float:
    """How far the ankles are from the hips along the floor, in torso lengths."""
    return ratio(abs(body.mid("ankle")[0] - body.mid("hip")[0]), body.torso_px)


@measurement("Hips over knees", "torso", "mid knee, mid shoulder, mid hip", whole=True)
def hips_ahead(body: Body) -> float:
    """How far the hips of a person on all fours are ahead of the knees, in torso lengths."""
    return ratio(body.mid("knee")[0] - body.mid("hip")[0], body.torso_px)


@measurement("Hips over feet", "torso", "mid ankle, mid shoulder, mid hip", whole=True)
def hips_over_feet(body: Body) -> float:
    """How far the hips of a standing person are beside the ankles in the picture, in torso
    lengths; positive to the right of the level picture."""
    return ratio(body.mid("hip")[0] - body.mid("ankle")[0], body.torso_px)


@measurement("Feet ahead of hips", "in", "mid ankle, mid hip, shoulder, knee", whole=True)
def feet_ahead(body: Body) -> float:
    """How far the feet are ahead of the hips, about, in inches (see `hip_height`)."""
    return _inches(body, body.mid("hip")[0] - body.mid("ankle")[0])


@measurement("Body height", "stature", "mid shoulder, mid hip, mid toe, knee, ankle", whole=True)
def body_height(body: Body) -> float:
    """How high shoulders and hips are over the toes, as a share of the stature; it rises by the
    lift of the heels."""
    trunk_y = (body.mid("shoulder")[1] + body.mid("hip")[1]) / 2
    return _share_of_stature(body, body.mid("toe")[1] - trunk_y)


@measurement("Legs apart", "deg", "mid hip, mid ankle", whole=True)
def leg_sep(body: Body) -> float:
    """The angle between the lines from each hip to its ankle in the picture."""
    own, other = (minus(b.xy("ankle"), b.xy("hip")) for b in (body, body.other))
    return abs(turn_deg(own, other))


@measurement("Feet apart", "torso", "mid ankle, mid shoulder, mid hip", whole=True)
def ankle_sep(body: Body) -> float:
    """How far apart the ankles are across the picture, in torso lengths."""
    return ratio(abs(body.xy("ankle")[0] - body.other.xy("ankle")[0]), body.torso_px)


@measurement("One foot above the other", "torso", "mid ankle, mid shoulder, mid hip", whole=True)
def foot_difference(body: Body) -> float:
    """How far one ankle is above the other, in torso lengths."""
    return ratio(abs(body.xy("ankle")[1] - body.other.xy("ankle")[1]), body.torso_px)


@measurement("Left and right hip", "deg", "mid shoulder, mid hip, mid knee", whole=True)
def hip_difference(body: Body) -> float:
    """How much more bent one hip is than the other."""
    return abs(hip_ext(body) - hip_ext(body.other))


@measurement("Knees to ankles in space", "ratio", "mid knee, mid ankle", whole=True)
def knee_ankle_gap3(body: Body) -> float:
    """Distance between the knees over that between the ankles, in space; any view."""
    knees = distance(body.world("knee"), body.other.world("knee"))
    return ratio(knees, distance(body.world("ankle"), body.other.world("ankle")))


@measurement("Knees apart", "torso", "mid knee, mid shoulder, mid hip", whole=True)
def knee_gap3(body: Body) -> float:
    """Distance between the knees in space, in torso lengths; any view."""
    return ratio(distance(body.world("knee"), body.other.world("knee")), _torso_m(body))


@measurement("Knees to the side", "ratio", "mid shoulder, mid hip, near knee")
def knees_aside(body: Body) -> float:
    """How far the knees have fallen to this side of a lying person, across the shoulders: 1
    fully, 0 over the hips, negative to the other side; in space, of the near knee, which hides
    the other one while both are over the hips."""
    own_side = unit(minus(body.world("shoulder"), body.other.world("shoulder")))
    near = body.scene.body("near")
    return dot(unit(minus(near.world("knee"), near.world("hip"))), own_side)


@measurement("Leg forward", "ratio", "mid shoulder, mid hip, ankle", limb="leg")
def leg_forward(body: Body) -> float:
    """How far the leg is swung to the front of the body, as the sine of that angle, in space."""
    near, far = body.scene.body("near"), body.scene.body("far")
    across = minus(far.world("hip"), near.world("hip"))
    trunk = minus(body.mid_world("shoulder"), body.mid_world("hip"))
    return dot(unit(minus(body.world("ankle"), body.world("hip"))), unit(cross(trunk, across)))


@measurement("Hips to one side", "torso", "mid ankle, mid shoulder, mid hip", whole=True)
def hips_aside(body: Body) -> float:
    """How far the hips are off the middle of the feet to either side, in torso lengths, as much of
    it as lies across the picture: near 0 in a squat, half a torso over the bent leg of a side
    lunge, nothing from the side."""
    across = unit(minus(body.other.world("hip"), body.world("hip")))
    off = minus(body.mid_world("hip"), body.mid_world("ankle"))
    return ratio(abs(off[0] * across[0]), _torso_m(body))


def _torso_m(body: Body) -> float:
    return distance(body.mid_world("shoulder"), body.mid_world("hip"))
