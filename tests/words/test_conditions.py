"""Conditions are told in plain words."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from formcheck.exercises.catalog import all_specs
from formcheck.exercises.clauses import parse_clause
from formcheck.judging.conditions import Watch, as_bound
from formcheck.judging.levels import LEVELS
from formcheck.words import conditions
from tests import show

MINUS = "\N{MINUS SIGN}"


def asked(text: str, rest: float) -> str:
    watch = Watch(parse_clause(text), ())
    watch.bind(lambda _: rest, lambda _: 0.0)
    return conditions.asked(replace(show.check(), text=text, bound=watch.bound))


def rule(text: str) -> str:
    return conditions.rule(as_bound(parse_clause(part)) for part in text.split(" or "))


@pytest.mark.parametrize(
    ("text", "rest", "said"),
    [
        ("leg_incl raised above -12 deg", 0.0, f"raised leg at least {MINUS}12°"),
        ("leg_incl raised below 5 deg from rest", -45.0, f"raised leg at most {MINUS}40°"),
        ("leg_incl both below -25 deg", 0.0, f"each leg at most {MINUS}25°"),
        ("knee far between 60 and 120 deg", 0.0, "far knee 60° to 120°"),
        ("knee near between -5 and 5 deg from rest", 90.0, "knee 85° to 95°"),
        ("trunk_incl departs 10 deg", 80.0, "trunk at least 10° from rest"),
        ("knee near above 150 deg for 0.4 s", 0.0, "knee at least 150° for 0.4 s"),
    ],
)
def test_a_condition_tells_the_limit_of_this_person(text: str, rest: float, said: str) -> None:
    assert asked(text, rest) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("median leg_incl raised below -12 deg", f"typical raised leg less than {MINUS}12°"),
        ("knee near rises 10 deg", "knee more than 10° above rest"),
        ("trunk_incl departs 10 deg", "trunk more than 10° from rest, either way"),
        ("highest hip_height near rises 7 in", "highest hip height more than 7 inches above rest"),
        ("return_time below 0.31 s", "return time less than 0.31 s"),
        ("knee near drops 10 deg", "knee more than 10° below rest"),
        ("knee near below 5 deg from rest", "knee less than 5° above rest"),
        ("return_time below 0.5 s", "return time less than 0.5 s"),
        (
            "knee near between 60 and 120 deg or knee far above 9 deg for 0.4 s",
            "knee between 60° and 120° or far knee more than 9° for 0.4 s",
        ),
    ],
)
def test_a_rule_tells_what_was_wrong(text: str, said: str) -> None:
    assert rule(text) == said


def test_no_rule_of_any_exercise_is_told_in_the_words_of_its_file() -> None:
    texts = [" or ".join(c.text for c in f.when) for spec in all_specs() for f in spec.fault]
    assert [said for said in map(rule, texts) if re.search(r"_|\bdeg\b", said)] == []


def test_every_level_has_its_words() -> None:
    assert set(conditions.LEVELS) == set(LEVELS)
