"""The end of a session on the page: sets, what to correct, the longest hold."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from formcheck.coaching.course import Flow
from formcheck.coaching.queue import Speaker
from formcheck.coaching.sets import Plan, SetTally
from formcheck.exercises.catalog import find_spec, safety_rules
from formcheck.exercises.model import ExerciseSpec
from formcheck.interfaces.web.summary import summary_values
from formcheck.records.events import Event
from formcheck.records.report import fold
from formcheck.running.recording import Outputs, Task
from formcheck.running.writing_up import Part
from tests.show import attempt, fault, hold

BRIDGE = find_spec("bridge")
SQUAT = find_spec("bodyweight_squat")


def part(*events: Event) -> Part:
    task = Task(BRIDGE, BRIDGE.dose[0])
    return Part(task, Outputs.beside(Path("set"), None), fold(events), {})


def summed_up(
    *parts: Part, spec: ExerciseSpec = BRIDGE, sets: tuple[SetTally, ...] = ()
) -> dict[str, Any]:
    plan = Plan.of(spec, spec.dose[0], reps=None, sets=None, rest_s=30.0)
    flow = Flow(plan, Speaker(), safety_rules().pain)
    flow.sets[:] = sets or flow.sets
    return summary_values(flow, parts)


def test_each_set_tells_how_many_were_counted_good_and_tried() -> None:
    hint = fault(8.0, 2, severity="info")
    tries = [
        fault(2.0, 1), attempt(1), hint, attempt(2, 9.0), attempt(3, outcome="short_hold"),
        attempt(4, outcome="partial"),
    ]  # fmt: skip
    told = summed_up(sets=(SetTally(tries), SetTally()))
    assert told["sets"] == [
        {"done": 3, "good": 1, "tries": 4},
        {"done": 0, "good": 0, "tries": 0},
    ]


def test_what_to_correct_is_counted_by_reps_over_all_parts() -> None:
    twice = part(attempt(1), fault(2.0), fault(3.0), attempt(2, 9.0), fault(8.0, 2))
    told = summed_up(twice, part(attempt(1), fault(cue="Feet flat")))
    assert told["to_correct"] == [f"{fault().cue} (2 reps)", "Feet flat (1 rep)"]


def test_the_longest_hold_of_all_parts_is_told() -> None:
    held = [part(attempt(1), hold(2.0, end_s)) for end_s in (5.0, 9.0, 6.0)]
    assert summed_up(*held)["best_hold_s"] == 7.0


def test_no_hold_is_told_where_none_was_asked() -> None:
    assert not SQUAT.dose[0].hold_s
    assert summed_up(part(attempt(1), hold()), spec=SQUAT)["best_hold_s"] == 0.0


def test_a_session_in_which_nothing_was_seen_sums_up_to_nothing() -> None:
    told = summed_up()
    assert (told["to_correct"], told["best_hold_s"]) == ([], 0.0)
    assert told["title"] == "Bridge: 0 reps"
    assert told["nothing_to_correct"] == "No rep was counted; the report says why."
