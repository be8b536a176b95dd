"""The only loop: every moment goes to the checker and the sinks, and every sink is closed."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from formcheck.errors import FormcheckError
from formcheck.exercises.catalog import find_spec
from formcheck.judging.checker import Checker
from formcheck.records.events import Attempt
from formcheck.records.frames import Frame, SourceInfo
from formcheck.records.moments import Moment
from formcheck.records.pose import Pose
from formcheck.running.loop import Judging, Seen, estimated, run
from tests.bodies import LANDSCAPE, Bridge, Script, Stay, film, reps

BRIDGES = Script(Bridge(), (Stay(2), *reps(2, Bridge(), Bridge(175), hold_s=2)))


class Keeper:
    """A sink that keeps what it is shown, and fails where it is told to."""

    def __init__(self, *, fails_at: int | None = None, fails_to_close: bool = False) -> None:
        self.moments: list[Moment] = []
        self.closed = 0
        self._fails_at, self._fails_to_close = fails_at, fails_to_close

    def take(self, moment: Moment) -> None:
        if len(self.moments) == self._fails_at:
            raise OSError("disk full")
        self.moments.append(moment)

    def close(self) -> None:
        self.closed += 1
        if self._fails_to_close:
            raise OSError("cannot close")


class Frames:
    """A source of empty pictures."""

    def __init__(self, count: int) -> None:
        self.info = SourceInfo("frames", (4, 4), 30.0)
        self._count = count

    def __iter__(self) -> Iterator[Frame]:
        return (Frame(i / 30, np.zeros((4, 4, 3), np.uint8)) for i in range(self._count))

    def close(self) -> None:
        pass


class Nobody:
    """An estimator that finds nobody."""

    def estimate(self, frame: Frame) -> Pose:
        return Pose.nobody(frame.t_s, LANDSCAPE)

    def close(self) -> None:
        pass


def checker() -> Checker:
    return Checker(find_spec("bridge").with_dose())


def unseen_frames(poses: list[Pose]) -> Iterator[Seen]:
    return ((None, pose) for pose in poses)


@pytest.fixture(scope="module")
def poses() -> list[Pose]:
    return film(BRIDGES, fps=20)


def test_the_events_are_those_of_the_checker_in_order_with_its_finish(poses: list[Pose]) -> None:
    judge = checker()
    due = [event for pose in poses for event in judge.update(pose)] + judge.finish()
    assert run(unseen_frames(poses), checker()) == due
    assert sum(isinstance(event, Attempt) for event in due) == 2


def test_sinks_change_nothing_and_are_shown_every_moment(poses: list[Pose]) -> None:
    sinks = Keeper(), Keeper()
    told = run(unseen_frames(poses), checker(), sinks)
    assert told == run(unseen_frames(poses), checker())
    for sink in sinks:
        assert [moment.pose for moment in sink.moments] == poses
        shown = [event for moment in sink.moments for event in moment.events]
        assert any(isinstance(event, Attempt) for event in shown)
        assert shown == told[: len(shown)]
        assert sink.moments[-1].status.counted == 2
        assert sink.closed == 1


def test_a_source_that_fails_leaves_every_sink_closed(poses: list[Pose]) -> None:
    def failing() -> Iterator[Seen]:
        yield None, poses[0]
        raise OSError("unplugged")

    sinks = Keeper(), Keeper()
    with pytest.raises(OSError, match="unplugged"):
        run(failing(), checker(), sinks)
    assert [sink.closed for sink in sinks] == [1, 1]


def test_a_sink_that_fails_leaves_every_sink_closed(poses: list[Pose]) -> None:
    sinks = Keeper(), Keeper(fails_at=3), Keeper()
    with pytest.raises(OSError, match="disk full"):
        run(unseen_frames(poses), checker(), sinks)
    assert [sink.closed for sink in sinks] == [1, 1, 1]


@pytest.mark.parametrize("failing", [0, 1])
def test_a_sink_that_cannot_be_closed_does_not_keep_others_open(
    poses: list[Pose], failing: int
) -> None:
    sinks = [Keeper(fails_to_close=i == failing) for i in range(2)]
    with pytest.raises(OSError, match="cannot close"):
        run(unseen_frames(poses[:5]), checker(), sinks)
    assert [sink.closed for sink in sinks] == [1, 1]


def test_estimated_pairs_each_frame_with_the_pose_found_in_it() -> None:
    pairs = list(estimated(Frames(3), Nobody()))
    assert [(frame.t_s, pose.t_s) for frame, pose in pairs if frame] == [
        (i / 30, i / 30) for i in range(3)
    ]


class Full(Keeper):
    """A sink whose disk is full from the start."""

    def take(self, moment: Moment) -> None:
        self.moments.append(moment)
        raise FormcheckError("the disk is full")


def test_a_sink_that_cannot_go_on_costs_no_other_and_is_told_at_the_end() -> None:
    full, good = Full(), Keeper()
    judging = Judging(checker(), [full, good])
    for i in range(3):
        judging.take(None, Pose.nobody(i / 30, LANDSCAPE))
    assert (len(full.moments), len(good.moments)) == (1, 3)
    with pytest.raises(FormcheckError, match="the disk is full"):
        judging.close()
    assert (full.closed, good.closed) == (1, 1)


def test_nothing_seen_is_told_as_never_judged() -> None:
    (event,) = run([], checker())
    assert (event.kind, event.what) == ("not_judged", "recording")
