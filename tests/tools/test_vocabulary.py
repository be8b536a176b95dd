"""The tables in exercise_specs/ are those that the code and the exercise files make today."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from formcheck.exercises.catalog import all_specs
from formcheck.exercises.guides import specs_dir
from formcheck.exercises.model import (
    Dose,
    ExerciseSpec,
    FaultRule,
    RepRule,
    Safety,
    Start,
    Variant,
)
from formcheck.exercises.thresholds import KINDS, fault_numbers, levels
from tools import vocabulary

README = Path(__file__).parents[2] / "README.md"


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def rows(page: str, title: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    part = page.split(f"### {title}\n")[1].split("\n###")[0]
    return [cells(line) for line in part.splitlines() if line.startswith("|")][2:]


def page(name: str) -> str:
    return (specs_dir() / name).read_text(encoding="utf-8")


def test_the_pages_of_the_specs_hold_what_is_true_today() -> None:
    for path, text in vocabulary.pages().items():
        assert path.read_text(encoding="utf-8") == text, "run: python -m tools.vocabulary"


def test_every_threshold_of_every_exercise_has_its_row() -> None:
    for spec in all_specs():
        found = [row[:2] for row in rows(page("THRESHOLDS.md"), spec.title)]
        thresholds = [*levels(spec), *(threshold for _, threshold in fault_numbers(spec))]
        assert found == [[one.name, one.condition] for one in thresholds]


def test_the_totals_are_those_of_the_rows_and_of_the_exercises() -> None:
    totals = {row[0]: row[1:] for row in rows(page("THRESHOLDS.md"), "Thresholds")}
    counted = [int(totals[kind][2].split()[0]) for kind in KINDS]
    listed = sum(len(rows(page("THRESHOLDS.md"), spec.title)) for spec in all_specs())
    assert sum(counted) == listed == int(totals["all"][2])
    each = [row[-1].split(" / ") for row in rows(page("README.md"), "Exercises")]
    assert [sum(map(int, kind)) for kind in zip(*each, strict=True)] == counted


def test_most_thresholds_are_our_own_choice_as_the_readme_says() -> None:
    totals = {row[0]: row[3] for row in rows(page("THRESHOLDS.md"), "Thresholds")}
    assert int(totals["ours"].split()[0]) > int(totals["all"]) / 2
    assert "our own choice, as most are" in " ".join(README.read_text(encoding="utf-8").split())


def examples() -> list[dict[str, Any]]:
    """The files in the guide to exercise files, with what is commented out in them."""
    parts = page("README.md").replace("\n# ", "\n").split("```toml\n")[1:]
    return [tomllib.loads(part.split("```")[0]) for part in parts]


def tables_of(example: dict[str, Any], name: str) -> list[dict[str, Any]]:
    if not name:
        return [example]
    found = example.get(name, [])
    return found if isinstance(found, list) else [found]


def tables_of_faults(example: dict[str, Any]) -> list[dict[str, Any]]:
    return list(example.get("fault", {}).values())


@pytest.mark.parametrize(
    ("name", "model"),
    [
        ("", ExerciseSpec), ("start", Start), ("rep", RepRule), ("dose", Dose),
        ("safety", Safety),
    ],
)  # fmt: skip
def test_the_guide_shows_every_key_of_a_table(name: str, model: type[BaseModel]) -> None:
    shown = {key for one in examples() for table in tables_of(one, name) for key in table}
    assert shown == keys_of(model)


def keys_of(model: type[BaseModel]) -> set[str]:
    return {field.alias or name for name, field in model.model_fields.items()}


def test_the_guide_shows_every_key_of_a_fault() -> None:
    shown = {key for one in examples() for fault in tables_of_faults(one) for key in fault}
    assert shown == keys_of(FaultRule) - {"id"}


def test_the_guide_shows_every_key_of_a_variant() -> None:
    variants = [one for example in examples() for one in example.get("variant", {}).values()]
    assert {key for one in variants for key in one} == keys_of(Variant)


def test_the_guide_names_all_three_modes() -> None:
    first = page("README.md").split("```toml\n")[1]
    (line,) = (line for line in first.splitlines() if line.startswith("mode"))
    assert all(mode in line for mode in ("reps", "timed", "guided"))
