"""What a stretch gets that was judged without its film at hand: of a live session, or of a run that
ended early."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from formcheck.output.drawing.clips import AFTER_S, BEFORE_S, Keeper, Replays, is_worth_a_look
from formcheck.output.drawing.stills import Pictures
from formcheck.output.report.curves import Curves
from formcheck.output.report.page import write_report
from formcheck.records.frames import Frame, Image, SourceInfo
from formcheck.records.pose import Pose
from formcheck.records.report import Report
from formcheck.running.loop import Seen, run
from formcheck.running.recording import (
    WHOLE,
    Outputs,
    Task,
    Window,
    judge,
    page,
    poses_of,
    retold,
    write_results,
)
from formcheck.storage.pose_tracks import PoseTrack

_PAPER = 40
"""Grey of the picture that a body is drawn on where no frames are kept."""


@dataclass(frozen=True)
class Part:
    """A stretch that was judged by one task, and where its results lie.

    replays: number of a rep with something to correct -> video of it, where pictures were kept.
    """

    task: Task
    outputs: Outputs
    report: Report
    replays: dict[int, Path]

    def in_folder(self, folder: Path) -> Part:
        """The same, once its files lie in another folder."""
        replays = {number: folder / path.name for number, path in self.replays.items()}
        return replace(self, outputs=self.outputs.within(folder), replays=replays)


def write_up(
    task: Task, outputs: Outputs, info: SourceInfo, keeper: Keeper | None = None,
    window: Window = WHOLE,
) -> Part | None:  # fmt: skip
    """What a recording gets, from its saved track: the same events as it was judged live, the
    report, and replays of the reps whose pictures were kept. None if nothing was seen.

    window: the part of the track that is meant.
    """
    track = PoseTrack(outputs.poses)
    if not len(track):
        outputs.poses.unlink()
        return None
    events = judge(track, task, window)
    report = write_results(events, task, info, outputs)
    spans = dict(_spans(report, outputs, keeper))
    pictures, curves = Pictures(rep.attempt.top_s for rep in report.reps), Curves()
    replays = Replays(spans.values(), spec=task.spec)
    told = retold(track, task, window, events)
    drawn_on = _drawn_on(poses_of(track, task, window), track.size_px, keeper)
    run(drawn_on, told, [pictures, curves, replays])
    write_report(outputs.report, page(task, report, info, curves, pictures))
    written = {number: path for number, (_, _, path) in spans.items() if path.exists()}
    return Part(task, outputs, report, written)


def _drawn_on(
    poses: Iterable[Pose], size_px: tuple[float, float], keeper: Keeper | None
) -> Iterator[Seen]:
    """The poses with the pictures that were kept, and grey paper in place of the others."""
    width, height = (max(1, round(side)) for side in size_px)
    paper: Image = np.full((height, width, 3), _PAPER, np.uint8)
    for pose in poses:
        kept = keeper.image(pose.t_s) if keeper else None
        yield Frame(pose.t_s, paper if kept is None else kept), pose


def _spans(
    report: Report, outputs: Outputs, keeper: Keeper | None
) -> Iterator[tuple[int, tuple[float, float, Path]]]:
    """The number of each rep whose pictures were kept, and the span and file of its replay."""
    for rep in report.reps if keeper else ():
        attempt = rep.attempt
        if is_worth_a_look(attempt, {fault.attempt for fault in rep.faults}):
            name = outputs.report.name.replace(".report.html", f".rep-{attempt.number}.mp4")
            span = attempt.start_s - BEFORE_S, attempt.t_s + AFTER_S
            yield attempt.number, (*span, outputs.report.with_name(name))
