"""What the guides say, in our words: whole, and each statement with something that acts on it."""

from __future__ import annotations

import re

import pytest

from formcheck.errors import SpecError
from formcheck.exercises.catalog import all_specs, safety_rules
from formcheck.exercises.guides import Statement, documents, statements
from formcheck.exercises.statements import acting, limit
from formcheck.records.events import Source
from tests.published import headings, lines_of

LONGEST_QUOTE = 5
"""Words: more than so many in a row that a guide says too are its words, not ours."""

LATER = ("programmes", "the speed of the way up")
"""What statements may wait for."""

Place = tuple[str, str]
"""A guide, and a section of it."""


def every() -> list[tuple[str, Statement]]:
    return [(doc, one) for doc, some in statements().items() for one in some]


def named() -> dict[str, set[Place]]:
    """Where in the guides each thing that acts is asked for."""
    found: dict[str, set[Place]] = {}
    for doc, one in every():
        for name in one.acts:
            found.setdefault(name, set()).add((doc, documents()[doc].section_of(one.line)))
    return found


def words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9']+", text.lower())


@pytest.mark.parametrize("doc", documents())
def test_every_line_of_a_guide_that_says_something_has_a_statement(doc: str) -> None:
    lines, has_headings = lines_of(doc), documents()[doc].headings
    said = {one.line for one in statements()[doc]}
    titles = {lines.index(part) + 1 for part in documents()[doc].title.split(": ")}
    bare = {
        line
        for name, line in (headings(lines) if has_headings else {}).items()
        if lines[line - 1].removeprefix("\u25cb ") == name
    }
    silent = {number for number, line in enumerate(lines, 1) if line} - said
    assert silent <= titles | bare
    assert all(lines[number - 1] for number in said)


@pytest.mark.parametrize("doc", documents())
def test_a_statement_is_in_our_words(doc: str) -> None:
    lines = lines_of(doc)
    for one in statements()[doc]:
        own, theirs = words(one.says), f" {' '.join(words(lines[one.line - 1]))} "
        runs = (own[at : at + LONGEST_QUOTE + 1] for at in range(len(own) - LONGEST_QUOTE))
        assert not [run for run in runs if f" {' '.join(run)} " in theirs], one


def test_statements_stand_in_the_order_of_the_guide() -> None:
    for some in statements().values():
        assert [one.line for one in some] == sorted(one.line for one in some)


def test_what_acts_on_a_statement_is_there() -> None:
    for _, one in every():
        for name in one.acts:
            acting(name)
        for name in one.not_measured:
            limit(name)
        assert one.later in ("", *LATER)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("brigde.hips_low", "unknown exercise 'brigde'; did you mean 'bridge'?"),
        ("bridge.hips_lo", "bridge has no 'hips_lo'; did you mean 'hips_low'?"),
        ("bridge.sides", "bridge has no 'sides'"),
        ("bridge.guide", "bridge has no 'guide'"),
        ("bridge/002.breath", "bridge/002 has no 'breath'"),
        ("bridge/001.hold", "bridge/001 has no 'hold'"),
        ("bridge/005", "bridge has no dose '005'"),
        ("safety.pain_005", "no rule of safety is called 'pain_005'; did you mean 'pain_00"),
    ],
)
def test_what_is_not_there_is_refused(name: str, message: str) -> None:
    with pytest.raises(SpecError) as refused:
        acting(name)
    assert str(refused.value).startswith(message)


def test_an_entry_of_what_is_not_seen_that_is_not_there_is_refused() -> None:
    with pytest.raises(SpecError, match="bridge says of no 'feet wide' that it is not measured"):
        limit("bridge: feet wide")


def asked_by(source: Source) -> set[Place]:
    return {(source.doc, source.at)} if source.doc in documents() else set()


def test_a_fault_is_asked_for_by_a_statement_in_the_section_that_it_cites() -> None:
    found = named()
    for spec in all_specs():
        for rule in spec.fault:
            name = f"{spec.id}.{rule.id}"
            assert asked_by(rule.rule) <= found.get(name, set()), name


def test_a_dose_is_asked_for_by_a_statement_in_the_section_that_it_cites() -> None:
    found = named()
    for spec in all_specs():
        for dose in spec.dose:
            name = f"{spec.id}/{dose.id}"
            assert asked_by(dose.source) <= found.get(name, set()), name


def test_a_rule_of_safety_is_asked_for_by_a_statement_in_the_section_that_it_cites() -> None:
    found = named()
    for rule, source in safety_rules().rules():
        assert asked_by(source) <= found.get(f"safety.{rule}", set()), rule


def test_a_statement_says_what_is_done_about_it_or_that_it_is_background() -> None:
    with pytest.raises(ValueError, match="or else `background`"):
        Statement(line=1, says="Sit.")
    with pytest.raises(ValueError, match="or else `background`"):
        Statement(line=1, says="Sit.", acts=("bridge.start",), background=True)


@pytest.mark.parametrize(
    ("fate", "standing"),
    [
        ({"acts": "bridge.start"}, "acted on"),
        ({"acts": "bridge.start", "not_measured": "bridge: feet hip width apart"}, "in part"),
        ({"acts": "bridge.start", "later": "programmes"}, "in part"),
        ({"not_measured": "bridge: feet hip width apart"}, "not measurable"),
        ({"not_measured": "bridge: feet hip width apart", "later": "programmes"}, "not yet"),
        ({"background": True}, "background"),
    ],
)
def test_a_statement_stands_as_what_is_done_about_it(
    fate: dict[str, object], standing: str
) -> None:
    assert Statement.model_validate({"line": 1, "says": "Sit.", **fate}).standing == standing
