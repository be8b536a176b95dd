"""The published guides that exercises rest on, and the folder in which they and those lie.

Specs lie in `exercise_specs/` beside the package in a checkout, and inside it once installed.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).parents[1]

DOCUMENTS_FILE = "documents.toml"


@dataclass(frozen=True)
class Document:
    """A published guide.

    sections: in the order of the guide. lines: the line of the guide, from 1, on which each begins.
    headings: whether the guide has headings; without, the sections are named by us.
    """

    id: str
    title: str
    sections: tuple[str, ...]
    lines: tuple[int, ...] = ()
    headings: bool = True


def specs_dir() -> Path:
    """The folder of the exercise files."""
    installed = _PACKAGE / "_specs"
    return installed if installed.is_dir() else _PACKAGE.parent / "exercise_specs"


@cache
def documents() -> dict[str, Document]:
    """The guides by id."""
    data = tomllib.loads((specs_dir() / DOCUMENTS_FILE).read_text(encoding="utf-8"))
    return {
        key: Document(
            key,
            entry["title"],
            tuple(entry["sections"]),
            tuple(entry["sections"].values()),
            entry.get("headings", True),
        )
        for key, entry in data.items()
    }
