"""Angles and lengths between points, with no notion of bodies or cameras.

Picture points are (x, y) with y down; world points are (x, y, z) with y down. NaN in, NaN out.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

Point = tuple[float, ...]


def minus(a: Point, b: Point) -> Point:
    """The vector from b to a."""
    return tuple(p - q for p, q in zip(a, b, strict=True))


def dot(a: Point, b: Point) -> float:
    """Inner product."""
    return sum(p * q for p, q in zip(a, b, strict=True))


def length(a: Point) -> float:
    """Euclidean length."""
    return math.sqrt(dot(a, a))


def distance(a: Point, b: Point) -> float:
    """Euclidean distance between two points."""
    return length(minus(a, b))


def middle(a: Point, b: Point) -> Point:
    """The point half way between two points."""
    return tuple((p + q) / 2 for p, q in zip(a, b, strict=True))


def cross(a: Point, b: Point) -> Point:
    """Vector product of two world vectors."""
    return (
        a[1] * b[2] - a[2] * b[1],
        a[2] * b[0] - a[0] * b[2],
        a[0] * b[1] - a[1] * b[0],
    )


def ratio(a: float, b: float) -> float:
    """a over b; NaN over nothing, as where all joints were put in one place."""
    return a / b if b else math.nan


def unit(a: Point) -> Point:
    """The vector scaled to length 1; NaN for the null vector."""
    size = length(a)
    return tuple(ratio(p, size) for p in a)


def angle_deg(a: Point, corner: Point, b: Point) -> float:
    """The angle at `corner` between the lines to a and b, 0 to 180, in the plane or in space.

    By atan2 of sine and cosine, which keeps its accuracy near 0 and 180 where acos loses it.
    """
    u, v = unit(minus(a, corner)), unit(minus(b, corner))
    return math.degrees(
        2 * math.atan2(length(minus(u, v)), length(tuple(map(sum, zip(u, v, strict=True)))))
    )


def turn_deg(a: Point, b: Point) -> float:
    """By how much picture vector b is turned from a, -180 to 180, clockwise on the screen."""
    return math.degrees(math.atan2(a[0] * b[1] - a[1] * b[0], dot(a, b)))


def elevation_deg(root: Point, tip: Point) -> float:
    """How far `tip` lies above `root`'s horizontal, -90 to 90; the facing does not matter."""
    d = minus(tip, root)
    return math.degrees(math.atan2(-d[1], math.hypot(d[0], *d[2:])))


def rotated(points: Iterable[Point], by_deg: float) -> list[Point]:
    """Picture points turned clockwise on the screen about the origin."""
    c, s = math.cos(math.radians(by_deg)), math.sin(math.radians(by_deg))
    return [(c * x - s * y, s * x + c * y) for x, y in points]


def height_over_line(point: Point, a: Point, b: Point) -> float:
    """Distance of a picture point from the line through a and b, positive above it."""
    left, right = (a, b) if a[0] <= b[0] else (b, a)
    along, out = minus(right, left), minus(point, left)
    return ratio(out[0] * along[1] - out[1] * along[0], length(along))
