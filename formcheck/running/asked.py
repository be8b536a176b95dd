"""What is asked of a recording: by which exercise it is judged, and what is known of the person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

from formcheck import __version__
from formcheck.errors import FormcheckError, shown
from formcheck.exercises.catalog import find_spec
from formcheck.exercises.model import ExerciseSpec
from formcheck.exercises.reader import load_spec
from formcheck.records.footage import PLAIN, SPEEDS, Footage
from formcheck.records.pose import Side
from formcheck.running.recording import Part, Task, recognised_parts
from formcheck.storage.pose_tracks import PoseTrack

HEIGHTS_CM = (100.0, 230.0)
"""The shortest and the tallest person that is taken for possible."""

Named = str | Path | ExerciseSpec
"""An exercise as it may be named: by id, name or file, or as it was loaded before."""


def load_exercise(name: str | Path) -> ExerciseSpec:
    """An exercise by its id, or as people call it ("bird dog"), or the exercise file of a path.

    Raises:
        SpecError: there is none, more than one is called so, or the file is not valid.
    """
    return load_spec(name) if isinstance(name, Path) else find_spec(name)


@dataclass(frozen=True)
class Asked:
    """What is asked of a recording; task: None where the exercise is to be recognised."""

    task: Task | None
    side: Side | None = None
    height_cm: float | None = None
    footage: Footage = PLAIN

    @classmethod
    def of(
        cls, exercise: Named | None, dose: str | None, side: Side | None,
        height_cm: float | None, footage: Footage,
    ) -> Asked:  # fmt: skip
        """The same as it was asked for, once it is known to be there.

        Raises:
            FormcheckError: it is not.
        """
        _check_person(side, height_cm)
        if exercise is None:
            if dose:
                raise FormcheckError("a dose needs an exercise; name that too")
            return cls(None, side, height_cm, footage)
        spec = exercise if isinstance(exercise, ExerciseSpec) else load_exercise(exercise)
        task = Task(spec, spec.dose_by_id(dose), side, height_cm, footage=footage)
        return cls(task, side, height_cm, footage)

    @classmethod
    def by(cls, task: Task) -> Asked:
        """To be judged by one task."""
        return cls(task, task.near, task.height_cm, task.footage)

    @property
    def spec(self) -> ExerciseSpec | None:
        """The exercise, if it was named."""
        return self.task.spec if self.task else None

    def parts(self, poses: PoseTrack, file: Path) -> list[Part]:
        """What is judged, and by what.

        Raises:
            FormcheckError: no exercise was named, and none recognised.
        """
        if self.task:
            return [Part(self.task)]
        found = recognised_parts(poses, self.side, self.height_cm, self.footage)
        if not found:
            raise FormcheckError(
                f"{shown(file)}: no exercise was recognised; if you know which one it is, name it "
                "(on the command line with -e)"
            )
        return found

    def as_json(self) -> dict[str, Any]:
        """The same as JSON values, from which `from_json` makes it again."""
        task = self.task
        return {
            "formcheck": __version__,
            "exercise": task.spec.id if task else None,
            "dose": task.dose.id if task else None,
            "easier": [list(step) for step in task.easier] if task else [],
            "side": self.side,
            "height_cm": self.height_cm,
            **asdict(self.footage),
        }

    @classmethod
    def from_json(cls, values: Mapping[str, Any], exercise: Named | None = None) -> Asked:
        """What was asked once; exercise: in place of the one that was named then.

        Raises:
            FormcheckError: the exercise or the dose is no longer there, or these are no such
                values.
        """
        try:
            footage = footage_of(bool(values["mirrored"]), float(values["speed"]))
            named, dose = exercise or values["exercise"], values["dose"]
            asked = cls.of(named, dose, values["side"], values["height_cm"], footage)
            if asked.task is None:
                return asked
            task = asked.task
            for by_deg, silence in values["easier"]:
                task = task.made_easier(float(by_deg), tuple(silence))
            return cls.by(task)
        except (LookupError, TypeError, ValueError):
            raise FormcheckError("it does not say what it was judged by; it is damaged") from None


def _check_person(side: Side | None, height_cm: float | None) -> None:
    if side not in (None, *get_args(Side)):
        raise FormcheckError(f"side {side!r}: say left or right")
    least, most = HEIGHTS_CM
    if height_cm is not None and not least <= height_cm <= most:
        raise FormcheckError(
            f"a height of {height_cm:g} cm: give one from {least:g} to {most:g} cm"
        )


def footage_of(mirrored: bool, speed: float) -> Footage:
    """What is told of a film.

    Raises:
        FormcheckError: it cannot be.
    """
    slowest, fastest = SPEEDS
    if not slowest <= speed <= fastest:
        raise FormcheckError(
            f"a film at {speed:g} times real speed: give from {slowest:g} to {fastest:g}"
        )
    return Footage(mirrored, speed)
