"""Files that appear whole or not at all: written beside their place, then moved into it."""

from __future__ import annotations

from pathlib import Path

from formcheck.errors import FormcheckError


def partial_path(path: Path) -> Path:
    """Where a file is built up; its folder is made if missing.

    Raises:
        FormcheckError: the folder cannot be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unwritable(path, error) from None
    return path.with_name(path.name + ".part")


def write_whole(path: Path, text: str) -> None:
    """Write a text file as UTF-8, line ends as they are.

    Raises:
        FormcheckError: the file cannot be written.
    """
    partial = partial_path(path)
    try:
        partial.write_bytes(text.encode("utf-8"))
        partial.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from None


def _unwritable(path: Path, error: OSError) -> FormcheckError:
    reason = error.strerror or str(error)
    return FormcheckError(f"{path}: cannot be written: {reason}; choose another folder")
