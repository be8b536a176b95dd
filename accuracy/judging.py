"""From poses to scores: every set judged as a user's recording would be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from accuracy.filed import read
from accuracy.pixels import TRACKS
from accuracy.plans import SetPlan, judged_exercises
from accuracy.score import SetScore, dues, score
from formcheck.records.pose import Pose
from formcheck.records.report import Report, fold
from formcheck.running.recording import Task, judge
from sample_videos.expected import filmed_task


@dataclass(frozen=True)
class Scored:
    """A set of the card with its score."""

    plan: SetPlan
    score: SetScore


def report_of(poses: Iterable[Pose], task: Task) -> Report:
    """What the program reports of poses."""
    return fold(judge(poses, task))


def judge_poses(
    plan: SetPlan, scripted: list[dict[str, Any]], *, tracked: Iterable[Pose], true: Iterable[Pose]
) -> Scored:
    """The score of one set, from what was tracked and what was true."""
    task = filmed_task(plan.exercise)
    rules = [rule for rule in task.spec.fault if plan.view in rule.views]
    # A guided hold is one attempt, however many reps the script has.
    is_lasting = plan.flaw_lasts or task.spec.mode == "guided"
    lasting = frozenset({plan.fault}) if plan.fault and is_lasting else frozenset()
    true_reps = report_of(true, task).reps if task.dose.hold_s else ()
    return Scored(plan, score(
        dues(scripted, true_reps, is_guided=task.spec.mode == "guided"),
        report_of(tracked, task),
        tellable=frozenset(rule.id for rule in rules), lasting=lasting,
    ))  # fmt: skip


def judge_filed(path: Path) -> Scored:
    """The score of a filed set."""
    filed = read(path)
    return judge_poses(
        SetPlan(**filed.facts["plan"]), filed.facts["script"]["reps"],
        tracked=filed.tracked, true=filed.true,
    )  # fmt: skip


def filed_paths(exercises: Iterable[str] | None = None) -> Iterator[Path]:
    """All filed sets of some exercises, or of all that can be judged."""
    for exercise in exercises or judged_exercises():
        yield from sorted((TRACKS / exercise).glob("*.zip"))


def judge_all_filed(exercises: Iterable[str] | None = None, *, workers: int) -> list[Scored]:
    """The scores of all filed sets of some exercises, or of all."""
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        return list(pool.map(judge_filed, filed_paths(exercises)))
