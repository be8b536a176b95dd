"""The attempt under way: what is seen of it, and what it comes to as it closes."""

from __future__ import annotations

import math

from formcheck.exercises.model import Dose
from formcheck.judging.at_start import AtStart
from formcheck.judging.bound_exercise import BoundExercise
from formcheck.judging.footing import Footing
from formcheck.judging.hold_clock import HoldClock
from formcheck.judging.outcomes import SHORTEST_TOP_S, Close, Judge
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.movement import Movement
from formcheck.measuring.smoothing import Sample
from formcheck.records.events import Attempt, Discarded, Event, Hold, NotJudged, Phase
from formcheck.records.pose import Pose, Side
from formcheck.records.reasons import Reason

LANDING_S = 0.3
"""A movement that begins so soon after the feet were in the air is the landing (ours)."""

RETURNED = 0.2
"""A movement that the recording cuts off within this share of its way from rest is as good as back
(ours: at 0.35 a squat that had risen by half counted)."""


class OpenAttempt:
    """What has been seen of an attempt that has not closed: its movement, its top and its holds.

    number: the one it bears if it counts as an attempt. peak_pose: shows the peak, where known.
    start_seen: whether the way to the top was seen as good as whole. from_start: whether it left
    the start posture. has_strayed: whether it went on out of the posture of the exercise.
    """

    def __init__(
        self, number: int, movement: Movement, exercise: BoundExercise, *, start_seen: bool,
        from_start: bool,
    ) -> None:  # fmt: skip
        self.number, self.movement, self.start_seen = number, movement, start_seen
        self.from_start, self.has_strayed = from_start, False
        self.clock, self.best_hold_s = HoldClock(), 0.0
        self.peak_pose: Pose | None = None
        self._stalls: list[tuple[float, float]] = []
        self._exercise = exercise
        self._top_from_s = math.nan

    def add(self, sample: Sample, pose: Pose | None = None) -> None:
        """Take the next sample, and its pose."""
        self.movement.add(sample)
        if self.movement.peak is sample:
            self.peak_pose = pose
        self._exercise.levels.note(self.movement)

    def reach_top(self, t_s: float) -> None:
        """The top was reached, in good form, at t_s."""
        self._top_from_s = t_s
        self.clock.gain(t_s)

    def stay_at_top(self, since_s: float) -> None:
        """The form at the top has been good since then, or since the top was reached."""
        self.clock.gain(max(since_s, self._top_from_s))

    def end_top(self, t_s: float) -> None:
        """The top, if it was reached, lasted until t_s."""
        if t_s > self._top_from_s:
            self.movement.tops.append((self._top_from_s, t_s))
        self._top_from_s = math.nan

    def stall(self, before_s: float, t_s: float) -> None:
        """Nothing was seen between two moments; what runs then is noted."""
        if not math.isnan(self._top_from_s):
            self.end_top(before_s)
            self._top_from_s = t_s
        if self.clock.is_holding:
            self._stalls.append((before_s, t_s))
        self.clock.lose(before_s)

    def stalled(self) -> list[Event]:
        """By how much the recording cut its holds short."""
        if not self._stalls:
            return []
        lasted_s = sum(end_s - start_s for start_s, end_s in self._stalls)
        (since_s, _), (_, until_s) = self._stalls[0], self._stalls[-1]
        why = Reason("stalled", lasted_s=lasted_s)
        return [NotJudged(until_s, "hold", why, self.number, since_s)]

    def end_hold(self, t_s: float) -> list[Event]:
        """The hold is over; it is told unless it was too short for one."""
        start_s, lost_s = self.clock.start_s, self.clock.lost_s
        seconds = self.clock.stop(t_s)
        if seconds < SHORTEST_TOP_S:
            return []
        self.best_hold_s = max(self.best_hold_s, seconds)
        end_s = t_s if math.isnan(lost_s) else lost_s
        return [Hold(end_s, start_s, seconds, self.number, self.sure_side())]

    def side(self) -> tuple[Side | None, bool]:
        """The working side so far, and whether it is only assumed."""
        return self._exercise.worked(self.movement)

    def sure_side(self) -> Side | None:
        """The working side where it is more than assumed."""
        side, is_assumed = self.side()
        return None if is_assumed else side


