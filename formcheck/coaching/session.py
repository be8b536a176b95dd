"""What lasts through all stages of a session: the plan and its sets, what is said, and the time."""

from __future__ import annotations

import math
from collections.abc import Iterable

from formcheck.coaching.instructions import Instructions
from formcheck.coaching.own_range import REPS, OwnRange
from formcheck.coaching.queue import Kind, Line, Speaker
from formcheck.coaching.remarks import Coach
from formcheck.coaching.rounds import Rounds
from formcheck.coaching.sets import Plan, Progress, SetTally
from formcheck.coaching.setup import Surroundings
from formcheck.exercises.safety import Pain
from formcheck.records.events import Event
from formcheck.words import spoken

SHOWN: tuple[Kind, ...] = (
    "safety",
    "pace",
    "flow",
    "lost",
    "fault",
    "side",
    "praise",
    "hint",
    "breath",
)
"""Lines that are shown as well; what else is said has a place of its own on the screen."""

OFFER_S = 20.0
"""An offer of a few reps more stands for so long; without another rep the set is over (ours)."""

CUE_SHOWN_S = 5.0
"""How long such a line stays on the screen after it was said."""


class Session:
    """One session of one exercise, at any stage.

    own_range: learns the person's own target from slow reps before the first set. around: what is
    known of the picture. cue: the line on the screen. pain_rule: how the guide of the dose takes
    pain. rounds: of a guided exercise, those of this set.
    """

    def __init__(
        self, plan: Plan, speaker: Speaker, pain: Pain, own_range: OwnRange | None
    ) -> None:
        self.plan, self.pain, self.own_range = plan, pain, own_range
        self.pain_rule = pain.rule_of(plan.spec.id, plan.dose)
        self.coach = Coach(plan, speaker)
        self.instructions = Instructions(plan.spec)
        self.sets = [SetTally()]
        self.rounds = self._new_rounds()
        self._offered_s, self._offered = math.nan, 0
        self._is_announced = False
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
        return REPS if self.is_ranging else self.plan.wanted + self._offered

    @property
    def progress(self) -> Progress:
        """This set held against its plan."""
        return Progress.of(self.plan, self.sets[-1])

    @property
    def is_set_done(self) -> bool:
        """Whether this set came to what was asked for, or to all that is offered beyond it."""
        if self.is_ranging:
            return False
        return self.rounds.is_over if self.rounds else self.progress.is_enough

    @property
    def has_begun(self) -> bool:
        """Whether anything was tried in any set."""
        return any(one.reps for one in self.sets)

    # --- a few more ---------------------------------------------------------------------------

    @property
    def is_offering(self) -> bool:
        """Whether a few reps more were offered in this set."""
        return not math.isnan(self._offered_s)

    def offer_more(self) -> None:
        """Reps that were held too short do not complete a set: offer a few more, once."""
        progress = self.progress
        if self.is_offering or self.rounds or self.is_ranging:
            return
        if progress.has_all_tries and not progress.is_enough:
            self._offered_s, self._offered = self.now_s, progress.more
            text = spoken.more(progress.more, is_one_side_short=progress.is_one_side_short)
            self.say("flow", text, "more")

    def keep_offer(self) -> None:
        """A rep is under way: the offer stands for as long again."""
        self._offered_s = self.now_s if self.is_offering else math.nan

    @property
    def is_offer_over(self) -> bool:
        """Whether what was offered was not taken up."""
        return self.now_s - self._offered_s >= OFFER_S

    def count(self, events: Iterable[Event]) -> None:
        """Whatever is judged is counted, at any stage: so the report counts as well."""
        if not self.is_ranging:
            self.sets[-1].take(events)

    def begin_set(self) -> None:
        """The next set."""
        self.sets.append(SetTally())
        self.rounds = self._new_rounds()
        self._offered_s, self._offered = math.nan, 0

    def _new_rounds(self) -> Rounds | None:
        plan, guide = self.plan, self.plan.spec.guide
        return Rounds(guide, plan.dose, plan.reps) if guide else None

    # --- what is said -------------------------------------------------------------------------

    def say(self, kind: Kind, text: str, topic: str = "") -> None:
        """Let a line wait for its turn."""
        self._speaker.offer(Line(self.now_s, kind, text, topic or text))

    def announce(self) -> None:
        """Say once what is asked for, while the person gets into position."""
        if self._is_announced:
            return
        self._is_announced = True
        plan = self.plan
        text = spoken.target(plan.spec, plan.dose, plan.reps)
        if plan.is_by_side and plan.spec.sides == "together":
            text += f". {spoken.sides_together(plan.wanted)}"
        self.say("setup", text, "target")

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
