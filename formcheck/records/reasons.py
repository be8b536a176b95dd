"""Why something was not judged, or not judged to be full: codes and numbers, put into words in
`words.reasons`."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

Obstacle = Literal["nobody", "unseen", "posture", "view", "shape", "moving", "near", "tilted"]
"""What keeps judging from beginning: nobody or not enough of the body seen, another posture or
shape of it, another view, moving, too near to the position to be reached, a leaning camera."""

ReasonCode = Literal[
    Obstacle,
    "cut", "recording_ended", "posture_left", "turned", "too_small", "not_measured", "not_reached",
    "held_too_short", "start_not_seen", "return_not_seen", "unlike", "jumped", "no_outline",
    "seen_too_briefly", "other_view", "picture_stands_still", "stalled",
]  # fmt: skip
"""An obstacle; or what ended an attempt without a judgement, kept it from being full, or hid what
a fault is judged by. not_measured: a guided hold, timed alone. other_view: a fault of another.
picture_stands_still: the same picture again and again; stalled: none came for a while."""


@dataclass(frozen=True)
class Bound:
    """One condition as numbers: a measure of a side between `low` and `high`, in `unit`.

    side, over: as in an exercise file, empty for none. from_rest: the numbers were asked as
    distances from the person's rest; either_way: up or down. for_s: how long it must last, None if
    not said. rest: the value that they were taken from, NaN while it is not put in: then the
    numbers of `from_rest` are distances.
    """

    measure: str
    side: str
    low: float
    high: float
    unit: str
    over: str = ""
    from_rest: bool = False
    either_way: bool = False
    for_s: float | None = None
    rest: float = math.nan

    @property
    def limit(self) -> float:
        """The one number that is passed; of a range, its lower end."""
        return self.low if math.isfinite(self.low) else self.high

    @property
    def is_range(self) -> bool:
        """Whether both ends are bound."""
        return math.isfinite(self.low) and math.isfinite(self.high)

    @property
    def wants_more(self) -> bool:
        """Whether larger values meet it."""
        return math.isfinite(self.low) and not math.isfinite(self.high)


@dataclass(frozen=True)
class Miss:
    """A condition that was not met, and the typical value that was found instead."""

    bound: Bound
    value: float


@dataclass(frozen=True)
class Reason:
    """A code with its facts: the joints that were not seen, the conditions that were not met, the
    views that show what was asked, the seconds held and asked, and how long something lasted."""

    code: ReasonCode
    joints: tuple[str, ...] = ()
    misses: tuple[Miss, ...] = ()
    views: tuple[str, ...] = ()
    held_s: float = math.nan
    asked_s: float = math.nan
    lasted_s: float = math.nan
