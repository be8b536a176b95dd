"""The modes beyond plain reps, on the true joints of the sample videos: nothing is tracked here."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.exercises.catalog import find_spec
from formcheck.exercises.guides import specs_dir
from formcheck.exercises.model import ExerciseSpec
from formcheck.exercises.reader import parse_spec
from formcheck.records.events import Attempt, Remark
from formcheck.records.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Pose
from formcheck.records.reasons import Reason
from formcheck.records.report import Report, fold
from formcheck.running.recording import Task, judge
from formcheck.storage.pose_tracks import PoseTrack
from formcheck.words.reasons import verdict
from sample_videos.expected import FOLDER, filmed_task


def clip_of(exercise: str) -> PoseTrack:
    (path,) = (FOLDER / exercise).glob(f"{exercise}_*.truth.npz")
    return PoseTrack(path)


def report_of(exercise: str, spec: ExerciseSpec | None = None) -> Report:
    task = filmed_task(exercise)
    return fold(judge(clip_of(exercise), Task(spec, task.dose) if spec else task))


def attempts(exercise: str) -> list[Attempt]:
    return [rep.attempt for rep in report_of(exercise).reps]


def test_a_cat_and_a_cow_make_one_rep() -> None:
    found = attempts("cat_cow")
    assert [attempt.pose for attempt in found[:2]] == ["cat", "cow"]
    assert [attempt.completes for attempt in found[:2]] == [False, True]
    assert report_of("cat_cow").totals.counted == len(found) // 2


def test_a_cat_without_a_cow_makes_none_and_is_remarked() -> None:
    task = filmed_task("cat_cow")
    cats = [pose for pose in clip_of("cat_cow") if pose.t_s < 8.0]
    checker = task.checker()
    events = [event for pose in cats for event in checker.update(pose)] + checker.finish()
    report = fold(events)
    assert [rep.attempt.pose for rep in report.reps] == ["cat"]
    assert report.totals.counted == 0
    assert [r.id for r in events if isinstance(r, Remark)] == ["pose_missing"]


def test_a_plank_is_timed_from_the_moment_it_is_still() -> None:
    first = attempts("plank")[0]
    assert first.outcome == "full"
    assert first.hold_s == pytest.approx(first.t_s - first.start_s, abs=3.0)
    assert first.hold_asked_s > 0


def test_a_plank_begun_before_the_recording_is_timed_from_its_first_picture_and_says_so() -> None:
    task, rest_s = filmed_task("plank"), attempts("plank")[0].top_s
    poses = [pose for pose in clip_of("plank") if pose.t_s > rest_s]
    whole = attempts("plank")[0]
    joined = next(e for e in judge(poses, task) if isinstance(e, Attempt))
    assert joined.start_s == poses[0].t_s
    assert joined.hold_s == pytest.approx(whole.t_s - poses[0].t_s, abs=3.0)
    assert joined.hold_s > joined.hold_asked_s / 2
    assert (joined.start_seen, whole.start_seen) == (False, True)
    assert "begun before the recording" in verdict(joined, 1, is_good=True)
    assert "begun" not in verdict(whole, 1, is_good=True)


def with_hips_up(pose: Pose) -> Pose:
    """The pose with both hips 0.05 trunk lengths too high, as the pose model puts those of rendered
    planks: the body line reads some 5 degrees less."""
    xy = pose.xy_px.copy()
    trunk_px = np.linalg.norm(xy[[11, 12]].mean(axis=0) - xy[[23, 24]].mean(axis=0))
    xy[[23, 24], 1] -= 0.05 * trunk_px
    return replace(pose, xy_px=xy)


def test_hips_that_sag_are_told_from_the_own_line_though_they_are_seen_too_high() -> None:
    task = filmed_task("plank")
    seen = fold(judge([with_hips_up(pose) for pose in clip_of("plank")], task)).reps
    assert [rep.attempt.outcome for rep in seen] == [a.outcome for a in attempts("plank")]
    assert [[fault.id for fault in rep.faults] for rep in seen] == [[], ["hips_sagging"]]
    assert seen[0].attempt.hold_s == pytest.approx(attempts("plank")[0].hold_s, abs=0.3)


def test_a_guided_hold_is_timed_counts_nothing_and_says_so() -> None:
    for exercise in ("pelvic_tilt", "abdominal_contraction"):
        (found,) = attempts(exercise)
        assert found.outcome == "timed"
        assert not found.counts
        assert found.reason == Reason("not_measured")
        assert found.hold_s > 5


@pytest.mark.parametrize(
    "exercise", ["knee_to_chest_single", "straight_leg_raise", "hip_flexor_stretch"]
)
def test_the_working_side_is_told_by_what_the_spec_says_of_it(exercise: str) -> None:
    sides = {attempt.side for attempt in attempts(exercise)}
    assert sides <= {"left", "right"}
    assert sides


def test_a_spec_without_a_working_side_claims_none() -> None:
    spec = find_spec("straight_leg_raise").model_copy(update={"sides": "together"})
    assert {rep.attempt.side for rep in report_of("straight_leg_raise", spec).reps} == {None}


def test_an_exercise_like_another_takes_its_faults_and_replaces_those_of_its_own() -> None:
    of_bridge, of_banded, of_single = (
        {rule.id: rule for rule in find_spec(exercise).fault}
        for exercise in ("bridge", "bridge_banded", "bridge_single_leg")
    )
    taken = {fault: rule for fault, rule in of_bridge.items() if not rule.variant}
    assert taken.items() <= of_banded.items()
    assert taken.keys() <= of_single.keys()
    assert str(of_single["hips_low"].when[0].signal) == "hip_ext working"
    assert "lifted_too_high" not in of_single


def test_the_hold_that_is_asked_is_that_of_the_pose_of_the_moment() -> None:
    spec = find_spec("cat_cow")
    checker = Task(spec, spec.dose_by_id("001")).checker()
    asked = set()
    for pose in clip_of("cat_cow"):
        checker.update(pose)
        asked.add(checker.status.hold_asked_s)
    assert asked == {0.0, 4.0}


@pytest.mark.parametrize("exercise", ["cat_cow", "plank", "bird_dog", "heel_slides"])
def test_what_counts_is_said_to_have_met_its_reach_by_the_value_that_met_it(exercise: str) -> None:
    counted = [attempt for attempt in attempts(exercise) if attempt.outcome == "full"]
    assert counted
    reached = [c for attempt in counted for c in attempt.checks if c.level == "reach"]
    assert all(check.met for check in reached if check.at_s is not None)
    assert any(check.met for check in reached)


def with_left_foot_up(pose: Pose) -> Pose:
    """The pose with the left ankle guessed a little under the right one."""
    xy = pose.xy_px.copy()
    xy[LEFT_LANDMARKS["ankle"]] = xy[RIGHT_LANDMARKS["ankle"]] + (0, 20)
    return replace(pose, xy_px=xy)


def test_a_standing_foot_guessed_beside_the_lifted_one_breaks_no_hold() -> None:
    task = filmed_task("bridge_single_leg")
    guessed = [
        with_left_foot_up(pose) if 4.3 < pose.t_s < 5.8 else pose
        for pose in clip_of("bridge_single_leg")
    ]
    first = fold(judge(guessed, task)).reps[0].attempt
    assert first.side == "left"
    assert first.hold_s == pytest.approx(attempts("bridge_single_leg")[0].hold_s, abs=0.1)


def with_left_foot_drawn_higher(pose: Pose) -> Pose:
    """The pose with the left foot a seventh of the trunk higher, as a camera from above has it."""
    xy = pose.xy_px.copy()
    xy[LEFT_LANDMARKS["ankle"], 1] -= 16
    return replace(pose, xy_px=xy)


def test_the_leg_that_rises_more_works_though_the_other_is_drawn_higher() -> None:
    task = filmed_task("prone_opposite_arm_leg")
    poses = map(with_left_foot_drawn_higher, clip_of("prone_opposite_arm_leg"))
    reps = fold(judge(poses, task)).reps
    assert [rep.attempt.side for rep in reps] == ["left", "right"]
    assert [fault.id for fault in reps[1].faults] == ["both_legs"]


def test_a_fault_is_silent_where_another_says_enough() -> None:
    spec = find_spec("prone_press_up_forearms")
    muted = next(rule for rule in spec.fault if rule.id == "elbows_far")
    assert muted.unless
    loud = muted.model_copy(update={"unless": ()})
    rules = tuple(loud if rule is muted else rule for rule in spec.fault)
    told = {f.id for rep in report_of(spec.id).reps for f in rep.faults}
    everything = report_of(spec.id, spec.model_copy(update={"fault": rules}))
    assert "not_on_forearms" in told
    assert "elbows_far" not in told
    assert "elbows_far" in {f.id for rep in everything.reps for f in rep.faults}


def test_a_timed_hold_needs_no_levels_but_its_position() -> None:
    spec = find_spec("plank")
    assert spec.rep.leave == spec.rep.reach
    assert spec.rep.back == spec.rep.fall
    text = (specs_dir() / "plank.toml").read_text(encoding="utf-8")
    with pytest.raises(Exception, match=r"rep\.leave"):
        parse_spec(text.replace('mode = "timed"', 'mode = "reps"'), "plank.toml")
