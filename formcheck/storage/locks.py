"""A file that one run holds at a time; whoever dies lets go of it."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt

    _FAR_OFF = 1 << 30
    """Windows locks bytes, and keeps others from reading them: one is locked that nobody reads."""

    def _take(descriptor: int) -> None:
        os.lseek(descriptor, _FAR_OFF, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Lock:
    """The lock of a path, once it was taken; the file is gone when it is let go of."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self._path, self._descriptor = path, descriptor

    @classmethod
    def take(cls, path: Path) -> Lock | None:
        """Take the lock; None while somebody else has it.

        Raises:
            OSError: the file cannot be made.
        """
        while True:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
            try:
                _take(descriptor)
            except OSError:
                os.close(descriptor)
                return None
            if _is_at(path, descriptor):
                return cls(path, descriptor)
            os.close(descriptor)  # its last owner took the file away in between

    def release(self) -> None:
        """Let go of it; safe to call twice."""
        if self._descriptor < 0:
            return
        with suppress(OSError):  # Windows keeps a file that is open
            self._path.unlink(missing_ok=True)
        os.close(self._descriptor)
        self._descriptor = -1
        with suppress(OSError):
            self._path.unlink(missing_ok=True)


def _is_at(path: Path, descriptor: int) -> bool:
    """Whether the open file is the one that the path names now."""
    try:
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    except OSError:
        return False
