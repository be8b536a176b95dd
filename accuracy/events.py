"""What is judged of every committed set and of every recording beside the project, a line an event.

One version of formcheck is held against another by comparing two such lists: whoever changes how
things are named, kept or worded shows by it that no judgement has changed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path

from accuracy.filed import read
from accuracy.judging import filed_paths
from accuracy.real_cases import FLAGSHIPS, Range, ranges
from formcheck.exercises.catalog import find_spec
from formcheck.records.events import Event, plain
from formcheck.running.recording import Task, judge, recognise
from formcheck.storage.pose_tracks import PoseTrack
from sample_videos.expected import clips, filmed_task, task_of

COMPARED = (
    "kind", "t_s", "start_s", "number", "attempt", "outcome", "side", "peak", "hold_s", "seconds",
    "id", "phase", "view", "near", "what",
)  # fmt: skip
"""The fields of an event that are a judgement; how it is worded is none."""

Line = str


def all_lines(*, workers: int) -> Iterator[Line]:
    """The events of everything, set by set, as JSON lines."""
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        for of_one in (
            pool.map(_sample, clips()),
            pool.map(_filed, filed_paths()),
            pool.map(_range, ranges()),
        ):
            for lines in of_one:
                yield from lines


def _sample(clip: Path) -> list[Line]:
    track = PoseTrack(clip.with_suffix(".truth.npz"))
    sets = [f"{one.spec.id} {one.start_s:.3f} {one.end_s:.3f} {one.sureness}"
            for one in recognise(track)]  # fmt: skip
    return [*_lines(clip.stem, judge(track, task_of(clip))), f"{clip.stem} recognised {sets}"]


def _filed(path: Path) -> list[Line]:
    filed = read(path)
    return list(_lines(path.stem, judge(filed.tracked, filmed_task(path.parent.name))))


def _range(one: Range) -> list[Line]:
    is_judged = one.kind in ("same", "near")
    lines: list[Line] = []
    for exercise in (one.exercise,) if is_judged else FLAGSHIPS:
        spec = find_spec(exercise)
        events = judge(one.poses(), Task(spec, spec.dose_by_id(None)))
        lines += _lines(f"{one.name} {exercise}", events)
    return lines


def _lines(name: str, events: Iterable[Event]) -> Iterator[Line]:
    yield f"{name} judged"
    for event in events:
        told = {"kind": event.kind, **plain(asdict(event))}
        kept = {key: told[key] for key in COMPARED if key in told}
        yield f"{name} {json.dumps(kept)}"
