"""Putting a rest to the test: what was remembered is judged with it, a slice at a time."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from formcheck.exercises.model import Dose, ExerciseSpec
from formcheck.judging.bout import Bout
from formcheck.judging.evidence import are_alike
from formcheck.judging.start import Rest
from formcheck.records.events import Attempt, Event, Status
from formcheck.records.pose import Pose
from formcheck.records.reasons import ReasonCode

SLICE = 12
"""So many remembered poses are judged with each new one, that no frame waits for long."""

PACE_S = 0.5
"""Of two reps the slower may last this much more than `PACE` times the quicker (ours)."""


class Trial:
    """A bout that is fed from memory until it has caught up with what is seen now.

    beginning, events: what it has told as it began, and since. attempts, open_pose: as of `Bout`.
    statuses: by time, how matters stood at each pose, if it `keeps_statuses`: for drawing.
    """

    def __init__(
        self, spec: ExerciseSpec, dose: Dose, rest: Rest, *,
        attempts: int, open_pose: str, keeps_statuses: bool = False,
    ) -> None:  # fmt: skip
        self.rest = rest
        self._keeps_statuses = keeps_statuses
        self._spec = spec
        self._parts = spec, dose, attempts, open_pose
        self._queue = deque(rest.stretch)
        self._since: list[Pose] = []
        self._begin(rest)

    def _begin(self, rest: Rest) -> None:
        spec, dose, attempts, open_pose = self._parts
        self.bout = Bout(spec, dose, rest, attempts, open_pose)
        self.beginning = self.bout.begin()
        self.events: list[Event] = []
        self.statuses: dict[float, Status] = {}

    def add(self, pose: Pose) -> None:
        """A pose that has come meanwhile."""
        self._queue.append(pose)
        self._since.append(pose)

    def advance(self, most: int | None = None) -> bool:
        """Judge the next poses, all of them without `most`; True when all is judged."""
        for _ in range(len(self._queue) if most is None else min(most, len(self._queue))):
            pose = self._queue.popleft()
            self.events += self.bout.update(pose)
            if self._keeps_statuses:
                self.statuses[pose.t_s] = self.bout.status(pose)
            if self.bout.is_over and pose.t_s < self.rest.poses[0].t_s and self._queue:
                # The person came into the posture only later: that is where judging begins.
                self._begin(replace(self.rest, stretch=tuple(self._queue), is_whole_shot=False))
            elif self.bout.is_over:
                self._queue.clear()
                break
        return not self._queue

    def finish(self, why: ReasonCode) -> None:
        """Judge all that is left; nothing more comes."""
        self.advance()
        if not self.bout.is_over:
            self.events += self.bout.finish(why)

    @property
    def attempts(self) -> list[Attempt]:
        """The attempts until the rest was known: how fast the trial catches up changes nothing."""
        told = (event for event in self.events if isinstance(event, Attempt))
        return [attempt for attempt in told if attempt.t_s <= self.rest.t_s]

    @property
    def is_worth(self) -> bool:
        """Whether going back has shown what the evidence promised."""
        if not self.rest.stretch:
            return True
        match self.rest.evidence:
            case "still":
                return not self.bout.is_over and (self._spec.is_timed or bool(self.attempts))
            case "repeated":
                return not self.bout.is_over and any(self.alike())
        return bool(self.attempts)

    def alike(self) -> Iterator[bool]:
        """Of each counted rep and the next, whether they are alike."""
        counted = [attempt for attempt in self.attempts if attempt.counts]
        for one, other in pairwise(counted):
            both = (one, other)
            ways = (self.bout.way(attempt) for attempt in both)
            yield are_alike(ways, (a.t_s - a.start_s for a in both), pace_s=PACE_S)

    def plain(self) -> Trial:
        """The same rest without going back, to be fed with what has come since."""
        spec, dose, attempts, open_pose = self._parts
        rest = replace(self.rest, stretch=(), is_whole_shot=False)
        trial = Trial(
            spec, dose, rest, attempts=attempts, open_pose=open_pose,
            keeps_statuses=self._keeps_statuses,
        )  # fmt: skip
        for pose in self._since:
            trial.add(pose)
        return trial
