from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np
import pytest

from formcheck.output.drawing import lettering, paint
from formcheck.output.drawing.captions import SHOWN_S, Showing, Showings
from formcheck.output.drawing.overlay import draw
from formcheck.output.drawing.skeleton import draw_body
from formcheck.records.events import PhaseChanged
from formcheck.records.pose import Pose
from tests import show

SIZES = [(640, 360), (1280, 720), (720, 1280)]


def drawn(image=None, pose=None, status=None, **texts):
    image = show.blank() if image is None else image
    pose = pose or show.person(0.0, image.shape[1], image.shape[0])
    return draw(image, pose, status or show.status(), title="Bridge", showing=Showing(**texts))


def changed(before, after) -> np.ndarray:
    return np.any(before != after, axis=2)


def has_colour(image, colour) -> bool:
    return bool(np.any(np.all(image == np.array(colour, np.uint8), axis=2)))


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("count", range(10))
def test_digits_of_the_count_are_at_least_15_percent_of_the_picture_high(width, height, count):
    image = show.blank(width, height)
    pose = Pose.nobody(0.0, (width, height))
    shown = draw(image, pose, show.status(counted=count), title="", showing=Showing())
    bright = np.all(shown > 225, axis=2)[:, : width // 4]
    columns = bright.any(axis=0).nonzero()[0]
    digit = bright[:, columns[0] : columns[0] + 2 * height // 25]
    rows = digit.any(axis=1).nonzero()[0]
    assert rows[-1] - rows[0] + 1 >= 0.15 * height


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_three_digit_count_stays_within_the_picture(width, height):
    box_right = _rightmost_change(width, height, show.status(counted=188, attempts=199))
    assert box_right < width - 1


def _rightmost_change(width, height, status):
    image = show.blank(width, height)
    shown = draw(image, Pose.nobody(0.0, (width, height)), status, title="Bridge")
    return changed(image, shown).any(axis=0).nonzero()[0][-1]


@pytest.mark.parametrize("number", [8, 88, 188])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_hold_ring_never_lies_over_the_count(width, height, number):
    image, pose = show.blank(width, height), Pose.nobody(0.0, (width, height))
    count = show.status(counted=number, attempts=199)
    ring = show.status(counted=number, attempts=199, hold_s=3.0, hold_asked_s=5.0)
    alone = draw(image, pose, count, title="Bridge")
    both = draw(image, pose, ring, title="Bridge")
    count_panel = changed(image, alone)
    assert not np.any(count_panel & changed(alone, both))


@pytest.mark.parametrize("number", [8, 88, 188])
@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_words_beside_the_count_never_lie_over_it(width, height, number):
    image, nobody = show.blank(width, height), Pose.nobody(0.0, (width, height))
    one = show.status(counted=number, attempts=number + 1)
    two = show.status(counted=number, attempts=number + 2, phase="paused")
    rest, gone = (draw(image, nobody, now, title="Bridge") for now in (one, two))
    bright = np.all(rest > 200, axis=2).astype(np.uint8)
    _, parts, facts, _ = cv2.connectedComponentsWithStats(bright)
    digits = np.isin(parts, [i for i, fact in enumerate(facts) if i and fact[3] > 0.14 * height])
    filled = cv2.morphologyEx(digits.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((31, 31)))
    assert digits.any()
    assert not np.any(changed(rest, gone) & (filled > 0))


def test_the_picture_that_was_given_is_not_changed():
    image = show.blank()
    drawn(image, cue="Hips higher", flash="Rep 1 good", unseen=("left knee",))
    assert np.array_equal(image, show.blank())


def test_a_pose_of_nobody_draws_no_body():
    image = show.blank()
    nobody = Pose.nobody(0.0, (640.0, 360.0))
    draw_body(image, nobody, show.status(readings=(show.angle(), show.tilt())), near="left")
    assert np.array_equal(image, show.blank())


def test_a_landmark_that_is_not_seen_is_not_drawn_and_stops_no_other():
    pose = show.person()
    pose.xy_px[26] = np.nan
    image = show.blank()
    draw_body(image, pose, show.status(readings=(show.angle(), show.tilt())), near=None)
    assert has_colour(image, paint.OK)
    assert not has_colour(image[230:260, 262:300], paint.OK)


def test_a_hidden_landmark_is_left_out_of_the_skeleton():
    pose = show.person()
    pose.visibility[:] = 0.4
    image = show.blank()
    draw_body(image, pose, show.status(), near=None)
    assert np.array_equal(image, show.blank())


@pytest.mark.parametrize(
    ("ok", "colour", "absent"), [(True, paint.OK, paint.AMBER), (False, paint.AMBER, paint.OK)]
)
def test_a_judged_angle_has_the_colour_of_its_judgement(ok, colour, absent):
    image = show.blank()
    draw_body(image, show.person(), show.status(readings=(show.angle(ok),)), near=None)
    assert has_colour(image, colour)
    assert not has_colour(image, absent)


def test_an_angle_not_judged_is_neither_green_nor_amber():
    image = show.blank()
    draw_body(image, show.person(), show.status(readings=(show.angle(None),)), near=None)
    assert not has_colour(image, paint.OK)
    assert not has_colour(image, paint.AMBER)


def test_marks_differ_in_shape_and_not_only_in_colour():
    shapes = []
    for ok in (True, False, None):
        image = np.zeros((40, 40, 3), np.uint8)
        paint.mark(image, (20.0, 20.0), 14.0, ok)
        shapes.append(image.max(axis=2) > 120)
    for a, b in ((0, 1), (0, 2), (1, 2)):
        assert np.mean(shapes[a] != shapes[b]) > 0.08


def test_a_tilt_is_drawn_against_a_floor_that_leans():
    level, leaning = show.blank(), show.blank()
    flat = show.status(readings=(show.tilt(),))
    draw_body(level, show.person(), flat, near=None)
    draw_body(leaning, show.person(), replace(flat, floor_deg=10.0), near=None)
    rows = changed(level, leaning).any(axis=1).nonzero()[0]
    root_row = round(0.49 * 360)
    rise = np.sin(np.radians(10)) * 0.26 * 640
    assert root_row - rows[0] == pytest.approx(rise, abs=8)


def test_labels_of_angles_that_meet_do_not_cover_each_other():
    image = show.blank()
    readings = tuple(show.angle(value=value) for value in (91.0, 92.0, 93.0))
    draw_body(image, show.person(), show.status(readings=readings), near=None)
    one = show.blank()
    draw_body(one, show.person(), show.status(readings=readings[:1]), near=None)
    cap = round(0.034 * 360)
    label = (lettering.width_px("92°", cap, bold=True) + 3 * cap) * 2 * cap
    assert changed(one, image).sum() > 1.8 * label


def test_somebody_far_away_is_drawn_with_thinner_strokes():
    def trunk_px(share):
        image = show.blank(1280, 720)
        pose = show.person(0.0, 1280, 720)
        pose.xy_px[:] *= share
        pose.xy_px[[11, 23]] = pose.xy_px[[12, 24]]
        draw_body(image, pose, show.status(), near=None)
        return changed(show.blank(1280, 720), image)[:, round(0.55 * 1280 * share)].sum()

    assert trunk_px(0.35) < 0.75 * trunk_px(1.0)


def test_the_near_side_is_drawn_stronger_than_the_far_one():
    def ink(near):
        image = show.blank()
        pose = show.person()
        pose.xy_px[[24, 26, 28]] += [0, 90]
        draw_body(image, pose, show.status(), near=near)
        return changed(show.blank(), image)[280:].sum()

    assert ink("right") > 1.5 * ink("left")


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_a_long_cue_is_broken_and_stays_within_the_picture(width, height):
    image = show.blank(width, height)
    cue = "Lower your hips a little: knees, hips and shoulders in one line"
    shown = drawn(image, cue=cue)
    bright = np.all(shown[round(0.75 * height) :] > 225, axis=2)
    columns = bright.any(axis=0).nonzero()[0]
    assert columns[0] > 0
    assert columns[-1] < width - 1


def test_a_prompt_takes_the_place_of_a_cue():
    assert np.array_equal(
        drawn(prompt="Lie on your back"),
        drawn(prompt="Lie on your back", cue="Lift your hips a little higher"),
    )
    assert not np.array_equal(drawn(prompt="Lie on your back"), drawn())


def test_a_hold_long_enough_closes_the_ring_and_adds_a_tick():
    short = drawn(status=show.status(hold_s=4.9, hold_asked_s=5.0))
    enough = drawn(status=show.status(hold_s=5.0, hold_asked_s=5.0))
    assert not has_colour(short, paint.OK)
    assert has_colour(enough, paint.OK)


def test_text_wider_than_its_place_is_broken_shrunk_and_then_cut():
    lines, cap = lettering.fitted("Lift your hips a little higher " * 4, 20, 260, 2)
    assert len(lines) == 2
    assert cap < 20
    assert lines[-1].endswith("…")
    assert all(lettering.width_px(line, cap) <= 260 for line in lines)


def test_text_is_set_without_matplotlib_too(monkeypatch):
    monkeypatch.setattr(lettering, "_face_path", lambda name: None)
    face = lettering._face(40, False)
    assert face.getlength("12") > 0


def test_a_cue_stays_for_two_and_a_half_seconds_of_media_time():
    showings = Showings(show.SPEC)
    first = showings.at(show.moment(2.0, show.fault(2.0)))
    late = showings.at(show.moment(2.0 + SHOWN_S - 0.01))
    gone = showings.at(show.moment(2.0 + SHOWN_S))
    assert [s.cue != "" for s in (first, late, gone)] == [True, True, False]


def test_what_is_told_late_stays_as_long_as_what_is_told_at_once():
    """A fault of the top is told when the attempt ends."""
    showings = Showings(show.SPEC)
    showings.at(show.moment(6.0, show.fault(2.0), show.attempt(t_s=3.0)))
    late = showings.at(show.moment(6.0 + SHOWN_S - 0.01))
    gone = showings.at(show.moment(6.0 + SHOWN_S))
    assert [(s.cue != "", s.flash != "") for s in (late, gone)] == [(True, True), (False, False)]


def test_a_less_severe_cue_does_not_push_out_a_safety_one():
    showings = Showings(show.SPEC)
    stop = show.fault(2.0, severity="safety", cue="Stop")
    showings.at(show.moment(2.0, stop))
    assert showings.at(show.moment(2.5, show.fault(2.5))).cue == "Stop"


def test_the_verdict_of_an_attempt_is_flashed_in_words():
    partial = show.attempt(outcome="partial", reason=show.HIPS_LOW)
    now = show.status(4.0, counted=2)
    assert Showings(show.SPEC).at(show.moment(4.0, partial, now=now)).flash == (
        "Partial: hip line 152°, needs 165°"
    )
    full = show.attempt(number=9)
    now = show.status(4.0, counted=3)
    assert Showings(show.SPEC).at(show.moment(4.0, full, now=now)).flash == "Rep 3 good"


def test_joints_are_named_from_lost_until_found():
    showings = Showings(show.SPEC)
    assert showings.at(show.moment(1.0, show.lost(1.0, "left knee"))).unseen == ("left knee",)
    assert showings.at(show.moment(2.0)).unseen == ("left knee",)
    assert showings.at(show.moment(3.0, show.found(3.0))).unseen == ()


@pytest.mark.parametrize("event", [show.started(2.0), PhaseChanged(2.0, "searching")])
def test_joints_are_named_no_longer_once_the_person_was_given_up_or_starts_anew(event):
    showings = Showings(show.SPEC)
    showings.at(show.moment(1.0, show.lost(1.0, "left knee")))
    assert showings.at(show.moment(2.0, event)).unseen == ()


def test_joints_that_cannot_be_seen_change_the_picture():
    assert not np.array_equal(drawn(), drawn(unseen=("left knee",)))


@pytest.mark.parametrize(
    ("severity", "flash", "outcome"),
    [("info", "Rep 3 good", "full"), ("warn", "Rep 3 counted", None)],
)
def test_a_rep_with_something_to_correct_is_not_praised(severity, flash, outcome):
    showings = Showings(show.SPEC)
    showings.at(show.moment(3.0, show.fault(3.0, number=9, severity=severity)))
    now = show.status(4.0, counted=3)
    showing = showings.at(show.moment(4.0, show.attempt(number=9), now=now))
    assert (showing.flash, showing.outcome) == (flash, outcome)
