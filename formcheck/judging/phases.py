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

import numpy as np

from formcheck.exercises.model import Dose, ExerciseSpec
from formcheck.judging.conditions import (
    Condition,
    SignalBank,
    unseen_joints,
    watches,
)
from formcheck.judging.faults import FaultBook
from formcheck.judging.hold_clock import HoldClock
from formcheck.judging.levels import LevelWatch
from formcheck.judging.outcomes import SHORTEST_TOP_S, Close, Judge
from formcheck.judging.readings import readings
from formcheck.judging.resting import RestPool
from formcheck.judging.start import Lock
from formcheck.judging.turned_away import TurnWatch
from formcheck.judging.visibility import Sight
from formcheck.judging.working_side import WorkingSide, side_rests, side_signals, worked
from formcheck.measuring.camera_view import SIDE_VIEW_SIGNAL
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.movement import Movement
from formcheck.measuring.scene import Scene
from formcheck.measuring.smoothing import Sample, Smoother
from formcheck.records.events import (
    Attempt,
    Discarded,
    Event,
    Found,
    Hold,
    Lost,
    NotJudged,
    Phase,
    PhaseChanged,
    Started,
    Status,
)
from formcheck.records.pose import Pose, Side
from formcheck.records.reasons import Reason, ReasonCode

LEFT_S = 1.0
"""The posture must be lost, or the person turned, for this long to be believed (ours)."""

SETTLED_S, SETTLED_DEG = 1.5, 4.0
"""Still for this long under the level of a partial rep, a person has come to rest anew; "still"
is within so many degrees, or three times the noise (ours)."""


