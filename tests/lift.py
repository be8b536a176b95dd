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
reach = ["above 165 deg", "knee near below 120 deg"]
fall = "below 160 deg"
back = "below 5 deg from rest"
partial = "rises 12 deg"

[rep.basis]
leave = { doc = "ours", at = "why" }
reach = { doc = "001", at = "Bridge exercise" }
fall = { doc = "measured", at = "on seven" }
back = { doc = "ours", at = "why" }
partial = { doc = "ours", at = "why" }

[[fault]]
id = "low"
during = "top"
when = "hip_ext near below 165 deg"
severity = "warn"
cue = "Higher"
rule = { doc = "001", at = "Bridge exercise" }
number = { doc = "ours", at = "why" }

[[fault]]
id = "gentle"
during = "top"
when = "hip_ext near above 175 deg"
variant = "less"
severity = "info"
cue = "Lower"
rule = { doc = "ours", at = "why" }
number = { doc = "ours", at = "why" }

[[dose]]
id = "long"
reps = "8 to 10"
hold = "3 breaths"
sets = 2
source = { doc = "001", at = "Bridge exercise" }

[[dose]]
id = "short"
reps = 5
hold = "7 to 8.5 s"
variant = "less"
source = { doc = "002", at = "Week 3: Strengthening your core" }

[variant.less]
say = "Only a little."
reach = "hip_ext near above 155 deg"
fall = "hip_ext near below 150 deg"

[variant.less.basis]
reach = { doc = "ours", at = "why" }

[variant.less.fault]
low = "hip_ext near below 155 deg"

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
