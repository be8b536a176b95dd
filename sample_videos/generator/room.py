"""The room: a floor, two walls, a mat, and boxes that stand for furniture and pictures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from sample_videos.generator.camera import Camera
from sample_videos.generator.clothes import linear
from sample_videos.generator.noise import fractal_noise, value_noise
from sample_videos.generator.person import Colour
from sample_videos.generator.props import Block
from sample_videos.generator.rotations import UP, Matrix, Vector, yaw

Floor = Literal["wood", "carpet", "tile"]

_FAR_M = 30.0
_SKIRTING_M = 0.09
_SKIRTING_COLOUR = linear([0.85, 0.85, 0.83])


@dataclass(frozen=True)
class Box:
    """A block against the back wall: middle along it, height of its foot, size, colour.

    size_m: along the wall, up, and out into the room.
    """

    along_m: float
    foot_m: float
    size_m: tuple[float, float, float]
    colour: Colour


@dataclass(frozen=True)
class Mat:
    """An exercise mat in the person's own axes: length runs forward, `ahead_m` of the origin."""

    colour: Colour
    size_m: tuple[float, float] = (0.66, 1.85)
    ahead_m: float = 0.0


@dataclass(frozen=True)
class Room:
    """A room whose back wall is square to a direction of view, behind where a person is.

    side_wall_m: distance of a wall to the right of the picture, or to the left if negative.
    """

    facing_deg: float
    wall_colour: Colour
    floor: Floor
    floor_colour: Colour
    back_wall_m: float = 1.9
    side_wall_m: float = 3.0
    mat: Mat | None = None
    boxes: tuple[Box, ...] = ()
    centre: tuple[float, float] = (0.0, 0.0)
    seed: int = 1

    @property
    def axes(self) -> Matrix:
        """Columns: along the back wall to the right, up, and out of it towards the viewer."""
        facing = np.radians(self.facing_deg)
        out = np.array([np.sin(facing), 0, np.cos(facing)])
        return np.stack([np.cross(UP, out), UP, out], axis=1)


@dataclass(frozen=True)
class Surfaces:
    """What each pixel (h, w) of an empty room shows: linear colour, normal, place, depth."""

    colour: Vector
    normal: Vector
    place: Vector
    depth: Vector


def look(room: Room, camera: Camera, blocks: Sequence[Block] = ()) -> Surfaces:
    """The room without anybody, with blocks standing in it, as a camera sees it."""
    centre = np.array([room.centre[0], 0, room.centre[1]])
    world_rays = camera.rays()
    rays = world_rays @ room.axes
    eye = (camera.eye - centre) @ room.axes
    depth, normal = _nearest_plane(room, eye=eye, rays=rays)
    place = eye + rays * depth[..., None]
    colour = _plane_colours(room, place, normal=normal, world=place @ room.axes.T + centre)
    for box in room.boxes:
        _paint_box(
            _corners(room, box),
            linear(box.colour),
            eye=eye,
            rays=rays,
            into=(colour, normal, depth),
        )
    normal = normal @ room.axes.T
    for block in blocks:
        _paint_block(block, camera.eye, world_rays, into=(colour, normal, depth))
    place = camera.eye + world_rays * depth[..., None]
    return Surfaces(colour, normal, place, depth)


def _paint_block(
    block: Block, eye: Vector, rays: Vector, *, into: tuple[Vector, Vector, Vector]
) -> None:
    """Draw a block, in the person's axes, where it is nearer."""
    axes, half = yaw(block.yaw_deg), np.array(block.size_m) / 2
    turned = np.zeros_like(into[1])
    depth = into[2].copy()
    _paint_box(
        (-half, half),
        linear(block.colour),
        eye=(eye - block.middle_m) @ axes,
        rays=rays @ axes,
        into=(into[0], turned, into[2]),
    )
    drawn = into[2] < depth
    into[1][drawn] = turned[drawn] @ axes.T


