"""Which measurement of which side of the body is meant."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Who = Literal["near", "far", "raised", "working", "resting", "least", "most", "mean", "both", ""]

SIDES: tuple[Who, ...] = (
    "near", "far", "raised", "working", "resting", "least", "most", "mean", "both",
)  # fmt: skip


@dataclass(frozen=True)
class Signal:
    """One measurement of one side: what is smoothed, and what the phases go by."""

    name: str
    who: Who

    def __str__(self) -> str:
        return f"{self.name} {self.who}".strip()
