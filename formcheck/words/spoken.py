"""What is said aloud in a live session: few words, each worded here once."""

from __future__ import annotations

from collections.abc import Sequence

from formcheck.exercises.model import BreathWord, Dose, ExerciseSpec
from formcheck.words import terms

_BREATHS: dict[BreathWord, str] = {
    "in": "Breathe in",
    "out": "Breathe out",
    "keep": "Keep breathing",
    "deep": "Breathe deeply",
    "one": "One breath",
}

PRAISES = ("That's it", "Much better", "Well corrected")
"""For what was corrected, and for nothing else."""

SWITCH_SIDES = "Switch sides"
OTHER_SIDE = "Other side"
LONG_ENOUGH = "That is long enough"
THAT_IS_HALF = "That is half"
TIMED_ONLY = "I keep the time. I cannot see this work."
GO = "Go"
PAUSED = "Paused"
CAMERA_MOVED = "The camera moved"
TAKE_YOUR_TIME = "Take your time"
STOP = "Stop. Rest now."
SET_DONE = "Set done. Rest."
NEXT_SET_SOON = "Next set soon"
RANGE_FIRST = "Two slow reps, as far as is comfortable"
RANGE_KNOWN = "That is your range. Now the set."
PAIN_OR_BREAK = "Pain, or a break?"


def cannot_see(joints: Sequence[str]) -> str:
    """That a joint, or the whole person, cannot be seen."""
    return f"I cannot see {f'your {joints[0]}' if joints else 'you'}"


def hold_is_over(*, is_timed: bool) -> str:
    """That the hold has lasted long enough: the end of it all, or the way back."""
    return "And rest" if is_timed else "And back"


def breathe(word: BreathWord) -> str:
    """What is asked of the breath."""
    return _BREATHS[word]


def with_breath(text: str, movement: BreathWord | None, held: BreathWord | None = None) -> str:
    """An instruction with the breath that goes with it: "Breathe out, flatten your back"."""
    if movement:
        text = f"{breathe(movement)}, {_begun(text)}"
    return f"{text}, {_begun(breathe(held))}" if held else text


def target(spec: ExerciseSpec, dose: Dose, reps: int) -> str:
    """What a set asks for, before it begins: "5 each side, hold 5 seconds"."""
    held = [(f"hold the {pose}", one[0]) for pose, one in dose.pose_hold.items()]
    held = [(how, s) for how, s in held or [("hold", dose.hold_s)] if s]
    holds = [f"{how} {s:g} {'second' if s == 1 else 'seconds'}" for how, s in held]
    if spec.mode == "timed" and reps == 1:
        return terms.sentence(", ".join(holds))
    noun = "round" if spec.mode == "guided" else "hold" if spec.is_timed else "rep"
    count = f"{reps} each side" if dose.per else terms.count(reps, noun)
    return ", ".join([count, *holds])


def sides_together(wanted: int) -> str:
    """That the reps of both sides are counted as one, since they cannot be told apart."""
    return f"I cannot see which side works. I count both, up to {wanted}."


def of_side(side: str, count: int) -> str:
    """The count of one side."""
    return f"{side.capitalize()} {count}"


def held_short(held_s: float, asked_s: float) -> str:
    """By how much a hold was short, in whole seconds."""
    return f"Held {held_s:.0f} of {asked_s:.0f} seconds"


def more(count: int, *, is_one_side_short: bool) -> str:
    """An offer: what was short may be done once more, and need not be."""
    if is_one_side_short:
        return f"{count} more on the other side, if you can"
    again = "Once more" if count == 1 else f"{count} more"
    return f"Some were short. {again}, if you can." if count > 1 else f"{again}, if you can"


def that_was_it(
    done: int, question: str, *, spec: ExerciseSpec, short: int = 0, of_each_side: int = 0
) -> str:
    """That the exercise is over, with the count and what is asked then; of_each_side: where it is
    the same for both, the count of one."""
    if spec.mode == "guided":
        return f"That was {terms.count(done, 'round')}, timed and not measured. {question}"
    came_to = terms.count(of_each_side or done, "hold" if spec.is_timed else "rep")
    came_to += " each side" if of_each_side else ""
    shorter = f", {short} of them short" if short and done > 1 else ""
    return f"That was {came_to}{shorter}. {question}"


def _begun(text: str) -> str:
    return text[:1].lower() + text[1:]
