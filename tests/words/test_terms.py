"""How an exercise is done, in words."""

from __future__ import annotations

import pytest

from formcheck.exercises.reader import parse_spec
from formcheck.words import terms
from tests.lift import changed

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
        ([("[start]", 'mode = "guided"\n[start]')], "guided"),
    ],
)
def test_the_mode_is_told_with_its_holds_its_poses_and_its_sides(
    changes: list[tuple[str, str]], mode: str
) -> None:
    assert terms.mode(parse_spec(changed(*changes), "lift.toml")) == mode
