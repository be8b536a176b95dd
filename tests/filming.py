"""Single poses of synthetic people, and what measurements read from them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.scene import Bearings, Scene, Which
from formcheck.records.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Floats, Pose, Side
from tests.bodies import Camera, Posture, Script, film

LEFT_NEAR, RIGHT_NEAR = Bearings("left", "side"), Bearings("right", "side")


def shot(posture: Posture, camera: Camera | None = None) -> Pose:
    """One pose of a person who keeps still."""
    return film(Script(posture), camera)[0]


def value(name: str, pose: Pose, bearings: Bearings = LEFT_NEAR, which: Which = "near") -> float:
    """What one measurement reads from one side of a pose."""
    return REGISTRY[name].read(Scene(pose, bearings).body(which))


def values(name: str, pose: Pose, bearings: Bearings) -> tuple[float, float]:
    """What it reads from the near and from the far side."""
    return value(name, pose, bearings, "near"), value(name, pose, bearings, "far")


def with_outline(pose: Pose, *, near: Side, bulge: float = 0.1) -> Pose:
    """The pose with an outline around the trunk: a back that bulges so many torsos, a flat chest.

    The back lies clockwise of the way from hip to shoulder where the left side is near.
    """
    hip, shoulder = (_middle(pose, joint) for joint in ("hip", "shoulder"))
    along = shoulder - hip
    dorsal = np.array([-along[1], along[0]]) * (1 if near == "left" else -1)
    share = np.linspace(-0.2, 1.2, 40)[:, None]
    back = hip + share * along + (0.2 + 4 * bulge * share * (1 - share)) * dorsal
    chest = hip + share[::-1] * along - 0.2 * dorsal
    return replace(pose, outline_px=np.concatenate([back, chest]).astype(np.float32))


def _middle(pose: Pose, joint: str) -> Floats:
    pair = [LEFT_LANDMARKS[joint], RIGHT_LANDMARKS[joint]]
    return np.asarray(pose.xy_px[pair].mean(axis=0), float)
