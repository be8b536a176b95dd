"""A rep leaves the start posture and comes back to it; where it is not seen, it is believed."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.exercises.clauses import parse_clause
from formcheck.judging.at_start import AtStart
from formcheck.judging.conditions import SignalBank, watches
from formcheck.measuring.smoothing import Sample

CLAUSE = parse_clause("trunk_incl above 55 deg")
BANK = SignalBank([CLAUSE.signal])


def at_start(*trunks_deg: float) -> AtStart:
    """What is remembered of a trunk that is seen once a second."""
    posture = watches([CLAUSE], BANK)
    for watch in posture:
        watch.bind(lambda _: 0.0, lambda _: 0.0)
    remembered = AtStart(posture)
    for t_s, trunk_deg in enumerate(trunks_deg):
        row = np.full(len(BANK.signals), trunk_deg)
        remembered.follow(Sample(float(t_s), row, row))
    return remembered


def test_before_anything_is_seen_the_start_posture_is_believed() -> None:
    assert at_start().was_taken_since(100.0)


@pytest.mark.parametrize(
    ("trunk_deg", "is_back"), [(80.0, True), (52.0, True), (40.0, False), (math.nan, True)]
)
def test_who_ends_far_from_the_start_posture_is_not_back_in_it(
    trunk_deg: float, is_back: bool
) -> None:
    assert at_start(80.0, 20.0, trunk_deg).was_taken_since(1.0) == is_back


def test_who_was_never_in_it_did_not_leave_it() -> None:
    assert not at_start(20.0, 20.0).was_taken_since(0.0)
