"""What formcheck should find in each sample video: the judgement of its true pose track.

`python -m sample_videos.expected` writes `<clip>.expected.json` beside each `<clip>.truth.npz`.
The expectation comes from the true joints alone, never from what the pose model saw.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from formcheck.exercises.catalog import find_spec
from formcheck.records.report import Report, fold
from formcheck.running.recording import Task, judge
from formcheck.storage.pose_tracks import PoseTrack
from sample_videos.generator.exercises import all_clips, all_motions

FOLDER = Path(__file__).parent

DOSES = {"bridge_side": "002", "bird_dog_side": "003"}
"""The dose that a clip was filmed for, where it is not the exercise's first."""


def clips() -> Iterator[Path]:
    """Every sample video in which an exercise is done."""
    return (path for path in sorted(FOLDER.glob("*/*.mp4")))


def task_of(clip: Path) -> Task:
    """The exercise and dose that a clip shows."""
    if clip.stem not in all_clips():
        return filmed_task(clip.parent.name)
    spec = find_spec(clip.parent.name)
    return Task(spec, spec.dose_by_id(DOSES.get(clip.stem)))


def filmed_task(exercise: str) -> Task:
    """The spec and the dose that a drawn set is judged by.

    The dose is that of the plain geometry in which the most faults are judged, the first of them;
    where the exercise is held at all, it asks for as long a hold as the motion makes, so that a
    good rep is full.
    """
    spec = find_spec(exercise)
    plain = [dose for dose in spec.dose if not dose.variant]
    dose = max(plain, key=lambda dose: sum(rule.belongs_to(dose) for rule in spec.fault))
    if any(dose.hold_s for dose in spec.dose):
        hold_s = all_motions()[exercise].tempo.hold_s
        dose = dose.model_copy(update={"hold": (hold_s, hold_s), "pose_hold": {}})
    return Task(spec, dose)


def true_report(clip: Path) -> Report:
    """The judgement of the clip's true joints."""
    return fold(judge(PoseTrack(clip.with_suffix(".truth.npz")), task_of(clip)))


def expected(clip: Path) -> dict[str, Any]:
    """What was written for a clip."""
    document: dict[str, Any] = json.loads(clip.with_suffix(".expected.json").read_text("utf-8"))
    return document


def found(report: Report, dose: str) -> dict[str, Any]:
    """What is compared of a report, rounded to a millisecond."""
    return {
        "dose": dose,
        "view": report.view,
        "attempts": [
            {
                "outcome": rep.attempt.outcome,
                "side": rep.attempt.side,
                "start_s": round(rep.attempt.start_s, 3),
                "end_s": round(rep.attempt.t_s, 3),
                "hold_s": round(rep.attempt.hold_s, 3),
                "faults": sorted(fault.id for fault in rep.faults),
            }
            for rep in report.reps
        ],
    }


def main() -> None:
    """Write all expectations."""
    for clip in clips():
        document = found(true_report(clip), task_of(clip).dose.id)
        path = clip.with_suffix(".expected.json")
        path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
