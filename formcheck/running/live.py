"""A live session: the one loop of `session.run`, fed by a camera, followed by a coach.

    source --Frame--> estimator --Pose--> checker --events--> flow, coach --> show
                                    `----> track on disk ----> report, as of a recording

The checker sees every frame that is judged, and so does the track that is saved: judging the
track again gives the same events. While the person rests, or pauses, frames go to the flow alone.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import chain
from pathlib import Path

from formcheck.capture.pose import PoseEstimator
from formcheck.capture.video.scenery import Rate, Scenery
from formcheck.coaching.course import Command, Flow, PainAnswer
from formcheck.coaching.own_range import OwnRange, can_have_range
from formcheck.coaching.queue import Line, Speaker
from formcheck.coaching.sets import Plan
from formcheck.coaching.setup import Surroundings
from formcheck.errors import shown
from formcheck.exercises.catalog import safety_rules
from formcheck.output.drawing.clips import Keeper
from formcheck.output.files import event_values
from formcheck.records.events import Started, Status
from formcheck.records.frames import Frame, FrameSource, SourceInfo
from formcheck.records.moments import Moment, Sink
from formcheck.records.pose import Pose, Side
from formcheck.running.asked import Asked
from formcheck.running.loop import Seen, estimated, run
from formcheck.running.noted import begin_journal, write_noted_track
from formcheck.running.recording import Outputs, Task
from formcheck.running.writing_up import Part, write_up
from formcheck.storage.journal import Journal
from formcheck.storage.unfinished import Unfinished

_LIGHT_STEP = 16


@dataclass(frozen=True, eq=False)
class View:
    """All there is to show of one instant of a session.

    status: None while nothing is judged. line: what begins to be said now.
    """

    frame: Frame | None
    pose: Pose | None
    status: Status | None
    near: Side | None
    flow: Flow
    line: Line | None
    fps: float


class Live:
    """One session of one exercise.

    show: given every moment, from the thread that plays, and from those that command.
    base: the path that all files are named after. keeps_pictures: the person's leave to keep
    those of faulty reps; without it, landmarks are all that is kept. own_range: begin with slow
    reps that show how far is comfortable, where the exercise has such a target.
    """

    def __init__(
        self,
        task: Task,
        plan: Plan,
        *,
        base: Path,
        show: Callable[[View], None],
        keeps_pictures: bool = False,
        own_range: bool = False,
    ) -> None:
        spec, plan = task.spec, replace(plan, spec=task.spec)
        wanted = own_range and can_have_range(spec)
        self._range = OwnRange(spec) if wanted else None
        self.flow = Flow(plan, Speaker(), safety_rules().pain, own_range=self._range)
        self.parts: list[Part] = []
        self._task, self._base, self._show = task, base, show
        self._lock = threading.RLock()
        self._keeps_pictures = keeps_pictures
        self._is_stopped = self._asks_ease = self._is_eased = self._may_go_on = False
        self._played: list[_Played] = []
        self._rate, self._scenery = Rate(), Scenery()
        self._near: Side | None = None
        self._size: tuple[int, ...] = ()
        self._taken = 0
        self._held_over: Seen | None = None
        self._around = Surroundings()
        self._source: FrameSource | None = None

    # --- from other threads -----------------------------------------------------------------

    def command(self, name: Command) -> None:
        """Pass on what the person pressed, and show what comes of it."""
        with self._lock:
            line = self.flow.command(name)
            self._tell(line)
        if self.flow.is_over:
            self.stop()

    def answer(self, answer: PainAnswer) -> None:
        """Pass on the answer to the pain question."""
        with self._lock:
            self._tell(self.flow.answered(answer))

    def ease(self) -> None:
        """Strain: what comes after is judged by easier levels, once, if the exercise has any."""
        has_easier = safety_rules().easing(self._task.spec.id) is not None
        self._asks_ease = has_easier and not self._is_eased

    def refresh(self) -> None:
        """Show where the session stands, to somebody who has just come."""
        with self._lock:
            self._tell(None)

    def stop(self) -> None:
        """End the session after the frame at hand; what was judged is saved."""
        self._is_stopped = True
        if self._source:
            self._source.close()

    def _tell(self, line: Line | None) -> None:
        self._show(View(None, None, None, self._near, self.flow, line, self._around.fps))

    # --- the thread that plays ----------------------------------------------------------------

    def play(self, source: FrameSource, estimator: PoseEstimator, *, model_sha256: str) -> None:
        """Follow the source until the session or the source ends; whatever was judged is saved."""
        self._source = source
        seen = estimated(_from_zero(source), estimator)
        taken, self._base = Unfinished.begin_anew(self._base)
        with taken as folder:
            try:
                while not self._is_stopped and not self.flow.is_over:
                    if not self._play_part(seen, source.info, model_sha256, folder):
                        break
            finally:
                with self._lock:
                    if not self.flow.is_over:
                        self._tell(self.flow.command("stop"))
                self._write_up(self._facts(source.info), folder)

    def _play_part(
        self, seen: Iterator[Seen], info: SourceInfo, model_sha256: str, folder: Unfinished
    ) -> bool:
        """One stretch of the same levels and the same picture size; whether more may come."""
        task, number = self._task, len(self._played) + 1
        name = self._base.name if number == 1 else f"{self._base.name}-{number}"
        keeper = Keeper() if self._keeps_pictures else None
        self._may_go_on, self._taken = False, 0
        facts = {"model_sha256": model_sha256, "has_outlines": task.spec.needs_outline}
        with begin_journal(folder, name, Asked.by(task), facts, self._facts(info)) as journal:
            self._played.append(_Played(task, name, journal.path, keeper))
            sinks: list[Sink] = [_Kept(journal, task), *([keeper] if keeper else []), self]
            told = run(self._judged(seen), task.checker(), sinks)
            with self._lock:
                self.flow.finish_part(told[self._taken :])
        return self._may_go_on

    def _write_up(self, info: SourceInfo, folder: Unfinished) -> None:
        """Make the results of all that was judged, and put them in their place."""
        with folder.landing():
            for played in self._played:
                outputs = Outputs.named(folder.folder / played.name)
                write_noted_track(played.journal, outputs.poses, info)
                if part := write_up(played.task, outputs, info, played.keeper):
                    self.parts.append(part.in_folder(self._base.parent))

    def _facts(self, info: SourceInfo) -> SourceInfo:
        fps = self._around.fps if math.isfinite(self._around.fps) else 0.0
        return replace(info, name=shown(self._base.name), fps=fps)

    def _judged(self, seen: Iterator[Seen]) -> Iterator[Seen]:
        """The moments that are judged; the others go to the flow at once."""
        for frame, pose in chain(self._taken_over(), seen):
            assert frame is not None
            self._look(frame, pose)
            if self._size not in ((), frame.image.shape):
                self._size, self._held_over = frame.image.shape, (frame, pose)
                self._begin_anew()
                return
            self._size = frame.image.shape
            if self.flow.is_judging:
                yield frame, pose
            else:
                with self._lock:
                    line = self.flow.wait(pose.t_s)
                    self._send(frame, pose, None, line)
            if self._is_stopped or self.flow.is_over:
                return
            if self._asks_ease:
                self._make_easier()
                self._begin_anew()
                return
            if self._range and self._range.is_known:
                by_deg = self._range.nearer_by_deg(self._task.spec)
                self._task = self._task.made_easier(by_deg) if by_deg else self._task
                self._range = None
                self._begin_anew()
                return

    def _taken_over(self) -> list[Seen]:
        """The moment at which the last part ended, which belongs to this one."""
        held, self._held_over = self._held_over, None
        return [held] if held else []

    def _begin_anew(self) -> None:
        """Another part: the start posture is taken once more, the count goes on."""
        self._may_go_on = True
        with self._lock:
            self.flow.begin_anew()

    def _make_easier(self) -> None:
        self._asks_ease, self._is_eased = False, True
        ease = safety_rules().easing(self._task.spec.id)
        if ease:
            self._task = self._task.made_easier(ease.by_deg, tuple(ease.silence))

    def _look(self, frame: Frame, pose: Pose) -> None:
        light = float(frame.image[::_LIGHT_STEP, ::_LIGHT_STEP].mean())
        self._around = Surroundings(light, self._rate.fps(frame.t_s))
        if self._scenery.has_moved(frame, pose):
            self.command("camera_moved")

    def take(self, moment: Moment) -> None:
        """A judged moment: the flow goes on, and all is shown."""
        self._taken += len(moment.events)
        for event in moment.events:
            if isinstance(event, Started):
                self._near = event.near
        with self._lock:
            line = self.flow.see(moment.pose, moment.events, moment.status, self._around)
            self._send(moment.frame, moment.pose, moment.status, line)

    def close(self) -> None:
        """Nothing is left to be done."""

    def _send(
        self, frame: Frame | None, pose: Pose, status: Status | None, line: Line | None
    ) -> None:
        self._show(View(frame, pose, status, self._near, self.flow, line, self._around.fps))


def _from_zero(source: FrameSource) -> Iterator[Frame]:
    """The frames by the time of the session: a camera counts from when the machine was started."""
    since_s: float | None = None
    for frame in source:
        since_s = frame.t_s if since_s is None else since_s
        yield replace(frame, t_s=frame.t_s - since_s)


def session_base(folder: Path, exercise: str) -> Path:
    """The path that the files of a session beginning now are named after."""
    return folder / f"{exercise}-{datetime.now():%Y%m%d-%H%M%S}"


@dataclass(frozen=True, eq=False)
class _Played:
    """A part that was judged: what it is called, and where it was noted."""

    task: Task
    name: str
    journal: Path
    keeper: Keeper | None


class _Kept:
    """A sink that notes what was seen and judged, as it happens."""

    def __init__(self, journal: Journal, task: Task) -> None:
        self._journal, self._spec = journal, task.spec

    def take(self, moment: Moment) -> None:
        self._journal.add(moment.pose)
        if moment.events:
            self._journal.note(event_values(event, self._spec) for event in moment.events)

    def close(self) -> None:
        """The journal is closed by its owner."""
