"""A pose seen from its near side, with the picture turned level: what measurements read.

Geometry is written once, for a person whose near side is the left one and who therefore faces
the left edge of the picture when upright:

        o  head             near = left, facing left
       /|                   ventral (chest) side to the left, dorsal (back) to the right
      / |
        |\\  hip             `Scene` mirrors a pose whose near side is the right one, so that
        | \\ knee            every measurement may assume this picture.

Two facts of the recording go in, both locked at the start posture (`Bearings`): which side is
near (smaller world z of shoulder and hip; visibility misleads), and how the floor leans.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from formcheck.measuring.geometry import Point, distance, middle, rotated
from formcheck.records.events import View
from formcheck.records.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Floats, Pose, Side, other_side

Which = str
"""A side in the level picture: "near" or "far"."""

VISIBLE = 0.5
"""Visibility and presence from which a joint counts as seen (docs/evidence.md)."""

FAINT = 0.2
"""The same for the far leg, which reads 0.2 to 0.6 though it is well placed.

Measured on the labelled side-view clips of bridges, bird dogs and squats.
"""

LONGEST = 1.6
"""A limb longer than this many times its due length is invented, however visible it claims to be.

Ours: perspective lengthens a near limb by up to a third at two metres.
"""

STATURE_SHARE = {
    ("shoulder", "hip"): 0.324, ("hip", "knee"): 0.237, ("knee", "ankle"): 0.218,
    ("shoulder", "elbow"): 0.151, ("elbow", "wrist"): 0.146,
}  # fmt: skip
"""Segment lengths as shares of stature as BlazePose places the joints (docs/evidence.md:
measured on 35 upright photos; the forearm is Winter's)."""

CHAIN = (("shoulder", "hip"), ("hip", "knee"), ("knee", "ankle"))
"""The segments whose sum gives the scale; together 0.779 of stature."""

CHAIN_SHARE = sum(STATURE_SHARE[segment] for segment in CHAIN)

DEFAULT_STATURE_IN = 66.9
"""1.70 m, used when the user has not given a height (docs/evidence.md)."""


@dataclass(frozen=True)
class Works:
    """Which side works in an exercise: the one with the most, or the least, of a measure.

    from_rest: what each side has of it is taken from its own rest as soon as anything moves, for
    perspective draws two limbs that do the same apart.
    """

    measure: str
    most: bool
    from_rest: bool = False


@dataclass(frozen=True)
class Bearings:
    """How the person is placed before the camera, locked at the start posture.

    floor_deg: how far the floor is turned clockwise on the screen. pitch_deg: how far upright
    people lean towards the camera in world space, because it looks down. stature_px: pixels for
    the person's whole height, NaN until known. stature_in: that height in inches, assumed or told.
    works: how the working side of the exercise is told, None where both sides do the same.
    """

    near: Side
    view: View
    floor_deg: float = 0.0
    pitch_deg: float = 0.0
    stature_px: float = math.nan
    stature_in: float = DEFAULT_STATURE_IN
    works: Works | None = None


class Scene:
    """One pose in the level picture of its bearings; gives the `Body` of either side.

    working: the side that works, where that is followed from pose to pose.
    """

    def __init__(self, pose: Pose, bearings: Bearings, working: Which | None = None) -> None:
        self.pose = pose
        self.bearings = bearings
        self.working = working
        mirrored = bearings.near == "right"
        self._pose = pose.mirrored() if mirrored else pose
        lean = -bearings.floor_deg if mirrored else bearings.floor_deg
        self.floor_deg = lean
        self._seen: dict[tuple[str, Which], bool] = {}

    @cached_property
    def xy(self) -> list[Point]:
        """Level picture positions of the 33 landmarks, pixels."""
        return rotated(self._pose.xy_px.tolist(), -self.floor_deg)

    @cached_property
    def outline(self) -> Floats:
        """The person's outline in the level picture, (n, 2) pixels."""
        return np.array(rotated(self._pose.outline_px.tolist(), -self.floor_deg)).reshape(-1, 2)

    @cached_property
    def world(self) -> list[Point]:
        """World positions with the floor level, metres."""
        turned = rotated(self._pose.world_m[:, :2].tolist(), -self.floor_deg)
        c = math.cos(math.radians(self.bearings.pitch_deg))
        s = math.sin(math.radians(self.bearings.pitch_deg))
        depth = self._pose.world_m[:, 2].tolist()
        return [(x, c * y + s * z, c * z - s * y) for (x, y), z in zip(turned, depth, strict=True)]

    @cached_property
    def _confidence(self) -> list[float]:
        pose = self._pose
        width, height = pose.size_px
        inside = (
            (pose.xy_px[:, 0] >= 0)
            & (pose.xy_px[:, 0] <= width)
            & (pose.xy_px[:, 1] >= 0)
            & (pose.xy_px[:, 1] <= height)
        )
        sure: list[float] = np.where(
            inside & (pose.presence >= VISIBLE), pose.visibility, 0.0
        ).tolist()
        return sure

    def index(self, joint: str, which: Which) -> int:
        """The landmark in this scene's own (perhaps mirrored) pose."""
        return (LEFT_LANDMARKS if which == "near" else RIGHT_LANDMARKS)[joint]

    def landmark(self, joint: str, which: Which) -> int:
        """The landmark in the pose as it came, for drawing."""
        names = LEFT_LANDMARKS if self.side(which) == "left" else RIGHT_LANDMARKS
        return names[joint]

    def side(self, which: Which) -> Side:
        """The person's own side that is near or far."""
        near = self.bearings.near
        return near if which == "near" else other_side(near)

    def sees(self, joint: str, which: Which) -> bool:
        """Whether a joint is inside the picture, confident, and on a limb of possible length."""
        if (joint, which) not in self._seen:
            self._seen[joint, which] = self._sees(joint, which)
        return self._seen[joint, which]

    def _sees(self, joint: str, which: Which) -> bool:
        i = self.index(joint, which)
        leg = joint in ("hip", "knee", "ankle", "heel", "toe")
        floor = FAINT if leg and which == "far" else VISIBLE
        return self._confidence[i] >= floor and not self._is_stretched(joint, which)

    def _is_stretched(self, joint: str, which: Which) -> bool:
        for (root, tip), share in STATURE_SHARE.items():
            if tip == joint:
                due = share * self.bearings.stature_px
                drawn = distance(self.xy[self.index(root, which)], self.xy[self.index(tip, which)])
                return drawn > LONGEST * due
        return False

    def body(self, which: Which) -> Body:
        """The body with its near or its far side as the working one."""
        return Body(self, which)


@dataclass(frozen=True)
class Body:
    """One side of a scene: `body.xy("hip")` is the hip of that side."""

    scene: Scene
    which: Which

    @property
    def other(self) -> Body:
        """The same body with the opposite side as the working one."""
        return Body(self.scene, "far" if self.which == "near" else "near")

    def xy(self, joint: str) -> Point:
        """Level picture position, pixels, x right, y down."""
        return self.scene.xy[self.scene.index(joint, self.which)]

    def world(self, joint: str) -> Point:
        """Level world position, metres, x right, y down, z away."""
        return self.scene.world[self.scene.index(joint, self.which)]

    def mid(self, joint: str) -> Point:
        """The picture point half way between the left and right joint."""
        return middle(self.xy(joint), self.other.xy(joint))

    def mid_world(self, joint: str) -> Point:
        """The world point half way between the left and right joint."""
        return middle(self.world(joint), self.other.world(joint))

    @property
    def torso_px(self) -> float:
        """Distance from mid hip to mid shoulder: the unit of relative lengths."""
        return distance(self.mid("hip"), self.mid("shoulder"))

    def chain_px(self) -> float:
        """Shoulder to hip to knee to ankle along this side, pixels."""
        return sum(distance(self.xy(a), self.xy(b)) for a, b in CHAIN)
