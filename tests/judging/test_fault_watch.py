"""Faults of an attempt: instants that must last, values of a phase, numbers of the whole."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest

from formcheck.exercises.catalog import find_spec
from formcheck.exercises.clauses import parse_clause
from formcheck.exercises.model import FaultRule
from formcheck.judging.checker import Checker
from formcheck.judging.conditions import Watch
from formcheck.judging.faults import LASTING_S, FaultWatch
from formcheck.measuring.movement import Movement
from formcheck.measuring.smoothing import Sample
from formcheck.records.events import Event, Fault, Source
from formcheck.records.reasons import Bound
from formcheck.records.report import Report, fold
from tests.bodies import Bridge, Posture, Quadruped, Script, Stay, bird_dog, film, noisy, reps

OURS = Source("ours", "why")

Rules = Sequence[FaultRule]


def fault(*clauses: str, during: str = "attempt") -> FaultWatch:
    """A watch over faults of the knee, told in column 0."""
    rule = FaultRule(
        id="bent", during=during, when=list(clauses), severity="warn", cue="Straighten",
        rule=OURS, number=OURS,
    )  # fmt: skip
    watches = tuple(Watch(parse_clause(text), (0,)) for text in clauses)
    for watch in watches:
        watch.bind(lambda _: 100.0, lambda _: 0.0)
    watcher = FaultWatch(rule, watches)
    watcher.begin()
    return watcher


def sample(t_s: float, knee_deg: float) -> Sample:
    row = np.array([knee_deg])
    return Sample(t_s, row, row)


def movement(*knee_deg: float, tops: tuple[tuple[float, float], ...] = ()) -> Movement:
    """Samples half a second apart from 0 on."""
    made = Movement(0.0, 0, 1, 100.0, [], list(tops))
    for i, angle in enumerate(knee_deg):
        made.add(sample(i / 2, angle))
    return made


# --- at instants ------------------------------------------------------------------------------


def test_a_fault_is_told_once_as_soon_as_it_has_lasted() -> None:
    watcher = fault("knee near below 90 deg for 0.3 s")
    told = [watcher.follow(sample(tenth / 10, 80)) for tenth in range(8)]
    found = [i for i, finding in enumerate(told) if finding]
    assert found == [3]
    assert told[3].t_s == 0.3
    assert told[3].value == 80


def test_a_fault_that_does_not_say_how_long_must_last_a_moment() -> None:
    watcher = fault("knee near below 90 deg")
    told = [watcher.follow(sample(tenth / 10, 80)) for tenth in range(8)]
    assert [i / 10 for i, finding in enumerate(told) if finding] == [LASTING_S]


@pytest.mark.parametrize("between", [95.0, math.nan])
def test_a_fault_that_is_interrupted_or_not_seen_begins_anew(between: float) -> None:
    watcher = fault("knee near below 90 deg for 0.25 s")
    course = [80, 80, 80, between, 80, 80, 80, 80]
    told = [watcher.follow(sample(i / 10, angle)) for i, angle in enumerate(course)]
    assert [i for i, finding in enumerate(told) if finding] == [7]


def test_leaving_the_phase_makes_it_begin_anew() -> None:
    watcher = fault("knee near below 90 deg for 0.3 s")
    assert not watcher.follow(sample(0.0, 80))
    watcher.pause()
    assert not watcher.follow(sample(0.35, 80))
    assert watcher.follow(sample(0.7, 80))


def test_a_new_attempt_can_show_the_fault_again() -> None:
    watcher = fault("knee near below 90 deg for 0.0 s")
    assert watcher.follow(sample(0.0, 80))
    assert not watcher.follow(sample(0.1, 80))
    watcher.begin()
    assert watcher.follow(sample(5.0, 80))


def test_any_of_several_clauses_is_a_fault() -> None:
    watcher = fault("knee near below 90 deg for 0.3 s", "knee near above 150 deg for 0.1 s")
    assert not watcher.follow(sample(0.0, 160))
    finding = watcher.follow(sample(0.1, 160))
    assert finding
    assert finding.value == 160


# --- in the start posture ---------------------------------------------------------------------


def test_the_start_posture_is_judged_by_its_resting_value() -> None:
    watcher = fault("knee near above 105 deg", during="start")
    assert watcher.at_rest(sample(2.0, 110)).met
    assert not watcher.at_rest(sample(2.0, 100)).met
    assert not watcher.at_rest(sample(2.0, math.nan)).met
    assert watcher.at_rest(sample(2.0, 110)).value == 110


# --- at the end of an attempt -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("over", "value", "t_s"), [("highest", 150, 1.0), ("lowest", 100, 0.0), ("median", 120, 0.5)]
)
def test_a_value_of_the_phase_is_told_with_its_own_moment(
    over: str, value: float, t_s: float
) -> None:
    finding = fault(f"{over} knee near between 90 and 160 deg").conclude(
        movement(100, 120, 150, 140, 110)
    )
    assert (finding.met, finding.value, finding.t_s) == (True, value, t_s)


def test_only_the_phase_that_is_meant_is_judged() -> None:
    moved = movement(100, 120, 150, 151, 110, 80, tops=((0.9, 1.6),))
    assert fault("lowest knee near below 360 deg", during="top").conclude(moved).value == 150
    assert fault("highest knee near below 360 deg", during="return").conclude(moved).value == 110
    assert fault("lowest knee near below 360 deg").conclude(moved).value == 80


def test_what_was_never_seen_is_neither_right_nor_wrong() -> None:
    finding = fault("lowest knee near below 90 deg").conclude(movement(math.nan, math.nan))
    assert finding.met is None
    assert math.isnan(finding.value)


def test_what_was_seen_for_a_moment_only_is_neither_right_nor_wrong() -> None:
    hidden = [math.nan] * 3
    low = fault("highest knee near below 90 deg", during="top")
    assert low.conclude(movement(80, 80, *hidden, tops=((0, 2.0),))).met is None
    assert low.conclude(movement(80, 80, 80, *hidden, tops=((0, 2.5),))).met


def test_what_lasted_is_found_at_the_end_as_well() -> None:
    moved = movement(100, 80, 80, 80, 100)
    assert fault("knee near below 90 deg for 1 s").conclude(moved).met
    assert not fault("knee near below 90 deg for 1.5 s").conclude(moved).met


def test_a_number_of_the_whole_attempt_that_cannot_be_read_is_no_fault() -> None:
    assert fault("hold_sag above 8 deg").conclude(movement(100, 120)).met is False


def test_a_fault_is_told_with_its_rule_in_words_its_cue_and_its_source() -> None:
    watcher = fault("highest knee near rises 20 deg", "knee near below 90 deg")
    event = watcher.event(watcher.conclude(movement(100, 130)), attempt=3, side="left")
    assert event == Fault(
        t_s=0.5, id="bent", severity="warn", cue="Straighten", attempt=3, side="left", value=130,
        unit="deg", rule="highest knee near rises 20 deg or knee near below 90 deg", source=OURS,
        bounds=(
            Bound("knee", "near", 20, math.inf, "deg", over="highest", from_rest=True),
            Bound("knee", "near", -math.inf, 90, "deg"),
        ),
    )  # fmt: skip


# --- in whole recordings ----------------------------------------------------------------------


def judged(
    exercise: str, script: Script, *, fps: float, percent: float = 0.0, rules: Rules = ()
) -> Report:
    """rules: faults that are watched instead of the exercise's own."""
    spec = find_spec(exercise).with_dose()
    checker = Checker(spec.model_copy(update={"fault": list(rules)}) if rules else spec)
    poses = film(script, fps=fps)
    if percent:
        poses = noisy(poses, percent, correlation_s=0.1)
    events: list[Event] = [event for pose in poses for event in checker.update(pose)]
    return fold(events + checker.finish())


