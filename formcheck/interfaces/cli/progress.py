"""What is told on standard error while work goes on, so that standard output holds results."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TextColumn,
    TimeRemainingColumn,
)
from rich.progress import (
    Task as Bar,
)
from rich.text import Text

from formcheck.records.frames import SourceInfo
from formcheck.running.recording import Tick
from formcheck.running.videos import Progress as Told

err = Console(stderr=True)

_WORDS = {"estimate": "finding the pose", "show": "drawing"}


class _Rate(ProgressColumn):
    """Frames a second."""

    def render(self, task: Bar) -> Text:
        """The rate so far."""
        return Text(f"{task.speed:.0f} frames/s" if task.speed else "")


@contextmanager
def frame_bar(info: SourceInfo, passes: int) -> Iterator[Tick]:
    """A bar over all passes through a recording, with the rate and the time left."""
    frames = info.frames_declared or round((info.duration_s or 0.0) * info.fps)
    total = frames * passes or None
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        bar = bars.add_task(info.name, total=total)

        def tick(step: str) -> None:
            bars.update(bar, advance=1, description=f"{info.name}: {_WORDS[step]}")

        yield tick


def fetching(text: str, share: float | None) -> None:
    """Tell how far the fetching of the pose model has come; share: 0 to 1, None if unknown."""
    percent = "" if share is None else f" {share:.0%}"
    err.print(f"{text}{percent}", highlight=False, markup=False)


SHOWN = Told(frame_bar, fetching)
"""Progress as the command line shows it."""
