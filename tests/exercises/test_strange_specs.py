"""Whatever an exercise file holds, it is refused in plain words, or of use."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from copy import deepcopy
from typing import Any

import pytest

from formcheck.errors import SpecError
from formcheck.exercises.catalog import lint
from formcheck.exercises.guides import specs_dir
from formcheck.exercises.model import ExerciseSpec
from formcheck.exercises.reader import parse_spec
from formcheck.interfaces.cli import tables
from formcheck.judging.checker import Checker

STRANGE: tuple[Any, ...] = (3, "nonsense", [], ["near"], {}, {"id": ["x"]})


def toml(value: Any) -> str:
    """A value on one line."""
    if isinstance(value, dict):
        return f"{{{', '.join(f'{json.dumps(key)} = {toml(v)}' for key, v in value.items())}}}"
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return json.dumps(value, ensure_ascii=False)


def places(data: Any, key: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The place of every value, at whatever depth."""
    items = data.items() if isinstance(data, dict) else enumerate(data)
    for name, value in items:
        yield (*key, name)
        if isinstance(value, dict | list):
            yield from places(value, (*key, name))


def with_value(data: dict[str, Any], key: tuple[Any, ...], value: Any) -> str:
    """The text of a file in which one value is another."""
    made = deepcopy(data)
    table: Any = made
    for name in key[:-1]:
        table = table[name]
    table[key[-1]] = value
    return "\n".join(f"{name} = {toml(value)}" for name, value in made.items())


def use(spec: ExerciseSpec) -> None:
    """What is done with an exercise before a pose comes."""
    lint(spec)
    list(tables.exercise(spec))
    for dose in spec.dose:
        Checker(spec.with_dose(dose))


@pytest.mark.parametrize("exercise", ["bridge", "cat_cow", "plank", "bridge_single_leg"])
def test_whatever_stands_in_place_of_a_value_is_refused_or_of_use(exercise: str) -> None:
    data = tomllib.loads((specs_dir() / f"{exercise}.toml").read_text(encoding="utf-8"))
    refused = 0
    for key in places(data):
        for value in STRANGE:
            try:
                use(parse_spec(with_value(data, key, value), "strange.toml", specs_dir()))
            except SpecError:
                refused += 1
    assert refused > 100
