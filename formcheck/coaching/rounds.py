"""The rounds of a guided exercise, in which a camera cannot see the work: tighten, hold, let go,
rest, paced by media time. What is done in them is timed and never measured.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from formcheck.coaching.queue import Kind
from formcheck.exercises.model import Dose, Guide
from formcheck.words import spoken

Step = Literal["ready", "tighten", "hold", "release"]
"""Where a round stands; "ready" before it begins."""

INTRO_S = 4.0
"""Before the first round, while it is said that the rounds are timed (ours)."""

ANEW_S = 2.0
"""Before a round that was broken off begins anew (ours)."""

TIGHTEN_S = 2.5
"""From the word to tighten until the hold begins: time to hear it and to follow slowly (ours)."""

REST_S = 5.0
"""From letting go until the next round (ours: no document says how long)."""

COUNTED_S = 5
"""The last seconds of a hold that are counted aloud: all of a hold of 5 s."""

COUNT_AFTER_S = 1.2
"""After the word to let go, the number of the round (ours)."""

BREATHE_BEFORE_S = 1.5
"""Before a round begins, the breath that it asks for first (ours)."""


@dataclass(frozen=True)
class Due:
    """Something that is said, or begins, so long after a round began; before it, if negative."""

    at_s: float
    step: Step
    kind: Kind = "pace"
    text: str = ""


class Rounds:
    """Paces the rounds of a set: `follow` is called while the person lies as asked, and `halt` once
    they do not.

    done: rounds that were paced to their end. step: where the round under way stands.
    """

    def __init__(self, guide: Guide, dose: Dose, wanted: int) -> None:
        self.wanted, self.done = wanted, 0
        self.step: Step = "ready"
        self._hold_s = dose.hold_s
        self._round = tuple(sorted(_round(guide, dose), key=lambda due: due.at_s))
        self._has_intro = False
        self._begins_s, self._told, self._now_s = math.nan, 0, math.nan

    @property
    def is_over(self) -> bool:
        """Whether all rounds are done."""
        return self.done >= self.wanted

    @property
    def hold_left(self) -> int:
        """Whole seconds of the hold that are left, 0 outside one."""
        if self.step != "hold":
            return 0
        return max(0, math.ceil(self._begins_s + TIGHTEN_S + self._hold_s - self._now_s - 1e-6))

    def halt(self) -> None:
        """The person does not lie as asked: the round under way begins anew when they do."""
        self._begins_s, self.step = math.nan, "ready"

    def follow(self, t_s: float) -> list[Due]:
        """What is due since the last moment."""
        self._now_s = t_s
        due: list[Due] = []
        if math.isnan(self._begins_s):
            if not self._has_intro:
                due.append(Due(0.0, "ready", "pace", spoken.TIMED_ONLY))
            self._begin(t_s + (ANEW_S if self._has_intro else INTRO_S))
            self._has_intro = True
        while self._told < len(self._round) and not self.is_over:
            following = self._round[self._told]
            if t_s - self._begins_s < following.at_s - 1e-9:
                break
            self._told += 1
            self.step = following.step
            if following.kind == "count":
                self.done += 1
                following = Due(following.at_s, following.step, "count", str(self.done))
            due.append(following)
        if self._told == len(self._round):
            self._begin(self._begins_s + TIGHTEN_S + self._hold_s + REST_S)
        return due

    def _begin(self, at_s: float) -> None:
        self._begins_s, self._told = at_s, 0


def _round(guide: Guide, dose: Dose) -> Iterator[Due]:
    """What is said in one round, and when; a breath in the same words as what it goes with, or
    before the seconds are counted, never over them."""
    breath, over_s = dose.breath, TIGHTEN_S + dose.hold_s
    if word := breath.get("before"):
        yield Due(-BREATHE_BEFORE_S, "ready", "pace", spoken.breathe(word))
    is_short = dose.hold_s <= COUNTED_S + 2
    held = breath.get("hold")
    within = held if held and is_short else None
    yield Due(0.0, "tighten", "pace", spoken.with_breath(guide.tighten, breath.get("into"), within))
    yield Due(TIGHTEN_S, "hold")
    if held and not is_short:
        yield Due(TIGHTEN_S + 0.5, "hold", "pace", spoken.breathe(held))
    for left in range(min(COUNTED_S, math.floor(dose.hold_s)), 0, -1):
        yield Due(over_s - left, "hold", "tick", str(left))
    yield Due(over_s, "release", "pace", spoken.with_breath(guide.release, breath.get("back")))
    yield Due(over_s + COUNT_AFTER_S, "release", "count")
