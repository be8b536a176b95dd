"""The attempt under way and the book of attempts: tops, holds, numbers, and what closes how."""

from __future__ import annotations

import math

import numpy as np
import pytest

from formcheck.exercises.catalog import find_spec
from formcheck.judging.at_start import AtStart
from formcheck.judging.attempt import AttemptBook, OpenAttempt
from formcheck.judging.bound_exercise import BoundExercise
from formcheck.judging.footing import Footing
from formcheck.judging.outcomes import Close
from formcheck.measuring.smoothing import Sample
from formcheck.records.events import Attempt, Discarded, Event, Hold
from tests.bodies import Bridge
from tests.filming import LEFT_NEAR, shot

REST_DEG, TOP_DEG = 130.0, 175.0


@pytest.fixture
def exercise() -> BoundExercise:
    """The bridge of somebody who rests at 130 deg."""
    bound = BoundExercise(find_spec("bridge"), LEFT_NEAR)
    for i in range(30):
        bound.pool.add(hips(bound, i / 30, REST_DEG))
    bound.bind()
    return bound


@pytest.fixture
def book(exercise: BoundExercise) -> AttemptBook:
    footing = Footing(exercise.spec.start.posture, [shot(Bridge())])
    at_start = AtStart(exercise.start)
    return AttemptBook(exercise, exercise.spec.dose[0], footing, at_start, attempts=4, open_pose="")


def hips(exercise: BoundExercise, t_s: float, angle_deg: float) -> Sample:
    """A sample of which only the hip line is seen."""
    row = np.full(len(exercise.bank.signals), math.nan)
    row[exercise.column] = angle_deg
    return Sample(t_s, row, row)


def lifted(exercise: BoundExercise, book: AttemptBook, peak_deg: float) -> OpenAttempt:
    """An attempt under way since 2 s that has been at its peak from 3 to 8 s."""
    attempt = book.open(2.0)
    for t_s in np.arange(2.0, 8.0, 0.1):
        sample = hips(exercise, float(t_s), peak_deg if t_s >= 3 else REST_DEG)
        exercise.levels.follow(sample)
        attempt.add(sample)
    return attempt


def only(kind: type, events: list[Event]) -> Event:
    (found,) = (event for event in events if isinstance(event, kind))
    return found


def test_a_hold_lasts_from_the_top_to_the_loss_of_form(
    exercise: BoundExercise, book: AttemptBook
) -> None:
    attempt = lifted(exercise, book, TOP_DEG)
    attempt.reach_top(3.0)
    book.lose_form(7.5)
    assert book.hold_s(8.0) == pytest.approx(4.5)
    (hold,) = attempt.end_hold(8.0)
    assert isinstance(hold, Hold)
    assert (hold.start_s, hold.t_s, hold.attempt) == (3.0, 7.5, 5)
    assert attempt.best_hold_s == hold.seconds == pytest.approx(4.5)


def test_a_moment_in_form_is_no_hold(exercise: BoundExercise, book: AttemptBook) -> None:
    attempt = lifted(exercise, book, TOP_DEG)
    attempt.reach_top(3.0)
    assert attempt.end_hold(3.1) == []
    assert attempt.best_hold_s == 0


def test_the_longest_of_several_holds_is_the_one_that_is_judged(
    exercise: BoundExercise, book: AttemptBook
) -> None:
    attempt = lifted(exercise, book, TOP_DEG)
    for start_s, end_s in ((3.0, 6.0), (6.5, 7.5)):
        attempt.reach_top(start_s)
        attempt.end_top(end_s)
        attempt.end_hold(end_s)
    closed = only(Attempt, book.close(attempt, Close(8.0)))
    assert attempt.movement.tops == [(3.0, 6.0), (6.5, 7.5)]
    assert closed.hold_s == 3.0


def test_a_top_that_was_never_reached_does_not_end(
    exercise: BoundExercise, book: AttemptBook
) -> None:
    attempt = lifted(exercise, book, TOP_DEG)
    attempt.end_top(5.0)
    assert attempt.movement.tops == []


def test_closing_an_attempt_ends_its_top_and_its_hold_and_numbers_it(
    exercise: BoundExercise, book: AttemptBook
) -> None:
    attempt = lifted(exercise, book, TOP_DEG)
    attempt.reach_top(3.0)
    events = book.close(attempt, Close(8.0))
    assert only(Hold, events).seconds == pytest.approx(5.0)
    closed = only(Attempt, events)
    assert (closed.number, closed.hold_s) == (5, pytest.approx(5.0))
    assert closed.is_reached
    assert (book.attempts, book.counted, book.current) == (5, 1, None)


def test_a_partial_rep_is_an_attempt_that_does_not_count(
    exercise: BoundExercise, book: AttemptBook
) -> None:
    half_deg = REST_DEG + exercise.levels.way("partial") + 2
    closed = only(Attempt, book.close(lifted(exercise, book, half_deg), Close(8.0)))
    assert closed.outcome == "partial"
    assert (book.attempts, book.counted) == (5, 0)


def test_a_movement_too_small_takes_no_number(exercise: BoundExercise, book: AttemptBook) -> None:
    events = book.close(lifted(exercise, book, REST_DEG + 1), Close(8.0))
    assert [type(event) for event in events] == [Discarded]
    assert (book.attempts, book.current) == (4, None)


def test_an_attempt_knows_how_long_the_rest_before_it_was(
    exercise: BoundExercise, book: AttemptBook
) -> None:
    assert math.isnan(book.open(2.0).movement.rested_s)
    book.close(lifted(exercise, book, TOP_DEG), Close(8.0))
    assert book.open(9.5).movement.rested_s == 1.5


def test_at_rest_nothing_is_held_and_no_side_works(book: AttemptBook) -> None:
    assert (book.hold_s(100.0), book.side) == (0.0, None)
    assert book.faults("rest", Sample(0.0, np.empty(0), np.empty(0))) == []
