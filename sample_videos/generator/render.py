"""Pictures: a room worked out once, and in each frame the body and the shade it throws."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

import cv2
import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.camera import Camera
from sample_videos.generator.clothes import paint_face
from sample_videos.generator.kinematics import Figure
from sample_videos.generator.light import Lighting, Shade
from sample_videos.generator.mesh import Triangles, joined
from sample_videos.generator.props import Block, Rod, mesh_of_rods
from sample_videos.generator.raster import Fragments, rasterise
from sample_videos.generator.room import Room, look
from sample_videos.generator.rotations import Vector

_EXPOSURES = 3
"""Pictures that make up one with motion blur."""

_FINER = 2
"""Samples along the edge of a pixel."""

_SHADOW_EVERY_PX = 2
_SKY_EVERY_PX = 4
_MARGIN_PX = 4
_BEHIND_M = 0.05
"""How far behind the room's surface a sample of the body may lie and still be drawn."""


@dataclass(frozen=True)
class Sensor:
    """What the camera does to the light: exposure, white balance, noise, softness, vignette.

    shutter_share: for which share of a frame's time the shutter is open; what moves then blurs.
    jpeg: quality of the picture that leaves the camera, 0 for none lost. shake_px: deviation of a
    hand that holds it.
    """

    exposure: float = 1.0
    white: tuple[float, float, float] = (1.0, 1.0, 1.0)
    noise: float = 0.004
    blur_px: float = 0.45
    vignette: float = 0.25
    shutter_share: float = 0.0
    jpeg: int = 0
    shake_px: float = 0.0

    def exposed_s(self, fps: float) -> Vector:
        """The instants around a frame's time that are seen together."""
        if not self.shutter_share:
            return np.zeros(1)
        nth = (np.arange(_EXPOSURES) + 0.5) / _EXPOSURES - 0.5
        return nth * self.shutter_share / fps


@dataclass(frozen=True)
class Item:
    """Something with a surface to draw; `colour` gives its light (k, 3) at fragments of it."""

    vertices: Vector
    normals: Vector
    triangles: Triangles
    colour: Callable[[Fragments], Vector]


def body_item(body: Body, figure: Figure) -> Item:
    """A body in a figure's posture."""
    vertices, normals = body.posed(figure)
    return Item(vertices, normals, body.triangles, partial(_albedo, body))


def rod_item(rods: Sequence[Rod]) -> Item:
    """Rods."""
    mesh = mesh_of_rods(rods)
    return Item(
        mesh.vertices, mesh.normals, mesh.triangles, lambda part: mesh.colours[part.triangles]
    )


class Stage:
    """A lit room seen by a camera, in which bodies can be drawn again and again."""

    def __init__(
        self, room: Room, camera: Camera, *, lighting: Lighting, blocks: Sequence[Block] = ()
    ) -> None:
        self._camera, self._lighting = camera, lighting
        seen = look(room, camera.enlarged(_FINER), blocks)
        facing = np.maximum(seen.normal @ lighting.direction, 0)[..., None]
        self._by_key = self._shrunk(seen.colour * facing * lighting.key)
        sky = _sky_faced(seen.normal[..., 1:2])
        self._by_sky = self._shrunk(seen.colour * sky * lighting.ambient)
        self._depth = seen.depth.astype(np.float32)
        self._place, self._normal = (
            values[::_FINER, ::_FINER].astype(np.float32) for values in (seen.place, seen.normal)
        )

    def _shrunk(self, image: Vector) -> Vector:
        return cv2.resize(image.astype(np.float32), self._camera.size_px,
                          interpolation=cv2.INTER_AREA)  # fmt: skip

    def empty(self) -> Vector:
        """The room with nobody in it: linear light (h, w, 3)."""
        return self._by_key + self._by_sky

    def picture(self, items: Sequence[Item]) -> Vector:
        """Linear light (h, w, 3) of the room with things in it."""
        vertices = np.concatenate([item.vertices for item in items])
        normals = np.concatenate([item.normals for item in items])
        shade = Shade(self._lighting, vertices)
        image = self._shaded_room(shade)
        light = self._vertex_light(shade, vertices, normals=normals)
        colour, cover, corner = self._drawn(items, vertices, light=light)
        height, width = cover.shape
        window = image[corner[1] : corner[1] + height, corner[0] : corner[0] + width]
        window *= 1 - cover[..., None]
        window += colour
        return image

    def _shaded_room(self, shade: Shade) -> Vector:
        key = self._over_room(shade.key, _SHADOW_EVERY_PX)
        sky = self._over_room(shade.sky, _SKY_EVERY_PX)
        return self._by_key * key + self._by_sky * sky

    def _over_room(self, measure: Callable[[Vector, Vector], Vector], every_px: int) -> Vector:
        """A share of light at every nth pixel of the room, spread over all of them."""
        place = self._place[::every_px, ::every_px]
        normal = self._normal[::every_px, ::every_px]
        share = measure(place.reshape(-1, 3), normal.reshape(-1, 3)).reshape(place.shape[:2])
        share = cv2.GaussianBlur(share, (0, 0), 1.0)
        return cv2.resize(share, self._camera.size_px, interpolation=cv2.INTER_LINEAR)[..., None]

    def _vertex_light(self, shade: Shade, vertices: Vector, *, normals: Vector) -> Vector:
        """Light (n, 3) that falls on each vertex."""
        lighting = self._lighting
        lamp = np.maximum(normals @ lighting.direction, 0) * shade.key(vertices, normals)
        sky = _sky_faced(normals[:, 1]) * shade.sky(vertices, normals)
        towards = self._camera.eye - vertices
        towards /= np.linalg.norm(towards, axis=1, keepdims=True)
        rim = 0.4 * (1 - np.clip(np.einsum("ij,ij->i", normals, towards), 0, 1)) ** 3
        light = lamp[:, None] * lighting.key + (sky + rim * sky)[:, None] * lighting.ambient
        return light.astype(np.float32)

    def _drawn(
        self, items: Sequence[Item], vertices: Vector, *, light: Vector
    ) -> tuple[Vector, Vector, tuple[int, int]]:
        """The things' colour and cover in a window of the picture, and the window's corner."""
        triangles = joined((item.vertices, item.triangles) for item in items)
        fine = self._camera.enlarged(_FINER)
        xy, depth = fine.project(vertices)
        low, high = self._window(xy)
        size = tuple(int(n) for n in (high - low) * _FINER)
        fragments = rasterise(xy - low * _FINER, depth, triangles=triangles, size_px=size)
        fragments = fragments.only(self._in_front(fragments, low=low * _FINER, width=size[0]))
        colour = np.zeros((size[1] * size[0], 3), np.float32)
        cover = np.zeros(size[1] * size[0], np.float32)
        colour[fragments.pixels] = _colours(items, fragments) * fragments.mean(light, triangles)
        cover[fragments.pixels] = 1
        shape = (size[1], size[0])
        small = tuple(int(n) for n in high - low)
        colour, cover = (
            cv2.resize(image.reshape(*shape, -1), small, interpolation=cv2.INTER_AREA)
            for image in (colour, cover)
        )
        return colour, cover.reshape(small[::-1]), (int(low[0]), int(low[1]))

    def _window(self, xy: Vector) -> tuple[Vector, Vector]:
        """Corners, in whole pixels, of a box around the body inside the picture."""
        size = np.array(self._camera.size_px)
        low = np.clip(np.floor(xy.min(axis=0) / _FINER) - _MARGIN_PX, 0, size - 1)
        high = np.clip(np.ceil(xy.max(axis=0) / _FINER) + _MARGIN_PX, low + 1, size)
        return low.astype(int), high.astype(int)

    def _in_front(self, fragments: Fragments, *, low: Vector, width: int) -> Vector:
        """Which samples are not hidden behind the room's own furniture."""
        row, column = fragments.pixels // width + low[1], fragments.pixels % width + low[0]
        return fragments.depth < self._depth[row, column] + _BEHIND_M


