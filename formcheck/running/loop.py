"""The only loop: poses go to the checker, and what it tells to the sinks.

Live and recorded sessions differ in where the moments come from and in the sinks alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack

from formcheck.capture.pose import PoseEstimator
from formcheck.judging.checker import Checker
from formcheck.records.events import Event
from formcheck.records.frames import Frame
from formcheck.records.moments import Moment, Sink
from formcheck.records.pose import Pose

Seen = tuple[Frame | None, Pose]
"""A frame, where there is one, and the pose in it."""


def estimated(source: Iterable[Frame], estimator: PoseEstimator) -> Iterator[Seen]:
    """Each frame of a source with its pose."""
    for frame in source:
        yield frame, estimator.estimate(frame)


def remembered(source: Iterable[Frame], poses: Iterable[Pose]) -> Iterator[Seen]:
    """Each frame of a source that is read again, with the pose that was found in it before."""
    return zip(source, poses, strict=False)


def run(seen: Iterable[Seen], checker: Checker, sinks: Sequence[Sink] = ()) -> list[Event]:
    """Judge all that is seen; gives the events, and shows every moment to the sinks.

    Every sink is closed whatever happens, even to another sink, so that nothing already recorded
    is lost.
    """
    told: list[Event] = []
    with ExitStack() as closing:
        for sink in sinks:
            closing.callback(sink.close)
        for frame, pose in seen:
            events = checker.update(pose)
            told += events
            if sinks:
                moment = Moment(frame, pose, checker.status, tuple(events))
                for sink in sinks:
                    sink.take(moment)
        return told + checker.finish()
