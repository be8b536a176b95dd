"""Every motion of the sample videos: anatomy, contact, and what it claims to show."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

from formcheck.exercises.catalog import all_specs, find_spec
from formcheck.exercises.model import ExerciseSpec
from sample_videos.generator.body import Body, body_of
from sample_videos.generator.exercises import all_motions
from sample_videos.generator.kinematics import BONES, SIDES, Figure
from sample_videos.generator.motion import Rep, Script
from sample_videos.generator.person import Person
from sample_videos.generator.repertoire import Exercise, Manner, compose
from sample_videos.generator.rotations import LEFTWARD, unit
from sample_videos.generator.truth import landmarks
from tests.anatomy import assert_bones_hold

CONTENT = Path(__file__).parents[3] / "shared" / "content" / "exercises.yaml"
needs_content = pytest.mark.skipif(
    not CONTENT.is_file(), reason="the content sheet is not beside the repository"
)

CELL_M = 0.03
"""Coarse enough to be quick, fine enough to tell flesh from floor within a centimetre."""

PEOPLE = {
    "middling": Person(),
    "short and heavy": Person(height_m=1.52, female=1.0, fat=0.6),
    "tall and thin": Person(height_m=1.94, fat=-0.05),
}
IN_FLOOR_M = 0.02
SOFT_IN_FLOOR_M = 0.045
"""Buttocks and belly yield, and a coarse mesh rounds them off."""
ABOVE_FLOOR_M = 0.02

NAMES = sorted(all_motions())
ENTRIES = [
    (name, entry)
    for name, motion in sorted(all_motions().items())
    for entry in ("good", *(("partial",) if motion.partial else ()), *motion.flaws)
]


@cache
def body(build: str) -> Body:
    return body_of(PEOPLE[build], CELL_M)


@cache
def exercise(name: str, build: str = "middling") -> Exercise:
    return all_motions()[name].exercise(body(build))


def script(name: str, *plan: str, **how: Any) -> Script:
    poses = max(len(all_motions()[name].poses), 1)
    return compose(all_motions()[name], plan * poses, seed=4, lead_s=1.0, **how)


def figures(name: str, done: Script, build: str = "middling", every_s: float = 0.4) -> list[Figure]:
    moments = [done.at(t_s) for t_s in np.arange(0, done.duration_s, every_s)]
    return [exercise(name, build).figure(moment.values, moment.side) for moment in moments]


# ---------------------------------------------------------------- what there is


@needs_content
def test_every_exercise_of_the_documents_can_be_filmed_and_judged() -> None:
    assert set(_entries()) == set(all_motions()) == {spec.id for spec in all_specs()}


@needs_content
@pytest.mark.parametrize("name", NAMES)
def test_every_fault_of_the_documents_is_shown_or_is_said_not_to_be(name: str) -> None:
    entry = _entries()[name]
    motion = all_motions()[name]
    spec = next((spec for spec in all_specs() if spec.id == name), None)
    rules = [rule for rule in spec.fault if rule.id not in inherited(spec)] if spec else []
    due = {rule.id for rule in rules} if spec else {f["id"] for f in entry.get("faults", [])}
    assert due <= set(motion.flaws) | set(motion.not_shown)


def inherited(spec: ExerciseSpec) -> set[str]:
    """The faults that an exercise takes from one that it is like, where they are shown."""
    return {rule.id for rule in find_spec(spec.like).fault} if spec.like else set()


@cache
def _entries() -> dict[str, Any]:
    found = yaml.safe_load(CONTENT.read_text(encoding="utf-8"))["exercises"]
    return found if isinstance(found, dict) else {entry["id"]: entry for entry in found}


@pytest.mark.parametrize("name", NAMES)
def test_a_motion_bears_the_name_of_its_module_and_of_its_class(name: str) -> None:
    assert exercise(name).id == name


@pytest.mark.parametrize("name", NAMES)
def test_a_flaw_changes_something_and_can_be_seen_from_somewhere(name: str) -> None:
    motion = all_motions()[name]
    for fault, flaw in motion.flaws.items():
        assert flaw.top or flaw.always or flaw.tempo or flaw.delays_s, fault
        assert set(flaw.views) <= set(motion.views), fault
        assert set(flaw.near) <= {*flaw.top, *flaw.always}, fault
        assert {*flaw.top, *flaw.always} <= set(motion.rest), fault
        assert flaw.near != {**flaw.top, **flaw.always} or not flaw.near, fault


# ---------------------------------------------------------------- bodies


@pytest.mark.parametrize(
    ("name", "entry", "build"),
    [
        *((*entry, "middling") for entry in ENTRIES),
        *((name, "good", build) for name in NAMES for build in PEOPLE if build != "middling"),
    ],
)
def test_bones_keep_their_length_whoever_moves(name: str, entry: str, build: str) -> None:
    skeleton = body(build).skeleton
    for figure in figures(name, script(name, entry), build):
        assert_bones_hold(figure, skeleton)


@pytest.mark.parametrize("build", PEOPLE)
@pytest.mark.parametrize("name", NAMES)
def test_no_part_of_the_body_is_in_the_floor(name: str, build: str) -> None:
    for figure in figures(name, script(name, "good"), build):
        soft = ("pelvis", "lumbar", "left_thigh", "right_thigh")
        hard = [bone for bone in BONES if bone not in soft]
        assert body(build).lowest_m(figure, hard) > -IN_FLOOR_M
        assert body(build).lowest_m(figure, soft) > -SOFT_IN_FLOOR_M


@pytest.mark.parametrize("name", NAMES)
def test_what_should_rest_on_the_floor_does(name: str) -> None:
    for figure in figures(name, script(name, "good")):
        for contact, bones in exercise(name).contacts.items():
            assert body("middling").lowest_m(figure, bones) < ABOVE_FLOOR_M, contact


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_no_joint_jumps_at_the_corners_of_a_rep(name: str, entry: str) -> None:
    done = script(name, "good", entry)
    for times in done.times:
        for corner in (times.rise_s, times.top_start_s, times.top_end_s, times.lowered_s):
            before, after = (
                landmarks(exercise(name).figure(moment.values, moment.side))
                for moment in (done.at(corner - 5e-4), done.at(corner + 5e-4))
            )
            assert np.abs(after - before).max() < 0.004, corner


@pytest.mark.parametrize("name", NAMES)
def test_knees_and_elbows_do_not_bend_backwards(name: str) -> None:
    for figure in figures(name, script(name, "good")):
        for side, _ in SIDES:
            thigh, shank, foot = (
                figure.joints[f"{side}_{bone}"] for bone in ("thigh", "shank", "foot")
            )
            ahead = figure.rotations[f"{side}_thigh"] @ np.array([0, 0, 1.0])
            bulge = shank - (thigh + foot) / 2
            assert bulge @ ahead > -0.02


@pytest.mark.parametrize(("name", "entry"), ENTRIES)
def test_a_knee_bends_behind_the_hips_whatever_is_shown(name: str, entry: str) -> None:
    """The front of the thigh turns with its knee, so the front of the pelvis is the measure."""
    for figure in figures(name, script(name, entry)):
        across = figure.rotations["pelvis"] @ LEFTWARD
        for side, _ in SIDES:
            hip, knee, ankle = (
                figure.joints[f"{side}_{bone}"] for bone in ("thigh", "shank", "foot")
            )
            thigh, shank = unit(knee - hip), unit(ankle - knee)
            flexion_deg = np.degrees(np.arctan2(np.cross(thigh, shank) @ across, thigh @ shank))
            assert flexion_deg > -5


@pytest.mark.parametrize("name", NAMES)
def test_rest_and_top_of_a_good_rep_differ_unless_nothing_can_be_seen(name: str) -> None:
    done = script(name, "good")
    rest, top = (
        landmarks(exercise(name).figure(moment.values, moment.side))
        for moment in (done.at(0.0), done.at(done.times[0].top_middle_s))
    )
    moved_m = np.linalg.norm(top - rest, axis=1).max()
    assert moved_m > (0.0 if name in ("abdominal_contraction", "pelvic_tilt") else 0.05)


# ---------------------------------------------------------------- scripts


def test_fatigue_lowers_the_last_rep_and_not_the_first() -> None:
    done = script("bridge", *["good"] * 5, manner=Manner(fatigue=0.3))
    steady = script("bridge", *["good"] * 5)
    assert done.reps[0].top == steady.reps[0].top
    assert done.reps[-1].top["hip_deg"] < steady.reps[-1].top["hip_deg"] - 10


def test_a_flaw_of_tempo_keeps_its_seconds_at_any_pace() -> None:
    slow = script("bridge", "good", "dropped_fast", manner=Manner(pace=1.5))
    assert slow.reps[0].lower_s == pytest.approx(1.5 * all_motions()["bridge"].tempo.lower_s)
    assert slow.reps[1].lower_s == all_motions()["bridge"].flaws["dropped_fast"].tempo["lower_s"]


def test_alternating_sides_take_turns() -> None:
    sides = [rep.side for rep in script("bird_dog", "good", "good", "good").reps]
    assert sides == ["left", "right", "left"]


def test_a_plan_names_the_fault_of_its_rep_alone() -> None:
    done = script("bridge", "good", "hips_low")
    assert [rep.faults for rep in done.reps] == [(), ("hips_low",)]
    assert [rep.kind for rep in done.reps] == ["good", "partial"]


def test_a_near_flaw_is_nearer_to_a_good_rep() -> None:
    motion = all_motions()["bridge"]
    far, near = (
        compose(motion, ["hips_low"], seed=2, near=is_near).reps[0].top["hip_deg"]
        for is_near in (False, True)
    )
    assert far < near < motion.top["hip_deg"]


def _delayed(delay_s: float) -> tuple[Script, Rep]:
    done = script("bridge", "good")
    rep = replace(done.reps[0], delays_s={"hip_deg": delay_s})
    return Script(done.rest, 1.0, (rep,)), rep


def test_a_delayed_value_leaves_later_and_arrives_with_the_others() -> None:
    late, rep = _delayed(0.8)
    assert late.at(1.7).values == late.rest
    assert late.at(late.times[0].top_start_s).values == pytest.approx(dict(rep.top))


def test_a_value_that_hurries_leaves_with_the_others_and_arrives_sooner() -> None:
    soon, rep = _delayed(-0.8)
    arrived = soon.at(soon.times[0].top_start_s - 0.8).values
    assert soon.at(1.3).values["hip_deg"] > soon.rest["hip_deg"]
    assert arrived["hip_deg"] == pytest.approx(rep.top["hip_deg"])
    assert soon.at(soon.times[0].top_start_s - 0.9).values["hip_deg"] < rep.top["hip_deg"]


@pytest.mark.parametrize("ahead", [0.0, 0.45, 0.78])
def test_a_prop_on_the_forearms_has_its_elbows_on_the_floor_however_far_ahead(
    ahead: float,
) -> None:
    values = {"prop": 1.0, "hips_m": 0.0, "ahead": ahead}
    propped = exercise("prone_press_up_forearms").figure(values, None)
    for side, _ in SIDES:
        assert 0.0 < propped.joints[f"{side}_forearm"][1] < 0.08
