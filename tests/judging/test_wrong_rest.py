"""A top that is held still is no rest, however a recording begins."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.judging.wrong_rest import OPPOSITE_S, WrongRest
from formcheck.records.events import Attempt
from formcheck.records.pose import Pose
from formcheck.running.recording import Task, judge
from formcheck.storage.pose_tracks import PoseTrack
from sample_videos.expected import FOLDER, task_of

FPS = 25


@pytest.mark.parametrize(
    "sample",
    [
        "adductor_stretch/adductor_stretch_front",
        "partial_curl_up/partial_curl_up_side",
        "straight_leg_raise/straight_leg_raise_side",
    ],
)
def test_a_film_that_begins_at_the_top_counts_what_follows(sample: str) -> None:
    video = FOLDER / f"{sample}.mp4"
    task, poses = task_of(video), list(PoseTrack(video.with_suffix(".truth.npz")))
    whole = attempts(poses, task)
    begins_s = whole[0].top_s - 0.3 * whole[0].hold_s
    found = attempts([pose for pose in poses if pose.t_s >= begins_s], task)
    assert [a.outcome for a in found] == ["cut_off", *(a.outcome for a in whole[1:])]


def attempts(poses: list[Pose], task: Task) -> list[Attempt]:
    return [event for event in judge(poses, task) if isinstance(event, Attempt)]


@given(
    rest=st.floats(-100, 100), sign=st.sampled_from([-1, 1]), way=st.floats(1, 40),
    share=st.floats(-3, 3),
)  # fmt: skip
def test_only_staying_on_the_other_side_shows_it(
    rest: float, sign: int, way: float, share: float
) -> None:
    wrong = WrongRest(rest, sign=sign, way=way)
    for number in range(FPS):
        wrong.follow(number / FPS, rest + sign * share * way)
        assert not (wrong.is_shown and number / FPS < OPPOSITE_S - 1e-9)
    assert wrong.is_shown == (sign * (rest + sign * share * way - rest) < -way)


def test_what_is_not_seen_shows_nothing() -> None:
    wrong = WrongRest(10, sign=1, way=5)
    for number in range(FPS):
        wrong.follow(number / FPS, math.nan)
    assert not wrong.is_shown
