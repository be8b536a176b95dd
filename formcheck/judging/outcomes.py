"""What an attempt comes to: whether it is one at all, and with which outcome (design.md, law 5)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

from formcheck.exercises.model import Dose, ExerciseSpec
from formcheck.judging.levels import LevelWatch
from formcheck.measuring.movement import Movement
from formcheck.records.events import Check, Outcome
from formcheck.records.reasons import Bound, Reason

SHORTEST_TOP_S, PLAIN_TOP_S, TOP_SHARE = 0.15, 0.5, 0.25
"""A top is reached if it lasts so long in all that noise cannot have brushed it: half a second,
or the shortest time together with this share of what was spent beyond half the way (ours)."""

SHORTEST_TIMED_S = 1.0
"""A timed hold is none under this: the position is passed on the way to others (ours)."""

SHORTEST_ATTEMPT_S = 0.35
"""What is beyond the level of a partial rep for less than this is noise: nobody moves so fast."""

FULL_SHARE = 0.8
"""A rep is full if this share of the asked hold was held (design.md, law 5). Ours: a hold is timed
to 0.2 or 0.3 s, a tenth and more of one of 2 s, and whoever is not coached counts it in their
head; live, the voice counts the whole of it."""


@dataclass(frozen=True)
class Close:
    """How an attempt ended: when, and, unless it was judged, why not; and whether its return was
    seen."""

    t_s: float
    not_judged: Reason | None = None
    return_seen: bool = True


class Judge:
    """Says of the attempts of a bout what they come to, by the exercise, the dose and the levels of
    one person."""

    def __init__(self, spec: ExerciseSpec, dose: Dose, levels: LevelWatch) -> None:
        self._spec, self._dose, self._levels = spec, dose, levels

    def is_plain(self, movement: Movement) -> bool:
        """Whether it is plain already that this is more than noise."""
        if self._spec.is_timed:
            return True
        return self._levels.was_partial and movement.partial_s >= SHORTEST_ATTEMPT_S

    def has_reached(self, movement: Movement, best_hold_s: float) -> bool:
        """Whether the top was reached for longer than noise brushes it, or a timed hold held."""
        if self._spec.is_timed:
            return best_hold_s >= SHORTEST_TIMED_S
        far_s = movement.beyond_s(self._levels.way("reach") / 2)
        return movement.top_s >= max(SHORTEST_TOP_S, min(PLAIN_TOP_S, TOP_SHARE * far_s))

    def asked_s(self, movement: Movement | None) -> float:
        """The hold that is asked of an attempt, or at rest of any, in seconds; none of what is
        only timed, in which the camera cannot see a hold."""
        if self._spec.mode == "guided":
            return 0.0
        return self._dose.hold_of_s(self.pose_name(movement))

    def most_s(self, movement: Movement | None) -> float:
        """The longest hold that is asked of an attempt, in seconds; 0 where none is."""
        if self._spec.mode == "guided":
            return 0.0
        return self._dose.hold_most_s(self.pose_name(movement))

    def pose_name(self, movement: Movement | None) -> str:
        """The pose of a cycle that was taken, empty at rest and where there is no cycle."""
        if self._spec.poses is None or movement is None:
            return ""
        above, below = self._spec.poses
        return above if movement.rises else below

    def outcome(
        self, movement: Movement, close: Close, best_hold_s: float, *, start_seen: bool = True
    ) -> tuple[Outcome, Reason | None]:
        """The outcome of an attempt, and the reason where it is no full one."""
        asked_s = self.asked_s(movement)
        if close.not_judged:
            return "not_judged", close.not_judged
        if self._spec.mode == "guided":
            return "timed", Reason("not_measured")
        if not self.has_reached(movement, best_hold_s):
            return "partial", self._levels.why_short(movement)
        if not self._spec.is_timed and not (start_seen and close.return_seen):
            return "cut_off", Reason("return_not_seen" if start_seen else "start_not_seen")
        if best_hold_s < FULL_SHARE * asked_s:
            return "short_hold", Reason("held_too_short", held_s=best_hold_s, asked_s=asked_s)
        return "full", None

    def checks(self, movement: Movement, best_hold_s: float) -> Iterator[Check]:
        """Every condition as it was judged on a movement, and its hold if one was asked."""
        yield from self._levels.checks(movement)
        if asked_s := self.asked_s(movement):
            least_s = FULL_SHARE * asked_s
            bound = Bound("hold", "", least_s, math.inf, "s")
            yield Check("hold", "", bound, best_hold_s, best_hold_s >= least_s, None)
