"""One lamp and a soft sky, with shadows from depth maps seen from each."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sample_videos.generator.rotations import UP, Vector, unit

_SKY_DIRECTIONS = 10
_GOLDEN_ANGLE = 2.399963
_SKY_FILL = 0.12
"""Share of a sky direction's light that reaches a surface turned away from it."""


@dataclass(frozen=True)
class Lighting:
    """Where the lamp is (a direction), its colour, and the colour of the light all around."""

    key_from: tuple[float, float, float]
    key: tuple[float, float, float] = (1.6, 1.54, 1.44)
    ambient: tuple[float, float, float] = (0.55, 0.58, 0.62)

    @property
    def direction(self) -> Vector:
        """Unit vector towards the lamp."""
        return unit(self.key_from).astype(np.float32)


class ShadowMap:
    """How far towards a distant light a cloud of points reaches, on a square grid."""

    def __init__(self, direction: Vector, points: Vector, *, cells: int) -> None:
        across = unit(np.cross(UP, direction))
        self._axes = np.stack([across, np.cross(direction, across), direction]).astype(np.float32)
        local = self._axes @ points.T
        low, high = local[:2].min(axis=1), local[:2].max(axis=1)
        self._scale = np.float32((cells - 8) / (high - low).max())
        self._shift = (4 - low * self._scale)[:, None]
        self._cells = cells
        self._nearest = np.full(cells * cells, -np.inf, np.float32)
        np.maximum.at(self._nearest, self._index(local), local[2])

    def _index(self, local: Vector) -> Vector:
        cell = (local[:2] * self._scale + self._shift).astype(np.int32)
        np.clip(cell, 1, self._cells - 2, out=cell)
        return cell[1] * self._cells + cell[0]

    def lit(self, points: Vector, *, bias_m: float, soft: bool = False) -> Vector:
        """Share (0 to 1) of the light that reaches each point, past what is bias_m nearer."""
        local = self._axes @ points.T
        index, height = self._index(local), local[2] + np.float32(bias_m)
        around = (-1, 0, 1) if soft else (0,)
        steps = [row * self._cells + column for row in around for column in around]
        hits = sum((height >= self._nearest[index + step]).astype(np.float32) for step in steps)
        return hits / len(steps)


class Shade:
    """The light that a body leaves to itself and to the room around it, in one picture."""

    def __init__(self, lighting: Lighting, points: Vector) -> None:
        self._key = ShadowMap(lighting.direction, points, cells=200)
        self._sky = [(d, ShadowMap(d, points, cells=110)) for d in _sky_directions()]

    def key(self, points: Vector, normals: Vector) -> Vector:
        """Share of the lamp's light that reaches each point."""
        return self._key.lit(points + normals * np.float32(0.012), bias_m=0.014, soft=True)

    def sky(self, points: Vector, normals: Vector) -> Vector:
        """Share of the light from all around that reaches each point."""
        lifted = points + normals * np.float32(0.02)
        reached, whole = np.zeros(len(points), np.float32), np.zeros(len(points), np.float32)
        for direction, shadow in self._sky:
            weight = np.maximum(normals @ direction, 0) + np.float32(_SKY_FILL)
            reached += weight * shadow.lit(lifted, bias_m=0.02)
            whole += weight
        return (reached / whole) ** 1.2


def _sky_directions() -> Vector:
    """Directions spread evenly over the upper half, by the golden angle."""
    nth = np.arange(_SKY_DIRECTIONS) + 0.5
    height = 1 - nth / _SKY_DIRECTIONS * 0.92
    radius, around = np.sqrt(1 - height**2), nth * _GOLDEN_ANGLE
    directions = np.stack([radius * np.cos(around), height, radius * np.sin(around)], axis=1)
    return directions.astype(np.float32)
