"""A picture that stands still, or a recording that stalls, is nobody holding still (law 10)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.judging.still_picture import STANDS_S, StillPicture
from formcheck.records.events import Event, Hold, NotJudged, Started
from formcheck.records.pose import Pose
from formcheck.words.reasons import what, why
from tests.bodies import Bridge, Move, Script, Stay, film
from tests.sets import RIGHT, attempts, judged, workout

FPS = 25
BRIDGE = Script(Bridge(), (Stay(2), Move(Bridge(178), 1), Stay(12), Move(Bridge(), 1), Stay(2)))


def bridge() -> list[Pose]:
    """A bridge that is held from 3 s on, for 12 s."""
    return film(BRIDGE, RIGHT, fps=FPS)


def frozen(poses: list[Pose], from_s: float, to_s: float) -> list[Pose]:
    """The poses as a camera gives them that stands still in between."""
    seen = next(pose for pose in poses if pose.t_s >= from_s)
    return [replace(seen, t_s=p.t_s) if from_s <= p.t_s <= to_s else p for p in poses]


def stalled(poses: list[Pose], from_s: float, to_s: float) -> list[Pose]:
    """The poses without those in between."""
    return [pose for pose in poses if not from_s < pose.t_s < to_s]


def told(events: list[Event], code: str) -> list[NotJudged]:
    return [e for e in events if isinstance(e, NotJudged) and e.reason.code == code]


def held_s(events: list[Event]) -> float:
    return sum(event.seconds for event in events if isinstance(event, Hold))


def test_a_frozen_picture_is_told_with_its_times_to_the_frame() -> None:
    (item,) = told(judged(frozen(bridge(), 5.0, 9.0), "bridge"), "picture_stands_still")
    assert (item.since_s, item.t_s) == pytest.approx((5.0, 9.0))
    assert f"{why(item.reason)} from {what(item)}" == (
        "the picture stands still from 0:05.0 to 0:09.0"
    )


@pytest.mark.parametrize("break_bridge", [frozen, stalled])
def test_time_without_a_new_picture_is_no_part_of_a_hold(break_bridge) -> None:  # type: ignore[no-untyped-def]
    whole_s = held_s(judged(bridge(), "bridge"))
    broken = judged(break_bridge(bridge(), 5.0, 7.0), "bridge")
    assert held_s(broken) == pytest.approx(whole_s - 2.0, abs=1.5 / FPS)
    assert [attempt.counts for attempt in attempts(broken)] == [True]


def test_a_hold_that_a_stall_cuts_says_so() -> None:
    events = judged(stalled(bridge(), 5.0, 6.0), "bridge")
    (item,) = told(events, "stalled")
    assert (item.attempt, item.what, why(item.reason)) == (
        1, "hold", "the recording stalled for 1.0 s",
    )  # fmt: skip
    assert (item.since_s, item.t_s) == pytest.approx((5.0, 6.0))


@pytest.mark.parametrize("break_bridge", [frozen, stalled])
def test_half_a_second_without_a_new_picture_is_bridged_in_silence(break_bridge) -> None:  # type: ignore[no-untyped-def]
    whole, broken = (
        judged(p, "bridge") for p in (bridge(), break_bridge(bridge(), 5.0, 5.0 + STANDS_S - 0.04))
    )
    assert held_s(broken) == pytest.approx(held_s(whole), abs=0.01)
    assert not told(broken, "stalled")
    assert not told(broken, "picture_stands_still")


def test_a_gap_just_longer_than_is_bridged_is_not_credited() -> None:
    events = judged(stalled(bridge(), 5.0, 5.6), "bridge")
    assert held_s(events) == pytest.approx(held_s(judged(bridge(), "bridge")) - 0.6, abs=1 / FPS)
    assert len(told(events, "stalled")) == 1


def test_a_rep_that_a_long_stall_cuts_off_is_not_judged_for_it() -> None:
    (first, *_) = attempts(judged(stalled(bridge(), 5.0, 9.0), "bridge"))
    assert first.reason is not None
    assert (first.outcome, first.reason.code) == ("not_judged", "stalled")


def test_a_stall_while_nothing_is_held_is_passed_over() -> None:
    assert not told(judged(stalled(bridge(), 2.2, 2.8), "bridge"), "stalled")


def test_a_start_position_that_a_frozen_picture_shows_was_not_held_still() -> None:
    lying = film(Script(Bridge(), (Stay(4),)), RIGHT, fps=FPS)
    events = judged(frozen(lying, 0.4, 3.5), "bridge")
    assert not any(isinstance(event, Started) for event in events)


def test_a_recording_that_stands_still_says_so_and_not_that_somebody_moved() -> None:
    (pose, *_) = bridge()
    events = judged([replace(pose, t_s=i / FPS) for i in range(100)], "bridge")
    assert [why(e.reason) for e in events if isinstance(e, NotJudged)] == [
        "the picture stands still"
    ] * 2


def test_every_picture_twice_changes_nothing() -> None:
    """A film at 60 frames a second of a camera at 30."""
    poses = workout("bridge", "normal").film(30)
    twice = [p for pose in poses for p in (pose, replace(pose, t_s=pose.t_s + 1 / 60))]
    once, doubled = attempts(judged(poses, "bridge")), attempts(judged(twice, "bridge"))
    assert [a.outcome for a in doubled] == [a.outcome for a in once]
    assert [a.hold_s for a in doubled] == pytest.approx([a.hold_s for a in once], abs=0.05)


def test_repeats_wait_no_longer_than_until_the_next_picture() -> None:
    one, other = bridge()[:2]
    watch, again = StillPicture(), replace(one, t_s=0.02)
    passed = [watch.update(pose)[0] for pose in (one, again, other)]
    assert passed == [[one], [], [again, other]]


def test_nobody_is_not_a_picture_that_stands_still() -> None:
    watch = StillPicture()
    nobody = [Pose.nobody(i / FPS, (640, 480)) for i in range(100)]
    assert [watch.update(pose)[0] for pose in nobody] == [[pose] for pose in nobody]


def test_a_frozen_end_is_told_once_the_recording_is_over() -> None:
    events = judged(frozen(bridge(), 5.0, 99.0), "bridge")
    (item,) = told(events, "picture_stands_still")
    (hold,) = (event for event in events if isinstance(event, Hold))
    assert item.since_s == hold.t_s == pytest.approx(5.0)
