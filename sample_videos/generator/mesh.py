"""A triangle mesh of whatever has a signed distance, by naive surface nets (Gibson 1998)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sample_videos.generator.rotations import Vector

Triangles = NDArray[np.integer[Any]]

_COARSE = 4
"""Fine cells along the edge of a coarse one, in the search for where the surface is."""

_CORNERS = np.stack(np.meshgrid([0, 1], [0, 1], [0, 1], indexing="ij"), -1).reshape(-1, 3)
_EDGES = [(a, b) for a in range(8) for b in range(a) if abs(_CORNERS[a] - _CORNERS[b]).sum() == 1]


@dataclass(frozen=True)
class Grid:
    """A box of cubic cells."""

    low: Vector
    cell_m: float
    shape: tuple[int, int, int]

    @classmethod
    def around(cls, low: Vector, high: Vector, *, cell_m: float) -> Grid:
        """The grid that covers a box, its sides a multiple of the coarse cell."""
        cells = np.ceil((high - low) / (cell_m * _COARSE)).astype(int) * _COARSE
        return cls(low, cell_m, tuple(cells.tolist()))

    def points(self, indices: Triangles) -> Vector:
        """Places of grid nodes."""
        return self.low + indices * self.cell_m


def mesh_of(distance: Callable[[Vector], Vector], grid: Grid) -> tuple[Vector, Triangles]:
    """Vertices and triangles of the surface where the distance is 0, facing outwards."""
    return surface_nets(_sampled(distance, grid), grid)


def _sampled(distance: Callable[[Vector], Vector], grid: Grid) -> Vector:
    """The distance at every node, computed only near the surface; elsewhere just its sign."""
    coarse_shape = tuple(n // _COARSE for n in grid.shape)
    nodes = np.indices(coarse_shape).reshape(3, -1).T * _COARSE
    coarse = distance(grid.points(nodes)).reshape(coarse_shape)
    reach = 2 * np.sqrt(3) * _COARSE * grid.cell_m
    field = _enlarged(np.sign(coarse)).astype(np.float32)
    near = np.argwhere(_enlarged(np.abs(coarse) < reach))
    for block in np.array_split(near, len(near) // 200_000 + 1):
        field[tuple(block.T)] = distance(grid.points(block))
    return field


def _enlarged(values: Vector) -> Vector:
    for axis in range(3):
        values = np.repeat(values, _COARSE, axis)
    return values


def surface_nets(field: Vector, grid: Grid) -> tuple[Vector, Triangles]:
    """One vertex in each cell the surface passes, one quad across each edge it cuts."""
    inside = field < 0
    count = sum(inside[_window(inside, corner)].astype(int) for corner in _CORNERS)
    cells = np.argwhere((count > 0) & (count < 8))
    numbers = np.full(count.shape, -1)
    numbers[tuple(cells.T)] = np.arange(len(cells))
    vertices = grid.low + (cells + _crossing_mean(field, cells)) * grid.cell_m
    quads = np.concatenate([_quads(inside, numbers, axis=axis) for axis in range(3)])
    return vertices, np.concatenate([quads[:, [0, 1, 2]], quads[:, [0, 2, 3]]])


def _window(values: Vector, corner: Triangles) -> tuple[slice, ...]:
    """All nodes that are this corner of some cell."""
    return tuple(slice(c, n - 1 + c) for c, n in zip(corner, values.shape, strict=True))


def _crossing_mean(field: Vector, cells: Triangles) -> Vector:
    """Mean of the points where the surface cuts a cell's edges, in cells."""
    total, cuts = np.zeros((len(cells), 3)), np.zeros(len(cells))
    for start, end in _EDGES:
        first = field[tuple((cells + _CORNERS[start]).T)]
        second = field[tuple((cells + _CORNERS[end]).T)]
        cut = (first < 0) != (second < 0)
        share = (first[cut] / (first[cut] - second[cut]))[:, None]
        total[cut] += _CORNERS[start] + share * (_CORNERS[end] - _CORNERS[start])
        cuts += cut
    return total / cuts[:, None]


def _quads(inside: Vector, numbers: Triangles, *, axis: int) -> Triangles:
    """Cells around each grid edge along an axis that the surface cuts."""
    others = [k for k in range(3) if k != axis]
    step = np.eye(3, dtype=int)
    low = np.moveaxis(inside, axis, 0)[:-1, 1:-1, 1:-1]
    high = np.moveaxis(inside, axis, 0)[1:, 1:-1, 1:-1]
    found = np.argwhere(low != high)
    leaves = low[tuple(found.T)]
    nodes = np.empty_like(found)
    nodes[:, [axis, *others]] = found + np.array([0, 1, 1])
    around = [(1, 1), (0, 1), (0, 0), (1, 0)]
    corners = [nodes - a * step[others[0]] - b * step[others[1]] for a, b in around]
    quads = np.stack([numbers[tuple(corner.T)] for corner in corners], axis=1)
    forward = leaves if axis != 1 else ~leaves
    return np.where(forward[:, None], quads, quads[:, ::-1])


def joined(parts: Iterable[tuple[Vector, Triangles]]) -> Triangles:
    """The triangles of several meshes, as if their vertices stood in one row."""
    first, moved = 0, []
    for vertices, triangles in parts:
        moved.append(triangles + first)
        first += len(vertices)
    return np.concatenate(moved)


def vertex_normals(vertices: Vector, triangles: Triangles) -> Vector:
    """Unit normals, each the area-weighted mean of the triangles around it."""
    a, b, c = (vertices[triangles[:, k]] for k in range(3))
    faces = np.cross(b - a, c - a)
    normals = np.zeros_like(vertices)
    for corner in range(3):
        np.add.at(normals, triangles[:, corner], faces)
    return normals / (np.linalg.norm(normals, axis=1, keepdims=True) + 1e-12)
