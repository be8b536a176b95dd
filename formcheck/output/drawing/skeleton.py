"""Draws what the estimator saw and what is judged of it: the skeleton, judged angles and tilts."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from formcheck.output.drawing import lettering, paint
from formcheck.output.drawing.paint import Box, Colour
from formcheck.records.events import Reading, Status
from formcheck.records.frames import Image
from formcheck.records.pose import (
    BONES,
    LEFT_LANDMARKS,
    RIGHT_LANDMARKS,
    Floats,
    Pose,
    Side,
    other_side,
)
from formcheck.words import terms

VISIBLE = 0.5
"""Least visibility of a drawn landmark: the value MediaPipe's own drawing uses."""

_INDICES = {"left": set(LEFT_LANDMARKS.values()), "right": set(RIGHT_LANDMARKS.values())}
_JOINTS = sorted({i for bone in BONES for i in bone})
_COLOURS: dict[bool | None, Colour] = {True: paint.OK, False: paint.AMBER, None: paint.WHITE}

_BONE = 0.0075
_FAR_BONE = 0.0035
_LIMB = 0.011
_CAP = 0.034
_ARC = 0.085
_PEN_PER_TORSO = 2.6
_THINNEST_PEN = 0.5


@dataclass(frozen=True, eq=False)
class _Canvas:
    """A picture to draw in, with the landmarks at their places in it.

    unit_px: what letters are scaled by. pen_px: what strokes are; less for somebody far away.
    """

    image: Image
    xy: Floats
    unit_px: int
    pen_px: float


def draw_body(image: Image, pose: Pose, status: Status, *, near: Side | None) -> None:
    """Draw skeleton and judged lines into the picture, as far as their landmarks are known.

    near: the side turned to the camera, drawn stronger than the other; None: both alike.
    """
    xy = pose.xy_px * (np.array([image.shape[1], image.shape[0]]) / np.array(pose.size_px))
    canvas = _Canvas(image, xy, unit_px(image), _pen_px(unit_px(image), xy))
    _draw_skeleton(canvas, pose.visibility, near)
    _draw_readings(canvas, status)


def unit_px(image: Image) -> int:
    """What all strokes and letters are scaled by: the shorter side of the picture."""
    return int(min(image.shape[:2]))


def _pen_px(unit: int, xy: Floats) -> float:
    """The unit, or less where the torso is small, so that strokes do not cover the person."""
    torsos = [_length(xy[hip] - xy[shoulder]) for shoulder, hip in ((11, 23), (12, 24))]
    longest = max((torso for torso in torsos if math.isfinite(torso)), default=math.inf)
    return min(unit, max(_PEN_PER_TORSO * longest, _THINNEST_PEN * unit))


def _draw_skeleton(canvas: _Canvas, visibility: Floats, near: Side | None) -> None:
    far = _INDICES[other_side(near)] if near else set()
    image, xy, pen = canvas.image, canvas.xy, canvas.pen_px
    seen = {i for i in _JOINTS if visibility[i] >= VISIBLE and paint.is_point(xy[i])}
    bones = [bone for bone in BONES if seen.issuperset(bone)]
    for a, b in sorted(bones, key=lambda bone: far.isdisjoint(bone)):
        if far.isdisjoint((a, b)):
            paint.cased_line(image, (xy[a], xy[b]), paint.WHITE, width_px=_BONE * pen)
        else:
            paint.line(image, (xy[a], xy[b]), paint.GREY, width_px=_FAR_BONE * pen)
    for i in seen - far:
        paint.cased_dot(image, xy[i], _BONE * pen, paint.WHITE)


def _draw_readings(canvas: _Canvas, status: Status) -> None:
    """Judged ones lie over those not judged, and get their labels first."""
    known = [reading for reading in status.readings if _is_drawable(reading, canvas.xy)]
    known.sort(key=lambda reading: reading.ok is not None)
    anchors = [_draw_reading(canvas, reading, status.floor_deg) for reading in known]
    taken: list[Box] = []
    for reading, anchor in reversed(list(zip(known, anchors, strict=True))):
        taken.append(_draw_label(canvas, reading, anchor, taken))


def _is_drawable(reading: Reading, xy: Floats) -> bool:
    needed = {"angle": 3, "tilt": 2}.get(reading.shape)
    return (
        len(reading.landmarks) == needed
        and math.isfinite(reading.value)
        and all(paint.is_point(xy[i]) for i in reading.landmarks)
    )


def _draw_reading(canvas: _Canvas, reading: Reading, floor_deg: float) -> tuple[Floats, Floats]:
    """Draw the judged lines; gives where the label belongs and which way it should lean out."""
    points = [canvas.xy[i] for i in reading.landmarks]
    if reading.shape == "angle":
        return _draw_angle(canvas, points, reading)
    return _draw_tilt(canvas, points, _COLOURS[reading.ok], floor_deg)


