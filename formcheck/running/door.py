"""The public door: what `import formcheck` gives, and what the command line is built on.

What reads or draws pictures is imported only once a video is judged.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.errors import FormcheckError, TrackError, shown
from formcheck.records.frames import FrameSource, SourceInfo
from formcheck.records.pose import Side
from formcheck.records.report import fold
from formcheck.running import recording
from formcheck.running.asked import Asked, Named, footage_of, load_exercise
from formcheck.running.estimator import opened, takes_outline
from formcheck.running.noted import begin_journal, write_noted_track
from formcheck.running.progress import Count, Progress
from formcheck.running.recording import Outputs, Part, estimate, write_results
from formcheck.running.results import Judged, Recording
from formcheck.storage.pose_tracks import PoseTrack
from formcheck.storage.unfinished import Unfinished

__all__ = ["judge", "load_exercise", "replay"]


def judge(
    video: str | Path, exercise: Named | None = None, *,
    dose: str | None = None, side: Side | None = None, height_cm: float | None = None,
    mirrored: bool = False, speed: float = 1.0, model: str | Path | None = None,
    out: str | Path | None = None, pictures: bool = False, replaces: bool = False,
    progress: Progress | None = None,
) -> Recording:  # fmt: skip
    """Judge a recorded video.

    Results appear once all is done. What ends early leaves a folder `NAME.unfinished` behind, from
    which `formcheck recover` makes what can be made.

    Args:
        video: the path of the video.
        exercise: what is done, as `load_exercise` takes it, or what that gave. None: it is
            recognised, and each set is judged by its own exercise.
        dose: the id of the dose to judge against; the exercise's first one if not given.
        side: the person's own side that faces the camera, if it is detected wrongly.
        height_cm: the person's height, for advice in inches; it never decides a rep.
        mirrored: the film is mirrored; left and right are swapped back.
        speed: at how many times real speed the film runs, 0.25 for slow motion; what comes back is
            in real time.
        model: the path of a different pose model.
        out: the folder for pose track, events.json and reps.csv. None: nothing is written.
        pictures: also make an annotated video and a report there.
        replaces: take the place of an earlier result that had read more frames, too.
        progress: called with each `Step` of the work.

    Raises:
        FormcheckError: the video or the model cannot be read, the results not be written, nothing
            that is known was recognised, or what is asked for is not there.
    """
    asked = Asked.of(exercise, dose, side, height_cm, footage_of(mirrored, speed))
    if pictures and out is None:
        raise FormcheckError("pictures need a folder: give one as out")
    file, count = Path(video), Count(progress, passes=2 if pictures else 1)
    Outputs.beside(file, None)  # refuses what has no name to call results after
    with _folder(out) as folder, Unfinished.begin(folder / file.stem) as run:
        final = Outputs.beside(file, folder)
        outputs = final.within(run.folder)
        film = _follow(file, asked, outputs.poses, Path(model) if model else None, count, run)
        if not replaces:
            _check_earlier(final.poses, film)
        with run.landing(despite=FormcheckError):
            parts = asked.parts(film.track, file)
            judged = tuple(_judged(film.track, part, film.info, outputs) for part in parts)
            if pictures:
                from formcheck.running.showing import show

                told = list(zip(parts, judged, strict=True))
                show(film.source, film.track, told, outputs, tick=count.tick)
    if out is not None:
        judged = tuple(
            replace(one, written=tuple(part.outputs(final).written(pictures=pictures)))
            for part, one in zip(parts, judged, strict=True)
        )
    return Recording(film.info, judged)


def replay(
    track: str | Path, exercise: Named | None = None, *,
    dose: str | None = None, side: Side | None = None, height_cm: float | None = None,
    mirrored: bool = False, speed: float = 1.0,
) -> Recording:  # fmt: skip
    """Judge a saved pose track again, without video or model; nothing is written.

    Args:
        track: the path of the .poses.npz.
        exercise, dose, side, height_cm, mirrored, speed: as of `judge`. The track keeps what the
            film shows, and remembers neither of the last two.

    Raises:
        FormcheckError: the file is no pose track, nothing that is known was recognised, or what is
            asked for is not there.
    """
    asked = Asked.of(exercise, dose, side, height_cm, footage_of(mirrored, speed))
    file = Path(track)
    poses = PoseTrack(file)
    info = _source_of(poses, file)
    parts = asked.parts(poses, file)
    return Recording(info, tuple(_judged(poses, part, info) for part in parts))


@contextmanager
def _folder(out: str | Path | None) -> Iterator[Path]:
    """The folder that was named, or one that is gone afterwards."""
    if out is not None:
        yield Path(out)
        return
    with tempfile.TemporaryDirectory(prefix="formcheck-") as folder:
        yield Path(folder)


@dataclass(frozen=True)
class _Film:
    """A video whose poses are on disk; info: as it stood once all of it was read."""

    source: FrameSource
    track: PoseTrack
    info: SourceInfo


def _follow(
    file: Path, asked: Asked, path: Path, model: Path | None, count: Count, run: Unfinished
) -> _Film:
    """Read the film once, and write its pose track."""
    # Nothing that the command line imports may import PyAV (see `screen`), which this does.
    from formcheck.capture.video.file import VideoFile

    source = VideoFile(file)
    count.begin(source.info)
    with opened(asked.spec, model, count.fetching) as (estimator, sha256):
        facts = {"model_sha256": sha256, "has_outlines": takes_outline(asked.spec)}
        with begin_journal(run, file.stem, asked, facts, source.info) as journal:
            estimate(source, estimator, journal, tick=count.tick)
    write_noted_track(journal.path, path, source.info)
    count.settle()
    return _Film(source, PoseTrack(path), replace(source.info, notes=list(source.info.notes)))


def _check_earlier(poses: Path, film: _Film) -> None:
    """Refuse to put less in the place of an earlier result.

    Raises:
        FormcheckError: the earlier run had read more frames.
    """
    try:
        earlier = len(PoseTrack(poses))
    except TrackError:  # none, or a damaged one, which is no loss
        return
    if earlier > len(film.track):
        raise FormcheckError(
            f"{shown(poses)}: an earlier run read {earlier} frames, this one {len(film.track)}, "
            "so it was not replaced; add --replace to replace it, or give another --out"
        )


def _judged(
    poses: PoseTrack, part: Part, info: SourceInfo, outputs: Outputs | None = None
) -> Judged:
    """A part judged, and what was found of it written, if there is a place for it."""
    events = recording.judge(poses, part.task, part.window)
    if outputs is None:
        return Judged(part.task, tuple(events), fold(events), info)
    report = write_results(events, part.task, info, part.outputs(outputs))
    return Judged(part.task, tuple(events), report, info)


def _source_of(track: PoseTrack, file: Path) -> SourceInfo:
    """What the track remembers of the video it was made from."""
    if told := SourceInfo.from_json(track.info.get("source")):
        return told
    # A track from elsewhere knows other things, or nothing.
    width, height = (round(side) for side in track.size_px)
    return SourceInfo(shown(file.name), (width, height), 0.0, frames_read=len(track))
