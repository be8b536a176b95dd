"""The walls around the core; which room may import which is import-linter's (pyproject.toml)."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

import formcheck
from formcheck.exercises.catalog import spec_paths

PACKAGE = Path(formcheck.__file__).parent

CORE_ROOMS = ("records", "measuring", "exercises", "judging")


def module_name(path: Path) -> str:
    """The name of a module within the package: `judging.levels`, `measuring.measures`."""
    parts = path.relative_to(PACKAGE).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


CORE_PATHS = {
    module_name(path): path for room in CORE_ROOMS for path in (PACKAGE / room).rglob("*.py")
}
CORE = sorted(CORE_PATHS)

VALIDATION = {
    "pydantic", "pydantic_core", "annotated_types", "typing_extensions", "typing_inspection",
}  # fmt: skip
"""The chosen validation library with all that it requires itself."""

READS_FILES = {"exercises.catalog", "exercises.guides", "exercises.reader"}

WHAT_IT_BRINGS = """
import importlib, json, sys
before = set(sys.modules)
for module in sys.argv[1:]:
    importlib.import_module("formcheck." + module)
print(json.dumps(sorted(set(sys.modules) - before)))
"""

EXERCISES = set(spec_paths())


def brought_by(modules: Sequence[str]) -> set[str]:
    """The modules that importing these brings in, in a fresh interpreter."""
    done = subprocess.run(
        [sys.executable, "-c", WHAT_IT_BRINGS, *modules],
        capture_output=True, text=True, check=True, cwd=PACKAGE.parent,
    )  # fmt: skip
    return set(json.loads(done.stdout))


@pytest.fixture(scope="module")
def brought() -> set[str]:
    """All that the whole core brings in."""
    return brought_by(CORE)


def tree(module: str) -> ast.Module:
    return ast.parse(CORE_PATHS[module].read_text(encoding="utf-8"))


def imports(module: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def test_the_core_as_it_runs_needs_numpy_pydantic_and_the_standard_library_alone(
    brought: set[str],
) -> None:
    foreign = {name.split(".")[0] for name in brought} - sys.stdlib_module_names
    foreign = {name for name in foreign if not name.startswith("_sysconfigdata")}
    assert foreign <= VALIDATION | {"numpy", "formcheck"}


def test_the_core_as_it_runs_imports_no_edge_and_no_face(brought: set[str]) -> None:
    ours = {name for name in brought if name.startswith("formcheck.")}
    assert ours == {f"formcheck.{name}" for name in (*CORE, "errors")}
    assert {"judging.checker", "measuring.measures", "records.report"} <= set(CORE)


@pytest.mark.parametrize("module", CORE)
def test_a_core_module_names_no_library_beyond_the_wall(module: str) -> None:
    allowed = sys.stdlib_module_names | {"numpy", "pydantic", "formcheck"}
    assert {name.split(".")[0] for name in imports(module)} <= allowed


@pytest.mark.parametrize("module", CORE)
def test_a_core_module_looks_at_no_clock(module: str) -> None:
    assert not {"time", "datetime", "calendar", "sched", "timeit"} & set(imports(module))


@pytest.mark.parametrize("module", sorted(set(CORE) - READS_FILES))
def test_a_core_module_opens_no_file(module: str) -> None:
    assert not {"pathlib", "os", "io", "socket", "subprocess", "tempfile"} & set(imports(module))
    called = [n.func for n in ast.walk(tree(module)) if isinstance(n, ast.Call)]
    names = {f.id for f in called if isinstance(f, ast.Name)}
    assert not {"open", "print", "input"} & names


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: str(path.relative_to(PACKAGE))
)
def test_no_module_knows_an_exercise_by_its_id(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            assert node.value not in EXERCISES
        if isinstance(node, ast.Name | ast.Attribute):
            assert (node.id if isinstance(node, ast.Name) else node.attr) not in EXERCISES
