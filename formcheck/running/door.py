"""The public door: what `import formcheck` gives, and what the command line is built on.

What reads or draws pictures is imported only once a video is judged.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from formcheck.errors import FormcheckError
from formcheck.exercises.catalog import find_spec
from formcheck.exercises.model import ExerciseSpec
from formcheck.exercises.reader import load_spec
from formcheck.records.footage import SPEEDS, Footage
from formcheck.records.frames import FrameSource, SourceInfo
from formcheck.records.pose import Side
from formcheck.records.report import fold
from formcheck.running import recording
from formcheck.running.estimator import opened, takes_outline
from formcheck.running.progress import Count, Progress
from formcheck.running.recording import (
    Outputs,
    Part,
    Task,
    estimate,
    recognised_parts,
    write_results,
)
from formcheck.running.results import Judged, Recording
from formcheck.storage.pose_tracks import PoseTrack

HEIGHTS_CM = (100.0, 230.0)
"""The shortest and the tallest person that is taken for possible."""

Named = str | Path | ExerciseSpec
"""An exercise as it may be named: by id, name or file, or as it was loaded before."""


def load_exercise(name: str | Path) -> ExerciseSpec:
    """An exercise by its id, or as people call it ("bird dog"), or the exercise file of a path.

    Raises:
        SpecError: there is none, more than one is called so, or the file is not valid.
    """
    return load_spec(name) if isinstance(name, Path) else find_spec(name)


def judge(
    video: str | Path, exercise: Named | None = None, *,
    dose: str | None = None, side: Side | None = None, height_cm: float | None = None,
    mirrored: bool = False, speed: float = 1.0, model: str | Path | None = None,
    out: str | Path | None = None, pictures: bool = False, progress: Progress | None = None,
) -> Recording:  # fmt: skip
    """Judge a recorded video.

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
        progress: called with each `Step` of the work.

    Raises:
        FormcheckError: the video or the model cannot be read, the results not be written, nothing
            that is known was recognised, or what is asked for is not there.
    """
    asked = _Asked.of(exercise, dose, side, height_cm, _footage(mirrored, speed))
    if pictures and out is None:
        raise FormcheckError("pictures need a folder: give one as out")
    file, count = Path(video), Count(progress, passes=2 if pictures else 1)
    with _folder(out) as folder:
        outputs = Outputs.beside(file, folder)
        film = _follow(file, asked.spec, outputs.poses, Path(model) if model else None, count)
        parts = asked.parts(film.track, file)
        judged = tuple(
            _judged(
                film.track, part, film.info, outputs if out is not None else None, pictures=pictures
            )
            for part in parts
        )
        if pictures:
            from formcheck.running.showing import show

            told = [(part, one.report) for part, one in zip(parts, judged, strict=True)]
            show(film.source, film.track, told, outputs, film.info, tick=count.tick)
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
    asked = _Asked.of(exercise, dose, side, height_cm, _footage(mirrored, speed))
    file = Path(track)
    poses = PoseTrack(file)
    info = _source_of(poses, file)
    parts = asked.parts(poses, file)
    return Recording(info, tuple(_judged(poses, part, info) for part in parts))


@dataclass(frozen=True)
class _Asked:
    """What is asked of a recording; task: None where the exercise is to be recognised."""

    task: Task | None
    side: Side | None
    height_cm: float | None
    footage: Footage

    @classmethod
    def of(
        cls, exercise: Named | None, dose: str | None, side: Side | None,
        height_cm: float | None, footage: Footage,
    ) -> _Asked:  # fmt: skip
        """The same as it was asked for, once it is known to be there.

        Raises:
            FormcheckError: it is not.
        """
        _check_person(side, height_cm)
        if exercise is None:
            if dose:
                raise FormcheckError("a dose needs an exercise; name that too")
            return cls(None, side, height_cm, footage)
        spec = exercise if isinstance(exercise, ExerciseSpec) else load_exercise(exercise)
        task = Task(spec, spec.dose_by_id(dose), side, height_cm, footage=footage)
        return cls(task, side, height_cm, footage)

    @property
    def spec(self) -> ExerciseSpec | None:
        """The exercise, if it was named."""
        return self.task.spec if self.task else None

    def parts(self, poses: PoseTrack, file: Path) -> list[Part]:
        """What is judged, and by what.

        Raises:
            FormcheckError: no exercise was named, and none recognised.
        """
        if self.task:
            return [Part(self.task)]
        found = recognised_parts(poses, self.side, self.height_cm, self.footage)
        if not found:
            raise FormcheckError(
                f"{file}: no exercise was recognised; if you know which one it is, name it "
                "(on the command line with -e)"
            )
        return found


def _check_person(side: Side | None, height_cm: float | None) -> None:
    if side not in (None, *get_args(Side)):
        raise FormcheckError(f"side {side!r}: say left or right")
    least, most = HEIGHTS_CM
    if height_cm is not None and not least <= height_cm <= most:
        raise FormcheckError(
            f"a height of {height_cm:g} cm: give one from {least:g} to {most:g} cm"
        )


def _footage(mirrored: bool, speed: float) -> Footage:
    """What is told of a film.

    Raises:
        FormcheckError: it cannot be.
    """
    slowest, fastest = SPEEDS
    if not slowest <= speed <= fastest:
        raise FormcheckError(
            f"a film at {speed:g} times real speed: give from {slowest:g} to {fastest:g}"
        )
    return Footage(mirrored, speed)


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
    file: Path, spec: ExerciseSpec | None, path: Path, model: Path | None, count: Count
) -> _Film:
    """Read the film once, and write its pose track."""
    # Nothing that the command line imports may import PyAV (see `screen`), which this does.
    from formcheck.capture.video.file import VideoFile

    source = VideoFile(file)
    count.begin(source.info)
    with opened(spec, model, count.fetching) as (estimator, sha256):
        facts = {"model_sha256": sha256, "has_outlines": takes_outline(spec)}
        estimate(source, estimator, path, facts=facts, tick=count.tick)
    count.settle()
    return _Film(source, PoseTrack(path), replace(source.info, notes=list(source.info.notes)))


def _judged(
    poses: PoseTrack, part: Part, info: SourceInfo, outputs: Outputs | None = None,
    *, pictures: bool = False,
) -> Judged:  # fmt: skip
    """A part judged, and what was found of it written, if there is a place for it."""
    events = recording.judge(poses, part.task, part.window)
    if outputs is None:
        return Judged(part.task, tuple(events), fold(events), info)
    own = part.outputs(outputs)
    report = write_results(events, part.task, info, own)
    return Judged(part.task, tuple(events), report, info, tuple(own.written(pictures=pictures)))


def _source_of(track: PoseTrack, file: Path) -> SourceInfo:
    """What the track remembers of the video it was made from."""
    try:
        return SourceInfo(**track.info["source"])
    except (KeyError, TypeError):  # a track from elsewhere knows other things, or nothing
        width, height = (round(side) for side in track.size_px)
        return SourceInfo(file.name, (width, height), 0.0, frames_read=len(track))