def faults_of(report: Report) -> list[set[str]]:
    return [{fault.id for fault in rep.faults} for rep in report.reps]


@pytest.mark.parametrize("fps", [10, 25, 60])
@pytest.mark.parametrize(
    ("exercise", "rest", "top", "fast_s", "slow_s"),
    [
        ("bridge", Bridge(), Bridge(172), 0.8, 1.2),
        ("bird_dog", Quadruped(), bird_dog(), 0.6, 1.0),
    ],
)
def test_dropping_fast_is_told_at_any_frame_rate_and_coming_back_slowly_never(
    fps: int, exercise: str, rest: Posture, top: Posture, fast_s: float, slow_s: float
) -> None:
    for lower_s, due in ((fast_s, True), (slow_s, False)):
        one = reps(1, rest, top, hold_s=2, lower_s=lower_s, pause_s=1.5)
        (found,) = faults_of(judged(exercise, Script(rest, (Stay(2), *one)), fps=fps))
        assert ("dropped_fast" in found) is due


@pytest.mark.parametrize("fps", [8, 15, 30])
@pytest.mark.parametrize(("rise_s", "due"), [(0.3, True), (2.0, False)])
def test_a_rise_that_is_nearly_over_at_its_first_picture_is_told_as_fast(
    fps: int, rise_s: float, due: bool
) -> None:
    rule = FaultRule(
        id="too_fast", during="attempt", when=["rise_time below 0.31 s"], severity="warn",
        cue="Slower", rule=OURS, number=OURS,
    )  # fmt: skip
    one = reps(1, Bridge(), Bridge(172), rise_s=rise_s, hold_s=2, pause_s=1.5)
    script = Script(Bridge(), (Stay(2), *one))
    (found,) = faults_of(judged("bridge", script, fps=fps, rules=[rule]))
    assert found == ({"too_fast"} if due else set())


def test_dropping_fast_after_a_long_wobbling_hold_is_told() -> None:
    drops = reps(4, Bridge(), Bridge(172), hold_s=8, lower_s=0.4, pause_s=1.5)
    report = judged("bridge", Script(Bridge(), (Stay(2), *drops)), fps=60, percent=2)
    told = sum("dropped_fast" in found for found in faults_of(report))
    assert told >= 3
