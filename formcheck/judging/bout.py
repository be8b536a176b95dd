"""One bout: from a rest in the start posture until the person leaves it or is lost.

A `Sampler` makes samples of the poses, a `Presence` tells which of them can be judged, the `Phases`
go by those, and an `AttemptBook` keeps what the attempts came to.
"""

from __future__ import annotations

import math

from formcheck.exercises.model import Dose, ExerciseSpec
from formcheck.judging.at_start import AtStart
from formcheck.judging.attempt import AttemptBook
from formcheck.judging.bound_exercise import BoundExercise
from formcheck.judging.conditions import unseen_joints
from formcheck.judging.entry import Entry
from formcheck.judging.footing import Footing
from formcheck.judging.hold_clock import BRIDGED_S
from formcheck.judging.phases import Phases
from formcheck.judging.presence import Presence
from formcheck.judging.readings import readings
from formcheck.judging.sampling import Sampled, Sampler, sampled_apart
from formcheck.judging.start import Rest
from formcheck.judging.turned_away import TurnWatch
from formcheck.judging.visibility import GIVEN_UP_S
from formcheck.judging.wrong_rest import WrongRest
from formcheck.measuring.scene import Scene
from formcheck.measuring.smoothing import Sample
from formcheck.records.events import Attempt, Event, Found, Lost, NotJudged, Started, Status
from formcheck.records.pose import Pose
from formcheck.records.reasons import Reason, ReasonCode

STRAYED_S = 0.2
"""An attempt that is out of the posture for so long is another movement (real reps of 22 exercises
never were for 0.05 s, sit-ups for 0.6 and burpees for 0.3)."""

LEFT_S = 1.0
"""The posture must be lost, or the person turned, for this long to be believed (ours)."""


