"""What lasts through all stages of a session: the plan and its sets, what is said, and the time."""

from __future__ import annotations

import math
from collections.abc import Iterable

from formcheck.coaching.instructions import Instructions
from formcheck.coaching.own_range import REPS, OwnRange
from formcheck.coaching.queue import Kind, Line, Speaker
from formcheck.coaching.remarks import Coach
from formcheck.coaching.sets import Plan, SetTally
from formcheck.coaching.setup import Surroundings
from formcheck.exercises.safety import Pain
from formcheck.records.events import Event

SHOWN: tuple[Kind, ...] = ("safety", "flow", "lost", "fault", "side", "praise", "hint", "breath")
"""Lines that are shown as well; what else is said has a place of its own on the screen."""

CUE_SHOWN_S = 5.0
"""How long such a line stays on the screen after it was said."""


class Session:
    """One session of one exercise, at any stage.

    own_range: learns the person's own target from slow reps before the first set. around: what is
    known of the picture. cue: the line on the screen. pain_rule: how the guide of the dose takes
    pain.
    """

    def __init__(
        self, plan: Plan, speaker: Speaker, pain: Pain, own_range: OwnRange | None
    ) -> None:
        self.plan, self.pain, self.own_range = plan, pain, own_range
        self.pain_rule = pain.rule_of(plan.spec.id, plan.dose)
        self.coach = Coach(plan.spec, speaker)
        self.instructions = Instructions(plan.spec)
        self.sets = [SetTally()]
        self.is_painful = False
        self.around = Surroundings()
        self.cue: Line | None = None
        self.now_s = self._cue_s = math.nan
        self._speaker = speaker

    # --- what is counted ----------------------------------------------------------------------

    @property
    def set_number(self) -> int:
        """Which set this is, from 1."""
        return len(self.sets)

    @property
    def is_ranging(self) -> bool:
        """Whether the person's own target is still being learnt."""
        return self.own_range is not None and not self.own_range.is_known

    @property
    def done(self) -> int:
        """What counts in this set so far."""
        if self.own_range and self.is_ranging:
            return len(self.own_range.peaks)
        return self.sets[-1].done

    @property
    def wanted(self) -> int:
        """What is asked for in this set."""
        return REPS if self.is_ranging else self.plan.reps

    @property
    def is_set_done(self) -> bool:
        """Whether this set came to what was asked for."""
        return not self.is_ranging and self.done >= self.wanted

    @property
    def has_begun(self) -> bool:
        """Whether anything was tried in any set."""
        return any(one.reps for one in self.sets)

    def count(self, events: Iterable[Event]) -> None:
        """Whatever is judged is counted, at any stage: so the report counts as well."""
        if not self.is_ranging:
            self.sets[-1].take(events)

    def begin_set(self) -> None:
        """The next set."""
        self.sets.append(SetTally())

    # --- what is said -------------------------------------------------------------------------

    def say(self, kind: Kind, text: str, topic: str = "") -> None:
        """Let a line wait for its turn."""
        self._speaker.offer(Line(self.now_s, kind, text, topic or text))

    def say_only(self, *kinds: Kind) -> None:
        """From now on say nothing but these kinds."""
        self._speaker.only(*kinds)

    def speak(self) -> Line | None:
        """The line to begin saying now, if any; it stays on the screen for a while."""
        line = self._speaker.next(self.now_s)
        if line and line.kind in SHOWN:
            self.cue, self._cue_s = line, self.now_s
        if self.cue and self.now_s - self._cue_s > CUE_SHOWN_S:
            self.cue = None
        return line
