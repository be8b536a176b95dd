"""Laying a body on the floor: heights found so that flesh, not joints, rests on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import Figure

Heights = dict[str, float]

SINK_M = 0.006
"""How deep resting flesh is pressed into the floor, where not told otherwise."""

_SETTLING_ROUNDS = 6
_SECANT_ROUNDS = 8


def settle(
    body: Body,
    figure_at: Callable[[Heights], Figure],
    *,
    contacts: Mapping[str, tuple[str, ...]],
    start: Heights,
    sink_m: Mapping[str, float] | None = None,
) -> Heights:
    """Heights at which the lowest point of every contact is pressed into the floor.

    figure_at: the figure for given heights. contacts: height -> the bones it raises or lowers.
    sink_m: how deep, for soft contacts that yield more than SINK_M.
    """
    sink_m = sink_m or {}
    heights = dict(start)
    for _ in range(_SETTLING_ROUNDS):
        figure = figure_at(heights)
        for name, bones in contacts.items():
            heights[name] -= body.lowest_m(figure, bones) + sink_m.get(name, SINK_M)
    return heights


class HeightTable:
    """Heights settled at some values of one quantity, interpolated between them.

    Settling moves the mesh many times over, so an exercise does it once, at a few values of what
    its motion runs along, and looks the heights up for every picture.
    """

    def __init__(
        self,
        body: Body,
        figure_at: Callable[[float, Heights], Figure],
        *,
        nodes: Sequence[float],
        contacts: Mapping[str, tuple[str, ...]],
        start: Heights,
        sink_m: Mapping[str, float] | None = None,
    ) -> None:
        self._nodes = nodes
        rows = [
            settle(body, partial(figure_at, node), contacts=contacts, start=start, sink_m=sink_m)
            for node in nodes
        ]
        self._columns = {name: [row[name] for row in rows] for name in start}

    def at(self, value: float) -> Heights:
        """The heights at a value; at the ends of the table beyond them."""
        return {
            name: float(np.interp(value, self._nodes, column))
            for name, column in self._columns.items()
        }


def solve_for(
    target: float, measure: Callable[[float], float], *, start: float, step: float
) -> float:
    """The argument at which a smooth measure takes a value (secant method)."""
    before, now = start, start + step
    error_before, error = measure(before) - target, measure(now) - target
    for _ in range(_SECANT_ROUNDS):
        if abs(error) < 1e-4 or error == error_before:
            break
        before, now = now, now - error * (now - before) / (error - error_before)
        error_before, error = error, measure(now) - target
    return now
