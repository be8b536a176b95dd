"""What is said aloud in a live session: few words, each worded here once."""

from __future__ import annotations

from collections.abc import Sequence

from formcheck.words import terms

PRAISES = ("That's it", "Much better", "Well corrected")
"""For what was corrected, and for nothing else."""

SWITCH_SIDES = "Switch sides"
OTHER_SIDE = "Other side"
KEEP_BREATHING = "Keep breathing"
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


def that_was_it(done: int, question: str, *, is_timed: bool) -> str:
    """That the exercise is over, with the count and what is asked then."""
    return f"That was {terms.count(done, 'hold' if is_timed else 'rep')}. {question}"
