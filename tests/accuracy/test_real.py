"""Recordings of real people: labels are well-formed, scores are strict, and none gets worse."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from accuracy.real import Found, found_in, why_not
from accuracy.real_cases import (
    FLAGSHIPS,
    NEAREST,
    PIECES,
    Case,
    Range,
    is_there,
    ranges,
)
from accuracy.real_floor import PIECES as HELD_PIECES
from accuracy.real_floor import Floor, Key, floors
from accuracy.real_tables import columns, summary
from formcheck.exercises.catalog import all_specs
from formcheck.records.events import NotJudged
from formcheck.records.reasons import Reason
from formcheck.storage.pose_tracks import PoseTrack

needs_recordings = pytest.mark.skipif(
    not is_there(), reason="the labelled recordings are not beside the repository"
)

SQUATS = Found(
    piece="ranges", source="recordings", name="squat_99 0", kind="same",
    exercise="bodyweight_squat", reps=5, hold_s=0.0, is_timed=False, seems_clean=True,
)  # fmt: skip
PLANK = replace(SQUATS, exercise="plank", is_timed=True, reps=0, hold_s=16.0)
HELD = replace(SQUATS, exercise="cobra", reps=0, hold_s=4.0)


# ---------------------------------------------------------------- scores


@pytest.mark.parametrize(
    ("counted", "column", "too_many"),
    [(5, "exact", 0), (4, "off by one", 0), (6, "off by one", 1), (3, "wrong", 0), (8, "wrong", 3)],
)
def test_a_count_is_exact_only_if_it_is_the_eye_s(counted: int, column: str, too_many: int) -> None:
    found = replace(SQUATS, counted=counted)
    assert (found.column, found.too_many) == (column, too_many)


def test_a_refusal_is_a_failure_even_where_one_rep_was_done() -> None:
    assert replace(SQUATS, reps=1).column == "not judged"


def test_a_partial_rep_is_judged_and_not_counted() -> None:
    assert replace(SQUATS, reps=1, partial=1).column == "off by one"


@pytest.mark.parametrize(
    ("held_s", "column"),
    [(0.0, "not judged"), (13.5, "wrong"), (13.7, "exact"), (18.3, "exact"), (18.5, "wrong")],
)
def test_a_timed_hold_is_exact_within_a_second_or_15_percent(held_s: float, column: str) -> None:
    assert replace(PLANK, held_s=held_s, counted=int(held_s > 0)).column == column


@pytest.mark.parametrize(
    ("held_s", "column"), [(2.9, "wrong"), (3.1, "exact"), (5.9, "exact"), (6.1, "wrong")]
)
def test_a_hold_within_a_movement_may_be_two_seconds_longer(held_s: float, column: str) -> None:
    assert replace(HELD, held_s=held_s).column == column


def test_a_rep_counted_where_nobody_completes_one_is_too_many() -> None:
    found = replace(HELD, held_s=4.0, counted=1)
    assert (found.column, found.too_many) == ("off by one", 1)


def test_a_hold_counted_in_another_movement_is_too_many() -> None:
    other = replace(PLANK, piece="negatives", kind="pushup", hold_s=0.0, counted=1, held_s=7.3)
    assert other.too_many == 1


@pytest.mark.parametrize(("counted", "held_s", "is_right"), [(0, 9.0, True), (1, 4.0, False),
                                                             (0, 0.0, False)])  # fmt: skip
def test_the_count_alone_looks_at_no_hold(counted: int, held_s: float, is_right: bool) -> None:
    assert replace(HELD, counted=counted, held_s=held_s).is_count_right == is_right


@pytest.mark.parametrize(
    ("floor", "counted", "carried"),
    [
        (Floor("exact", 0), 5, True),
        (Floor("exact", 0), 4, False),
        (Floor("wrong", 0), 4, True),
        (Floor("wrong", 0), 6, False),
        (Floor("not judged", 1), 6, True),
    ],
)
def test_a_floor_carries_what_is_as_near_and_has_no_more_too_many(
    floor: Floor, counted: int, carried: bool
) -> None:
    assert floor.carries(replace(SQUATS, counted=counted)) == carried


def test_of_another_movement_only_what_is_too_many_matters() -> None:
    other = replace(SQUATS, piece="negatives", kind="lunge", reps=0)
    assert Floor("exact", 0).carries(other)
    assert not Floor("exact", 0).carries(replace(other, counted=1))


def test_the_commonest_reason_comes_first_without_its_advice() -> None:
    told = [NotJudged(9.0, "wait", Reason("nobody")),
            NotJudged(9.0, "feet_wide", Reason("other_view", views=("front",))),
            *[NotJudged(9.0, "wait", Reason("view"))] * 2]  # fmt: skip
    assert why_not(told) == "wrong camera view (2); nobody was seen"


# ---------------------------------------------------------------- tables


def test_the_tables_tell_exact_ranges_and_leave_out_what_was_not_run() -> None:
    told = summary([replace(SQUATS, counted=5), SQUATS])
    assert "| 1 of 2 (flagships 1 of 2; 1 by the count alone) |" in told
    assert "Countix" not in told
    assert "| Bodyweight squat | 2 | 1 | 0 | 0 | 1 | 10 | 5 |" in columns(
        [replace(SQUATS, counted=5), SQUATS]
    )


def test_a_rep_that_was_not_found_is_called_neither_correct_nor_incorrect() -> None:
    good = replace(SQUATS, piece="uiprmd", kind="correct", name="s01_cor_yaw0", reps=10,
                   counted=9, full=9, good=9)  # fmt: skip
    bad = replace(good, kind="incorrect", name="s01_inc_yaw0", good=5, flagged=4)
    assert "| 0.650, sensitivity 0.40, specificity 0.90 |" in summary([good, bad])


# ---------------------------------------------------------------- labels


def _name(one: Range | Case) -> str:
    return f"{one.name} {one.exercise}"


@needs_recordings
@pytest.mark.parametrize("one", ranges(), ids=_name)
def test_a_label_speaks_of_frames_that_are_there_and_of_an_exercise_that_there_is(
    one: Range,
) -> None:
    assert 0 <= one.first <= one.last < len(PoseTrack(one.track))
    assert min(one.reps, one.hold_s) >= 0
    if one.kind in ("same", "near"):
        assert one.exercise in {spec.id for spec in all_specs()}
    if one.is_other:
        assert not set(NEAREST[one.label]) & set(FLAGSHIPS)


@needs_recordings
def test_no_case_is_there_twice() -> None:
    keys = [(c.piece, c.name, c.exercise) for cases in PIECES.values() for c in cases()]
    assert len(keys) == len(set(keys))


# ---------------------------------------------------------------- regression


@cache
def kept() -> dict[Key, Floor]:
    return floors()


HELD_CASES = [case for piece in HELD_PIECES for case in PIECES[piece]()]


@needs_recordings
@pytest.mark.parametrize("case", HELD_CASES, ids=_name)
def test_no_recording_is_judged_worse_than_before(case: Case) -> None:
    found = found_in(case)
    floor = kept()[found.key]
    assert floor.carries(found), f"{found.column}, {found.too_many} too many, was {floor}"


@needs_recordings
def test_every_case_has_its_floor() -> None:
    assert set(kept()) == {(c.piece, c.name, c.exercise) for c in HELD_CASES}
