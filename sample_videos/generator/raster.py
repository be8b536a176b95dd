"""Which triangle is in front at each pixel: a z-buffer for many small triangles, in numpy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from sample_videos.generator.mesh import Triangles
from sample_videos.generator.rotations import Vector

Indices = NDArray[np.integer[Any]]

_NEAREST_M = 0.05
"""Triangles with a corner nearer to the camera than this are left out."""

_FRACTION_BITS = 4
"""Corners are given to OpenCV in sixteenths of a pixel."""

_ROUNDING = 1e-5
"""By how much a sample on an edge may seem to lie outside both triangles that share it."""


@dataclass(frozen=True)
class Fragments:
    """The visible samples: flat pixel index, triangle, depth and barycentric weights of each."""

    pixels: Indices
    triangles: Indices
    depth: Vector
    weights: Vector

    def mean(self, values: Vector, triangles: Triangles) -> Vector:
        """Per-vertex values (n, k) at each sample."""
        corners = triangles[self.triangles]
        return sum(self.weights[:, k, None] * values[corners[:, k]] for k in range(3))

    def mean_of_corners(self, values: Vector) -> Vector:
        """Per-corner values (m, 3) at each sample."""
        return np.einsum("nk,nk->n", self.weights, values[self.triangles])

    def only(self, chosen: Vector) -> Fragments:
        """Some of the samples."""
        return Fragments(
            self.pixels[chosen], self.triangles[chosen], self.depth[chosen], self.weights[chosen]
        )


def rasterise(
    xy: Vector, depth: Vector, *, triangles: Triangles, size_px: tuple[int, int]
) -> Fragments:
    """Visible samples of a mesh whose outward faces turn clockwise in the picture.

    xy (n, 2): vertex positions in pixels. depth (n,): metres from the camera; triangles with a
    vertex behind it are left out.
    """
    xy, depth = xy.astype(np.float32), depth.astype(np.float32)
    kept = np.flatnonzero(_is_shown(xy, depth, triangles))
    corners = xy[triangles[kept]]
    low, high = _covered_pixels(corners, size_px)
    covering = (low[:, 0] <= high[:, 0]) & (low[:, 1] <= high[:, 1])
    kept, corners = kept[covering], corners[covering]
    owner, column, row = _candidates(low[covering], high[covering])
    weights = _barycentric(corners, owner, x=_centre(column), y=_centre(row))
    first, second, third = (weights >= -_ROUNDING).T
    inside = np.flatnonzero(first & second & third)
    owner, weights = owner[inside], weights[inside]
    pixels = row[inside] * size_px[0] + column[inside]
    nearness = weights / depth[triangles[kept]][owner]
    closeness = nearness[:, 0] + nearness[:, 1] + nearness[:, 2]
    front = _frontmost(pixels, closeness, count=size_px[0] * size_px[1])
    closeness = closeness[front]
    return Fragments(
        pixels[front], kept[owner[front]], 1 / closeness, nearness[front] / closeness[:, None]
    )


def covered(
    xy: Vector, depth: Vector, *, triangles: Triangles, size_px: tuple[int, int]
) -> NDArray[np.uint8]:
    """The shape of a mesh (height, width), 1 where it is: found sooner than its samples, and up to
    a pixel wider, as OpenCV draws the edge of what it fills.

    xy and depth as for `rasterise`.
    """
    shape = np.zeros(size_px[::-1], np.uint8)
    shown = triangles[_is_shown(xy.astype(np.float32), depth.astype(np.float32), triangles)]
    # A pixel's centre lies at half a pixel for us, at a whole one for OpenCV.
    for corners in np.round((xy[shown] - 0.5) * 2**_FRACTION_BITS).astype(np.int32):
        cv2.fillConvexPoly(shape, corners, 1, cv2.LINE_8, _FRACTION_BITS)
    return shape


def _is_shown(xy: Vector, depth: Vector, triangles: Triangles) -> Vector:
    """Which triangles turn their outside to the camera and lie in front of it."""
    x, y = np.ascontiguousarray(xy[:, 0]), np.ascontiguousarray(xy[:, 1])
    a, b, c = triangles.T
    ax, ay = x[a], y[a]
    shown: Vector = (x[b] - ax) * (y[c] - ay) - (y[b] - ay) * (x[c] - ax) < -1e-9
    ahead = depth > _NEAREST_M
    return shown if ahead.all() else shown & ahead[a] & ahead[b] & ahead[c]


def _covered_pixels(corners: Vector, size_px: tuple[int, int]) -> tuple[Indices, Indices]:
    """First and last column and row whose centre lies in each triangle's box."""
    a, b, c = corners[:, 0], corners[:, 1], corners[:, 2]
    low = np.ceil(np.minimum(np.minimum(a, b), c) - 0.5).astype(np.int32)
    high = np.floor(np.maximum(np.maximum(a, b), c) - 0.5).astype(np.int32)
    return np.maximum(low, 0), np.minimum(high, np.array(size_px) - 1)


def _centre(pixel: Indices) -> Vector:
    return pixel.astype(np.float32) + np.float32(0.5)


def _candidates(low: Indices, high: Indices) -> tuple[Indices, Indices, Indices]:
    """Every pixel of every triangle's box: the triangle's number, column and row."""
    size = high - low + 1
    counts = size[:, 0] * size[:, 1]
    owner = np.repeat(np.arange(len(low)), counts)
    nth = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    wide = size[owner, 0]
    return owner, low[owner, 0] + nth % wide, low[owner, 1] + nth // wide


def _barycentric(corners: Vector, owner: Indices, *, x: Vector, y: Vector) -> Vector:
    """Weights (n, 3) of a triangle's corners at each candidate pixel.

    Worked out from the third corner: differences of large coordinates would leave cracks.
    """
    ax, ay = (corners[:, 0] - corners[:, 2]).T
    bx, by = (corners[:, 1] - corners[:, 2]).T
    x, y = x - corners[owner, 2, 0], y - corners[owner, 2, 1]
    # A triangle seen from its edge covers nothing: its weights are NaN, which no test lets in.
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = 1 / (ax * by - ay * bx)
        first = (by * scale)[owner] * x - (bx * scale)[owner] * y
        second = (ax * scale)[owner] * y - (ay * scale)[owner] * x
    return np.stack([first, second, 1 - first - second], axis=1)


def _frontmost(pixels: Indices, closeness: Vector, *, count: int) -> Vector:
    """Which samples are the nearest of their pixel."""
    nearest = np.zeros(count, np.float32)
    np.maximum.at(nearest, pixels, closeness)
    return closeness == nearest[pixels]
