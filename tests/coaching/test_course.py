"""A whole exercise without hands, on synthetic people, in media time alone."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import pytest

from formcheck.coaching.course import Command, Flow, PainAnswer
from formcheck.coaching.queue import GAP_S, Line, Speaker
from formcheck.coaching.sets import Plan
from formcheck.coaching.setup import Surroundings
from formcheck.coaching.stages import ANSWER_S, BREAK_S, COUNTDOWN_S
from formcheck.exercises.catalog import find_spec, safety_rules
from formcheck.judging.checker import Checker
from formcheck.records.pose import Pose
from tests import show
from tests.bodies import (
    Bridge,
    Camera,
    Script,
    Segment,
    Stay,
    absent,
    film,
    getting_up,
    lying_down,
    reps,
)
from tests.show import plain_dose

RIGHT = Camera(azimuth_deg=-90)
LYING, TOP = Bridge(), Bridge(178)
FPS = 20
ROOM = Surroundings(light=120.0, fps=FPS)


@dataclass
class Played:
    """What a session came to: each stage with its time, and each line with its time."""

    flow: Flow
    stages: list[tuple[str, float]] = field(default_factory=list)
    lines: list[tuple[float, str, str]] = field(default_factory=list)

    @property
    def course(self) -> list[str]:
        return [stage for stage, _ in self.stages]

    @property
    def words(self) -> list[str]:
        return [text for _, _, text in self.lines]

    def at_s(self, stage: str) -> float:
        return next(t_s for name, t_s in self.stages if name == stage)


def play(
    poses: Iterable[Pose],
    *,
    wanted: int = 3,
    sets: int = 1,
    rest_s: float = 20.0,
    at: dict[float, Callable[[Flow], object]] | None = None,
    around: Surroundings = ROOM,
) -> Played:
    """Follow poses as a live session does; at: what is pressed, and when."""
    spec = find_spec("bridge")
    dose = plain_dose("bridge")
    plan = Plan.of(spec, dose, reps=wanted, sets=sets, rest_s=rest_s)
    flow = Flow(plan, Speaker(), safety_rules().pain)
    checker, played = Checker(spec.with_dose(dose)), Played(flow)
    pressed = dict(at or {})
    for pose in poses:
        for at_s in [due for due in pressed if due <= pose.t_s]:
            line = pressed.pop(at_s)(flow)
            _note(played, pose.t_s, line)
        if flow.is_judging:
            line = flow.see(pose, checker.update(pose), checker.status, around)
        else:
            line = flow.wait(pose.t_s)
        _note(played, pose.t_s, line)
        if flow.is_over:
            break
    return played


def _note(played: Played, t_s: float, line: object) -> None:
    if line is not None:
        played.lines.append((t_s, line.kind, line.text))
    if not played.stages or played.stages[-1][0] != played.flow.stage:
        played.stages.append((played.flow.stage, t_s))


def bridges(*segments: Segment, fps: int = FPS) -> list[Pose]:
    return film(Script(LYING, segments), RIGHT, fps=fps)


def lifts(count: int) -> list[Segment]:
    return list(reps(count, LYING, TOP, hold_s=1.5))


def later(poses: list[Pose], by_s: float) -> list[Pose]:
    return [replace(pose, t_s=pose.t_s + by_s) for pose in poses]


def test_a_set_needs_no_hands_from_lying_down_to_the_end() -> None:
    played = play(bridges(Stay(4), *lifts(3), Stay(5)))
    assert played.course == ["placing", "countdown", "set", "pain"]
    assert played.flow.done == 3
    assert [text for text in played.words if text.isdigit()] == ["2", "1", "1", "2"]
    assert played.words[-1].startswith("That was 3 reps. ")


def test_the_start_posture_is_held_for_two_seconds_with_a_countdown() -> None:
    played = play(bridges(Stay(6), *lifts(1)))
    assert played.at_s("set") == pytest.approx(COUNTDOWN_S, abs=0.45)
    before = [text for t_s, _, text in played.lines if t_s <= played.at_s("set") + 0.1]
    assert before[-3:] == ["2", "1", "Go"]


def test_who_begins_before_the_countdown_is_over_is_counted_all_the_same() -> None:
    played = play(bridges(Stay(1.6), *lifts(3), Stay(2)))
    assert played.flow.done == 3


def test_getting_up_pauses_and_without_an_answer_the_set_ends() -> None:
    up = [*lifts(2), Stay(2), *getting_up(), Stay(40)]
    played = play(bridges(Stay(4), *up), wanted=5)
    assert played.course == ["placing", "countdown", "set", "paused", "pain"]
    assert "Pain, or a break?" in played.words
    assert played.at_s("pain") - played.at_s("paused") == pytest.approx(ANSWER_S, abs=0.2)
    assert played.flow.done == 2


def test_coming_back_to_the_posture_goes_on_with_the_same_set() -> None:
    away = [Stay(4), *lifts(2), Stay(1), *getting_up(), Stay(5), *lying_down(LYING), Stay(5)]
    played = play(bridges(*away, *lifts(2), Stay(3)), wanted=4)
    assert played.course == [
        "placing", "countdown", "set", "paused", "countdown", "set", "pain",
    ]  # fmt: skip
    assert played.flow.done == 4


def test_who_leaves_the_picture_is_waited_for() -> None:
    poses = bridges(Stay(4), *lifts(2), Stay(12), *lifts(1), Stay(3))
    gone_s = 4 + 2 * (poses[-1].t_s - 19) / 3
    poses = absent(poses, from_s=gone_s + 2, to_s=gone_s + 8)
    played = play(poses)
    assert "paused" in played.course
    assert played.flow.done == 3


def test_a_break_is_waited_for_much_longer() -> None:
    up = [Stay(4), *lifts(1), Stay(1), *getting_up(), Stay(60)]
    begin = {20.0: lambda flow: flow.command("break")}
    played = play(bridges(*up), at=begin)
    assert played.flow.stage == "paused"
    assert BREAK_S > 60


@pytest.mark.parametrize("pressed_s", [6.0, 7.5])
def test_pressing_pause_in_mid_set_loses_nothing(pressed_s: float) -> None:
    first, then = bridges(Stay(4), *lifts(1), Stay(10)), bridges(Stay(3), *lifts(2), Stay(3))
    poses = first + later(then, first[-1].t_s + 1 / FPS)
    pressed_s += first[-1].t_s - 10
    pressed = {
        pressed_s: lambda flow: flow.command("pause"),
        pressed_s + 3.6: lambda flow: flow.command("resume"),
    }
    played = play(poses, at=pressed)
    assert "paused" in played.course
    assert "Paused" in played.words
    assert played.flow.done == 3


@pytest.mark.parametrize("name", ["pause", "camera_lost", "camera_moved"])
def test_a_moment_still_under_way_as_the_session_pauses_changes_nothing(name: Command) -> None:
    """The page's threads may pause between the look at a frame and its judging."""
    poses = bridges(Stay(4), *lifts(2), Stay(3))
    played = play(poses[:-1], wanted=5)
    flow, checker = played.flow, Checker(find_spec("bridge").with_dose())
    flow.command(name)
    flow.see(poses[-1], checker.update(poses[-1]), checker.status, ROOM)
    assert flow.stage == "paused"
    assert flow.done == 2
    assert math.isnan(flow.left_s)


