"""One bout: from the lock of the start posture until the person leaves it or is lost.

The phases of an attempt, with the four levels that part them (design.md, law 5):

            leave           reach            fall            back
    rest ----------> moving -------> top -----------> falling ------> rest
                        ^              `-- reach again --'  |
                        `------------- back ----------------'
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from formcheck.attempts import Movement
from formcheck.body import Scene
from formcheck.clauses import Clause, Signal
from formcheck.conditions import Condition, SignalBank, Watch, read_signal, side_of, unseen_joints
from formcheck.events import (
    Attempt,
    Check,
    Discarded,
    Event,
    Found,
    Hold,
    Lost,
    NotJudged,
    Outcome,
    Phase,
    PhaseChanged,
    Reading,
    Started,
    Status,
)
from formcheck.faults import FaultWatch
from formcheck.holds import HoldClock
from formcheck.measurements import REGISTRY
from formcheck.pose import Pose, Side, other_side
from formcheck.rest import RestPool
from formcheck.smoothing import Sample, Smoother
from formcheck.spec import Dose, ExerciseSpec
from formcheck.start import Lock

SHORTEST_TOP_S, PLAIN_TOP_S, TOP_SHARE = 0.15, 0.5, 0.25
"""A top is reached if it lasts so long in all that noise cannot have brushed it: half a second,
or the shortest time together with this share of what was spent beyond half the way (ours)."""

SHORTEST_ATTEMPT_S = 0.35
"""What is beyond the level of a partial rep for less than this is noise: nobody moves so fast."""

FULL_SHARE = 0.8
"""A rep is full if this share of the asked hold was held (design.md, law 5)."""

PAUSED_S, GIVEN_UP_S = 0.7, 3.0
"""Unseen for this long, an attempt pauses; for this long, it closes (design.md, law 7)."""

LEFT_S = 1.0
"""The posture must be lost for this long before the person is taken to have left it (ours)."""

SETTLED_S = 1.5
"""Still for this long under the level of a partial rep, a person has come to rest anew (ours)."""

SETTLED_DEG = 4.0
"""And "still" is within this, or three times the noise (ours)."""

LEVELS = ("leave", "reach", "hold", "fall", "back", "partial")

NOISES = {"leave": 4.0, "partial": 4.5, "back": 2.5}
"""A level measured from rest lies at least this many times the resting noise away (ours: with
normal noise, one crossing by chance in some ten thousand samples)."""

FARTHEST = {"leave": 0.45, "partial": 0.5, "back": 0.3}
"""But however noisy, at most this share of the way to the reach (ours)."""

_SIDE_SIGNALS = (Signal("raised_leg_side", ""), Signal("raised_arm_side", ""))


@dataclass(frozen=True)
class Close:
    """How an attempt ended: when, and, unless it was judged, why not."""

    t_s: float
    not_judged: str = ""


class Bout:
    """Feeds on poses after a lock and tells what happens; `is_over` once the person has left."""

    def __init__(self, spec: ExerciseSpec, dose: Dose, lock: Lock, attempts: int) -> None:
        self._spec, self._dose = spec, dose
        self.bearings = lock.bearings
        keep = spec.start.posture.keep
        sides = _SIDE_SIGNALS if spec.sides == "alternating" else ()
        measured = [s for s in spec.signals() if s.name in REGISTRY]
        self._bank = SignalBank([*measured, *(c.signal for c in keep), *sides])
        self._smoother, self._poses = Smoother(), deque[Pose]()
        self._column = self._bank.columns(spec.rep.measure)[0]
        self._levels = {
            level: Condition(self._watches(getattr(spec.rep, level)), any_one=level == "fall")
            for level in LEVELS
        }
        self._keep = Condition(self._watches(keep))
        self._faults = [FaultWatch(rule, self._watches(rule.when)) for rule in spec.fault]
        self._pool = RestPool(self._bank)
        self._phase: Phase = "rest"
        self._before_pause: Phase = "rest"
        self._movement: Movement | None = None
        self._clock, self._best_hold_s = HoldClock(), 0.0
        self._top_from_s = self._unseen_s = self._left_s = math.nan
        self._was_partial = self._is_counted = self._is_lost_told = False
        self._first_met_s: dict[int, float] = {}
        self._peak_pose: Pose | None = None
        self._last: Sample | None = None
        self.attempts, self.counted = attempts, 0
        self.is_over = False
        for fault in self._faults:
            for watch in fault.watches:
                watch.bind(self._pool.rest, lambda _: 0.0)
        self._lock = lock

    def _watches(self, clauses: Sequence[Clause]) -> tuple[Watch, ...]:
        return tuple(
            Watch(c, self._bank.columns(c.signal) if c.signal.name in REGISTRY else ())
            for c in clauses
        )

    # --- poses in, events out ---------------------------------------------------------------

    def begin(self) -> list[Event]:
        """Learn the rest from the poses of the wait, and tell that judging has begun."""
        for pose in self._lock.poses:
            for sample in self._smooth(pose):
                self._pool.add(sample)
                self._last = sample
        self._bind()
        view, t_s = self.bearings.view, self._lock.t_s
        started = Started(t_s, view, self.bearings.near, *self._pool.told())
        return [started, *self._start_faults(t_s)]

    def update(self, pose: Pose) -> list[Event]:
        """Take the next pose."""
        return [e for sample in self._smooth(pose) for e in self._step(sample)]

    def _smooth(self, pose: Pose) -> list[Sample]:
        self._poses.append(pose)
        values = self._bank.read(Scene(pose, self.bearings))
        return self._smoother.add(pose.t_s, values)

    def finish(self) -> list[Event]:
        """The recording ends: what is open is closed without a judgement."""
        events = [e for sample in self._smoother.finish() for e in self._step(sample)]
        if self._movement and self._last:
            events += self._close(Close(self._last.t_s, "the recording ends before the return"))
        return events

    def _pose_of(self, sample: Sample) -> Pose:
        while self._poses[0].t_s < sample.t_s:
            self._poses.popleft()
        return self._poses[0]

    def _step(self, sample: Sample) -> list[Event]:
        if self.is_over:
            return []
        pose = self._pose_of(sample)
        events = self._look(sample, pose)
        if math.isnan(self._unseen_s) and not self.is_over:
            events += self._leave_or_go_on(sample, pose)
        self._last = sample
        return events

    # --- being seen -------------------------------------------------------------------------

    def _look(self, sample: Sample, pose: Pose) -> list[Event]:
        """Keep account of how long the primary measure has not been seen."""
        gap_s = sample.t_s - self._last.t_s if self._last else 0.0
        if not math.isnan(sample.values[self._column]) and gap_s < PAUSED_S:
            return self._seen_again(sample.t_s)
        if math.isnan(self._unseen_s):
            self._unseen_s = sample.t_s if gap_s < PAUSED_S else sample.t_s - gap_s
            self._clock.lose(self._unseen_s)
        unseen_s = sample.t_s - self._unseen_s
        if unseen_s >= GIVEN_UP_S:
            return self._give_up(sample.t_s, pose)
        if unseen_s >= PAUSED_S and not self._is_lost_told:
            self._is_lost_told = True
            self._before_pause = self._phase
            return [Lost(sample.t_s, self._unseen(pose)), *self._go("paused", sample.t_s)]
        return []

    def _seen_again(self, t_s: float) -> list[Event]:
        self._unseen_s = math.nan
        if not self._is_lost_told:
            return []
        self._is_lost_told = False
        return [Found(t_s), *self._go(self._before_pause, t_s)]

    def _give_up(self, t_s: float, pose: Pose) -> list[Event]:
        joints = ", ".join(self._unseen(pose)) or "the person"
        events = (
            self._close(Close(self._unseen_s, f"{joints} not visible")) if self._movement else []
        )
        return [*events, *self._leave(t_s)]

    def _unseen(self, pose: Pose) -> tuple[str, ...]:
        return unseen_joints([self._spec.rep.measure], pose, self.bearings)

    # --- staying in the posture -------------------------------------------------------------

    def _leave_or_go_on(self, sample: Sample, pose: Pose) -> list[Event]:
        if self._keep.follow(sample) is not False:
            self._left_s = math.nan
            return self._advance(sample, pose)
        if math.isnan(self._left_s):
            self._left_s = self._keep.changed_s
            self._clock.lose(self._left_s)
        if sample.t_s - self._left_s < LEFT_S:
            return []
        close = Close(self._left_s, "the exercise position was left before the return")
        events = self._close(close) if self._movement else []
        return [*events, *self._leave(sample.t_s)]

    def _leave(self, t_s: float) -> list[Event]:
        self.is_over = True
        return self._go("searching", t_s)

    def _go(self, phase: Phase, t_s: float) -> list[Event]:
        if phase == self._phase:
            return []
        self._phase = phase
        return [PhaseChanged(t_s, phase)]

    # --- the phases -------------------------------------------------------------------------

    def _advance(self, sample: Sample, pose: Pose) -> list[Event]:
        for condition in self._levels.values():
            condition.follow(sample)
        if self._movement is None:
            return self._rest(sample)
        self._movement.add(sample)
        if self._movement.peak is sample:
            self._peak_pose = pose
        self._note_first_met()
        events = self._top(sample) if self._phase == "top" else self._off_top(sample)
        if self._movement is not None:
            events += self._follow_faults(sample)
        return events

    def _rest(self, sample: Sample) -> list[Event]:
        leave = self._levels["leave"]
        if not leave.met:
            if self._pool.add(sample):
                self._bind()
            return []
        self._pool.leave()
        sign = 1 if leave.watches[0].clause.wants_more else -1
        rest = self._pool.rest(self._spec.rep.measure)
        reach = self._levels["reach"].watches
        self._movement = Movement(
            leave.changed_s, self._column, sign, rest, [math.nan] * len(reach)
        )
        self._movement.add(sample)
        self._first_met_s = {}
        self._note_first_met()
        self._best_hold_s, self._was_partial = 0.0, False
        for fault in self._faults:
            fault.begin()
        return self._go("moving", leave.changed_s)

    def _note_first_met(self) -> None:
        for condition in self._levels.values():
            for watch in condition.watches:
                if watch.met:
                    self._first_met_s.setdefault(id(watch), watch.changed_s)
        self._was_partial |= bool(self._levels["partial"].met)
        if self._movement:
            reach = self._levels["reach"].watches
            self._movement.first_met_s = [
                self._first_met_s.get(id(watch), math.nan) for watch in reach
            ]

    def _form(self) -> tuple[bool | None, float]:
        """Whether the hold condition is met (None: cannot be told), and since when."""
        fall, hold = self._levels["fall"], self._levels["hold"]
        if fall.met or (hold.watches and hold.met is False):
            return False, fall.changed_s if fall.met else hold.changed_s
        if fall.met is None or (hold.watches and hold.met is None):
            return None, fall.changed_s
        return True, max(fall.changed_s, hold.changed_s if hold.watches else -math.inf)

    def _top(self, sample: Sample) -> list[Event]:
        good, since_s = self._form()
        if good:
            self._clock.gain(max(since_s, self._top_from_s))
            return []
        self._clock.lose(since_s)
        if good is None:
            return []
        self._end_top(since_s)
        return self._go("falling", since_s)

    def _end_top(self, t_s: float) -> None:
        if self._movement and not math.isnan(self._top_from_s):
            self._movement.tops.append((self._top_from_s, t_s))
            self._top_from_s = math.nan

    def _off_top(self, sample: Sample) -> list[Event]:
        events = self._end_hold(sample.t_s) if self._clock.has_ended(sample.t_s) else []
        reach, back = self._levels["reach"], self._levels["back"]
        if reach.met and self._form()[0]:
            self._top_from_s = reach.changed_s
            self._was_partial = True
            self._clock.gain(reach.changed_s)
            return [*events, *self._go("top", reach.changed_s)]
        if back.met:
            return [*events, *self._close(Close(back.changed_s))]
        if settled := self._settled(sample):
            self._pool.restart(settled)
            return [*events, *self._close(Close(sample.t_s))]
        return events

    def _settled(self, sample: Sample) -> list[Sample]:
        """The last samples, if they show a person at rest lower than any partial rep."""
        movement = self._movement
        if movement is None or sample.t_s - movement.start_s < SETTLED_S:
            return []
        recent = [s for s in movement.samples if sample.t_s - s.t_s <= SETTLED_S]
        ways = np.array([movement.way(s) for s in recent])
        noise = self._pool.noise(self._spec.rep.measure)
        is_low = len(recent) > 2 and float(np.median(ways)) < self._way("partial")
        return recent if is_low and np.ptp(ways) <= max(SETTLED_DEG, 3 * noise) else []

    # --- faults -----------------------------------------------------------------------------

    def _start_faults(self, t_s: float) -> list[Event]:
        rest = self._pool.middle(t_s)
        found: list[Event] = []
        for fault in self._judged_here():
            if fault.rule.during == "start" and (finding := fault.at_rest(rest)).met:
                found.append(fault.event(finding, attempt=None, side=None))
        return found

    def _judged_here(self) -> Iterator[FaultWatch]:
        return (f for f in self._faults if self.bearings.view in f.rule.views)

    def _follow_faults(self, sample: Sample) -> list[Event]:
        during = {
            "moving": ("attempt",),
            "top": ("attempt", "top"),
            "falling": ("attempt", "return"),
        }
        now = during.get(self._phase, ()) if self._was_partial else ()
        events: list[Event] = []
        for fault in self._judged_here():
            if fault.rule.during not in now:
                fault.pause()
            elif finding := fault.follow(sample):
                events.append(fault.event(finding, attempt=self.attempts + 1, side=self._side()[0]))
        return events

    def _conclude_faults(self, movement: Movement) -> list[Event]:
        number, side = self.attempts, self._side()[0]
        events: list[Event] = []
        unseen: dict[str, list[str]] = {}
        for fault in self._judged_here():
            if fault.rule.during == "start" or fault.is_told:
                continue
            finding = fault.conclude(movement)
            if finding.met:
                events.append(fault.event(finding, attempt=number, side=side))
            elif finding.met is None:
                unseen.setdefault(self._why_unseen(fault), []).append(fault.rule.id)
        t_s = movement.decisive_s()
        return events + [NotJudged(t_s, ", ".join(ids), why, number) for why, ids in unseen.items()]

    def _why_unseen(self, fault: FaultWatch) -> str:
        signals = [watch.clause.signal for watch in fault.watches]
        pose = self._peak_pose
        if any(REGISTRY[s.name].needs_outline for s in signals):
            return "no silhouette recorded"
        joints = unseen_joints(signals, pose, self.bearings) if pose else ()
        return f"{', '.join(joints)} not visible" if joints else "not visible for long enough"

    # --- closing an attempt -----------------------------------------------------------------

    def _end_hold(self, t_s: float) -> list[Event]:
        start_s, lost_s = self._clock.start_s, self._clock.lost_s
        seconds = self._clock.stop(t_s)
        if seconds < SHORTEST_TOP_S:
            return []
        self._best_hold_s = max(self._best_hold_s, seconds)
        end_s = t_s if math.isnan(lost_s) else lost_s
        return [Hold(end_s, start_s, seconds, self.attempts + 1, self._side()[0])]

    def _close(self, close: Close) -> list[Event]:
        movement = self._movement
        assert movement is not None
        self._end_top(close.t_s)
        events = self._end_hold(close.t_s)
        if not self._is_attempt(movement, close):
            events += [self._discarded(movement, close)]
        else:
            self.attempts += 1
            attempt = self._attempt(movement, close)
            self.counted += attempt.counts
            judged = attempt.outcome != "not_judged"
            events += self._conclude_faults(movement) if judged else []
            events.append(attempt)
        self._movement, self._peak_pose = None, None
        self._bind()
        return [*events, *self._go("rest", close.t_s)]

    def _is_attempt(self, movement: Movement, close: Close) -> bool:
        if close.not_judged:
            return self._reached(movement)
        return self._was_partial and movement.beyond_s(self._way("partial")) >= SHORTEST_ATTEMPT_S

    def _reached(self, movement: Movement) -> bool:
        far_s = movement.beyond_s(self._way("reach") / 2)
        least_s = max(SHORTEST_TOP_S, min(PLAIN_TOP_S, TOP_SHARE * far_s))
        return movement.top_s >= least_s

    def _way(self, level: str) -> float:
        """How far from rest a level of the primary measure lies."""
        limit = self._drawn_levels()[level]
        return abs(limit - self._pool.rest(self._spec.rep.measure))

    def _discarded(self, movement: Movement, close: Close) -> Discarded:
        reason = close.not_judged or "a movement too small to be an attempt"
        return Discarded(close.t_s, movement.start_s, movement.peak_value, reason)

    def _attempt(self, movement: Movement, close: Close) -> Attempt:
        outcome, reason = self._outcome(movement, close)
        side, is_assumed = self._side()
        return Attempt(
            t_s=close.t_s,
            number=self.attempts,
            outcome=outcome,
            reason=reason,
            start_s=movement.start_s,
            top_s=movement.decisive_s(),
            hold_s=self._best_hold_s,
            hold_asked_s=self._dose.hold_s,
            peak=movement.peak_value,
            unit=REGISTRY[self._spec.rep.measure.name].unit,
            side=side,
            side_assumed=is_assumed,
            checks=tuple(self._checks(movement)),
        )

    def _outcome(self, movement: Movement, close: Close) -> tuple[Outcome, str]:
        if close.not_judged:
            return "not_judged", close.not_judged
        if not self._reached(movement):
            return "partial", self._why_partial(movement)
        asked_s = self._dose.hold_s
        if self._best_hold_s < FULL_SHARE * asked_s:
            return "short_hold", f"held {self._best_hold_s:.1f} s of {asked_s:g} s"
        return "full", ""

    def _why_partial(self, movement: Movement) -> str:
        plateau = movement.plateau()
        reasons = []
        for watch in self._levels["reach"].watches:
            values = np.array([watch.value(sample) for sample in plateau])
            if np.isnan(values).all():
                continue
            typical = float(np.nanmedian(values))
            if not watch.low <= typical <= watch.high:
                title = REGISTRY[watch.clause.signal.name].title.lower()
                bound = "above" if watch.clause.wants_more else "below"
                limit = f"{bound} {_short(watch.clause.limit())} {watch.clause.unit}"
                reasons.append(f"{title} {_short(typical)} {watch.clause.unit}, {limit} asked")
        return "; ".join(reasons) or "the top was touched too briefly"

    def _checks(self, movement: Movement) -> Iterator[Check]:
        for level in LEVELS:
            for watch in self._levels[level].watches:
                yield self._check(level, watch, movement)
            if level == "hold" and (asked_s := self._dose.hold_s):
                least_s, held_s = FULL_SHARE * asked_s, self._best_hold_s
                text = f"hold {asked_s:g} s, of which {FULL_SHARE:.0%}"
                yield Check("hold", text, "s", least_s, held_s, held_s >= least_s, None)

    def _check(self, level: str, watch: Watch, movement: Movement) -> Check:
        values = np.array([watch.value(sample) for sample in movement.samples])
        limit = watch.low if math.isfinite(watch.low) else watch.high
        seen = not np.isnan(values).all()
        best = np.nanmax if math.isfinite(watch.low) else np.nanmin
        first_s = self._first_met_s.get(id(watch))
        met = first_s is not None if seen else None
        value = float(best(values)) if seen else math.nan
        return Check(level, watch.clause.text, watch.clause.unit, limit, value, met, first_s)

    def _side(self) -> tuple[Side | None, bool]:
        """The working leg's side, and whether it is only assumed (design.md, law 9).

        The near arm tells it best: the working leg is opposite the raised arm. It is sure only
        where the legs, whose labels swap as they part, agree.
        """
        if self._spec.sides != "alternating" or self._movement is None:
            return None, False
        plateau = self._movement.plateau()
        leg, arm = (
            _typical([float(s.values[self._bank.columns(signal)[0]]) for s in plateau])
            for signal in _SIDE_SIGNALS
        )
        near = self.bearings.near
        if math.isnan(arm):
            return (None if math.isnan(leg) else _side_of(leg, near)), True
        return _side_of(-arm, near), not leg * arm < 0

    # --- levels and status ------------------------------------------------------------------

    def _bind(self) -> None:
        for level in ("reach", *LEVELS):
            for watch in self._levels[level].watches:
                watch.bind(self._pool.rest, partial(self._least, level))
        for watch in (*self._keep.watches, *(w for f in self._faults for w in f.watches)):
            watch.bind(self._pool.rest, lambda _: 0.0)

    def _least(self, level: str, signal: Signal) -> float:
        """The least distance of a level from rest: out of the noise, but short of the reach."""
        if level not in NOISES:
            return 0.0
        least = NOISES[level] * self._pool.noise(signal)
        if signal == self._spec.rep.measure and "reach" in self._drawn_levels():
            least = min(least, FARTHEST[level] * self._way("reach"))
        return least

    def status(self, pose: Pose) -> Status:
        """How matters stand; the readings are drawn on this pose."""
        t_s = self._last.t_s if self._last else pose.t_s
        primary = float(self._last.values[self._column]) if self._last else math.nan
        return Status(
            t_s=t_s,
            phase=self._phase,
            counted=self.counted,
            attempts=self.attempts,
            side=self._side()[0],
            hold_s=self._clock.seconds(t_s),
            hold_asked_s=self._dose.hold_s,
            primary=primary,
            levels=self._drawn_levels(),
            readings=self._readings(pose),
            floor_deg=-self.bearings.floor_deg,
            prompt="",
        )

    def _drawn_levels(self) -> dict[str, float]:
        drawn = {}
        for level in LEVELS:
            for watch in self._levels[level].watches:
                if watch.clause.signal == self._spec.rep.measure:
                    drawn[level] = watch.low if math.isfinite(watch.low) else watch.high
        return drawn

    def _readings(self, pose: Pose) -> tuple[Reading, ...]:
        scene = Scene(pose, self.bearings)
        return tuple(
            reading
            for watch in self._levels["reach"].watches
            if (reading := _reading(watch, scene, judged=self._phase == "top")) is not None
        )


def _reading(watch: Watch, scene: Scene, *, judged: bool) -> Reading | None:
    signal = watch.clause.signal
    found, which = REGISTRY[signal.name], side_of(signal, scene)
    value = read_signal(signal, scene)
    if which is None or math.isnan(value):
        return None
    met = watch.low <= value <= watch.high
    landmarks = found.drawn_landmarks(scene.body(which))
    ok = met if judged or met else None
    return Reading(signal.name, found.title, value, found.unit, found.shape, landmarks, ok)


def _typical(values: Sequence[float]) -> float:
    seen = [value for value in values if not math.isnan(value)]
    return float(np.mean(seen)) if len(seen) * 2 > len(values) else math.nan


def _side_of(sign: float, near: Side) -> Side:
    return near if sign > 0 else other_side(near)


def _short(value: float) -> str:
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.2g}"
