"""What keeps judging from beginning: of all that stood in the way, what did most."""

from __future__ import annotations

from formcheck.judging.start import STILL_S, StartWatch
from formcheck.records.reasons import Obstacle, Reason

TAKEN_S = 0.4
"""A start posture taken for this long was taken, if perhaps not held still."""

_OBSTACLES: tuple[Obstacle, ...] = (
    "nobody", "unseen", "posture", "view", "shape", "moving", "near", "tilted",
)  # fmt: skip

MOST_UNSEEN = 3
"""So many of the joints that were most often missing are named."""


def why_not_started(watch: StartWatch) -> Reason:
    """Why judging has not begun so far."""
    most = _main_obstacle(watch)
    often = watch.unseen.most_common(MOST_UNSEEN) if most == "unseen" else []
    return Reason(most, joints=tuple(joint for joint, _ in often))


def _main_obstacle(watch: StartWatch) -> Obstacle:
    spent_s = watch.tally_s
    for plain in ("tilted", "near"):
        if spent_s[plain] >= STILL_S:
            return plain
    if spent_s["moving"] + spent_s[""] >= TAKEN_S:
        return "moving"
    return max((o for o in _OBSTACLES if spent_s[o]), key=lambda o: spent_s[o], default="nobody")
