"""An exercise file for tests of what is read from one, and of what is refused."""

from __future__ import annotations

import pytest

from formcheck.errors import SpecError
from formcheck.exercises.reader import parse_spec

SPEC = """\
id = "lift"
title = "Lift"
rating = "measured"
camera = "side"
place = "Two metres away."

[start]
posture = "supine_hooklying"
say = "Lie on your back."

[rep]
measure = "hip_ext near"
leave = "rises 10 deg"
reach = [
    { when = "above 165 deg", anchor = "straight (001: Bridge exercise)", tolerance = "ours: why" },
    { when = "knee near below 120 deg", number = "ours: why" },
]
fall = { when = "below 160 deg", number = "measured: on seven" }
back = "below 5 deg from rest"
partial = "rises 12 deg"

[fault.low]
when = "hip_ext near below reach"
cue = "Higher"
rule = "001: Bridge exercise"

[fault.gentle]
during = "top"
when = "hip_ext near above 175 deg"
variant = "less"
severity = "info"
cue = "Lower"
number = "ours: why"
rule = "ours: why"

[[dose]]
id = "long"
reps = "8 to 10"
hold = "3 breaths"
sets = 2
source = "001: Bridge exercise"

[[dose]]
id = "short"
reps = 5
hold = "7 to 8.5 s"
variant = "less"
basis = { reps = "ours: a guess" }
source = "002: Week 3: Strengthening your core"

[variant.less]
say = "Only a little."
reach = { when = "hip_ext near above 155 deg", number = "ours: why" }

[not_measured]
"belly tight" = "a camera cannot see muscles work"

[safety]
flexion = "none"
extension = "gentle"
rotation = "none"
load = "bodyweight"
balance = "none"
"""


def changed(*changes: tuple[str, str]) -> str:
    text = SPEC
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def refusal(text: str) -> list[str]:
    with pytest.raises(SpecError) as error:
        parse_spec(text, "lift.toml")
    return str(error.value).splitlines()
