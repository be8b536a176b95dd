"""Judging form: which faults an attempt shows, at its peak or in their phase.

A fault that must last (`for N s`) is told as soon as it has lasted; one that asks for the
highest, lowest or median value, or for a number of the whole attempt, is told at its end.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from formcheck.exercises.clauses import Clause
from formcheck.exercises.model import FaultRule
from formcheck.judging.conditions import SignalBank, Watch, as_bound, unseen_joints, watches
from formcheck.judging.resting import RestPool
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.movement import ATTEMPT_MEASURES, Movement
from formcheck.measuring.scene import Bearings
from formcheck.measuring.smoothing import Sample
from formcheck.records.events import Event, Fault, NotJudged, Phase
from formcheck.records.pose import Floats, Pose, Side
from formcheck.records.reasons import Reason

LASTING_S = 0.4
"""How long a fault must last that does not say so itself (docs/evidence.md)."""

AGAIN_S = 5.0
"""In a guided exercise, which is one long attempt, a fault is told again if it was over for so long
(ours: a round lasts longer)."""

SEEN_SHARE = 0.5
"""Of which share of the samples a value must be seen for its highest, lowest or median to say
anything: an arm seen low for a moment and then hidden is not one that stayed low (ours)."""

_OVER: dict[str, Callable[[Floats], np.floating[Any]]] = {
    "highest": np.nanmax,
    "lowest": np.nanmin,
    "median": np.nanmedian,
}


_DURING: dict[Phase, tuple[str, ...]] = {
    "moving": ("attempt",),
    "top": ("attempt", "top"),
    "falling": ("attempt", "return"),
}


@dataclass(frozen=True)
class Finding:
    """What judging one rule on one attempt gave: met, the value, when; met None: not seen."""

    met: bool | None
    value: float
    t_s: float


class _Lasting:
    """Waits for one clause to have been met for long enough."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._since_s = math.nan

    def follow(self, sample: Sample) -> Finding | None:
        """Take the next sample; gives the finding while it has lasted."""
        clause, value = self._watch.clause, self._watch.value(sample)
        if not self._watch.includes(value):
            self._since_s = math.nan
            return None
        if math.isnan(self._since_s):
            self._since_s = sample.t_s
        lasting_s = LASTING_S if clause.for_s is None else clause.for_s
        is_long = sample.t_s - self._since_s >= lasting_s
        return Finding(True, value, sample.t_s) if is_long else None


class FaultWatch:
    """One rule followed through the attempts of a set.

    again_s: after how long without it, it is told again in the same attempt.
    """

    def __init__(
        self, rule: FaultRule, watches: tuple[Watch, ...], again_s: float = math.inf
    ) -> None:
        self.rule, self._again_s = rule, again_s
        self.watches = watches
        self.begin()

    def begin(self) -> None:
        """A new attempt: nothing is told yet."""
        self.pause()
        self.is_told, self._found_s = False, -math.inf

    def pause(self) -> None:
        """The phase that is judged is left: what must last begins anew."""
        self._lasting = [_Lasting(w) for w in self.watches if _is_of_instants(w.clause)]

    def at_rest(self, rest: Sample) -> Finding:
        """Judge the start posture."""
        values = [(watch, watch.value(rest)) for watch in self.watches]
        met = [(watch, value) for watch, value in values if _met(watch, value)]
        return Finding(bool(met), (met or values)[0][1], rest.t_s)

    def follow(self, sample: Sample) -> Finding | None:
        """Take a sample of the phase that is judged; gives the fault once it has lasted."""
        if self.is_told and math.isinf(self._again_s):
            return None
        found = [f for lasting in self._lasting if (f := lasting.follow(sample))]
        if not found:
            return None
        over_s, self._found_s = sample.t_s - self._found_s, sample.t_s
        if self.is_told and over_s < self._again_s:
            return None
        self.is_told = True
        return found[0]

    def conclude(self, movement: Movement) -> Finding:
        """Judge the whole attempt at its end."""
        findings = [self._judge(watch, movement) for watch in self.watches]
        met = [f for f in findings if f.met]
        unseen = [f for f in findings if f.met is None]
        return (met or unseen or findings)[0]

    def _judge(self, watch: Watch, movement: Movement) -> Finding:
        clause, samples = watch.clause, self._phase(movement)
        measure = ATTEMPT_MEASURES.get(clause.signal.name)
        if measure is not None:
            value = measure.of(movement)
            return Finding(bool(_met(watch, value)), value, movement.decisive_s())
        values = np.array([watch.value(sample) for sample in samples])
        seen = np.isfinite(values).mean() if len(values) else 0.0
        if not seen or (clause.over and seen < SEEN_SHARE):
            return Finding(None, math.nan, movement.decisive_s())
        if clause.over:
            value = float(_OVER[clause.over](values))
            at = int(np.nanargmin(np.abs(values - value)))
            return Finding(_met(watch, value), value, samples[at].t_s)
        lasting = _Lasting(watch)
        found = (f for sample in samples if (f := lasting.follow(sample)))
        return next(found, Finding(False, math.nan, math.nan))

    def _phase(self, movement: Movement) -> Sequence[Sample]:
        match self.rule.during:
            case "top":
                return movement.plateau()
            case "return":
                return movement.after_top()
        return movement.beyond_partial()

    def event(self, finding: Finding, *, attempt: int | None, side: Side | None) -> Fault:
        """The fault as it is told."""
        rule, clause = self.rule, self.watches[0].clause
        return Fault(
            t_s=finding.t_s,
            id=rule.id,
            severity=rule.severity,
            cue=rule.cue,
            attempt=attempt,
            side=side,
            value=finding.value,
            unit=clause.unit,
            rule=" or ".join(watch.clause.text for watch in self.watches),
            bounds=tuple(as_bound(watch.clause) for watch in self.watches),
            source=rule.rule,
        )


