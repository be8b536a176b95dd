"""Says one thing at a time: the most important line that is waiting, when there is room for it.

Pure: lines are offered with the media time at which they arose, and `next` is asked at each
moment for the one to be said now. What speaks it, shows it or sounds it is elsewhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "safety",
    "pace",
    "tick",
    "count",
    "flow",
    "lost",
    "fault",
    "side",
    "praise",
    "hint",
    "breath",
    "setup",
]
"""What a line is for. pace, tick and count are a few words that are right for an instant only:
the steps of a round, the seconds of a hold, and reps. breath is right while a movement lasts."""

ORDER: tuple[Kind, ...] = (
    "safety", "pace", "tick", "count", "flow", "lost", "fault", "side", "praise", "hint", "breath",
    "setup",
)  # fmt: skip
"""Most important first."""

GAP_S = 4.0
"""Between the starts of two sentences. Counts and ticks are single words and keep out of it; a
safety line waits for nothing."""

SAME_GAP_S = 10.0
"""Before the same thing is said again."""

BREATH_GAP_S = 2.0
"""Between the start of a sentence and a word on the breath, which comes with every movement and so
holds up no sentence itself (ours)."""

NUMBER_S = 1.0
"""A count or a tick that cannot be said within this time is not said."""

WORTH_S: dict[Kind, float] = {
    "safety": math.inf, "pace": NUMBER_S, "tick": NUMBER_S, "count": NUMBER_S, "flow": 8.0,
    "lost": 3.0, "fault": 6.0, "side": 6.0, "praise": 6.0, "hint": 6.0, "breath": 1.5,
    "setup": 1.0,
}  # fmt: skip
"""How long a line stays worth saying after it arose (ours)."""

CUT_SHORT: tuple[Kind, ...] = ("setup",)
"""Instructions before a set, which may be long: whatever else there is to say breaks into them."""

_OF_AN_INSTANT = ("pace", "tick", "count")
_BY_THE_WAY = (*_OF_AN_INSTANT, "breath")
_START_S, _WORD_S = 0.3, 0.3
"""What speech takes before and for each word, at an ordinary pace."""


@dataclass(frozen=True)
class Line:
    """Something worth saying: its words, what it is about, and when it arose.

    topic: lines of one topic are one thing; the later replaces the earlier. until_s: it is not
    begun later than this.
    """

    t_s: float
    kind: Kind
    text: str
    topic: str
    until_s: float = math.inf

    @property
    def spoken_s(self) -> float:
        """About how long it takes to say."""
        return _START_S + _WORD_S * len(self.text.split())


class Speaker:
    """Holds the lines that are waiting, and lets one out at a time."""

    def __init__(self) -> None:
        self._waiting: dict[str, Line] = {}
        self._said_s: dict[str, float] = {}
        self._busy_until_s = self._sentence_s = -math.inf
        self._is_cut_short = False
        self._allowed: frozenset[Kind] = frozenset(ORDER)

    def offer(self, line: Line) -> None:
        """Let a line wait for its turn; one that may not be said now is dropped."""
        if line.kind in self._allowed:
            self._waiting[line.topic] = line

    def drop(self, topics: Iterable[str]) -> None:
        """Forget lines that have become wrong."""
        for topic in topics:
            self._waiting.pop(topic, None)

    def only(self, *kinds: Kind) -> None:
        """From now on say nothing but these kinds."""
        self._allowed = frozenset(kinds)
        self._waiting = {t: w for t, w in self._waiting.items() if w.kind in self._allowed}

    def next(self, t_s: float) -> Line | None:
        """The line to begin saying at this moment, if there is one and there is room for it."""
        self._waiting = {
            topic: line
            for topic, line in self._waiting.items()
            if t_s - line.t_s <= WORTH_S[line.kind] and t_s <= line.until_s
        }
        ready = [line for line in self._waiting.values() if self._has_room(line, t_s)]
        if not ready:
            return None
        line = min(ready, key=lambda line: ORDER.index(line.kind))
        del self._waiting[line.topic]
        self._said_s[line.topic] = t_s
        self._busy_until_s = t_s + line.spoken_s
        self._is_cut_short = line.kind in CUT_SHORT
        if line.kind not in _BY_THE_WAY:
            self._sentence_s = t_s
        return line

    def last_said_s(self, topic: str) -> float:
        """When something was last said, minus infinity if never."""
        return self._said_s.get(topic, -math.inf)

    def _has_room(self, line: Line, t_s: float) -> bool:
        if line.kind == "safety":
            return True
        if t_s < self._busy_until_s and not (self._is_cut_short and line.kind not in CUT_SHORT):
            return False
        if line.kind in _OF_AN_INSTANT:
            return True
        if line.kind == "breath":
            return t_s - self._sentence_s >= BREATH_GAP_S
        return t_s - self._sentence_s >= GAP_S and t_s - self.last_said_s(line.topic) >= SAME_GAP_S
