"""Keeps the chatter of native libraries off the terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

_STDERR = 2


@contextmanager
def quiet_stderr() -> Iterator[None]:
    """Send what is written to the process's standard error to nowhere, for a short while.

    C++ code writes to the file descriptor and knows nothing of `sys.stderr`, so the descriptor
    itself is turned away. Exceptions pass through, and are told after it is turned back.
    """
    try:
        saved = os.dup(_STDERR)
    except OSError:  # started without a standard error: nothing to keep quiet
        yield
        return
    try:
        if sys.stderr:
            sys.stderr.flush()
        with open(os.devnull, "wb") as nowhere:  # noqa: PTH123
            os.dup2(nowhere.fileno(), _STDERR)
        yield
    finally:
        os.dup2(saved, _STDERR)
        os.close(saved)