def test_a_hold_that_completes_the_set_as_the_session_pauses_is_not_asked_for_again() -> None:
    poses = bridges(Stay(4), *lifts(1), Stay(2))
    flow, checker = play(poses, wanted=2).flow, Checker(find_spec("bridge").with_dose())
    for name in ("pause", "resume"):
        flow.command(name)
    assert (flow.stage, flow.done) == ("placing", 1)
    flow.see(poses[-1], [show.attempt(2)], checker.status, ROOM)
    assert (flow.stage, flow.done) == ("pain", 2)


def test_between_sets_there_is_rest_and_the_next_begins_by_itself() -> None:
    one = bridges(Stay(4), *lifts(2), Stay(24))
    poses = one + later(bridges(Stay(6), *lifts(2), Stay(3)), one[-1].t_s + 1 / FPS)
    played = play(poses, wanted=2, sets=2, rest_s=20)
    assert played.course == [
        "placing", "countdown", "set", "rest", "placing", "countdown", "set", "pain",
    ]  # fmt: skip
    assert [one.done for one in played.flow.sets] == [2, 2]
    assert "Set done. Rest." in played.words
    assert "Next set soon" in played.words


def test_what_is_moved_while_resting_counts_for_nothing() -> None:
    poses = bridges(Stay(4), *lifts(2), Stay(3), *lifts(3), Stay(2))
    played = play(poses, wanted=2, sets=2, rest_s=60)
    assert played.flow.stage == "rest"
    assert [one.done for one in played.flow.sets] == [2]