def _met(watch: Watch, value: float) -> bool | None:
    return None if math.isnan(value) else watch.includes(value)


def _is_of_instants(clause: Clause) -> bool:
    return not clause.over and clause.signal.name not in ATTEMPT_MEASURES


class FaultBook:
    """All rules of an exercise that this view can show, judged attempt by attempt."""

    def __init__(
        self, rules: Sequence[FaultRule], bank: SignalBank, pool: RestPool, bearings: Bearings,
        *, again_s: float = math.inf,
    ) -> None:  # fmt: skip
        self._pool, self._bearings = pool, bearings
        self._faults = [
            FaultWatch(rule, watches(rule.when, bank), again_s)
            for rule in rules
            if bearings.view in rule.views
        ]

    def bind(self) -> None:
        """Put in what the pool has learnt of the rest."""
        for fault in self._faults:
            for watch in fault.watches:
                watch.bind(self._pool.rest, lambda _: 0.0)

    def at_start(self, t_s: float) -> Iterator[Event]:
        """The faults of the start posture."""
        self.bind()
        rest = self._pool.middle(t_s)
        findings = [(f, f.at_rest(rest)) for f in self._faults if f.rule.during == "start"]
        told = {fault.rule.id for fault, finding in findings if finding.met}
        for fault, finding in findings:
            if finding.met and not told.intersection(fault.rule.unless):
                yield fault.event(finding, attempt=None, side=None)

    @property
    def have_told(self) -> bool:
        """Whether any fault of the attempt at hand has been told already."""
        return any(fault.is_told for fault in self._faults)

    def begin(self) -> None:
        """A new attempt."""
        for fault in self._faults:
            fault.begin()

    def follow(self, phase: Phase, sample: Sample) -> Iterator[tuple[FaultWatch, Finding]]:
        """Take a sample of an attempt; gives the faults that have lasted long enough."""
        for fault in self._faults:
            waits = fault.rule.pose or fault.rule.unless
            if waits or fault.rule.during not in _DURING.get(phase, ()):
                fault.pause()
            elif finding := fault.follow(sample):
                yield fault, finding

    def conclude(
        self, movement: Movement, pose: Pose | None, *, attempt: int, side: Side | None, taken: str
    ) -> list[Event]:
        """Judge a whole attempt at its end: what was not told yet, and what was not seen.

        pose: at the peak, to name the joints that were not seen. taken: of a cycle, the pose that
        was taken; the rules of the other are left out.
        """
        findings = [
            (fault, fault.conclude(movement))
            for fault in self._faults
            if fault.rule.during != "start" and not fault.is_told
            if fault.rule.pose in ("", taken)
        ]
        told = {fault.rule.id for fault in self._faults if fault.is_told}
        told |= {fault.rule.id for fault, finding in findings if finding.met}
        events: list[Event] = [
            fault.event(finding, attempt=attempt, side=side)
            for fault, finding in findings
            if finding.met and not told.intersection(fault.rule.unless)
        ]
        unseen: dict[Reason, list[str]] = {}
        for fault, finding in findings:
            if finding.met is None:
                unseen.setdefault(self._why_unseen(fault, pose), []).append(fault.rule.id)
        t_s = movement.decisive_s()
        return events + [
            NotJudged(t_s, ", ".join(ids), why, attempt) for why, ids in unseen.items()
        ]

    def _why_unseen(self, fault: FaultWatch, pose: Pose | None) -> Reason:
        signals = [watch.clause.signal for watch in fault.watches]
        if any(REGISTRY[s.name].needs_outline for s in signals):
            return Reason("no_outline")
        joints = unseen_joints(signals, pose, self._bearings) if pose else ()
        return Reason("unseen", joints=joints) if joints else Reason("seen_too_briefly")
