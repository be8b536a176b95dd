"""What was judged of a recording, told again moment by moment, for drawing.

A judge knows only in hindsight that the first rep was one: what it says at the moment is that it
waits. A drawing is to show each moment as it was judged in the end.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from formcheck.judging.checker import Checker
from formcheck.judging.evidence import MEMORY_S
from formcheck.records.events import Attempt, Event, Status
from formcheck.records.pose import Pose

_LONGEST_S = 1.25 * MEMORY_S
"""No moment is judged in hindsight so much later: what is remembered, and judging it in slices."""


class Retelling:
    """Takes the place of a judge before sinks: for each pose the status as it came to be known, and
    each event at its own time.

    poses: the recording, from which it reads ahead. judge: one that retells, and has seen nothing.
    events: all that was found in the recording.
    """

    def __init__(self, poses: Iterable[Pose], judge: Checker, events: Iterable[Event]) -> None:
        self._statuses = _statuses(poses, judge)
        self._waiting = deque(sorted(events, key=lambda event: event.t_s))
        self._counted = self._attempts = 0
        self._status: Status | None = None

    def update(self, pose: Pose) -> list[Event]:
        """What happened up to the next pose of the recording."""
        self._status = next(self._statuses)
        told: list[Event] = []
        while self._waiting and self._waiting[0].t_s <= pose.t_s:
            told.append(self._waiting.popleft())
        attempts = [event for event in told if isinstance(event, Attempt)]
        self._attempts += len(attempts)
        self._counted += sum(attempt.counts for attempt in attempts)
        return told

    @property
    def status(self) -> Status:
        """How matters stood at that pose."""
        assert self._status is not None, "no pose yet"
        return replace(self._status, counted=self._counted, attempts=self._attempts)

    def finish(self) -> Sequence[Event]:
        """What is told once the recording is over."""
        return list(self._waiting)


def _statuses(poses: Iterable[Pose], judge: Checker) -> Iterator[Status]:
    """The status at each pose, as soon as no hindsight can change it."""
    waiting: deque[tuple[float, Status]] = deque()
    retold: dict[float, Status] = {}
    for pose in poses:
        judge.update(pose)
        waiting.append((pose.t_s, judge.status))
        retold |= judge.retold()
        while waiting and (judge.is_judging or pose.t_s - waiting[0][0] > _LONGEST_S):
            t_s, status = waiting.popleft()
            yield retold.pop(t_s, status)
    judge.finish()
    retold |= judge.retold()
    for t_s, status in waiting:
        yield retold.get(t_s, status)
