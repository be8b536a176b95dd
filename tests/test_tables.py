"""What is printed for people."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console, RenderableType

from formcheck import tables
from formcheck.catalog import find_spec
from formcheck.events import Event
from formcheck.recording import Task
from formcheck.report import fold
from formcheck.sources.frames import SourceInfo
from tests import show


def printed(parts: Iterable[RenderableType]) -> str:
    console = Console(width=160)
    with console.capture() as capture:
        for part in parts:
            console.print(part)
    return capture.get()


def verdict(*events: Event, exercise: str = "bird_dog", dose: str | None = None) -> str:
    spec = find_spec(exercise)
    task = Task(spec, spec.dose_by_id(dose))
    info = SourceInfo("a.mp4", (640, 360), 30.0)
    return printed(tables.verdict(fold(events), task, info))


def test_totals_of_a_side_say_where_it_is_assumed() -> None:
    left = show.attempt(1, side="left", side_assumed=True)
    told = verdict(left, show.attempt(2, 8.0, side="right"))
    assert "Left (assumed): 1 counted" in told
    assert "Right: 1 counted" in told
