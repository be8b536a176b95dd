"""Things beside the body: what it leans or sits on, and what it holds or pulls."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sample_videos.generator.clothes import linear
from sample_videos.generator.mesh import Triangles, joined
from sample_videos.generator.person import Colour
from sample_videos.generator.rotations import FORWARD, UP, Vector, unit

_AROUND = 12
"""Corners of a rod's round."""


@dataclass(frozen=True)
class Block:
    """A box that stays where it is, in the person's axes: a chair's seat, a bench, a wall.

    middle_m: its centre. size_m: along x, y and z before it is turned by yaw_deg about the
    vertical.
    """

    middle_m: tuple[float, float, float]
    size_m: tuple[float, float, float]
    colour: Colour
    yaw_deg: float = 0.0


@dataclass(frozen=True)
class Rod:
    """A round bar between two points that moves with the figure: a bar, a band, a plate."""

    start: Vector
    end: Vector
    radius_m: float
    colour: Colour


@dataclass(frozen=True)
class RodMesh:
    """Rods as one mesh; colours: (m, 3) light of each triangle."""

    vertices: Vector
    normals: Vector
    triangles: Triangles
    colours: Vector


def mesh_of_rods(rods: Sequence[Rod]) -> RodMesh:
    """The outsides of rods, their ends closed."""
    parts = [_rod_mesh(rod) for rod in rods]
    return RodMesh(
        vertices=np.concatenate([part.vertices for part in parts]).astype(np.float32),
        normals=np.concatenate([part.normals for part in parts]).astype(np.float32),
        triangles=joined((part.vertices, part.triangles) for part in parts).astype(np.int32),
        colours=np.concatenate([part.colours for part in parts]).astype(np.float32),
    )


def _rod_mesh(rod: Rod) -> RodMesh:
    along = unit(rod.end - rod.start)
    across = unit(np.cross(along, UP if abs(along[1]) < 0.9 else FORWARD))
    turns = np.arange(_AROUND) * 2 * np.pi / _AROUND
    out = np.cos(turns)[:, None] * across + np.sin(turns)[:, None] * np.cross(along, across)
    rims = [end + rod.radius_m * out for end in (rod.start, rod.end)]
    # Rims stand twice, for sides and ends have normals of their own; then the middles of the ends.
    vertices = np.concatenate([*rims, *rims, [rod.start, rod.end]])
    caps = np.tile(along, (_AROUND, 1))
    normals = np.concatenate([out, out, -caps, caps, [-along, along]])
    this, after = np.arange(_AROUND), (np.arange(_AROUND) + 1) % _AROUND
    n = _AROUND
    triangles = np.concatenate([
        np.stack([this, after, this + n], axis=1),
        np.stack([after, after + n, this + n], axis=1),
        np.stack([after + 2 * n, this + 2 * n, np.full(n, 4 * n)], axis=1),
        np.stack([this + 3 * n, after + 3 * n, np.full(n, 4 * n + 1)], axis=1),
    ])  # fmt: skip
    colours = np.tile(linear(rod.colour), (len(triangles), 1))
    return RodMesh(vertices, normals, triangles, colours)
