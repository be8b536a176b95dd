"""What the person should do next: each instruction is worded here, once."""

from __future__ import annotations

from typing import Literal

from formcheck.exercises.model import ExerciseSpec
from formcheck.records.reasons import Obstacle, ReasonCode

AdviceCode = Literal[
    Obstacle, "looking", "", "dark", "glare", "slow", "too_large", "aside", "too_small",
]  # fmt: skip
"""What stands in the way: an obstacle of judging ("looking" before the first pose, empty where the
start position only has to be held), or something about the picture."""

_SAY: dict[AdviceCode | ReasonCode, str] = {
    "": "Hold still",
    "moving": "Hold the start position still",
    "nobody": "Come into the picture",
    "unseen": "Move the camera back until all of you is in the picture",
    "tilted": "Level the camera",
    "picture_stands_still": "Check the camera: its picture has frozen",
    "no_outline": "Judge the video itself, not saved poses",
    "dark": "More light, please",
    "glare": "Less light, please",
    "slow": "The camera is slow: more light helps",
    "too_large": "Move the camera back",
    "aside": "Come into the middle",
    "too_small": "Move the camera closer",
}


def what_to_do(code: AdviceCode | ReasonCode, spec: ExerciseSpec) -> str:
    """The instruction, such as "Turn your side to the camera"."""
    if code == "view":
        return f"Turn your {'side' if spec.camera == 'side' else 'front'} to the camera"
    return _SAY.get(code, spec.start.say)
