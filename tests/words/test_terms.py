"""How exercises, doses and what was recognised are put into words."""

from __future__ import annotations

import pytest

from formcheck.exercises.catalog import find_spec
from formcheck.exercises.model import Dose
from formcheck.exercises.reader import parse_spec
from formcheck.judging.recognition import Recognised
from formcheck.records.events import Source
from formcheck.words import terms
from tests.lift import changed

GUIDE = '[guide]\ntighten = "Tighten"\nrelease = "Let go"\n'

NO_LONG, NO_SHORT = ('hold = "3 breaths"\n', ""), ('hold = "7 to 8.5 s"\n', "")
CYCLE = ("[start]", 'poses = ["up", "down"]\n[start]')
HELD_UP = (NO_LONG[0], 'pose_hold = { up = "1 breath", down = "0 s" }\n')


@pytest.mark.parametrize(
    ("changes", "mode"),
    [
        ([], "reps with hold"),
        ([NO_SHORT], "reps, hold by dose"),
        ([NO_LONG, NO_SHORT], "reps"),
        ([("[start]", 'sides = "each"\n[start]')], "reps with hold, each side"),
        ([NO_LONG, NO_SHORT, ("[start]", 'sides = "alternating"\n[start]')], "reps, alternating"),
        ([CYCLE], "reps of up and down with hold"),
        ([CYCLE, HELD_UP, NO_SHORT], "reps of up and down, hold by dose"),
        ([("[start]", 'mode = "timed"\n[start]')], "timed hold"),
        ([("[start]", f'mode = "guided"\n{GUIDE}[start]')], "guided"),
    ],
)
def test_the_mode_is_told_with_its_holds_its_poses_and_its_sides(
    changes: list[tuple[str, str]], mode: str
) -> None:
    assert terms.mode(parse_spec(changed(*changes), "lift.toml")) == mode


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"reps": "1"}, "1 rep"),
        (
            {"reps": "8 to 10", "sets": "2", "hold": "7 to 8 s"},
            "8 to 10 reps, 2 sets, hold 7 to 8 s",
        ),
        ({"reps": "5", "sets": "1 to 2"}, "5 reps, 1 to 2 sets"),
        ({"reps": "5", "pose_hold": {"cat": "4 s", "cow": "0 s"}}, "5 reps, hold cat 4 s"),
    ],
)
def test_a_dose_is_told_in_reps_sets_and_holds(asked: dict[str, object], said: str) -> None:
    dose = Dose.model_validate({"id": "a", "source": Source("ours", "why"), **asked})
    assert terms.dose(dose) == said


@pytest.mark.parametrize(
    ("twins", "rivals", "more"),
    [
        ((), (), ""),
        (("bridge_banded",), (), "; to a camera it looks the same as bridge banded"),
        ((), ("pelvic_tilt", "cobra"), "; it could also be pelvic tilt or cobra"),
    ],
)
def test_what_was_recognised_is_told_without_ids(
    twins: tuple[str, ...], rivals: tuple[str, ...], more: str
) -> None:
    found = Recognised(find_spec("bird_dog"), 3.6, 65.6, "likely", twins, rivals)
    assert terms.recognised(found) == f"Bird dog, likely, 0:03.6 to 1:05.6{more}"


def test_text_of_a_file_is_set_for_people() -> None:
    said = terms.prose("toes off the floor (toes_off), see `hip_height`; -5 to 20 deg, docs/a.md")
    assert said == (
        "toes off the floor (toes off), see hip height; \N{MINUS SIGN}5 to 20°, docs/a.md"
    )


@pytest.mark.parametrize(
    ("number", "unit", "said"),
    [(0.31, "s", "0.31 s"), (12.5, "deg", "12.5°"), (1.0, "in", "1 inch"), (7.0, "in", "7 inches")],
)
def test_a_limit_keeps_all_its_digits(number: float, unit: str, said: str) -> None:
    assert terms.limit(number, unit) == said
