"""Recordings that stand still, or end too soon."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest

from formcheck.records.events import Attempt
from formcheck.records.pose import Pose
from formcheck.records.report import Report, fold
from formcheck.running.recording import judge
from formcheck.storage.pose_tracks import PoseTrack
from formcheck.words.reasons import why
from sample_videos.expected import FOLDER, task_of
from tests.sets import attempts, judged, workout

FROZEN_S = 60.0


@cache
def sample(name: str) -> tuple[Pose, ...]:
    return tuple(PoseTrack(FOLDER / f"{name}.truth.npz"))


def report(name: str, poses: list[Pose]) -> Report:
    return fold(judge(poses, task_of(FOLDER / f"{name}.mp4")))


def until(poses: tuple[Pose, ...] | list[Pose], end_s: float) -> list[Pose]:
    return [pose for pose in poses if pose.t_s <= end_s]


def frozen(poses: list[Pose]) -> list[Pose]:
    """The poses, and then the last one of them again and again."""
    last = poses[-1]
    return [*poses, *(replace(last, t_s=last.t_s + s) for s in np.arange(0.1, FROZEN_S, 0.1))]


def test_a_plank_is_not_held_by_a_picture_that_stands_still() -> None:
    plank = until(sample("plank/plank_side"), 7.0)
    held_s = report("plank/plank_side", plank).totals.best_hold_s
    told = report("plank/plank_side", frozen(plank))
    assert told.totals.best_hold_s == pytest.approx(held_s, abs=1.0)
    assert any("stands still" in why(item.reason) for item in told.not_judged)


def cut_bridge() -> list[Attempt]:
    """A bridge of which the recording ends in the second hold, longer than is asked."""
    name = "bridge/bridge_side"
    second = report(name, list(sample(name))).reps[1].attempt
    cut = until(sample(name), second.start_s + 7.0)
    return [rep.attempt for rep in report(name, cut).reps]


def test_a_hold_that_the_end_cuts_off_is_told_with_its_length_and_not_counted() -> None:
    first, second = cut_bridge()
    assert (first.counts, second.counts) == (True, False)
    assert second.hold_s > second.hold_asked_s == 5.0


def test_a_hold_that_the_end_cuts_off_is_judged_as_what_was_seen_of_it() -> None:
    assert cut_bridge()[1].outcome != "not_judged"


def squat_counts(before_upright_s: float) -> int:
    """Squats counted of which the last is cut off so long before it is judged as over."""
    film = workout("squat_side", "normal").film(30)
    second = attempts(judged(film, "bodyweight_squat"))[1]
    cut = until(film, second.t_s - before_upright_s)
    return sum(attempt.counts for attempt in attempts(judged(cut, "bodyweight_squat")))


def test_a_squat_that_stands_up_in_the_last_frame_counts() -> None:
    assert squat_counts(0.0) == 2


def test_a_squat_that_is_still_down_in_the_last_frame_does_not_count() -> None:
    assert squat_counts(0.8) == 1
