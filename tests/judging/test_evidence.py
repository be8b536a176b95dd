"""A rep counts on evidence of the rest that it left and came back to (design.md, law 4)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.exercises.catalog import find_spec
from formcheck.judging import checker, evidence
from formcheck.judging.checker import Checker
from formcheck.records.events import Attempt, Event, Started
from formcheck.records.pose import Pose
from tests.bodies import Bridge, Camera, Move, Script, Squat, Stay, film, reps
from tests.sets import EXERCISES, LEFT, attempts, judged, repeated, workout

FPS = 20


def evidence_of(events: list[Event]) -> list[str]:
    return [event.evidence for event in events if isinstance(event, Started)]


def set_of(name: str, count: int, *, still_s: float = 0.0, then_s: float = 0.0) -> list[Pose]:
    """So many reps on end, without a pause that could pass for stillness."""
    exercise = EXERCISES[name]
    moves = [part for part in repeated(name, "fast", count=count) if not isinstance(part, Stay)]
    still = (Stay(still_s),) if still_s else ()
    after = (Stay(then_s),) if then_s else ()
    script = Script(exercise.rest, (*still, *moves, *after))
    return film(script, exercise.camera, fps=FPS)


@pytest.mark.parametrize("name", EXERCISES)
def test_reps_without_a_still_moment_count_all_the_first_too(name: str) -> None:
    events = judged(set_of(name, 4), EXERCISES[name].id)
    assert evidence_of(events) == ["repeated"]
    assert [attempt.counts for attempt in attempts(events)] == [True] * 4


@pytest.mark.parametrize("name", EXERCISES)
def test_one_whole_rep_counts_once_nothing_more_comes_and_not_before(name: str) -> None:
    spec, poses = find_spec(EXERCISES[name].id).with_dose(), set_of(name, 1)
    judge = Checker(spec)
    before = [event for pose in poses for event in judge.update(pose)]
    after = judge.finish()
    assert not attempts(before)
    assert evidence_of(after) == ["alone"]
    (attempt,) = attempts(after)
    assert attempt.counts
    assert attempt.in_hindsight


@pytest.mark.parametrize("name", EXERCISES)
def test_a_rest_held_still_only_at_the_end_counts_the_rep_before_it(name: str) -> None:
    events = judged(set_of(name, 1, then_s=2.0), EXERCISES[name].id)
    assert evidence_of(events) == ["still"]
    assert [attempt.counts for attempt in attempts(events)] == [True]


@pytest.mark.parametrize("name", EXERCISES)
def test_a_still_moment_before_a_set_changes_nothing_of_its_reps(name: str) -> None:
    at_once, still = (
        attempts(judged(set_of(name, 4, still_s=s), EXERCISES[name].id)) for s in (0.0, 2.0)
    )
    assert [a.outcome for a in at_once] == [a.outcome for a in still]
    for one, other in zip(at_once, still, strict=True):
        assert one.start_s == pytest.approx(other.start_s - 2.0, abs=0.2)
        assert one.peak == pytest.approx(other.peak, abs=1.0)


@pytest.mark.parametrize("name", EXERCISES)
def test_a_set_filmed_backwards_counts_the_same(name: str) -> None:
    poses = set_of(name, 3)
    backwards = [replace(pose, t_s=poses[-1].t_s - pose.t_s) for pose in reversed(poses)]
    counts = [sum(a.counts for a in attempts(judged(p, EXERCISES[name].id)))
              for p in (poses, backwards)]  # fmt: skip
    assert counts == [3, 3]


def test_movements_that_are_unlike_are_no_evidence() -> None:
    moves = (
        Move(Squat(32), 0.6),
        Move(Squat(), 0.6),
        Move(Squat(-20, 55), 0.9),
        Move(Squat(), 0.9),
    )
    poses = film(Script(Squat(), (*moves, Stay(0.1))), LEFT, fps=FPS)
    judge = Checker(find_spec("bodyweight_squat").with_dose())
    assert not attempts([event for pose in poses for event in judge.update(pose)])


def test_a_rep_much_smaller_than_the_others_is_not_counted_with_them() -> None:
    small, whole = Bridge(167), Bridge(186)
    parts = (*reps(1, Bridge(150), small, rise_s=0.6, lower_s=0.6),
             *reps(3, Bridge(110), whole, rise_s=0.7, lower_s=0.7))  # fmt: skip
    events = judged(film(Script(Bridge(110), parts), Camera(-90), fps=FPS), "bridge")
    assert sum(attempt.counts for attempt in attempts(events)) <= 4


@pytest.mark.parametrize("count", [1, 7, 10_000])
def test_what_is_gone_back_over_is_the_same_in_slices_of_any_size(
    count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    poses = set_of("squat_side", 4, then_s=3.0)
    as_ever = judged(poses, "bodyweight_squat")
    monkeypatch.setattr(checker, "SLICE", count)
    assert repr(judged(poses, "bodyweight_squat")) == repr(as_ever)


def test_no_more_is_remembered_than_a_minute() -> None:
    spec = find_spec("bodyweight_squat").with_dose()
    wait = evidence.Wait(spec, stature_in=None, near=None)
    for pose in film(Script(Squat(20), (Stay(90),)), LEFT, fps=10):
        wait.update(pose)
    assert wait.remembered_s <= evidence.MEMORY_S


# --- what the recording begins or ends in -----------------------------------------------------


def cut(poses: list[Pose], from_s: float = 0.0, to_s: float = 1e9) -> list[Pose]:
    return [pose for pose in poses if from_s <= pose.t_s <= to_s]


def rise_of(name: str, number: int, pace: str = "normal") -> tuple[list[Pose], Attempt]:
    poses = workout(name, pace).film(FPS)
    return poses, attempts(judged(poses, EXERCISES[name].id))[number]


@pytest.mark.parametrize(
    ("late_s", "outcome"),
    [(0.15, "full"), (1.4, "cut_off")],
    ids=["soon after its beginning", "near its top"],
)
def test_a_rep_under_way_as_the_recording_begins(late_s: float, outcome: str) -> None:
    poses, first = rise_of("squat_side", 0)
    told = attempts(judged(cut(poses, first.start_s + late_s), "bodyweight_squat"))
    assert [a.outcome for a in told] == [outcome, *["full"] * 4]
    assert told[0].start_seen == (outcome == "full")


def test_a_slow_rise_that_is_seen_from_late_on_is_not_counted() -> None:
    poses, first = rise_of("squat_side", 0, "slow")
    told = attempts(judged(cut(poses, first.start_s + 0.85), "bodyweight_squat"))
    assert [a.outcome for a in told] == ["cut_off", "full", "full"]


def test_a_return_alone_is_no_rep() -> None:
    poses, first = rise_of("squat_side", 0)
    told = attempts(judged(cut(poses, first.t_s - 0.35), "bodyweight_squat"))
    assert [a.outcome for a in told] == ["full"] * 4


@pytest.mark.parametrize(("early_s", "last"), [(1.2, "cut_off"), (0.06, "full")])
def test_a_rep_that_the_recording_ends_in(early_s: float, last: str) -> None:
    poses, third = rise_of("squat_side", 2)
    told = attempts(judged(cut(poses, to_s=third.t_s - early_s), "bodyweight_squat"))
    assert [a.outcome for a in told] == ["full", "full", last]
    assert sum(a.counts for a in told) == 2 + (last == "full")
