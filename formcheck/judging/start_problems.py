"""What keeps judging from beginning: of all that stood in the way, what did longest."""

from __future__ import annotations

from formcheck.judging.start import STILL_S, StartWatch
from formcheck.records.reasons import Obstacle, Reason

_PLAIN: tuple[Obstacle, ...] = ("tilted", "near")
"""What is amiss with a start posture that is taken."""

_OBSTACLES: tuple[Obstacle, ...] = (
    "nobody", "unseen", "posture", "view", "shape", "moving", *_PLAIN,
)  # fmt: skip

MOST_UNSEEN = 3
"""So many of the joints that were most often missing are named."""


def why_not_started(watch: StartWatch) -> Reason:
    """Why judging has not begun so far."""
    most = _longest(watch)
    if most != "unseen":
        return Reason(most)
    if watch.lacks_outline:
        return Reason("no_outline")
    return Reason(most, joints=tuple(joint for joint, _ in watch.unseen.most_common(MOST_UNSEEN)))


def _longest(watch: StartWatch) -> Obstacle:
    """What stood in the way longest.

    Whoever is in the start posture for a second and cannot be judged there moves out of it to
    exercise: what is wrong with it is told, however long the exercise lasts.
    """
    spent_s = {obstacle: watch.tally_s[obstacle] for obstacle in _OBSTACLES}
    for plain in _PLAIN:
        if spent_s[plain] >= STILL_S:
            return plain
    spent_s["moving"] += watch.tally_s[""]
    return max(spent_s, key=lambda obstacle: spent_s[obstacle])
