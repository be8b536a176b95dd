"""What keeps judging from beginning, in words, and what to do about it."""

from __future__ import annotations

from formcheck.exercises.model import ExerciseSpec
from formcheck.judging.start import STILL_S, TILTED_DEG, StartWatch

TAKEN_S = 0.4
"""A start posture taken for this long was taken, if perhaps not held still."""

_WORDS = {
    "nobody": "nobody was seen",
    "unseen": "not all of the body that is needed was seen",
    "posture": "the start posture was not taken",
    "view": "wrong camera view",
    "shape": "the start posture was not taken",
    "moving": "the start posture was not held still for a second",
    "near": "the start posture is too near to the position to be reached",
    "tilted": f"the camera is tilted by more than {TILTED_DEG:.0f} degrees",
}


def why_not_started(watch: StartWatch, spec: ExerciseSpec) -> str:
    """Why a recording never came to be judged, and what to do about it, in one line."""
    most = _main_obstacle(watch)
    text = _WORDS[most]
    if most == "unseen" and watch.unseen:
        text += f" (most often missing: {', '.join(j for j, _ in watch.unseen.most_common(3))})"
    return f"{text}; {what_to_do(most, spec)}"


def why_waited(watch: StartWatch) -> str:
    """What most stood in the way of judging, in words."""
    return _WORDS[_main_obstacle(watch)]


def _main_obstacle(watch: StartWatch) -> str:
    spent_s = watch.tally_s
    for plain in ("tilted", "near"):
        if spent_s[plain] >= STILL_S:
            return plain
    if spent_s["moving"] + spent_s[""] >= TAKEN_S:
        return "moving"
    return max((o for o in _WORDS if spent_s[o]), key=lambda o: spent_s[o], default="nobody")


def what_to_do(obstacle: str, spec: ExerciseSpec) -> str:
    """What the person should do to be judged."""
    match obstacle:
        case "view":
            towards = "your side" if spec.camera == "side" else "your front"
            return f"turn {towards} to the camera"
        case "nobody" | "unseen":
            return "move the camera back until the whole body is in the picture"
        case "moving":
            return "hold the start posture still for a second before you begin"
        case "tilted":
            return "put the camera level"
    return spec.start.say
