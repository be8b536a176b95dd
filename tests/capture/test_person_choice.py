from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from formcheck.capture.pose.person_choice import Continuity, PersonChoice, box_of, masked, overlap
from formcheck.records.pose import LANDMARK_COUNT, Pose

SIZE_PX = (640.0, 480.0)
STANDING = np.stack(
    [np.tile([-20.0, 20.0], 17)[:LANDMARK_COUNT], np.linspace(-100, 100, LANDMARK_COUNT)], axis=1
)
FRAME_S = 0.1


def person(t_s: float, x: float = 200, *, scale: float = 1.0, raised: bool = False) -> Pose:
    """Somebody at x; `raised` marks whoever is not in the start posture."""
    xy = (STANDING * scale + (x, 240)).astype(np.float32)
    zeros = np.zeros((LANDMARK_COUNT, 3), np.float32)
    visibility = np.full(LANDMARK_COUNT, 0.2 if raised else 0.9, np.float32)
    return Pose(t_s, xy, zeros, visibility, visibility, SIZE_PX)


def nobody(t_s: float) -> Pose:
    return Pose.nobody(t_s, SIZE_PX)


def holds_start(pose: Pose) -> bool:
    assert pose.is_seen, "asked about nobody"
    return bool(pose.visibility[0] > 0.5)


def locked_at(x: float = 200) -> PersonChoice:
    """A choice whose person has held the start posture at x from 0 to 1.2 s, alone."""
    choice = PersonChoice(holds_start)
    for i in range(13):
        tracked = person(i * FRAME_S, x)
        if choice.wants_look(tracked):
            assert not choice.settle([tracked], tracked)
    assert choice.is_locked
    return choice


def looks(choice: PersonChoice, poses: list[Pose]) -> list[float]:
    return [round(pose.t_s, 3) for pose in poses if choice.wants_look(pose)]


def test_it_looks_once_a_second_until_the_start_posture_was_held() -> None:
    choice = PersonChoice(holds_start)
    moving = [person(i * FRAME_S, raised=True) for i in range(35)]
    assert looks(choice, moving) == [0.0, 1.0, 2.0, 3.0]
    held = [person(3.5 + i * FRAME_S) for i in range(40)]
    assert looks(choice, held) == [4.0]
    assert choice.is_locked


def test_looks_go_by_media_time_and_not_by_the_number_of_frames() -> None:
    choice = PersonChoice(holds_start)
    assert looks(choice, [person(i / 100, raised=True) for i in range(250)]) == [0.0, 1.0, 2.0]


def test_without_a_start_posture_whoever_is_seen_for_a_second_is_kept() -> None:
    choice = PersonChoice()
    assert looks(choice, [person(i * FRAME_S, raised=True) for i in range(50)]) == [0.0]
    assert choice.is_locked


def test_it_never_looks_while_nobody_is_there() -> None:
    assert looks(PersonChoice(holds_start), [nobody(i * FRAME_S) for i in range(50)]) == []


def test_the_one_in_the_start_posture_is_followed_and_the_other_hidden() -> None:
    choice = PersonChoice(holds_start)
    tracked = person(0.0, 450, raised=True)
    assert choice.wants_look(tracked)
    assert choice.settle([person(0.0, 200), tracked], tracked)
    assert [box.tolist() for box in choice.others] == [box_of(tracked).tolist()]


def test_the_one_followed_stays_when_both_hold_the_start_posture() -> None:
    choice = PersonChoice(holds_start)
    tracked = person(0.0, 450)
    choice.wants_look(tracked)
    assert not choice.settle([person(0.0, 200, scale=1.4), tracked], tracked)


def test_the_one_followed_stays_when_nobody_holds_the_start_posture() -> None:
    choice = PersonChoice(holds_start)
    tracked = person(0.0, 450, raised=True)
    choice.wants_look(tracked)
    assert not choice.settle([person(0.0, 200, scale=1.4, raised=True), tracked], tracked)


def test_the_largest_is_taken_when_the_tracker_follows_none_of_them() -> None:
    choice = PersonChoice(holds_start)
    people = [person(0.0, 100, raised=True), person(0.0, 500, scale=1.4, raised=True)]
    tracked = person(0.0, 300, scale=0.3, raised=True)
    choice.wants_look(tracked)
    assert choice.settle(people, tracked)
    assert overlap(choice.others[0], box_of(people[0])) == 1


def test_one_person_found_twice_is_not_hidden() -> None:
    choice = PersonChoice(holds_start)
    tracked = person(0.0)
    choice.wants_look(tracked)
    choice.settle([tracked, person(0.0, 203)], tracked)
    assert choice.others == ()


def test_while_others_are_in_view_they_are_looked_after_twice_a_second() -> None:
    choice = locked_at(200)
    choice.settle([person(1.3), person(1.3, 450)], person(1.3))
    times = []
    for i in range(20):
        tracked = person(1.4 + i * FRAME_S)
        if choice.wants_look(tracked):
            times.append(round(tracked.t_s, 3))
            choice.settle([tracked, person(tracked.t_s, 450)], tracked)
    assert times == [1.4, 1.9, 2.4, 2.9]


def test_moving_through_an_exercise_asks_for_no_look() -> None:
    choice = locked_at()
    deep = [person(1.3 + i * FRAME_S, scale=1 - 0.03 * i, raised=True) for i in range(10)]
    assert looks(choice, deep) == []


