"""A pinhole camera, and where to stand it so that a whole movement is in the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sample_videos.generator.rotations import UP, Vector, unit

_PLACING_ROUNDS = 30


@dataclass(frozen=True)
class Shot:
    """How a person is filmed.

    azimuth_deg: 0 from the front, 90 from their left. height_m: of the lens above the floor.
    fill: share of the picture's width or height, whichever is tighter, that the movement takes.
    """

    azimuth_deg: float
    height_m: float
    fill: float = 0.84
    vertical_fov_deg: float = 44.0
    size_px: tuple[int, int] = (640, 360)


@dataclass(frozen=True)
class Camera:
    """Where the lens is and which way it looks; focal length in pixels."""

    eye: Vector
    right: Vector
    up: Vector
    ahead: Vector
    focal_px: float
    size_px: tuple[int, int]

    def project(self, points: Vector) -> tuple[Vector, Vector]:
        """Picture position (n, 2) in pixels, y down, and depth (n,) in metres."""
        seen = points - self.eye
        depth = seen @ self.ahead
        width, height = self.size_px
        across = width / 2 + self.focal_px * (seen @ self.right) / depth
        down = height / 2 - self.focal_px * (seen @ self.up) / depth
        return np.stack([across, down], axis=-1), depth

    def turned(self, points: Vector, origin: Vector) -> Vector:
        """Points in camera-aligned metres about an origin: x right, y down, z away."""
        return (points - origin) @ np.stack([self.right, -self.up, self.ahead], axis=1)

    def rays(self) -> Vector:
        """(height, width, 3) direction through each pixel, with length 1 along the view."""
        width, height = self.size_px
        across = (np.arange(width) + 0.5 - width / 2) / self.focal_px
        up = (height / 2 - np.arange(height) - 0.5) / self.focal_px
        return self.ahead + across[None, :, None] * self.right + up[:, None, None] * self.up

    def enlarged(self, factor: int) -> Camera:
        """The same view with more pixels."""
        width, height = self.size_px
        size = (width * factor, height * factor)
        return replace(self, focal_px=self.focal_px * factor, size_px=size)


def place_camera(shot: Shot, points: Vector) -> Camera:
    """The camera of a shot, moved back and aimed until all points fill the picture."""
    azimuth = np.radians(shot.azimuth_deg)
    towards = np.array([np.sin(azimuth), 0, np.cos(azimuth)])
    aim, distance = (points.min(axis=0) + points.max(axis=0)) / 2, 3.0
    for _ in range(_PLACING_ROUNDS):
        camera = _looking_at(shot, aim=aim, eye=aim + towards * distance)
        xy, _ = camera.project(points)
        low, high = xy.min(axis=0), xy.max(axis=0)
        distance *= float(np.max((high - low) / shot.size_px)) / shot.fill
        across, down = ((low + high - shot.size_px) / 2) * distance / camera.focal_px
        aim = aim + camera.right * across - UP * down
    return camera


def _looking_at(shot: Shot, *, aim: Vector, eye: Vector) -> Camera:
    eye = np.array([eye[0], shot.height_m, eye[2]])
    ahead = unit(aim - eye)
    right = unit(np.cross(ahead, UP))
    focal = shot.size_px[1] / 2 / np.tan(np.radians(shot.vertical_fov_deg) / 2)
    return Camera(eye, right, np.cross(right, ahead), ahead, float(focal), shot.size_px)
