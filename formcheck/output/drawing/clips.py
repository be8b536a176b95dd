"""Pictures of the reps that have something to correct, kept only where the person gave leave.

`Keeper` remembers the last seconds as JPEG while a session goes on and keeps those of a faulty
rep; `Replays` draws a short video of each afterwards. All other pictures are forgotten.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import cast

import cv2
import numpy as np

from formcheck.exercises.model import ExerciseSpec
from formcheck.output.drawing.annotated_video import AnnotatedVideo
from formcheck.records.events import Attempt, Fault
from formcheck.records.frames import Image
from formcheck.records.moments import Moment

BEFORE_S, AFTER_S = 0.5, 0.3
"""What a replay shows before and after its rep."""

LONGEST_S = 60.0
"""Of a longer rep, a long hold, its last so many seconds are kept: at 30 KiB a picture 54 MB."""

MOST = 12
"""Replays of a session."""

_QUALITY = 80


class Keeper:
    """A sink that keeps the pictures of faulty reps; `jpegs` by media time."""

    def __init__(self) -> None:
        self._lately: deque[tuple[float, bytes]] = deque()
        self._faulty: set[int | None] = set()
        self._ends: list[float] = []
        self.jpegs: dict[float, bytes] = {}

    def take(self, moment: Moment) -> None:
        """Remember this moment's picture; keep those of a rep that has just ended."""
        if moment.frame is None:
            return
        t_s = moment.pose.t_s
        _, jpeg = cv2.imencode(".jpg", moment.frame.image, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
        self._lately.append((t_s, bytes(jpeg)))
        while t_s - self._lately[0][0] > LONGEST_S:
            self._lately.popleft()
        for event in moment.events:
            if isinstance(event, Fault):
                self._faulty.add(event.attempt)
            elif isinstance(event, Attempt) and is_worth_a_look(event, self._faulty):
                self._keep(event)
        if self._ends and t_s <= self._ends[-1]:
            self.jpegs[t_s] = self._lately[-1][1]

    def _keep(self, attempt: Attempt) -> None:
        if len(self._ends) < MOST:
            self._ends.append(attempt.t_s + AFTER_S)
            since_s = attempt.start_s - BEFORE_S
            self.jpegs |= {t_s: jpeg for t_s, jpeg in self._lately if t_s >= since_s}

    def close(self) -> None:
        """What belongs to no rep is forgotten."""
        self._lately.clear()

    def image(self, t_s: float) -> Image | None:
        """The picture of a moment, where it was kept."""
        jpeg = self.jpegs.get(t_s)
        if jpeg is None:
            return None
        return cast(Image, cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR))


def is_worth_a_look(attempt: Attempt, faulty: Iterable[int | None]) -> bool:
    """Whether an attempt fell short, or anything was found in it, be it a hint."""
    return attempt.outcome in ("partial", "short_hold") or attempt.number in set(faulty)


class Replays:
    """A sink that writes a short annotated video of each of these stretches of time.

    spans: (start_s, end_s, path), in order of time.
    """

    def __init__(self, spans: Iterable[tuple[float, float, Path]], *, spec: ExerciseSpec) -> None:
        listed = sorted(spans, key=lambda span: span[1])
        self._ends = [end_s for _, end_s, _ in listed]
        self._spans = [
            (start_s, AnnotatedVideo(path, spec=spec, fps=30.0)) for start_s, _, path in listed
        ]

    def take(self, moment: Moment) -> None:
        """Draw a moment into the replay that it belongs to."""
        i = bisect_left(self._ends, moment.pose.t_s)
        if i == len(self._spans) or moment.frame is None:
            return
        start_s, video = self._spans[i]
        if moment.pose.t_s >= start_s:
            from_start = replace(moment.frame, t_s=moment.frame.t_s - start_s)
            video.take(replace(moment, frame=from_start))

    def close(self) -> None:
        """Finish the files."""
        for _, video in self._spans:
            video.close()
