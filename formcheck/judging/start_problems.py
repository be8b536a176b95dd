"""What keeps judging from beginning: of all that stood in the way, what did longest."""

from __future__ import annotations

from formcheck.judging.start import StartWatch
from formcheck.records.reasons import Obstacle, Reason

_IN_START: tuple[Obstacle, ...] = ("moving", "near", "tilted")
"""What can still be amiss once the start posture is taken."""

_OBSTACLES: tuple[Obstacle, ...] = ("nobody", "unseen", "posture", "view", "shape", *_IN_START)

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
    """What stood in the way longest; while the start posture is there, what is wrong with it does:
    it is not held still, unless something worse is found."""
    spent_s = {obstacle: watch.tally_s[obstacle] for obstacle in _OBSTACLES}
    amiss = max(_IN_START, key=lambda obstacle: spent_s[obstacle])
    spent_s[amiss] += watch.tally_s[""]
    return max(spent_s, key=lambda obstacle: spent_s[obstacle])
