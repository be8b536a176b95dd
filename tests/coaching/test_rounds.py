"""The rounds of a guided exercise: paced by media time, and begun anew after an interruption."""

from __future__ import annotations

from collections.abc import Callable

from formcheck.coaching.rounds import Rounds
from formcheck.exercises.catalog import find_spec

FPS = 10


def rounds(exercise: str, dose: str, wanted: int) -> Rounds:
    spec = find_spec(exercise)
    assert spec.guide
    return Rounds(spec.guide, spec.dose_by_id(dose), wanted)


def said(
    paced: Rounds, until_s: float, *, at: dict[float, Callable[[], object]] | None = None
) -> list[tuple[float, str]]:
    """What is said until then; at: what happens, and when."""
    told = []
    for i in range(round(until_s * FPS)):
        if act := (at or {}).get(i / FPS):
            act()
        told += [(i / FPS, due.text) for due in paced.follow(i / FPS) if due.text]
    return told


def words(paced: Rounds, until_s: float) -> list[str]:
    return [text for _, text in said(paced, until_s)]


def test_a_round_tightens_holds_lets_go_and_is_counted() -> None:
    once = words(rounds("pelvic_tilt", "000", 1), 30)
    assert once == [
        "I keep the time. I cannot see this work.",
        "Flatten your back", "5", "4", "3", "2", "1", "Let go", "1",
    ]  # fmt: skip


def test_the_hold_lasts_as_long_as_the_dose_asks() -> None:
    for dose, seconds in (("000", 5.0), ("003", 10.0)):
        times = {text: t_s for t_s, text in said(rounds("pelvic_tilt", dose, 1), 30)}
        tightened = next(t_s for text, t_s in times.items() if "latten" in text)
        released = next(t_s for text, t_s in times.items() if "et go" in text)
        assert released - tightened - seconds == 2.5


def test_rounds_end_after_as_many_as_were_asked_for() -> None:
    paced = rounds("abdominal_contraction", "003", 3)
    assert [text for text in words(paced, 90) if text == "Let go"] == ["Let go"] * 3
    assert (paced.done, paced.is_over) == (3, True)


def test_breathing_goes_with_the_words_of_the_round_as_the_document_asks() -> None:
    tilt = words(rounds("pelvic_tilt", "003", 1), 30)
    assert tilt[1:4] == ["Breathe in", "Breathe out, flatten your back", "Keep breathing"]
    assert "Breathe in, let go" in tilt
    tight = words(rounds("abdominal_contraction", "003", 1), 30)
    assert tight[1] == "Tighten your belly, keep breathing"
    assert not [text for text in words(rounds("pelvic_tilt", "002", 1), 30) if "reath" in text]


def test_a_round_that_is_broken_off_does_not_count_and_begins_anew() -> None:
    paced = rounds("pelvic_tilt", "000", 1)
    told = said(paced, 30, at={8.0: paced.halt})
    assert [text for _, text in told].count("Flatten your back") == 2
    assert [text for _, text in told].count("1") == 2  # one second, one round
    assert paced.done == 1


def test_slow_pictures_pace_the_same_rounds() -> None:
    fast, slow = rounds("pelvic_tilt", "000", 2), rounds("pelvic_tilt", "000", 2)
    told = [[due.text for i in range(40 * fps) for due in one.follow(i / fps)]
            for one, fps in ((fast, 30), (slow, 5))]  # fmt: skip
    assert told[0] == told[1]
