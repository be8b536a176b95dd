"""The judge of one exercise: poses in time order in, events out. No clock, camera or drawing."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from formcheck.exercises.model import ExerciseSpec
from formcheck.judging.bout import Bout
from formcheck.judging.shot_cuts import CutWatch
from formcheck.judging.start import StartWatch
from formcheck.judging.start_problems import why_not_started
from formcheck.records.events import Attempt, Event, NotJudged, Remark, Status
from formcheck.records.pose import Pose, Side
from formcheck.records.reasons import Reason

LONG_WAIT_S = 2.5
"""Waiting longer than this for the start posture is worth a word (ours)."""


class Checker:
    """Watches one exercise in one dose.

    spec: the exercise as that dose asks it (`ExerciseSpec.with_dose`).
    near: the side towards the camera, found out if None. stature_in: the person's height in
    inches, for coaching in inches only. glimpse: a start posture seen in passing, from any view, is
    enough; for recognising what is done, never for judging it (see `StartWatch`).
    """

    def __init__(
        self,
        spec: ExerciseSpec,
        *,
        near: Side | None = None,
        stature_in: float | None = None,
        glimpse: bool = False,
    ) -> None:
        assert spec.is_resolved, f"{spec.id}: in which dose?"
        self.spec, self.dose = spec, spec.dose[0]
        self._near, self._stature_in, self._glimpse = near, stature_in, glimpse
        self._watch = self._new_watch()
        self._bout: Bout | None = None
        self._counted = 0
        self._open_pose = ""
        self._attempts: list[Attempt] = []
        self._told_views: set[str] = set()
        self._last: Pose | None = None
        self._cuts = CutWatch()
        self._unsure: list[Pose] = []
        self._has_started = False

    def _new_watch(self) -> StartWatch:
        return StartWatch(
            self.spec, stature_in=self._stature_in, near=self._near, glimpse=self._glimpse
        )

    def update(self, pose: Pose) -> list[Event]:
        """Take the next pose and tell what has happened since the last one."""
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

    def _cut(self) -> list[Event]:
        """What was begun in the shot before is closed, and a start posture is waited for anew."""
        if self._bout is None:
            self._watch.begin_anew()
            return []
        events = self._note(self._bout.finish("cut"))
        self._leave_bout(self._bout)
        return events

    def _leave_bout(self, bout: Bout) -> None:
        self._counted += bout.counted
        self._open_pose = bout.open_pose
        self._bout, self._watch = None, self._new_watch()

    def _take(self, pose: Pose) -> list[Event]:
        self._last = pose
        if self._bout is None:
            return self._note(self._wait(pose))
        events = self._bout.update(pose)
        if self._bout.is_over:
            self._leave_bout(self._bout)
        return self._note(events)

    def _wait(self, pose: Pose) -> list[Event]:
        lock = self._watch.update(pose)
        if lock is None:
            return []
        self._has_started = True
        self._bout = Bout(self.spec, self.dose, lock, len(self._attempts), self._open_pose)
        return [*self._waited(lock.t_s), *self._bout.begin(), *self._out_of_view(lock.t_s)]

    def _waited(self, t_s: float) -> Iterator[Event]:
        """A long wait for the start posture is told: what was done in it counted nothing."""
        since_s = self._watch.since_s
        if t_s - since_s > LONG_WAIT_S:
            yield NotJudged(t_s, "wait", why_not_started(self._watch), since_s=since_s)

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
        held = [event for pose in self._unsure for event in self._take(pose)]
        self._unsure = []
        return [*held, *self._finish()]

    def _finish(self) -> list[Event]:
        t_s = self._last.t_s if self._last else 0.0
        if self._bout is not None:
            events = self._note(self._bout.finish())
            self._counted += self._bout.counted
            self._bout = None
            return [*events, *self._missing(t_s)]
        if not self._has_started:
            return [NotJudged(t_s, "recording", why_not_started(self._watch))]
        return list(self._missing(t_s))

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
    def status(self) -> Status:
        """How matters stand after the last pose, for drawing."""
        pose = self._last
        if self._bout is not None and pose is not None:
            status = self._bout.status(pose)
            return replace(status, counted=self._counted + status.counted)
        return Status(
            t_s=pose.t_s if pose else 0.0,
            phase="searching",
            counted=self._counted,
            attempts=len(self._attempts),
            side=None,
            hold_s=0.0,
            hold_asked_s=self.dose.hold_s,
            primary=math.nan,
            levels={},
            readings=(),
            floor_deg=0.0,
            obstacle=self._watch.obstacle,
        )
