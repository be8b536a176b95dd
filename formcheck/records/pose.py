"""One person at one instant, as 33 landmarks: what every estimator gives and everything else reads.

`Pose.mirrored` is the one place in formcheck that knows left from right.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
Side = Literal["left", "right"]

LANDMARK_COUNT = 33
"""Landmarks of the BlazePose topology."""

LEFT_LANDMARKS: dict[str, int] = {
    "eye": 2, "ear": 7, "mouth": 9, "shoulder": 11, "elbow": 13, "wrist": 15, "pinky": 17,
    "index": 19, "thumb": 21, "hip": 23, "knee": 25, "ankle": 27, "heel": 29, "toe": 31,
}  # fmt: skip
"""Joint name -> index of the person's own left one."""

NOSE = 0

MIRROR = [0, 4, 5, 6, 1, 2, 3, 8, 7, *(i + 1 if i % 2 else i - 1 for i in range(9, 33))]
"""Landmark -> that of the other side; the nose is its own."""

RIGHT_LANDMARKS: dict[str, int] = {name: MIRROR[i] for name, i in LEFT_LANDMARKS.items()}
"""Joint name -> index of the person's own right one."""

BONES: tuple[tuple[int, int], ...] = (
    (11, 12), (23, 24), (11, 23), (12, 24), (11, 13), (13, 15), (12, 14), (14, 16),
    (23, 25), (25, 27), (24, 26), (26, 28), (27, 29), (29, 31), (27, 31), (28, 30), (30, 32),
    (28, 32), (7, 11), (8, 12), (15, 19), (16, 20),
)  # fmt: skip
"""Pairs of landmarks joined by a line in a drawing."""

MAX_OUTLINE_POINTS = 128

LARGEST = 1e6
"""No camera, however large its picture, sees a body at a larger number, in px or in m."""

LATEST_S = 1e10
"""No media time is further from 0: clocks count from 1970, which is 1.8e9 s ago."""


def landmark(joint: str, side: Side) -> int:
    """Index of a joint on the person's own left or right."""
    return (LEFT_LANDMARKS if side == "left" else RIGHT_LANDMARKS)[joint]


def other_side(side: Side) -> Side:
    """The opposite side."""
    return "right" if side == "left" else "left"


@dataclass(frozen=True, eq=False)
class Pose:
    """One person at one instant; all NaN where nobody was seen.

    t_s: media time in seconds (presentation or capture time).
    xy_px: (33, 2) picture position in square pixels, x right, y down.
    world_m: (33, 3) metres about the hips, x right, y down, z away from the camera.
    visibility, presence: (33,) 0 to 1; 0 where nobody was seen.
    size_px: width and height of the upright picture in square pixels.
    outline_px: (n, 2) polygon around the person, n at most 128; empty if not recorded.
    """

    t_s: float
    xy_px: Floats
    world_m: Floats
    visibility: Floats
    presence: Floats
    size_px: tuple[float, float]
    outline_px: Floats = field(default_factory=lambda: np.empty((0, 2), np.float32))

    def __post_init__(self) -> None:
        for name, shape in (
            ("xy_px", (LANDMARK_COUNT, 2)),
            ("world_m", (LANDMARK_COUNT, 3)),
            ("visibility", (LANDMARK_COUNT,)),
            ("presence", (LANDMARK_COUNT,)),
        ):
            found = getattr(self, name).shape
            if found != shape:
                raise ValueError(f"{name} has shape {found}, not {shape}")
        if self.outline_px.ndim != 2 or len(self.outline_px) > MAX_OUTLINE_POINTS:
            raise ValueError(f"outline_px has shape {self.outline_px.shape}")

    @classmethod
    def nobody(cls, t_s: float, size_px: tuple[float, float]) -> Pose:
        """The pose of an instant at which nobody was seen."""
        nan = np.full((LANDMARK_COUNT, 3), np.nan, np.float32)
        zero = np.zeros(LANDMARK_COUNT, np.float32)
        return cls(t_s, nan[:, :2], nan, zero, zero, size_px)

    @property
    def is_seen(self) -> bool:
        """Whether anybody was found at this instant."""
        return not bool(np.isnan(self.xy_px[LEFT_LANDMARKS["hip"], 0]))

    @property
    def is_credible(self) -> bool:
        """Whether its numbers could be those of a body in a picture, or of nobody; what a damaged
        file says need not be."""
        columns = (self.xy_px, self.world_m, self.visibility, self.presence, self.outline_px)
        return (
            abs(self.t_s) <= LATEST_S
            and all(0 <= side <= LARGEST for side in self.size_px)
            and not any((np.abs(column) > LARGEST).any() for column in columns)
        )

    def mirrored(self) -> Pose:
        """The same movement done by the person's other side, as in a mirror."""
        flip = np.array([-1, 1], np.float32)
        shift = np.array([self.size_px[0], 0], np.float32)
        flip_world = np.array([-1, 1, 1], np.float32)
        return replace(
            self,
            xy_px=self.xy_px[MIRROR] * flip + shift,
            world_m=self.world_m[MIRROR] * flip_world,
            visibility=self.visibility[MIRROR],
            presence=self.presence[MIRROR],
            outline_px=(self.outline_px * flip + shift)[::-1],
        )
