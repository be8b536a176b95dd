"""What is read in the picture and on the screen of a live session, each line worded here once.

A stage is named as `coaching.stages` names it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from formcheck.exercises.model import ExerciseSpec
from formcheck.records.events import Status
from formcheck.words import spoken, terms

PAUSES = {
    "left": spoken.PAIN_OR_BREAK,
    "asked": spoken.PAUSED,
    "camera": "Waiting for the camera",
    "moved": spoken.CAMERA_MOVED,
}
"""What is read, or asked, while a session is paused, by the reason for it."""

GO_ON_BY_KEY = "Press Space to go on."
PAIN_BY_KEY = "Press 0 to 9, T for 10, or Esc to skip."

_STAGES = {
    "placing": "Getting ready",
    "countdown": "Hold still",
    "rest": "Rest",
    "paused": "Paused",
    "pain": "Done",
    "summary": "Done",
}

_TO_DO = {
    "placing": "Take the start position and hold it still",
    "countdown": "Hold still",
    "rest": "Next set: take the start position when the time is up",
    "paused": "Take the start position to go on",
}


def stage(name: str) -> str:
    """Where a session stands; empty in a set, where the phase of the rep is read instead."""
    return _STAGES.get(name, "")


def phase(status: Status) -> str:
    """The phase of the rep, and the side that works: "Hold · left side"."""
    side = f" · {status.side} side" if status.side else ""
    return f"{terms.phase(status)}{side}"


def to_do(name: str) -> str:
    """What the person does in a stage, where nothing more particular is to be said."""
    return _TO_DO.get(name, "")


def how_to_go_on(pause: str, left_s: float) -> str:
    """How a pause ends; left_s: until the set ends without an answer, NaN where it does not."""
    if pause != "left":
        return "Nothing is lost."
    left = f" The set ends in {math.ceil(left_s)} s." if math.isfinite(left_s) else ""
    return f"To go on, take the start position again.{left}"


def counting(name: str, number: int) -> str:
    """The seconds of a countdown or of a rest: "Hold still: 3", "Rest: 20 s"."""
    return f"{_STAGES[name]}: {number}{' s' if name == 'rest' else ''}"


def kinds_by_key(level: int, kinds: Iterable[tuple[str, str, bool]]) -> list[str]:
    """Which kinds of pain there are, a line each, once its number is known; kinds: key, word,
    whether it is marked."""
    marked = [f"{key.upper()}: {word}{' ✓' if is_on else ''}" for key, word, is_on in kinds]
    return [f"{level} of 10. Was it, or is it now:", *marked, "Press all that fit, then Enter."]


def not_seen(joints: tuple[str, ...]) -> str:
    """The joints that are needed and not seen."""
    return f"Cannot see: {terms.joints(joints)}"


_ROUND_STEPS = {"ready": "Rest", "tighten": "Tighten", "hold": "Hold", "release": "Let go"}


def round_step(step: str) -> str:
    """Where the round of a guided exercise stands, named as `coaching.rounds` names it."""
    return _ROUND_STEPS[step]


def by_side(left: int, right: int) -> str:
    """The reps of each side that count so far: "left 2, right 1"; empty before the first."""
    return f"left {left}, right {right}" if left or right else ""


def beside_the_count(status: Status, noun: str = "rep") -> list[str]:
    """What stands beside the count in the picture: what is counted, other attempts, and the phase.

    noun: what is counted, one of it.
    """
    side = f", {status.side}" if status.side else ""
    extra = status.attempts - status.counted
    others = [f"+{extra} not counted"] if extra else []
    counted = noun if status.counted == 1 else f"{noun}s"
    return [counted, *others, terms.phase(status) + side]


def came_to(spec: ExerciseSpec, done: int, short: int) -> str:
    """What a session came to: "Bridge: 8 reps, 2 of them held too short"."""
    if spec.mode == "guided":
        return f"{spec.title}: {terms.count(done, 'round')}, timed and not measured"
    came_to = f"{spec.title}: {terms.count(done, 'hold' if spec.is_timed else 'rep')}"
    return f"{came_to}, {short} of them held too short" if short else came_to


def to_correct(reps_by_cue: Mapping[str, int]) -> list[str]:
    """What to correct after a session, a line a cue: "Hips a little higher (2 reps)"."""
    return [f"{cue} ({terms.count(reps, 'rep')})" for cue, reps in reps_by_cue.items()]


def nothing_to_correct(done: int) -> str:
    """What is read where there is no such line."""
    return "No problems found." if done else "No rep was counted; the report says why."
