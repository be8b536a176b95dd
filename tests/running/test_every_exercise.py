"""Every exercise can be done live to its own end, and what is said on the way can be heard."""

from __future__ import annotations

import itertools
import re

import pytest

from formcheck.coaching.queue import Line
from formcheck.exercises.catalog import all_specs
from tests.running.filmed_sets import heard, plan_of, whole_set

DOSES = {"cat_cow": "001"}
"""Where the first dose takes minutes."""


@pytest.mark.parametrize("exercise", [spec.id for spec in all_specs()])
def test_a_set_is_done_to_its_own_end(exercise: str) -> None:
    plan = plan_of(exercise, DOSES.get(exercise))
    found = heard(plan, whole_set(plan))
    assert found.flow.stage == "pain"
    assert [one.done for one in found.flow.sets] == [plan.wanted] * plan.sets
    assert not [text for text in found.words if "short" in text or "Pain, or" in text]
    assert found.words[-1].startswith("That was ")
    _is_one_voice(found.lines)
    asks = {"keep": "reathing", "deep": "deeply", "one": "One breath", "in": "in", "out": "out"}
    for word in plan.dose.breath.values():
        assert any("reath" in text and asks[word] in text for text in found.words)


def _is_one_voice(lines: list[tuple[float, str, str]]) -> None:
    """Nothing is said over what is being said, but by what is for safety or cuts a set-up short."""
    spoken = [Line(t_s, kind, text, text) for t_s, kind, text in lines]
    for one, following in itertools.pairwise(spoken):
        if one.kind != "setup" and following.kind != "safety":
            assert following.t_s >= one.t_s + one.spoken_s - 1e-6, (one.text, following.text)


def test_seconds_of_a_hold_are_counted_in_order() -> None:
    plan = plan_of("abdominal_contraction", "000")
    words = heard(plan, whole_set(plan)).words
    [first] = re.findall(r"keep breathing 5 4 3 2 1 Let go 1", " ".join(words))
    assert first
