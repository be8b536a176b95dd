"""People who have answered the questions about their health."""

from __future__ import annotations

from pathlib import Path

from formcheck.exercises.catalog import safety_rules
from formcheck.records.person import AGREEMENT
from formcheck.running.safeguard import Safeguard, Today

WELL = Today(acute=False, level=0, settled={}, eased={})


def answers(*yes: str, agreed: bool = True) -> dict[str, bool]:
    """No to every question that lasts but those named; the agreement apart."""
    said = {key: key in yes for key, _ in safety_rules().questions()}
    return {**said, AGREEMENT: agreed}


def who_answered(path: Path, *yes: str) -> Path:
    """A database in which everything is answered; gives its path."""
    Safeguard(path).note_answers(answers(*yes))
    return path
