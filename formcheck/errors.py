"""The errors that formcheck raises on purpose.

FormcheckError            a mistake that the user can correct: one line, exit code 2
|- SpecError              an exercise file that cannot be used
|- SourceError            a video or camera that cannot be read
|- ModelError             the pose model cannot be found, fetched or loaded
|- TrackError             a pose track that cannot be read or does not fit
`- PackageError           a package that was not installed with formcheck
"""

from __future__ import annotations


class FormcheckError(Exception):
    """A problem that the reader can solve; the text says what, where, and what to do next."""


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