def _nearest_plane(room: Room, *, eye: Vector, rays: Vector) -> tuple[Vector, Vector]:
    """Depth and normal of floor, back wall or side wall, in the room's axes."""
    side = float(np.sign(room.side_wall_m))
    planes = [
        (np.array([0, 1.0, 0]), 0.0),
        (np.array([0, 0, 1.0]), -room.back_wall_m),
        (np.array([-side, 0, 0]), -abs(room.side_wall_m)),
    ]
    depth, normal = np.full(rays.shape[:2], _FAR_M), np.zeros(rays.shape)
    for facing, level in planes:
        speed = rays @ facing
        hit = np.where(speed < -1e-6, (level - eye @ facing) / np.minimum(speed, -1e-6), _FAR_M)
        nearer = (hit > 0) & (hit < depth)
        depth, normal = np.where(nearer, hit, depth), np.where(nearer[..., None], facing, normal)
    return depth, normal


def _plane_colours(room: Room, place: Vector, *, normal: Vector, world: Vector) -> Vector:
    along, up, out = np.moveaxis(place, -1, 0)
    floor = linear(room.floor_colour) * _FLOORS[room.floor](along, out, seed=room.seed)
    if room.mat is not None:
        x, _, z = np.moveaxis(world, -1, 0)
        wide, long = room.mat.size_m
        on_mat = (np.abs(x) < wide / 2) & (np.abs(z - room.mat.ahead_m) < long / 2)
        grain = 0.92 + 0.12 * fractal_noise(x * 80, z * 80, seed=room.seed + 9, octaves=2)
        floor = np.where(on_mat[..., None], linear(room.mat.colour) * grain[..., None], floor)
    shade = 0.93 + 0.1 * fractal_noise((along + out) * 1.5, up * 1.5, seed=room.seed + 11)
    wall = linear(room.wall_colour) * shade[..., None]
    wall = np.where((up < _SKIRTING_M)[..., None], _SKIRTING_COLOUR, wall)
    return np.where((normal[..., 1] > 0.5)[..., None], floor, wall)


def _wood(along: Vector, out: Vector, *, seed: int) -> Vector:
    plank = np.floor(out / 0.12)
    shifted = (along + 1.2 * value_noise(plank * 7.3, plank * 0 + 0.5, seed=seed)) / 1.1
    board = np.floor(shifted)
    tone = value_noise(plank * 3.1 + 0.5, board * 5.7 + 0.5, seed=seed + 3)
    grain = fractal_noise(along * 3 + plank * 9, out * 40, seed=seed + 5) - 0.5
    gap = (out / 0.12 - plank < 0.03) | (shifted - board < 0.004)
    return ((0.72 + 0.45 * tone + 0.25 * grain) * np.where(gap, 0.55, 1))[..., None]


def _carpet(along: Vector, out: Vector, *, seed: int) -> Vector:
    return (0.90 + 0.14 * fractal_noise(along * 40, out * 40, seed=seed))[..., None]


def _tile(along: Vector, out: Vector, *, seed: int) -> Vector:
    seam = (np.abs(along / 0.45 % 1 - 0.5) > 0.485) | (np.abs(out / 0.45 % 1 - 0.5) > 0.485)
    return np.where(seam, 0.6, 0.9 + 0.2 * fractal_noise(along * 4, out * 4, seed=seed))[..., None]


_FLOORS = {"wood": _wood, "carpet": _carpet, "tile": _tile}


def _corners(room: Room, box: Box) -> tuple[Vector, Vector]:
    wide, high, deep = box.size_m
    low = np.array([box.along_m - wide / 2, box.foot_m, -room.back_wall_m])
    return low, low + np.array([wide, high, deep])


def _paint_box(
    corners: tuple[Vector, Vector],
    colour: Vector,
    *,
    eye: Vector,
    rays: Vector,
    into: tuple[Vector, Vector, Vector],
) -> None:
    """Draw a box into colour, normal and depth where it is nearer (slab test)."""
    colours, normals, depths = into
    safe = np.where(np.abs(rays) < 1e-9, 1e-9, rays)
    first, second = (corners[0] - eye) / safe, (corners[1] - eye) / safe
    enter, leave = np.minimum(first, second), np.maximum(first, second).min(axis=-1)
    axis, depth = enter.argmax(axis=-1), enter.max(axis=-1)
    hit = (depth < leave) & (depth > 0) & (depth < depths)
    normal = np.eye(3)[axis] * -np.sign(rays)
    colours[hit], normals[hit], depths[hit] = colour, normal[hit], depth[hit]
