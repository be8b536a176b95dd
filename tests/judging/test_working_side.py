"""Which side works, followed from pose to pose."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.judging.conditions import BLINK_S, SignalBank
from formcheck.judging.resting import RestPool
from formcheck.judging.working_side import WorkingSide, side_rests
from formcheck.measuring.scene import Bearings, Works
from formcheck.measuring.signals import Signal
from formcheck.measuring.smoothing import Sample
from formcheck.records.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Pose
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


@pytest.mark.parametrize(("rests", "worker"), [((-60.0, -60.0), "near"), ((-5.0, -85.0), "far")])
def test_the_side_that_has_gone_farther_from_its_rest_works(
    seen: Pose, rests: tuple[float, float], worker: str
) -> None:
    assert WorkingSide().follow(seen, RAISED_LEG, rests).working == worker


@pytest.mark.parametrize(
    ("far", "from_rest", "rests"),
    [(5.0, True, (3.0, 5.0)), (np.nan, True, (0.0, 0.0)), (5.0, False, (0.0, 0.0))],
)
def test_sides_are_compared_from_rest_where_it_is_asked_and_both_rests_are_known(
    far: float, from_rest: bool, rests: tuple[float, float]
) -> None:
    pool = RestPool(SignalBank([Signal("leg_incl", "near"), Signal("leg_incl", "far")]))
    pool.add(Sample(0.0, np.array([3.0, far]), np.array([3.0, far])))
    assert side_rests(Works("leg_incl", most=True, from_rest=from_rest), pool) == rests
