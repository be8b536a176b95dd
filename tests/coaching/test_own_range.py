"""A target of the person's own is never harder than the exercise, and never lost in the noise."""

from __future__ import annotations

import pytest

from formcheck.coaching.own_range import OwnRange, can_have_range
from formcheck.exercises.catalog import all_specs, find_spec, lint
from formcheck.exercises.safety import easier
from formcheck.judging.checker import Checker
from formcheck.records.events import Attempt, Started

ABLE = [spec.id for spec in all_specs() if can_have_range(spec)]


def learnt(exercise: str, rest: float, *peaks: float, dose: str | None = None) -> float:
    """The reach that a checker judges by after reps to these peaks."""
    whole = find_spec(exercise)
    spec = whole.with_dose(whole.dose_by_id(dose))
    own = OwnRange(spec)
    own.hear([Started(0.0, "side", "left", {str(spec.rep.measure): rest}, {})])
    for number, peak in enumerate(peaks, 1):
        own.hear([Attempt(0, number, "partial", None, 0, 0, 0, 0, peak, "deg", None, False, ())])
    assert own.is_known
    checker = Checker(easier(spec, own.nearer_by_deg(spec)))
    return checker.spec.rep.reach[0].limit()


def test_a_lift_that_stays_low_sets_a_lower_target() -> None:
    assert learnt("bridge", 120, 150, 154) == pytest.approx(147)


def test_a_squat_that_stays_high_sets_a_higher_target() -> None:
    assert learnt("bodyweight_squat", 88, 55, 59) == pytest.approx(62)


@pytest.mark.parametrize("dose", ["001", "002"])
def test_the_target_is_the_same_in_a_dose_that_asks_another_geometry(dose: str) -> None:
    assert learnt("bridge", 120, 148, 148, dose=dose) == pytest.approx(143)


@pytest.mark.parametrize("peak", [172, 190])
def test_who_goes_all_the_way_keeps_the_target_of_the_exercise(peak: float) -> None:
    assert learnt("bridge", 120, peak, peak) == find_spec("bridge").rep.reach[0].limit()


def test_the_target_stays_clear_of_the_rest() -> None:
    assert learnt("bridge", 120, 124, 124) == pytest.approx(140)


def test_what_was_not_judged_teaches_nothing() -> None:
    own = OwnRange(find_spec("bridge"))
    for number in range(4):
        own.hear([Attempt(0, number, "not_judged", None, 0, 0, 0, 0, 170, "deg", None, False, ())])
    assert not own.is_known


@pytest.mark.parametrize("exercise", ABLE)
def test_an_eased_exercise_keeps_its_levels_apart(exercise: str) -> None:
    spec = find_spec(exercise)
    own = OwnRange(spec)
    sign = 1 if spec.rep.leave[0].wants_more else -1
    own.peaks = [spec.rep.reach[0].limit() - sign * 8] * 2
    gaps = [text for text in lint(easier(spec, own.nearer_by_deg(spec))) if "beyond fall" in text]
    assert gaps == []


def test_holds_that_are_timed_have_no_range() -> None:
    assert ABLE
    assert not any(can_have_range(spec) for spec in all_specs() if spec.is_timed)
