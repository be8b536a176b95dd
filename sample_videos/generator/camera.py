"""A pinhole camera, and where to stand it so that a whole movement is in the picture."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sample_videos.generator.rotations import UP, Vector, unit

_PLACING_ROUNDS = 30
_LEAST_STEP = 0.5
_UNBULGING_ROUNDS = 6


@dataclass(frozen=True)
class Shot:
    """How a person is filmed.

    azimuth_deg: 0 from the front, 90 from their left. height_m: of the lens above the floor.
    fill: share of the picture's width or height, whichever is tighter, that the movement takes.
    roll_deg: how far the camera leans to its right. aim_off: how far the middle of the movement
    lies from that of the picture, in shares of its width and height. bulge: radial distortion k1
    of the lens at half the picture's width, negative for a barrel.
    """

    azimuth_deg: float
    height_m: float
    fill: float = 0.84
    vertical_fov_deg: float = 44.0
    size_px: tuple[int, int] = (640, 360)
    roll_deg: float = 0.0
    aim_off: tuple[float, float] = (0.0, 0.0)
    bulge: float = 0.0


@dataclass(frozen=True)
class Camera:
    """Where the lens is and which way it looks; focal length in pixels; bulge as in `Shot`."""

    eye: Vector
    right: Vector
    up: Vector
    ahead: Vector
    focal_px: float
    size_px: tuple[int, int]
    bulge: float = 0.0

    def project(self, points: Vector) -> tuple[Vector, Vector]:
        """Picture position (n, 2) in pixels, y down, and depth (n,) in metres."""
        seen = points - self.eye
        depth = seen @ self.ahead
        plane = np.stack([seen @ self.right, -(seen @ self.up)], axis=-1) * self.focal_px
        offset = plane / depth[..., None]
        if self.bulge:
            offset = offset * (1 + self.bulge * self._radius2(offset))[..., None]
        return np.array(self.size_px) / 2 + offset, depth

    def _radius2(self, offset_px: Vector) -> Vector:
        """Squared distance from the middle, 1 at half the picture's width."""
        return (offset_px**2).sum(axis=-1) / (self.size_px[0] / 2) ** 2

    def turned(self, points: Vector, origin: Vector) -> Vector:
        """Points in camera-aligned metres about an origin: x right, y down, z away."""
        return (points - origin) @ np.stack([self.right, -self.up, self.ahead], axis=1)

    def rays(self) -> Vector:
        """(height, width, 3) direction through each pixel, with length 1 along the view."""
        width, height = self.size_px
        across, down = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
        seen = np.stack([across - width / 2, down - height / 2], axis=-1)
        offset = seen
        for _ in range(_UNBULGING_ROUNDS if self.bulge else 0):
            offset = seen / (1 + self.bulge * self._radius2(offset))[..., None]
        offset = offset / self.focal_px
        return self.ahead + offset[..., :1] * self.right - offset[..., 1:] * self.up

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
        nearer = float(np.max((high - low) / shot.size_px)) / shot.fill
        # Coming closer in one leap may end among the points, from where no way leads back.
        distance *= max(nearer, _LEAST_STEP)
        middle = (0.5 + np.array(shot.aim_off)) * shot.size_px
        across, down = ((low + high) / 2 - middle) * distance / camera.focal_px
        aim = aim + camera.right * across - UP * down
    return camera


def _looking_at(shot: Shot, *, aim: Vector, eye: Vector) -> Camera:
    eye = np.array([eye[0], shot.height_m, eye[2]])
    ahead = unit(aim - eye)
    level = unit(np.cross(ahead, UP))
    roll = np.radians(shot.roll_deg)
    right = level * np.cos(roll) - np.cross(level, ahead) * np.sin(roll)
    focal = shot.size_px[1] / 2 / np.tan(np.radians(shot.vertical_fov_deg) / 2)
    up = np.cross(right, ahead)
    return Camera(eye, right, up, ahead, float(focal), shot.size_px, shot.bulge)
