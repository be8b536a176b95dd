"""Where the limbs rest on the floor: whoever does reps stays in one place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from formcheck.exercises.postures import Posture
from formcheck.records.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Floats, Pose


@dataclass(frozen=True, eq=False)
class Place:
    """The points that may rest on the floor, (n, 2) in px, and the length of the torso."""

    points_px: Floats
    torso_px: float


def all_apart(places: Sequence[Place], home: Place) -> Floats:
    """How far of each place the point that moved least has come from `home`, in its torso lengths,
    (n,): a limb that works is free to move. NaN where nobody is seen."""
    points_px = np.stack([place.points_px for place in places])
    moved_px = np.hypot(*np.moveaxis(points_px - home.points_px, 2, 0))
    return np.asarray(np.fmin.reduce(moved_px, axis=1) / home.torso_px)


def place_of(pose: Pose, posture: Posture) -> Place:
    """Where a person is in a pose; NaN where nobody is seen."""
    rows = [side[name] for name in posture.rests_on for side in (LEFT_LANDMARKS, RIGHT_LANDMARKS)]
    xy = pose.xy_px
    torso = xy[[11, 12]].mean(axis=0) - xy[[23, 24]].mean(axis=0)
    return Place(xy[rows], max(1e-6, float(np.hypot(*torso))))


def home_of(places: Sequence[Place]) -> Place:
    """The place in the middle of several."""
    points = np.median(np.stack([place.points_px for place in places]), axis=0)
    return Place(points, float(np.median([place.torso_px for place in places])))
