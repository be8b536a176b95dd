"""Judging the twins' sets: each score is kept as a line, so that a run can be taken up again."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from accuracy.filed import FiledSet
from accuracy.judging import Scored, judge_poses
from accuracy.plans import SetPlan, judged_exercises, twin_plans, unprepared_plans
from accuracy.score import SetScore, Tally
from accuracy.twins import twin
from sample_videos.expected import filmed_task
from sample_videos.generator.truth import script_of


@dataclass(frozen=True)
class Shelf:
    """The scores of one tier of sets without pixels: which sets are planned for an exercise, and
    the folder with one file an exercise, a line of JSON for every set judged."""

    folder: Path
    plans: Callable[[str], Iterable[SetPlan]]


TWINS = Shelf(Path(__file__).parent / "twins", twin_plans)
UNPREPARED = Shelf(Path(__file__).parent / "unprepared", unprepared_plans)

_SHOWN_EACH = 2
"""How many sets of an exercise the noise is shown by."""

_log = logging.getLogger("accuracy")


def judge_twin(plan: SetPlan) -> Scored:
    """The score of a set without pixels."""
    spec = filmed_task(plan.exercise).spec
    take, true, spoiled = twin(plan, with_outline=spec.needs_outline)
    return judge_poses(plan, script_of(take)["reps"], tracked=spoiled, true=true)


def shown_sets(exercises: Iterable[str]) -> Iterator[FiledSet]:
    """A few clean sets of each exercise, as if they had been filmed: to show the noise by."""
    for exercise in exercises:
        spec = filmed_task(exercise).spec
        for plan in list(twin_plans(exercise))[:_SHOWN_EACH]:
            _, true, spoiled = twin(plan, with_outline=spec.needs_outline)
            yield FiledSet({"plan": plan.as_json()}, spoiled, true)


def as_line(scored: Scored) -> str:
    """A score as it is kept."""
    told = {"plan": scored.plan.as_json(), "score": asdict(scored.score)}
    told["score"]["hold_errors_s"] = [round(off_s, 3) for off_s in scored.score.hold_errors_s]
    return json.dumps(told)


def of_line(line: str) -> Scored:
    """A score that was kept."""
    kept: dict[str, Any] = json.loads(line)
    score = kept["score"]
    score["hold_errors_s"] = tuple(score["hold_errors_s"])
    score["faults"] = {fault: Tally(**tally) for fault, tally in score["faults"].items()}
    return Scored(SetPlan(**kept["plan"]), SetScore(**score))


def kept(exercise: str, shelf: Shelf = TWINS) -> list[Scored]:
    """The scores of an exercise that were kept, in the order in which its sets are planned."""
    path = shelf.folder / f"{exercise}.jsonl"
    if not path.exists():
        return []
    planned = set(shelf.plans(exercise))
    scored = [of_line(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return sorted((one for one in scored if one.plan in planned), key=lambda one: one.plan.seed)


def all_kept(shelf: Shelf = TWINS) -> Iterator[Scored]:
    """The scores of all exercises."""
    for exercise in judged_exercises():
        yield from kept(exercise, shelf)


def judge_missing(
    exercises: Iterable[str], shelf: Shelf = TWINS, *, every: int, workers: int
) -> None:
    """Judge the planned sets that have no score yet; every: only each so many-th of the plan."""
    shelf.folder.mkdir(exist_ok=True)
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for exercise in exercises:
            done = {one.plan for one in kept(exercise, shelf)}
            missing = [p for p in list(shelf.plans(exercise))[::every] if p not in done]
            with (shelf.folder / f"{exercise}.jsonl").open("a", encoding="utf-8") as lines:
                for scored in pool.map(judge_twin, missing, chunksize=4):
                    lines.write(as_line(scored) + "\n")
                    lines.flush()
            _log.info("%s: %d sets judged, %d before", exercise, len(missing), len(done))
