"""What is read in the picture and on the screen of a live session."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import get_args

import pytest

from formcheck.coaching.stages import PauseReason, StageName
from formcheck.exercises.catalog import find_spec
from formcheck.words import screen
from tests import show


def test_every_stage_but_a_set_has_its_title() -> None:
    assert [name for name in get_args(StageName) if not screen.stage(name)] == ["set"]


def test_every_pause_says_why() -> None:
    assert set(screen.PAUSES) == set(get_args(PauseReason)) - {""}


@pytest.mark.parametrize(
    ("pause", "left_s", "said"),
    [
        ("left", 11.2, "To go on, take the start position again. The set ends in 12 s."),
        ("left", math.nan, "To go on, take the start position again."),
        ("camera", math.nan, "Nothing is lost."),
    ],
)
def test_a_pause_says_how_to_go_on(pause: str, left_s: float, said: str) -> None:
    assert screen.how_to_go_on(pause, left_s) == said


@pytest.mark.parametrize(("name", "said"), [("countdown", "Hold still: 3"), ("rest", "Rest: 3 s")])
def test_seconds_are_counted_down(name: str, said: str) -> None:
    assert screen.counting(name, 3) == said


def test_the_phase_is_read_with_the_side_that_works() -> None:
    holding = show.status(phase="top", hold_asked_s=5.0)
    assert screen.phase(holding) == "Hold"
    assert screen.phase(replace(holding, side="left")) == "Hold · left side"


@pytest.mark.parametrize(
    ("counted", "attempts", "said"),
    [
        (1, 1, ["rep", "Ready"]),
        (2, 2, ["reps", "Ready"]),
        (2, 3, ["reps", "+1 not counted", "Ready"]),
    ],
)
def test_the_count_says_what_it_counts_and_what_it_does_not(
    counted: int, attempts: int, said: list[str]
) -> None:
    status = show.status(counted=counted, attempts=attempts)
    assert screen.beside_the_count(status) == said
    holds = [said[0].replace("rep", "hold"), *said[1:]]
    assert screen.beside_the_count(status, "hold") == holds


def test_a_session_is_summed_up_in_reps_or_holds() -> None:
    assert screen.came_to(find_spec("bridge"), 1, 0) == "Bridge: 1 rep"
    assert screen.came_to(find_spec("plank"), 2, 1) == (
        "Forearm plank: 2 holds, 1 of them held too short"
    )
    assert screen.came_to(find_spec("pelvic_tilt"), 8, 0) == (
        "Pelvic tilt: 8 rounds, timed and not measured"
    )


def test_what_to_correct_is_listed_by_cue_and_its_absence_is_said() -> None:
    assert screen.to_correct({"Feet flat": 1, "Higher": 2}) == [
        "Feet flat (1 rep)",
        "Higher (2 reps)",
    ]
    assert screen.nothing_to_correct(3) == "No problems found."
    assert "report says why" in screen.nothing_to_correct(0)


def test_what_cannot_be_seen_is_named_or_it_is_the_person() -> None:
    assert screen.not_seen(("left knee", "ankle")) == "Cannot see: left knee and ankle"
    assert screen.not_seen(()) == "Cannot see: you"
