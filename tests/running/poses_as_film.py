"""A film of grey pictures in place of a video, and the estimator that knows the poses in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np
import pytest

from formcheck.capture.video import file as video_file
from formcheck.records.frames import Frame, SourceInfo
from formcheck.records.pose import Pose
from formcheck.running import door

PICTURE = np.full((36, 64, 3), 120, np.uint8)


class Filmed:
    """Frames at the times of poses, and those poses.

    declared: how many frames the file says that it has. sizes: from when on pictures have another
    width and height. lost: what is noted at its end. at: what is to happen at a time, by time.
    reads: how often it was read.
    """

    def __init__(
        self, poses: list[Pose], declared: int | None = None, *,
        fps: float = 20.0, lost: str = "",
        sizes: dict[float, tuple[int, int]] | None = None,
    ) -> None:  # fmt: skip
        self.info = SourceInfo("session.mp4", (64, 36), fps, declared)
        self.reads = 0
        self.is_closed = False
        self.at: dict[float, Callable[[], object]] = {}
        self._poses = {pose.t_s: pose for pose in poses}
        self._sizes, self._lost = sizes or {}, lost

    def __iter__(self) -> Iterator[Frame]:
        self.reads += 1
        self.info.notes.clear()
        picture = PICTURE
        for t_s in self._poses:
            if self.is_closed:
                return
            for due_s in [due for due in self.at if due <= t_s]:
                self.at.pop(due_s)()
            for since_s, (width, height) in self._sizes.items():
                if t_s >= since_s:
                    picture = np.full((height, width, 3), 120, np.uint8)
            yield Frame(t_s, picture)
        self.info.notes += [self._lost] if self._lost else []

    def estimate(self, frame: Frame) -> Pose:
        """The pose of that time."""
        return self._poses[frame.t_s]

    def close(self) -> None:
        """No frame comes any more."""
        self.is_closed = True


@contextmanager
def in_place_of_files(made: Filmed) -> Iterator[Filmed]:
    """The film in place of any file, and its estimator in place of MediaPipe."""

    @contextmanager
    def opened(*_: object) -> Iterator[tuple[Filmed, str]]:
        yield made, "of no model"

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(video_file, "VideoFile", lambda _: made)
        patch.setattr(door, "opened", opened)
        yield made
