"""What one page is to be sent: all that must arrive, and of the moments the newest alone."""

from __future__ import annotations

import asyncio
import threading
from typing import Any


class Outbox:
    """The newest moment for one page, and all that is to be said; filled from any thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._lock = loop, threading.Lock()
        self._ready = asyncio.Event()
        self._queue: list[dict[str, Any]] = []
        self._view: dict[str, Any] | None = None
        self._picture: bytes | None = None
        self._says: list[dict[str, Any]] = []

    def post(self, message: dict[str, Any]) -> None:
        """A message that must arrive."""
        with self._lock:
            self._queue.append(message)
        self._wake()

    def show(
        self, values: dict[str, Any], says: list[dict[str, Any]], picture: bytes | None
    ) -> None:
        """A moment, which replaces one that was not yet sent; one without a frame of its own only
        tells where the session stands, so that no frame goes unanswered."""
        with self._lock:
            if self._view is not None and picture is None and values["number"] is None:
                values = {**self._view, "flow": values["flow"]}
            else:
                self._picture = picture
            self._view = values
            self._says += says
        self._wake()

    def _wake(self) -> None:
        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._ready.set)

    async def wait(self) -> tuple[list[dict[str, Any]], bytes | None]:
        """All that is to be sent now, with the picture that goes before the last of it."""
        await self._ready.wait()
        self._ready.clear()
        with self._lock:
            sent, self._queue = self._queue, []
            if self._view is not None:
                sent.append({**self._view, "say": self._says})
            picture, self._says = self._picture, []
            self._view = self._picture = None
        return sent, picture
