"""Life in bodies that are made up: nobody is still to the last digit (docs/design.md, law 10)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from formcheck.records.pose import NOSE, Pose
from sample_videos.generator.rotations import Vector

QUIVER_PX = 0.01
"""By so much a nose moves: far too little for any measure."""


def quiver(count: int) -> Vector:
    """Pixels (count,) to move something by, of which no two near one another are the same."""
    golden = (1 + 5**0.5) / 2
    return QUIVER_PX * (np.arange(count) * golden % 1)


def alive(poses: Sequence[Pose]) -> list[Pose]:
    """The poses with a nose that quivers."""
    by_px = np.zeros((len(poses), *poses[0].xy_px.shape), np.float32)
    by_px[:, NOSE, 0] = quiver(len(poses))
    return [replace(p, xy_px=p.xy_px + by) for p, by in zip(poses, by_px, strict=True)]
