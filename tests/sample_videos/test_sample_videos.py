"""The sample videos through the real pose model: what is found is what was filmed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from accuracy.judging import report_of
from accuracy.pixels import tracked
from accuracy.samples import HOLD_S
from formcheck.exercises.catalog import spec_paths
from formcheck.records.reasons import Reason
from formcheck.storage.pose_tracks import PoseTrack
from sample_videos.expected import FOLDER, clips, expected, found, task_of, true_report
from sample_videos.generator.clip import Take
from sample_videos.generator.exercises import all_clips
from sample_videos.generator.samples import all_samples
from sample_videos.generator.truth import true_pose

CLIPS = list(clips())
NAMES = [clip.stem for clip in CLIPS]

TIME_S = 0.5
"""How far the beginning and end of an attempt may be off: the pose model bends less than people."""

STALE_PX = 3.0
"""A film whose motion or person was changed since is farther off; bones and eyes that were placed
better are not."""

FOLLOWED = (
    "bridge_side", "bird_dog_side", "squat_front",
    "adductor_stretch_front", "cat_cow_side", "straight_leg_raise_side", "superman_side",
)  # fmt: skip
"""One sample of each posture is followed by the real model in every run of the tests; `python -m
accuracy samples` follows all, and says which are judged otherwise than their truth."""

SCRIPTED = {"good": "full", "short_hold": "short_hold", "partial": "partial", "fault": "full"}
"""What a scripted kind of repetition must come to; a fault may also keep it from being full."""


def script(clip: Path) -> list[dict[str, Any]]:
    reps: list[dict[str, Any]] = json.loads(clip.with_suffix(".truth.json").read_text())["reps"]
    return reps


def test_every_exercise_has_a_sample_video() -> None:
    assert {clip.parent.name for clip in CLIPS} == set(spec_paths())


def test_the_samples_are_small_enough_to_be_committed() -> None:
    assert all(clip.stat().st_size < 400_000 for clip in CLIPS)
    assert all(clip.stat().st_size < 150_000 for clip in CLIPS if clip.stem not in all_clips())
    assert sum(path.stat().st_size for path in FOLDER.rglob("*.*")) < 20_000_000


@pytest.mark.parametrize("clip", CLIPS, ids=NAMES)
def test_a_film_shows_what_its_script_would_make_today(clip: Path) -> None:
    take, filmed = Take(all_samples()[clip.stem]), list(PoseTrack(clip.with_suffix(".truth.npz")))
    assert [pose.t_s for pose in filmed] == pytest.approx(take.clip.times_s, abs=0.002)
    for pose in (filmed[round(share * len(filmed))] for share in (0.3, 0.6, 0.8)):
        assert np.abs(pose.xy_px - true_pose(take, pose.t_s).xy_px).max() < STALE_PX


@pytest.mark.parametrize("clip", CLIPS, ids=NAMES)
def test_the_expectation_is_the_judgement_of_the_true_joints(clip: Path) -> None:
    assert found(true_report(clip), task_of(clip).dose.id) == expected(clip)


@pytest.mark.parametrize("clip", CLIPS, ids=NAMES)
def test_the_true_joints_are_judged_as_the_script_says(clip: Path) -> None:
    attempts, spec = expected(clip)["attempts"], task_of(clip).spec
    if spec.mode == "guided":
        scripted = {fault for rep in script(clip) for fault in rep["faults"]}
        assert [(a["outcome"], set(a["faults"])) for a in attempts] == [("timed", scripted)]
        return
    assert len(attempts) == len(script(clip))
    for attempt, rep in zip(attempts, script(clip), strict=True):
        assert set(rep["faults"]) <= set(attempt["faults"]), rep
        assert attempt["side"] == (None if spec.sides == "together" else rep["side"])
        if rep["kind"] != "fault":
            assert attempt["outcome"] == SCRIPTED[rep["kind"]]


@pytest.mark.parametrize("name", FOLLOWED)
def test_the_pose_model_is_judged_like_the_truth(name: str) -> None:
    clip = CLIPS[NAMES.index(name)]
    task = task_of(clip)
    report = report_of(tracked(clip, task.spec), task)
    seen, due = found(report, task.dose.id), expected(clip)
    assert seen["view"] == due["view"]
    assert [a["outcome"] for a in seen["attempts"]] == [a["outcome"] for a in due["attempts"]]
    for attempt, true in zip(seen["attempts"], due["attempts"], strict=True):
        assert attempt["faults"] == true["faults"]
        assert attempt["side"] == true["side"]
        if task.dose.hold_s:
            assert attempt["hold_s"] == pytest.approx(true["hold_s"], abs=HOLD_S)
        assert attempt["start_s"] == pytest.approx(true["start_s"], abs=TIME_S)
        assert attempt["end_s"] == pytest.approx(true["end_s"], abs=TIME_S)


def test_nobody_is_found_in_an_empty_room() -> None:
    task = task_of(FOLDER / "bridge" / "bridge_side.mp4")
    poses = tracked(FOLDER / "empty_room.mp4", task.spec)
    assert not any(pose.is_seen for pose in poses)
    assert report_of(poses, task).why_never_judged == Reason("nobody")
