"""The report is a fold over the events, and the events are plain JSON."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from typing import Any, get_args

import pytest

from formcheck.records.events import (
    Attempt,
    Check,
    Discarded,
    Event,
    Fault,
    Found,
    Hold,
    Lost,
    NotJudged,
    PhaseChanged,
    Remark,
    Source,
    Started,
)
from formcheck.records.reasons import Bound, Reason
from formcheck.records.report import SET_GAP_S, fold

BOUND = Bound("hip_ext", "near", 165.0, math.inf, "deg")
CHECK = Check("reach", "hip_ext near above 165 deg", BOUND, 172.0, True, 3.5)
FRONT = Reason("other_view", views=("front",))


def attempt(number: int, **changes: Any) -> Attempt:
    """A full rep that begins every 10 s and takes 4."""
    start_s = 10.0 * number
    made = Attempt(
        t_s=start_s + 4, number=number, outcome="full", reason=None, start_s=start_s,
        top_s=start_s + 2, hold_s=1.0, hold_asked_s=0.0, peak=172.0, unit="deg", side=None,
        side_assumed=False, checks=(CHECK,),
    )  # fmt: skip
    return replace(made, **changes)


def fault(attempt: int | None, *, severity: str = "warn", fault_id: str = "low") -> Fault:
    source = Source("ours", "why")
    return Fault(
        1.0, fault_id, severity, "Higher", attempt, None, 150.0, "deg", "rule", (BOUND,), source
    )


def hold(attempt: int, seconds: float) -> Hold:
    return Hold(5.0, 5.0 - seconds, seconds, attempt, None)


EVERY_KIND: tuple[Event, ...] = (
    Started(1.0, "side", "left", {"hip_ext near": 122.0}, {"hip_ext near": math.nan}),
    PhaseChanged(2.0, "moving"),
    Lost(3.0, ("left knee",)),
    Found(4.0),
    hold(1, 2.0),
    attempt(1),
    Discarded(5.0, 4.0, 130.0, Reason("too_small")),
    fault(1),
    NotJudged(6.0, "knees_in", FRONT),
    Remark(7.0, "side_missing", side="left"),
)


# --- events as JSON ---------------------------------------------------------------------------


def test_every_kind_of_event_is_covered_here() -> None:
    assert {type(event) for event in EVERY_KIND} == set(get_args(Event))


def test_kinds_are_told_apart() -> None:
    kinds = [event.kind for event in EVERY_KIND]
    assert len(set(kinds)) == len(kinds)


# --- the fold ---------------------------------------------------------------------------------


def test_without_events_there_is_nothing_to_report() -> None:
    report = fold([])
    assert report.reps == report.faults == report.not_judged == report.remarks == ()
    assert report.view is None
    assert report.sets == report.sides == {}
    assert report.why_never_judged is None
    assert report.totals.counted == report.totals.best_hold_s == 0


def test_full_and_short_held_reps_are_counted_and_every_outcome_is_told() -> None:
    outcomes = ("full", "full", "short_hold", "partial", "not_judged")
    report = fold(attempt(i, outcome=outcome) for i, outcome in enumerate(outcomes, 1))
    totals = report.totals
    assert (totals.full, totals.short_hold, totals.partial, totals.not_judged) == (2, 1, 1, 1)
    assert totals.counted == 3 == sum(rep.attempt.counts for rep in report.reps)


def test_discarded_movements_are_no_reps() -> None:
    assert fold(EVERY_KIND).totals.counted == 1
    assert len(fold(EVERY_KIND).reps) == 1


def test_a_rep_is_good_if_it_is_full_and_has_nothing_to_correct() -> None:
    events = [
        attempt(1), attempt(2), fault(2, severity="info"), attempt(3), fault(3),
        attempt(4, outcome="short_hold"), attempt(5), fault(5, severity="safety"),
    ]  # fmt: skip
    report = fold(events)
    assert [rep.is_good for rep in report.reps] == [True, True, False, False, False]
    assert report.totals.good == 2
    assert report.totals.hints == 1


def test_faults_holds_and_what_was_not_judged_go_to_their_rep_or_to_none() -> None:
    unjudged = NotJudged(1.0, "back_arching", Reason("no_outline"), 2)
    general = NotJudged(1.0, "knees_in", FRONT)
    events = [fault(None), fault(1), hold(2, 3.0), attempt(1), unjudged, general, attempt(2)]
    report = fold(events)
    first, second = report.reps
    assert first.faults == (fault(1),)
    assert (first.holds, first.not_judged) == ((), ())
    assert (second.holds, second.not_judged, second.faults) == ((hold(2, 3.0),), (unjudged,), ())
    assert (report.faults, report.not_judged) == ((fault(None),), (general,))


def test_a_fault_of_an_attempt_that_was_never_closed_is_not_lost() -> None:
    report = fold([attempt(1), fault(7)])
    assert report.faults == (fault(7),)


def test_holds_are_told_as_the_best_one_and_all_together() -> None:
    totals = fold([hold(1, 3.0), hold(1, 4.0), attempt(1), hold(2, 2.0), attempt(2)]).totals
    assert (totals.best_hold_s, totals.total_hold_s) == (4.0, 9.0)


@pytest.mark.parametrize(("pause_s", "sets"), [(SET_GAP_S, [1, 1]), (SET_GAP_S + 0.1, [1, 2])])
def test_a_long_pause_begins_another_set(pause_s: float, sets: list[int]) -> None:
    first, second = attempt(1), attempt(2)
    second = replace(second, start_s=first.t_s + pause_s, t_s=first.t_s + pause_s + 4)
    report = fold([first, second])
    assert [rep.set_number for rep in report.reps] == sets
    assert {number: totals.full for number, totals in report.sets.items()} == {
        number: sets.count(number) for number in sets
    }


def test_sides_are_told_left_first_each_with_its_own_totals() -> None:
    events = [
        attempt(1, side="right"), attempt(2, side="left"),
        attempt(3, side="right", outcome="partial"), hold(2, 5.0),
    ]  # fmt: skip
    sides = fold(events).sides
    assert list(sides) == ["left", "right"]
    assert (sides["left"].full, sides["left"].best_hold_s) == (1, 5.0)
    assert (sides["right"].full, sides["right"].partial, sides["right"].best_hold_s) == (1, 1, 0.0)


def test_a_side_is_assumed_where_that_of_any_of_its_reps_is() -> None:
    events = [attempt(1, side="left"), attempt(2, side="left", side_assumed=True)]
    report = fold([*events, attempt(3, side="right")])
    assert [report.is_assumed(side) for side in report.sides] == [True, False]


def test_the_view_is_the_last_one_the_person_was_seen_from() -> None:
    side = Started(1.0, "side", "left", {}, {})
    assert fold([side, replace(side, view="front")]).view == "front"


def test_a_recording_that_was_never_judged_says_why() -> None:
    why = NotJudged(9.0, "recording", Reason("view"))
    other = NotJudged(1.0, "knees_in", FRONT)
    assert fold([other, why]).why_never_judged == why.reason
    assert fold([other]).why_never_judged is None


def test_the_totals_are_strict_json() -> None:
    events = [attempt(1, side="left"), attempt(2, side=None), hold(1, 2.0)]
    found = json.loads(json.dumps(fold(events).as_json(), allow_nan=False))
    assert found["counted"] == found["full"] == 2
    assert found["total_hold_s"] == 2
    assert list(found["sides"]) == ["left", "none"]
    assert found["sets"]["1"]["counted"] == 2


def test_the_report_does_not_depend_on_when_it_is_folded() -> None:
    """Live totals are folds over what was told so far: the last equals the one of the file."""
    events = [attempt(1), fault(1), hold(1, 2.0), attempt(2)]
    assert fold(iter(events)) == fold(events)
