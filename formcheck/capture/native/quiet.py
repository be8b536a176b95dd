"""Keeps the chatter of native libraries off the terminal."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_STDERR = 2


class _Diversion:
    """Standard error turned away while anybody wants it so."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted_by = 0
        self._saved: int | None = None

    def begin(self) -> None:
        with self._lock:
            self._wanted_by += 1
            if self._wanted_by == 1:
                self._turn_away()

    def end(self) -> None:
        with self._lock:
            self._wanted_by -= 1
            if self._wanted_by == 0 and self._saved is not None:
                os.dup2(self._saved, _STDERR)
                os.close(self._saved)
                self._saved = None

    def _turn_away(self) -> None:
        if sys.stderr:
            sys.stderr.flush()
        try:
            self._saved = os.dup(_STDERR)
        except OSError:  # started without a standard error: nothing to keep quiet
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STDERR)
        os.close(nowhere)


_DIVERSION = _Diversion()


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """Send what is written to the process's standard error to nowhere, for a short while.

    C++ code writes to the file descriptor and knows nothing of `sys.stderr`, so the descriptor
    itself is turned away, for all threads. Exceptions pass through.
    """
    _DIVERSION.begin()
    try:
        yield
    finally:
        _DIVERSION.end()
