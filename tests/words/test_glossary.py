"""The words that the glossary rules out stand in nothing that people read."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import formcheck
from formcheck.exercises.catalog import spec_paths

PACKAGE = Path(formcheck.__file__).parent
PAGES = [*PACKAGE.rglob("*.html"), *PACKAGE.rglob("page/*.js")]
SPECS = next(iter(spec_paths().values())).parent.glob("*.toml")

RULED_OUT = re.compile(
    r"\bmend|rests on(?! the)|\btells?\b|\btold\b|start posture|without fault|\basked:"
    "|replaces nobody",
    re.IGNORECASE,
)


def strings(path: Path) -> Iterator[str]:
    """The texts of a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            yield node.value


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.stem)
def test_no_text_of_a_module_has_a_word_that_is_ruled_out(path: Path) -> None:
    assert [text for text in strings(path) if RULED_OUT.search(text)] == []


@pytest.mark.parametrize("path", sorted([*PAGES, *SPECS]), ids=lambda path: path.name)
def test_no_page_and_no_exercise_file_has_a_word_that_is_ruled_out(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if not line.lstrip().startswith(("//", "#"))]
    assert [line for line in said if RULED_OUT.search(line)] == []
