"""Who or what goes by while somebody exercises: another person, or something the size of a dog."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sample_videos.generator.body import body_of
from sample_videos.generator.person import Colour, Person
from sample_videos.generator.props import Rod
from sample_videos.generator.render import Item, body_item, rod_item
from sample_videos.generator.room import Room
from sample_videos.generator.rotations import UP, Vector
from sample_videos.generator.walking import walking

_FUR: Colour = (0.35, 0.24, 0.15)
_DOG_STRIDE_M = 0.55


@dataclass(frozen=True)
class Passer:
    """Somebody who crosses the picture from left to right.

    person: None for a dog. middle_s: when the middle of the picture is passed. behind_m: how far
    behind the one who exercises, negative for in front.
    """

    person: Person | None
    middle_s: float
    behind_m: float
    speed_m_s: float = 1.0


class PassingBy:
    """A passer in a room."""

    def __init__(self, passer: Passer, room: Room, *, cell_m: float) -> None:
        self._passer, self._room = passer, room
        self._body = body_of(passer.person, cell_m) if passer.person else None

    def items(self, t_s: float) -> list[Item]:
        """What is to be drawn at an instant."""
        passer, axes = self._passer, self._room.axes
        gone_m = passer.speed_m_s * (t_s - passer.middle_s)
        centre = np.array([self._room.centre[0], 0, self._room.centre[1]])
        place = centre + axes @ np.array([gone_m, 0, -passer.behind_m])
        along = axes[:, 0]
        if self._body is None or passer.person is None:
            return [rod_item(list(_dog(place, along, gone_m)))]
        heading_deg = float(np.degrees(np.arctan2(along[0], along[2])))
        figure = walking(
            self._body.skeleton, height_m=passer.person.height_m, place=place,
            heading_deg=heading_deg, walked_m=gone_m,
        )  # fmt: skip
        return [body_item(self._body, figure)]


def _dog(place: Vector, along: Vector, walked_m: float) -> Iterator[Rod]:
    """Bars that make up a dog with its middle over a place."""
    aside = np.cross(UP, along)

    def at(ahead_m: float, up_m: float, aside_m: float = 0.0) -> Vector:
        return place + along * ahead_m + UP * up_m + aside * aside_m

    yield Rod(at(-0.28, 0.42), at(0.24, 0.44), 0.115, _FUR)
    yield Rod(at(0.20, 0.46), at(0.34, 0.60), 0.07, _FUR)
    yield Rod(at(0.28, 0.61), at(0.50, 0.57), 0.062, _FUR)
    yield Rod(at(-0.28, 0.46), at(-0.45, 0.62), 0.025, _FUR)
    for number, (ahead_m, aside_m) in enumerate(
        ((0.2, 0.07), (0.2, -0.07), (-0.24, 0.07), (-0.24, -0.07))
    ):
        turn = 2 * np.pi * (walked_m / _DOG_STRIDE_M + (0.5 if number in (1, 2) else 0.0))
        foot = at(ahead_m + 0.1 * np.sin(turn), 0.03 + 0.05 * max(np.cos(turn), 0), aside_m)
        yield Rod(at(ahead_m, 0.40, aside_m), foot, 0.038, _FUR)
