"""A drawing shows each moment as it was judged in the end."""

from __future__ import annotations

from formcheck.exercises.catalog import find_spec
from formcheck.records.events import Attempt, Event, Status
from formcheck.records.moments import Moment
from formcheck.records.pose import Pose
from formcheck.running.loop import run
from formcheck.running.recording import WHOLE, Task, judge, retold
from tests.bodies import Bridge, Camera, Script, Stay, film, reps

TASK = Task(find_spec("bridge"), find_spec("bridge").dose_by_id("001-routine"))
FPS = 20


class Shown:
    """A sink that keeps what it is shown."""

    def __init__(self) -> None:
        self.moments: list[Moment] = []

    def take(self, moment: Moment) -> None:
        self.moments.append(moment)

    def close(self) -> None:
        """Nothing to close."""


def shown(poses: list[Pose]) -> tuple[list[Event], list[Moment]]:
    events, sink = judge(poses, TASK), Shown()
    run(((None, pose) for pose in poses), retold(poses, TASK, WHOLE, events), [sink])
    return events, sink.moments


def without_a_pause() -> list[Pose]:
    done = reps(4, Bridge(), Bridge(178), hold_s=0.6)
    moves = [part for part in done if not isinstance(part, Stay) or part.duration_s < 1]
    return film(Script(Bridge(), (*moves, Stay(2))), Camera(azimuth_deg=-90), fps=FPS)


def test_reps_judged_in_hindsight_are_shown_as_they_are_done() -> None:
    events, moments = shown(without_a_pause())
    attempts = [event for event in events if isinstance(event, Attempt)]
    assert attempts[0].in_hindsight
    for number, attempt in enumerate(attempts, start=1):
        top = next(m.status for m in moments if m.pose.t_s >= attempt.top_s)
        assert top.phase == "top"
        assert top.counted == number - 1
        after = next(m.status for m in moments if m.pose.t_s >= attempt.t_s)
        assert after.counted == number


def test_every_event_is_shown_once_and_in_its_time() -> None:
    events, moments = shown(without_a_pause())
    told = [(event, moment.pose.t_s) for moment in moments for event in moment.events]
    assert sorted(map(repr, (event for event, _ in told))) == sorted(map(repr, events))
    assert all(0 <= t_s - event.t_s < 1.5 / FPS for event, t_s in told)


def test_after_a_still_start_it_shows_what_is_shown_live() -> None:
    poses = film(
        Script(Bridge(), (Stay(3), *reps(2, Bridge(), Bridge(178), hold_s=1.5), Stay(2))),
        Camera(azimuth_deg=-90), fps=FPS,
    )  # fmt: skip
    live = Shown()
    run(((None, pose) for pose in poses), TASK.checker(), [live])
    _, moments = shown(poses)

    def drawn(status: Status) -> tuple[object, ...]:
        return status.phase, status.hold_s, status.readings, status.levels

    pairs = zip(live.moments, moments, strict=True)
    assert all(drawn(one.status) == drawn(other.status) or one.status.phase == "searching"
               for one, other in pairs)  # fmt: skip
    assert moments[-1].status.counted == 2
