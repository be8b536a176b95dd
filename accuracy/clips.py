"""Recordings of real people, judged from their pose tracks and held against labels made by eye.

They lie beside the repository and are not ours to pass on. Every clean range of a recording falls
into one of three columns: exact, wrong, not judged with its reason.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path

from formcheck.exercises.catalog import find_spec
from formcheck.records.events import Attempt, Event, NotJudged
from formcheck.records.pose import Pose
from formcheck.running.recording import Task, judge
from formcheck.storage.pose_tracks import PoseTrack
from formcheck.words.reasons import why

FOLDER = Path(__file__).parents[2] / "shared" / "clips"
LABELS = FOLDER / "labels.tsv"
EXPECTATIONS = Path(__file__).parents[1] / "tests" / "clip_expectations.tsv"

EXERCISE_OF = {
    "squat": "bodyweight_squat", "bridge": "bridge", "bird_dog": "bird_dog", "plank": "plank",
    "knee_plank": "plank", "cat_cow": "cat_cow", "superman": "superman", "cobra": "cobra",
    "prone_opposite_arm_leg": "prone_opposite_arm_leg", "knee_to_chest": "knee_to_chest_single",
    "double_knee_to_chest": "knee_to_chest_double", "crunch": "abdominal_crunch",
    "heel_slide": "heel_slides", "supine_twist": "supine_twist", "wall_squat": "wall_squat",
    "side_lying_leg_lift": "side_lying_leg_lift", "deadlift": "barbell_deadlift",
}  # fmt: skip
"""Exercise by the word of the labels; a word that is not here is another movement, and one that
mixes two exercises (`MIXED`) is left out."""

MIXED = {"squat_to_heel_raise"}

NOTED = {"partial curl-up": "partial_curl_up"}
"""Exercise by what else a label says of a recording, where its word is wider."""

DOSE_OF = {"bridge": "001-routine"}
"""The bridge's first dose asks for twelve seconds, which decides between full and short holds."""

NO_STILL_START = "first rep without still start"

HELD_S = 1.0
"""How far a hold may be from the one seen by eye, whose ends nobody sees to the tenth."""

Key = tuple[str, str]
"""A recording and the first frame of a range of it, as the labels write them."""


def rows(path: Path) -> list[dict[str, str]]:
    """A table of tab-separated values, without its comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((s for s in lines if not s.startswith("#")), delimiter="\t"))


def exercise_of(label: dict[str, str]) -> str | None:
    """The exercise that a label tells of; none for another movement."""
    noted = (exercise for words, exercise in NOTED.items() if words in label["faults_by_eye"])
    return next(noted, EXERCISE_OF.get(label["exercise"]))


@cache
def labels() -> dict[Key, dict[str, str]]:
    """The labels of every range."""
    return {(row["poses"], row["clean_start_frame"]): row for row in rows(LABELS)}


@cache
def expectations() -> dict[Key, dict[str, str]]:
    """What is expected of the ranges of exercises that can be judged."""
    return {(row["poses"], row["start_frame"]): row for row in rows(EXPECTATIONS)}


def clean_range(label: dict[str, str]) -> list[Pose]:
    """The poses of the clean range that a label tells of."""
    first, last = int(label["clean_start_frame"]), int(label["clean_end_frame"])
    return list(islice(PoseTrack(FOLDER / label["poses"]), first, last + 1))


@cache
def events_of(key: Key, exercise: str) -> tuple[Event, ...]:
    """Judge the clean range of one recording."""
    poses = clean_range(labels()[key])
    spec = find_spec(exercise)
    task = Task(spec, spec.dose_by_id(DOSE_OF.get(exercise)))
    return tuple(judge(poses, task))


def attempts_of(events: Iterable[Event]) -> list[Attempt]:
    """The attempts among events."""
    return [event for event in events if isinstance(event, Attempt)]


@dataclass(frozen=True)
class Verdict:
    """One range in one of three columns: exact, wrong, not judged; and why."""

    column: str
    why: str = ""


def verdict(key: Key) -> Verdict:
    """Counts or hold of a range against those made by eye.

    A first rep that has no still start before it need not be counted (`NO_STILL_START`).
    """
    expected = expectations()[key]
    events = events_of(key, expected["exercise"])
    refused = [why(e.reason) for e in events if isinstance(e, NotJudged) and e.what == "recording"]
    if refused:
        return Verdict("not judged", refused[0])
    if find_spec(expected["exercise"]).is_timed:
        return _held(events, float(labels()[key]["hold_seconds_by_eye"]))
    by_eye = int(labels()[key]["reps_by_eye"])
    counted = sum(attempt.counts for attempt in attempts_of(events))
    least = by_eye - (expected["expectation"] == NO_STILL_START)
    if least <= counted <= by_eye:
        return Verdict("exact", f"{counted} counted, {by_eye} by eye")
    unjudged = list(_unjudged(events, key))
    if least <= counted + len(unjudged) <= by_eye:
        return Verdict("not judged", unjudged[0])
    return Verdict("wrong", f"{counted} counted, {by_eye} by eye")


def _held(events: Iterable[Event], by_eye_s: float) -> Verdict:
    held_s = max((attempt.hold_s for attempt in attempts_of(events)), default=0.0)
    column = "exact" if abs(held_s - by_eye_s) <= HELD_S else "wrong"
    return Verdict(column, f"held {held_s:.1f} s, {by_eye_s:.1f} by eye")


def _unjudged(events: Iterable[Event], key: Key) -> Iterator[str]:
    """Why single reps were not judged: told of an attempt, or the first rep lies in a wait that
    was told."""
    label = labels()[key]
    first = expectations()[key]["first_frame"]
    first_s = int(first) / float(label["fps"]) if first else math.nan
    for event in events:
        if isinstance(event, Attempt) and event.outcome == "not_judged":
            yield why(event.reason)
        if isinstance(event, NotJudged) and event.since_s <= first_s <= event.t_s:
            yield why(event.reason)


def table(keys: Sequence[Key]) -> str:
    """One line an exercise, then one a range, as Markdown."""
    lines = ["| exercise | ranges | exact | wrong | not judged |", "|---|---|---|---|---|"]
    found = [(key, expectations()[key]["exercise"], verdict(key)) for key in keys]
    for exercise in sorted({exercise for _, exercise, _ in found}):
        mine = [told.column for _, other, told in found if other == exercise]
        counts = " | ".join(str(mine.count(c)) for c in ("exact", "wrong", "not judged"))
        lines.append(f"| {find_spec(exercise).title} | {len(mine)} | {counts} |")
    lines += ["", "| recording, frame | exercise | | |", "|---|---|---|---|"]
    lines += [
        f"| {Path(poses).stem} {first} | `{exercise}` | {told.column} | {told.why} |"
        for (poses, first), exercise, told in found
    ]
    return "\n".join(lines)
