"""Mirrored films, and films at another speed: what is judged is what really happened."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import numpy as np
import pytest

from formcheck.exercises.catalog import find_spec
from formcheck.records.events import Attempt, Event, Hold
from formcheck.records.footage import PLAIN, Footage
from formcheck.records.frames import Frame
from formcheck.records.pose import Pose, other_side
from formcheck.running.recording import Task, judge, recognised_parts
from formcheck.words import terms
from tests.bodies import film, noisy
from tests.sets import EXERCISES, dose_of, workout

SLOW, LAPSE = Footage(speed=0.25), Footage(speed=4)
MIRROR = Footage(mirrored=True)


def seen(exercise: str) -> list[Pose]:
    """One set, through a little noise."""
    done = workout(exercise, "normal")
    return noisy(film(done.script, done.exercise.camera, fps=20), 0.5, seed=3)


def as_shown(poses: Iterable[Pose], footage: Footage) -> list[Pose]:
    """The poses in a film that shows them like that."""
    turned = [pose.mirrored() if footage.mirrored else pose for pose in poses]
    return [replace(pose, t_s=pose.t_s / footage.speed) for pose in turned]


def events(exercise: str, poses: list[Pose], footage: Footage = PLAIN) -> list[Event]:
    done = EXERCISES[exercise]
    spec = find_spec(done.id)
    return judge(poses, Task(spec, dose_of(spec, done.dose), footage=footage))


Found = list[tuple[object, ...]]


def found(events: list[Event], side: Callable[[str], str] = str) -> Found:
    """Kind, side and time of everything, sides as `side` calls them."""
    return [
        (e.kind, side(s) if (s := getattr(e, "side", None)) else None, round(e.t_s, 2))
        for e in events
    ]


@pytest.mark.parametrize("exercise", EXERCISES)
@pytest.mark.parametrize("footage", [SLOW, LAPSE, MIRROR, Footage(mirrored=True, speed=0.5)])
def test_a_film_is_judged_as_what_really_happened(exercise: str, footage: Footage) -> None:
    poses = seen(exercise)
    shown = as_shown(poses, footage)
    assert found(events(exercise, shown, footage)) == found(events(exercise, poses))


def test_a_mirrored_film_has_its_sides_swapped_unless_that_is_told() -> None:
    poses = seen("bird_dog")
    as_it_was, untold = events("bird_dog", poses), events("bird_dog", as_shown(poses, MIRROR))
    assert found(untold, lambda side: other_side(side)) == found(as_it_was)  # type: ignore[arg-type]
    assert {e.side for e in as_it_was if isinstance(e, Attempt)} == {"left", "right"}


def test_slow_motion_makes_holds_longer_unless_that_is_told() -> None:
    shown = as_shown(seen("bridge"), SLOW)
    (told, *_), (untold, *_) = (
        [e.seconds for e in events("bridge", shown, footage) if isinstance(e, Hold)]
        for footage in (SLOW, PLAIN)
    )
    assert untold == pytest.approx(4 * told, rel=0.1)


def test_a_set_in_slow_motion_is_recognised_in_real_time() -> None:
    shown = as_shown(seen("bridge"), SLOW)
    (part,) = recognised_parts(shown, None, None, SLOW)
    (one,) = part.task.recognised
    assert (part.task.footage, one.spec.id) == (SLOW, "bridge")
    assert one.end_s < shown[-1].t_s / 4


def test_the_picture_of_a_mirrored_film_is_turned_back_with_the_pose() -> None:
    image = np.arange(18, dtype=np.uint8).reshape(2, 3, 3)
    turned = Footage(mirrored=True, speed=2).real_frame(Frame(1.5, image))
    assert (turned.t_s, turned.image.tolist()) == (3.0, image[:, ::-1].tolist())


def test_a_plain_film_is_passed_on_as_it_is() -> None:
    pose = seen("bridge")[0]
    frame = Frame(0.0, np.zeros((2, 2, 3), np.uint8))
    assert PLAIN.real_pose(pose) is pose
    assert PLAIN.real_frame(frame) is frame
    assert list(terms.footage(PLAIN)) == []


def test_what_was_told_of_a_film_is_said() -> None:
    assert list(terms.footage(Footage(mirrored=True, speed=0.25))) == [
        "The film is mirrored; left and right are swapped back",
        "The film runs at 0.25 times real speed; all times here are real time",
    ]
