"""Smooth random textures that are the same on every machine."""

from __future__ import annotations

import numpy as np

from sample_videos.generator.rotations import Vector


def value_noise(x: Vector, y: Vector, *, seed: int) -> Vector:
    """Noise in 0..1 that varies over one unit of x and y."""
    column, row = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    across, down = _ease(x - column), _ease(y - row)
    top, bottom = (
        _mix(_hash(column, r, seed=seed), _hash(column + 1, r, seed=seed), share=across)
        for r in (row, row + 1)
    )
    return _mix(top, bottom, share=down)


def fractal_noise(x: Vector, y: Vector, *, seed: int, octaves: int = 3) -> Vector:
    """Octaves of value noise, each half as strong and twice as fine; about 0..1."""
    layers = (value_noise(x * 2**k, y * 2**k, seed=seed + k) / 2 ** (k + 1) for k in range(octaves))
    return sum(layers, start=np.zeros(np.shape(x)))


def _ease(share: Vector) -> Vector:
    return share * share * (3 - 2 * share)


def _mix(first: Vector, second: Vector, *, share: Vector) -> Vector:
    return first + (second - first) * share


def _hash(column: Vector, row: Vector, *, seed: int) -> Vector:
    mixed = (column * 374761393 + row * 668265263 + seed * 1442695041) & 0xFFFFFFFF
    mixed = ((mixed ^ (mixed >> 13)) * 1274126177) & 0xFFFFFFFF
    return ((mixed ^ (mixed >> 16)) & 0xFFFF) / 65535.0