def _draw_angle(canvas: _Canvas, points: list[Floats], reading: Reading) -> tuple[Floats, Floats]:
    a, middle, b = points
    colour = _COLOURS[reading.ok]
    _draw_limbs(canvas, ((middle, a), (middle, b)), colour)
    radius = min(_ARC * canvas.pen_px, 0.5 * _length(a - middle), 0.5 * _length(b - middle))
    start, sweep = _direction_deg(a - middle), _sweep_deg(a - middle, b - middle)
    if reading.value > 180:
        sweep -= math.copysign(360, sweep)
    _draw_arc(canvas, (middle, radius), (start, start + sweep), colour)
    inward = math.radians(start + sweep / 2)
    return middle, -np.array([math.cos(inward), math.sin(inward)])


def _draw_tilt(
    canvas: _Canvas, points: list[Floats], colour: Colour, floor_deg: float
) -> tuple[Floats, Floats]:
    root, tip = points
    pen, length = canvas.pen_px, _length(tip - root)
    floor = np.array([math.cos(math.radians(floor_deg)), -math.sin(math.radians(floor_deg))])
    if float(floor @ (tip - root)) < 0:
        floor = -floor
    ends = (root, root + length * floor)
    paint.dashed_line(canvas.image, ends, colour, width_px=_FAR_BONE * pen, dash_px=0.022 * pen)
    _draw_limbs(canvas, ((root, tip),), colour)
    start = _direction_deg(floor)
    span = (start, start + _sweep_deg(floor, tip - root))
    _draw_arc(canvas, (root, min(1.4 * _ARC * pen, 0.7 * length)), span, colour)
    return root, -(floor + (tip - root) / max(length, 1))


def _draw_limbs(canvas: _Canvas, limbs: Iterable[tuple[Floats, Floats]], colour: Colour) -> None:
    for limb in limbs:
        paint.cased_line(canvas.image, limb, colour, width_px=_LIMB * canvas.pen_px)
        for end in limb:
            paint.cased_dot(canvas.image, end, 1.25 * _LIMB * canvas.pen_px, colour)


def _draw_arc(
    canvas: _Canvas, circle: tuple[Floats, float], span_deg: tuple[float, float], colour: Colour
) -> None:
    centre, radius = circle
    width = 1.4 * _FAR_BONE * canvas.pen_px
    for stroke, hue in ((2.2 * width, paint.INK), (width, colour)):
        paint.arc(canvas.image, centre, radius, span_deg, colour=hue, width_px=stroke)


def _draw_label(
    canvas: _Canvas, reading: Reading, anchor: tuple[Floats, Floats], taken: list[Box]
) -> Box:
    """The value with its mark in a small panel beside the joint; gives the panel's place."""
    cap = max(8, round(_CAP * canvas.unit_px))
    text = terms.value(reading.value, reading.unit)
    size = (lettering.width_px(text, cap, bold=True) + 3 * cap, 2 * cap)
    box = _free_place(canvas, size, anchor, taken)
    paint.panel(canvas.image, box, opacity=0.72, corner_px=cap // 2)
    paint.mark(canvas.image, (box.x + 1.3 * cap, box.y + cap), 0.62 * cap, reading.ok)
    start = (box.x + round(2.3 * cap), box.y + round(1.5 * cap))
    paint.words(canvas.image, text, start, cap_px=cap, colour=_COLOURS[reading.ok], bold=True)
    return box


def _free_place(
    canvas: _Canvas, size: tuple[int, int], anchor: tuple[Floats, Floats], taken: list[Box]
) -> Box:
    """The first place about the anchor, the given way first, that covers no other label."""
    point, way = anchor
    first = _direction_deg(way) if _length(way) > 0.05 else -90.0
    boxes = [
        _box_about(canvas.image, size, point, (first + turn, share * canvas.unit_px))
        for share in (0.06, 0.12)
        for turn in (0, 60, -60, 120, -120, 180)
    ]
    return next((box for box in boxes if not any(map(box.overlaps, taken))), boxes[0])


def _box_about(
    image: Image, size: tuple[int, int], point: Floats, offset: tuple[float, float]
) -> Box:
    """A box of that size off the point (degrees, pixels), moved into the picture if need be."""
    (w, h), (turn, distance) = size, offset
    cos, sin = math.cos(math.radians(turn)), math.sin(math.radians(turn))
    x = float(point[0]) + cos * (distance + w / 2) - w / 2
    y = float(point[1]) + sin * (distance + h / 2) - h / 2
    x = min(max(x, 0), image.shape[1] - w)
    y = min(max(y, 0), image.shape[0] - h)
    return Box(round(x), round(y), w, h)


def _length(vector: Floats) -> float:
    return float(np.hypot(vector[0], vector[1]))


def _direction_deg(vector: Floats) -> float:
    """Clockwise from the x axis, as the picture shows it."""
    return math.degrees(math.atan2(float(vector[1]), float(vector[0])))


def _sweep_deg(a: Floats, b: Floats) -> float:
    """The shorter turn from one direction to the other, -180 to 180."""
    return (_direction_deg(b) - _direction_deg(a) + 180) % 360 - 180
