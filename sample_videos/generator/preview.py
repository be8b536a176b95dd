"""A look at a motion: `python -m sample_videos.generator.preview EXERCISE [--out FILE] [--view V]`.

One row for the good rep, the partial one and each flaw; the columns run from rest to the top.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import cv2
import numpy as np

from sample_videos.generator.camera import Shot
from sample_videos.generator.clip import Clip, Take
from sample_videos.generator.exercises import all_motions
from sample_videos.generator.light import Lighting
from sample_videos.generator.person import Person
from sample_videos.generator.repertoire import Motion, View, compose
from sample_videos.generator.room import Mat, Room
from sample_videos.generator.rotations import Vector

_TILE_PX = (400, 225)
_SHARES = (0.0, 0.35, 0.6, 1.0)
_WRITTEN = (0.5, (255, 255, 255), 1, cv2.LINE_AA)


def rows_of(motion: Motion) -> list[str]:
    """The entries of a plan that are looked at."""
    good = ["good"] * motion.cycle
    return [*good, *(["partial"] if motion.partial else []), *motion.flaws]


def clip_of(exercise: str, entry: str, *, nth: int, view: View) -> Clip:
    """A plain film of one entry, as the nth of its plan, so that sides and poses take turns."""
    motion = all_motions()[exercise]
    low, high = motion.views[view]
    azimuth_deg = (low + high) / 2
    mat = Mat((0.25, 0.38, 0.45)) if motion.on_mat else None
    return Clip(
        path=f"{exercise}/{entry}", title=entry, exercise=motion.exercise, view=view,
        person=Person(), script=compose(motion, ["good"] * nth + [entry], seed=1),
        shot=Shot(azimuth_deg, sum(motion.lens_m) / 2, size_px=_TILE_PX),
        room=Room(azimuth_deg, (0.80, 0.82, 0.78), "wood", (0.62, 0.45, 0.30), mat=mat),
        lighting=Lighting((0.7, 1.0, 0.45)),
    )  # fmt: skip


def row(exercise: str, entry: str, *, nth: int, view: View) -> Vector:
    """The pictures of one entry, left to right."""
    take = Take(clip_of(exercise, entry, nth=nth, view=view), quick=True)
    times = take.clip.script.times[-1]
    tiles = []
    for share in _SHARES:
        t_s = times.rise_s + share * (times.top_start_s - times.rise_s) + 1e-3
        picture = np.ascontiguousarray(take.frame(round(t_s * take.clip.fps)))
        cv2.putText(picture, f"{entry} {share:.0%}", (6, 18), cv2.FONT_HERSHEY_SIMPLEX, *_WRITTEN)
        tiles.append(picture)
    return np.concatenate(tiles, axis=1)


def main(arguments: list[str]) -> int:
    """Write the sheet of one motion."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("exercise", choices=sorted(all_motions()))
    parser.add_argument("--view", choices=["side", "oblique", "front"])
    parser.add_argument("--out", type=Path, default=Path("preview.png"))
    options = parser.parse_args(arguments)
    motion = all_motions()[options.exercise]
    view = options.view or next(iter(motion.views))
    rows = [
        row(options.exercise, entry, nth=min(nth, motion.cycle - 1), view=view)
        for nth, entry in enumerate(rows_of(motion))
    ]
    cv2.imwrite(str(options.out), np.concatenate(rows)[..., ::-1])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
