"""What the person's outline tells of the back, which no landmark lies on.

The chord runs from mid hip to mid shoulder. From points along it we march along the dorsal
normal to the outline; a parabola h(t) = a + b t + c t^2 through those heights has the sagitta
-c * 0.8^2 / 4 between 10 % and 90 % of the chord (docs/evidence.md).
"""

from __future__ import annotations

import math

import numpy as np

from formcheck.measuring.geometry import Point
from formcheck.records.pose import Floats

FROM, TO = 0.1, 0.9
"""The part of the chord that is judged: nearer its ends neck and buttocks take over."""

STATIONS = np.linspace(FROM, TO, 17)

FEWEST = 10
"""Stations that must meet the outline for a parabola to be trusted."""


def back_sagitta(outline: Floats, *, hip: Point, shoulder: Point) -> float:
    """Sagitta of the dorsal outline in torso lengths: positive rounded, negative hollow.

    outline: (n, 2) polygon in the level picture, near side left (see `measuring.scene`), where
    the back lies clockwise of the direction from hip to shoulder. NaN if too little is met.
    """
    chord = np.subtract(shoulder, hip)
    torso = float(np.hypot(*chord))
    if not torso or len(outline) < 3:
        return math.nan
    dorsal = np.array([-chord[1], chord[0]]) / torso
    heights = _march(outline, np.asarray(hip) + STATIONS[:, None] * chord, dorsal) / torso
    met = ~np.isnan(heights)
    if np.count_nonzero(met) < FEWEST:
        return math.nan
    curvature = np.polyfit(STATIONS[met], heights[met], 2)[0]
    return float(-curvature * (TO - FROM) ** 2 / 4)


def _march(outline: Floats, starts: Floats, direction: Floats) -> Floats:
    """Distance from each start along a unit direction to where the polygon is left.

    That is the nearest edge from inside. In a strongly rounded back the chord runs below the belly:
    a start from which an even number of edges is crossed lies outside, and the second is the back.
    """
    a = outline
    edge = np.roll(outline, -1, axis=0) - a
    turn = direction[0] * edge[:, 1] - direction[1] * edge[:, 0]
    to_a = a[None] - starts[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        far = (to_a[..., 0] * edge[:, 1] - to_a[..., 1] * edge[:, 0]) / turn
        along = (to_a[..., 0] * direction[1] - to_a[..., 1] * direction[0]) / turn
    hit = (far >= 0) & (along >= 0) & (along < 1)
    edges = np.sort(np.where(hit, far, np.inf), axis=1)
    is_outside = np.count_nonzero(hit, axis=1) % 2 == 0
    back = np.where(is_outside, edges[:, 1], edges[:, 0])
    return np.where(np.isfinite(back), back, np.nan)
