"""Which side works, followed from pose to pose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.body import Bearings, Works
from formcheck.conditions import BLINK_S
from formcheck.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Pose
from formcheck.sides import WorkingSide
from tests.bodies import bird_dog, dropped
from tests.filming import shot

RAISED_LEG = Bearings("left", "side", works=Works("leg_incl", most=True))


def hidden(pose: Pose, which: str, t_s: float) -> Pose:
    """The pose at another time, one of its ankles not seen."""
    names = LEFT_LANDMARKS if which == "near" else RIGHT_LANDMARKS
    return replace(dropped([pose], [names["ankle"]])[0], t_s=t_s)


@pytest.fixture
def seen() -> Pose:
    return shot(bird_dog(0, 0))


def test_a_side_that_is_hidden_for_a_moment_goes_on_working(seen: Pose) -> None:
    side = WorkingSide()
    worker = side.follow(seen, RAISED_LEG).working
    assert worker is not None
    moment = hidden(seen, worker, seen.t_s + 0.9 * BLINK_S)
    assert side.follow(moment, RAISED_LEG).working == worker


def test_a_side_that_stays_hidden_hands_over_to_the_one_that_is_seen(seen: Pose) -> None:
    side = WorkingSide()
    worker = side.follow(seen, RAISED_LEG).working
    assert worker is not None
    later = hidden(seen, worker, seen.t_s + BLINK_S)
    assert side.follow(later, RAISED_LEG).working not in (None, worker)


def test_where_one_side_was_never_seen_the_other_works_from_the_first_pose_on(seen: Pose) -> None:
    first = hidden(seen, "far", 0.0)
    assert WorkingSide().follow(first, RAISED_LEG).working == "near"