def test_a_rest_can_be_skipped() -> None:
    poses = bridges(Stay(4), *lifts(2), Stay(3))
    skip = {poses[-1].t_s - 2: lambda flow: flow.command("skip")}
    assert play(poses, wanted=2, sets=2, at=skip).flow.stage in ("placing", "countdown")


def test_after_pain_nothing_urges_on() -> None:
    poses = bridges(Stay(4), *lifts(4))
    hurt = {10.0: lambda flow: flow.command("pain")}
    played = play(poses, wanted=8, at=hurt)
    assert played.flow.is_painful
    assert played.flow.stage == "pain"
    after = [text for t_s, _, text in played.lines if t_s >= 10]
    assert after == ["Stop. Rest now."]


def test_what_was_waiting_to_be_said_is_not_said_after_pain() -> None:
    speaker = Speaker()
    spec = find_spec("bridge")
    plan = Plan.of(spec, spec.dose[0], reps=5, sets=1, rest_s=20)
    flow = Flow(plan, speaker, safety_rules().pain)
    flow.wait(0.0)
    for kind in ("fault", "praise", "flow", "count"):
        speaker.offer(Line(0.0, kind, f"a {kind}", kind))
    assert flow.command("pain").text == "Stop. Rest now."
    assert [flow.wait(t_s) for t_s in range(1, 9)] == [None] * 8


@pytest.mark.parametrize(("level", "hurts"), [(3, False), (7, True)])
def test_the_answer_about_pain_ends_in_advice_or_in_none(level: int, hurts: bool) -> None:
    played = play(bridges(Stay(4), *lifts(3), Stay(2)))
    line = played.flow.answered(PainAnswer(level))
    assert played.flow.stage == "summary"
    assert played.flow.is_painful is hurts
    assert (line is not None) is hurts


def test_pressing_stop_ends_the_set_and_asks_about_pain() -> None:
    played = play(bridges(Stay(4), *lifts(3)), wanted=9, at={8.0: lambda f: f.command("stop")})
    assert played.flow.stage == "pain"
    assert played.flow.question == safety_rules().pain.ask


def test_commands_that_do_not_fit_are_passed_over() -> None:
    played = play(bridges(Stay(1)))
    for name in ("resume", "break", "skip"):
        played.flow.command(name)
    assert played.flow.stage in ("placing", "countdown")


def test_sentences_are_four_seconds_apart_through_a_whole_session() -> None:
    low = [part for _ in range(4) for part in reps(1, LYING, Bridge(150), hold_s=1.0)]
    played = play(bridges(Stay(4), *low, *lifts(2), *low, Stay(2)), wanted=9)
    times = [t_s for t_s, kind, _ in played.lines if kind not in ("tick", "count", "safety")]
    assert len(times) > 2
    assert all(b - a >= GAP_S for a, b in itertools.pairwise(times))


def test_the_same_poses_give_the_same_events_with_or_without_a_flow() -> None:
    poses = bridges(Stay(4), *lifts(3), Stay(5))
    spec = find_spec("bridge")
    dose = plain_dose("bridge")
    alone = Checker(spec.with_dose(dose))
    events = [event for pose in poses for event in alone.update(pose)]
    attempts = [event for event in events if event.kind == "attempt"]
    assert [rep.attempt for rep in play(poses, wanted=99).flow.sets[0].reps] == attempts


def test_a_dark_room_is_told_and_does_not_keep_anybody_from_beginning() -> None:
    played = play(bridges(Stay(14), *lifts(3), Stay(2)), around=Surroundings(20.0, FPS))
    assert "More light, please" in played.words
    assert played.flow.done == 3
