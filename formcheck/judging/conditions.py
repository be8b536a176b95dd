"""Clauses put to work: bound to a person's rest values, followed sample by sample.

A condition changes at the interpolated crossing of the clause that changed it, so that neither
the frame rate nor the smoothing moves a boundary.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from formcheck.exercises.clauses import Clause
from formcheck.measuring.measures import REGISTRY, extreme_side, opposite, raised, working
from formcheck.measuring.scene import Bearings, Scene, Which
from formcheck.measuring.signals import Signal
from formcheck.measuring.smoothing import Sample
from formcheck.records.pose import Floats, Pose
from formcheck.records.reasons import Bound

WORKING = Signal("working_side", "")
"""Which side works: 1 the near one, -1 the far one."""

SIDES_AT_WORK = ("working", "resting")

BLINK_S = 0.5
"""What is hidden for less than this is taken to be as it was when last seen, as much as is credited
to a hold (design.md, law 7): a wrist hidden for a moment has not risen, nor does the other leg
work."""


class SignalBank:
    """The signals that a spec needs, each in its column (`both` takes two: near and far)."""

    def __init__(self, signals: Sequence[Signal]) -> None:
        self.signals = tuple(dict.fromkeys(part for s in signals for part in parts(s)))
        self._column = {signal: i for i, signal in enumerate(self.signals)}

    def columns(self, signal: Signal) -> tuple[int, ...]:
        """Where a signal stands in a sample."""
        return tuple(self._column[part] for part in parts(signal))

    def working_column(self, clause: Clause) -> int | None:
        """Where the working side stands, for a clause that measures from that side's own rest."""
        is_of_side = clause.from_rest and clause.signal.who in SIDES_AT_WORK
        return self._column.get(WORKING) if is_of_side else None

    def read(self, scene: Scene) -> Floats:
        """All values of one scene, NaN for what is not seen."""
        return np.array([read_signal(signal, scene) for signal in self.signals])


def own_rests(signals: Sequence[Signal]) -> tuple[Signal, ...]:
    """What must be read besides for each side's own rest to be known, whichever comes to work."""
    return tuple(
        Signal(signal.name, who)
        for signal in signals
        if signal.who in SIDES_AT_WORK
        for who in ("near", "far")
    )


def parts(signal: Signal) -> tuple[Signal, ...]:
    """The signals that a signal is made of: of `both`, the near one and the far one."""
    if signal.who != "both":
        return (signal,)
    return Signal(signal.name, "near"), Signal(signal.name, "far")


def read_signal(signal: Signal, scene: Scene) -> float:
    """The value of one signal in one scene; a mean is taken over the sides that are seen."""
    found = REGISTRY[signal.name]
    if signal.who == "mean":
        values = [found.read(scene.body(which)) for which in ("near", "far")]
        seen = [value for value in values if not math.isnan(value)]
        return sum(seen) / len(seen) if seen else math.nan
    which = side_of(signal, scene)
    return math.nan if which is None else found.read(scene.body(which))


def side_of(signal: Signal, scene: Scene) -> Which | None:
    """The side that a signal is read from; the near one for the whole body."""
    match signal.who:
        case "raised":
            return raised(scene, REGISTRY[signal.name].limb)
        case "least" | "most":
            return extreme_side(scene, signal.name, most=signal.who == "most")
        case "working":
            return working(scene)
        case "resting":
            return opposite(working(scene))
    return "far" if signal.who == "far" else "near"


def unseen_joints(signals: Sequence[Signal], pose: Pose, bearings: Bearings) -> tuple[str, ...]:
    """The joints that keep these signals from being read, in words such as "left knee"."""
    scene = Scene(pose, bearings)
    missing: dict[str, None] = {}
    for signal in (part for s in signals for part in parts(s)):
        if math.isnan(read_signal(signal, scene)):
            body = scene.body(side_of(signal, scene) or "far")
            missing.update(dict.fromkeys(REGISTRY[signal.name].missing(body)))
    return tuple(missing)


