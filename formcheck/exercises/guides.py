"""The published guides that exercises rest on, what they say, and the folder of all that.

Specs lie in `exercise_specs/` beside the package in a checkout, and inside it once installed.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from formcheck.errors import SpecError

_PACKAGE = Path(__file__).parents[1]

DOCUMENTS_FILE = "documents.toml"
STATEMENTS_FOLDER = "guides"

Standing = Literal["acted on", "in part", "not measurable", "not yet", "background"]
"""What is done about a statement. In part: some of it is acted on, and some is not."""


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

    def section_of(self, line: int) -> str:
        """The section in which a line of the guide stands; empty before the first."""
        begun = [
            name for name, start in zip(self.sections, self.lines, strict=True) if start <= line
        ]
        return begun[-1] if begun else ""


def _as_list(value: object) -> object:
    return [value] if isinstance(value, str) else value


class Statement(BaseModel):
    """One thing that a guide says, in our words.

    line: where it stands in the guide, from 1. acts: what acts on it (`statements.acting` says what
    may stand there). not_measured: what an exercise file says that no camera sees, as
    "EXERCISE: WHAT". later: what has to be built before it can be acted on. background: it asks
    nothing of the reader.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    line: int = Field(ge=1)
    says: str = Field(min_length=1)
    acts: Annotated[tuple[str, ...], BeforeValidator(_as_list)] = ()
    not_measured: Annotated[tuple[str, ...], BeforeValidator(_as_list)] = ()
    later: str = ""
    background: bool = False

    @model_validator(mode="after")
    def _says_what_is_done(self) -> Statement:
        done = bool(self.acts or self.not_measured or self.later)
        if done == self.background:
            raise ValueError("give `acts`, `not_measured` or `later`, or else `background`")
        return self

    @property
    def standing(self) -> Standing:
        """What is done about it."""
        if self.background:
            return "background"
        if self.acts:
            return "in part" if self.not_measured or self.later else "acted on"
        return "not yet" if self.later else "not measurable"


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


@cache
def statements() -> dict[str, tuple[Statement, ...]]:
    """What each guide says, by its id, in the order of its lines.

    Raises:
        SpecError: a file of statements is not valid.
    """
    return {doc: tuple(_statements_of(doc)) for doc in documents()}


def _statements_of(doc: str) -> list[Statement]:
    path = specs_dir() / STATEMENTS_FOLDER / f"{doc}.toml"
    entries = tomllib.loads(path.read_text(encoding="utf-8"))["statement"]
    try:
        return [Statement.model_validate(entry) for entry in entries]
    except ValidationError as error:
        first = error.errors()[0]
        raise SpecError(f"{path.name}: {first['input']}: {first['msg']}") from None
