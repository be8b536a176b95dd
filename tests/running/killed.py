"""A run for a test to kill: `python -m tests.running.killed FOLDER live|video`.

It judges a film of bridges without camera or model, and prints a line for each frame that was
taken in, with the number of reps that were finished by then.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import formcheck
from formcheck.coaching.sets import Plan
from formcheck.exercises.catalog import find_spec
from formcheck.interfaces.cli import signals
from formcheck.records.frames import Frame
from formcheck.running.live import Live, View
from formcheck.running.recording import Task
from tests.bodies import Bridge, Camera, Script, Stay, film, reps
from tests.running.poses_as_film import Filmed, in_place_of_files

FPS = 12.5
NAME = "set"


def bridges() -> Filmed:
    """Four bridges."""
    done = reps(4, Bridge(), Bridge(178), hold_s=0.6)
    poses = film(Script(Bridge(), (Stay(2), *done, Stay(2))), Camera(azimuth_deg=-90), fps=FPS)
    return Filmed(poses, fps=FPS)


class _Told(Filmed):
    """Says of every frame when the next is asked for, which is when it was taken in."""

    def __init__(self, film: Filmed) -> None:
        super().__init__(list(film._poses.values()), fps=FPS)
        self.finished = 0

    def __iter__(self) -> Iterator[Frame]:
        for number, frame in enumerate(super().__iter__()):
            yield frame
            sys.stdout.write(f"{number} {self.finished}\n")
            sys.stdout.flush()


def _live(folder: Path, film: _Told) -> None:
    def show(view: View) -> None:
        if view.status:
            film.finished = view.status.counted

    spec = find_spec("bridge")
    plan = Plan.of(spec, spec.dose[0], reps=20, sets=1, rest_s=20)
    live = Live(Task(spec, spec.dose[0]), plan, base=folder / NAME, show=show)
    live.play(film, film, model_sha256="of no model")


def main(folder: str, kind: str) -> None:
    """Run it to its end."""
    signals.end_on_request()
    film = _Told(bridges())
    if kind == "live":
        _live(Path(folder), film)
        return
    with in_place_of_files(film):
        formcheck.judge(f"{NAME}.mp4", "bridge", out=folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
