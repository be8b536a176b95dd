"""Progress, on standard error, so that standard output holds results alone."""

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

from formcheck.running.progress import Progress as Told
from formcheck.running.progress import Step

err = Console(stderr=True)

_WORDS = {"estimating": "finding the pose", "drawing": "drawing"}


class _Rate(ProgressColumn):
    """Frames a second."""

    def render(self, task: Bar) -> Text:
        """The rate so far."""
        return Text(f"{task.speed:.0f} frames/s" if task.speed else "")


@contextmanager
def frame_bar(name: str) -> Iterator[Told]:
    """A bar over all passes through a recording of that name, with the rate and the time left."""
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bars:
        bar = bars.add_task(name, total=None)

        def told(step: Step) -> None:
            if step.doing == "fetching":
                fetching(step.text, step.share)
                return
            said = f"{name}: {_WORDS[step.doing]}"
            bars.update(bar, completed=step.done, total=step.total, description=said)

        yield told


def fetching(text: str, share: float | None) -> None:
    """Show how far the download of the pose model has come; share: 0 to 1, None if unknown."""
    percent = "" if share is None else f" {share:.0%}"
    err.print(f"{text}{percent}", highlight=False, markup=False)
