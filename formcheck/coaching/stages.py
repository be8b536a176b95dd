"""The stages of a session, each knowing what it waits for and which stage comes then.

placing --still--> countdown --2 s--> set --dose done--> rest --timer--> placing ...
   ^                                   |  `--last set--> pain? --answer--> summary
   |        posture taken again        v left, camera moved, pause pressed
   `------------------------------- paused --"Pain, or a break?", no answer--> pain?
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import ClassVar, Literal

from formcheck.coaching.own_range import OwnRange
from formcheck.coaching.queue import Kind
from formcheck.coaching.rounds import Rounds
from formcheck.coaching.session import Session
from formcheck.coaching.sets import of_each_side
from formcheck.coaching.setup import Advice
from formcheck.judging.start import STILL_S
from formcheck.records.events import Attempt, PhaseChanged, Started
from formcheck.records.moments import Moment
from formcheck.words import screen, spoken
from formcheck.words.advice import what_to_do

StageName = Literal["placing", "countdown", "set", "paused", "rest", "pain", "summary"]
PauseReason = Literal["left", "asked", "camera", "moved", ""]
"""Why: the person left, somebody pressed pause, there is no camera, or it was moved."""

COUNTDOWN_S = 2.0
"""The start posture is held so long, of which the lock takes `STILL_S`."""

_BEAT_S = (COUNTDOWN_S - STILL_S) / 2
"""Between two numbers of the countdown: after the lock there are two left."""

BELIEVED_S = 0.5
"""What the checker says of a person after a gap in time is believed after so long: it looks a
little into the past."""

ANSWER_S = 20.0
"""Without an answer to 'Pain, or a break?' for so long, the set ends."""

BREAK_S = 180.0
"""A break may last so long."""

READY_S = 8.0
"""Before the end of a rest, the next set is announced."""

ANEW_S = 3.2
"""Unjudged for longer than this, the checker begins anew (`visibility.GIVEN_UP_S`)."""


class Stage:
    """One stage: `see` takes a moment that was judged, `wait` one that was not, and both give the
    stage that the session is in then.

    keeps_cue: whether the line on the screen stays as it begins. is_judging: whether poses go to
    the checker. pause: why, while paused. advice: what is amiss.
    """

    name: ClassVar[StageName]
    keeps_cue: ClassVar[bool] = False
    is_judging = False
    pause: PauseReason = ""
    advice: Advice | None = None

    def __init__(self, session: Session, *, for_s: float = math.nan) -> None:
        self.session = session
        self.since_s = session.now_s
        self.until_s = session.now_s + for_s
        if not self.keeps_cue:
            session.cue = None

    def see(self, moment: Moment) -> Stage:
        """Take a moment that was judged."""
        return self

    def wait(self) -> Stage:
        """Take a moment that was not judged."""
        return self

    @property
    def left_s(self) -> float:
        """Seconds left of it; NaN where it has no end of its own."""
        left_s = self.until_s - self.session.now_s
        return math.nan if math.isnan(left_s) else max(0.0, left_s)

    @property
    def number(self) -> int:
        """What is counted down to; 0 where nothing is."""
        return 0

    @property
    def question(self) -> str:
        """What the person is being asked."""
        return ""

    def has_lock(self, moment: Moment) -> bool:
        """Whether the person holds, or held, the start posture as the checker has it now."""
        is_believed = self.session.now_s - self.since_s >= BELIEVED_S
        return _has_started(moment) or (moment.status.phase != "searching" and is_believed)


class Preparing(Stage):
    """The camera is placed, and the start posture taken."""

    name = "placing"
    is_judging = True

    def see(self, moment: Moment) -> Stage:
        """Set off, count down, or say what is amiss."""
        session = self.session
        instructions, now_s = session.instructions, session.now_s
        self.advice = instructions.at(moment, session.around)
        is_over = session.is_set_done  # by a hold that was under way as the session paused
        if is_over or session.is_offer_over:
            return _after_set(session)
        has_lock = self.has_lock(moment)
        is_moving = moment.status.phase in ("moving", "top", "falling")
        is_under_way = is_moving or any(isinstance(e, Attempt) for e in moment.events)
        if has_lock and is_under_way and not session.plan.spec.is_timed:
            return _begin(session).see(moment)
        if has_lock and not instructions.holds_up(self.advice, now_s):
            return _count_down(session, moment)
        if session.has_begun and now_s - self.since_s >= BREAK_S:
            return end(session)
        if self.advice and instructions.is_settled(self.advice, now_s):
            code = self.advice.code
            session.say("setup", what_to_do(code, session.plan.spec), code)
        return self


class Countdown(Stage):
    """The start posture is held still, and a number said at each beat."""

    name = "countdown"
    is_judging = True

    def __init__(self, session: Session, *, for_s: float) -> None:
        super().__init__(session, for_s=for_s)
        self._said = 0

    @property
    def number(self) -> int:
        """3, 2, 1."""
        return min(3, math.ceil(self.left_s / _BEAT_S - 1e-6))

    def see(self, moment: Moment) -> Stage:
        """Count on, unless the posture is left."""
        return back_in_picture(self.session) if _has_left(moment) else self.count(moment)

    def count(self, moment: Moment) -> Stage:
        """Say the number, and begin at the end, or with the person."""
        session, left = self.session, self.number
        if left not in (0, self._said):
            self._said = left
            session.say("tick", str(left), "tick")
        is_timed = session.plan.spec.is_timed
        has_begun = moment.status.phase in ("moving", "falling") and not is_timed
        if self.left_s > 0 and not has_begun:
            return self
        if not session.rounds:
            session.say("tick", spoken.GO, "tick")
        return _begin(session).see(moment)


class InSet(Stage):
    """The set, or the slow reps that show the person's own range."""

    name = "set"
    is_judging = True
    keeps_cue = True

    def see(self, moment: Moment) -> Stage:
        """Follow the reps until the dose is done, or the person leaves."""
        session = self.session
        if session.own_range and session.is_ranging:
            return self._learn(session.own_range, moment)
        session.coach.follow(session.now_s, moment.events, moment.status, session.sets[-1])
        if session.is_set_done:
            return _after_set(session)
        session.offer_more()
        if moment.status.phase in ("moving", "top", "falling"):
            session.keep_offer()
        if session.is_offer_over:
            return _after_set(session)
        if _has_left(moment):  # who was offered more and gets up has answered
            return Preparing(session) if session.is_offering else _gone(session, "safety")
        return self

    def _learn(self, own_range: OwnRange, moment: Moment) -> Stage:
        session, before = self.session, len(own_range.peaks)
        own_range.hear(moment.events)
        if own_range.is_known:
            session.say("flow", spoken.RANGE_KNOWN, "range")
        elif len(own_range.peaks) > before:
            session.say("count", str(len(own_range.peaks)), "count")
        return Preparing(session) if own_range.is_known or _has_left(moment) else self


