"""Things beside the body: what it leans or sits on, and what it holds or pulls."""

from __future__ import annotations

from dataclasses import dataclass

from sample_videos.generator.person import Colour
from sample_videos.generator.rotations import Vector


@dataclass(frozen=True)
class Block:
    """A box that stays where it is, in the person's axes: a chair's seat, a bench, a wall.

    middle_m: its centre. size_m: along x, y and z before it is turned by yaw_deg about the
    vertical.
    """

    middle_m: tuple[float, float, float]
    size_m: tuple[float, float, float]
    colour: Colour
    yaw_deg: float = 0.0


@dataclass(frozen=True)
class Rod:
    """A round bar between two points that moves with the figure: a bar, a band, a plate."""

    start: Vector
    end: Vector
    radius_m: float
    colour: Colour
