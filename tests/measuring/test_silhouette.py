"""The back's outline gives the sagitta it was drawn with."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.measuring.silhouette import FROM, TO, back_sagitta
from formcheck.records.pose import Floats

few = settings(max_examples=25, deadline=None, derandomize=True)

HIP, SHOULDER = (100.0, 400.0), (400.0, 400.0)
"""A torso of 300 px whose back lies below it in the picture: clockwise of the way to the shoulder.

Near side left and head to the right: this person lies on the back.
"""


def arc(sagitta: float, points: int = 60) -> Floats:
    """Heights of a circular arc over the chord, (points, 2): share of the chord, torso lengths.

    Over the part of the chord that is judged the arc rises by `sagitta`, negative if hollow.
    """
    share = np.linspace(-0.1, 1.1, points)
    if abs(sagitta) < 1e-6:
        return np.stack([share, np.full(points, 0.3)], axis=1)
    half = (TO - FROM) / 2
    radius = (half**2 + sagitta**2) / (2 * abs(sagitta))
    rise = np.sqrt(radius**2 - (share - 0.5) ** 2) - np.sqrt(radius**2 - half**2)
    return np.stack([share, 0.3 + math.copysign(1, sagitta) * rise], axis=1)


def polygon(sagitta: float, points: int = 60) -> Floats:
    """The arc for a back, and a straight chest, as a polygon (n, 2) in pixels."""
    back = arc(sagitta, points)
    chest = np.stack([back[::-1, 0], np.full(points, -0.3)], axis=1)
    return np.array(HIP) + 300 * np.concatenate([back, chest])


@given(st.floats(-0.12, 0.12))
@few
def test_a_circular_back_gives_its_sagitta_rounded_above_and_hollow_below_zero(
    sagitta: float,
) -> None:
    found = back_sagitta(polygon(sagitta), hip=HIP, shoulder=SHOULDER)
    assert found == pytest.approx(sagitta, rel=0.06, abs=1e-3)


@given(st.floats(-0.12, 0.12), st.floats(0.32, 0.6))
@few
def test_a_chord_that_runs_below_the_belly_measures_the_back_and_not_the_belly(
    sagitta: float, below: float
) -> None:
    hip, shoulder = ((x, y - 300 * below) for x, y in (HIP, SHOULDER))
    found = back_sagitta(polygon(sagitta), hip=hip, shoulder=shoulder)
    assert found == pytest.approx(sagitta, rel=0.06, abs=1e-3)


@given(st.floats(-0.12, 0.12), st.floats(0.3, 3), st.floats(-180, 180))
@few
def test_size_place_and_turn_of_the_picture_change_nothing(
    sagitta: float, scale: float, turn_deg: float
) -> None:
    c, s = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    turn = scale * np.array([[c, -s], [s, c]])
    hip, shoulder = (tuple(turn @ np.array(p) + 50) for p in (HIP, SHOULDER))
    turned = polygon(sagitta) @ turn.T + 50
    assert back_sagitta(turned, hip=hip, shoulder=shoulder) == pytest.approx(
        back_sagitta(polygon(sagitta), hip=HIP, shoulder=SHOULDER), abs=1e-6
    )


@pytest.mark.parametrize("start", [0, 1, 37, 90])
@pytest.mark.parametrize("way_round", [1, -1])
def test_it_matters_not_where_the_polygon_begins_nor_which_way_round_it_goes(
    start: int, way_round: int
) -> None:
    whole = polygon(0.08)
    again = np.roll(whole, start, axis=0)[::way_round]
    assert back_sagitta(again, hip=HIP, shoulder=SHOULDER) == pytest.approx(
        back_sagitta(whole, hip=HIP, shoulder=SHOULDER), abs=1e-9
    )


def test_the_chest_does_not_count() -> None:
    round_chest = polygon(0.05)
    round_chest[60:, 1] -= 80 * np.sin(np.linspace(0, math.pi, 60))
    assert back_sagitta(round_chest, hip=HIP, shoulder=SHOULDER) == pytest.approx(
        back_sagitta(polygon(0.05), hip=HIP, shoulder=SHOULDER)
    )


def test_a_back_that_is_seen_over_too_little_of_the_trunk_tells_nothing() -> None:
    whole = polygon(0.08)
    half = whole[whole[:, 0] < HIP[0] + 0.4 * 300]
    half[-1] = half[0] - (0, 10)
    assert math.isnan(back_sagitta(half, hip=HIP, shoulder=SHOULDER))


@pytest.mark.parametrize("points", [0, 1, 2])
def test_fewer_than_three_points_are_no_outline(points: int) -> None:
    few_points = polygon(0.08)[:points]
    assert math.isnan(back_sagitta(few_points, hip=HIP, shoulder=SHOULDER))


@pytest.mark.parametrize("shoulder", [HIP, (math.nan, math.nan), (400.0, math.nan)])
def test_without_a_trunk_there_is_no_back(shoulder: tuple[float, float]) -> None:
    assert math.isnan(back_sagitta(polygon(0.08), hip=HIP, shoulder=shoulder))
