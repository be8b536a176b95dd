"""Files that appear whole or not at all: written beside their place, then moved into it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from formcheck.errors import FormcheckError, shown


def partial_path(path: Path) -> Path:
    """Where a file is built up before it is moved to its place; makes the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return _partial(path)


def _partial(path: Path) -> Path:
    return path.with_name(path.name + ".part")


def remove_partial(path: Path) -> None:
    """Leave nothing of a file that was not finished, as far as that can be done."""
    with suppress(OSError):
        _partial(path).unlink(missing_ok=True)


@contextmanager
def writing(path: Path, error_type: type[FormcheckError] = FormcheckError) -> Iterator[None]:
    """Tell a failure to write that file in one line, and leave no half of it.

    Raises:
        FormcheckError: of that type, in place of any OSError.
    """
    try:
        yield
    except OSError as error:
        remove_partial(path)
        raise error_type(_refusal(path, error)) from None


def _refusal(path: Path, error: OSError) -> str:
    return f"{shown(path)}: cannot be written: {error.strerror or error}; choose another folder"


def check_folder(folder: Path) -> None:
    """Make a folder for what is to come, and see whether anything can be written in it.

    Raises:
        FormcheckError: it cannot be made, or nothing be written in it.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        raise FormcheckError(_refusal(folder, error)) from None


def write_whole(path: Path, text: str) -> None:
    """Write a text file as UTF-8, line ends as they are.

    Raises:
        FormcheckError: the file cannot be written.
    """
    with writing(path):
        partial = partial_path(path)
        partial.write_bytes(text.encode("utf-8"))
        partial.replace(path)
