"""Pictures are kept of the reps that have something to correct, and of nothing else."""

from __future__ import annotations

import numpy as np

from formcheck.output.drawing.clips import AFTER_S, BEFORE_S, Keeper
from formcheck.records.events import Attempt, Event, Status
from formcheck.records.frames import Frame
from formcheck.records.moments import Moment
from formcheck.records.pose import Pose
from tests import show

STATUS = Status(0.0, "rest", 0, 0, None, 0.0, 0.0, 0.0, {}, (), 0.0)


def attempt(number: int, start_s: float, end_s: float) -> Attempt:
    return Attempt(end_s, number, "full", None, start_s, 0, 0, 0, 0, "deg", None, False, ())


def kept(events: dict[float, list[Event]], *, until_s: float = 20.0) -> list[float]:
    """The times whose pictures are kept."""
    keeper = Keeper()
    for i in range(int(until_s * 10)):
        t_s = i / 10
        pose = Pose.nobody(t_s, (64.0, 36.0))
        frame = Frame(t_s, np.zeros((36, 64, 3), np.uint8))
        keeper.take(Moment(frame, pose, STATUS, tuple(events.get(t_s, ()))))
    keeper.close()
    return sorted(keeper.jpegs)


def test_a_good_rep_leaves_no_picture() -> None:
    assert kept({8.0: [attempt(1, 4.0, 8.0)]}) == []


def test_of_a_faulty_rep_its_own_seconds_are_kept() -> None:
    wrong = show.fault(7.0, 2)
    times = kept({8.0: [attempt(1, 4.0, 8.0)], 14.0: [wrong, attempt(2, 10.0, 14.0)]})
    assert times[0] == 10.0 - BEFORE_S
    assert times[-1] == 14.0 + AFTER_S
