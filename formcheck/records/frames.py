"""A frame, and the protocol of whatever gives frames."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from formcheck.errors import shown

Image = NDArray[np.uint8]

_LARGEST = 1e12
"""No count, rate or length of a recording is larger; what a damaged file says may be."""


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

    @classmethod
    def from_json(cls, values: object) -> SourceInfo | None:
        """What a file remembers of a source, as `asdict` had it; None if it says anything else."""
        if not isinstance(values, dict) or not {"name", "size_px", "fps"} <= set(values):
            return None
        if not all(key in _CREDIBLE and _CREDIBLE[key](value) for key, value in values.items()):
            return None
        said = {"name": shown(values["name"]), "size_px": tuple(values["size_px"])}
        return cls(**{**values, **said})


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and 0 <= value <= _LARGEST


def _is_count(value: object) -> bool:
    return isinstance(value, int) and 0 <= value <= _LARGEST


def _is_size(value: object) -> bool:
    return isinstance(value, list | tuple) and len(value) == 2 and all(map(_is_count, value))


def _are_notes(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


_CREDIBLE: dict[str, Callable[[object], bool]] = {
    "name": _is_text,
    "size_px": _is_size,
    "fps": _is_number,
    "frames_declared": lambda value: value is None or _is_count(value),
    "duration_s": lambda value: value is None or _is_number(value),
    "frames_read": _is_count,
    "bad_reads": _is_count,
    "interrupted": lambda value: isinstance(value, bool),
    "notes": _are_notes,
}


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