def _sky_faced(up: Vector) -> Vector:
    """Share of the light all around that a surface faces; up: of its normal."""
    return 0.62 + 0.38 * up


def _colours(items: Sequence[Item], fragments: Fragments) -> Vector:
    """Colour (k, 3) of what is seen at each sample."""
    found = np.empty((len(fragments.pixels), 3), np.float32)
    first = 0
    for item in items:
        last = first + len(item.triangles)
        mine = np.flatnonzero((fragments.triangles >= first) & (fragments.triangles < last))
        part = fragments.only(mine)
        found[mine] = item.colour(replace(part, triangles=part.triangles - first))
        first = last
    return found


def _albedo(body: Body, fragments: Fragments) -> Vector:
    """Colour (k, 3) of the body's surface at each sample."""
    paint, triangle = body.paint, fragments.triangles
    over = fragments.mean_of_corners(paint.margin_m) > 0
    covering = np.where(over, paint.over[triangle], paint.under[triangle])
    colour = paint.palette[covering]
    face = np.flatnonzero(paint.is_head[triangle] & ~over)
    points = fragments.only(face).mean(body.reference, body.triangles)
    colour[face] = paint_face(colour[face], points, hair=paint.palette[-1])
    return colour * fragments.mean_of_corners(paint.tone)[:, None]


def develop(light: Vector, sensor: Sensor, *, rng: np.random.Generator) -> Vector:
    """An 8-bit RGB picture (h, w, 3) from linear light."""
    image = light * (np.asarray(sensor.white, np.float32) * np.float32(sensor.exposure))
    image = image * (1 + 0.15 * image) / (1 + 0.55 * image)
    image *= _vignette(image.shape[:2], sensor.vignette)
    image = np.sqrt(np.clip(image, 0, 1)) ** np.float32(2 / 2.2)
    image = cv2.GaussianBlur(image, (0, 0), sensor.blur_px)
    if sensor.shake_px:
        image = _shaken(image, rng.normal(0, sensor.shake_px, 2))
    grain = rng.standard_normal(image.shape, np.float32) * np.float32(sensor.noise)
    picture = (np.clip(image + grain, 0, 1) * 255 + 0.5).astype(np.uint8)
    return _compressed(picture, sensor.jpeg) if sensor.jpeg else picture


def _shaken(image: Vector, by_px: Vector) -> Vector:
    moved = np.array([[1, 0, by_px[0]], [0, 1, by_px[1]]], np.float32)
    size = (image.shape[1], image.shape[0])
    return cv2.warpAffine(image, moved, size, borderMode=cv2.BORDER_REPLICATE)


def _compressed(picture: Vector, quality: int) -> Vector:
    """The picture after JPEG, as webcams send it; both ways in the order of its own channels."""
    _, packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return cv2.imdecode(packed, cv2.IMREAD_COLOR)


def _vignette(shape: tuple[int, int], strength: float) -> Vector:
    height, width = shape
    row, column = np.mgrid[0:height, 0:width].astype(np.float32)
    radius = ((column - width / 2) ** 2 + (row - height / 2) ** 2) / (width / 2) ** 2
    return (1 - strength / 2 * radius)[..., None].astype(np.float32)
