"""What a person should know of an exercise before the first set."""

from __future__ import annotations

from formcheck.exercises.model import Dose, ExerciseSpec

_AXES = {
    "flexion": "bends the back forward",
    "extension": "bends the back backward",
    "rotation": "turns the back",
}

_JUDGED = "How much is our judgement, not the documents'."


def burden(spec: ExerciseSpec) -> str:
    """How the exercise loads the back, and that the degrees are ours; one line.

    Such as "It bends the back forward (moderate). How much is our judgement, ...".
    """
    safety = spec.safety
    degrees = {axis: getattr(safety, axis) for axis in _AXES}
    parts = [f"{_AXES[axis]} ({how})" for axis, how in degrees.items() if how != "none"]
    if safety.load == "external":
        parts.append("is done with a weight")
    if safety.balance == "needed":
        parts.append("needs balance")
    if not parts:
        return f"It hardly bends or turns the back. {_JUDGED}"
    *first, last = parts
    listed = f"{', '.join(first)} and {last}" if first else last
    return f"It {listed}. {_JUDGED}"


def cautions(spec: ExerciseSpec, dose: Dose) -> list[str]:
    """All that is shown before a set: the note of the dose, what has to be agreed, the burden."""
    return [line for line in (dose.note, dose.agree, burden(spec)) if line]
