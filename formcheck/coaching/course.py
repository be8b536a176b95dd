"""The course of an exercise without hands: place the camera, hold still, count down, do the set,
rest, do the next, and end; with a pause whenever the person leaves.

Pure and driven by media time: `see` takes a moment that was judged, `wait` one that was not, and
`command` what the person presses or says.

    placing --still--> countdown --2 s--> set --dose done--> rest --timer--> placing ...
       ^                                   |  `--last set--> pain? --answer--> summary
       |        posture taken again        v left, camera moved, pause pressed
       `------------------------------- paused --"Pain, or a break?", no answer--> pain?
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from formcheck.coaching.own_range import REPS, OwnRange
from formcheck.coaching.queue import Kind, Line, Speaker
from formcheck.coaching.remarks import Coach
from formcheck.coaching.sets import Plan, SetTally
from formcheck.coaching.setup import Advice, Placing, Surroundings
from formcheck.exercises.safety import Pain
from formcheck.judging.start import STILL_S
from formcheck.records.events import Event, PhaseChanged, Started, Status
from formcheck.records.pose import Pose
from formcheck.words.advice import what_to_do

Stage = Literal["placing", "countdown", "set", "paused", "rest", "pain", "summary"]
Pause = Literal["left", "asked", "camera", "moved", ""]
"""Why: the person left, somebody pressed pause, there is no camera, or it was moved."""
Command = Literal["pause", "resume", "break", "stop", "pain", "skip", "camera_lost", "camera_moved"]

COUNTDOWN_S = 2.0
"""The start posture is held so long, of which the lock takes `STILL_S`."""

_BEAT_S = (COUNTDOWN_S - STILL_S) / 2
"""Between two numbers of the countdown: after the lock there are two left."""

BELIEVED_S = 0.5
"""What the checker says of a person after a gap in time is believed after so long: it looks a
little into the past."""

SETTLED_S = 1.5
"""An instruction is spoken once it has stood for so long: people move into place by themselves."""

PATIENCE_S = 8.0
"""Advice that does not keep anything from being judged holds the set up for so long at most."""

ANSWER_S = 20.0
"""Without an answer to 'Pain, or a break?' for so long, the set ends."""

BREAK_S = 180.0
"""A break may last so long."""

READY_S = 8.0
"""Before the end of a rest, the next set is announced."""

SHOWN: tuple[Kind, ...] = ("safety", "flow", "lost", "fault", "side", "praise", "hint", "breath")
"""Lines that are shown as well; what else is said has a place of its own on the screen."""

CUE_SHOWN_S = 5.0
"""How long such a line stays on the screen after it was said."""

ANEW_S = 3.2
"""Unjudged for longer than this, the checker begins anew (`sight.GIVEN_UP_S`)."""


@dataclass(frozen=True)
class PainAnswer:
    """The answer after the exercise: 0 to 10, and how it feels, in the words of the rules."""

    level: int
    words: tuple[str, ...] = ()


class Flow:
    """The state of one exercise session.

    own_range: learns the person's own target from slow reps before the first set.
    """

    def __init__(
        self, plan: Plan, speaker: Speaker, pain: Pain, *, own_range: OwnRange | None = None
    ) -> None:
        self.plan, self._range = plan, own_range
        self._speaker, self._pain = speaker, pain
        self._placing = Placing(plan.spec)
        self._coach = Coach(plan.spec, speaker)
        self.stage: Stage = "placing"
        self.pause: Pause = ""
        self.sets = [SetTally()]
        self.advice: Advice | None = None
        self.cue: Line | None = None
        self.is_painful = False
        self.answer: PainAnswer | None = None
        self._now_s = self._cue_s = math.nan
        self._since_s = math.nan
        self._until_s = math.nan
        self._advised: dict[str, tuple[float, float]] = {}  # first and last moment it stood
        self._counted_down = 0
        self._announced = False

    # --- what is known of it ----------------------------------------------------------------

    @property
    def is_judging(self) -> bool:
        """Whether poses go to the checker now."""
        if self.stage == "paused":
            return self.pause == "left"
        return self.stage in ("placing", "countdown", "set")

    @property
    def is_over(self) -> bool:
        """Whether there is nothing left to be judged."""
        return self.stage in ("pain", "summary")

    @property
    def set_number(self) -> int:
        """Which set this is, from 1."""
        return len(self.sets)

    @property
    def is_ranging(self) -> bool:
        """Whether the person's own target is still being learnt."""
        return self._range is not None and not self._range.is_known

    @property
    def done(self) -> int:
        """What counts in this set so far."""
        return len(self._range.peaks) if self._range and self.is_ranging else self.sets[-1].done

    @property
    def wanted(self) -> int:
        """What is asked for in this set."""
        return REPS if self.is_ranging else self.plan.reps

    @property
    def _is_set_done(self) -> bool:
        return self.sets[-1].done >= self.plan.reps

    @property
    def _has_begun(self) -> bool:
        return any(one.reps for one in self.sets)

    @property
    def left_s(self) -> float:
        """Seconds left of a countdown, a rest or the wait for an answer; NaN where none runs."""
        left_s = self._until_s - self._now_s
        return math.nan if math.isnan(left_s) else max(0.0, left_s)

    @property
    def number(self) -> int:
        """What is counted down to: 3, 2, 1 before a set, seconds of a rest; 0 where nothing is."""
        if self.stage == "countdown":
            return min(3, math.ceil(self.left_s / _BEAT_S - 1e-6))
        return math.ceil(self.left_s) if self.stage == "rest" else 0

    @property
    def question(self) -> str:
        """What the person is being asked."""
        if self.stage == "paused" and self.pause == "left":
            return "Pain, or a break?"
        return self._pain.ask if self.stage == "pain" else ""

    # --- moments ----------------------------------------------------------------------------

    def see(
        self, pose: Pose, events: Iterable[Event], status: Status, around: Surroundings
    ) -> Line | None:
        """Take a moment that was judged; gives the line to begin saying, if any."""
        told = tuple(events)
        self._begin(pose.t_s)
        self._count(told)
        match self.stage:
            case "placing":
                self._place(pose, told, status, around)
            case "countdown":
                self._count_down(told, status)
            case "set":
                self._follow(told, status)
            case "paused" if self.pause == "left":
                self._await_return(told, status)
        return self._speak()

    def finish_part(self, events: Iterable[Event]) -> None:
        """Take what a judge tells at the end, when there is nothing more for it to see."""
        self._count(events)
        self.sets[-1].begin_part()

    def _count(self, events: Iterable[Event]) -> None:
        """Whatever is judged is counted, at any stage: so the report counts as well."""
        if not self.is_ranging:
            self.sets[-1].take(events)

    def wait(self, t_s: float) -> Line | None:
        """Take a moment that was not judged."""
        self._begin(t_s)
        if self.stage == "rest":
            self._rest()
        elif self.pause in ("camera", "moved") and t_s - self._since_s > ANEW_S:
            self._wait_for_return()
        return self._speak()

    def _begin(self, t_s: float) -> None:
        self._now_s = t_s
        if math.isnan(self._since_s):
            self._since_s = t_s

    def _speak(self) -> Line | None:
        line = self._speaker.next(self._now_s)
        if line and line.kind in SHOWN:
            self.cue, self._cue_s = line, self._now_s
        if self.cue and self._now_s - self._cue_s > CUE_SHOWN_S:
            self.cue = None
        return line

    def _say(self, kind: Kind, text: str, topic: str = "") -> None:
        self._speaker.offer(Line(self._now_s, kind, text, topic or text))

    def _go(self, stage: Stage, *, for_s: float = math.nan, pause: Pause = "") -> None:
        self.stage, self.pause = stage, pause
        self._since_s, self._until_s = self._now_s, self._now_s + for_s
        self.advice, self._announced, self._counted_down = None, False, 0
        if stage != "set":
            self.cue = None

    # --- before a set -----------------------------------------------------------------------

    def _place(
        self, pose: Pose, told: tuple[Event, ...], status: Status, around: Surroundings
    ) -> None:
        self.advice = self._placing.advice(pose, status, around)
        if self._is_set_done:  # by a hold that was under way as the session paused
            self._end_set()
            return
        has_lock = self._has_lock(told, status)
        is_moving = status.phase in ("moving", "top", "falling")
        if has_lock and is_moving and not self.plan.spec.is_timed:
            self._set_off(told, status)
        elif has_lock and not self._holds_up(self.advice):
            self._begin_countdown(told, status)
        elif self._has_begun and self._now_s - self._since_s >= BREAK_S:
            self._end()
        elif self.advice and self._stands_for_s(self.advice) >= SETTLED_S:
            self._say("setup", what_to_do(self.advice.code, self.plan.spec), self.advice.code)

    def _has_lock(self, told: tuple[Event, ...], status: Status) -> bool:
        """Whether the person holds, or held, the start posture as the checker has it now."""
        is_fresh = any(isinstance(event, Started) for event in told)
        is_believed = self._now_s - self._since_s >= BELIEVED_S
        return is_fresh or (status.phase != "searching" and is_believed)

    def _holds_up(self, advice: Advice | None) -> bool:
        """Whether the set should wait for an instruction to be followed."""
        if advice is None or advice.code in ("moving", "posture"):
            return False
        return self._stands_for_s(advice) < PATIENCE_S

    def _stands_for_s(self, advice: Advice) -> float:
        """For how long an instruction has stood, a moment without it passed over."""
        first_s, last_s = self._advised.get(advice.code, (math.nan, math.nan))
        if not self._now_s - last_s <= SETTLED_S:
            first_s = self._now_s
        self._advised[advice.code] = first_s, self._now_s
        return self._now_s - first_s

    def _begin_countdown(self, told: tuple[Event, ...], status: Status) -> None:
        if self._range and self.is_ranging:
            self._range.hear(told)
            self._say("flow", "Two slow ones, as far as is comfortable", "slow")
        waited_s = STILL_S if any(isinstance(e, Started) for e in told) else 0.0
        self._go("countdown", for_s=COUNTDOWN_S - waited_s)
        self._count_down((), status)

    def _count_down(self, told: tuple[Event, ...], status: Status) -> None:
        if any(isinstance(e, PhaseChanged) and e.phase == "searching" for e in told):
            self._wait_for_return()
            return
        left = self.number
        if left not in (0, self._counted_down):
            self._counted_down = left
            self._say("tick", str(left), "tick")
        has_begun = status.phase in ("moving", "falling") and not self.plan.spec.is_timed
        if self.left_s <= 0 or has_begun:
            self._say("tick", "Go", "tick")
            self._set_off(told, status)

    def _set_off(self, told: tuple[Event, ...], status: Status) -> None:
        self._go("set")
        self._follow(told, status)

    # --- in a set ---------------------------------------------------------------------------

    def _learn_range(self, own_range: OwnRange, told: tuple[Event, ...]) -> None:
        before = len(own_range.peaks)
        own_range.hear(told)
        if own_range.is_known:
            self._say("flow", "That is your range. Now the set.", "range")
            self._go("placing")
        elif len(own_range.peaks) > before:
            self._say("count", str(len(own_range.peaks)), "count")

    def _follow(self, told: tuple[Event, ...], status: Status) -> None:
        if self._range and self.is_ranging:
            self._learn_range(self._range, told)
            if any(isinstance(e, PhaseChanged) and e.phase == "searching" for e in told):
                self._go("placing")
            return
        self._coach.follow(self._now_s, told, status, self.sets[-1])
        if self._is_set_done:
            self._end_set()
        elif any(isinstance(e, PhaseChanged) and e.phase == "searching" for e in told):
            self._go("paused", for_s=ANSWER_S, pause="left")
            self._say("safety", self.question)

    def _wait_for_return(self) -> None:
        """There is a picture again: back to the set, if one was begun."""
        if self._has_begun:
            self._go("paused", for_s=ANSWER_S, pause="left")
            self._say("flow", self.question)
        else:
            self._go("placing")

    def _end_set(self) -> None:
        if self.set_number >= self.plan.sets:
            self._end()
            return
        self._go("rest", for_s=self.plan.rest_s)
        switch = self.plan.spec.sides == "each" and self.set_number % 2
        self._say("flow", "Switch sides" if switch else "Set done, rest", "flow")

    def _end(self) -> None:
        self._go("pain")
        self._speaker.only("safety")
        if not self.is_painful:
            self._say("safety", f"{self.done}. That was it. {self._pain.ask}", "end")

    # --- pauses and rests -------------------------------------------------------------------

    def _await_return(self, told: tuple[Event, ...], status: Status) -> None:
        if self._has_lock(told, status):
            self._begin_countdown(told, status)
        elif self.left_s <= 0:
            self._end()

    def _rest(self) -> None:
        if self.left_s <= READY_S < self.plan.rest_s and not self._announced:
            self._announced = True
            self._say("flow", "Next set soon", "soon")
        if self.left_s <= 0:
            self.sets.append(SetTally())
            self._go("placing")

    # --- what the person asks for -----------------------------------------------------------

    def command(self, name: Command) -> Line | None:
        """What was pressed or said; what does not fit the stage is passed over."""
        match name:
            case "pain" if self.stage != "summary":
                self._feel_pain()
            case "stop" if not self.is_over:
                self._end()
            case "pause" if self.is_judging:
                self._go("paused", pause="asked")
                self._say("safety", "Paused")
            case "camera_lost" if self.is_judging:
                self._go("paused", pause="camera")
            case "camera_moved" if self.stage in ("countdown", "set"):
                self._go("paused", pause="moved")
                self._say("safety", "The camera moved")
            case "break" if self.stage == "paused":
                self._go("paused", for_s=BREAK_S, pause="left")
                self._say("safety", "Take your time", "break")
            case "resume" if self.stage == "paused":
                self._go("placing")
            case "skip" if self.stage == "rest":
                self._until_s = self._now_s
        return self._speak()

    def begin_anew(self) -> None:
        """What the checker knew of the person is gone: the start posture is taken once more."""
        if self.stage in ("countdown", "set"):
            self._go("placing")

    def _feel_pain(self) -> None:
        """From here on nothing urges on: only what calms, and the question how bad it is."""
        self.is_painful = True
        if not self.is_over:
            self._end()
        self._say("safety", "Stop. Rest now.", "pain")

    def answered(self, answer: PainAnswer) -> Line | None:
        """The answer to the pain question: the session is over."""
        self.answer = answer
        self._go("summary")
        if self._pain.ends(answer.level, answer.words):
            self.is_painful = True
        if self.is_painful:
            self._say("safety", self._pain.stop, "advice")
        return self._speak()
