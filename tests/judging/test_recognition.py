"""Which exercise is being done: sets, rivals and twins, and nothing where nothing fits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from formcheck.exercises.catalog import all_specs, find_spec
from formcheck.judging.recognition import Candidate, Recogniser, candidates, resolved
from formcheck.records.events import Attempt, Fault, Source
from formcheck.records.pose import Pose
from formcheck.records.report import SET_GAP_S, fold
from formcheck.running.recording import Task, Window, judge, recognise, windows
from formcheck.storage.pose_tracks import PoseTrack
from sample_videos.expected import FOLDER

BRIDGE = Task(find_spec("bridge"), find_spec("bridge").dose[0])


def attempt(number: int, start_s: float, outcome: str = "full", hold_s: float = 1.0) -> Attempt:
    return Attempt(
        t_s=start_s + 3, number=number, outcome=outcome, reason=None, start_s=start_s,  # type: ignore[arg-type]
        top_s=start_s + 1, hold_s=hold_s, hold_asked_s=0, peak=1, unit="deg", side=None,
        side_assumed=False, checks=(),
    )  # fmt: skip


def warning(number: int) -> Fault:
    source = Source("ours", "a test")
    return Fault(1.0, "hips_low", "warn", "Up", number, None, 1.0, "deg", "rule", (), source)


def found(exercise: str, score: float, start_s: float = 0.0, end_s: float = 10.0) -> Candidate:
    return Candidate(find_spec(exercise), start_s, end_s, score)


def test_a_long_pause_parts_two_sets() -> None:
    one, two = candidates(find_spec("bridge"), [attempt(1, 0), attempt(2, 5), attempt(3, 40)], [])
    assert (one.start_s, one.end_s, one.score) == (0, 8, 2)
    assert (two.start_s, two.score) == (40, 1)


@pytest.mark.parametrize(("pause_s", "told"), [(SET_GAP_S, 1), (SET_GAP_S + 0.1, 2)])
def test_sets_are_parted_by_the_same_pause_as_in_the_report(pause_s: float, told: int) -> None:
    first = attempt(1, 0)
    both = [first, attempt(2, first.t_s + pause_s)]
    assert len(candidates(find_spec("bridge"), both, [])) == len(fold(both).sets) == told


def test_partial_attempts_alone_explain_nothing() -> None:
    partial = [attempt(n, 4.0 * n, "partial") for n in range(20)]
    assert candidates(find_spec("bridge"), partial, []) == []


def test_a_top_that_was_held_explains_an_attempt_whose_end_was_not_seen() -> None:
    spec = find_spec("cobra")
    assert candidates(spec, [attempt(1, 0, "not_judged", hold_s=1.5)], []) == []
    unfinished = candidates(spec, [attempt(1, 0, "not_judged", hold_s=5.0)], [])
    (one,) = resolved(unfinished)
    assert (one.spec.id, one.sureness) == ("cobra", "unsure")
    warned = candidates(spec, [attempt(1, 0, "not_judged", hold_s=5.0)], [warning(1)])
    assert warned == []


@pytest.mark.parametrize(("after_s", "told"), [(-0.5, 1), (2.0, 1), (6.0, 2)])
@pytest.mark.parametrize("outcome", ["full", "not_judged"])
def test_one_movement_on_leaving_a_set_is_no_set(outcome: str, after_s: float, told: int) -> None:
    bridges = candidates(find_spec("bridge"), [attempt(1, 0), attempt(2, 5)], [])
    rising = attempt(1, bridges[0].end_s + after_s, outcome, hold_s=2.3)
    crunch = candidates(find_spec("abdominal_crunch"), [rising], [])
    assert len(resolved([*bridges, *crunch])) == told


def test_a_warned_attempt_is_worth_less_than_a_clean_one() -> None:
    (clean,) = candidates(find_spec("bridge"), [attempt(1, 0)], [])
    (warned,) = candidates(find_spec("bridge"), [attempt(1, 0)], [warning(1)])
    assert warned.score < clean.score


@pytest.mark.parametrize("exercise", ["plank", "pelvic_tilt"])
def test_a_moment_in_a_position_is_no_timed_hold(exercise: str) -> None:
    outcome = "timed" if exercise == "pelvic_tilt" else "full"
    spec = find_spec(exercise)
    assert candidates(spec, [attempt(1, 0, outcome, hold_s=2.0)], []) == []
    assert candidates(spec, [attempt(1, 0, outcome, hold_s=8.0)], [])


def test_a_timed_rest_in_which_something_else_was_done_explains_nothing() -> None:
    lifted = replace(warning(1), id="feet_off_floor", severity="info")
    resting, spec = attempt(1, 0, "timed", hold_s=8.0), find_spec("pelvic_tilt")
    assert candidates(spec, [resting], [lifted]) == []
    (clean,) = candidates(find_spec("bridge"), [attempt(1, 0)], [lifted])
    assert clean.score == 1


def test_of_rivals_the_one_that_explains_more_is_told_and_how_surely() -> None:
    (one,) = resolved([found("bridge", 3), found("plank", 1)])
    assert (one.spec.id, one.sureness) == ("bridge", "sure")
    (one,) = resolved([found("bridge", 3), found("plank", 2)])
    assert one.sureness == "likely"
    assert one.rivals == ()
    (one,) = resolved([found("bridge", 3), found("plank", 2.9), found("cobra", 1)])
    assert (one.sureness, one.rivals) == ("unsure", ("plank",))


def test_one_attempt_alone_is_never_sure_unless_a_long_hold_is_all_there_is() -> None:
    told = {e: resolved([found(e, 1)])[0].sureness for e in ("bridge", "plank", "adductor_stretch")}
    assert told == {"bridge": "likely", "plank": "sure", "adductor_stretch": "sure"}
    (faulty,) = resolved([found("plank", 0.6)])
    assert faulty.sureness == "unsure"


def test_partial_movements_beside_a_whole_one_make_it_no_surer() -> None:
    assert resolved([found("ankle_pumps", 1.2)])[0].sureness == "likely"


def test_one_movement_that_is_over_within_a_second_is_unsure_for_it_may_be_a_step() -> None:
    told = [resolved([found("banded_lateral_walk", n, end_s=0.7)])[0].sureness for n in (1, 2)]
    assert told == ["unsure", "sure"]


def test_what_would_pass_for_another_is_meant_where_both_fit() -> None:
    (one,) = resolved([found("abdominal_crunch", 2), found("partial_curl_up", 2)])
    assert (one.spec.id, one.sureness) == ("partial_curl_up", "sure")
    (one,) = resolved([found("abdominal_crunch", 2), found("partial_curl_up", 1)])
    assert one.spec.id == "abdominal_crunch"


def test_twins_that_no_camera_tells_apart_are_told_together() -> None:
    (one,) = resolved([found("superman", 2), found("prone_both_arms_legs", 2)])
    assert {one.spec.id, *one.twins} == {"superman", "prone_both_arms_legs"}
    assert one.sureness == "sure"


def test_sets_one_after_the_other_are_told_in_time_order_and_judged_each_in_its_window() -> None:
    sets = resolved([found("plank", 1, 30, 50), found("bridge", 3, 0, 20)])
    assert [one.spec.id for one in sets] == ["bridge", "plank"]
    first, second = windows(sets)
    assert second.start_s == sets[0].end_s
    assert first.end_s == sets[1].start_s
    assert Window(10, 20).holds(Pose.nobody(10.0, (640, 360)))
    assert not Window(10, 20).holds(Pose.nobody(20.0, (640, 360)))


def test_two_exercises_in_one_recording_are_parted() -> None:
    recogniser = Recogniser(all_specs())
    late_s = 0.0
    for exercise in ("straight_leg_raise", "heel_raise"):
        (path,) = (FOLDER / exercise).glob("*.truth.npz")
        poses = list(PoseTrack(path))
        for pose in poses:
            recogniser.take(replace(pose, t_s=pose.t_s + late_s))
        late_s += poses[-1].t_s + 20
    assert [one.spec.id for one in recogniser.finish()] == ["straight_leg_raise", "heel_raise"]


def test_a_stretch_taken_in_passing_is_another_movement() -> None:
    spec = find_spec("hip_flexor_stretch")
    lunges = [attempt(n, 4.0 * n, "short_hold", hold_s=2.0) for n in range(8)]
    assert candidates(spec, lunges, []) == []
    assert candidates(spec, [*lunges, attempt(9, 36, "short_hold", hold_s=6.0)], [])


def test_one_rep_without_a_still_start_is_recognised_and_judged_alike() -> None:
    (path,) = (FOLDER / "bridge").glob("*.truth.npz")
    poses = list(PoseTrack(path))
    rep = next(rep for rep in fold(judge(poses, BRIDGE)).reps if rep.attempt.is_reached).attempt
    short = [pose for pose in poses if rep.start_s - 0.7 <= pose.t_s <= rep.t_s + 0.2]
    (one,) = recognise(short)
    assert (one.spec.id, one.sureness) == ("bridge", "likely")
    assert [rep.attempt.counts for rep in fold(judge(short, BRIDGE)).reps] == [True]


def test_nobody_does_nothing() -> None:
    recogniser = Recogniser(all_specs())
    for number in range(50):
        recogniser.take(Pose.nobody(number / 10, (640.0, 360.0)))
    assert recogniser.finish() == []
