"""What a judged recording came to, for those who call formcheck from Python."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from formcheck import __version__
from formcheck.errors import PackageError
from formcheck.exercises.model import ExerciseSpec
from formcheck.judging.recognition import Recognised
from formcheck.output.files import REP_COLUMNS, events_document, rep_rows
from formcheck.records.events import SCHEMA_VERSION, Event, Fault, Hold, NotJudged, Remark, plain
from formcheck.records.frames import SourceInfo
from formcheck.records.report import Rep, Report, Totals
from formcheck.running.recording import Task, about

if TYPE_CHECKING:
    import pandas

COLUMNS = ("part", "exercise", *REP_COLUMNS)
"""Columns of a table of reps, in order."""


@dataclass(frozen=True)
class Set:
    """One set of an exercise; number: from 1, in its part of the recording."""

    exercise: ExerciseSpec
    number: int
    reps: tuple[Rep, ...]
    totals: Totals


@dataclass(frozen=True)
class Judged:
    """A recording, or the part of it that was judged by one exercise.

    task: the exercise and the dose to judge against. events: all that was found, in the order in
    which it was decided. report: the same, gathered. source: what is known of the video. written:
    the files that were made.
    """

    task: Task
    events: tuple[Event, ...]
    report: Report
    source: SourceInfo
    written: tuple[Path, ...] = ()

    @property
    def exercise(self) -> ExerciseSpec:
        """The exercise, in the dose that it was judged against."""
        return self.task.spec

    @property
    def recognised(self) -> tuple[Recognised, ...]:
        """The sets in which it was recognised; none where the exercise was named."""
        return self.task.recognised

    @property
    def sets(self) -> tuple[Set, ...]:
        """The sets, each with its reps."""
        return tuple(
            Set(self.exercise, number, self._reps_of(number), totals)
            for number, totals in self.report.sets.items()
        )

    def _reps_of(self, number: int) -> tuple[Rep, ...]:
        return tuple(rep for rep in self.report.reps if rep.set_number == number)

    def to_dict(self) -> dict[str, Any]:
        """What events.json says (docs/events.md), as JSON values."""
        head = about(self.task, self.source)
        return events_document(self.events, about=head, totals=self.report.as_json())

    def rows(self) -> Iterator[dict[str, object]]:
        """A row for each rep, by the columns of reps.csv."""
        numbers = {rep.attempt.number: rep.set_number for rep in self.report.reps}
        return rep_rows(self.events, sets=numbers)


@dataclass(frozen=True)
class Recording:
    """What a recording came to.

    source: what is known of the video. parts: one where one exercise was done, else one for each
    set that was recognised. Reps, holds, faults and what was not judged are those of all parts,
    in order.
    """

    source: SourceInfo
    parts: tuple[Judged, ...]

    @property
    def sets(self) -> tuple[Set, ...]:
        """Every set, with its exercise and its reps."""
        return tuple(chain.from_iterable(part.sets for part in self.parts))

    @property
    def reps(self) -> tuple[Rep, ...]:
        """Every attempt, with the faults and the holds in it."""
        return tuple(rep for part in self.parts for rep in part.report.reps)

    @property
    def holds(self) -> tuple[Hold, ...]:
        """Every hold."""
        return tuple(event for event in self._events if isinstance(event, Hold))

    @property
    def faults(self) -> tuple[Fault, ...]:
        """Every fault, those of the start posture too."""
        return tuple(event for event in self._events if isinstance(event, Fault))

    @property
    def not_judged(self) -> tuple[NotJudged, ...]:
        """All that was not judged, and why; of "recording", where nothing was."""
        return tuple(event for event in self._events if isinstance(event, NotJudged))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """What was found about several reps together."""
        return tuple(event for event in self._events if isinstance(event, Remark))

    @property
    def written(self) -> tuple[Path, ...]:
        """The files that were made."""
        return tuple(dict.fromkeys(path for part in self.parts for path in part.written))

    @property
    def _events(self) -> Iterator[Event]:
        return (event for part in self.parts for event in part.events)

    def to_dict(self) -> dict[str, Any]:
        """All of it as JSON values: each part as its events.json says it (docs/events.md)."""
        return {
            "schema_version": SCHEMA_VERSION,
            "formcheck": __version__,
            "source": plain(asdict(self.source)),
            "parts": [part.to_dict() for part in self.parts],
        }

    def to_dataframe(self) -> pandas.DataFrame:
        """A table with a row for each rep, by `COLUMNS`; NaN where something was not seen.

        Raises:
            PackageError: pandas is not installed.
        """
        try:
            import pandas
        except ImportError:
            raise PackageError(
                "a table needs pandas: pip install 'formcheck[pandas]', or use to_dict"
            ) from None
        rows = [
            {"part": number, "exercise": part.exercise.id, **row}
            for number, part in enumerate(self.parts, start=1)
            for row in part.rows()
        ]
        return pandas.DataFrame(rows, columns=list(COLUMNS))
