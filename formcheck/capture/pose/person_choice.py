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

from formcheck.records.frames import Image
from formcheck.records.pose import Floats, Pose, Side, landmark

Box = Floats
"""(4,) left, top, right, bottom in px."""

SEARCH_EVERY_S = 1.0
"""Between two looks until the start posture was held."""

RECOVER_EVERY_S = 0.5
"""Between two looks while something is amiss or others are in view. In six scenes of 10 s with a
passer-by in front, the wrong one or nobody was followed in 248 of 1800 frames; with looks once a
second in 360, without looks in 429."""

HOLD_TO_LOCK_S = 1.0
LOST_UNLOCK_S = 3.0
"""After so long out of sight the search begins anew (the checker closes its attempt then, too)."""

SAME_PERSON_OVERLAP = 0.3
"""Overlap of the boxes of one person in neighbouring frames: below it in 2 of 17 500 steps of 31
recordings of one person each, lunges, jumping jacks and a bird dog at 10 fps included."""

PLACE_OVERLAP = 0.2
"""Overlap with the box of the start posture: what begins in it keeps above (a squat falls to
0.32, jumping jacks to 0.26, arms drawn back lying prone to 0.25), who walks away does not."""

STILL_OVERLAP = 0.7
"""Overlap of the boxes of somebody who stays where they are, over a second."""

LENGTH_BREAK = 1.4
"""Ratio of the limbs' lengths to their usual ones. Limbs seen end-on change one by one, another
person's all at once: their median passes it in 8 of the 31 recordings, mostly at cuts."""

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
_MARGIN = 0.15


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
    """A box grown on each side by a share of its mean side."""
    by = margin * float(np.sqrt(area_px2(box)))
    grown: Box = box + np.array([-by, -by, by, by])
    return grown


def masked(image: Image, others: Sequence[Box], *, keep: Box) -> Image:
    """A copy with the others painted over in the picture's mean colour, `keep` left as it is."""
    hidden = image.copy()
    colour = image[::16, ::16].mean(axis=(0, 1)).astype(np.uint8)
    for box in others:
        hidden[_inside(widened(box, _MARGIN), image)] = colour
    kept = _inside(widened(keep, _MARGIN), image)
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

    Until the person followed has held the start posture still for a second, whoever holds it is
    followed; with none or several, the one followed so far, else the largest. The place
    where it was held is then the person's: a tracker captured by somebody who walks past is
    noticed when it leaves the place, and brought back to whoever is there.

    holds_start: whether a pose is the start posture; any pose is, if not given.
    """

    def __init__(self, holds_start: Callable[[Pose], bool] | None = None) -> None:
        self._holds_start = holds_start or (lambda pose: pose.is_seen)
        self._last_look_s = -np.inf
        self._forget()

    def _forget(self) -> None:
        self.others: tuple[Box, ...] = ()
        self._continuity = Continuity()
        self._trusted: Pose | None = None
        self._place: Box | None = None
        self._hold: tuple[float, Box] | None = None
        self._is_broken = False
        self._is_away = False

    @property
    def is_locked(self) -> bool:
        """Whether the person was found in the start posture: no more looks without a reason."""
        return self._place is not None

    def wants_look(self, tracked: Pose) -> bool:
        """Take in the next tracked pose; whether everybody in this picture should be looked at."""
        if tracked.is_seen:
            self._take(tracked)
        elif self._trusted and tracked.t_s - self._trusted.t_s >= LOST_UNLOCK_S:
            self._forget()
        is_amiss = self._is_broken or self._is_away or bool(self.others)
        is_searching = tracked.is_seen and not self.is_locked
        interval_s = RECOVER_EVERY_S if is_amiss else SEARCH_EVERY_S
        is_due = tracked.t_s - self._last_look_s >= interval_s
        if not (is_due and (is_amiss or is_searching)):
            return False
        self._last_look_s = tracked.t_s
        return True

    def _take(self, tracked: Pose) -> None:
        self._is_broken = self._is_broken or not self._continuity.follows(tracked)
        if not self._is_broken:
            self._trusted = tracked
        box = box_of(tracked)
        self._is_away = self._place is not None and overlap(self._place, box) < PLACE_OVERLAP
        if self._is_away or not self.is_locked:
            self._watch_for_hold(tracked, box)

    def _watch_for_hold(self, tracked: Pose, box: Box) -> None:
        if not self._holds_start(tracked):
            self._hold = None
        elif self._hold is None or overlap(self._hold[1], box) < STILL_OVERLAP:
            self._hold = tracked.t_s, box
        elif tracked.t_s - self._hold[0] >= HOLD_TO_LOCK_S:
            self._place = box

    def settle(self, people: Sequence[Pose], tracked: Pose) -> bool:
        """Choose among the people seen; whether the tracker is on the wrong one."""
        mine = self._mine(people, tracked) if people else tracked
        is_astray = tracked.is_seen and _nearest([mine], box_of(tracked)) is None
        self.others = tuple(
            box_of(person)
            for person in people
            if overlap(box_of(person), box_of(mine)) < DUPLICATE_OVERLAP
        )
        if mine.is_seen and (is_astray or self._is_broken or not tracked.is_seen):
            self._continuity.restart_from(mine)
            self._trusted, self._hold = mine, None
        self._is_broken = False
        return is_astray

    def _mine(self, people: Sequence[Pose], tracked: Pose) -> Pose:
        if self._place is not None and (there := _nearest(people, self._place, PLACE_OVERLAP)):
            return there
        followed = _nearest(people, box_of(tracked)) if tracked.is_seen else None
        if self.is_locked or (tracked.is_seen and self._holds_start(tracked)):
            return followed or tracked
        holders = [person for person in people if self._holds_start(person)]
        if len(holders) == 1:
            return holders[0]
        return followed or max(people, key=lambda person: area_px2(box_of(person)))

    def behind(self, image: Image, people: Sequence[Pose]) -> Image | None:
        """The picture with all those found hidden, if nobody of them is where the person was.

        The detector sees 224 px: one large person can keep it from finding a smaller one.
        """
        if self._place is None or not people or _nearest(people, self._place, PLACE_OVERLAP):
            return None
        return masked(image, [box_of(person) for person in people], keep=self._place)

    def view(self, image: Image) -> Image:
        """The picture as the tracker may see it: with the others hidden, if there are any."""
        if not self.others or self._trusted is None:
            return image
        return masked(image, self.others, keep=box_of(self._trusted))


def _nearest(people: Sequence[Pose], box: Box, least: float = SAME_PERSON_OVERLAP) -> Pose | None:
    best = max(people, key=lambda person: overlap(box_of(person), box))
    return best if overlap(box_of(best), box) >= least else None
