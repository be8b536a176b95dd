"""Placing the camera: what stands in the way of judging before a set, one instruction at a time.

Whole body in the picture, with room for the movement to come; the right view; near enough; level;
light; frame rate. Works for people who lie as for people who stand: room is asked for in body
lengths about the box of the person, and along the limbs that the exercise will stretch out.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcheck.exercises.model import ExerciseSpec
from formcheck.measuring.camera_view import first_sight
from formcheck.measuring.geometry import distance
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.scene import STATURE_SHARE, Scene
from formcheck.records.events import Status
from formcheck.records.pose import Floats, Pose
from formcheck.words.advice import AdviceCode

Arrow = Literal["back", "closer", "middle", "turn", "level", "light", "slow", "person", "still", ""]
"""What the picture beside an instruction shows."""

DARK, GLARE = 45.0, 235.0
"""Mean brightness, 0 to 255, under which a picture is too dark and over which too bright (ours)."""

SLOW_FPS = 8.0
"""Below it the shortest movements can no longer be told from noise (ours; design.md, law 2, holds
from 10 frames a second on)."""

ROOM_TORSO = 0.2
"""Room asked for on every side of the person, in torso lengths (ours)."""

FAR_SHARE = 0.3
"""A body whose longer side takes up less of the picture's shorter side is far away (ours: the pose
model sees 256 pixels of the person's surroundings)."""

LEAN_DEG = 12.0
"""A floor or a person leaning more than this is worth levelling; what is less is allowed for."""


@dataclass(frozen=True)
class Surroundings:
    """What is known of the picture besides the pose.

    light: mean brightness, 0 to 255. fps: frames a second lately. NaN where it is not known yet.
    """

    light: float = math.nan
    fps: float = math.nan


@dataclass(frozen=True)
class Advice:
    """One instruction (worded in `words.advice`), and what the picture beside it shows."""

    code: AdviceCode
    arrow: Arrow


class Placing:
    """Looks at each moment before a set and names the first thing that is amiss."""

    def __init__(self, spec: ExerciseSpec) -> None:
        self._limbs = tuple(_stretched_limbs(spec))

    def advice(self, pose: Pose, status: Status, around: Surroundings) -> Advice | None:
        """The first thing to put right, None if the posture only has to be held."""
        if around.light < DARK:
            return Advice("dark", "light")
        if not pose.is_seen:
            return Advice("nobody", "person")
        return next(self._amiss(pose, status, around), None)

    def _amiss(self, pose: Pose, status: Status, around: Surroundings) -> Iterator[Advice]:
        if placed := self._in_the_picture(pose):
            yield placed
        if status.obstacle == "unseen":
            yield Advice("unseen", "back")
        if status.obstacle == "view":
            yield Advice("view", "turn")
        if status.obstacle == "tilted" or abs(status.floor_deg) > LEAN_DEG:
            yield Advice("tilted", "level")
        if self._is_far(pose):
            yield Advice("too_small", "closer")
        if around.fps < SLOW_FPS:
            yield Advice("slow", "slow")
        if around.light > GLARE:
            yield Advice("glare", "light")
        if status.obstacle in ("posture", "shape", "near", "looking"):
            yield Advice("posture", "person")
        if status.obstacle == "moving":
            yield Advice("moving", "still")

    def _in_the_picture(self, pose: Pose) -> Advice | None:
        """Too near, or too far to one side, for what is to come."""
        size = np.array(pose.size_px)
        low, high = self.reach_px(pose)
        if ((high - low) > size).any():
            return Advice("too_large", "back")
        if (low < 0).any() or (high > size).any():
            return Advice("aside", "middle")
        return None

    def _is_far(self, pose: Pose) -> bool:
        body = pose.xy_px.max(axis=0) - pose.xy_px.min(axis=0)
        return float(body.max()) < FAR_SHARE * min(pose.size_px)

    def reach_px(self, pose: Pose) -> tuple[Floats, Floats]:
        """Lowest and highest corner of all that the movement will take up, in px."""
        scene = Scene(pose, first_sight(pose))
        torso = scene.body("near").torso_px
        points = [pose.xy_px, *(_tips(scene, limb) for limb in self._limbs)]
        everywhere = np.concatenate(points)
        room = ROOM_TORSO * torso
        return everywhere.min(axis=0) - room, everywhere.max(axis=0) + room


def _stretched_limbs(spec: ExerciseSpec) -> Iterator[tuple[str, str, float]]:
    """Root and tip of each limb that is to be raised, and how far over the floor, in degrees."""
    for clause in spec.rep.reach:
        found = REGISTRY[clause.signal.name]
        if found.shape == "tilt" and found.limb and found.ends in _LENGTHS and not clause.from_rest:
            yield *found.ends, clause.limit()


_LENGTHS = {
    ("hip", "ankle"): STATURE_SHARE["hip", "knee"] + STATURE_SHARE["knee", "ankle"],
    ("shoulder", "wrist"): STATURE_SHARE["shoulder", "elbow"] + STATURE_SHARE["elbow", "wrist"],
}
"""Limbs stretched out, as shares of stature."""


def _tips(scene: Scene, limb: tuple[str, str, float]) -> Floats:
    """Where the tips of a limb will be once it is stretched out: a leg away from the head along
    the trunk, an arm towards it; (1, 2) px."""
    root, tip, elevation_deg = limb
    body = scene.body("near")
    trunk = body.mid("shoulder")[0] - body.mid("hip")[0]
    headwards = math.copysign(1.0, trunk) * (1.0 if root == "shoulder" else -1.0)
    stature_px = distance(body.mid("hip"), body.mid("shoulder")) / STATURE_SHARE["shoulder", "hip"]
    length = _LENGTHS[root, tip] * stature_px
    x, y = body.mid(root)
    angle = math.radians(elevation_deg)
    end_x = x + headwards * length * math.cos(angle)
    end_y = y - length * math.sin(angle)
    if scene.bearings.near == "right":
        end_x = scene.pose.size_px[0] - end_x
    return np.array([[end_x, end_y]])
