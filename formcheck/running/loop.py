"""The only loop: poses go to the checker, and what it tells to the sinks.

Live and recorded sessions differ in where the moments come from and in the sinks alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any, Protocol

from formcheck.capture.pose import PoseEstimator
from formcheck.errors import FormcheckError
from formcheck.records.events import Event, Status
from formcheck.records.frames import Frame
from formcheck.records.moments import Moment, Sink
from formcheck.records.pose import Pose

Seen = tuple[Frame | None, Pose]
"""A frame, where there is one, and the pose in it."""


def estimated(source: Iterable[Frame], estimator: PoseEstimator) -> Iterator[Seen]:
    """Each frame of a source with its pose."""
    for frame in source:
        yield frame, estimator.estimate(frame)


class Judge(Protocol):
    """What judges poses, or tells again what was judged."""

    def update(self, pose: Pose) -> Sequence[Event]:
        """What the next pose brings."""
        ...

    @property
    def status(self) -> Status:
        """How matters stand after it."""
        ...

    def finish(self) -> Sequence[Event]:
        """What is told once no more poses come."""
        ...


class Judging:
    """A judge at work, and the sinks that see what it sees.

    Leaving the `with` closes every sink whatever happened, even to another sink, so that nothing
    already recorded is lost. A sink that fails is given nothing more, and costs no other; why it
    failed is raised once all are closed.
    """

    def __init__(self, judge: Judge, sinks: Sequence[Sink] = ()) -> None:
        self._judge, self._sinks = judge, list(sinks)
        self._trouble: FormcheckError | None = None
        self._events: list[Event] = []
        self._closing = ExitStack()
        for sink in sinks:
            self._closing.callback(sink.close)

    def __enter__(self) -> Judging:
        return self

    def __exit__(self, *error: Any) -> None:
        self._closing.__exit__(*error)
        if error[0] is None:
            self._raise_trouble()

    def take(self, frame: Frame | None, pose: Pose) -> None:
        """Judge the next moment, and show it to the sinks."""
        events = self._judge.update(pose)
        self._events += events
        if self._sinks:
            moment = Moment(frame, pose, self._judge.status, tuple(events))
            for sink in list(self._sinks):
                try:
                    sink.take(moment)
                except FormcheckError as error:
                    self._sinks.remove(sink)
                    self._trouble = self._trouble or error

    def close(self) -> None:
        """Close the sinks now.

        Raises:
            FormcheckError: one of them failed, now or before.
        """
        self._closing.close()
        self._raise_trouble()

    def _raise_trouble(self) -> None:
        trouble, self._trouble = self._trouble, None
        if trouble:
            raise trouble

    def finish(self) -> list[Event]:
        """All events, once no more moments come."""
        return [*self._events, *self._judge.finish()]


def run(seen: Iterable[Seen], judge: Judge, sinks: Sequence[Sink] = ()) -> list[Event]:
    """Judge all that is seen; gives the events, and shows every moment to the sinks."""
    with Judging(judge, sinks) as judging:
        for frame, pose in seen:
            judging.take(frame, pose)
        return judging.finish()