def test_a_pose_that_jumps_to_another_person_is_brought_back() -> None:
    choice = locked_at(200)
    astray = person(1.3, 450)
    assert choice.wants_look(astray)
    assert choice.settle([person(1.3, 205), astray], astray)
    back = person(1.4, 205)
    choice.wants_look(back)
    assert not choice.settle([back, person(1.4, 450)], back)


def test_a_tracker_carried_off_step_by_step_is_brought_back() -> None:
    choice = locked_at(200)
    for i in range(12):
        carried = person(1.3 + i * FRAME_S, 200 + 8 * i, raised=True)
        if choice.wants_look(carried):
            assert 24 < carried.xy_px[0, 0] - 180 < 48
            assert choice.settle([person(carried.t_s, raised=True), carried], carried)
            return
    pytest.fail("it never looked")


def test_limbs_that_change_their_length_all_at_once_ask_for_a_look() -> None:
    choice = locked_at()
    more = [person(1.3 + i * FRAME_S) for i in range(10)]
    assert looks(choice, more) == []
    assert looks(choice, [person(2.3, scale=1.6)]) == [2.3]


def test_a_jump_out_of_the_box_is_a_break_until_it_is_settled() -> None:
    continuity = Continuity()
    assert continuity.follows(person(0.0, 200))
    assert not continuity.follows(person(0.1, 230))
    assert not continuity.follows(person(0.2, 230))
    continuity.restart_from(person(0.2, 230))
    assert continuity.follows(person(0.3, 232))


def test_one_limb_seen_end_on_is_no_break() -> None:
    continuity = Continuity()
    assert all(continuity.follows(person(i * FRAME_S)) for i in range(20))
    pose = person(2.0)
    xy = pose.xy_px.copy()
    xy[[13, 15]] = xy[11]
    assert continuity.follows(replace(pose, xy_px=xy))


def test_a_person_who_settles_elsewhere_alone_is_kept_there() -> None:
    choice = locked_at(200)
    moved = [person(1.3 + i * FRAME_S, 500) for i in range(30)]
    for pose in moved:
        if choice.wants_look(pose):
            assert not choice.settle([pose], pose)
    assert looks(choice, [person(4.3 + i * FRAME_S, 500) for i in range(20)]) == []


def test_after_three_seconds_out_of_sight_the_search_begins_anew() -> None:
    choice = locked_at()
    assert looks(choice, [nobody(1.3 + i * FRAME_S) for i in range(29)]) == []
    assert choice.is_locked
    assert not choice.wants_look(nobody(4.3))
    assert not choice.is_locked
    assert choice.wants_look(person(4.4, 500))


def test_a_hidden_person_stays_hidden_while_the_one_followed_is_out_of_sight() -> None:
    choice = locked_at(200)
    choice.settle([person(1.3), person(1.3, 450)], person(1.3))
    assert choice.wants_look(nobody(1.4))
    assert not choice.settle([person(1.4, 450)], nobody(1.4))
    assert len(choice.others) == 1


def test_whoever_takes_the_start_posture_is_found_while_the_tracker_sees_nobody() -> None:
    choice = PersonChoice(holds_start)
    tracked = person(0.0, 200, raised=True)
    choice.wants_look(tracked)
    choice.settle([tracked, person(0.0, 450, raised=True)], tracked)
    assert choice.wants_look(nobody(0.5))
    people = [person(0.5, 200, scale=1.3, raised=True), person(0.5, 450)]
    assert not choice.settle(people, nobody(0.5))
    assert overlap(choice.others[0], box_of(people[0])) == 1


def test_hiding_leaves_the_one_followed_untouched() -> None:
    image = np.random.default_rng(0).integers(0, 255, (480, 640, 3), np.uint8)
    mine, other = box_of(person(0.0, 200)), box_of(person(0.0, 240, scale=1.5))
    hidden = masked(image, [other], keep=mine)
    left, top, right, bottom = mine.astype(int)
    assert np.array_equal(hidden[top:bottom, left:right], image[top:bottom, left:right])
    assert len(np.unique(hidden[150:300, 262:268].reshape(-1, 3), axis=0)) == 1
    assert np.array_equal(hidden[:, 500:], image[:, 500:])
    assert not np.array_equal(image, hidden)


def test_alone_the_tracker_is_given_the_very_picture() -> None:
    image = np.zeros((480, 640, 3), np.uint8)
    assert locked_at().view(image) is image


def test_a_look_behind_is_asked_only_if_nobody_is_at_the_place() -> None:
    image = np.random.default_rng(0).integers(0, 255, (480, 640, 3), np.uint8)
    choice = locked_at(200)
    assert choice.behind(image, [person(1.3, 205)]) is None
    assert choice.behind(image, []) is None
    hidden = choice.behind(image, [person(1.3, 450)])
    assert hidden is not None
    assert len(np.unique(hidden[200:280, 440:460].reshape(-1, 3), axis=0)) == 1


@pytest.mark.parametrize("shift_px", [0, 10, 40, 100])
def test_overlap_is_intersection_over_union(shift_px: float) -> None:
    box = np.array([0.0, 0.0, 40.0, 10.0])
    moved = box + np.array([shift_px, 0, shift_px, 0])
    shared = max(0.0, 40 - shift_px) * 10
    assert overlap(box, moved) == pytest.approx(shared / (800 - shared))
