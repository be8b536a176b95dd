"""A camera that films a script: joints in the scene to `Pose`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from formcheck.records.pose import LEFT_LANDMARKS, NOSE, RIGHT_LANDMARKS, Floats, Pose
from sample_videos.generator.quiver import quiver
from tests.bodies.script import Script
from tests.bodies.skeleton import Body

LANDSCAPE = (1280.0, 720.0)
PORTRAIT = (720.0, 1280.0)


@dataclass(frozen=True)
class Camera:
    """Where the camera stands and what it takes.

    azimuth_deg: 0 in front (at the feet of one who lies), 90 at the person's left side.
    elevation_deg: how far above the horizontal it stands, looking down at `aim_m`.
    roll_deg: turns the picture clockwise.
    px_per_m: scale at `aim_m`.
    distance_m: from `aim_m`; infinite is weak perspective.
    far_visibility: of the joints of a side turned wholly away.
    """

    azimuth_deg: float = 90.0
    elevation_deg: float = 0.0
    roll_deg: float = 0.0
    px_per_m: float = 300.0
    distance_m: float = np.inf
    size_px: tuple[float, float] = LANDSCAPE
    aim_m: tuple[float, float, float] = (0.0, 0.0, 0.6)
    far_visibility: float = 0.6

    @property
    def axes(self) -> Floats:
        """Rows right, down and away, as unit vectors in scene axes."""
        a, e, r = np.radians([self.azimuth_deg, self.elevation_deg, self.roll_deg])
        away = -np.array([np.cos(a) * np.cos(e), np.sin(a) * np.cos(e), np.sin(e)])
        level = np.array([-np.sin(a), np.cos(a), 0.0])
        down = np.cross(away, level)
        right = np.cos(r) * level - np.sin(r) * down
        return np.stack([right, np.sin(r) * level + np.cos(r) * down, away])

    def poses(self, t_s: Floats, joints_m: Floats) -> list[Pose]:
        """What it takes of joints (n, 33, 3) in scene axes, at times (n,)."""
        seen = (joints_m - np.array(self.aim_m)) @ self.axes.T
        xy = seen[..., :2] / (1 + seen[..., 2:] / self.distance_m)
        xy = (xy * self.px_per_m + np.array(self.size_px) / 2).astype(np.float32)
        world = (seen - seen[:, [23, 24]].mean(axis=1, keepdims=True)).astype(np.float32)
        visibility = self._visibility(seen).astype(np.float32)
        presence = np.ones(joints_m.shape[1], np.float32)
        xy[:, NOSE, 0] += quiver(len(t_s))
        return [
            Pose(float(t), xy[i], world[i], visibility[i], presence, self.size_px)
            for i, t in enumerate(t_s)
        ]

    def _visibility(self, seen: Floats) -> Floats:
        """1, falling for the far side as the body turns side on."""
        axis = (seen[:, [11, 23]] - seen[:, [12, 24]]).sum(axis=1)
        left_away = axis[:, 2] / np.linalg.norm(axis, axis=1)
        visibility = np.ones(seen.shape[:2])
        for names, away in ((LEFT_LANDMARKS, left_away), (RIGHT_LANDMARKS, -left_away)):
            hidden = (1 - self.far_visibility) * np.maximum(away, 0)
            visibility[:, list(names.values())] -= hidden[:, None]
        return visibility


def film(
    script: Script,
    camera: Camera | None = None,
    *,
    fps: float = 30.0,
    jitter: float = 0.0,
    seed: int = 0,
    body: Body | None = None,
) -> list[Pose]:
    """Poses of a whole script; see `Script.sample` for the times, `Camera()` is at the left."""
    t_s = script.sample(fps, jitter=jitter, seed=seed)
    return (camera or Camera()).poses(t_s, script.joints_m(t_s, body or Body()))
