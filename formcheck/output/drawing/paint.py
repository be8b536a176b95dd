"""Strokes, panels and words on a BGR picture, in place, smooth, and clipped at its border.

Positions are in pixels and may be fractions; everything outside the picture is left out.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from formcheck.output.drawing import lettering
from formcheck.output.drawing.lettering import Mask
from formcheck.records.frames import Image
from formcheck.records.pose import Floats

Colour = tuple[int, int, int]

OK: Colour = (142, 214, 62)
AMBER: Colour = (40, 178, 255)
WHITE: Colour = (245, 245, 245)
GREY: Colour = (186, 182, 176)
INK: Colour = (30, 24, 18)

_SHIFT = 4
_FINE = 1 << _SHIFT
_CASING = 1.9
_FAR_AWAY_PX = 1 << 20


class Box(NamedTuple):
    """A rectangle in pixels."""

    x: int
    y: int
    w: int
    h: int

    def overlaps(self, other: Box) -> bool:
        """Whether the two share any pixel."""
        return (
            self.x < other.x + other.w
            and other.x < self.x + self.w
            and self.y < other.y + other.h
            and other.y < self.y + self.h
        )


def is_point(xy: Floats) -> bool:
    """Whether a position is known, and near enough to be drawn."""
    return bool(np.all(np.abs(xy) < _FAR_AWAY_PX))


def line(image: Image, ends: tuple[Floats, Floats], colour: Colour, *, width_px: float) -> None:
    """A straight stroke."""
    a, b = ends
    cv2.line(image, _fine(a), _fine(b), colour, max(1, round(width_px)), cv2.LINE_AA, _SHIFT)


def cased_line(
    image: Image, ends: tuple[Floats, Floats], colour: Colour, *, width_px: float
) -> None:
    """A stroke with a dark edge, to be seen on any background."""
    line(image, ends, INK, width_px=max(width_px * _CASING, width_px + 2))
    line(image, ends, colour, width_px=width_px)


def dashed_line(
    image: Image, ends: tuple[Floats, Floats], colour: Colour, *, width_px: float, dash_px: float
) -> None:
    """A broken stroke, each dash with a dark edge."""
    a, b = ends
    count = max(1, round(float(np.linalg.norm(b - a)) / (1.6 * dash_px)))
    step = (b - a) / count
    for i in range(count):
        cased_line(image, (a + i * step, a + (i + 0.62) * step), colour, width_px=width_px)


def arc(
    image: Image,
    centre: Floats,
    radius_px: float,
    span_deg: tuple[float, float],
    *,
    colour: Colour,
    width_px: float,
) -> None:
    """Part of a circle; angles in degrees, clockwise from the x axis, as the picture shows it."""
    axes = (round(radius_px * _FINE),) * 2
    start, end = span_deg
    width = max(1, round(width_px))
    cv2.ellipse(image, _fine(centre), axes, 0, start, end, colour, width, cv2.LINE_AA, _SHIFT)


def dot(image: Image, centre: Floats, radius_px: float, colour: Colour) -> None:
    """A filled circle."""
    radius = max(_FINE, round(radius_px * _FINE))
    cv2.circle(image, _fine(centre), radius, colour, cv2.FILLED, cv2.LINE_AA, _SHIFT)


def cased_dot(image: Image, centre: Floats, radius_px: float, colour: Colour) -> None:
    """A filled circle with a dark edge."""
    dot(image, centre, max(radius_px * 1.45, radius_px + 1), INK)
    dot(image, centre, radius_px, colour)


def panel(image: Image, box: Box, *, opacity: float = 0.66, corner_px: int = 0) -> None:
    """A dark, see-through ground for words."""
    blend(image, _rounded(box.w, box.h, corner_px), (box.x, box.y), INK, opacity=opacity)


def words(
    image: Image,
    text: str,
    start: tuple[int, int],
    *,
    cap_px: int,
    colour: Colour = WHITE,
    bold: bool = False,
) -> int:
    """A line of text whose first letter stands on `start` (left, baseline); gives its width."""
    mask = lettering.letters(text, cap_px, bold=bold)
    x, baseline = start
    blend(image, mask, (x, baseline - lettering.baseline_px(cap_px)), colour)
    return int(mask.shape[1])


def blend(
    image: Image, mask: Mask, corner: tuple[int, int], colour: Colour, *, opacity: float = 1.0
) -> None:
    """Lay a colour over the picture as densely as the mask says, from its top left corner on."""
    x, y = corner
    left, top = max(0, -x), max(0, -y)
    ground = image[max(0, y) : max(0, y + mask.shape[0]), max(0, x) : max(0, x + mask.shape[1])]
    if ground.size == 0:
        return
    part = mask[top : top + ground.shape[0], left : left + ground.shape[1], None]
    alpha = part.astype(np.uint16) * round(opacity * 256) // 256
    ground[:] = (ground * (255 - alpha) + np.array(colour, np.uint16) * alpha + 127) // 255


@lru_cache(maxsize=64)
def _rounded(width: int, height: int, corner: int) -> Mask:
    """A filled rectangle with round corners."""
    fine = 4
    mask = np.zeros((height * fine, width * fine), np.uint8)
    radius = min(corner, width // 2, height // 2) * fine
    right, bottom = width * fine - 1, height * fine - 1
    cv2.rectangle(mask, (radius, 0), (right - radius, bottom), 255, cv2.FILLED)
    cv2.rectangle(mask, (0, radius), (right, bottom - radius), 255, cv2.FILLED)
    for x in (radius, right - radius):
        for y in (radius, bottom - radius):
            cv2.circle(mask, (x, y), radius, 255, cv2.FILLED)
    return np.asarray(cv2.resize(mask, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def mark(image: Image, centre: tuple[float, float], radius_px: float, ok: bool | None) -> None:
    """The judgement as a shape: a tick in a disc, an exclamation mark in a triangle, a ring.

    So that nothing hangs on telling green from amber.
    """
    middle = np.array(centre)
    if ok is None:
        arc(image, middle, radius_px * 0.8, (0, 360), colour=WHITE, width_px=radius_px * 0.3)
    elif ok:
        dot(image, middle, radius_px, OK)
        _stroke(image, middle + radius_px * _TICK, radius_px * 0.3)
    else:
        _triangle(image, middle, radius_px)
        _stroke(image, middle + radius_px * _STEM, radius_px * 0.28)
        dot(image, middle + radius_px * np.array([0, 0.5]), radius_px * 0.16, INK)


_TICK = np.array([[-0.45, 0.05], [-0.1, 0.42], [0.5, -0.38]])
_STEM = np.array([[0, -0.42], [0, 0.02]])
_CORNERS = np.array([[0, -1.05], [1.08, 0.85], [-1.08, 0.85]])


def _stroke(image: Image, points: Floats, width_px: float) -> None:
    for a, b in pairwise(points):
        line(image, (a, b), INK, width_px=width_px)


def _triangle(image: Image, centre: Floats, radius_px: float) -> None:
    corners = np.round((centre + radius_px * _CORNERS) * _FINE).astype(np.int32)
    cv2.fillPoly(image, [corners], AMBER, cv2.LINE_AA, _SHIFT)


def _fine(xy: Floats) -> tuple[int, int]:
    return round(float(xy[0]) * _FINE), round(float(xy[1]) * _FINE)
