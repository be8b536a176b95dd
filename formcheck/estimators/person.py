"""Which person to follow when the camera sees several. Pure decisions: no model, no clock.

The tracker follows one person. Somebody else's leg, a mirror or a therapist can capture it, and
from inside the tracker that looks like any other pose. So another, slower pair of eyes looks at
the whole picture: about once a second until the start posture was held, and later only when the
pose tells of a break, or when others are known to be there. `PersonChoice` says when to look,
whom to follow, and what to hide from the tracker.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

import numpy as np

from formcheck.pose import Floats, Pose, Side, landmark
from formcheck.sources.frames import Image

Box = Floats
"""(4,) left, top, right, bottom in px."""

LOOK_EVERY_S = 1.0
HOLD_TO_LOCK_S = 1.0
LOST_UNLOCK_S = 3.0
"""After so long out of sight the search begins anew (the checker closes its attempt then, too)."""

SAME_PERSON_OVERLAP = 0.3
"""Overlap of two boxes of one person: below it for 2 of 19 000 steps between neighbouring frames
of 31 single-person recordings (slowest 10 fps; lunges, jumping jacks and tumbling included)."""

LENGTH_BREAK = 1.4
"""Ratio of the limbs' lengths to their usual ones: limbs seen end-on change one by one, another
person's change all. Their median passes it on 9 of the 31 recordings, mostly at cuts."""

DUPLICATE_OVERLAP = 0.5
"""Two poses that share so much are one person found twice."""

_LIMB_ENDS = (
    ("shoulder", "hip"),
    ("shoulder", "elbow"),
    ("elbow", "wrist"),
    ("hip", "knee"),
    ("knee", "ankle"),
)
_SIDES: tuple[Side, ...] = ("left", "right")
_LIMBS = np.array([[landmark(j, side) for j in ends] for ends in _LIMB_ENDS for side in _SIDES])
_USUAL_POSES = 60
_FEWEST_POSES = 15
_MASK_MARGIN = 0.15
_KEEP_MARGIN = 0.25


def box_of(pose: Pose) -> Box:
    """The upright box around all landmarks of a pose."""
    box: Box = np.concatenate([pose.xy_px.min(axis=0), pose.xy_px.max(axis=0)])
    return box


def area_px2(box: Box) -> float:
    """Area of a box; 0 for one turned inside out."""
    width, height = np.maximum(box[2:] - box[:2], 0)
    return float(width * height)


def overlap(one: Box, other: Box) -> float:
    """Intersection over union, 0 to 1."""
    both = np.concatenate([np.maximum(one[:2], other[:2]), np.minimum(one[2:], other[2:])])
    shared = area_px2(both)
    union = area_px2(one) + area_px2(other) - shared
    return shared / union if union > 0 else 0.0


def widened(box: Box, margin: float) -> Box:
    """A box grown on each side by a share of its longer side."""
    by = margin * float(np.max(box[2:] - box[:2]))
    grown: Box = box + np.array([-by, -by, by, by])
    return grown


def masked(image: Image, others: Sequence[Box], *, keep: Box) -> Image:
    """A copy with the others painted over in the picture's mean colour, `keep` left as it is."""
    hidden = image.copy()
    colour = image[::16, ::16].mean(axis=(0, 1)).astype(np.uint8)
    for box in others:
        hidden[_inside(widened(box, _MASK_MARGIN), image)] = colour
    kept = _inside(widened(keep, _KEEP_MARGIN), image)
    hidden[kept] = image[kept]
    return hidden


def _inside(box: Box, image: Image) -> tuple[slice, slice]:
    height, width = image.shape[:2]
    left, right = np.clip(box[[0, 2]], 0, width).astype(int)
    top, bottom = np.clip(box[[1, 3]], 0, height).astype(int)
    return slice(top, bottom), slice(left, right)


class Continuity:
    """Notices when a pose cannot be the same person as the poses before it."""

    def __init__(self) -> None:
        self._last: Box | None = None
        self._lengths: deque[Floats] = deque(maxlen=_USUAL_POSES)

    def restart_from(self, pose: Pose) -> None:
        """Take this pose for the person from now on."""
        self._last = box_of(pose)
        self._lengths.clear()

    def follows(self, pose: Pose) -> bool:
        """Whether the pose goes on from those before; only one that does is remembered."""
        box, lengths = box_of(pose), _limb_lengths(pose)
        if self._last is not None and overlap(self._last, box) < SAME_PERSON_OVERLAP:
            return False
        if len(self._lengths) >= _FEWEST_POSES and self._differ(lengths):
            return False
        self._last = box
        self._lengths.append(lengths)
        return True

    def _differ(self, lengths: Floats) -> bool:
        usual = np.median(np.stack(self._lengths), axis=0)
        ratio = float(np.median(lengths / np.maximum(usual, 1.0)))
        return not 1 / LENGTH_BREAK <= ratio <= LENGTH_BREAK


