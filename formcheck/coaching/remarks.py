"""What a good coach would say of a set as it goes: a fold from events to lines.

Counts; the last three seconds of a hold; what to correct; what cannot be seen; praise for what
was corrected, and for nothing else. `Speaker` decides which of them is said, and when.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from formcheck.coaching.queue import Kind, Line, Speaker
from formcheck.coaching.sets import Plan, Progress, SetTally, sure_side
from formcheck.exercises.model import BreathWord
from formcheck.records.events import (
    Attempt,
    Event,
    Fault,
    Found,
    Lost,
    Phase,
    PhaseChanged,
    Remark,
    Status,
    attempt_of,
)
from formcheck.records.report import Rep
from formcheck.words import spoken

LAST_TICKS = (3, 2, 1)
"""Seconds left of a hold that are counted aloud."""

BREATHE_FROM_S = 6.0
"""Holds from this length on are reminded once to breathe where the document of the dose says
nothing of it (ours: nobody should hold their breath for so long)."""

BREATH_SAID_S = 0.9
"""What a word on the breath takes to say; in a hold it is over before the seconds are counted."""

BREATH_LATE_S = 1.0
"""A breath that goes with a movement is not asked for later than this after it began (ours)."""

TIME_TO_LOWER_S = 2.0
"""Whoever was told that the hold is over is not told that it is too long before this (ours)."""

STILL_UP = 0.8
"""Nor is anybody who is on the way back: further from the start than this share of the farthest
point is still up (ours; the clock of a hold runs on while somebody lowers, for 1 s and more in 20
of 28 ranges of real people, docs/robustness.md)."""

BYGONE_S = 2.0
"""Of a rep that ended longer ago and is judged in hindsight, only the count is said (law 4)."""

SIDE_HINTS = 2
"""How often an alternating exercise is told to change sides without having been wrong."""

_KINDS: dict[str, Kind] = {"safety": "safety", "warn": "fault", "info": "hint"}


class Coach:
    """Follows one exercise and offers the speaker what is worth saying."""

    def __init__(self, plan: Plan, speaker: Speaker) -> None:
        self._plan, self._spec, self._speaker = plan, plan.spec, speaker
        self._ticked = math.inf
        self._has_breathed = self._was_long_enough = False
        self._farthest = 0.0
        self._phase: Phase = "searching"
        self._pose = ""
        self._has_told_sides = self._has_told_half = False
        self._to_mend: set[str] = set()
        self._cues: dict[str, Line] = {}
        self._praised = self._side_hints = 0

    def follow(self, t_s: float, events: Iterable[Event], status: Status, tally: SetTally) -> None:
        """Take one moment of a set; `tally` is what the set came to, with these events."""
        told = list(events)
        late = (e for e in told if isinstance(e, Attempt) and e.in_hindsight)
        bygone = {attempt.number for attempt in late if t_s - attempt.t_s > BYGONE_S}
        for event in told:
            self._hear(t_s, event, tally, is_bygone=attempt_of(event) in bygone)
        self._watch_breath(t_s, status)
        self._watch_hold(t_s, status)
        self._note_told()

    def _say(self, t_s: float, kind: Kind, text: str, topic: str = "") -> Line:
        line = Line(t_s, kind, text, topic or text)
        self._speaker.offer(line)
        return line

    def _hear(self, t_s: float, event: Event, tally: SetTally, *, is_bygone: bool) -> None:
        match event:
            case Attempt() if is_bygone:
                self._count(t_s, tally.rep(event.number), tally)
            case Fault() if is_bygone:
                return
            case Fault():
                kind = _KINDS[event.severity]
                line = self._say(t_s, kind, event.cue)
                if event.attempt is not None:
                    self._cues[event.id] = line
            case Attempt():
                self._attempted(t_s, tally.rep(event.number), tally)
            case Lost():
                self._say(t_s, "lost", spoken.cannot_see(event.joints), "lost")
            case Found() | PhaseChanged(phase="searching"):
                self._speaker.drop(["lost"])
            case Remark(id="not_alternating"):
                self._say(t_s, "side", spoken.SWITCH_SIDES)

    def _count(self, t_s: float, rep: Rep, tally: SetTally) -> None:
        if not rep.attempt.counts:
            return
        side = sure_side(rep) if self._plan.is_by_side else None
        if side:
            of_side = sum(one.attempt.counts and sure_side(one) == side for one in tally.reps)
            self._say(t_s, "count", spoken.of_side(side, of_side), "count")
            return
        self._say(t_s, "count", str(tally.done), "count")
        if self._plan.is_by_side:
            self._count_both(t_s, tally.done)

    def _count_both(self, t_s: float, done: int) -> None:
        """Both sides are counted together (design.md, law 12): this is said, and where it is
        half."""
        if self._spec.sides != "together" and not self._has_told_sides:
            self._has_told_sides = True
            self._say(t_s, "flow", spoken.sides_together(self._plan.wanted))
        elif done == self._plan.reps and not self._has_told_half:
            self._has_told_half = True
            self._say(t_s, "flow", spoken.THAT_IS_HALF)

    def _attempted(self, t_s: float, rep: Rep, tally: SetTally) -> None:
        self._count(t_s, rep, tally)
        attempt = rep.attempt
        if attempt.outcome == "short_hold" and not Progress.of(self._plan, tally).has_all_tries:
            short = spoken.held_short(attempt.hold_s, attempt.hold_asked_s)
            self._say(t_s, "hint", short, "short")
        is_first_of_sides = self._spec.sides == "alternating" and self._side_hints < SIDE_HINTS
        if rep.attempt.counts and is_first_of_sides:
            self._side_hints += 1
            self._say(t_s, "side", spoken.OTHER_SIDE)
        is_wrong_again = not self._to_mend.isdisjoint(fault.id for fault in rep.faults)
        if self._to_mend and rep.is_good and not is_wrong_again:
            self._say(t_s, "praise", spoken.PRAISES[self._praised % len(spoken.PRAISES)], "praise")
            self._praised += 1
            self._to_mend.clear()

    def _note_told(self) -> None:
        """Only what was really said can have been corrected."""
        for fault, line in list(self._cues.items()):
            if self._speaker.last_said_s(line.topic) >= line.t_s:
                self._to_mend.add(fault)
                del self._cues[fault]

    def _watch_breath(self, t_s: float, status: Status) -> None:
        """A breath that goes with a movement is asked for as the movement begins."""
        before, self._phase = self._phase, status.phase
        pose, self._pose = self._pose, status.pose
        moment = ""
        if status.pose and status.pose != pose and status.phase in ("moving", "top"):
            moment = status.pose
        elif status.phase == "moving" and before == "rest":
            moment = "into"
        elif status.phase == "falling" and before == "top":
            moment = "back"
        elif status.phase == "rest" and before != "rest":
            moment = "before"
        word = self._plan.dose.breath.get(moment)
        if word:
            self._breathe(t_s, word, until_s=t_s + BREATH_LATE_S)

    def _breathe(self, t_s: float, word: BreathWord, until_s: float) -> None:
        text = spoken.breathe(word)
        self._speaker.offer(Line(t_s, "breath", text, "breath", until_s))

    def _watch_hold(self, t_s: float, status: Status) -> None:
        asked_s, held_s = status.hold_asked_s, status.hold_s
        if held_s <= 0:
            self._ticked, self._farthest = math.inf, 0.0
            self._has_breathed = self._was_long_enough = False
            return
        most_s = status.hold_most_s
        enough_s = max(most_s, asked_s + TIME_TO_LOWER_S) if asked_s else most_s
        is_up = self._is_still_up(status)
        if most_s > asked_s and held_s >= enough_s and is_up and not self._was_long_enough:
            self._was_long_enough = True
            self._say(t_s, "flow", spoken.LONG_ENOUGH)
        if asked_s > 0:
            self._count_down(t_s, asked_s, held_s)

    def _is_still_up(self, status: Status) -> bool:
        """Whether the person is as good as at the farthest point of this hold; of a position that
        is timed, always."""
        back, reach = status.levels.get("back"), status.levels.get("reach")
        if self._spec.is_timed or back is None or reach is None or reach == back:
            return True
        way = (status.primary - back) / (reach - back)
        self._farthest = max(self._farthest, way)
        return way >= STILL_UP * self._farthest

    def _count_down(self, t_s: float, asked_s: float, held_s: float) -> None:
        """The last seconds of a hold, and before them the breath."""
        word = self._held_breath(asked_s)
        last_s = asked_s - BREATH_SAID_S - (0 if word == "one" else max(LAST_TICKS))
        due_s = min(asked_s / 3, last_s - BREATH_LATE_S) if word == "keep" else 0.0
        if word and held_s >= due_s and not self._has_breathed:
            self._has_breathed = True
            self._breathe(t_s, word, until_s=t_s + last_s - held_s)
        left = math.ceil(asked_s - held_s - 1e-6)
        is_told = left in LAST_TICKS and left < asked_s and word != "one"
        if is_told and left < self._ticked:
            self._say(t_s, "tick", str(left), "tick")
            self._ticked = left
        elif left <= 0 < self._ticked:
            self._say(t_s, "tick", spoken.hold_is_over(is_timed=self._spec.is_timed), "tick")
            self._ticked = 0

    def _held_breath(self, asked_s: float) -> BreathWord | None:
        """What is asked of the breath in a hold: by the document of the dose, or by us in one that
        is long."""
        asked = self._plan.dose.breath.get("hold")
        return asked or ("keep" if asked_s >= BREATHE_FROM_S else None)
