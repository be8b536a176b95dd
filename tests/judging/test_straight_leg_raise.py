"""A straight leg raise that is drawn: lifted and lowered as slowly as its guide asks, or not."""

from __future__ import annotations

import pytest

from formcheck.records.report import fold
from formcheck.running.recording import judge
from sample_videos.expected import filmed_task
from sample_videos.generator.clip import Take
from sample_videos.generator.population import draw
from sample_videos.generator.truth import true_poses

SEED = 11


@pytest.mark.parametrize(
    ("done", "told"), [("good", set()), ("too_fast", {"too_fast"}), ("dropping", {"dropping"})]
)
def test_a_leg_that_is_lifted_fast_is_told_from_one_that_comes_down_fast(
    done: str, told: set[str]
) -> None:
    clip = draw("straight_leg_raise", SEED, plan=(done, done), view="side")
    poses = true_poses(Take(clip, quick=True), with_outline=False)
    report = fold(judge(poses, filmed_task("straight_leg_raise")))
    assert [{fault.id for fault in rep.faults} for rep in report.reps] == [told, told]
