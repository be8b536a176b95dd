"""What is worth saying of a set: counts, ticks, cues, what cannot be seen, praise when earned."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import pytest

from formcheck.coaching.queue import Speaker
from formcheck.coaching.remarks import Coach
from formcheck.coaching.sets import Plan, SetTally
from formcheck.exercises.catalog import find_spec
from formcheck.records.events import Attempt, Event, Fault, Found, Lost, Remark, Source, Status

OURS = Source("ours", "test")
AT_REST = Status(0.0, "rest", 0, 0, None, 0.0, 0.0, math.nan, {}, (), 0.0)
FPS = 20


def attempt(number: int, outcome: Any = "full", t_s: float = 0.0) -> Attempt:
    return Attempt(t_s, number, outcome, None, 0, 0, 0, 0, 0, "deg", None, False, ())


def fault(number: int | None, severity: Any = "warn", cue: str = "Hips higher") -> Fault:
    return Fault(0.0, "hips_low", severity, cue, number, None, 0.0, "deg", "rule", (), OURS)


def told(
    events: dict[float, list[Event]],
    *,
    exercise: str = "bridge",
    until_s: float = 40.0,
    hold: tuple[float, float] | None = None,
    dose: str | None = None,
    wanted: int = 9,
    most_s: float = 0.0,
) -> list[str]:
    """All that is said when these events happen at these times; hold: since when, and how long."""
    speaker = Speaker()
    spec = find_spec(exercise)
    asked = spec.dose_by_id(dose) if dose else spec.dose[-1]
    plan = Plan.of(spec, asked, reps=wanted, sets=1, rest_s=20)
    coach = Coach(plan, speaker)
    said = []
    tally = SetTally()
    for i in range(int(until_s * FPS)):
        t_s = i / FPS
        now = [e for at_s, listed in events.items() if t_s <= at_s < t_s + 1 / FPS for e in listed]
        tally.take(now)
        held_s = max(0.0, t_s - hold[0]) if hold else 0.0
        status = replace(
            AT_REST, hold_s=held_s, hold_asked_s=hold[1] if hold else 0, hold_most_s=most_s
        )
        coach.follow(t_s, now, status, tally)
        if line := speaker.next(t_s):
            said.append(line.text)
    return said


def test_reps_are_counted_aloud() -> None:
    assert told({1: [attempt(1)], 4: [attempt(2)]}) == ["1", "2"]


def test_a_rep_held_too_short_is_counted_and_said_to_be_short() -> None:
    short = replace(attempt(2, "short_hold"), hold_s=3.2, hold_asked_s=5.0)
    assert told({1: [attempt(1)], 4: [short]}) == ["1", "2", "Held 3 of 5 seconds"]


def test_a_partial_rep_is_not_counted() -> None:
    assert told({1: [attempt(1, "partial")]}) == []


@pytest.mark.parametrize(
    ("asked_s", "ticks"), [(5.0, ["3", "2", "1", "And back"]), (2.0, ["1", "And back"])]
)
def test_the_last_three_seconds_of_a_hold_are_counted_down(asked_s: float, ticks: list) -> None:
    assert told({}, hold=(1.0, asked_s), until_s=9) == ticks


def test_a_timed_hold_ends_in_rest() -> None:
    timed = next(s for s in ("plank",))
    assert told({}, exercise=timed, hold=(1.0, 5.0), until_s=9)[-1] == "And rest"


def test_a_long_hold_is_reminded_to_breathe_once() -> None:
    assert told({}, hold=(1.0, 20.0), until_s=25).count("Keep breathing") == 1


def test_a_fault_is_told_in_the_words_of_its_spec() -> None:
    assert told({1: [fault(1), attempt(1)]}) == ["1", "Hips higher"]


def test_what_was_corrected_is_praised_once() -> None:
    said = told({1: [fault(1), attempt(1)], 12: [attempt(2)], 22: [attempt(3)]})
    assert said == ["1", "Hips higher", "2", "That's it", "3"]


def test_nothing_is_praised_that_was_never_wrong() -> None:
    assert told({1: [attempt(1)], 12: [attempt(2)]}) == ["1", "2"]


def test_a_correction_is_not_praised_in_a_rep_that_is_not_full() -> None:
    said = told({1: [fault(1), attempt(1)], 12: [attempt(2, "short_hold")]})
    assert "That's it" not in said


def test_a_fault_that_was_never_said_aloud_cannot_have_been_corrected() -> None:
    busy: dict[float, list[Event]] = {
        0.5: [Lost(0.5, ("left ankle",))],
        1: [fault(1), attempt(1)],
        2: [attempt(2)],
    }
    assert "That's it" not in told(busy)[:3]


def test_a_joint_that_cannot_be_seen_is_named() -> None:
    assert told({1: [Lost(1, ("left ankle", "left heel"))]}) == ["I cannot see your left ankle"]
    assert told({1: [Lost(1, ())]}) == ["I cannot see you"]


def test_what_is_seen_again_is_not_said_to_be_missing() -> None:
    assert told({1: [fault(1)], 2: [Lost(2, ("left ankle",))], 3: [Found(3)]}) == ["Hips higher"]


def test_the_same_side_again_is_told_to_switch() -> None:
    remark = Remark(1, "not_alternating", side="left")
    assert "Switch sides" in told({1: [remark]}, exercise="bird_dog")


def test_an_alternating_exercise_is_told_the_other_side_twice_and_then_left_alone() -> None:
    said = told(
        {float(t): [attempt(i)] for i, t in enumerate((1, 12, 23, 34), 1)}, exercise="bird_dog"
    )
    assert said.count("Other side") == 2


def test_a_start_that_is_wrong_is_told_and_not_praised_later() -> None:
    said = told({1: [fault(None, "info", "Feet closer")], 8: [attempt(1)]})
    assert said == ["Feet closer", "1"]


def test_a_hint_does_not_spoil_what_was_corrected_but_may_be_wrong_once_more_itself() -> None:
    slow = replace(fault(2, "info", "A little slower"), id="too_fast")
    said = told({1: [fault(1), attempt(1)], 12: [slow, attempt(2)], 24: [attempt(3)]})
    assert said == ["1", "Hips higher", "2", "That's it", "A little slower", "3", "Much better"]
    again = replace(slow, attempt=3)
    said = told({1: [slow, attempt(2)], 14: [again, attempt(3)]})
    assert said == ["1", "A little slower", "2", "A little slower"]


def test_what_is_wrong_once_more_is_not_praised() -> None:
    said = told({1: [fault(1), attempt(1)], 14: [fault(2), attempt(2)]})
    assert said == ["1", "Hips higher", "2", "Hips higher"]


def test_a_short_hold_is_reminded_to_breathe_where_its_document_asks_it() -> None:
    asked = told({}, exercise="knee_to_chest_single", dose="001", hold=(1.0, 5.0), until_s=9)
    assert asked == ["Keep breathing", "3", "2", "1", "And back"]
    assert "Keep breathing" not in told({}, dose="002", hold=(1.0, 5.0), until_s=9)


def test_three_deep_breaths_and_a_single_one_are_asked_as_the_document_has_them() -> None:
    assert told({}, dose="001", hold=(1.0, 12.0), until_s=15)[0] == "Breathe deeply"
    cat = told({}, exercise="cat_cow", dose="001", hold=(1.0, 4.0), until_s=9)
    assert cat == ["One breath", "And back"]


def test_a_word_on_the_breath_is_over_before_the_seconds_are_counted() -> None:
    late: dict[float, list[Event]] = {1.0: [fault(None, cue="Keep the other foot on the floor")]}
    said = told(late, exercise="knee_to_chest_single", dose="001", hold=(1.0, 5.0), until_s=9)
    assert "Keep breathing" not in said
    assert "3" in said


@pytest.mark.parametrize(
    ("dose", "into_cat", "into_cow"),
    [("000", "Breathe out", "Breathe in"), ("004", "Breathe in", "Breathe out")],
)
def test_each_document_breathes_its_own_way_through_cat_and_cow(
    dose: str, into_cat: str, into_cow: str
) -> None:
    spec, speaker = find_spec("cat_cow"), Speaker()
    plan = Plan.of(spec, spec.dose_by_id(dose), reps=5, sets=1, rest_s=20)
    coach, said = Coach(plan, speaker), []
    for i in range(12 * FPS):
        t_s = i / FPS
        pose = "cat" if 1 <= t_s < 4 else "cow" if t_s >= 5 else ""
        status = replace(AT_REST, phase="moving" if pose else "rest", pose=pose)
        coach.follow(t_s, [], status, SetTally())
        said += [line.text] if (line := speaker.next(t_s)) else []
    assert said == [into_cat, into_cow]


def test_the_upper_end_of_a_hold_is_said_once_and_after_time_to_lower() -> None:
    long = told({}, hold=(1.0, 5.0), most_s=10.0, until_s=16)
    assert long.count("That is long enough") == 1
    assert "That is long enough" not in told({}, hold=(1.0, 5.0), most_s=10.0, until_s=10.9)
    assert "That is long enough" not in told({}, hold=(1.0, 7.0), most_s=8.0, until_s=9.9)
    assert "That is long enough" not in told({}, hold=(1.0, 5.0), most_s=5.0, until_s=30)


def test_a_hold_of_any_length_up_to_five_seconds_is_long_enough_at_five() -> None:
    raised = told({}, exercise="straight_leg_raise", hold=(1.0, 0.0), most_s=5.0, until_s=12)
    assert raised == ["That is long enough"]


def test_reps_of_two_sides_are_counted_by_side_where_it_is_seen() -> None:
    left = replace(attempt(1), side="left")
    right = replace(attempt(2), side="right")
    said = told({1: [left], 12: [right]}, exercise="knee_to_chest_single", dose="001")
    assert [text for text in said if text[-1].isdigit()] == ["Left 1", "Right 1"]


def test_sides_that_cannot_be_told_apart_are_said_to_be_counted_together_once() -> None:
    many = {float(6 * n): [attempt(n)] for n in range(1, 5)}
    said = told(many, exercise="knee_to_chest_single", dose="001", wanted=2)
    assert said.count("I cannot see which side works. I count both, up to 4.") == 1
    assert [text for text in said if text.isdigit()] == ["1", "2", "3", "4"]
    assert "That is half" in said
