"""Draws what the estimator saw and what is judged of it: the skeleton, judged angles and tilts."""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from formcheck.events import Reading, Status
from formcheck.pose import BONES, LEFT_LANDMARKS, RIGHT_LANDMARKS, Floats, Pose, Side, other_side
from formcheck.sinks import lettering, paint, words
from formcheck.sinks.paint import Box, Colour
from formcheck.sources.frames import Image

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


def draw_body(image: Image, pose: Pose, status: Status, *, near: Side | None) -> None:
    """Draw skeleton and judged lines into the picture, as far as their landmarks are known.

    near: the side turned to the camera, drawn stronger than the other; None: both alike.
    """
    scale = np.array([image.shape[1], image.shape[0]]) / np.array(pose.size_px)
    xy = pose.xy_px * scale
    _draw_skeleton(image, xy, pose.visibility, near)
    _draw_readings(image, xy, status)


def unit_px(image: Image) -> int:
    """What all strokes and letters are scaled by: the shorter side of the picture."""
    return int(min(image.shape[:2]))


def _draw_skeleton(image: Image, xy: Floats, visibility: Floats, near: Side | None) -> None:
    far = _INDICES[other_side(near)] if near else set()
    seen = {i for i in _JOINTS if visibility[i] >= VISIBLE and paint.is_point(xy[i])}
    bones = [bone for bone in BONES if seen.issuperset(bone)]
    unit = unit_px(image)
    for a, b in sorted(bones, key=lambda bone: far.isdisjoint(bone)):
        if far.isdisjoint((a, b)):
            paint.cased_line(image, (xy[a], xy[b]), paint.WHITE, width_px=_BONE * unit)
        else:
            paint.line(image, (xy[a], xy[b]), paint.GREY, width_px=_FAR_BONE * unit)
    for i in seen - far:
        paint.cased_dot(image, xy[i], _BONE * unit, paint.WHITE)


def _draw_readings(image: Image, xy: Floats, status: Status) -> None:
    known = [r for r in status.readings if _is_drawable(r, xy)]
    known.sort(key=lambda reading: reading.ok is not None)
    anchors = [_draw_reading(image, xy, reading, status.floor_deg) for reading in known]
    taken: list[Box] = []
    for reading, anchor in reversed(list(zip(known, anchors, strict=True))):
        taken.append(_draw_label(image, reading, anchor, taken))


def _is_drawable(reading: Reading, xy: Floats) -> bool:
    needed = {"angle": 3, "tilt": 2}.get(reading.shape)
    return (
        len(reading.landmarks) == needed
        and math.isfinite(reading.value)
        and all(paint.is_point(xy[i]) for i in reading.landmarks)
    )


def _draw_reading(
    image: Image, xy: Floats, reading: Reading, floor_deg: float
) -> tuple[Floats, Floats]:
    """Draw the judged lines; gives where the label belongs and which way it should lean out."""
    points = [xy[i] for i in reading.landmarks]
    if reading.shape == "angle":
        return _draw_angle(image, points, reading)
    return _draw_tilt(image, points, _COLOURS[reading.ok], floor_deg)


def _draw_angle(image: Image, points: list[Floats], reading: Reading) -> tuple[Floats, Floats]:
    a, middle, b = points
    colour, unit = _COLOURS[reading.ok], unit_px(image)
    _draw_limbs(image, ((middle, a), (middle, b)), colour)
    radius = min(_ARC * unit, 0.5 * _length(a - middle), 0.5 * _length(b - middle))
    start, sweep = _direction_deg(a - middle), _sweep_deg(a - middle, b - middle)
    if reading.value > 180:
        sweep -= math.copysign(360, sweep)
    _draw_arc(image, middle, radius, (start, start + sweep), colour)
    inward = math.radians(start + sweep / 2)
    return middle, -np.array([math.cos(inward), math.sin(inward)])


def _draw_tilt(
    image: Image, points: list[Floats], colour: Colour, floor_deg: float
) -> tuple[Floats, Floats]:
    root, tip = points
    unit, length = unit_px(image), _length(tip - root)
    floor = np.array([math.cos(math.radians(floor_deg)), -math.sin(math.radians(floor_deg))])
    if float(floor @ (tip - root)) < 0:
        floor = -floor
    ends = (root, root + length * floor)
    paint.dashed_line(image, ends, colour, width_px=_FAR_BONE * unit, dash_px=0.022 * unit)
    _draw_limbs(image, ((root, tip),), colour)
    start = _direction_deg(floor)
    span = (start, start + _sweep_deg(floor, tip - root))
    _draw_arc(image, root, min(1.4 * _ARC * unit, 0.7 * length), span, colour)
    return root, -(floor + (tip - root) / max(length, 1))


def _draw_limbs(image: Image, limbs: Iterable[tuple[Floats, Floats]], colour: Colour) -> None:
    unit = unit_px(image)
    for limb in limbs:
        paint.cased_line(image, limb, colour, width_px=_LIMB * unit)
        for end in limb:
            paint.cased_dot(image, end, 1.25 * _LIMB * unit, colour)


def _draw_arc(
    image: Image, centre: Floats, radius_px: float, span_deg: tuple[float, float], colour: Colour
) -> None:
    width = _FAR_BONE * unit_px(image) * 1.4
    for stroke, hue in ((width * 2.2, paint.INK), (width, colour)):
        paint.arc(image, centre, radius_px, span_deg, colour=hue, width_px=stroke)


def _draw_label(
    image: Image, reading: Reading, anchor: tuple[Floats, Floats], taken: list[Box]
) -> Box:
    """The value with its mark in a small panel beside the joint; gives the panel's place."""
    cap = max(8, round(_CAP * unit_px(image)))
    text = words.value(reading.value, reading.unit)
    size = (lettering.width_px(text, cap, bold=True) + 3 * cap, 2 * cap)
    box = _free_place(image, size, anchor, taken)
    paint.panel(image, box, opacity=0.72, corner_px=cap // 2)
    paint.mark(image, (box.x + 1.3 * cap, box.y + cap), 0.62 * cap, reading.ok)
    start = (box.x + round(2.3 * cap), box.y + round(1.5 * cap))
    paint.words(image, text, start, cap_px=cap, colour=_COLOURS[reading.ok], bold=True)
    return box


def _free_place(
    image: Image, size: tuple[int, int], anchor: tuple[Floats, Floats], taken: list[Box]
) -> Box:
    """The first place about the anchor, the given way first, that covers no other label."""
    point, way = anchor
    first = _direction_deg(way) if _length(way) > 0.05 else -90.0
    reach = 0.06 * unit_px(image)
    boxes = []
    for distance in (reach, 2 * reach):
        for turn in (0, 60, -60, 120, -120, 180):
            boxes.append(_box_about(image, size, point, (first + turn, distance)))
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
