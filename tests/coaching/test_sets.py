"""What was done so far of a set, and that it is what the report of the same events says."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcheck.coaching.course import Flow
from formcheck.coaching.queue import Speaker
from formcheck.coaching.sets import Plan, SetTally
from formcheck.coaching.setup import Surroundings
from formcheck.exercises.catalog import safety_rules
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


def test_guided_holds_count_towards_the_dose_and_partial_reps_do_not() -> None:
    outcomes = ("timed", "partial", "full", "short_hold", "not_judged")
    tally = SetTally(attempt(n, outcome=outcome) for n, outcome in enumerate(outcomes, 1))
    assert (tally.done, len(tally.reps)) == (3, 5)
