"""What a report page is given of a recording."""

from __future__ import annotations

import pytest

from formcheck.exercises.catalog import find_spec
from formcheck.judging.checker import Checker
from formcheck.output.drawing.stills import Pictures
from formcheck.output.report.curves import Curves
from formcheck.output.report.page import ReportPage, render
from formcheck.records.events import Event
from formcheck.records.frames import SourceInfo
from formcheck.records.report import fold
from formcheck.running.recording import Task, page
from formcheck.words import terms
from tests import show


def page_of(*events: Event, exercise: str = "bridge", dose: str | None = None) -> ReportPage:
    spec = find_spec(exercise)
    task = Task(spec, spec.dose_by_id(dose))
    info = SourceInfo("a.mp4", (640, 360), 30.0)
    return page(task, fold(events), info, Curves(), Pictures([]))


def test_a_task_asks_its_own_dose_and_no_other_and_its_judge_asks_the_same() -> None:
    spec = find_spec("bridge")
    task = Task(spec, spec.dose_by_id("002"))
    assert task.spec == spec.with_dose(task.dose) != spec
    assert task.spec.dose == (task.dose,)
    assert task.checker().spec is task.spec


def test_a_judge_takes_no_exercise_whose_dose_is_still_open() -> None:
    with pytest.raises(AssertionError, match="in which dose"):
        Checker(find_spec("bridge"))


def test_a_hold_asked_in_one_pose_of_a_cycle_is_told_of_that_pose() -> None:
    spec = find_spec("cat_cow")
    told = terms.dose(spec.dose_by_id("001"))
    assert told.endswith("hold cat 4 s")


def test_the_note_of_a_dose_is_on_the_page() -> None:
    made = page_of(show.attempt(), dose="001")
    assert "A deep breath is taken as 4 s." in render(made)
