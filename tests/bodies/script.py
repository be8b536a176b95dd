"""Motion scripts as data, and what is true of them at every instant."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from formcheck.records.pose import Floats
from tests.bodies.blend import between
from tests.bodies.postures import STRIDE_M, Posture, Quadruped, Sitting, Squat, Walking
from tests.bodies.skeleton import Body

_HOLD_STEP_S = 0.001
"""Step of the search for crossings; a straight line between steps places them to microseconds."""


@dataclass(frozen=True)
class Stay:
    """Keep still."""

    duration_s: float


@dataclass(frozen=True)
class Move:
    """Go to a posture, starting and ending at rest."""

    to: Posture
    duration_s: float


Segment = Stay | Move


@dataclass(frozen=True)
class _Span:
    """A piece of a script with both its ends.

    Postures of one kind are blended by their truths, others by their joints, without truths.
    """

    from_s: float
    duration_s: float
    start: Posture
    end: Posture

    @property
    def is_one_kind(self) -> bool:
        return type(self.start) is type(self.end)

    def share(self, t_s: Floats) -> Floats:
        return min_jerk((t_s - self.from_s) / max(self.duration_s, 1e-9))

    def joints_m(self, t_s: Floats, body: Body) -> Floats:
        if self.is_one_kind:
            joints = self.start.toward(self.end, self.share(t_s)).joints_m(body)
            return np.broadcast_to(joints, (len(t_s), *joints.shape[1:]))
        ends = (self.start.joints_m(body), self.end.joints_m(body))
        return between(*ends, share=self.share(t_s))

    def truth(self, name: str, t_s: Floats) -> Floats:
        if not self.is_one_kind or not hasattr(self.start, name):
            return np.full(len(t_s), np.nan)
        value = getattr(self.start.toward(self.end, self.share(t_s)), name)
        return np.broadcast_to(np.asarray(value, float), len(t_s))


@dataclass(frozen=True)
class Script:
    """A posture to start from and what follows."""

    start: Posture
    segments: tuple[Segment, ...] = ()

    def then(self, *segments: Segment) -> Script:
        """The script with more at its end."""
        return replace(self, segments=self.segments + segments)

    @property
    def duration_s(self) -> float:
        """Length of the whole."""
        return sum(segment.duration_s for segment in self.segments)

    def sample(self, fps: float, *, jitter: float = 0.0, seed: int = 0) -> Floats:
        """Increasing times (n,) in seconds; `jitter` below 1 is the share of a frame's time over
        which each is spread, as in a recording of variable frame rate."""
        count = int(np.floor(self.duration_s * fps + 1e-9)) + 1
        spread = np.random.default_rng(seed).uniform(0, jitter, count)
        return (np.arange(count) + spread) / fps

    def joints_m(self, t_s: Floats, body: Body) -> Floats:
        """The 33 landmarks at each time, (n, 33, 3) metres in scene axes."""
        parts = [span.joints_m(times, body) for span, times in self._split(t_s)]
        return np.concatenate(parts)

    def truth(self, name: str, t_s: Floats) -> Floats:
        """A posture's field at each of the increasing times (n,); NaN where it has no meaning."""
        return np.concatenate([span.truth(name, times) for span, times in self._split(t_s)])

    def _split(self, t_s: Floats) -> list[tuple[_Span, Floats]]:
        spans = self._spans()
        starts = [span.from_s for span in spans[1:]]
        cuts = np.searchsorted(t_s, starts)
        pieces = zip(spans, np.split(np.asarray(t_s, float), cuts), strict=True)
        return [(span, times) for span, times in pieces if len(times)]

    def _spans(self) -> list[_Span]:
        spans, posture, now_s = [], self.start, 0.0
        for segment in self.segments or (Stay(0.0),):
            end = segment.to if isinstance(segment, Move) else posture
            spans.append(_Span(now_s, segment.duration_s, posture, end))
            posture, now_s = end, now_s + segment.duration_s
        return spans


def min_jerk(share: Floats) -> Floats:
    """Smoothest way from 0 to 1 (Flash and Hogan 1985), still outside of 0 to 1."""
    u = np.clip(share, 0, 1)
    return u**3 * (10 - 15 * u + 6 * u**2)


