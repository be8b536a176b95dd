"""What covers each point of a body: skin, cloth, shoes or hair, and the painted face.

Every border between two coverings is a signed margin in metres, so that hems stay sharp however
coarse the mesh, and cloth stands off the skin by its thickness.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sample_videos.generator.kinematics import Skeleton
from sample_videos.generator.noise import fractal_noise
from sample_videos.generator.person import HEAD_CENTRE, Person
from sample_videos.generator.rotations import Vector

SKIN, SHIRT, TROUSERS, SHOES, HAIR = range(5)

Coverings = NDArray[np.integer[Any]]

_HEM_M = 0.012
"""Width over which cloth rises from the skin to its full thickness."""

_WAIST_M = 1.03
_COLLAR_M = 0.088
_SHOE_TOP_M = 0.012


@dataclass(frozen=True)
class Border:
    """Two coverings that meet: `under` where the margin is negative, `over` where positive."""

    under: int
    over: int
    margin_m: Vector


def borders(part: str, points: Vector, *, person: Person, skeleton: Skeleton) -> list[Border]:
    """The borders on one part of a body of the reference height, at rest."""
    if part == "trunk":
        return _trunk_borders(points, skeleton)
    if part == "head":
        return [Border(SKIN, HAIR, _hair_margin(points))]
    side, limb = part.split("_")
    if limb == "arm":
        return [Border(SKIN, SHIRT, _hem(points, skeleton, side=side, person=person))]
    return _leg_borders(points, skeleton, side=side, person=person)


def nearest_border(found: list[Border]) -> tuple[Coverings, Coverings, Vector]:
    """Per point the border it is closest to: under, over and margin."""
    margins = np.stack([border.margin_m for border in found])
    chosen = np.abs(margins).argmin(axis=0)
    under = np.array([border.under for border in found])[chosen]
    over = np.array([border.over for border in found])[chosen]
    return under, over, np.take_along_axis(margins, chosen[None], axis=0)[0]


def thickness_m(person: Person) -> Vector:
    """Thickness of each covering."""
    return np.array([0.0, person.loose_m, 0.006 if person.leggings else 0.011, 0.004, 0.014])


def stand_off_m(border: tuple[Coverings, Coverings, Vector], person: Person) -> Vector:
    """How far the outside lies above the skin at each point."""
    under, over, margin = border
    share = np.clip(margin / _HEM_M, 0, 1)
    thick = thickness_m(person)
    return thick[under] + (thick[over] - thick[under]) * share * share * (3 - 2 * share)


def palette(person: Person) -> Vector:
    """Linear colour of each covering."""
    return linear([person.skin, person.shirt, person.trousers, person.shoes, person.hair])


def linear(colour: ArrayLike) -> Vector:
    """sRGB 0 to 1 as light."""
    return np.asarray(colour, float) ** 2.2


def weave(points: Vector, seed: int) -> Vector:
    """Folds and shades of a body's surface: a factor around 1."""
    x, y, z = points.T
    return 0.84 + 0.36 * fractal_noise(x * 9, y * 14 + z * 9, seed=seed)


def _trunk_borders(points: Vector, skeleton: Skeleton) -> list[Border]:
    collar = skeleton.joints["neck"] + np.array([0, -0.005, 0.012])
    offset = points - collar
    offset[:, 1] *= np.where(offset[:, 1] > 0, 0.4, 0.9)
    from_neck = np.linalg.norm(offset, axis=1) - _COLLAR_M
    return [
        Border(TROUSERS, SHIRT, points[:, 1] - _WAIST_M),
        Border(SKIN, SHIRT, from_neck),
    ]


def _along(points: Vector, *, start: Vector, end: Vector) -> tuple[Vector, float]:
    axis = end - start
    length = float(np.linalg.norm(axis))
    return (points - start) @ axis / length, length


def _hem(points: Vector, skeleton: Skeleton, *, side: str, person: Person) -> Vector:
    joints = skeleton.joints
    down, length = _along(points, start=joints[f"{side}_upper_arm"], end=joints[f"{side}_forearm"])
    return person.sleeve * length - down


def _leg_borders(points: Vector, skeleton: Skeleton, *, side: str, person: Person) -> list[Border]:
    joints = skeleton.joints
    ankle_m = joints[f"{side}_foot"][1]
    leg = TROUSERS if person.leggings else SKIN
    shoe = Border(leg, SHOES, ankle_m + _SHOE_TOP_M - points[:, 1])
    if person.leggings:
        return [shoe]
    down, length = _along(points, start=joints[f"{side}_thigh"], end=joints[f"{side}_shank"])
    return [Border(SKIN, TROUSERS, person.trouser * length - down), shoe]


def _hair_margin(points: Vector) -> Vector:
    """Height above the hair line, which falls from the forehead to the nape; ears stay free."""
    aside, up, ahead = (points - HEAD_CENTRE).T
    aside = np.abs(aside)
    line = np.select(
        [ahead > 0.03, ahead > -0.02],
        [0.062 - 0.10 * np.maximum(aside - 0.045, 0), ahead + 0.02],
        -0.085,
    )
    ear = (aside > 0.068) & (np.abs(up + 0.024) < 0.036) & (np.abs(ahead) < 0.03)
    return np.where(ear, -0.01, up - line)


def paint_face(colours: Vector, points: Vector, *, hair: Vector) -> Vector:
    """Colours of points on the front of the head, with lips, brows and eyes drawn in."""
    aside, up, ahead = (points - HEAD_CENTRE).T
    aside = np.abs(aside)
    from_eye = aside - 0.032
    eye_up = up - 0.006
    drawn = colours.copy()

    def draw(inside: Vector, colour: Vector) -> None:
        drawn[inside & (ahead > 0.05)] = colour

    lips = (aside / 0.024) ** 2 + ((up + 0.062) / 0.0085) ** 2 < 1
    drawn[lips & (ahead > 0.05)] *= [0.85, 0.5, 0.5]
    draw((from_eye / 0.019) ** 2 + ((eye_up - 0.024 + 8 * from_eye**2) / 0.005) ** 2 < 1, hair)
    draw((from_eye / 0.0135) ** 2 + (eye_up / 0.0072) ** 2 < 1, np.full(3, 0.65))
    draw(np.hypot(from_eye, eye_up) < 0.0065, np.array([0.06, 0.035, 0.02]))
    return drawn