@dataclass
class Watch:
    """One clause followed through the samples; `low` and `high` are its bound limits, `rest` the
    value that they were taken from.

    working_column: where the working side is told, if the clause measures from the rest of it. At
    rest neither side works, and whichever looks like it lends its rest; what the sides' own rests
    are off from that is taken from their values.
    """

    clause: Clause
    columns: tuple[int, ...]
    low: float = math.nan
    high: float = math.nan
    rest: float = math.nan
    met: bool | None = None
    changed_s: float = math.nan
    working_column: int | None = None
    _off: tuple[float, float] = (0.0, 0.0)
    _seen_s: float = -math.inf
    _t_s: float = math.nan
    _margin: float = math.nan

    def bind(self, rest: Callable[[Signal], float], at_least: Callable[[Signal], float]) -> None:
        """Put in the rest value; a distance from rest is at least `at_least` of its signal."""
        self.low, self.high = self.clause.low, self.clause.high
        if not self.clause.from_rest:
            return
        name, base = self.clause.signal.name, rest(self.clause.signal)
        if self.working_column is not None:
            near, far = (rest(Signal(name, who)) for who in ("near", "far"))
            # Of a limb that is hidden at rest the other one's rest is the best there is.
            base = next((own for own in (base, near, far) if math.isfinite(own)), math.nan)
            is_known = math.isfinite(near + far)
            self._off = (near - base, far - base) if is_known else (0.0, 0.0)
        self.rest, least = base, at_least(self.clause.signal)
        self.low = base + math.copysign(max(abs(self.low), least), self.low)
        self.high = base + math.copysign(max(abs(self.high), least), self.high)

    def value(self, sample: Sample) -> float:
        """The value that decides: of two sides the worse one, NaN if one is not seen."""
        off = self._off_rest(sample)
        values = [float(sample.values[i]) - off for i in self.columns]
        return min(values, key=self.inside) if not any(map(math.isnan, values)) else math.nan

    def _off_rest(self, sample: Sample) -> float:
        """How far the rest of the side that is read lies from the rest that was put in."""
        if self.working_column is None:
            return 0.0
        side = float(sample.values[self.working_column])
        if math.isnan(side):
            return 0.0
        is_near = (side > 0) == (self.clause.signal.who == "working")
        return self._off[0] if is_near else self._off[1]

    @property
    def bound(self) -> Bound:
        """The clause as numbers, those that it is bound to."""
        return replace(as_bound(self.clause), low=self.low, high=self.high, rest=self.rest)

    @property
    def limit(self) -> float:
        """The bound number that is passed; of a range, its lower end."""
        return self.low if math.isfinite(self.low) else self.high

    def includes(self, value: float) -> bool:
        """Whether a value meets it; NaN does not."""
        return self.inside(value) >= 0

    def inside(self, value: float) -> float:
        """How far inside the bound limits a value is, negative outside, NaN for NaN."""
        if self.clause.either_way:
            value = self.rest + abs(value - self.rest)
        return min(value - self.low, self.high - value)

    def follow(self, sample: Sample) -> None:
        """Take the next sample; `changed_s` becomes the crossing if `met` changes."""
        value = self.value(sample)
        if not math.isnan(value):
            self._seen_s = sample.t_s
        elif self.clause.if_seen and sample.t_s - self._seen_s < BLINK_S:
            return
        margin = math.nan if math.isnan(value) else self.inside(value)
        met = None if math.isnan(margin) else margin >= 0
        if met != self.met:
            self.changed_s = self._crossing_s(sample.t_s, margin)
        self.met, self._t_s, self._margin = met, sample.t_s, margin

    def _crossing_s(self, t_s: float, margin: float) -> float:
        before, span = self._margin, self._margin - margin
        if math.isnan(span) or not math.isfinite(span) or not span:
            return t_s
        return self._t_s + (t_s - self._t_s) * before / span


def as_bound(clause: Clause) -> Bound:
    """A clause as numbers, for the record."""
    signal = clause.signal
    return Bound(
        signal.name, signal.who, clause.low, clause.high, clause.unit, clause.over,
        clause.from_rest, clause.either_way, clause.for_s,
    )  # fmt: skip


def watches(clauses: Sequence[Clause], bank: SignalBank) -> tuple[Watch, ...]:
    """Watches for clauses; those on whole attempts read no column."""
    return tuple(
        Watch(
            c,
            bank.columns(c.signal) if c.signal.name in REGISTRY else (),
            working_column=bank.working_column(c),
        )
        for c in clauses
    )


@dataclass
class Condition:
    """Several clauses of which all must hold, or any one suffices (`any_one`).

    met: None while it cannot be told. changed_s: when `met` last changed.
    """

    watches: tuple[Watch, ...]
    any_one: bool = False
    met: bool | None = None
    changed_s: float = math.nan
    _last_s: float = -math.inf

    def follow(self, sample: Sample) -> bool | None:
        """Take the next sample."""
        for watch in self.watches:
            watch.follow(sample)
        met = self._met()
        if met != self.met:
            self.changed_s = self._changed_s(sample.t_s, met)
            self.met = met
        return met

    def _met(self) -> bool | None:
        decisive = self.any_one
        judged = [w.met for w in self.watches if not (w.clause.if_seen and w.met is None)]
        if decisive in judged:
            return decisive
        return None if None in judged else bool(judged) and not decisive

    def _changed_s(self, t_s: float, met: bool | None) -> float:
        turned = [w.changed_s for w in self.watches if w.met == met and w.changed_s >= self._last_s]
        self._last_s = t_s
        if met is None or not turned:
            return t_s
        return min(turned) if met == self.any_one else max(turned)
