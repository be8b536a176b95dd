"""The wait for the start posture: what keeps judging from beginning, and what is then told."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.exercises.catalog import find_spec
from formcheck.judging.checker import Checker
from formcheck.judging.start import STILL_S
from formcheck.measuring.camera_view import SIDE_VIEW_SIGNAL, near_side, view_of
from formcheck.records.events import Event, NotJudged, Started
from formcheck.records.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Floats, Pose
from formcheck.words.reasons import never_judged
from tests.bodies import (
    LANDSCAPE,
    Bridge,
    Camera,
    Move,
    Posture,
    Quadruped,
    Script,
    Squat,
    Stay,
    Walking,
    dropped,
    film,
)
from tests.filming import shot

POSTURES = {"bridge": Bridge(), "bird_dog": Quadruped(), "bodyweight_squat": Squat()}
STAY = Script(Bridge(), (Stay(3),))
LEGS = [side[joint] for side in (LEFT_LANDMARKS, RIGHT_LANDMARKS) for joint in ("knee", "ankle")]


def judged(exercise: str, poses: list[Pose]) -> list[Event]:
    checker = Checker(find_spec(exercise).with_dose())
    return [event for pose in poses for event in checker.update(pose)] + checker.finish()


def started(events: list[Event]) -> list[Started]:
    return [event for event in events if isinstance(event, Started)]


def why_not(exercise: str, poses: list[Pose]) -> str:
    """Why nothing was judged, which is the only thing told."""
    (event,) = judged(exercise, poses)
    assert isinstance(event, NotJudged)
    assert event.what == "recording"
    return never_judged(event.reason, find_spec(exercise))


@pytest.mark.parametrize(("exercise", "posture"), POSTURES.items())
@pytest.mark.parametrize(("azimuth_deg", "near"), [(90, "left"), (-90, "right")])
@pytest.mark.parametrize("fps", [10, 30, 60])
def test_a_start_posture_held_still_is_found_within_a_second_and_a_half(
    exercise: str, posture: Posture, azimuth_deg: float, near: str, fps: int
) -> None:
    poses = film(Script(posture, (Stay(3),)), Camera(azimuth_deg), fps=fps)
    (found,) = started(judged(exercise, poses))
    assert 0.7 < found.t_s < 1.5
    assert (found.view, found.near) == ("side", near)
    measure = str(find_spec(exercise).rep.measure)
    if measure in found.rest:
        assert not np.isnan(found.rest[measure])


def test_what_was_held_still_before_a_cut_does_not_count_towards_the_shot_after_it() -> None:
    poses, aside = film(STAY, Camera(90), fps=30), np.float32([300, 0])
    cut = [p if p.t_s < 0.6 else replace(p, xy_px=p.xy_px + aside) for p in poses]
    (found,) = started(judged("bridge", cut))
    assert found.t_s >= 0.6 + STILL_S


@pytest.mark.parametrize("seconds", [0.3, 0.7])
def test_a_start_posture_taken_for_a_moment_begins_nothing(seconds: float) -> None:
    assert not started(judged("bridge", film(Script(Bridge(), (Stay(seconds),)))))


@pytest.mark.parametrize("roll_deg", [-10, 10])
@pytest.mark.parametrize("azimuth_deg", [90, -90])
@pytest.mark.parametrize(
    ("exercise", "measure"), [("bridge", "hip_ext near"), ("bird_dog", "leg_rise raised")]
)
def test_a_camera_that_leans_a_little_does_not_change_the_rest(
    exercise: str, measure: str, azimuth_deg: float, roll_deg: float
) -> None:
    script = Script(POSTURES[exercise], (Stay(3),))
    level, leaning = (
        started(judged(exercise, film(script, Camera(azimuth_deg, roll_deg=roll))))[0]
        for roll in (0, roll_deg)
    )
    assert leaning.rest[measure] == pytest.approx(level.rest[measure], abs=0.2)


def test_a_camera_that_looks_down_on_a_squat_does_not_change_the_rest() -> None:
    script = Script(Squat(80, 88), (Stay(3),))
    level, down = (
        started(judged("bodyweight_squat", film(script, Camera(0, elevation_deg=tilt))))[0]
        for tilt in (0, 10)
    )
    names = [name for name in level.rest if name.startswith("thigh_elev3")]
    for name in names:
        assert down.rest[name] == pytest.approx(level.rest[name], abs=2)


OBSTACLES = {
    "the front": (
        film(STAY, Camera(azimuth_deg=0)),
        "wrong camera view; turn your side to the camera",
    ),
    "nobody": (
        [Pose.nobody(i / 30, LANDSCAPE) for i in range(90)],
        "nobody was seen; come into the picture",
    ),
    "half a body": (
        dropped(film(STAY), [LEFT_LANDMARKS["ankle"], RIGHT_LANDMARKS["ankle"]]),
        "not all of the body that is needed was seen (most often missing: left ankle, "
        "right ankle); move the camera back until all of you is in the picture",
    ),
    "a body that hides its own legs": (
        dropped(film(STAY, Camera(azimuth_deg=0)), LEGS),
        "wrong camera view; turn your side to the camera",
    ),
    "standing": (
        film(Script(Squat(), (Stay(3),))),
        "the start position was not taken; lie on your back, side to the camera, knees bent, "
        "feet flat near your hips.",
    ),
    "moving": (
        film(Script(Bridge(125), (Move(Bridge(133), 0.6), Move(Bridge(125), 0.6)) * 4)),
        "the start position was not held still for a second; hold the start position still",
    ),
    "tilted": (
        film(STAY, Camera(roll_deg=-30)),
        "the camera is not level; level the camera",
    ),
}


@pytest.mark.parametrize("obstacle", OBSTACLES)
def test_what_kept_judging_from_beginning_is_told_with_what_to_do(obstacle: str) -> None:
    poses, due = OBSTACLES[obstacle]
    assert why_not("bridge", poses) == due


def test_of_several_reasons_the_one_that_lasted_longest_is_told() -> None:
    poses = film(Script(Bridge(), (Stay(4),)))
    hidden = dropped([pose for pose in poses if pose.t_s > 0.7], LEGS)
    assert why_not("bridge", [*(p for p in poses if p.t_s <= 0.7), *hidden]).startswith(
        "not all of the body that is needed was seen (most often missing: "
    )


def test_a_missing_outline_is_not_a_missing_person() -> None:
    assert why_not("cat_cow", film(Script(Quadruped(), (Stay(3),)))) == (
        "no outline of the body was recorded; judge the video itself, not saved poses"
    )


def test_a_back_on_a_bench_is_no_tilted_camera() -> None:
    tilted, due = OBSTACLES["tilted"]
    flat = [replace(pose, xy_px=with_level_soles(pose.xy_px)) for pose in tilted]
    assert why_not("bridge", tilted) == due
    assert why_not("bridge", flat) == OBSTACLES["standing"][1]


def with_level_soles(xy_px: Floats) -> Floats:
    """The same joints, each toe as high as its heel."""
    levelled = xy_px.copy()
    levelled[[31, 32], 1] = levelled[[29, 30], 1]
    return levelled


BRIEF = film(Script(Bridge(), (Stay(0.7),)))
OBLIQUE = film(STAY, Camera(azimuth_deg=40))


@pytest.mark.parametrize("poses", [BRIEF, OBLIQUE], ids=["brief", "oblique"])
def test_a_start_taken_in_passing_or_seen_obliquely_is_no_start(poses: list[Pose]) -> None:
    assert not started(judged("bridge", poses))


@pytest.mark.parametrize(("side_view", "starts"), [(None, False), (0.7, False), (0.55, True)])
def test_an_exercise_says_how_far_off_the_side_it_may_be_seen(
    side_view: float | None, starts: bool
) -> None:
    spec = find_spec("bridge").with_dose()
    checker = Checker(spec.model_copy(update={"side_view": side_view}))
    told = [event for pose in OBLIQUE for event in checker.update(pose)]
    assert bool(started(told)) == starts


def test_an_exercise_whose_measure_is_the_view_itself_is_begun_in_that_view() -> None:
    spec = find_spec("bridge").with_dose()
    rep = spec.rep.model_copy(update={"measure": SIDE_VIEW_SIGNAL})
    checker = Checker(spec.model_copy(update={"rep": rep}))
    assert started([event for pose in film(STAY) for event in checker.update(pose)])


HIDDEN_AT_REST = {
    "the near hand on all fours": ("bird_dog", [LEFT_LANDMARKS["wrist"]]),
    "the far foot on the back": ("bridge", [RIGHT_LANDMARKS["ankle"]]),
}


@pytest.mark.parametrize("hidden", HIDDEN_AT_REST)
def test_what_only_a_gate_needs_does_not_keep_judging_from_beginning(hidden: str) -> None:
    exercise, joints = HIDDEN_AT_REST[hidden]
    assert started(judged(exercise, dropped(film(Script(POSTURES[exercise], (Stay(3),))), joints)))


def test_walking_by_is_no_start_of_a_squat() -> None:
    walk = Script(Walking(x_m=-2.0), (Move(Walking(x_m=2.0, phase=4), 5),))
    assert not started(judged("bodyweight_squat", film(walk)))


def test_the_near_side_is_the_one_nearer_to_the_camera_whatever_its_visibility() -> None:
    for azimuth_deg, side in ((90, "left"), (40, "left"), (-90, "right"), (-40, "right")):
        assert near_side(shot(Quadruped(), Camera(azimuth_deg, far_visibility=0.9))) == side


def test_views_are_told_by_how_far_side_on_the_person_is() -> None:
    assert [view_of(share) for share in (1.0, 0.75, 0.74, 0.36, 0.35, 0.0)] == [
        "side", "side", "oblique", "oblique", "front", "front"
    ]  # fmt: skip
