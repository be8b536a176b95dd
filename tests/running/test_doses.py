"""A dose as its document asks it, done by people in the real session or by the live coach."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.coaching.session import OFFER_S
from formcheck.coaching.sets import Plan
from formcheck.exercises.catalog import find_spec
from formcheck.records.pose import Pose
from formcheck.running.live import Live, View
from formcheck.running.recording import Task
from tests.bodies import Bridge, Camera, Script, Stay, film, getting_up, lying_down, reps
from tests.running.filmed_sets import FPS, Heard, heard, plan_of, whole_set
from tests.running.poses_as_film import Filmed
from tests.running.test_live import play

LYING, RIGHT = Bridge(), Camera(azimuth_deg=-90)


def bridges(*parts: object) -> list[Pose]:
    return film(Script(LYING, (Stay(4), *parts)), RIGHT, fps=FPS)  # type: ignore[arg-type]


def lifts(count: int, hold_s: float) -> tuple[object, ...]:
    return reps(count, LYING, Bridge(165), hold_s=hold_s)


def of(exercise: str, dose: str, count: int) -> Plan:
    return replace(plan_of(exercise, dose), reps=count)


# --- each side -----------------------------------------------------------------------------------


def test_two_reps_a_leg_are_four_reps_in_the_session(tmp_path: Path) -> None:
    spec = find_spec("knee_to_chest_single")
    plan = Plan.of(spec, spec.dose_by_id("001"), reps=None, sets=None, rest_s=20)
    views: list[View] = []
    live = Live(Task(spec, plan.dose), plan, base=tmp_path / "set", show=views.append)
    play(live, Filmed(whole_set(plan_of("knee_to_chest_single", "001"))))
    said = [view.line.text for view in views if view.line]
    assert said[0] == "2 each side, hold 5 seconds"
    assert [text for text in said if text[0] in "LR"] == ["Left 1", "Right 1", "Left 2"]
    assert live.flow.done == live.flow.wanted == 4
    assert said[-1].startswith("That was 2 reps each side")


def test_where_no_side_is_seen_both_are_counted_together_and_it_is_said() -> None:
    plan = plan_of("supine_leg_across_chest", "002")
    found = heard(plan, whole_set(plan))
    assert found.words[0].endswith("I cannot see which side works. I count both, up to 10.")
    assert found.flow.done == 10
    assert "That is half" in found.words


# --- short holds ---------------------------------------------------------------------------------


def test_five_bridges_held_for_a_second_do_not_end_a_set_of_five() -> None:
    found = heard(of("bridge", "002", 5), bridges(*lifts(5, 1.0), Stay(5)))
    assert (found.flow.stage, found.flow.done) == ("set", 5)
    assert "Some were short. 3 more, if you can." in found.words


def test_what_is_offered_ends_the_set_once_it_is_done() -> None:
    found = heard(of("bridge", "002", 3), bridges(*lifts(2, 5.5), *lifts(1, 1.0), Stay(3),
                                                 *lifts(1, 5.5), Stay(3)))  # fmt: skip
    assert "Once more, if you can" in found.words
    assert (found.flow.stage, found.flow.done) == ("pain", 4)
    assert found.words[-1].startswith("That was 4 reps, 1 of them short.")


def test_an_offer_that_is_not_taken_up_ends_the_set() -> None:
    for parts in ((Stay(OFFER_S + 5),), (*getting_up(), Stay(OFFER_S + 5))):
        found = heard(of("bridge", "002", 2), bridges(*lifts(2, 1.0), *parts))
        assert (found.flow.stage, found.flow.done) == ("pain", 2)
        assert "Pain, or a break?" not in found.words


def test_nobody_is_asked_for_more_than_three_reps_beyond_the_dose() -> None:
    found = heard(of("bridge", "002", 4), bridges(*lifts(9, 1.0), Stay(3)))
    assert (found.flow.stage, found.flow.done) == ("pain", 7)


# --- upper ends ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("exercise", "dose", "over_s", "is_said"),
    [
        ("straight_leg_raise", "003", 5.8, True),
        ("straight_leg_raise", "003", 3.0, False),
        ("knee_to_chest_double", "002", 6.0, True),
        ("knee_to_chest_double", "002", 2.0, False),
        ("plank", "004", 48.0, True),
        ("superman", "001", 0.7, False),  # the clock of its hold runs on while the person lowers
        ("superman", "001", 4.0, True),
    ],
)
def test_the_upper_end_of_a_hold_is_said(
    exercise: str, dose: str, over_s: float, is_said: bool
) -> None:
    plan = replace(plan_of(exercise, dose), reps=1, sets=1)
    words = heard(plan, _held(plan, over_s)).words
    assert words.count("That is long enough") == is_said


def _held(plan: Plan, over_s: float) -> list[Pose]:
    if plan.dose.hold_s:
        return whole_set(plan, over_s=over_s)
    asked = plan.dose.model_copy(update={"hold": (over_s, over_s)})
    return whole_set(replace(plan, dose=asked), over_s=0.0)


# --- guided --------------------------------------------------------------------------------------


def guided(
    *parts: object, exercise: str = "pelvic_tilt", dose: str = "000", count: int = 3
) -> Heard:
    return heard(of(exercise, dose, count), bridges(*parts))


def test_who_lies_as_asked_is_taken_through_every_round_and_to_the_end() -> None:
    found = guided(Stay(60))
    assert (found.flow.stage, found.flow.done) == ("pain", 3)
    assert "I keep the time. I cannot see this work." in found.words
    assert found.words.count("Flatten your back") == found.words.count("Let go") == 3
    assert found.words[-1].startswith("That was 3 rounds, timed and not measured.")


def test_who_gets_up_in_mid_round_is_asked_and_goes_on_where_it_was() -> None:
    found = guided(Stay(16), *getting_up(), Stay(3), *lying_down(LYING), Stay(60))
    assert "Pain, or a break?" in found.words
    assert (found.flow.stage, found.flow.done) == ("pain", 3)
    assert found.words.count("Flatten your back") == 4  # one was broken off


def test_hips_that_lift_are_said_in_a_guided_exercise() -> None:
    found = guided(Stay(6), *reps(1, LYING, Bridge(150), hold_s=2.0), Stay(40))
    assert "Keep your hips down" in found.words


def test_hips_that_lift_again_in_a_later_round_are_said_again() -> None:
    lift = reps(1, LYING, Bridge(150), hold_s=2.0)
    found = guided(Stay(6), *lift, Stay(12), *lift, Stay(40), count=5)
    assert found.words.count("Keep your hips down") == 2


def test_the_session_of_a_guided_exercise_is_reported_as_time_and_not_as_reps(
    tmp_path: Path,
) -> None:
    spec = find_spec("pelvic_tilt")
    plan = Plan.of(spec, spec.dose_by_id("000"), reps=2, sets=1, rest_s=20)
    live = Live(Task(spec, plan.dose), plan, base=tmp_path / "set", show=lambda _: None)
    play(live, Filmed(bridges(Stay(40))))
    report = live.parts[0].report
    assert live.flow.done == 2
    assert (report.totals.counted, report.totals.timed) == (0, 1)
    assert [rep.attempt.hold_asked_s for rep in report.reps] == [0.0]
    page = (tmp_path / "set.report.html").read_text(encoding="utf-8")
    assert "Timed, not measured:" in page
    assert "no rep counted" in page
