"""Sight and posture: who is away, since when, and from when on crossings are dated again."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.exercises.clauses import parse_clause
from formcheck.judging.conditions import Condition, Watch
from formcheck.judging.presence import Presence
from formcheck.measuring.smoothing import Sample

NAN = math.nan
STEP_S = 0.1


def presence() -> Presence:
    """One that goes by the hip line in column 0, and keeps the knee in column 1 above 90 deg."""
    watch = Watch(parse_clause("knee near above 90 deg"), (1,))
    watch.bind(lambda _: 0.0, lambda _: 0.0)
    return Presence(Condition((watch,)), 0)


def fed(*rows: tuple[float, float]) -> Presence:
    """Hip line and knee of samples 0.1 s apart from 0 s on."""
    made = presence()
    for i, row in enumerate(rows):
        values = np.array(row)
        sample = Sample(i * STEP_S, values, values)
        made.look(sample)
        if made.is_seen:
            made.keeps(sample)
    return made


HERE, HIDDEN, BENT = (150.0, 100.0), (NAN, 100.0), (150.0, 80.0)


def test_a_crossing_of_a_person_who_was_there_all_along_keeps_its_date() -> None:
    assert fed(HERE, HERE).dated_s(0.05) == 0.05


def test_a_crossing_out_of_sight_is_dated_when_the_person_is_seen_again() -> None:
    hidden = fed(HERE, HIDDEN, HIDDEN)
    assert not hidden.is_seen
    assert hidden.unseen_s == pytest.approx(0.1)
    back = fed(HERE, HIDDEN, HIDDEN, HERE)
    assert back.is_seen
    assert back.dated_s(0.15) == pytest.approx(0.3)
    assert back.dated_s(0.35) == 0.35


def test_a_crossing_out_of_the_posture_is_dated_when_it_is_taken_up_again() -> None:
    left = fed(HERE, BENT, BENT)
    assert left.left_s == pytest.approx(0.05)
    back = fed(HERE, BENT, BENT, HERE)
    assert math.isnan(back.left_s)
    assert back.dated_s(0.1) == pytest.approx(0.25)


def test_a_joint_of_the_posture_that_is_not_seen_is_no_leaving_of_it() -> None:
    assert math.isnan(fed(HERE, (150.0, NAN), (150.0, NAN)).left_s)


def test_a_crossing_in_a_stretch_without_any_sample_is_dated_after_it() -> None:
    made = fed(HERE)
    made.come_back(1.0)
    assert made.dated_s(0.5) == 1.0
