"""The course of an exercise without hands: place the camera, hold still, count down, do the set,
rest, do the next, and end; with a pause whenever the person leaves.

Pure and driven by media time: `see` takes a moment that was judged, `wait` one that was not, and
`command` what the person presses or says. What each stage does stands in `stages`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from formcheck.coaching.own_range import OwnRange
from formcheck.coaching.queue import Line, Speaker
from formcheck.coaching.rounds import Rounds
from formcheck.coaching.session import Session
from formcheck.coaching.sets import Plan, Progress, SetTally
from formcheck.coaching.setup import Advice, Surroundings
from formcheck.coaching.stages import (
    BREAK_S,
    Paused,
    PauseReason,
    Preparing,
    Rest,
    Stage,
    StageName,
    Summary,
    end,
)
from formcheck.exercises.safety import Pain
from formcheck.records.events import Event, Status
from formcheck.records.moments import Moment
from formcheck.records.pose import Pose
from formcheck.words import spoken

Command = Literal["pause", "resume", "break", "stop", "pain", "skip", "camera_lost", "camera_moved"]


@dataclass(frozen=True)
class PainAnswer:
    """The answer after the exercise: 0 to 10, and how it feels, by the ids of the rules' words."""

    level: int
    words: tuple[str, ...] = ()


class Flow:
    """The state of one exercise session.

    own_range: learns the person's own target from slow reps before the first set. pain_advice: what
    the answer about pain asks for, empty for nothing.
    """

    def __init__(
        self, plan: Plan, speaker: Speaker, pain: Pain, *, own_range: OwnRange | None = None
    ) -> None:
        self.plan = plan
        self.answer: PainAnswer | None = None
        self.pain_advice = ""
        self._session = Session(plan, speaker, pain, own_range)
        self._stage: Stage = Preparing(self._session)

    # --- what is known of it ----------------------------------------------------------------

    @property
    def stage(self) -> StageName:
        """Where it stands."""
        return self._stage.name

    @property
    def pause(self) -> PauseReason:
        """Why it is paused, empty if it is not."""
        return self._stage.pause

    @property
    def is_judging(self) -> bool:
        """Whether poses go to the checker now."""
        return self._stage.is_judging

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to be judged."""
        return self.stage in ("pain", "summary")

    @property
    def is_painful(self) -> bool:
        """Whether the person said that it hurts."""
        return self._session.is_painful

    @property
    def sets(self) -> list[SetTally]:
        """What each set came to so far."""
        return self._session.sets

    @property
    def set_number(self) -> int:
        """Which set this is, from 1."""
        return self._session.set_number

    @property
    def is_ranging(self) -> bool:
        """Whether the person's own target is still being learnt."""
        return self._session.is_ranging

    @property
    def done(self) -> int:
        """What counts in this set so far."""
        return self._session.done

    @property
    def wanted(self) -> int:
        """What is asked for in this set."""
        return self._session.wanted

    @property
    def rounds(self) -> Rounds | None:
        """Of a guided exercise, the rounds of this set."""
        return self._session.rounds

    @property
    def progress(self) -> Progress:
        """This set held against its plan."""
        return self._session.progress

    @property
    def advice(self) -> Advice | None:
        """What is amiss before a set."""
        return self._stage.advice

    @property
    def cue(self) -> Line | None:
        """The line on the screen."""
        return self._session.cue

    @property
    def left_s(self) -> float:
        """Seconds left of a countdown, a rest or the wait for an answer; NaN where none runs."""
        return self._stage.left_s

    @property
    def number(self) -> int:
        """What is counted down to: 3, 2, 1 before a set, seconds of a rest; 0 where nothing is."""
        return self._stage.number

    @property
    def question(self) -> str:
        """What the person is being asked."""
        return self._stage.question

    # --- moments ----------------------------------------------------------------------------

    def see(
        self, pose: Pose, events: Iterable[Event], status: Status, around: Surroundings
    ) -> Line | None:
        """Take a moment that was judged; gives the line to begin saying, if any."""
        moment = Moment(None, pose, status, tuple(events))
        self._session.around = around
        self._begin(pose.t_s)
        self._session.count(moment.events)
        self._stage = self._stage.see(moment)
        return self._session.speak()

    def wait(self, t_s: float) -> Line | None:
        """Take a moment that was not judged."""
        self._begin(t_s)
        self._stage = self._stage.wait()
        return self._session.speak()

    def _begin(self, t_s: float) -> None:
        self._session.now_s = t_s
        self._session.announce()
        if math.isnan(self._stage.since_s):
            self._stage.since_s = t_s

    def finish_part(self, events: Iterable[Event]) -> None:
        """Take what a judge tells at the end, when there is nothing more for it to see."""
        self._session.count(events)
        self.sets[-1].begin_part()

    def begin_anew(self) -> None:
        """What the checker knew of the person is gone: the start posture is taken once more."""
        if self.stage in ("countdown", "set"):
            self._stage = Preparing(self._session)

    # --- what the person asks for -----------------------------------------------------------

    def command(self, name: Command) -> Line | None:
        """What was pressed or said; what does not fit the stage is passed over."""
        session, stage = self._session, self._stage
        match name:
            case "pain" if self.stage != "summary":
                self._feel_pain()
            case "stop" if not self.is_over:
                self._stage = end(session)
            case "pause" if self.is_judging:
                self._stage = Paused(session, "asked")
                session.say("safety", spoken.PAUSED)
            case "camera_lost" if self.is_judging:
                self._stage = Paused(session, "camera")
            case "camera_moved" if self.stage in ("countdown", "set"):
                self._stage = Paused(session, "moved")
                session.say("safety", spoken.CAMERA_MOVED)
            case "break" if self.stage == "paused":
                self._stage = Paused(session, "left", for_s=BREAK_S)
                session.say("safety", spoken.TAKE_YOUR_TIME, "break")
            case "resume" if self.stage == "paused":
                self._stage = Preparing(session)
            case "skip" if isinstance(stage, Rest):
                stage.skip()
        return session.speak()

    def _feel_pain(self) -> None:
        """From here on nothing urges on: only what calms, and the question how bad it is."""
        self._session.is_painful = True
        if not self.is_over:
            self._stage = end(self._session)
        self._session.say("safety", spoken.STOP, "pain")

    def answered(self, answer: PainAnswer) -> Line | None:
        """The answer to the pain question: the session is over."""
        session, self.answer = self._session, answer
        self._stage = Summary(session)
        outcome = session.pain_rule.outcome(answer.level, answer.words)
        if outcome == "stop":
            session.is_painful = True
        if outcome == "ease_back":
            self.pain_advice = session.pain_rule.ease_back
        elif session.is_painful:
            self.pain_advice = session.pain.stop
        if self.pain_advice:
            session.say("safety", self.pain_advice, "advice")
        return session.speak()
