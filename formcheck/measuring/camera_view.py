"""How a person is placed before the camera: which side is near, from where they are seen, and how
far the floor is turned."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from formcheck.measuring.geometry import elevation_deg, length, minus, turn_deg
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.scene import Bearings, Scene
from formcheck.measuring.signals import Signal
from formcheck.records.events import View
from formcheck.records.pose import Pose, Side

SIDE_VIEW, FRONT_VIEW = 0.75, 0.35
"""Bounds of `side_view` for a view from the side and from the front (docs/evidence.md)."""

VIEW_BOUNDS = {"side": SIDE_VIEW, "front": FRONT_VIEW}
"""How far from the side or the front an exercise may be seen that does not say otherwise."""

SIDE_VIEW_SIGNAL = Signal("side_view", "")

UPRIGHT_LINE = "ankle to shoulder upright"

PLAIN_M = 0.05
"""A side is plainly nearer from this depth on; side-on people read 0.2 to 0.3 m."""


def near_side(*poses: Pose) -> Side:
    """The side nearer to the camera: the smaller world z of shoulder and hip."""
    z = np.median([pose.world_m[[11, 12, 23, 24], 2] for pose in poses], axis=0)
    return "left" if z[0] + z[2] <= z[1] + z[3] else "right"


def is_turned_from(near: Side, pose: Pose) -> bool:
    """Whether the other side than `near` is plainly the nearer one."""
    z = pose.world_m[[11, 12, 23, 24], 2].tolist()
    left_is_farther_m = (z[0] + z[2] - z[1] - z[3]) / 2
    return bool((left_is_farther_m if near == "left" else -left_is_farther_m) > PLAIN_M)


def first_sight(pose: Pose, near: Side | None = None) -> Bearings:
    """How a person is placed as far as one pose tells; `near` where it is known better."""
    bearings = Bearings(near=near or near_side(pose), view="side")
    side_view = REGISTRY["side_view"].read(Scene(pose, bearings).body("near"))
    return replace(bearings, view=view_of(side_view))


def view_of(side_view: float) -> View:
    """The kind of view that a `side_view` value stands for."""
    if side_view >= SIDE_VIEW:
        return "side"
    return "front" if side_view <= FRONT_VIEW else "oblique"


def on_screen(lean_deg: float, near: Side) -> float:
    """A floor's lean in a scene, which is mirrored for a right near side, as it is on screen."""
    return -lean_deg if near == "right" else lean_deg


def floor_of(scene: Scene, line: str) -> tuple[float, float]:
    """Degrees by which the floor is turned clockwise in this scene, and by which the person
    leans towards the camera (only told by an upright body). NaN where an end of the line is hidden.

    Perspective tilts a line along a floor that is not seen from the side, so it tells nothing.
    """
    body = scene.body("near")
    if line == "none" or (scene.bearings.view != "side" and line != UPRIGHT_LINE):
        return 0.0, 0.0
    if line == UPRIGHT_LINE:
        up = minus(body.mid("shoulder"), body.mid("ankle"))
        up_m = minus(body.mid_world("shoulder"), body.mid_world("ankle"))
        return turn_deg((0.0, -1.0), up), math.degrees(math.atan2(-up_m[2], -up_m[1]))
    first, last = line.split(" to ")
    if not (body.scene.sees(first, "near") and body.scene.sees(last, "near")):
        return math.nan, 0.0
    along = minus(body.xy(last), body.xy(first))
    clockwise = elevation_deg((0.0, 0.0), along) * (-1.0 if along[0] > 0 else 1.0)
    return (clockwise if length(along) else math.nan), 0.0
