"""The published guides themselves, where ../shared/documents is there: their lines and headings."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "shared" / "documents"

AROUND = re.compile(
    r"Dear |Back care$|Search |A B C|Online Medical|Date Last|Powered|About |Last |Orig|Submit "
)
"""Lines of the page that a guide was published on, and of none of its sections."""

LONGEST_HEADING = 60
"""Letters: no heading of a guide is longer, and no sentence without a full stop is shorter."""


def lines_of(doc: str) -> list[str]:
    """The lines of a guide; skips where it is not there."""
    found = sorted(FOLDER.glob(f"{doc}_*.txt"))
    if not found:
        pytest.skip("the documents are not there: ../shared/documents")
    text = found[0].read_text(encoding="utf-8")
    return [line.rstrip() for line in text.replace("\u00a0", " ").splitlines()]


def headings(lines: list[str]) -> dict[str, int]:
    """The headings of a guide after its title, each with its line: short lines that end in no
    full stop or colon and belong to no list, and those at the margin that begin a numbered step."""
    found = {}
    for number, line in enumerate(lines, 1):
        text = line.removeprefix("○ ")
        step = re.match(r"(\d\. [^.]+)\. ", text)
        if step:
            found[step[1]] = number
        elif _is_heading(text):
            found[text] = number
    return found


def _is_heading(text: str) -> bool:
    ends_open = text[-1:] not in (*".:,", "")
    listed = re.match(r"[-•\s]", text) or AROUND.match(text)
    return ends_open and not listed and len(text) <= LONGEST_HEADING
