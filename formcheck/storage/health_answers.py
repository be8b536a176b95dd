"""The person's answers to the health questions, kept in a file on this machine."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import platformdirs

from formcheck.records.health import Health
from formcheck.storage.atomic_files import write_whole


def health_path() -> Path:
    """Where the answers lie."""
    return platformdirs.user_data_path("formcheck") / "health.json"


def load_health(path: Path) -> Health | None:
    """The answers, None where the questions were never answered or the file is damaged: then they
    are asked again."""
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        answers = {str(key): bool(value) for key, value in stored["answers"].items()}
        return Health(answers, bool(stored["agreed"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def save_health(path: Path, health: Health) -> None:
    """Keep the answers.

    Raises:
        FormcheckError: the file cannot be written.
    """
    write_whole(path, json.dumps(asdict(health), indent=1) + "\n")
