"""What a good coach would say of a set as it goes: a fold from events to lines.

Counts; the last three seconds of a hold; what to correct; what cannot be seen; praise for what
was corrected, and for nothing else. `Speaker` decides which of them is said, and when.
"""

from __future__ import annotations

import math
from collections.abc import Iterable

from formcheck.coaching.queue import Kind, Line, Speaker
from formcheck.coaching.sets import SetTally
from formcheck.exercises.model import ExerciseSpec
from formcheck.records.events import (
    Attempt,
    Event,
    Fault,
    Found,
    Lost,
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
"""Holds from this length on are reminded once to breathe (document 003: do not hold the breath)."""

BYGONE_S = 2.0
"""Of a rep that ended longer ago and is judged in hindsight, only the count is said (law 4)."""

SIDE_HINTS = 2
"""How often an alternating exercise is told to change sides without having been wrong."""

_KINDS: dict[str, Kind] = {"safety": "safety", "warn": "fault", "info": "hint"}


class Coach:
    """Follows one exercise and offers the speaker what is worth saying."""

    def __init__(self, spec: ExerciseSpec, speaker: Speaker) -> None:
        self._spec, self._speaker = spec, speaker
        self._ticked = math.inf
        self._has_breathed = False
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
        self._watch_hold(t_s, status)
        self._note_told()

    def _say(self, t_s: float, kind: Kind, text: str, topic: str = "") -> Line:
        line = Line(t_s, kind, text, topic or text)
        self._speaker.offer(line)
        return line

    def _hear(self, t_s: float, event: Event, tally: SetTally, *, is_bygone: bool) -> None:
        match event:
            case Attempt() if is_bygone:
                self._count(t_s, tally.rep(event.number), tally.done)
            case Fault() if is_bygone:
                return
            case Fault():
                kind = _KINDS[event.severity]
                line = self._say(t_s, kind, event.cue)
                if event.attempt is not None:
                    self._cues[event.id] = line
            case Attempt():
                self._attempted(t_s, tally.rep(event.number), tally.done)
            case Lost():
                self._say(t_s, "lost", spoken.cannot_see(event.joints), "lost")
            case Found() | PhaseChanged(phase="searching"):
                self._speaker.drop(["lost"])
            case Remark(id="not_alternating"):
                self._say(t_s, "side", spoken.SWITCH_SIDES)

    def _count(self, t_s: float, rep: Rep, done: int) -> None:
        if rep.attempt.counts:
            self._say(t_s, "count", str(done), "count")

    def _attempted(self, t_s: float, rep: Rep, done: int) -> None:
        self._count(t_s, rep, done)
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

    def _watch_hold(self, t_s: float, status: Status) -> None:
        asked_s, held_s = status.hold_asked_s, status.hold_s
        if asked_s <= 0 or held_s <= 0:
            self._ticked, self._has_breathed = math.inf, False
            return
        left = math.ceil(asked_s - held_s - 1e-6)
        if left in LAST_TICKS and left < self._ticked and left < asked_s:
            self._say(t_s, "tick", str(left), "tick")
            self._ticked = left
        elif left <= 0 < self._ticked:
            self._say(t_s, "tick", spoken.hold_is_over(is_timed=self._spec.is_timed), "tick")
            self._ticked = 0
        elif asked_s >= BREATHE_FROM_S and held_s > asked_s / 3 and not self._has_breathed:
            self._say(t_s, "breath", spoken.KEEP_BREATHING)
            self._has_breathed = True
