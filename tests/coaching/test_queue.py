"""One thing at a time, the most important first, sentences four seconds apart."""

from __future__ import annotations

import itertools

import pytest

from formcheck.coaching.queue import GAP_S, ORDER, SAME_GAP_S, Kind, Line, Speaker

FPS = 20


def said(*lines: Line, until_s: float = 40.0, speaker: Speaker | None = None) -> list[tuple]:
    """When each line is said, if each is offered once at its time."""
    speaker = speaker or Speaker()
    told = []
    for i in range(int(until_s * FPS)):
        t_s = i / FPS
        for line in lines:
            if t_s <= line.t_s < t_s + 1 / FPS:
                speaker.offer(line)
        if out := speaker.next(t_s):
            told.append((t_s, out.text))
    return told


def line(t_s: float, kind: Kind, text: str) -> Line:
    return Line(t_s, kind, text, text)


def test_the_more_important_of_two_is_said_first_and_the_other_four_seconds_later() -> None:
    told = said(line(1, "hint", "Heels closer"), line(1, "fault", "Hips higher"))
    assert told == [(1.0, "Hips higher"), (1 + GAP_S, "Heels closer")]


def test_the_same_cue_is_not_said_again_within_ten_seconds() -> None:
    again = [line(t_s, "fault", "Hips higher") for t_s in range(1, 25)]
    times = [t_s for t_s, _ in said(*again)]
    assert len(times) == 3
    assert all(b - a >= SAME_GAP_S for a, b in itertools.pairwise(times))


def test_sentences_of_all_kinds_keep_their_distance() -> None:
    kinds: tuple[Kind, ...] = ("flow", "lost", "fault", "side", "praise", "hint")
    lines = [line(t_s, kinds[t_s % 6], f"{kinds[t_s % 6]} {t_s}") for t_s in range(40)]
    times = [t_s for t_s, _ in said(*lines)]
    assert len(times) > 5
    assert all(b - a >= GAP_S for a, b in itertools.pairwise(times))


def test_a_count_is_said_at_once_and_the_cue_after_it() -> None:
    told = said(line(2, "fault", "Hips higher"), line(2, "count", "3"))
    assert told[0] == (2.0, "3")
    assert told[1][0] == pytest.approx(2.6, abs=0.1)


def test_a_count_that_comes_too_late_is_not_said() -> None:
    long = line(1, "fault", "one two three four five six")
    assert [text for _, text in said(long, line(1.1, "count", "3"))] == [long.text]


def test_a_safety_line_waits_for_nothing() -> None:
    told = said(line(1, "fault", "one two three four five"), line(1.2, "safety", "Stop"))
    assert told[1] == (1.2, "Stop")


def test_an_instruction_before_the_set_is_cut_short_by_the_countdown() -> None:
    long = line(1, "setup", "Lie on your back with your side to the camera and bend your knees")
    assert said(long, line(2, "tick", "2"))[1] == (2.0, "2")


def test_a_cue_that_found_no_room_is_forgotten() -> None:
    lines = [line(1, "lost", "I cannot see you"), line(1, "breath", "Keep breathing")]
    assert [text for _, text in said(*lines)] == ["I cannot see you"]


def test_only_some_kinds_may_be_said_once_that_was_asked() -> None:
    speaker = Speaker()
    speaker.offer(line(0, "fault", "Hips higher"))
    speaker.only("safety")
    speaker.offer(line(0, "praise", "That's it"))
    assert speaker.next(0.0) is None
    speaker.offer(line(0, "safety", "Stop"))
    told = speaker.next(0.0)
    assert told is not None
    assert told.text == "Stop"


def test_every_kind_has_its_place_in_the_order() -> None:
    assert sorted(ORDER) == sorted(set(ORDER))
