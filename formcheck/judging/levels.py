"""The levels of a rep, bound to one person's rest and noise (design.md, law 5)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import partial

import numpy as np

from formcheck.exercises.model import RepRule
from formcheck.judging.conditions import Condition, SignalBank, Watch, watches
from formcheck.judging.resting import RestPool
from formcheck.measuring.movement import Movement
from formcheck.measuring.signals import Signal
from formcheck.measuring.smoothing import Sample
from formcheck.records.events import Check
from formcheck.records.reasons import Miss, Reason

LEVELS = ("leave", "reach", "hold", "fall", "back", "partial")

NOISES = {"leave": 4.0, "partial": 4.5, "back": 2.5}
"""A level measured from rest lies at least this many times the resting noise away (ours: with
normal noise, one crossing by chance in some ten thousand samples)."""

FARTHEST = {"leave": 0.45, "partial": 0.5, "back": 0.3}
"""But however noisy, at most this share of the way to the reach (ours)."""

_BEFORE_THE_TOP = ("leave", "reach", "hold", "partial")


class LevelWatch:
    """Follows the conditions of all levels through the samples of a bout."""

    def __init__(self, rep: RepRule, bank: SignalBank, pool: RestPool) -> None:
        self._rep, self._pool = rep, pool
        self._conditions = {
            level: Condition(watches(getattr(rep, level), bank), any_one=level == "fall")
            for level in LEVELS
        }
        self._met_s: dict[tuple[str, int], float] = {}
        self._start: dict[Signal, float] = {}
        self.was_partial = False
        self.sign = rep.sign

    def __getitem__(self, level: str) -> Condition:
        return self._conditions[level]

    def bind(self) -> None:
        """Put in what the pool has learnt of the rest; reach first, for others stay short of it."""
        if not self._start:
            signals = [watch.clause.signal for watch in self["reach"].watches]
            self._start = {signal: self._pool.rest(signal) for signal in signals}
        for level in ("reach", *LEVELS):
            for watch in self[level].watches:
                watch.bind(self._pool.rest, partial(self._least, level))

    def _least(self, level: str, signal: Signal) -> float:
        """The least distance of a level from rest: out of the noise, but short of the reach."""
        if level not in NOISES:
            return 0.0
        least = NOISES[level] * self._pool.noise(signal)
        if signal == self._rep.measure and "reach" in self.drawn():
            least = min(least, FARTHEST[level] * self.way("reach"))
        return least

    def drawn(self) -> dict[str, float]:
        """The level lines of the primary measure, as numbers."""
        return {
            level: watch.limit
            for level in LEVELS
            for watch in self[level].watches
            if watch.clause.signal == self._rep.measure
        }

    def way(self, level: str) -> float:
        """How far from rest a level of the primary measure lies."""
        return abs(self.drawn()[level] - self._pool.rest(self._rep.measure))

    def follow(self, sample: Sample) -> None:
        """Take the next sample."""
        for condition in self._conditions.values():
            condition.follow(sample)

    def begin(self) -> None:
        """A new attempt: nothing has been met yet."""
        self._met_s = {}
        self.was_partial = False

    def note(self, movement: Movement) -> None:
        """Remember when each clause was met: first on the way there, last on the way back."""
        for level, condition in self._conditions.items():
            for i, watch in enumerate(condition.watches):
                if watch.met and (
                    watch.changed_s >= movement.start_s or self._began_early(level, watch)
                ):
                    if level in _BEFORE_THE_TOP:
                        self._met_s.setdefault((level, i), watch.changed_s)
                    else:
                        self._met_s[level, i] = watch.changed_s
        self.was_partial |= bool(self["partial"].met)
        reach = range(len(self["reach"].watches))
        movement.first_met_s = [self._met_s.get(("reach", i), math.nan) for i in reach]

    def _began_early(self, level: str, watch: Watch) -> bool:
        """Whether it was met before the attempt began, by a limb that moved ahead of it."""
        return level == "reach" and not watch.includes(self._start[watch.clause.signal])

    def form(self) -> tuple[bool | None, float]:
        """Whether the form that is held is good (None: it cannot be told), and since when."""
        fall, hold = self["fall"], self["hold"]
        if fall.met or (hold.watches and hold.met is False):
            return False, fall.changed_s if fall.met else hold.changed_s
        if fall.met is None or (hold.watches and hold.met is None):
            return None, fall.changed_s
        return True, max(fall.changed_s, hold.changed_s if hold.watches else -math.inf)

    def why_short(self, movement: Movement) -> Reason:
        """Which conditions of the reach were not met at the plateau of a movement: none of them
        where the top was touched too briefly."""
        plateau = movement.plateau()
        misses = [miss for watch in self["reach"].watches if (miss := _miss(watch, plateau))]
        return Reason("not_reached", misses=tuple(misses))

    def checks(self, movement: Movement) -> Iterator[Check]:
        """Every clause as it was judged on a movement."""
        for level, condition in self._conditions.items():
            for i, watch in enumerate(condition.watches):
                yield _check(level, watch, movement, self._met_s.get((level, i)))


def _miss(watch: Watch, plateau: list[Sample]) -> Miss | None:
    values = np.array([watch.value(sample) for sample in plateau])
    if np.isnan(values).all():
        return None
    typical = float(np.nanmedian(values))
    return None if watch.includes(typical) else Miss(watch.bound, typical)


def _check(level: str, watch: Watch, movement: Movement, met_s: float | None) -> Check:
    seen = [v for s in movement.samples if not math.isnan(v := watch.value(s))]
    best = max(seen, key=watch.inside, default=math.nan)
    return Check(
        level=level,
        text=watch.clause.text,
        bound=watch.bound,
        value=best,
        met=watch.includes(best) if seen else None,
        at_s=met_s,
    )
