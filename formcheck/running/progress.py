"""How far the work on a recorded video has come, for whoever wants to show it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from formcheck.records.frames import SourceInfo

Doing = Literal["fetching", "estimating", "drawing"]


@dataclass(frozen=True)
class Step:
    """How far the work on a video has come.

    doing: fetching the pose model, estimating poses, or drawing. done, total: frames, counted over
    both passes through the film where pictures are made; per cent while the model is fetched.
    total: None where nobody knows it. text: more in words, while the model is fetched.
    """

    doing: Doing
    done: int
    total: int | None
    text: str = ""

    @property
    def share(self) -> float | None:
        """How much of it is done, 0 to 1; None where nobody knows."""
        return min(1.0, self.done / self.total) if self.total else None


Progress = Callable[[Step], None]
"""Told of each step of the work."""


class Count:
    """Counts the frames of every pass through a film.

    passes: how often the film is read in all.
    """

    def __init__(self, progress: Progress | None, passes: int) -> None:
        self._tell = progress or (lambda _: None)
        self._passes, self._done = passes, 0
        self._total: int | None = None

    def begin(self, info: SourceInfo) -> None:
        """The film is open: so many frames it says it has."""
        frames = info.frames_declared or round((info.duration_s or 0.0) * info.fps)
        self._total = frames * self._passes or None

    def settle(self) -> None:
        """The first pass is over: from now on it is known how many frames a pass has."""
        self._total = self._done * self._passes

    def tick(self, doing: Doing) -> None:
        """One frame more."""
        self._done += 1
        self._tell(Step(doing, self._done, self._total))

    def fetching(self, text: str, share: float | None) -> None:
        """So much of the pose model is here."""
        total = None if share is None else 100
        self._tell(Step("fetching", round(100 * (share or 0.0)), total, text))
