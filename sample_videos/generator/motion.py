"""What a person does, as data: values at rest, values at the top of each rep, and timing.

A value is something an exercise understands, such as `hip_deg`. It moves between rest and top
along the minimum-jerk curve of Flash and Hogan, J Neurosci 5:1688 (1985), and sways a little.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

import numpy as np

from sample_videos.generator.kinematics import Side
from sample_videos.generator.rotations import Vector

Values = Mapping[str, float]
Kind = Literal["good", "short_hold", "partial", "fault", "cut_off"]
"""good; held too briefly; what is asked for is not reached; reached, but with a fault; begun before
the recording, or not yet back at its end."""

_SWAY_HZ = (0.23, 0.61, 1.37)
_SWAY_SHARES = (0.6, 0.3, 0.1)


@dataclass(frozen=True)
class Rep:
    """One scripted movement out of rest and back; `rest_s` is the stillness after it.

    pose: which of an exercise's poses this is, where it has several (cat and cow).
    delays_s: value -> how much later than the others it leaves rest, to arrive with them; below 0,
    how much sooner it arrives, having left with them.
    travel: value -> by how much its resting value has shifted once the rep is lowered (steps).
    drift: value -> by how much it has changed at the end of the hold.
    """

    kind: Kind
    top: Values
    rise_s: float
    hold_s: float
    lower_s: float
    rest_s: float
    side: Side | None = None
    faults: tuple[str, ...] = ()
    pose: str | None = None
    delays_s: Values = field(default_factory=dict)
    travel: Values = field(default_factory=dict)
    drift: Values = field(default_factory=dict)

    @property
    def duration_s(self) -> float:
        """From the start of the rise to the end of the stillness after it."""
        return self.rise_s + self.hold_s + self.lower_s + self.rest_s


@dataclass(frozen=True)
class RepTimes:
    """When a scripted rep leaves rest, reaches its top, leaves it, and is back."""

    rise_s: float
    top_start_s: float
    top_end_s: float
    lowered_s: float

    @property
    def top_middle_s(self) -> float:
        """The middle of the hold."""
        return (self.top_start_s + self.top_end_s) / 2


@dataclass(frozen=True)
class Moment:
    """The values at one instant, and the side that works."""

    values: Values
    side: Side | None


@dataclass(frozen=True)
class Script:
    """Stillness, then reps one after the other. sway: value -> its largest wandering. lead_s and
    trail_s: how long it lasts before the first rep and after the last; below 0, the recording
    begins within the first, or ends within the last.
    """

    rest: Values
    lead_s: float
    reps: tuple[Rep, ...] = ()
    sway: Values = field(default_factory=dict)
    seed: int = 0
    trail_s: float = 0.0

    @property
    def duration_s(self) -> float:
        """Length of the whole."""
        return self.lead_s + sum(rep.duration_s for rep in self.reps) + self.trail_s

    @cached_property
    def times(self) -> tuple[RepTimes, ...]:
        """The instants of each rep."""
        found, start = [], self.lead_s
        for rep in self.reps:
            top_start = start + rep.rise_s
            top_end = top_start + rep.hold_s
            found.append(RepTimes(start, top_start, top_end, top_end + rep.lower_s))
            start += rep.duration_s
        return tuple(found)

    @cached_property
    def _only_side(self) -> Side | None:
        """The side of a set that is done on one side: between its reps, too."""
        sides = {rep.side for rep in self.reps}
        return sides.pop() if len(sides) == 1 else None

    def at(self, t_s: float) -> Moment:
        """The moment at a time; between reps, the side is told only if all reps have the same."""
        values, side = dict(self.rest), self._only_side
        for rep, times in zip(self.reps, self.times, strict=True):
            if times.rise_s <= t_s < times.lowered_s:
                side = rep.side
                for name, top in rep.top.items():
                    share = _share_of_top(times, t_s, delay_s=rep.delays_s.get(name, 0.0))
                    values[name] += (top - values[name]) * share
                for name, change in rep.drift.items():
                    values[name] += change * _share_held(times, t_s)
            for name, shift in rep.travel.items():
                values[name] += shift * _share_lowered(times, t_s)
        return Moment({name: v + self._sway(name, t_s) for name, v in values.items()}, side)

    def _sway(self, name: str, t_s: float) -> float:
        amplitude = self.sway.get(name, 0.0)
        if not amplitude:
            return 0.0
        waves = np.sin(2 * np.pi * np.array(_SWAY_HZ) * t_s + self._sway_starts[name])
        return float(amplitude * waves @ _SWAY_SHARES)

    @cached_property
    def _sway_starts(self) -> Mapping[str, Vector]:
        """Value -> where each of its waves begins, radians."""
        return {
            name: np.random.default_rng([self.seed, number]).uniform(0, 2 * np.pi, len(_SWAY_HZ))
            for number, name in enumerate(sorted(self.rest))
        }


def _share_of_top(times: RepTimes, t_s: float, *, delay_s: float) -> float:
    """How far towards the top, 0 to 1, at a time within a rep."""
    if t_s < times.top_start_s:
        start_s = times.rise_s + max(delay_s, 0.0)
        end_s = times.top_start_s + min(delay_s, 0.0)
        return minimum_jerk((t_s - start_s) / (end_s - start_s))
    return 1 - _share_lowered(times, t_s)


def _share_held(times: RepTimes, t_s: float) -> float:
    """How much of the hold is over, and then how much of it is still up."""
    held_s = max(times.top_end_s - times.top_start_s, 1e-6)
    held = min(max((t_s - times.top_start_s) / held_s, 0.0), 1.0)
    return held * (1 - _share_lowered(times, t_s))


def _share_lowered(times: RepTimes, t_s: float) -> float:
    """How far back from the top, 0 to 1, at a time."""
    return minimum_jerk((t_s - times.top_end_s) / (times.lowered_s - times.top_end_s))


def minimum_jerk(share: float) -> float:
    """Share of the way at a share of the time, both 0 to 1, starting and ending at rest."""
    s = min(max(share, 0.0), 1.0)
    return s**3 * (10 - 15 * s + 6 * s * s)
