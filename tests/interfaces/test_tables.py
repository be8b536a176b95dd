"""What is printed for people."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from rich.console import Console, RenderableType

from formcheck.exercises.catalog import find_spec
from formcheck.exercises.reader import parse_spec
from formcheck.interfaces.cli import tables
from formcheck.records.events import Event
from formcheck.records.frames import SourceInfo
from formcheck.records.report import fold
from formcheck.running.recording import Task
from tests import show
from tests.lift import SPEC, changed


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
    assert "Left (assumed): 1 rep counted" in told
    assert "Right: 1 rep counted" in told


def test_hints_are_counted_apart_from_faults() -> None:
    hint = show.fault(2.0, 1, id="lifted_too_high", severity="info", cue="Lower is enough")
    told = verdict(hint, show.attempt(1), show.fault(6.0, 2), show.attempt(2, 8.0))
    assert "Set 1: 2 reps counted, 1 with good form, 1 hint" in told
    assert "0:02.0 Lower is enough (hint, 152°)" in told
    assert "0:06.0 Lift your hips a little higher (152°)" in told


def test_the_note_of_a_dose_is_told_under_it() -> None:
    told = verdict(exercise="bridge", dose="001")
    assert "A deep breath is taken as 4 s." in told


def test_what_a_variant_changes_stands_beside_the_rest() -> None:
    told = printed(tables.exercise(parse_spec(SPEC, "lift.toml")))
    reach = "reaches the position"
    for name in (reach, f"{reach} (less)", "low", "low (less)", "gentle (less)"):
        assert any(line.startswith(f"{name} ") for line in told.splitlines())


@pytest.mark.parametrize(("mode", "unseen"), [("timed", False), ("guided", True), ("reps", False)])
def test_of_a_guided_exercise_alone_it_is_said_that_it_is_not_seen(mode: str, unseen: bool) -> None:
    guide = '[guide]\ntighten = "Tighten"\nrelease = "Let go"\n' if mode == "guided" else ""
    spec = parse_spec(changed(("[start]", f'mode = "{mode}"\n{guide}[start]')), "lift.toml")
    told = printed(tables.exercise(spec))
    assert ("the position is timed, what is done in it is not seen" in told) is unseen
