"""Judging a recorded video: estimate, judge, then show (`running.showing`).

Three steps over a pose track on disk, so that memory does not grow with the recording, and that
judging can be repeated without the video:

    video --estimate--> track --judge--> events --show--> annotated video, pictures, report

Nothing here imports what reads or draws pictures: a saved track is judged without.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from formcheck.capture.pose import PoseEstimator
from formcheck.capture.video.read_ahead import ahead
from formcheck.errors import FormcheckError, shown
from formcheck.exercises.catalog import all_specs
from formcheck.exercises.defaults import LEVELS
from formcheck.exercises.guides import documents
from formcheck.exercises.model import Dose, ExerciseSpec
from formcheck.exercises.safety import easier
from formcheck.judging.checker import Checker
from formcheck.judging.recognition import Recognised, Recogniser
from formcheck.output.files import About, write_events, write_reps
from formcheck.output.report.curves import Curves
from formcheck.output.report.page import ReportPage
from formcheck.records.events import Event, Source
from formcheck.records.footage import PLAIN, Footage
from formcheck.records.frames import FrameSource, SourceInfo
from formcheck.records.pose import Pose, Side
from formcheck.records.report import Report, fold
from formcheck.running.loop import estimated, run
from formcheck.running.progress import Doing
from formcheck.running.retelling import Retelling
from formcheck.storage.journal import Journal
from formcheck.words import cautions, reasons, terms

if TYPE_CHECKING:
    from formcheck.output.drawing.stills import Pictures

Tick = Callable[[Doing], None]
"""Told once a frame what was done with it."""

INCH_CM = 2.54


@dataclass(frozen=True)
class Task:
    """What is to be judged: the exercise in one dose, and what the user told of the person.

    spec: once made, the exercise as the dose asks it; all that follows reads it from here.
    footage: how the film shows it. recognised: the sets in which the exercise was recognised, where
    nobody named it. easier: by how much its levels were lowered on the way, and which faults were
    silenced, in order.
    """

    spec: ExerciseSpec
    dose: Dose
    near: Side | None = None
    height_cm: float | None = None
    recognised: tuple[Recognised, ...] = ()
    footage: Footage = PLAIN
    easier: tuple[tuple[float, tuple[str, ...]], ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "spec", self.spec.with_dose(self.dose))

    def made_easier(self, by_deg: float, silence: tuple[str, ...] = ()) -> Task:
        """The same with its reach nearer to the rest (`safety.easier`)."""
        spec = easier(self.spec, by_deg, silence=silence)
        return replace(self, spec=spec, easier=(*self.easier, (by_deg, silence)))

    def checker(self, *, retells: bool = False) -> Checker:
        """A new judge; retells: as of `Checker`."""
        stature_in = self.height_cm / INCH_CM if self.height_cm else None
        return Checker(self.spec, near=self.near, stature_in=stature_in, retells=retells)


@dataclass(frozen=True)
class Outputs:
    """Where the results of one recording go."""

    annotated: Path
    events: Path
    reps: Path
    poses: Path
    report: Path

    @classmethod
    def beside(cls, video: Path, folder: Path | None) -> Outputs:
        """In the folder, or beside the video, named after it.

        Raises:
            FormcheckError: it is a folder.
        """
        if not video.name.strip(".") or video.is_dir():
            raise FormcheckError(f"{shown(video)}: a folder; give the files in it")
        return cls.named((folder or video.parent) / video.stem)

    @classmethod
    def named(cls, base: Path) -> Outputs:
        """Beside a path, each with its name and an ending."""
        return cls(*(base.with_name(f"{base.name}.{end}") for end in _ENDS))

    def within(self, folder: Path) -> Outputs:
        """The same in another folder."""
        return Outputs(*(folder / path.name for path in vars(self).values()))

    @classmethod
    def of_each(cls, videos: Sequence[Path], folder: Path | None) -> dict[Path, Outputs]:
        """Those of several recordings.

        Raises:
            FormcheckError: two recordings would write the same files.
        """
        owners: dict[Outputs, Path] = {}
        for video in videos:
            outputs = cls.beside(video, folder)
            if outputs in owners:
                raise FormcheckError(
                    f"{shown(owners[outputs])} and {shown(video)} would both write "
                    f"{shown(outputs.events.name)}; "
                    "judge them one by one, each with its own --out"
                )
            owners[outputs] = video
        return {video: outputs for outputs, video in owners.items()}

    def of_set(self, number: int, exercise: str) -> Outputs:
        """Those of one set of a recording that holds several exercises; the poses are shared."""
        stem = self.events.name.removesuffix(_ENDS[1])
        names = (f"{stem}set{number}.{exercise}.{end}" for end in _ENDS)
        made = Outputs(*(self.events.with_name(name) for name in names))
        return replace(made, poses=self.poses)

    def written(self, *, pictures: bool) -> list[Path]:
        """Those that a run writes; what an earlier one left is not among them."""
        shown = (self.annotated, self.report)
        return [path for path in vars(self).values() if pictures or path not in shown]


_DECISIVE: tuple[Literal["reach"], Literal["fall"]] = ("reach", "fall")

_ENDS = ("annotated.mp4", "events.json", "reps.csv", "poses.npz", "report.html")


def is_own_picture(video: Path) -> bool:
    """Whether a video is one that was annotated before: it lies beside its own events."""
    stem = video.name.removesuffix(f".{_ENDS[0]}")
    return stem != video.name and video.with_name(f"{stem}.{_ENDS[1]}").exists()


def estimate(
    source: FrameSource, estimator: PoseEstimator, journal: Journal, *, tick: Tick
) -> None:
    """Note every pose of a video in a journal, as it is found."""
    for _, pose in estimated(ahead(source), estimator):
        journal.add(pose)
        tick("estimating")


@dataclass(frozen=True)
class Window:
    """A part of a recording, in real time; the whole by default."""

    start_s: float = -math.inf
    end_s: float = math.inf

    def holds(self, pose: Pose) -> bool:
        """Whether a pose is in it."""
        return self.start_s <= pose.t_s < self.end_s


WHOLE = Window()


def recognise(poses: Iterable[Pose]) -> list[Recognised]:
    """The sets of a recording of which nobody said what is done in them."""
    recogniser = Recogniser(all_specs())
    for pose in poses:
        recogniser.take(pose)
    return recogniser.finish()


def windows(sets: Sequence[Recognised]) -> list[Window]:
    """What each set is judged on: all from the end of the one before to the start of the next."""
    starts = [-math.inf, *(one.end_s for one in sets[:-1])]
    ends = [*(one.start_s for one in sets[1:]), math.inf]
    return [Window(start_s, end_s) for start_s, end_s in zip(starts, ends, strict=True)]


@dataclass(frozen=True)
class Part:
    """A part of a recording that is judged by one task; number: of several, from 1."""

    task: Task
    window: Window = WHOLE
    number: int | None = None

    def outputs(self, whole: Outputs) -> Outputs:
        """Where its results go, beside those of the whole recording."""
        return whole if self.number is None else whole.of_set(self.number, self.task.spec.id)


def recognised_parts(
    poses: Iterable[Pose],
    near: Side | None,
    height_cm: float | None,
    footage: Footage = PLAIN,
) -> list[Part]:
    """What was recognised: the whole where it is one exercise, else each set by its own."""

    def task(*sets: Recognised) -> Task:
        spec = sets[0].spec
        return Task(spec, spec.dose[0], near, height_cm, sets, footage)

    sets = recognise(footage.real_poses(poses))
    if not sets:
        return []
    if len({one.spec.id for one in sets}) == 1:
        return [Part(task(*sets))]
    spans = zip(sets, windows(sets), strict=True)
    return [Part(task(one), window, number) for number, (one, window) in enumerate(spans, start=1)]


def judge(poses: Iterable[Pose], task: Task, window: Window = WHOLE) -> list[Event]:
    """The events of a recording, or of the part of it in a window, in real time."""
    return run(((None, pose) for pose in poses_of(poses, task, window)), task.checker())


def poses_of(poses: Iterable[Pose], task: Task, window: Window = WHOLE) -> Iterator[Pose]:
    """The poses of a recording that a task judges, in real time."""
    return (pose for pose in task.footage.real_poses(poses) if window.holds(pose))


def retold(poses: Iterable[Pose], task: Task, window: Window, events: Iterable[Event]) -> Retelling:
    """What was judged so, to be told again moment by moment."""
    return Retelling(poses_of(poses, task, window), task.checker(retells=True), events)


def write_results(events: list[Event], task: Task, info: SourceInfo, outputs: Outputs) -> Report:
    """Write events.json and reps.csv."""
    report = fold(events)
    write_events(outputs.events, events, about=about(task, info), totals=report.as_json())
    sets = {rep.attempt.number: rep.set_number for rep in report.reps}
    write_reps(outputs.reps, events, sets=sets)
    return report


def about(task: Task, info: SourceInfo) -> About:
    """What an events.json says ahead of the events."""
    return About(
        spec=task.spec,
        dose=f"{task.dose.id}: {terms.dose(task.dose)}",
        dose_id=task.dose.id,
        cautions=tuple(cautions.cautions(task.spec, task.dose)),
        source=info,
        side=task.near,
        height_cm=task.height_cm,
        recognised=task.recognised,
        footage=task.footage,
    )


def page(
    task: Task, report: Report, info: SourceInfo, curves: Curves, pictures: Pictures
) -> ReportPage:
    """All that the report page says of a recording."""
    spec = task.spec
    overview = curves.primary
    notes = tuple(info.notes)
    return ReportPage(
        title=spec.title,
        file_name=info.name,
        duration_s=float(overview.t_s[-1]) if len(overview.t_s) else 0.0,
        report=report,
        primary=spec.rep.measure,
        curve=overview,
        levels=curves.levels,
        pictures=pictures.jpegs,
        dose=terms.dose(task.dose),
        dose_source=task.dose.source,
        dose_note=task.dose.note,
        recognised=tuple(terms.recognised(one) for one in task.recognised),
        footage=tuple(terms.footage(task.footage)),
        never_judged=reasons.never_judged(why, spec) if (why := report.why_never_judged) else "",
        limits=(
            *(terms.prose(f"{limit.what}: {limit.why}") for limit in spec.not_measured),
            *notes,
        ),
        rep_sources=tuple(
            dict.fromkeys(
                [terms.source(task.dose.source)]
                + [terms.number(one.origin()) for x in _DECISIVE for one in spec.rep.level(x)]
            )
        ),
        numbers={rule.id: terms.number(rule.origin()) for rule in spec.fault},
        sources=tuple(_cited(spec, task.dose)),
        documents={doc.id: doc.title for doc in documents().values()},
    )


def _cited(spec: ExerciseSpec, dose: Dose) -> list[Source]:
    levels = [one.origin() for level in LEVELS for one in spec.rep.level(level)]
    cited = [dose.source, *dose.basis.values(), *(s for one in levels for s in one.sources())]
    for rule in spec.fault:
        cited += [rule.rule, *rule.origin().sources()]
    return [source for source in dict.fromkeys(cited) if source.at]