class AttemptBook:
    """Opens the attempts of a bout, one at a time, and judges each as it closes.

    attempts: how many there were so far, with those before the bout; counted: how many of the bout
    count. open_pose: the pose of a cycle that still waits for the other. current: the attempt
    under way, None at rest.
    """

    def __init__(
        self, exercise: BoundExercise, dose: Dose, footing: Footing, at_start: AtStart, *,
        attempts: int, open_pose: str,
    ) -> None:  # fmt: skip
        self._exercise, self._footing, self._at_start = exercise, footing, at_start
        self._judge = Judge(exercise.spec, dose, exercise.levels)
        self._closed_s, self._peaked_s = math.nan, -math.inf
        self.current: OpenAttempt | None = None
        self.attempts, self.counted, self.open_pose = attempts, 0, open_pose

    # --- the attempt under way --------------------------------------------------------------

    def open(self, start_s: float, *, start_seen: bool = True) -> OpenAttempt:
        """A new attempt; all of a timed hold is worth judging."""
        spec, levels = self._exercise.spec, self._exercise.levels
        movement = Movement(
            start_s=start_s,
            rested_s=start_s - self._closed_s,
            column=self._exercise.column,
            sign=levels.sign,
            rest=self._exercise.pool.rest(spec.rep.measure),
            partial_way=-math.inf if spec.is_timed else levels.way("partial"),
        )
        levels.begin()
        self._exercise.faults.begin()
        number = self.attempts + 1
        self.current = OpenAttempt(
            number, movement, self._exercise, start_seen=start_seen,
            from_start=self._at_start.was_taken_since(self._peaked_s),
        )  # fmt: skip
        return self.current

    def stray(self) -> None:
        """The person has been seen out of the posture for more than a moment."""
        if self.current:
            self.current.has_strayed = True

    def lose_form(self, t_s: float) -> None:
        """Form is lost, or the person cannot be judged, from t_s on."""
        if self.current:
            self.current.clock.lose(t_s)

    def stall(self, before_s: float, t_s: float) -> None:
        """Nothing was seen of anybody between two moments."""
        if self.current:
            self.current.stall(before_s, t_s)

    def faults(self, phase: Phase, sample: Sample) -> list[Event]:
        """The faults that have lasted long enough to be told before the attempt closes."""
        attempt = self.current
        if attempt is None or not self._judge.is_plain(attempt.movement):
            return []
        return [
            fault.event(finding, attempt=attempt.number, side=attempt.sure_side())
            for fault, finding in self._exercise.faults.follow(phase, sample)
        ]

    @property
    def side(self) -> Side | None:
        """The side that works, be it only assumed; None at rest."""
        return self.current.side()[0] if self.current else None

    @property
    def hold_asked_s(self) -> float:
        """The hold that is asked of the attempt under way, or at rest of any."""
        return self._judge.asked_s(self.current.movement if self.current else None)

    @property
    def hold_most_s(self) -> float:
        """The longest hold that is asked of the attempt under way, or at rest of any."""
        return self._judge.most_s(self.current.movement if self.current else None)

    @property
    def pose(self) -> str:
        """The pose of a cycle that is being taken, empty at rest and where there is no cycle."""
        return self._judge.pose_name(self.current.movement if self.current else None)

    def hold_s(self, t_s: float) -> float:
        """How long the hold under way has lasted, 0 outside one."""
        return self.current.clock.seconds(t_s) if self.current else 0.0

    # --- closing it -------------------------------------------------------------------------

    def close(self, attempt: OpenAttempt, close: Close) -> list[Event]:
        """End the attempt and tell what it came to; rest begins."""
        attempt.end_top(close.t_s)
        events = attempt.end_hold(close.t_s)
        close = self._jumped(attempt, close) or self._strayed(attempt, close) or close
        close = self._cut_off(attempt, close)
        if self._is_attempt(attempt, close):
            events += self._judged(attempt, close)
        else:
            events.append(_discarded(attempt.movement, close))
        self.current, self._closed_s = None, close.t_s
        return events

    def _jumped(self, attempt: OpenAttempt, close: Close) -> Close | None:
        """A movement before, in or after which the feet left the floor is not judged."""
        if self._footing.in_air_s < attempt.movement.start_s - LANDING_S:
            return None
        return Close(close.t_s, Reason("jumped"))

    def _strayed(self, attempt: OpenAttempt, close: Close) -> Close | None:
        """A movement that does not leave the start posture and come back to it is another, and so
        is one that goes on out of the posture: an inchworm goes on to the floor, a sit-up up."""
        if self._exercise.spec.is_timed:
            return None
        if attempt.has_strayed:
            return Close(close.t_s, Reason("posture_left"))
        if close.not_judged:
            return None
        if not attempt.from_start:
            return Close(close.t_s, Reason("posture"))
        is_back = self._at_start.was_taken_since(attempt.movement.decisive_s())
        return None if is_back else Close(close.t_s, Reason("posture_left"))

    def _cut_off(self, attempt: OpenAttempt, close: Close) -> Close:
        """A movement that reached the position is judged though the recording ends: as a whole one
        where it was as good as back."""
        if close.not_judged is None or close.not_judged.code != "recording_ended":
            return close
        if not self._judge.has_reached(attempt.movement, attempt.best_hold_s):
            return close
        return Close(close.t_s, return_seen=attempt.movement.is_back(RETURNED))

    def _is_attempt(self, attempt: OpenAttempt, close: Close) -> bool:
        if close.not_judged or not attempt.start_seen or self._exercise.spec.is_timed:
            has_reached = self._judge.has_reached(attempt.movement, attempt.best_hold_s)
            return has_reached or self._exercise.faults.have_told
        return self._judge.is_plain(attempt.movement)

    def _judged(self, attempt: OpenAttempt, close: Close) -> list[Event]:
        result = self._result(attempt, close)
        self._peaked_s = attempt.movement.decisive_s()
        self.attempts += 1
        self.counted += result.counts
        if result.pose and result.is_reached:
            self.open_pose = "" if result.completes else result.pose
        stalled = attempt.stalled() if result.hold_asked_s else []
        if result.outcome == "not_judged":
            return [*stalled, result]
        faults = self._exercise.faults.conclude(
            attempt.movement, attempt.peak_pose, attempt=attempt.number, side=attempt.sure_side(),
            taken=result.pose,
        )  # fmt: skip
        return [*faults, *stalled, result]

    def _result(self, attempt: OpenAttempt, close: Close) -> Attempt:
        judge, movement, held_s = self._judge, attempt.movement, attempt.best_hold_s
        outcome, reason = judge.outcome(movement, close, held_s, start_seen=attempt.start_seen)
        pose = judge.pose_name(movement)
        side, is_assumed = attempt.side()
        return Attempt(
            t_s=close.t_s,
            number=attempt.number,
            outcome=outcome,
            reason=reason,
            start_s=movement.start_s,
            top_s=movement.decisive_s(),
            hold_s=held_s,
            hold_asked_s=judge.asked_s(movement),
            peak=movement.peak_value,
            unit=REGISTRY[self._exercise.spec.rep.measure.name].unit,
            side=side,
            side_assumed=is_assumed,
            checks=tuple(judge.checks(movement, held_s)),
            pose=pose,
            completes=not pose or self.open_pose not in ("", pose),
            start_seen=attempt.start_seen,
            return_seen=close.return_seen,
        )


def _discarded(movement: Movement, close: Close) -> Discarded:
    reason = close.not_judged or Reason("too_small")
    return Discarded(close.t_s, movement.start_s, movement.peak_value, reason)
