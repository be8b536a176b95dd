"""The README, the program and the scores that are kept say the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from accuracy.real import kept
from accuracy.real_tables import is_scored
from formcheck.interfaces.cli.commands import main

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_is_in_the_readme_and_has_help(command: str) -> None:
    assert f"formcheck {command}" in README
    assert main.commands[command].help


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_option_is_in_the_readme(command: str) -> None:
    for option in main.commands[command].params:
        for name in option.opts:
            if name.startswith("--"):
                assert name in README


def test_every_file_the_readme_points_to_is_there() -> None:
    targets = [part.split(")")[0] for part in README.split("](")[1:]]
    local = [target for target in targets if not target.startswith("http")]
    assert local
    assert [target for target in local if not (ROOT / target).exists()] == []


@pytest.mark.parametrize("page", ["README.md", "docs/robustness.md"])
def test_the_pages_count_the_exercises_that_are_labelled(page: str) -> None:
    text = (ROOT / page).read_text(encoding="utf-8")
    labelled = [one for one in kept() if is_scored(one)]
    exercises = {one.exercise for one in labelled}
    assert f"{len(labelled)} ranges" in text
    assert f", {len(exercises)} exercises" in text


def test_the_gate_runs_the_test_command_of_the_readme() -> None:
    assert "make test" in README
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")