def reps(
    count: int,
    rest: Posture,
    top: Posture,
    *,
    rise_s: float = 1.5,
    hold_s: float = 1.0,
    lower_s: float = 1.5,
    pause_s: float = 1.0,
) -> tuple[Segment, ...]:
    """From rest to top, hold, back, pause, so many times."""
    return (Move(top, rise_s), Stay(hold_s), Move(rest, lower_s), Stay(pause_s)) * count


def walking_in(steps: int = 4, *, duration_s: float = 2.5) -> Script:
    """Walk forward to the middle and stand."""
    start = Walking(x_m=-steps / 2 * STRIDE_M)
    return Script(start, (Move(Walking(phase=steps / 2), duration_s), Move(Squat(), 0.5)))


def walking_out(steps: int = 4, *, duration_s: float = 2.5) -> tuple[Segment, ...]:
    """From standing, walk forward out of the middle."""
    end = Walking(phase=steps / 2, x_m=steps / 2 * STRIDE_M)
    return (Move(Walking(), 0.5), Move(end, duration_s))


def lying_down(rest: Posture, *, duration_s: float = 4.0) -> tuple[Segment, ...]:
    """From standing through a deep squat and sitting to a posture on the back."""
    postures = (Squat(thigh_deg=-10, trunk_deg=50), Sitting(), rest)
    return tuple(Move(posture, duration_s / 3) for posture in postures)


def kneeling_down(rest: Quadruped, *, duration_s: float = 3.0) -> tuple[Segment, ...]:
    """From standing through a deep squat to hands and knees."""
    postures = (Squat(thigh_deg=-5, trunk_deg=35), rest)
    return tuple(Move(posture, duration_s / 2) for posture in postures)


def getting_up(*, duration_s: float = 4.0) -> tuple[Segment, ...]:
    """From the floor through sitting and a deep squat to standing."""
    postures = (Sitting(), Squat(thigh_deg=-10, trunk_deg=50), Squat())
    return tuple(Move(posture, duration_s / 3) for posture in postures)


@dataclass(frozen=True)
class Level:
    """A truth that must reach one level and then not fall back through another.

    With `rising` false the measure falls: it must get below `reach` and not above `fall`.
    """

    name: str
    reach: float
    fall: float
    rising: bool = True

    def margins(self, script: Script, t_s: Floats) -> tuple[Floats, Floats]:
        """How far the truth is beyond `reach` and beyond `fall` at each time."""
        truth = script.truth(self.name, t_s)
        sign = 1 if self.rising else -1
        beyond = (sign * (truth - level) for level in (self.reach, self.fall))
        reached, kept = (np.nan_to_num(margin, nan=-np.inf) for margin in beyond)
        return reached, kept


def true_holds(script: Script, *levels: Level) -> list[tuple[float, float]]:
    """Begin and end in seconds of each hold: all levels reached, until the first is lost.

    A hold that still lasts at the end of the script ends there.
    """
    t_s = np.arange(0, script.duration_s + _HOLD_STEP_S, _HOLD_STEP_S)
    margins = [level.margins(script, t_s) for level in levels]
    reached = np.min([margin[0] for margin in margins], axis=0)
    kept = np.min([margin[1] for margin in margins], axis=0)
    holds: list[tuple[float, float]] = []
    begins, ends = _upward(t_s, reached), [*_upward(t_s, -kept), script.duration_s]
    for begin in begins:
        if not holds or begin >= holds[-1][1]:
            holds.append((begin, next(end for end in ends if end > begin)))
    return holds


def truth_hold_s(script: Script, *levels: Level) -> list[float]:
    """Exact length in seconds of each of the `true_holds`."""
    return [end - begin for begin, end in true_holds(script, *levels)]


def _upward(t_s: Floats, margin: Floats) -> list[float]:
    """Times at which a margin goes from below zero to zero or more."""
    before = np.flatnonzero((margin[:-1] < 0) & (margin[1:] >= 0))
    low, high = margin[before], margin[before + 1]
    share = np.where(np.isfinite(low) & np.isfinite(high), low / (low - high), 1.0)
    return [float(t) for t in t_s[before] + share * (t_s[before + 1] - t_s[before])]