class Bout:
    """Feeds on poses after a lock and tells what happens; `is_over` once the person has left.

    attempts: how many there were before this bout. open_pose: the pose of a cycle that still
    waits for the other.
    """

    def __init__(
        self, spec: ExerciseSpec, dose: Dose, lock: Lock, attempts: int, open_pose: str = ""
    ) -> None:
        self._spec, self._dose, self._lock = spec, dose, lock
        self.bearings = lock.bearings
        self._bank = _bank(spec)
        self._column = self._bank.columns(spec.rep.measure)[0]
        self._smoother, self._poses = Smoother(), deque[Pose]()
        self._pool = RestPool(self._bank)
        self._levels = LevelWatch(spec.rep, self._bank, self._pool)
        self._keep = Condition(watches(spec.start.posture.keep, self._bank))
        self._faults = FaultBook(spec.fault, self._bank, self._pool, self.bearings)
        self._sight, self._clock, self._working = Sight(), HoldClock(), WorkingSide()
        self._turning = TurnWatch(self._bank, self.bearings)
        self._judge = Judge(spec, dose, self._levels)
        self._phase: Phase = "rest"
        self._before_pause: Phase = "rest"
        self._movement: Movement | None = None
        self._best_hold_s = 0.0
        self._top_from_s = self._left_s = math.nan
        self._judged_from_s = -math.inf
        self._closed_s = math.nan
        self._before_leave: Sample | None = None
        self._peak_pose: Pose | None = None
        self._last: Sample | None = None
        self.attempts, self.counted, self.open_pose = attempts, 0, open_pose
        self.is_over = False

    # --- poses in, events out ---------------------------------------------------------------

    def begin(self) -> list[Event]:
        """Learn the rest from the poses of the wait, and tell that judging has begun.

        A timed hold has begun with them.
        """
        waited = []
        for pose in self._lock.poses:
            for sample in self._smooth(pose):
                self._pool.add(sample)
                self._last = sample
                waited.append((sample, self._pose_of(sample)))
        self._bind()
        view, t_s = self.bearings.view, self._lock.t_s
        started = Started(t_s, view, self.bearings.near, *self._pool.told())
        events = [started, *self._faults.at_start(t_s)]
        if self._spec.is_timed and waited:
            self._open(waited[0][0].t_s)
            events += self._go("moving", waited[0][0].t_s)
            events += [e for sample, pose in waited for e in self._advance(sample, pose)]
        return events

    def update(self, pose: Pose) -> list[Event]:
        """Take the next pose."""
        return [e for sample in self._smooth(pose) for e in self._step(sample)]

    def finish(self, why: ReasonCode = "recording_ended") -> list[Event]:
        """Nothing more comes of this set: what is open is closed without a judgement."""
        events = [e for sample in self._smoother.finish() for e in self._step(sample)]
        if self._last:
            events += self._abandon(self._last.t_s, Reason(why))
        return events

    def _smooth(self, pose: Pose) -> list[Sample]:
        self._poses.append(pose)
        # At rest no side has risen, and noise alone would tell them apart.
        rests = side_rests(self._spec.works, self._pool) if self._movement else (0.0, 0.0)
        values = self._bank.read(self._working.follow(pose, self.bearings, rests))
        return self._smoother.add(pose.t_s, values)

    def _step(self, sample: Sample) -> list[Event]:
        if self.is_over:
            return []
        pose = self._pose_of(sample)
        events = self._look(sample, pose)
        if math.isnan(self._sight.unseen_s):
            events += self._keep_on(sample, pose)
        self._last = sample
        return events

    def _pose_of(self, sample: Sample) -> Pose:
        while self._poses[0].t_s < sample.t_s:
            self._poses.popleft()
        return self._poses[0]

    def _bind(self) -> None:
        self._levels.bind()
        self._faults.bind()
        for watch in self._keep.watches:
            watch.bind(self._pool.rest, lambda _: 0.0)

    def _go(self, phase: Phase, t_s: float) -> list[Event]:
        if phase == self._phase:
            return []
        self._phase = phase
        return [PhaseChanged(t_s, phase)]

    # --- being seen, and staying in the posture ---------------------------------------------

    def _look(self, sample: Sample, pose: Pose) -> list[Event]:
        t_s = sample.t_s
        is_seen = not math.isnan(sample.values[self._column])
        was_unseen = not math.isnan(self._sight.unseen_s)
        seen = self._sight.look(t_s, is_seen=is_seen)
        if was_unseen and is_seen:
            self._judged_from_s = t_s
        if seen in ("blinking", "lost", "given_up"):
            self._clock.lose(self._sight.unseen_s)
        match seen:
            case "found":
                return [Found(t_s), *self._go(self._before_pause, t_s)]
            case "lost":
                self._before_pause = self._phase
                return [Lost(t_s, self._unseen(pose)), *self._go("paused", t_s)]
            case "given_up":
                why = Reason("unseen", joints=self._unseen(pose))
                return self._leave(t_s, self._sight.unseen_s, why)
        return []

    def _unseen(self, pose: Pose) -> tuple[str, ...]:
        """The joints that are missing; none are named where the whole person is."""
        return (
            () if not pose.is_seen else unseen_joints([self._spec.rep.measure], pose, self.bearings)
        )

    def _keep_on(self, sample: Sample, pose: Pose) -> list[Event]:
        """Go on as long as the posture is kept; a moment out of it is passed over."""
        if self._keep.follow(sample) is not False:
            if not math.isnan(self._left_s):
                self._judged_from_s = self._keep.changed_s
            self._left_s = math.nan
            return self._advance(sample, pose)
        if math.isnan(self._left_s):
            self._left_s = self._keep.changed_s
            self._clock.lose(self._left_s)
        if sample.t_s - self._left_s < LEFT_S:
            return []
        return self._leave(sample.t_s, self._left_s, Reason("posture_left"))

    def _turned(self, sample: Sample, pose: Pose) -> list[Event]:
        """Whether the person at rest has turned: what was learnt at the start no longer holds."""
        if self._turning.follow(sample, pose) < LEFT_S:
            return []
        since_s = self._turning.since_s
        why = Reason("turned")
        told = NotJudged(sample.t_s, "rest", why, since_s=since_s)
        return [told, *self._leave(sample.t_s, since_s, why)]

    def _leave(self, t_s: float, since_s: float, why: Reason | None) -> list[Event]:
        self.is_over = True
        return [*self._abandon(since_s, why), *self._go("searching", t_s)]

    def _abandon(self, t_s: float, why: Reason | None) -> list[Event]:
        """Close what is open: a rep without a judgement, a timed hold with the time it has."""
        if self._movement is None:
            return []
        return self._close(self._movement, Close(t_s, None if self._spec.is_timed else why))

    # --- the phases -------------------------------------------------------------------------

    def _advance(self, sample: Sample, pose: Pose) -> list[Event]:
        self._levels.follow(sample)
        movement = self._movement
        if movement is None:
            return self._turned(sample, pose) or self._rest(sample)
        movement.add(sample)
        if movement.peak is sample:
            self._peak_pose = pose
        self._levels.note(movement)
        is_at_top = self._phase == "top"
        events = self._top() if is_at_top else self._off_top(sample, movement)
        if self._movement is not None and self._judge.is_plain(movement):
            for fault, finding in self._faults.follow(self._phase, sample):
                number, side = self.attempts + 1, self._sure_side()
                events.append(fault.event(finding, attempt=number, side=side))
        return events

    def _rest(self, sample: Sample) -> list[Event]:
        leave = self._levels["leave"]
        if not leave.met:
            self._before_leave = sample
            if self._pool.add(sample):
                self._bind()
            return []
        self._pool.leave()
        start_s = self._since(leave.changed_s)
        movement = self._open(start_s)
        # A fast rise is far on its way at the first sample beyond the level; it is dated from here.
        if self._before_leave is not None:
            movement.add(self._before_leave)
        self._before_leave = None
        movement.add(sample)
        self._levels.note(movement)
        return self._go("moving", start_s)

    def _open(self, start_s: float) -> Movement:
        """A new attempt; all of a timed hold is worth judging."""
        least_way = -math.inf if self._spec.is_timed else self._levels.way("partial")
        self._movement = Movement(
            start_s=start_s,
            rested_s=start_s - self._closed_s,
            column=self._column,
            sign=self._levels.sign,
            rest=self._pool.rest(self._spec.rep.measure),
            partial_way=least_way,
        )
        self._best_hold_s = 0.0
        self._turning.begin()
        self._levels.begin()
        self._faults.begin()
        return self._movement

    def _top(self) -> list[Event]:
        good, since_s = self._levels.form()
        if good:
            self._clock.gain(max(self._since(since_s), self._top_from_s))
            return []
        since_s = self._since(since_s)
        self._clock.lose(since_s)
        if good is None:
            return []
        self._end_top(since_s)
        return self._go("falling", since_s)

    def _since(self, crossing_s: float) -> float:
        """When a crossing is dated: not before sight was regained, for then it was not seen."""
        return max(crossing_s, self._judged_from_s)

    def _end_top(self, t_s: float) -> None:
        if self._movement and not math.isnan(self._top_from_s):
            self._movement.tops.append((self._top_from_s, t_s))
            self._top_from_s = math.nan

    def _off_top(self, sample: Sample, movement: Movement) -> list[Event]:
        events = self._end_hold(sample.t_s) if self._clock.has_ended(sample.t_s) else []
        reach, back = self._levels["reach"], self._levels["back"]
        if reach.met and self._levels.form()[0]:
            self._top_from_s = self._since(max(reach.changed_s, self._levels.form()[1]))
            self._clock.gain(self._top_from_s)
            return [*events, *self._go("top", self._top_from_s)]
        if self._spec.is_timed and events:
            return [*events, *self._leave(sample.t_s, sample.t_s, None)]
        if self._spec.is_timed:
            return []
        if back.met:
            return [*events, *self._close(movement, Close(self._since(back.changed_s)))]
        if settled := self._settled(sample, movement):
            self._pool.restart(settled)
            return [*events, *self._close(movement, Close(sample.t_s))]
        return events

    def _settled(self, sample: Sample, movement: Movement) -> list[Sample]:
        """The last samples, if they show a person at rest lower than any partial rep."""
        if sample.t_s - movement.start_s < SETTLED_S:
            return []
        recent = [s for s in movement.samples if sample.t_s - s.t_s <= SETTLED_S]
        ways = np.array([movement.way(s) for s in recent])
        noise = self._pool.noise(self._spec.rep.measure)
        is_low = len(recent) > 2 and float(np.median(ways)) < self._levels.way("partial")
        return recent if is_low and np.ptp(ways) <= max(SETTLED_DEG, 3 * noise) else []

    # --- closing an attempt -----------------------------------------------------------------

    def _end_hold(self, t_s: float) -> list[Event]:
        start_s, lost_s = self._clock.start_s, self._clock.lost_s
        seconds = self._clock.stop(t_s)
        if seconds < SHORTEST_TOP_S:
            return []
        self._best_hold_s = max(self._best_hold_s, seconds)
        end_s = t_s if math.isnan(lost_s) else lost_s
        return [Hold(end_s, start_s, seconds, self.attempts + 1, self._sure_side())]

    def _close(self, movement: Movement, close: Close) -> list[Event]:
        self._end_top(close.t_s)
        events = self._end_hold(close.t_s)
        events += (
            self._judged(movement, close)
            if self._is_attempt(movement, close)
            else [self._discarded(movement, close)]
        )
        self._movement, self._peak_pose = None, None
        self._closed_s = close.t_s
        self._bind()
        return [*events, *self._go("rest", close.t_s)]

    def _judged(self, movement: Movement, close: Close) -> list[Event]:
        self.attempts += 1
        attempt = self._attempt(movement, close)
        self.counted += attempt.counts
        if attempt.pose and attempt.is_reached:
            self.open_pose = "" if attempt.completes else attempt.pose
        if attempt.outcome == "not_judged":
            return [attempt]
        faults = self._faults.conclude(
            movement, self._peak_pose, attempt=attempt.number, side=self._sure_side(),
            taken=attempt.pose,
        )  # fmt: skip
        return [*faults, attempt]

    def _is_attempt(self, movement: Movement, close: Close) -> bool:
        if close.not_judged or self._spec.is_timed:
            has_reached = self._judge.has_reached(movement, self._best_hold_s)
            return has_reached or self._faults.have_told
        return self._judge.is_plain(movement)

    def _discarded(self, movement: Movement, close: Close) -> Discarded:
        reason = close.not_judged or Reason("too_small")
        return Discarded(close.t_s, movement.start_s, movement.peak_value, reason)

    def _attempt(self, movement: Movement, close: Close) -> Attempt:
        judge, held_s = self._judge, self._best_hold_s
        outcome, reason = judge.outcome(movement, close, held_s)
        pose = judge.pose_name(movement)
        side, is_assumed = self._side()
        return Attempt(
            t_s=close.t_s,
            number=self.attempts,
            outcome=outcome,
            reason=reason,
            start_s=movement.start_s,
            top_s=movement.decisive_s(),
            hold_s=held_s,
            hold_asked_s=judge.asked_s(movement),
            peak=movement.peak_value,
            unit=REGISTRY[self._spec.rep.measure.name].unit,
            side=side,
            side_assumed=is_assumed,
            checks=tuple(judge.checks(movement, held_s)),
            pose=pose,
            completes=not pose or self.open_pose not in ("", pose),
        )

    def _side(self) -> tuple[Side | None, bool]:
        if self._movement is None:
            return None, False
        return worked(self._spec, self._bank, self._movement.plateau(), self.bearings.near)

    def _sure_side(self) -> Side | None:
        """The working side where it is more than assumed."""
        side, is_assumed = self._side()
        return None if is_assumed else side

    # --- status -----------------------------------------------------------------------------

    def status(self, pose: Pose) -> Status:
        """How matters stand; the readings are drawn on this pose."""
        last, watches = self._last, self._levels["reach"].watches
        scene = Scene(pose, self.bearings, self._working.which)
        t_s = last.t_s if last else pose.t_s
        return Status(
            t_s=t_s,
            phase=self._phase,
            counted=self.counted,
            attempts=self.attempts,
            side=self._side()[0],
            hold_s=self._clock.seconds(t_s),
            hold_asked_s=self._judge.asked_s(self._movement),
            primary=float(last.values[self._column]) if last else math.nan,
            levels=self._levels.drawn(),
            readings=tuple(readings(watches, scene, judged=self._phase == "top")),
            floor_deg=-self.bearings.floor_deg,
        )


def _bank(spec: ExerciseSpec) -> SignalBank:
    """All that the judging of an exercise reads."""
    measured = [signal for signal in spec.signals() if signal.name in REGISTRY]
    keep = [clause.signal for clause in spec.start.posture.keep]
    return SignalBank([*measured, *keep, SIDE_VIEW_SIGNAL, *side_signals(spec)])
