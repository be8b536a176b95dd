"""Files that appear whole or not at all: written beside their place, then moved into it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from formcheck.errors import FormcheckError


def partial_path(path: Path) -> Path:
    """Where a file is built up before it is moved to its place; makes the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path.with_name(path.name + ".part")


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Tell a failure to write that file in one line.

    Raises:
        FormcheckError: in place of any OSError.
    """
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"{path}: cannot be written: {reason}; choose another folder"
        raise FormcheckError(message) from None


def write_whole(path: Path, text: str) -> None:
    """Write a text file as UTF-8, line ends as they are.

    Raises:
        FormcheckError: the file cannot be written.
    """
    with writing(path):
        partial = partial_path(path)
        partial.write_bytes(text.encode("utf-8"))
        partial.replace(path)
