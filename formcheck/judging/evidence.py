"""Waiting for evidence of a rest, and remembering what was seen meanwhile (design.md, law 4).

A rest is known once the start posture is held still; or once two movements that are alike began and
ended in it; or, where nothing more comes, once one movement did. What was remembered is then gone
back over, as far as the person stayed in one place.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import replace

from formcheck.exercises.model import ExerciseSpec
from formcheck.judging.place import Place, all_apart, home_of, place_of
from formcheck.judging.start import Rest, StartWatch
from formcheck.judging.turning_points import Swing, Turn, TurningPoints
from formcheck.records.events import Evidence
from formcheck.records.pose import Pose, Side

MEMORY_S = 60.0
"""So much is remembered, and gone back over at most (design.md, law 4)."""

ALIKE = 0.65
"""Two movements are alike if the smaller goes at least this share of the way of the larger (ours:
good reps of one set differ by a third at most, pulses and half reps by more)."""

PACE, PACE_S = 2.5, 2.0
"""And if the slower lasts at most so many times as long as the quicker, and so much more (ours)."""

LONGEST_S = 30.0
"""Rests further apart than this do not part one movement (ours)."""

SHOWN_S = 0.15
"""Poses so near to a turning point show the rest."""

NEAR_REST = 0.35
"""Turning points beyond this share of the way from the lowest one are no rest (ours)."""

SAME_PLACE = {True: 0.2, False: 0.3}
"""By how many torso lengths what rests on the floor may move between rests and tops: feet alone
(True) by less, for a jump lifts them by 0.22 and more, and squats move them by up to 0.16 (ours,
from recordings of both)."""

LEFT_PLACE, LEFT_PLACE_S = 0.4, 0.5
"""Farther from its place for longer, the person was not yet there (ours)."""

EARLIER_S = 0.2
"""A timed hold that began so much before the still moment is gone back over."""

BRIEFEST_S = 0.3
"""The start posture of a timed hold is evidence at the end if it lasted so long (ours)."""

LAST = 8
"""The most recent rests and tops that are looked at."""


class Wait:
    """Feeds on the poses of one shot until there is evidence of a rest.

    begins_shot: whether they are its first, so that a movement may be under way as it begins.
    watch: the still evidence, and what stands in its way.
    """

    def __init__(
        self, spec: ExerciseSpec, *, stature_in: float | None, near: Side | None,
        begins_shot: bool = True,
    ) -> None:  # fmt: skip
        self._spec = spec
        self.watch = StartWatch(spec, stature_in=stature_in, near=near)
        self._goes_back = spec.mode != "guided"
        self._sign, self._least = _direction(spec)
        self._begin(begins_shot=begins_shot)

    def _begin(self, *, begins_shot: bool = True) -> None:
        self._turns = TurningPoints(self._least)
        self._memory: deque[Pose] = deque()
        self._places: deque[Place] = deque()
        self._is_whole_shot = begins_shot
        self._run = self._longest_run = (math.nan, math.nan)

    def new_shot(self) -> None:
        """What was seen belongs to another shot."""
        self.watch.begin_anew()
        self.watch.glances.clear()
        self._begin()

    def update(self, pose: Pose) -> Rest | None:
        """Take the next pose; gives the rest as soon as there is evidence of it."""
        still = self.watch.update(pose)
        if not self._goes_back:
            return still
        self._remember(pose)
        has_news = self._follow()
        if still is not None:
            return self._gone_back(still) if self._has_moved(still) else still
        return self._repeated() if has_news else None

    def rule_out(self) -> None:
        """The first still moment was a top that was held, and one like it is no rest either."""
        self.watch.rule_out()

    def end_of_shot(self) -> Rest | None:
        """Nothing more comes of this shot: one movement alone is evidence."""
        if not self._goes_back or not self._memory:
            return None
        self.watch.finish()
        self._follow()
        if self._spec.is_timed:
            return self._held()
        self._turns.finish()
        rests = self._turns.rests[-LAST:]
        return self._of_turns("alone", rests, list(self._turns.swings())[-LAST:]) if rests else None

    # --- what is remembered -----------------------------------------------------------------

    @property
    def remembered_s(self) -> float:
        """How far back it remembers."""
        return self._memory[-1].t_s - self._memory[0].t_s if self._memory else 0.0

    def _remember(self, pose: Pose) -> None:
        self._memory.append(pose)
        self._places.append(self._place(pose))
        while pose.t_s - self._memory[0].t_s > MEMORY_S:
            self._memory.popleft()
            self._places.popleft()
            self._is_whole_shot = False

    def _follow(self) -> bool:
        """Take the glances of the watch; True when one more rest between movements is known."""
        glances, has_news = self.watch.glances, False
        while glances:
            glance = glances.popleft()
            if self._spec.is_timed:
                self._follow_run(glance.t_s, in_start=glance.in_start)
            elif self._sign:
                way = self._sign * glance.primary
                has_news |= self._turns.add(glance.t_s, way, in_start=glance.in_start)
        return has_news

    def _follow_run(self, t_s: float, *, in_start: bool) -> None:
        if not in_start:
            return
        goes_on = t_s - self._run[1] <= BRIEFEST_S
        self._run = (self._run[0] if goes_on else t_s, t_s)
        lasted_s, longest_s = (end - start for start, end in (self._run, self._longest_run))
        if not lasted_s <= longest_s:
            self._longest_run = self._run

    def _has_moved(self, still: Rest) -> bool:
        """Whether there is anything to go back over before the still moment."""
        if self._spec.is_timed:
            return True
        return self._turns.has_moved

    # --- evidence ---------------------------------------------------------------------------

    def _repeated(self) -> Rest | None:
        swings = list(self._turns.swings())[-2:]
        if len(swings) < 2 or not _are_alike(*swings):
            return None
        return self._of_turns("repeated", [swings[0].before, *(s.after for s in swings)], swings)

    def _held(self) -> Rest | None:
        """The longest stay in the start posture of a timed hold."""
        start_s, end_s = self._longest_run
        if not end_s - start_s >= BRIEFEST_S:
            return None
        shown = [p for p in self._memory if p.is_seen and start_s <= p.t_s <= end_s]
        return self._shown_by("alone", shown)

    def _of_turns(
        self, evidence: Evidence, rests: Sequence[Turn], swings: Sequence[Swing]
    ) -> Rest | None:
        lowest = min(turn.way for turn in rests)
        farthest = max((swing.top.way for swing in swings), default=self._turns.highest)
        near = [t for t in rests if t.way - lowest <= NEAR_REST * (farthest - lowest)]
        shown = [p for p in self._memory if p.is_seen and _is_near(p, near)]
        if len(shown) < 2 or not self._in_one_place([*near, *(swing.top for swing in swings)]):
            return None
        return self._shown_by(evidence, shown)

    def _in_one_place(self, turns: Iterable[Turn]) -> bool:
        remembered = zip(self._memory, self._places, strict=True)
        seen = [(pose.t_s, place) for pose, place in remembered if pose.is_seen]
        places = [min(seen, key=lambda one: abs(one[0] - turn.t_s))[1] for turn in turns]
        most = SAME_PLACE[self._spec.start.posture.is_on_feet]
        return bool((all_apart(places, home_of(places)) <= most).all())

    def _place(self, pose: Pose) -> Place:
        return place_of(pose, self._spec.start.posture)

    def _shown_by(self, evidence: Evidence, shown: Sequence[Pose]) -> Rest | None:
        bearings = self.watch.bearings_of(shown)
        if bearings is None:
            return None
        return self._gone_back(Rest(evidence, self._memory[-1].t_s, bearings, tuple(shown)))

    # --- going back -------------------------------------------------------------------------

    def _gone_back(self, rest: Rest) -> Rest:
        """The rest with all that was seen from the same place."""
        poses = list(self._memory)
        first = self._first(poses, rest)
        is_early = rest.poses[0].t_s - poses[first].t_s > EARLIER_S
        is_whole = first == 0 and self._is_whole_shot
        if self._spec.is_timed and rest.evidence == "still" and not (is_early or is_whole):
            return rest
        return replace(rest, stretch=tuple(poses[first:]), is_whole_shot=is_whole)

    def _first(self, poses: Sequence[Pose], rest: Rest) -> int:
        """The index of the first pose since which the person has been in the place of the rest."""
        home = home_of([self._place(pose) for pose in rest.poses if pose.is_seen])
        since_s = rest.poses[0].t_s
        first = next(i for i, pose in enumerate(poses) if pose.t_s >= since_s)
        there_s, apart = since_s, all_apart(self._places, home)
        for i in range(first - 1, -1, -1):
            if apart[i] <= LEFT_PLACE:
                first, there_s = i, poses[i].t_s
            elif there_s - poses[i].t_s > LEFT_PLACE_S and poses[i].is_seen:
                break
        return first


def _direction(spec: ExerciseSpec) -> tuple[int, float]:
    """Which way the primary measure goes to the top, 0 where its turning points say nothing; and by
    how much it must change to have moved."""
    if spec.is_timed or not spec.rep.sign:
        return 0, math.inf
    return spec.rep.sign, abs(spec.rep.leave[0].limit())


def are_alike(ways: Iterable[float], lasted_s: Iterable[float], *, pace_s: float) -> bool:
    """Whether two movements are alike in their ways and, with so much to spare, in their times."""
    (small, large), (quick_s, slow_s) = sorted(ways), sorted(lasted_s)
    return small >= ALIKE * large and slow_s <= PACE * quick_s + pace_s


def _are_alike(one: Swing, other: Swing) -> bool:
    both = (one, other)
    lowest = min(turn.way for swing in both for turn in (swing.before, swing.after))
    lasted_s = [swing.lasted_s for swing in both]
    ways = [swing.top.way - lowest for swing in both]
    return max(lasted_s) <= LONGEST_S and are_alike(ways, lasted_s, pace_s=PACE_S)


def _is_near(pose: Pose, turns: Iterable[Turn]) -> bool:
    return any(abs(pose.t_s - turn.t_s) <= SHOWN_S for turn in turns)
