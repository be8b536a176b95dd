"""Cuts, title cards, feet out of the picture, something over the hips: handled, or not judged."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from accuracy.judging import report_of
from formcheck.records.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Pose
from formcheck.records.reasons import Reason
from formcheck.records.report import Report
from formcheck.running.recording import Task
from formcheck.storage.pose_tracks import PoseTrack
from sample_videos.expected import FOLDER, task_of, true_report
from tests.bodies import dropped

CLIPS = {
    "bridge": "bridge_side", "bird_dog": "bird_dog_side", "cobra": "cobra_side",
    "straight_leg_raise": "straight_leg_raise_side", "good_morning": "good_morning_side",
    "quadruped_leg_raise": "quadruped_leg_raise_side",
}  # fmt: skip
"""Samples of several postures, as their true joints."""

HIPS = (LEFT_LANDMARKS["hip"], RIGHT_LANDMARKS["hip"])
FEET = tuple(names[j] for j in ("heel", "toe") for names in (LEFT_LANDMARKS, RIGHT_LANDMARKS))

every_clip = pytest.mark.parametrize("exercise", CLIPS)


def clip(exercise: str) -> Path:
    return FOLDER / exercise / f"{CLIPS[exercise]}.mp4"


def task(exercise: str) -> Task:
    return task_of(clip(exercise))


@cache
def poses(exercise: str) -> tuple[Pose, ...]:
    return tuple(PoseTrack(clip(exercise).with_suffix(".truth.npz")))


@cache
def true(exercise: str) -> Report:
    return true_report(clip(exercise))


def outcomes(report: Report) -> list[str]:
    return [rep.attempt.outcome for rep in report.reps]


def later(some: tuple[Pose, ...] | list[Pose], by_s: float) -> list[Pose]:
    return [replace(pose, t_s=pose.t_s + by_s) for pose in some]


def of_another_shot(some: list[Pose]) -> list[Pose]:
    """Smaller, and so elsewhere in the picture."""
    share = np.float32(0.6)
    return [replace(p, xy_px=p.xy_px * share, outline_px=p.outline_px * share) for p in some]


@every_clip
def test_a_title_card_before_the_set_and_in_a_rest_changes_no_outcome(exercise: str) -> None:
    own = poses(exercise)
    first, second = (rep.attempt for rep in true(exercise).reps[:2])
    cut_s, card_s = (first.t_s + second.start_s) / 2, 1.5
    card = [Pose.nobody(cut_s + t_s, own[0].size_px) for t_s in np.arange(0.05, card_s, 0.1)]
    before = [pose for pose in own if pose.t_s <= cut_s]
    after = later([pose for pose in own if pose.t_s > cut_s], card_s)
    opening = [Pose.nobody(t_s, own[0].size_px) for t_s in np.arange(0, 2, 0.1)]
    whole = [*opening, *later([*before, *card, *after], 2.0)]
    assert outcomes(report_of(whole, task(exercise))) == outcomes(true(exercise))


@every_clip
def test_a_movement_that_a_cut_tears_apart_never_counts(exercise: str) -> None:
    own = poses(exercise)
    first = true(exercise).reps[0].attempt
    cut_s = first.start_s + 0.6 * (first.t_s - first.start_s)
    before = [pose for pose in own if pose.t_s <= cut_s]
    again = of_another_shot(later(own, cut_s + 0.04))
    found = report_of([*before, *again], task(exercise))
    assert Reason("cut") in {r.attempt.reason for r in found.reps}
    counted = [rep for rep in found.reps if rep.attempt.counts]
    assert all(rep.attempt.start_s > cut_s for rep in counted)
    assert len(counted) <= sum(rep.attempt.counts for rep in true(exercise).reps)


@every_clip
def test_feet_out_of_the_picture_fire_no_fault_and_are_no_phantom_rep(exercise: str) -> None:
    found, due = report_of(dropped(poses(exercise), FEET), task(exercise)), true(exercise)
    assert {f.id for rep in found.reps for f in rep.faults} <= {
        f.id for rep in due.reps for f in rep.faults
    }
    assert found.totals.counted <= due.totals.counted
    if found.totals.counted < due.totals.counted:
        assert found.why_never_judged or found.not_judged


@every_clip
def test_with_something_over_the_hips_nothing_is_judged_and_the_hips_are_named(
    exercise: str,
) -> None:
    found = report_of(dropped(poses(exercise), HIPS), task(exercise))
    assert not found.reps
    assert found.why_never_judged
