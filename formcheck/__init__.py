"""Webcam pose-tracking form checker for back-care exercise.

    import formcheck

    recording = formcheck.judge("bridge.mp4", "bridge")
    for rep in recording.reps:
        print(rep.attempt.number, rep.attempt.outcome, [fault.cue for fault in rep.faults])

`judge`, `replay`, `exercises` and `load_exercise` are the way in, the classes beside them what
comes out, and `why` puts a reason into words; docs/python.md describes them. Whatever else is in
the package may change without notice.

Importing this costs nothing: each name is looked up in its room once it is used.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formcheck.errors import (
        FormcheckError,
        ModelError,
        PackageError,
        SourceError,
        SpecError,
        TrackError,
    )
    from formcheck.exercises.catalog import all_specs as exercises
    from formcheck.exercises.model import Dose, ExerciseSpec
    from formcheck.judging.recognition import Recognised
    from formcheck.records.events import Attempt, Fault, Hold, NotJudged, Remark, Source
    from formcheck.records.reasons import Reason
    from formcheck.records.report import Rep, Report, Totals
    from formcheck.running.door import judge, load_exercise, replay
    from formcheck.running.progress import Step
    from formcheck.running.results import Judged, Recording, Set
    from formcheck.words.reasons import why

__version__ = "0.1.0"

__all__ = [
    "Attempt",
    "Dose",
    "ExerciseSpec",
    "Fault",
    "FormcheckError",
    "Hold",
    "Judged",
    "ModelError",
    "NotJudged",
    "PackageError",
    "Reason",
    "Recognised",
    "Recording",
    "Remark",
    "Rep",
    "Report",
    "Set",
    "Source",
    "SourceError",
    "SpecError",
    "Step",
    "Totals",
    "TrackError",
    "__version__",
    "exercises",
    "judge",
    "load_exercise",
    "replay",
    "why",
]

_ROOMS = {
    "errors": (
        "FormcheckError", "ModelError", "PackageError", "SourceError", "SpecError", "TrackError",
    ),
    "exercises.model": ("Dose", "ExerciseSpec"),
    "judging.recognition": ("Recognised",),
    "records.events": ("Attempt", "Fault", "Hold", "NotJudged", "Remark", "Source"),
    "records.reasons": ("Reason",),
    "records.report": ("Rep", "Report", "Totals"),
    "running.door": ("judge", "load_exercise", "replay"),
    "running.progress": ("Step",),
    "running.results": ("Judged", "Recording", "Set"),
    "words.reasons": ("why",),
}  # fmt: skip

_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}

if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Fetch a public name from its room."""
        if name in _ROOM_OF:
            return getattr(importlib.import_module(f"{__name__}.{_ROOM_OF[name]}"), name)
        if name == "exercises":  # a room that can be called: see there
            return importlib.import_module(f"{__name__}.{name}")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return __all__