class InRounds(Stage):
    """A set of a guided exercise: its rounds are paced while the person lies as asked."""

    name = "set"
    is_judging = True
    keeps_cue = True

    def __init__(self, session: Session, rounds: Rounds) -> None:
        super().__init__(session)
        self._rounds = rounds

    @property
    def number(self) -> int:
        """Seconds of the hold that are left."""
        return self._rounds.hold_left

    def see(self, moment: Moment) -> Stage:
        """Pace the rounds until all are done, or the person leaves."""
        session, rounds = self.session, self._rounds
        session.coach.follow(session.now_s, moment.events, moment.status, session.sets[-1])
        if _has_left(moment):
            rounds.halt()
            return _gone(session, "safety")
        if moment.status.phase == "paused":
            rounds.halt()
            return self
        for due in rounds.follow(session.now_s):
            if due.text:
                session.say(due.kind, due.text, due.kind)
        session.sets[-1].rounds = rounds.done
        return _after_set(session) if rounds.is_over else self


class Paused(Stage):
    """The session waits for the person, for the camera, or for a press."""

    name = "paused"

    def __init__(self, session: Session, pause: PauseReason, *, for_s: float = math.nan) -> None:
        super().__init__(session, for_s=for_s)
        self.pause = pause
        self.is_judging = pause == "left"

    @property
    def question(self) -> str:
        """Why it is paused: of a person who left, as a question."""
        return screen.PAUSES[self.pause]

    def see(self, moment: Moment) -> Stage:
        """Go on once the posture is taken again."""
        if self.pause != "left":
            return self
        if self.has_lock(moment):
            return _count_down(self.session, moment)
        return end(self.session) if self.left_s <= 0 else self

    def wait(self) -> Stage:
        """Go on once there is a picture again, and the checker has begun anew."""
        is_anew = self.session.now_s - self.since_s > ANEW_S
        return (
            back_in_picture(self.session) if self.pause in ("camera", "moved") and is_anew else self
        )


