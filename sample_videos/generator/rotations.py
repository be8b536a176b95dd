"""Rotations as 3 x 3 matrices whose columns are the turned axes; angles in degrees."""

from __future__ import annotations

import math
from typing import Any

import cv2
import numpy as np
from numpy.typing import ArrayLike, NDArray

Vector = NDArray[np.floating[Any]]
Matrix = NDArray[np.floating[Any]]

LEFTWARD = np.array([1.0, 0.0, 0.0])
UP = np.array([0.0, 1.0, 0.0])
FORWARD = np.array([0.0, 0.0, 1.0])


def unit(vector: ArrayLike) -> Vector:
    """The vector of length 1 in the same direction."""
    found = np.asarray(vector, float)
    return found / math.sqrt(found @ found)


def turn(axis: ArrayLike, angle_deg: float) -> Matrix:
    """Rotation by an angle about an axis, right-handed."""
    return cv2.Rodrigues(unit(axis) * np.radians(angle_deg))[0]


def pitch(angle_deg: float) -> Matrix:
    """Turn about the leftward axis: positive bows a standing person forward."""
    return turn(LEFTWARD, angle_deg)


def yaw(angle_deg: float) -> Matrix:
    """Turn about the vertical: positive turns to the person's left."""
    return turn(UP, angle_deg)


def rotation_vector(matrix: Matrix) -> Vector:
    """Axis times angle in radians."""
    return cv2.Rodrigues(matrix)[0].ravel()


def blend(first: Matrix, second: Matrix, *, share: float) -> Matrix:
    """The rotation a share (0 to 1) of the way from the first to the second."""
    return first @ cv2.Rodrigues(rotation_vector(first.T @ second) * share)[0]


def axes(along: ArrayLike, hint: ArrayLike) -> Matrix:
    """Columns: a direction, the part of the hint square to it, and their cross product."""
    first = unit(along)
    second = unit(np.asarray(hint, float) - first * np.dot(first, hint))
    return np.array([first, second, cross(first, second)]).T


def cross(first: Vector, second: Vector) -> Vector:
    """The cross product of two single vectors; numpy's is made for many and ten times slower."""
    (a, b, c), (u, v, w) = first, second
    return np.array([b * w - c * v, c * u - a * w, a * v - b * u])


def carry(rest: tuple[Vector, Vector], posed: tuple[Vector, Vector]) -> Matrix:
    """The rotation that takes one direction and hint onto another pair."""
    return axes(*posed) @ axes(*rest).T


def sagittal(elevation_deg: float, *, aside: float = 0.0) -> Vector:
    """Forward direction raised by an elevation, with a share towards the person's left."""
    angle = np.radians(elevation_deg)
    return unit([aside, np.sin(angle), np.cos(angle)])


def angle_deg(first: Vector, middle: Vector, last: Vector) -> float:
    """Angle at the middle point between the two others, 0 to 180."""
    towards, away = unit(first - middle), unit(last - middle)
    return float(np.degrees(np.arccos(np.clip(towards @ away, -1, 1))))
