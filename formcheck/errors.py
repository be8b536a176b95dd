"""The errors that formcheck raises on purpose.

FormcheckError            a mistake that the user can correct: one line, exit code 2
|- SpecError              an exercise file that cannot be used
|- SourceError            a video or camera that cannot be read
|- ModelError             the pose model cannot be found, fetched or loaded
|- TrackError             a pose track that cannot be read or does not fit
`- PackageError           a package that was not installed with formcheck
"""

from __future__ import annotations

_JOINERS = "\u200c\u200d"
"""They print nothing, but words of several languages are written with them."""


def shown(name: object) -> str:
    """A name, or what a file says, as it can be printed anywhere: in one line, with escapes such as
    `\\xff` for bytes that are no text, for control characters and for what turns writing around."""
    return "".join(c if c.isprintable() or c in _JOINERS else _escape(c) for c in str(name))


def _escape(character: str) -> str:
    if "\udc80" <= character <= "\udcff":  # how Python keeps a byte that is no text
        return f"\\x{ord(character) - 0xDC00:02x}"
    return character.encode("unicode_escape").decode("ascii")


class FormcheckError(Exception):
    """A problem that the reader can solve; the text says what, where, and what to do next."""

    def __init__(self, text: str) -> None:
        super().__init__("\n".join(shown(line) for line in text.split("\n")))


class SpecError(FormcheckError):
    """The mistakes in an exercise file, a line each: `file:line: what; what to write instead`."""


class SourceError(FormcheckError):
    """A video, camera or picture stream that cannot be read."""


class ModelError(FormcheckError):
    """The pose model is missing, damaged, or could not be fetched."""


class TrackError(FormcheckError):
    """A saved pose track that is missing, damaged, or of an unknown version."""


class PackageError(FormcheckError, ImportError):
    """A package is missing that formcheck works without, but not what was asked of it."""
