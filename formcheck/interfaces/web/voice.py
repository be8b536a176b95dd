"""Speech rendered by an engine of this machine, for browsers that have no voice of their own.

A page fetches a line as a WAV and plays it. The engine runs in a process of its own with little
time, and not more than one at once: one that hangs costs the page a tone in place of a word.
"""

from __future__ import annotations

import asyncio
import shutil
from contextlib import suppress
from functools import lru_cache

MAX_TEXT = 160
RENDER_S = 3.0
"""Longest time for one line; 10 phrases take espeak-ng 0.43 s (measured)."""

_ENGINES = (("espeak-ng", ("-v", "en", "-s", "165", "--stdout", "--")), ("espeak", ("--stdout",)))
_KEPT = 200


@lru_cache(maxsize=1)
def engine() -> tuple[str, ...]:
    """The command that speaks to its standard output, empty where there is none."""
    for name, arguments in _ENGINES:
        if path := shutil.which(name):
            return (path, *arguments)
    return ()


class Voice:
    """Renders lines and remembers them."""

    def __init__(self) -> None:
        self._sounds: dict[str, bytes] = {}
        self._one_at_a_time = asyncio.Lock()

    async def wav(self, text: str) -> bytes:
        """The line as a WAV, empty where it cannot be rendered."""
        if not text.isprintable() or not 0 < len(text) <= MAX_TEXT or not engine():
            return b""
        async with self._one_at_a_time:
            if text not in self._sounds:
                sound = await _rendered(text)
                if not sound:
                    return b""
                if len(self._sounds) >= _KEPT:
                    self._sounds.pop(next(iter(self._sounds)))
                self._sounds[text] = sound
        return self._sounds[text]


async def _rendered(text: str) -> bytes:
    process = await asyncio.create_subprocess_exec(
        *engine(), text, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        sound, _ = await asyncio.wait_for(process.communicate(), RENDER_S)
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
        return b""
    return sound if process.returncode == 0 and sound.startswith(b"RIFF") else b""