def _limb_lengths(pose: Pose) -> Floats:
    ends = pose.xy_px[_LIMBS]
    lengths_px: Floats = np.linalg.norm(ends[:, 0] - ends[:, 1], axis=1)
    return lengths_px


class PersonChoice:
    """Says when to look at everybody, whom to follow and whom to hide.

    Until the person followed has held the start posture for a second, whoever alone holds it is
    followed; with none or several, the one followed so far, else the largest. From then on the
    person is kept by overlap.

    holds_start: whether a pose is the start posture; any pose is, if not given.
    """

    def __init__(self, holds_start: Callable[[Pose], bool] | None = None) -> None:
        self._holds_start = holds_start or (lambda pose: pose.is_seen)
        self._continuity = Continuity()
        self._trusted: Pose | None = None
        self._held_since_s: float | None = None
        self._next_look_s = -np.inf
        self._is_suspect = False
        self.is_locked = False
        self.others: tuple[Box, ...] = ()

    def wants_look(self, tracked: Pose) -> bool:
        """Take in the next tracked pose; whether everybody in this picture should be looked at."""
        if tracked.is_seen:
            self._take(tracked)
        elif self._trusted and tracked.t_s - self._trusted.t_s >= LOST_UNLOCK_S:
            self._forget()
        is_searching = tracked.is_seen and not self.is_locked
        if tracked.t_s < self._next_look_s or not (is_searching or self._is_suspect or self.others):
            return False
        self._next_look_s = tracked.t_s + LOOK_EVERY_S
        return True

    def settle(self, people: Sequence[Pose], tracked: Pose) -> bool:
        """Choose among the people seen; whether the tracker is on the wrong one."""
        was_suspect, self._is_suspect = self._is_suspect, False
        mine = self._mine(people, tracked) if people else tracked
        is_astray = tracked.is_seen and _nearest([mine], tracked) is None
        self.others = tuple(
            box_of(person)
            for person in people
            if overlap(box_of(person), box_of(mine)) < DUPLICATE_OVERLAP
        )
        if mine.is_seen and (is_astray or was_suspect or not tracked.is_seen):
            self._continuity.restart_from(mine)
            self._trusted, self._held_since_s = mine, None
        return is_astray

    def view(self, image: Image) -> Image:
        """The picture as the tracker may see it: with the others hidden, if there are any."""
        if not self.others or self._trusted is None:
            return image
        return masked(image, self.others, keep=box_of(self._trusted))

    def _take(self, tracked: Pose) -> None:
        if not self._is_suspect and self._continuity.follows(tracked):
            self._trusted = tracked
        else:
            self._is_suspect = True
        if not self.is_locked:
            self._watch_for_lock(tracked)

    def _watch_for_lock(self, tracked: Pose) -> None:
        if not self._holds_start(tracked):
            self._held_since_s = None
        elif self._held_since_s is None:
            self._held_since_s = tracked.t_s
        elif tracked.t_s - self._held_since_s >= HOLD_TO_LOCK_S:
            self.is_locked = True

    def _forget(self) -> None:
        self._trusted, self._held_since_s, self.is_locked = None, None, False
        self._continuity = Continuity()

    def _mine(self, people: Sequence[Pose], tracked: Pose) -> Pose:
        if self.is_locked and (kept := _nearest(people, self._trusted)):
            return kept
        holders = [person for person in people if self._holds_start(person)]
        if len(holders) == 1:
            return holders[0]
        largest = max(people, key=lambda person: area_px2(box_of(person)))
        return _nearest(people, tracked) or largest


def _nearest(people: Sequence[Pose], pose: Pose | None) -> Pose | None:
    if pose is None or not pose.is_seen:
        return None
    box = box_of(pose)
    best = max(people, key=lambda person: overlap(box_of(person), box))
    return best if overlap(box_of(best), box) >= SAME_PERSON_OVERLAP else None
