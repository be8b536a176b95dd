"""Ending in good order when the system asks for it, as after Ctrl-C."""

from __future__ import annotations

import signal
from types import FrameType
from typing import NoReturn

_SIGNAL_EXIT = 128
"""A program that a signal ended exits with this and the number of the signal."""


class EndRequested(KeyboardInterrupt):
    """The system asks to end: a shutdown, a closed terminal."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def end_on_request() -> None:
    """From now on SIGTERM and SIGHUP end what is going on as Ctrl-C does."""
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)  # Windows has no SIGHUP
        if number is not None:
            signal.signal(number, _end)


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise EndRequested(number)


def exit_code(ended: KeyboardInterrupt) -> int:
    """What the program exits with."""
    number = ended.number if isinstance(ended, EndRequested) else signal.SIGINT
    return _SIGNAL_EXIT + int(number)
