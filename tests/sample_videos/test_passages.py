"""Somebody walks in, gets down, exercises with a pause, gets up and leaves: only the set counts."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import get_args

import numpy as np
import pytest

from accuracy.judging import report_of
from accuracy.twins import TwinTake, cast, true_poses
from formcheck.records.events import Attempt
from formcheck.records.report import Report
from sample_videos.expected import filmed_task
from sample_videos.generator.exercises import all_motions
from sample_videos.generator.passages import PASSAGE_S, Errand, Passage, passage_s
from sample_videos.generator.population import TUNING_SEEDS, clean_plan, draw

EXERCISES = ("bridge", "cobra", "bodyweight_squat", "side_lying_leg_lift")
"""One of each way down to the floor, and one that stays on the feet."""

FASTEST_M_S = 8.0
"""A hand that is swung freely; a bone that turned the long way round would be faster."""

SUNK_M = 0.05
"""How deep flesh may be in the floor between two postures."""

every_way_down = pytest.mark.parametrize("exercise", EXERCISES)


@cache
def take(exercise: str) -> TwinTake:
    motion = all_motions()[exercise]
    view = next(iter(motion.views))
    clip = draw(exercise, TUNING_SEEDS[7], plan=clean_plan(motion), view=view, passages=True)
    return TwinTake(cast(clip))


@cache
def report(exercise: str) -> Report:
    poses = true_poses(take(exercise), with_outline=filmed_task(exercise).spec.needs_outline)
    return report_of(poses, filmed_task(exercise))


def counted(exercise: str) -> list[Attempt]:
    return [rep.attempt for rep in report(exercise).reps if rep.attempt.counts]


@every_way_down
def test_only_the_reps_of_the_set_are_counted(exercise: str) -> None:
    scripted = take(exercise).clip.script.reps
    assert len(counted(exercise)) == len(scripted)


@every_way_down
def test_no_rep_begins_while_somebody_comes_or_goes(exercise: str) -> None:
    ends_s = take(exercise).clip.script.duration_s - PASSAGE_S
    for attempt in counted(exercise):
        assert attempt.start_s > PASSAGE_S
        assert attempt.t_s < ends_s


@pytest.mark.parametrize("errand", get_args(Errand))
@every_way_down
def test_nothing_moves_faster_than_a_body_can_or_sinks_into_the_floor(
    exercise: str, errand: Errand
) -> None:
    filmed = take(exercise)
    passage = Passage(filmed.body, filmed.figure_at(PASSAGE_S), errand)
    figures = [passage.at(left_s) for left_s in np.arange(0, passage_s(errand), 0.05)]
    for one, other in pairwise(figures):
        ways = [np.linalg.norm(other.joints[n] - one.joints[n]) for n in one.joints]
        assert max(ways) / 0.05 < FASTEST_M_S
    assert min(filmed.body.lowest_m(figure) for figure in figures[::4]) > -SUNK_M
