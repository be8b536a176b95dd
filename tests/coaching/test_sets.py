"""What was done so far of a set, and that it is what the report of the same events says."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from formcheck.coaching.course import Flow
from formcheck.coaching.queue import Speaker
from formcheck.coaching.sets import Plan, Progress, SetTally
from formcheck.coaching.setup import Surroundings
from formcheck.exercises.catalog import find_spec, safety_rules
from formcheck.records.events import Event
from formcheck.records.report import fold
from formcheck.storage.pose_tracks import PoseTrack
from sample_videos.expected import clips, task_of
from tests.show import attempt, fault

ROOM = Surroundings(light=120.0, fps=25.0)


@pytest.mark.parametrize("clip", list(clips()), ids=lambda clip: clip.stem)
def test_a_live_set_comes_to_the_numbers_of_the_recording(clip: Path) -> None:
    task = task_of(clip)
    plan = Plan(task.spec, task.dose, reps=99, sets=1, rest_s=30.0)
    flow, checker = Flow(plan, Speaker(), safety_rules().pain), task.checker()
    told: list[Event] = []
    for pose in PoseTrack(clip.with_suffix(".truth.npz")):
        if not flow.is_judging:
            flow.wait(pose.t_s)
            continue
        events = checker.update(pose)
        flow.see(pose, events, checker.status, ROOM)
        told += events
    events = checker.finish()
    flow.finish_part(events)
    (live,), recorded = flow.sets, fold([*told, *events])
    assert live.reps == recorded.reps
    assert live.totals == recorded.totals


def test_another_judge_numbers_from_one_again_and_the_count_goes_on() -> None:
    tally = SetTally([fault(number=1), attempt(1), attempt(2)])
    tally.begin_part()
    tally.take([attempt(1)])
    assert tally.done == 3
    assert [rep.is_good for rep in tally.reps] == [False, True, True]
    assert tally.rep(1).is_good


def test_whole_reps_and_rounds_are_done_and_nothing_else_is() -> None:
    outcomes = ("timed", "partial", "full", "short_hold", "not_judged")
    tally = SetTally(attempt(n, outcome=outcome) for n, outcome in enumerate(outcomes, 1))
    tally.rounds = 4
    assert (tally.done, len(tally.reps)) == (6, 5)


def plan(exercise: str, dose: str, reps: int | None = None) -> Plan:
    spec = find_spec(exercise)
    asked = spec.dose_by_id(dose)
    return Plan.of(spec.with_dose(asked), asked, reps=reps, sets=None, rest_s=20)


def by_side(*sides: str, outcome: str = "full", assumed: bool = False) -> SetTally:
    return SetTally(
        replace(attempt(n, outcome=outcome), side=side or None, side_assumed=assumed)
        for n, side in enumerate(sides, 1)
    )


@pytest.mark.parametrize(
    ("exercise", "dose", "wanted", "sets"),
    [
        ("knee_to_chest_single", "001", 4, 1),
        ("knee_to_chest_single", "001-routine", 4, 1),
        ("knee_to_chest_single", "002", 10, 1),
        ("knee_to_chest_single", "003", 6, 1),
        ("supine_hamstring_stretch", "002", 10, 1),
        ("supine_leg_across_chest", "002", 10, 1),
        ("straight_leg_raise", "003", 10, 2),
        ("bird_dog", "003", 10, 1),
    ],
)
def test_each_side_is_asked_for_where_the_document_says_each(
    exercise: str, dose: str, wanted: int, sets: int
) -> None:
    asked = plan(exercise, dose)
    assert (asked.wanted, asked.sets) == (wanted, sets)


def test_one_side_alone_does_not_end_a_set_of_both() -> None:
    asked = plan("knee_to_chest_single", "001")
    left = Progress.of(asked, by_side("left", "left", "left", "left"))
    assert (left.missing, left.is_enough, left.is_one_side_short) == (2, False, True)
    assert Progress.of(asked, by_side("left", "right", "left", "right")).is_enough


def test_sides_that_cannot_be_told_apart_are_counted_together() -> None:
    asked = plan("knee_to_chest_single", "001")
    assert not Progress.of(asked, by_side("left", "left", "left", assumed=True)).is_enough
    assert Progress.of(asked, by_side("left", "left", "left", "left", assumed=True)).is_enough


def test_short_holds_do_not_end_a_set_and_what_is_offered_is_bounded() -> None:
    asked = plan("bridge", "002", 5)
    held = ["short_hold"] * 2 + ["full"] * 3

    def after(*more: str) -> Progress:
        outcomes = enumerate([*held, *more], 1)
        return Progress.of(asked, SetTally(attempt(n, outcome=o) for n, o in outcomes))

    assert (after().has_all_tries, after().is_enough, after().more) == (True, False, 2)
    assert after("full", "full").is_enough
    assert not after("short_hold", "short_hold").is_enough
    assert after("short_hold", "short_hold", "short_hold").is_enough


def test_a_cycle_is_full_only_if_both_of_its_poses_are() -> None:
    asked = plan("cat_cow", "000", 1)
    cat = replace(attempt(1, outcome="short_hold"), pose="cat", completes=False)
    cow = replace(attempt(2), pose="cow")
    assert Progress.of(asked, SetTally([cat, cow])).missing == 1
    assert Progress.of(asked, SetTally([replace(cat, outcome="full"), cow])).missing == 0