class Rest(Stage):
    """Between two sets."""

    name = "rest"

    def __init__(self, session: Session) -> None:
        super().__init__(session, for_s=session.plan.rest_s)
        self._is_announced = False

    @property
    def number(self) -> int:
        """Seconds of rest that are left."""
        return math.ceil(self.left_s)

    def wait(self) -> Stage:
        """Announce the next set, and begin it."""
        session = self.session
        if self.left_s <= READY_S < session.plan.rest_s and not self._is_announced:
            self._is_announced = True
            session.say("flow", spoken.NEXT_SET_SOON, "soon")
        if self.left_s > 0:
            return self
        session.begin_set()
        return Preparing(session)

    def skip(self) -> None:
        """The person is ready."""
        self.until_s = self.session.now_s


class Asking(Stage):
    """The exercise is over, and the person is asked about pain."""

    name = "pain"

    @property
    def question(self) -> str:
        """How bad it is."""
        return self.session.pain.ask


class Summary(Stage):
    """Nothing is left to be done."""

    name = "summary"


# --- from one to the next -------------------------------------------------------------------------


def back_in_picture(session: Session) -> Stage:
    """There is a picture again: back to the set, if one was begun."""
    return _gone(session, "flow") if session.has_begun else Preparing(session)


def end(session: Session) -> Stage:
    """No more sets: only what calms is said from here on, and the question about pain."""
    session.say_only("safety")
    if not session.is_painful:
        farewell = spoken.that_was_it(
            sum(one.done for one in session.sets),
            session.pain.ask,
            spec=session.plan.spec,
            short=sum(one.totals.short_hold for one in session.sets),
            of_each_side=of_each_side(session.plan, session.sets),
        )
        session.say("safety", farewell, "end")
    return Asking(session)


def _begin(session: Session) -> Stage:
    """The set itself."""
    return InRounds(session, session.rounds) if session.rounds else InSet(session)


def _gone(session: Session, kind: Kind) -> Stage:
    paused = Paused(session, "left", for_s=ANSWER_S)
    session.say(kind, paused.question)
    return paused


def _after_set(session: Session) -> Stage:
    if session.set_number >= session.plan.sets:
        return end(session)
    switch = session.plan.spec.sides == "each" and session.set_number % 2
    session.say("flow", spoken.SWITCH_SIDES if switch else spoken.SET_DONE, "flow")
    return Rest(session)


def _count_down(session: Session, moment: Moment) -> Stage:
    """Begin the countdown; what led to it is not taken twice."""
    if session.own_range and session.is_ranging:
        session.own_range.hear(moment.events)
        session.say("flow", spoken.RANGE_FIRST, "slow")
    waited_s = STILL_S if _has_started(moment) else 0.0
    countdown = Countdown(session, for_s=COUNTDOWN_S - waited_s)
    return countdown.count(replace(moment, events=()))


def _has_started(moment: Moment) -> bool:
    return any(isinstance(event, Started) for event in moment.events)


def _has_left(moment: Moment) -> bool:
    return any(isinstance(e, PhaseChanged) and e.phase == "searching" for e in moment.events)
