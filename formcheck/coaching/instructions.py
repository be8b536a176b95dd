"""Instructions before a set: which one stands, since when, and whether the set waits for it."""

from __future__ import annotations

import math

from formcheck.coaching.setup import Advice, Placing, Surroundings
from formcheck.exercises.model import ExerciseSpec
from formcheck.records.moments import Moment

SETTLED_S = 1.5
"""An instruction is spoken once it has stood for so long: people move into place by themselves."""

PATIENCE_S = 8.0
"""Advice that does not keep anything from being judged holds the set up for so long at most."""


class Instructions:
    """Names what is amiss, and remembers for how long each instruction has stood."""

    def __init__(self, spec: ExerciseSpec) -> None:
        self._placing = Placing(spec)
        self._stood: dict[str, tuple[float, float]] = {}  # first and last moment of each

    def at(self, moment: Moment, around: Surroundings) -> Advice | None:
        """The first thing that is amiss, None if nothing is."""
        return self._placing.advice(moment.pose, moment.status, around)

    def holds_up(self, advice: Advice | None, now_s: float) -> bool:
        """Whether the set should wait for an instruction to be followed."""
        if advice is None or advice.code in ("moving", "posture"):
            return False
        return self._stands_for_s(advice, now_s) < PATIENCE_S

    def is_settled(self, advice: Advice, now_s: float) -> bool:
        """Whether it has stood for long enough to be spoken."""
        return self._stands_for_s(advice, now_s) >= SETTLED_S

    def _stands_for_s(self, advice: Advice, now_s: float) -> float:
        """For how long an instruction has stood, a moment without it passed over."""
        first_s, last_s = self._stood.get(advice.code, (math.nan, math.nan))
        if not now_s - last_s <= SETTLED_S:
            first_s = now_s
        self._stood[advice.code] = first_s, now_s
        return now_s - first_s
