"""Frames that a page sends, and the slot between it and the session: newest first, never a queue.

The page keeps two frames in flight; one that sends more has its oldest dropped here. Its clock
begins anew with each page load, so each connection's times are put on one clock of the session.
"""

from __future__ import annotations

import math
import queue
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from formcheck.capture.video.file import REPAIR_STEP_S
from formcheck.records.frames import Frame, Image, SourceInfo

IN_FLIGHT = 2
"""Frames between page and session. With one, a page waits for every answer and halves its rate
(measured: 16 for 27 frames a second)."""


@dataclass(frozen=True, eq=False)
class Arrived:
    """A picture as it arrived: its number in the page, and when it was captured there."""

    number: int
    captured_s: float
    image: Image


class PageSource:
    """Frames offered from another thread, with media times that increase strictly."""

    def __init__(self, name: str = "camera") -> None:
        self.info = SourceInfo(name, (0, 0), 0.0)
        self._slot: queue.Queue[Arrived | None] = queue.Queue()
        self._shift_s = 0.0
        self._last_s = -math.inf
        self._is_closed = threading.Event()
        self.current: Arrived | None = None

    def join(self, now_s: float, captured_s: float) -> None:
        """A page begins to send: its `captured_s` is now, on the session's clock."""
        self._shift_s = now_s - captured_s

    def offer(self, arrived: Arrived) -> None:
        """Put a frame in the slot; what has been waiting there too long is dropped."""
        while self._slot.qsize() >= IN_FLIGHT:
            with suppress(queue.Empty):
                self._slot.get_nowait()
        self._slot.put(arrived)

    def __iter__(self) -> Iterator[Frame]:
        while not self._is_closed.is_set():
            arrived = self._slot.get()
            if arrived is None:
                return
            self.current = arrived
            yield self._frame(arrived)

    def _frame(self, arrived: Arrived) -> Frame:
        t_s = max(arrived.captured_s + self._shift_s, self._last_s + REPAIR_STEP_S)
        self._last_s = t_s
        self.info.frames_read += 1
        height, width = arrived.image.shape[:2]
        self.info.size_px = (width, height)
        return Frame(t_s, arrived.image)

    def close(self) -> None:
        """End the frames; safe to call twice, and from another thread."""
        self._is_closed.set()
        self._slot.put(None)
