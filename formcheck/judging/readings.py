"""What the conditions of the reach read in a pose, as it is drawn on the picture."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from formcheck.judging.conditions import Watch, read_signal, side_of
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.scene import Scene
from formcheck.records.events import Reading


def readings(watches: Iterable[Watch], scene: Scene, *, judged: bool) -> Iterator[Reading]:
    """A reading of each condition whose measure is seen and has a side; judged: one that is not met
    is told to be wrong, and not only not yet right."""
    for watch in watches:
        if reading := _reading(watch, scene, judged=judged):
            yield reading


def _reading(watch: Watch, scene: Scene, *, judged: bool) -> Reading | None:
    signal = watch.clause.signal
    found, which = REGISTRY[signal.name], side_of(signal, scene)
    value = read_signal(signal, scene)
    if which is None or math.isnan(value):
        return None
    landmarks = found.drawn_landmarks(scene.body(which))
    met = watch.includes(value)
    ok = met if judged or met else None
    return Reading(signal.name, found.title, value, found.unit, found.shape, landmarks, ok)
