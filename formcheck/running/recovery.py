"""Making what can be made of a run that ended early, from the journals that it left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.errors import FormcheckError, shown
from formcheck.records.frames import SourceInfo
from formcheck.running.asked import Asked, Named
from formcheck.running.noted import write_noted_track
from formcheck.running.recording import Outputs
from formcheck.storage.journal import JournalReader
from formcheck.storage.pose_tracks import PoseTrack
from formcheck.storage.unfinished import Unfinished, journals_in, left_in, numbered, take_over
from formcheck.words import terms

_MARK = "interrupted"


@dataclass(frozen=True)
class Recovered:
    """What was made of one journal.

    seen_s: how much was seen. reps: how many attempts there are in it. files: what was made.
    trouble: why no more was made.
    """

    name: str
    seen_s: float
    reps: int
    files: tuple[Path, ...]
    trouble: str = ""


def recover(folder: Path, exercise: Named | None = None) -> Iterator[Recovered]:
    """Make track, events, reps and report of all that ended runs have left in a folder.

    Results are named after the run, with "interrupted" added, so that nothing older is replaced.
    What was made, the run's own folder goes.

    exercise: judge by this one, in place of the one that the run was told.

    Raises:
        FormcheckError: something cannot be read or written; what was left stays.
    """
    for left in left_in(folder):
        run = take_over(left)
        if run is not None:
            with run, run.landing():
                made = [_recovered(run, journal, exercise) for journal in journals_in(left)]
            yield from made


def _recovered(run: Unfinished, journal: Path, exercise: Named | None) -> Recovered:
    reader = JournalReader(journal)
    place = run.folder.parent
    outputs = Outputs.named(run.folder / _free_name(place, journal.stem))
    info, seen_s = _source_of(reader, journal)
    write_noted_track(journal, outputs.poses, info)
    reps, trouble = 0, ""
    try:
        parts = Asked.from_json(reader.head, exercise).parts(PoseTrack(outputs.poses), journal)
    except FormcheckError as error:
        parts, trouble = [], str(error)
    from formcheck.running.writing_up import write_up  # draws: only who recovers waits for it

    for part in parts:
        done = write_up(part.task, part.outputs(outputs), info, window=part.window)
        reps += len(done.report.reps) if done else 0
    made = [part.outputs(outputs) for part in parts] or [outputs]
    paths = dict.fromkeys(path for one in made for path in vars(one).values() if path.exists())
    files = tuple(place / path.name for path in paths)
    return Recovered(journal.stem, seen_s, reps, files, trouble)


def _free_name(place: Path, name: str) -> str:
    """A name under which nothing lies yet."""
    names = numbered(f"{name}.{_MARK}", "-")
    return next(free for free in names if not any(place.glob(f"{free}.*")))


def _source_of(reader: JournalReader, journal: Path) -> tuple[SourceInfo, float]:
    """What was known of the source when the run began, with what became of it; and how many seconds
    of it were seen."""
    frames, start_s, end_s, size_px = 0, 0.0, 0.0, (0, 0)
    for frames, pose in enumerate(reader.poses(), start=1):
        start_s, end_s = pose.t_s if frames == 1 else start_s, pose.t_s
        size_px = round(pose.size_px[0]), round(pose.size_px[1])
    seen_s = end_s - start_s
    note = f"this run ended early, after {terms.clock(seen_s)}; what it had seen is judged"
    told = SourceInfo.from_json(reader.head.get("source"))
    info = told or SourceInfo(shown(journal.stem), size_px, 0.0)
    info = replace(info, frames_read=frames, interrupted=True, notes=[*info.notes, note])
    return info, seen_s
