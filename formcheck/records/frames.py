"""A frame, and the protocol of whatever gives frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Image = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Frame:
    """A picture and its media time: BGR, (height, width, 3), upright, square pixels."""

    t_s: float
    image: Image


@dataclass
class SourceInfo:
    """What is known of a source; `notes` and the counts grow while it is read.

    frames_declared: what the file says of itself, None where it says nothing credible.
    duration_s: likewise. notes: one line each on what went wrong and was survived. interrupted:
    the run that read it ended early, and these are its remains.
    """

    name: str
    size_px: tuple[int, int]
    fps: float
    frames_declared: int | None = None
    duration_s: float | None = None
    frames_read: int = 0
    bad_reads: int = 0
    interrupted: bool = False
    notes: list[str] = field(default_factory=list)


class FrameSource(Protocol):
    """Frames in time order, each with a strictly later media time than the one before."""

    @property
    def info(self) -> SourceInfo:
        """What is known of the source so far."""
        ...

    def __iter__(self) -> Iterator[Frame]: ...

    def close(self) -> None:
        """Let go of the file or device; safe to call twice."""
        ...
