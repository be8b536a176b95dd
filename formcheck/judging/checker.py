"""The judge of one exercise: poses in time order in, events out. No clock, camera or drawing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from formcheck.exercises.model import ExerciseSpec
from formcheck.judging.bout import Bout
from formcheck.judging.evidence import Wait
from formcheck.judging.hindsight import Hindsight
from formcheck.judging.shot_cuts import CutWatch
from formcheck.judging.start import Rest
from formcheck.judging.start_problems import why_not_started
from formcheck.judging.still_picture import StillPicture
from formcheck.judging.trial import SLICE, Trial
from formcheck.records.events import Attempt, Event, NotJudged, Remark, Status
from formcheck.records.pose import Pose, Side
from formcheck.records.reasons import Reason, ReasonCode

LONG_WAIT_S = 2.5
"""Waiting longer than this for the start posture is worth a word (ours)."""


class Checker:
    """Watches one exercise in one dose.

    spec: the exercise as that dose asks it (`ExerciseSpec.with_dose`).
    near: the side towards the camera, found out if None. stature_in: the person's height in
    inches, for coaching in inches only. retells: remember how matters stood while a start was
    waited for, once it is known (`retold`), which takes a little longer. is_named: somebody said
    that this exercise is done; where nobody has, a still moment is not taken for a top that is
    held, for a bridge would be a crunch that begins at its top.
    """

    def __init__(
        self,
        spec: ExerciseSpec,
        *,
        near: Side | None = None,
        stature_in: float | None = None,
        retells: bool = False,
        is_named: bool = True,
    ) -> None:
        assert spec.is_resolved, f"{spec.id}: in which dose?"
        self.spec, self.dose = spec, spec.dose[0]
        self._near, self._stature_in = near, stature_in
        self._wait = self._new_wait()
        self._trial: Trial | None = None
        self._bout: Bout | None = None
        self._hindsight: Hindsight | None = None
        self._open_pose = ""
        self._attempts: list[Attempt] = []
        self._told_views: set[str] = set()
        self._last: Pose | None = None
        self._still_picture = StillPicture()
        self._cuts = CutWatch()
        self._unsure: list[Pose] = []
        self._has_started = False
        self._is_named = is_named
        self._retells, self._retold = retells, dict[float, Status]()

    def _new_wait(self, *, begins_shot: bool = True) -> Wait:
        return Wait(
            self.spec, stature_in=self._stature_in, near=self._near, begins_shot=begins_shot
        )

    def update(self, pose: Pose) -> list[Event]:
        """Take the next pose and tell what has happened since the last one."""
        new, told = self._still_picture.update(pose)
        return [*told, *(event for one in new for event in self._see(one))]

    def _see(self, pose: Pose) -> list[Event]:
        """Take a pose that shows something new."""
        match self._cuts.update(pose):
            case "unsure":
                self._unsure.append(pose)
                return []
            case "cut":
                events = self._cut()
            case "same":
                events = []
        unsure, self._unsure = self._unsure, []
        return [*events, *(e for one in (*unsure, pose) for e in self._take(one))]

    # --- from rest to rest ------------------------------------------------------------------

    def _cut(self) -> list[Event]:
        """What was begun in the shot before is closed, and a rest is waited for anew."""
        events = self._end_of_shot("cut")
        self._wait.new_shot()
        return events

    def _end_of_shot(self, why: ReasonCode) -> list[Event]:
        events = self._caught_up() if self._trial else []
        if self._bout is not None:
            return [*events, *self._told(self._bout.finish(why)), *self._leave_bout()]
        rest = self._wait.end_of_shot()
        if rest is None:
            return events
        trial = self._try(rest)
        trial.finish(why)
        return [*events, *(self._adopt(trial) if trial.is_worth else [])]

    def _caught_up(self) -> list[Event]:
        """Nothing more comes: the trial is judged to its end."""
        events: list[Event] = []
        while self._trial is not None:
            self._trial.advance()
            events += self._conclude(self._trial)
        return events

    def _take(self, pose: Pose) -> list[Event]:
        self._last = pose
        if self._bout is None:
            return self._look_out(pose)
        events = self._told(self._bout.update(pose))
        if self._is_named and self._bout.may_rest_at_the_top:
            if self._bout.rests_at_the_top:
                return [*events, *self._back_to_waiting(pose)]
            self._wait.update(pose)
        return [*events, *self._leave_bout()] if self._bout.is_over else events

    def _back_to_waiting(self, pose: Pose) -> list[Event]:
        """The still moment that judging began with was a top that was held: the wait goes on, with
        all that it has seen."""
        assert self._bout is not None
        events = self._note(self._bout.give_up(pose.t_s))
        self._wait.rule_out()
        self._wait.update(pose)
        self._bout = None
        return events

    def _look_out(self, pose: Pose) -> list[Event]:
        """Wait for evidence of a rest; what is remembered is then judged a slice at a time."""
        rest = self._wait.update(pose)
        if self._trial is not None:
            self._trial.add(pose)
        elif rest is not None:
            self._trial = self._try(rest)
        if self._trial is None or not self._trial.advance(SLICE):
            return []
        return self._conclude(self._trial)

    def _try(self, rest: Rest) -> Trial:
        attempts, open_pose = len(self._attempts), self._open_pose
        return Trial(
            self.spec, self.dose, rest, attempts=attempts, open_pose=open_pose,
            keeps_statuses=self._retells,
        )  # fmt: skip

    def _conclude(self, trial: Trial) -> list[Event]:
        """A trial has caught up: go on with it, or go on waiting."""
        self._trial = None
        if trial.is_worth:
            return self._adopt(trial)
        if trial.rest.evidence == "still":
            self._trial = trial.plain()
            if self._trial.advance(SLICE):
                return self._conclude(self._trial)
        return []

    def _adopt(self, trial: Trial) -> list[Event]:
        self._has_started, self._bout = True, trial.bout
        self._retold |= trial.statuses
        events = trial.events
        if trial.rest.stretch and not self.spec.is_timed:
            self._hindsight = Hindsight(trial)
            events = self._hindsight.events
        since_s = trial.beginning[0].t_s
        begun = [*self._waited(since_s), *trial.beginning, *self._out_of_view(since_s)]
        told = [*begun, *events]
        return [*self._note(told), *(self._leave_bout() if self._is_done(trial) else [])]

    def _is_done(self, trial: Trial) -> bool:
        return trial.bout.is_over or trial.rest.evidence == "alone"

    def _told(self, events: list[Event]) -> list[Event]:
        """What the bout tells, with the rep that was waiting for another."""
        return self._note(self._hindsight.told_with(events) if self._hindsight else events)

    def _leave_bout(self) -> list[Event]:
        assert self._bout is not None
        events = self._note(self._hindsight.release()) if self._hindsight else []
        self._open_pose = self._bout.open_pose
        self._bout, self._hindsight = None, None
        self._wait = self._new_wait(begins_shot=False)
        return events

    def _waited(self, t_s: float) -> Iterator[Event]:
        """A long wait for the start posture is told: what was done in it counted nothing."""
        since_s = self._wait.watch.since_s
        if t_s - since_s > LONG_WAIT_S:
            why = why_not_started(self._wait.watch)
            yield NotJudged(t_s, "wait", why, since_s=since_s)

    def _out_of_view(self, t_s: float) -> list[Event]:
        """The faults that this view cannot show, told once a view.

        A fault that has one rule for each view, known by its cue, is judged by the one that fits.
        """
        assert self._bout is not None
        view = self._bout.bearings.view
        judged = {rule.cue for rule in self.spec.fault if view in rule.views}
        hidden = [rule for rule in self.spec.fault if rule.cue not in judged]
        if view in self._told_views or not hidden:
            return []
        self._told_views.add(view)
        return [NotJudged(t_s, rule.id, Reason("other_view", views=rule.views)) for rule in hidden]

    def _note(self, events: list[Event]) -> list[Event]:
        attempts = [e for e in events if isinstance(e, Attempt)]
        told = [*events, *(r for a in attempts if (r := self._same_side_again(a)))]
        self._attempts += attempts
        return told

    def _same_side_again(self, attempt: Attempt) -> Remark | None:
        before = self._attempts[-1] if self._attempts else None
        if self.spec.sides != "alternating" or before is None or attempt.side is None:
            return None
        if attempt.side != before.side or attempt.side_assumed or before.side_assumed:
            return None
        return Remark(attempt.t_s, "not_alternating", side=attempt.side)

    def finish(self) -> list[Event]:
        """The recording is over: close what is open, and tell what is missing."""
        last, told = self._still_picture.finish()
        held = [event for pose in last for event in self._see(pose)]
        held += [event for pose in self._unsure for event in self._take(pose)]
        self._unsure = []
        return [*held, *told, *self._finish()]

    def _finish(self) -> list[Event]:
        t_s = self._last.t_s if self._last else 0.0
        events = self._end_of_shot("recording_ended")
        if not self._has_started:
            return [NotJudged(t_s, "recording", self._why_not_started())]
        return [*events, *self._missing(t_s)]

    def _why_not_started(self) -> Reason:
        watched_s = sum(self._wait.watch.tally_s.values())
        if self._still_picture.stood_s > watched_s:
            return Reason("picture_stands_still")
        return why_not_started(self._wait.watch)

    def _missing(self, t_s: float) -> list[Remark]:
        """The side, or the pose of a cycle, that was left out."""
        reached = [a for a in self._attempts if a.is_reached]
        return [*self._missing_side(t_s, reached), *self._missing_pose(t_s, reached)]

    def _missing_pose(self, t_s: float, reached: list[Attempt]) -> list[Remark]:
        taken = {a.pose for a in reached}
        if self.spec.poses is None or len(taken) != 1:
            return []
        missing = next(pose for pose in self.spec.poses if pose not in taken)
        return [Remark(t_s, "pose_missing", pose=missing)]

    def _missing_side(self, t_s: float, counted: list[Attempt]) -> list[Remark]:
        sides = {a.side for a in counted}
        if self.spec.sides == "together" or len(sides) != 1 or None in sides:
            return []
        if any(a.side_assumed for a in counted):
            return []
        missing: Side = "left" if sides == {"right"} else "right"
        return [Remark(t_s, "side_missing", side=missing)]

    @property
    def is_judging(self) -> bool:
        """Whether a set is on, so that nothing seen so far will be judged in hindsight."""
        return self._bout is not None

    def retold(self) -> dict[float, Status]:
        """How matters stood, by time of the pose, at moments that were judged in hindsight since
        the last call; only of a judge that `retells`."""
        told, self._retold = self._retold, {}
        return told

    @property
    def _counted(self) -> int:
        return sum(attempt.counts for attempt in self._attempts)

    @property
    def status(self) -> Status:
        """How matters stand after the last pose, for drawing."""
        pose = self._last
        if self._bout is not None and pose is not None:
            status = self._bout.status(pose)
            return replace(status, counted=self._counted)
        return Status(
            t_s=pose.t_s if pose else 0.0,
            phase="searching",
            counted=self._counted,
            attempts=len(self._attempts),
            side=None,
            hold_s=0.0,
            hold_asked_s=0.0 if self.spec.mode == "guided" else self.dose.hold_s,
            primary=math.nan,
            levels={},
            readings=(),
            floor_deg=0.0,
            obstacle=self._wait.watch.obstacle,
        )
