"""Judging recordings whole: a video of one exercise, one of which nobody said what is done in it,
and a track that was saved. What is judged comes back; how it is told is the caller's."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from formcheck.errors import FormcheckError
from formcheck.exercises.model import ExerciseSpec
from formcheck.output.files import events_document
from formcheck.records.events import Event
from formcheck.records.frames import FrameSource, SourceInfo
from formcheck.records.pose import Side
from formcheck.records.report import Report, fold
from formcheck.running.estimator import opened, takes_outline
from formcheck.running.recording import (
    WHOLE,
    Outputs,
    Task,
    Tick,
    Window,
    about,
    estimate,
    judge,
    recognise,
    show,
    windows,
    write_results,
)
from formcheck.storage.pose_tracks import PoseTrack


@dataclass(frozen=True)
class Judged:
    """What one recording came to, and the files that were written of it."""

    events: list[Event]
    report: Report
    task: Task
    info: SourceInfo
    written: tuple[Path, ...] = ()

    def document(self) -> dict[str, Any]:
        """All of it as JSON values."""
        head = about(self.task, self.info)
        return events_document(self.events, about=head, totals=self.report.as_json())


@dataclass(frozen=True)
class Progress:
    """Who is told how far the work on a video has come.

    frames: opens a count of all passes through a recording, which is ticked once a frame and pass.
    fetching: told of the fetching of the pose model, in words and as a share of 1, or None.
    """

    frames: Callable[[SourceInfo, int], AbstractContextManager[Tick]]
    fetching: Callable[[str, float | None], None]


@dataclass(frozen=True)
class _Followed:
    """A video whose poses are on disk; tick: told of each frame that is drawn."""

    source: FrameSource
    track: PoseTrack
    tick: Tick


def judge_video(
    file: Path, task: Task, outputs: Outputs, model: Path | None, *,
    pictures: bool, progress: Progress,
) -> Judged:  # fmt: skip
    """Judge a video, and write what came of it.

    model: a pose model of the user's own. pictures: whether an annotated video and a report are
    made.

    Raises:
        FormcheckError: the video or the model cannot be read, or the results not be written.
    """
    with _followed(file, task.spec, outputs, model, progress, pictures=pictures) as video:
        return _judge_part(video, task, outputs, pictures=pictures)


def judge_recognised(
    file: Path, outputs: Outputs, model: Path | None, side: Side | None, height_cm: float | None,
    *, pictures: bool, progress: Progress,
) -> list[Judged]:  # fmt: skip
    """Find out what is done in a video, and judge each set of it by its own exercise.

    Raises:
        FormcheckError: as of `judge_video`; or nothing that is known was recognised.
    """
    with _followed(file, None, outputs, model, progress, pictures=pictures) as video:
        sets = recognise(video.track)
        if not sets:
            raise FormcheckError(
                f"{file}: none of the exercises was recognised; name it with -e if it is one"
            )
        is_one = len({one.spec.id for one in sets}) == 1
        found = [tuple(sets)] if is_one else [(one,) for one in sets]
        parts = zip(found, [WHOLE] if is_one else windows(sets), strict=True)
        return [
            _judge_part(
                video, Task(one.spec, one.spec.dose[0], side, height_cm, (one, *more)),
                outputs if is_one else outputs.of_set(number, one.spec.id),
                pictures=pictures, window=window,
            )
            for number, ((one, *more), window) in enumerate(parts, start=1)
        ]  # fmt: skip


def judge_saved(file: Path, task: Task) -> Judged:
    """Judge a saved pose track again, without video or model; nothing is written.

    Raises:
        TrackError: the file is no pose track, or a damaged one.
    """
    track = PoseTrack(file)
    events = judge(track, task)
    return Judged(events, fold(events), task, _source_of(track, file))


@contextmanager
def _followed(
    file: Path, spec: ExerciseSpec | None, outputs: Outputs, model: Path | None,
    progress: Progress, *, pictures: bool,
) -> Iterator[_Followed]:  # fmt: skip
    # Nothing that the command line imports may import PyAV (see `screen`), which this does.
    from formcheck.capture.video.file import VideoFile

    source = VideoFile(file)
    with progress.frames(source.info, 2 if pictures else 1) as tick:
        with opened(spec, model, progress.fetching) as (estimator, sha256):
            facts = {"model_sha256": sha256, "has_outlines": takes_outline(spec)}
            estimate(source, estimator, outputs.poses, facts=facts, tick=tick)
        yield _Followed(source, PoseTrack(outputs.poses), tick)


def _judge_part(
    video: _Followed, task: Task, outputs: Outputs, *, pictures: bool, window: Window = WHOLE
) -> Judged:
    source, track, tick = video.source, video.track, video.tick
    events = judge(track, task, window)
    report = write_results(events, task, source.info, outputs)
    if pictures:
        show(source, track, task, report, outputs, tick=tick, window=window)
    written = tuple(outputs.written(pictures=pictures))
    return Judged(events, report, task, source.info, written)


def _source_of(track: PoseTrack, file: Path) -> SourceInfo:
    """What the track remembers of the video it was made from."""
    try:
        return SourceInfo(**track.info["source"])
    except (KeyError, TypeError):  # a track from elsewhere knows other things, or nothing
        width, height = (round(side) for side in track.size_px)
        return SourceInfo(file.name, (width, height), 0.0, frames_read=len(track))
