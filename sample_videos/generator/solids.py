"""Signed distance to the simple solids a body is melted together from; negative inside, metres.

Formulas for the round cone, the ellipsoid (a bound, not exact) and the smooth minimum are those
of Inigo Quilez, "Distance functions" and "Smooth minimum".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import numpy as np

from sample_videos.generator.rotations import Matrix, Vector

FAR_M = 1.0
"""Distance told for a point outside a part's box, where nothing blends any more."""

_BOX_MARGIN_M = 0.09


class Solid(Protocol):
    """Something with an inside; `blend_m` is how far it melts into what came before it."""

    @property
    def blend_m(self) -> float:
        """Distance, in metres, within which the two round into one another."""

    def distance(self, points: Vector) -> Vector:
        """Signed distance of every point, (n, 3) to (n,)."""

    def box(self) -> tuple[Vector, Vector]:
        """Lowest and highest corner of a box around it."""


@dataclass(frozen=True)
class Cone:
    """A round cone: two balls and the hull between them."""

    start: Vector
    end: Vector
    start_m: float
    end_m: float
    blend_m: float = 0.0

    def distance(self, points: Vector) -> Vector:
        """Signed distance of every point."""
        axis = self.end - self.start
        along = np.clip((points - self.start) @ axis / (axis @ axis), 0, 1)
        nearest = self.start + along[:, None] * axis
        return _length(points - nearest) - (self.start_m + (self.end_m - self.start_m) * along)

    def box(self) -> tuple[Vector, Vector]:
        """Lowest and highest corner of a box around it."""
        ends, radius = np.stack([self.start, self.end]), max(self.start_m, self.end_m)
        return ends.min(0) - radius, ends.max(0) + radius


@dataclass(frozen=True)
class Ellipsoid:
    """An ellipsoid; columns of `axes` are its directions."""

    centre: Vector
    radii: Vector
    blend_m: float = 0.0
    axes: Matrix | None = None

    def distance(self, points: Vector) -> Vector:
        """Approximate signed distance of every point."""
        local = points - self.centre
        if self.axes is not None:
            local = local @ self.axes
        inner, outer = _length(local / self.radii), _length(local / self.radii**2) + 1e-9
        return inner * (inner - 1) / outer

    def box(self) -> tuple[Vector, Vector]:
        """Lowest and highest corner of a box around it."""
        reach = self.radii if self.axes is None else np.full(3, self.radii.max())
        return self.centre - reach, self.centre + reach


@dataclass(frozen=True)
class Hollow:
    """A solid that is taken away from what came before it."""

    solid: Solid

    @property
    def blend_m(self) -> float:
        """Distance, in metres, within which the edge is rounded."""
        return self.solid.blend_m

    def distance(self, points: Vector) -> Vector:
        """Signed distance of every point to the solid taken away."""
        return self.solid.distance(points)

    def box(self) -> tuple[Vector, Vector]:
        """Lowest and highest corner of a box around it."""
        return self.solid.box()


@dataclass(frozen=True)
class Loft:
    """Ellipses stacked along the vertical: half width, half depth and middle by height."""

    heights: Vector
    widths: Vector
    depths: Vector
    middles: Vector
    blend_m: float = 0.0

    def distance(self, points: Vector) -> Vector:
        """Approximate signed distance of every point."""
        x, height, z = points.T
        inside = np.clip(height, self.heights[0], self.heights[-1])
        width, depth, middle = (
            np.interp(inside, self.heights, row) for row in (self.widths, self.depths, self.middles)
        )
        around = np.hypot(x / width, (z - middle) / depth)
        wall = (around - 1) * np.minimum(width, depth)
        return np.maximum(wall, np.maximum(self.heights[0] - height, height - self.heights[-1]))

    def box(self) -> tuple[Vector, Vector]:
        """Lowest and highest corner of a box around it."""
        wide, deep = self.widths.max(), self.depths.max() + np.abs(self.middles).max()
        return (
            np.array([-wide, self.heights[0], -deep]),
            np.array([wide, self.heights[-1], deep]),
        )


@dataclass(frozen=True)
class Part:
    """Solids melted together in order: one limb, the trunk, or the head."""

    name: str
    solids: tuple[Solid, ...]

    @cached_property
    def _box(self) -> tuple[Vector, Vector]:
        lows, highs = zip(*(solid.box() for solid in self.solids), strict=True)
        return np.min(lows, axis=0) - _BOX_MARGIN_M, np.max(highs, axis=0) + _BOX_MARGIN_M

    def distance(self, points: Vector) -> Vector:
        """Signed distance of every point; FAR_M well outside the part."""
        low, high = self._box
        near = np.all((points > low) & (points < high), axis=1)
        found = np.full(len(points), FAR_M)
        found[near] = self._melted(points[near])
        return found

    def _melted(self, points: Vector) -> Vector:
        found = self.solids[0].distance(points)
        for solid in self.solids[1:]:
            sign = -1 if isinstance(solid, Hollow) else 1
            distance = solid.distance(points)
            found = sign * smooth_minimum(sign * found, distance, blend_m=solid.blend_m)
        return found


def smooth_minimum(first: Vector, second: Vector, *, blend_m: float) -> Vector:
    """The smaller of two distances, rounded off where they differ by less than blend_m."""
    overlap = np.maximum(blend_m - np.abs(first - second), 0)
    return np.minimum(first, second) - overlap**2 / (4 * blend_m)


def _length(vectors: Vector) -> Vector:
    return np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
