"""What a person answered to the health questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Health:
    """A person's answers: condition id -> yes or no, and whether who treats them has agreed."""

    answers: Mapping[str, bool]
    agreed: bool = False
