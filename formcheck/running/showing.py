"""Drawing on a recorded video: one pass over the film, however many parts of it were judged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack

from formcheck.capture.video.read_ahead import ahead
from formcheck.errors import FormcheckError, SourceError
from formcheck.output.drawing.annotated_video import AnnotatedVideo
from formcheck.output.drawing.stills import Pictures
from formcheck.output.report.curves import Curves
from formcheck.output.report.page import write_report
from formcheck.records.frames import Frame
from formcheck.records.pose import Pose
from formcheck.running.loop import Judging, Seen
from formcheck.running.recording import Outputs, Part, Tick, page, retold
from formcheck.running.results import Judged


def show(
    frames: Iterable[Frame], poses: Iterable[Pose], parts: Sequence[tuple[Part, Judged]],
    outputs: Outputs, *, tick: Tick,
) -> None:  # fmt: skip
    """Read the film once more, and write the annotated video and the report of each part.

    Windows of neighbours overlap: a frame between two sets is drawn in both. A part is written up
    as soon as the film has left its window, so no more videos are open than overlap.

    Where the film cannot be read any more, no video is made of what is left of it, but the reports
    are, without the pictures that are missing.

    poses: those of the film, read more than once. outputs: those of the whole recording.

    Raises:
        FormcheckError: the film could not be read as before, or something not be written; all
            else is done by then.
    """
    troubles: list[FormcheckError] = []
    left = [_Drawing(part, judged, part.outputs(outputs), poses) for part, judged in parts]
    with ExitStack() as closing:
        for drawing in left:
            closing.push(drawing.judging)
        for frame, pose in _again(frames, poses, troubles):
            if frame is None:
                for drawing in left:
                    drawing.video.abandon()
            left = [drawing for drawing in left if drawing.goes_on(frame, pose, troubles)]
            tick("drawing")
        for drawing in left:
            drawing.write_up(troubles)
    if troubles:
        raise troubles[0]


def _again(
    frames: Iterable[Frame], poses: Iterable[Pose], troubles: list[FormcheckError]
) -> Iterator[Seen]:
    """Each pose with the frame that it was found in; without, once the film is not as it was."""
    film = ahead(frames)
    for pose in poses:
        frame = None
        if not troubles:
            try:
                frame = next(film, None)
                if frame is None:
                    raise SourceError(
                        "the film ended earlier than when it was first read, so no video was made "
                        "of it; was the file changed?"
                    )
            except FormcheckError as error:
                troubles.append(error)
        yield frame, pose


class _Drawing:
    """One part while the film goes by."""

    def __init__(self, part: Part, judged: Judged, outputs: Outputs, poses: Iterable[Pose]) -> None:
        self._part, self._outputs = part, outputs
        self._report, self._info = judged.report, judged.source
        self._curves = Curves()
        self._pictures = Pictures(rep.attempt.top_s for rep in judged.report.reps)
        self.video = AnnotatedVideo(
            outputs.annotated, spec=part.task.spec, fps=judged.source.fps / part.task.footage.speed
        )
        told = retold(poses, part.task, part.window, judged.events)
        self.judging = Judging(told, (self.video, self._pictures, self._curves))

    def goes_on(self, frame: Frame | None, pose: Pose, troubles: list[FormcheckError]) -> bool:
        """Draw the frame if it belongs here; whether later ones may."""
        window = self._part.window
        footage = self._part.task.footage
        pose = footage.real_pose(pose)
        if window.holds(pose):
            self.judging.take(footage.real_frame(frame) if frame else None, pose)
        elif pose.t_s >= window.end_s:
            self.write_up(troubles)
            return False
        return True

    def write_up(self, troubles: list[FormcheckError]) -> None:
        """No more frames belong here: close the video, and write the report."""
        try:
            self.judging.close()
        except FormcheckError as error:
            troubles.append(error)
        shown = page(self._part.task, self._report, self._info, self._curves, self._pictures)
        write_report(self._outputs.report, shown)
