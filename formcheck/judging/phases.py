"""The phases of an attempt, with the four levels that part them (design.md, law 5):

            leave           reach            fall            back
    rest ----------> moving -------> top -----------> falling ------> rest
                        ^              `-- reach again --'  |
                        `------------- back ----------------'

Whoever is out of sight for long is `paused`, and whoever has left is being waited for anew
(`searching`).
"""

from __future__ import annotations

import numpy as np

from formcheck.judging.attempt import AttemptBook, OpenAttempt
from formcheck.judging.bound_exercise import BoundExercise
from formcheck.judging.outcomes import Close
from formcheck.judging.presence import Presence
from formcheck.measuring.movement import Movement
from formcheck.measuring.smoothing import Sample
from formcheck.records.events import Event, Phase, PhaseChanged
from formcheck.records.pose import Pose
from formcheck.records.reasons import Reason

SETTLED_S, SETTLED_DEG = 1.5, 4.0
"""Still for this long under the level of a partial rep, a person has come to rest anew; "still"
is within so many degrees, or three times the noise (ours)."""


class Phases:
    """Goes from phase to phase by the levels, and opens and closes the attempts of the book.

    may_join: whether a timed hold may have begun before the first sample.
    """

    def __init__(self, exercise: BoundExercise, book: AttemptBook, presence: Presence) -> None:
        self._exercise, self._book, self._presence = exercise, book, presence
        self._spec, self._levels, self._pool = exercise.spec, exercise.levels, exercise.pool
        self.now: Phase = "rest"
        self._before_pause: Phase = "rest"
        self._before_leave: Sample | None = None
        self.may_join = False

    def _go(self, phase: Phase, t_s: float) -> list[Event]:
        if phase == self.now:
            return []
        self.now = phase
        return [PhaseChanged(t_s, phase)]

    # --- whatever the levels say ------------------------------------------------------------

    def set_off(self, start_s: float, *, start_seen: bool = True) -> list[Event]:
        """An attempt is under way since start_s, or since before it."""
        self._book.open(start_s, start_seen=start_seen)
        return self._go("moving", start_s)

    def pause(self, t_s: float) -> list[Event]:
        """The person is out of sight."""
        self._before_pause = self.now
        return self._go("paused", t_s)

    def resume(self, t_s: float) -> list[Event]:
        """The person is back in sight."""
        return self._go(self._before_pause, t_s)

    def leave(self, t_s: float, since_s: float, why: Reason | None) -> list[Event]:
        """The person has left the posture, or is lost: what is open closes."""
        return [*self.abandon(since_s, why), *self._go("searching", t_s)]

    def abandon(self, t_s: float, why: Reason | None) -> list[Event]:
        """Close what is open: a rep without a judgement, a timed hold with the time it has."""
        if self._book.current is None:
            return []
        return self._close(self._book.current, Close(t_s, None if self._spec.is_timed else why))

    def _close(self, attempt: OpenAttempt, close: Close) -> list[Event]:
        events = self._book.close(attempt, close)
        self._exercise.bind()
        return [*events, *self._go("rest", close.t_s)]

    # --- by the levels ----------------------------------------------------------------------

    def follow(self, sample: Sample, pose: Pose) -> list[Event]:
        """Take the next sample of a person in sight and in the posture."""
        self._levels.follow(sample)
        attempt = self._book.current
        if attempt is None:
            return self._rest(sample)
        attempt.add(sample, pose)
        is_at_top = self.now == "top"
        events = self._top(attempt) if is_at_top else self._off_top(attempt, sample)
        return [*events, *self._book.faults(self.now, sample)]

    def _rest(self, sample: Sample) -> list[Event]:
        leave = self._levels["leave"]
        if not leave.met:
            self._before_leave, self.may_join = sample, False
            if self._pool.add(sample):
                self._exercise.bind()
            return []
        self._pool.leave()
        start_s = self._presence.dated_s(leave.changed_s)
        is_joined, self.may_join = self.may_join, False
        attempt = self._book.open(start_s, start_seen=not is_joined)
        # A fast rise is far on its way at the first sample beyond the level; it is dated from here.
        if self._before_leave is not None:
            attempt.add(self._before_leave)
        self._before_leave = None
        attempt.add(sample)
        return self._go("moving", start_s)

    def _top(self, attempt: OpenAttempt) -> list[Event]:
        good, since_s = self._levels.form()
        since_s = self._presence.dated_s(since_s)
        if good:
            attempt.stay_at_top(since_s)
            return []
        attempt.clock.lose(since_s)
        if good is None:
            return []
        attempt.end_top(since_s)
        return self._go("falling", since_s)

    def _off_top(self, attempt: OpenAttempt, sample: Sample) -> list[Event]:
        t_s = sample.t_s
        events = attempt.end_hold(t_s) if attempt.clock.has_ended(t_s) else []
        reach, back = self._levels["reach"], self._levels["back"]
        good, since_s = self._levels.form()
        if reach.met and good:
            top_s = self._presence.dated_s(max(reach.changed_s, since_s))
            attempt.reach_top(top_s)
            return [*events, *self._go("top", top_s)]
        if self._spec.is_timed:
            return [*events, *self.leave(t_s, t_s, None)] if events else []
        if back.met:
            close = Close(self._presence.dated_s(back.changed_s))
            return [*events, *self._close(attempt, close)]
        if settled := self._settled(sample, attempt.movement):
            self._pool.restart(settled)
            return [*events, *self._close(attempt, Close(t_s))]
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
