"""The commands about exercises: they are listed, shown, found by name and checked."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from formcheck.exercises.catalog import find_spec, spec_paths
from formcheck.exercises.model import json_schema
from formcheck.measuring.measures import REGISTRY
from formcheck.words import terms
from tests.calling import call, mistake

every_exercise = pytest.mark.parametrize("exercise", spec_paths())


# --- exercises ----------------------------------------------------------------------------------


def test_list_names_every_exercise_and_how_it_is_done() -> None:
    result = call("list")
    assert result.exit_code == 0
    for exercise in spec_paths():
        assert exercise in result.stdout
        assert find_spec(exercise).title in result.stdout
        (line,) = (line for line in result.stdout.splitlines() if line.split()[0] == exercise)
        assert line.rstrip().endswith(f" {terms.mode(find_spec(exercise))}")


@every_exercise
def test_show_tells_mode_measures_levels_faults_doses_and_limits(exercise: str) -> None:
    result = call("show", exercise)
    assert result.exit_code == 0
    spec, told = find_spec(exercise), " ".join(result.stdout.split())
    assert f"{spec.title} ({spec.id}), {spec.rating}" in told
    levels = f" {'The hold' if spec.is_timed else 'A rep'} what it decides condition"
    assert f"How it is done: {terms.mode(spec)}" in told
    for title in ("What is measured", levels, "Faults", "Doses", "What the camera cannot see"):
        assert title in told
    faults = [terms.name(fault.id) for fault in spec.fault]
    measure = REGISTRY[spec.rep.measure.name].title.lower()
    for word in (measure, *faults, *(dose.id for dose in spec.dose)):
        assert word in told
    for limit in spec.not_measured:
        assert terms.prose(limit.what) in told


@every_exercise
def test_show_tells_no_id_but_that_of_the_exercise_and_no_unit_of_the_files(exercise: str) -> None:
    told = call("show", exercise).stdout.replace(f"({exercise})", "")
    assert re.findall(r"[a-z]+_[a-z_]+|\d deg\b", told) == []


@pytest.mark.parametrize(
    "command", [("show",), ("replay", "none.npz", "-e"), ("video", "none.mp4", "-e")]
)
def test_an_unknown_exercise_is_told_with_the_nearest_one(command: tuple[str, ...]) -> None:
    (line,) = mistake(*command, "brige")
    assert line == ("unknown exercise 'brige'; did you mean 'bridge'? See `formcheck list`")


@pytest.mark.parametrize(
    "command", [("show",), ("replay", "none.npz", "-e"), ("video", "none.mp4", "-e")]
)
def test_a_word_of_several_exercises_is_told_with_their_ids(command: tuple[str, ...]) -> None:
    (line,) = mistake(*command, "squat")
    assert line == "'squat' could be any of bodyweight_squat, wall_squat; choose one"


def test_show_takes_an_exercise_as_people_type_it() -> None:
    assert call("show", "Bird Dog").stdout == call("show", "bird_dog").stdout


@pytest.mark.parametrize("command", [("replay", "none.npz"), ("video", "none.mp4")])
def test_an_unknown_dose_is_told_with_the_nearest_one(command: tuple[str, ...]) -> None:
    (line,) = mistake(*command, "-e", "bridge", "--dose", "01")
    assert line.startswith("bridge has no dose '01'; did you mean '001'?")
    assert "001-routine" in line


# --- lint ---------------------------------------------------------------------------------------


def test_lint_finds_no_problems_in_our_own_files() -> None:
    result = call("lint")
    assert (result.exit_code, result.stdout.strip()) == (0, "No problems found.")


def test_lint_tells_every_mistake_of_a_file_by_its_line(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = spec_paths()["bridge"].read_text(encoding="utf-8")
    text = text.replace('rating = "measured"', 'rating = "sure"')
    path.write_text(text.replace("highest hip_ext near", "highest hip_exd near"), encoding="utf-8")
    found = mistake("lint", path)
    wrong = [n for n, line in enumerate(path.read_text().splitlines(), 1) if "hip_exd" in line]
    assert [line.split(": ")[0] for line in found] == [f"mine.toml:{n}" for n in (3, *wrong)]
    assert found[1].endswith("unknown measure 'hip_exd'; did you mean 'hip_ext'?")


def test_brackets_in_a_file_are_shown_as_they_stand(tmp_path: Path) -> None:
    text = spec_paths()["bridge"].read_text(encoding="utf-8")
    path = tmp_path / "bridge.toml"
    text = text.replace('"Hips a little higher"', '"[/] [red]up :smile:"')
    path.write_text(text.replace('title = "Bridge"', 'title = "[/x]"'), encoding="utf-8")
    shown = call("show", path)
    assert shown.exit_code == 0
    assert "[/x]" in shown.stdout
    assert "[/] [red]up :smile:" in " ".join(shown.stdout.split())


def test_lint_tells_levels_that_lie_too_close(tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    text = spec_paths()["bridge"].read_text(encoding="utf-8")
    path.write_text(
        text.replace("leave = {", 'fall = "below 163 deg"\nleave = {'), encoding="utf-8"
    )
    assert "mine.toml: dose 001: reach lies 2 deg beyond fall" in mistake("lint", path)[0]


def test_lint_tells_a_file_that_is_called_otherwise_than_its_exercise(tmp_path: Path) -> None:
    text = spec_paths()["bridge"].read_text(encoding="utf-8")
    (tmp_path / "bridge.toml").write_text(text, encoding="utf-8")
    (tmp_path / "mine.toml").write_text(text, encoding="utf-8")
    assert call("lint", tmp_path / "bridge.toml").exit_code == 0
    assert mistake("lint", tmp_path / "mine.toml") == [
        "mine.toml: id: 'bridge' does not match the file name; "
        "rename the file to bridge.toml, or change the id"
    ]


def test_lint_tells_a_file_that_is_not_there(tmp_path: Path) -> None:
    (line,) = mistake("lint", tmp_path / "none.toml")
    assert line == f"{tmp_path / 'none.toml'}: no such file; check the path"


def test_lint_prints_the_schema_for_editors() -> None:
    assert json.loads(call("lint", "--schema").stdout) == json_schema()