class Bout:
    """Feeds on poses once a rest is known and tells what happens; `is_over` once the person left.

    attempts: how many there were before this bout. open_pose: the pose of a cycle that still
    waits for the other.
    """

    def __init__(
        self, spec: ExerciseSpec, dose: Dose, rest: Rest, attempts: int, open_pose: str = ""
    ) -> None:
        self._spec, self._known, self.bearings = spec, rest, rest.bearings
        self._exercise = BoundExercise(spec, self.bearings)
        self._sampler = Sampler(self._exercise.bank, self.bearings)
        self._presence = Presence(self._exercise.keep, self._exercise.column)
        self._turning = TurnWatch(self._exercise.bank, self.bearings)
        self._footing = Footing(spec.start.posture, rest.poses)
        self._at_start = AtStart(self._exercise.start)
        self._book = AttemptBook(
            self._exercise, dose, self._footing, self._at_start, attempts=attempts,
            open_pose=open_pose,
        )  # fmt: skip
        self._phases = Phases(self._exercise, self._book, self._presence)
        self._last: Sample | None = None
        self._entry: Entry | None = None
        self._wrong_rest: WrongRest | None = None

    @property
    def is_over(self) -> bool:
        """Whether the person has left; nothing more comes of this bout."""
        return self._phases.now == "searching"

    @property
    def may_rest_at_the_top(self) -> bool:
        """Whether it began with a still moment that no rep has borne out yet."""
        return self._wrong_rest is not None

    @property
    def rests_at_the_top(self) -> bool:
        """Whether the person has shown that the still moment it began with was no rest."""
        return self._wrong_rest is not None and self._wrong_rest.is_shown

    @property
    def attempts(self) -> int:
        """How many attempts there have been, with those before this bout."""
        return self._book.attempts

    @property
    def counted(self) -> int:
        """How many attempts of this bout count."""
        return self._book.counted

    @property
    def open_pose(self) -> str:
        """The pose of a cycle that waits for the other, empty if none does."""
        return self._book.open_pose

    def way(self, attempt: Attempt) -> float:
        """How far an attempt went from the rest, in the unit of the primary measure."""
        return abs(attempt.peak - self._exercise.pool.rest(self._spec.rep.measure))

    # --- poses in, events out ---------------------------------------------------------------

    def begin(self) -> list[Event]:
        """Learn the rest from the poses that show it, and tell that judging has begun: with the
        stretch that is gone back over, where there is one, or from now on.

        A timed hold has begun with those poses.
        """
        if self._known.stretch:
            return self._begin_with(self._known.stretch[0].t_s)
        waited = [sampled for pose in self._known.poses for sampled in self._sampler.add(pose)]
        for sample, _ in waited:
            self._exercise.pool.add(sample)
            self._last = sample
        events = self._started(self._known.t_s)
        if self._spec.is_timed and waited:
            events += self._phases.set_off(waited[0][0].t_s)
            events += [e for sampled in waited for e in self._phases.follow(*sampled)]
        return events

    def _begin_with(self, t_s: float) -> list[Event]:
        shown = sampled_apart(self._exercise.bank, self.bearings, self._known.poses)
        is_still = self._known.evidence == "still"
        self._exercise.pool.learn(shown, t_s, is_still=is_still, until_s=self._known.t_s)
        events = self._started(t_s)
        if self._spec.is_timed:
            self._phases.may_join = self._known.is_whole_shot
            return events
        self._entry = Entry(self._exercise, may_join=self._known.is_whole_shot)
        return events

    def _started(self, t_s: float) -> list[Event]:
        self._exercise.bind()
        view, known = self.bearings.view, self._known
        learnt = self._exercise.pool.told()
        started = Started(t_s, view, self.bearings.near, *learnt, known.evidence, known.t_s)
        self._wrong_rest = self._doubt()
        return [started, *self._exercise.faults.at_start(t_s)]

    def _doubt(self) -> WrongRest | None:
        """A still moment with nothing before it may be a top that is held."""
        known, rep = self._known, self._spec.rep
        is_doubtful = known.evidence == "still" and not known.stretch
        is_doubtful &= "leave" in self._exercise.levels.drawn()
        if not is_doubtful or self._spec.is_timed or not rep.sign:
            return None
        rest = self._exercise.pool.rest(rep.measure)
        return WrongRest(rest, sign=rep.sign, way=self._exercise.levels.way("leave"))

    def update(self, pose: Pose) -> list[Event]:
        """Take the next pose."""
        self._footing.follow(pose)
        # At rest no side has risen, and noise alone would tell them apart.
        rests = self._exercise.side_rests() if self._book.current else (0.0, 0.0)
        return self._take(self._sampler.add(pose, rests))

    def finish(self, why: ReasonCode = "recording_ended") -> list[Event]:
        """Nothing more comes of this set: what is open is closed without a judgement."""
        events = self._take(self._sampler.finish())
        if self._last:
            events += self._phases.abandon(self._last.t_s, Reason(why))
        return events

    def _take(self, sampled: list[Sampled]) -> list[Event]:
        return [event for sample, pose in sampled for event in self._step(sample, pose)]

    def _step(self, sample: Sample, pose: Pose) -> list[Event]:
        if self.is_over:
            return []
        before, self._last = self._last, sample
        if self._entry:
            return self._enter(self._entry, sample, pose)
        events = self._stalled(before.t_s, sample.t_s) if before else []
        events += [] if self.is_over else self._look(sample, pose)
        if self._presence.is_seen and not self.is_over:
            return [*events, *self._keep_on(sample, pose)]
        return events

    def _enter(self, entry: Entry, sample: Sample, pose: Pose) -> list[Event]:
        """Judging begins with the first moment at rest, or with the movement under way."""
        if not self._presence.keeps(sample):
            return []
        found = entry.look((sample, pose))
        if found == "waiting":
            return []
        self._entry = None
        if found == "at_rest":
            return self._step(sample, pose)
        start_s = entry.first[0][0].t_s
        events = self._phases.set_off(start_s, start_seen=found == "under_way")
        return events + [e for sampled in entry.first for e in self._step(*sampled)]

    # --- being seen, staying in the posture, facing as at the start -------------------------

    def _stalled(self, before_s: float, t_s: float) -> list[Event]:
        """Nothing came between two samples: a longer gap than is bridged is credited to nothing."""
        gap_s = t_s - before_s
        if gap_s <= BRIDGED_S:
            return []
        self._presence.come_back(t_s)
        self._book.stall(before_s, t_s)
        if gap_s < GIVEN_UP_S:
            return []
        return self._phases.leave(t_s, before_s, Reason("stalled", lasted_s=gap_s))

    def _look(self, sample: Sample, pose: Pose) -> list[Event]:
        t_s, seen = sample.t_s, self._presence.look(sample)
        if not self._presence.is_seen:
            self._book.lose_form(self._presence.unseen_s)
        match seen:
            case "found":
                return [Found(t_s), *self._phases.resume(t_s)]
            case "lost":
                return [Lost(t_s, self._unseen(pose)), *self._phases.pause(t_s)]
            case "given_up":
                why = Reason("unseen", joints=self._unseen(pose))
                return self._phases.leave(t_s, self._presence.unseen_s, why)
        return []

    def _unseen(self, pose: Pose) -> tuple[str, ...]:
        """The joints that are missing; none are named where the whole person is."""
        if not pose.is_seen:
            return ()
        return unseen_joints([self._spec.rep.measure], pose, self.bearings)

    def _keep_on(self, sample: Sample, pose: Pose) -> list[Event]:
        """Go on as long as the posture is kept; a moment out of it is passed over."""
        self._at_start.follow(sample)
        if self._wrong_rest and self.counted:
            self._wrong_rest = None
        if self._wrong_rest:
            self._wrong_rest.follow(sample.t_s, float(sample.values[self._exercise.column]))
        if self._presence.keeps(sample):
            events = self._turned(sample, pose) or self._phases.follow(sample, pose)
            return [*events, *self._hold_by_now(sample.t_s)]
        left_s = self._presence.left_s
        self._book.lose_form(left_s)
        if sample.t_s - left_s >= STRAYED_S:
            self._book.stray()
        if sample.t_s - left_s < LEFT_S:
            return []
        return self._phases.leave(sample.t_s, left_s, Reason("posture_left"))

    def _hold_by_now(self, t_s: float) -> list[Event]:
        """A timed hold has begun when its start posture is shown, be it in form or not."""
        is_due = self._spec.is_timed and t_s >= self._known.poses[0].t_s
        if not is_due or self._book.current or self.is_over:
            return []
        return self._phases.set_off(t_s)

    def _turned(self, sample: Sample, pose: Pose) -> list[Event]:
        """Whether the person at rest has turned: what was learnt at the start no longer holds."""
        if self._book.current:
            self._turning.begin()
            return []
        if self._turning.follow(sample, pose) < LEFT_S:
            return []
        since_s, why = self._turning.since_s, Reason("turned")
        told = NotJudged(sample.t_s, "rest", why, since_s=since_s)
        return [told, *self._phases.leave(sample.t_s, since_s, why)]

    def give_up(self, t_s: float) -> list[Event]:
        """What it began with was no rest: nothing of it is judged."""
        return self._phases.leave(t_s, t_s, Reason("start_not_seen"))

    # --- status -----------------------------------------------------------------------------

    def status(self, pose: Pose) -> Status:
        """How matters stand; the readings are drawn on this pose."""
        last, levels = self._last, self._exercise.levels
        scene = Scene(pose, self.bearings, self._sampler.working)
        t_s, phase = last.t_s if last else pose.t_s, self._phases.now
        return Status(
            t_s=t_s,
            phase=phase,
            counted=self.counted,
            attempts=self.attempts,
            side=self._book.side,
            hold_s=self._book.hold_s(t_s),
            hold_asked_s=self._book.hold_asked_s,
            primary=float(last.values[self._exercise.column]) if last else math.nan,
            levels=levels.drawn(),
            readings=tuple(readings(levels["reach"].watches, scene, judged=phase == "top")),
            floor_deg=-self.bearings.floor_deg,
            hold_most_s=self._book.hold_most_s,
            pose=self._book.pose,
        )
