"""Exercise files that are `like` another: what is taken, and what is refused, of which file."""

from __future__ import annotations

from pathlib import Path

import pytest

from formcheck.errors import SpecError
from formcheck.exercises.catalog import find_spec
from formcheck.exercises.model import ExerciseSpec
from formcheck.exercises.reader import load_spec, parse_spec
from tests.lift import SPEC, changed

LIKE = """\
id = "lifted"
title = "Lifted"
rating = "fair"
like = "lift"

[fault.early]
when = "knee near below 20 deg"
severity = "info"
cue = "Later"
rule = "ours: why"
number = "ours: why"

[[dose]]
id = "own"
reps = 5
source = "001: Bridge exercise"

[safety]
flexion = "none"
extension = "none"
rotation = "none"
load = "none"
balance = "none"
"""


def loaded(folder: Path, own: str = LIKE, base: str = SPEC) -> ExerciseSpec:
    (folder / "lift.toml").write_text(base, encoding="utf-8")
    path = folder / "lifted.toml"
    path.write_text(own, encoding="utf-8")
    return load_spec(path)


def test_an_exercise_of_the_guides_may_be_taken_from_any_folder(tmp_path: Path) -> None:
    path = tmp_path / "my_bridge.toml"
    path.write_text(LIKE.replace('"lift"', '"bridge"'), encoding="utf-8")
    assert load_spec(path).rep == find_spec("bridge").rep


def test_of_two_exercises_of_a_name_the_one_beside_the_file_is_meant(tmp_path: Path) -> None:
    (tmp_path / "bridge.toml").write_text(SPEC, encoding="utf-8")
    path = tmp_path / "my_bridge.toml"
    path.write_text(LIKE.replace('"lift"', '"bridge"'), encoding="utf-8")
    assert load_spec(path).rep != find_spec("bridge").rep


def refusal(folder: Path, own: str = LIKE, base: str = SPEC) -> list[str]:
    with pytest.raises(SpecError) as error:
        loaded(folder, own, base)
    return str(error.value).splitlines()


def swapped(old: str, new: str) -> str:
    assert old in LIKE
    return LIKE.replace(old, new, 1)


def test_all_but_what_belongs_to_doses_and_variants_is_taken(tmp_path: Path) -> None:
    of_dose = ("[fault.low]", '[fault.low]\ndoses = ["short"]')
    spec, without = loaded(tmp_path), loaded(tmp_path, base=changed(of_dose))
    lift = parse_spec(SPEC, "lift.toml")
    assert (spec.start, spec.rep, spec.camera) == (lift.start, lift.rep, lift.camera)
    assert [rule.id for rule in spec.fault] == ["low", "early"]
    assert [rule.id for rule in without.fault] == ["early"]
    assert [dose.id for dose in spec.dose] == ["own"]


def test_a_fault_that_is_taken_waits_for_none_that_stays_behind(tmp_path: Path) -> None:
    waits = ("[fault.low]", '[fault.low]\nunless = ["gentle", "early"]')
    early = ("[[dose]]", LIKE[LIKE.index("[fault.early]") : LIKE.index("[[dose]]")] + "[[dose]]")
    low = loaded(tmp_path, base=changed(waits, early)).fault[0]
    assert (low.id, low.unless) == ("low", ("early",))


def test_a_level_of_its_own_leaves_the_others_and_brings_its_own_source(tmp_path: Path) -> None:
    own = '[rep]\nback = { when = "below 4 deg from rest", number = "outside: there" }\n'
    rep = loaded(tmp_path, swapped("[fault.early]", f"{own}\n[fault.early]")).rep
    lift = parse_spec(SPEC, "lift.toml").rep
    assert rep.back[0].high == 4
    assert (rep.leave, rep.reach) == (lift.leave, lift.reach)
    assert [one.origin().kind for one in (*rep.fall_level, *rep.back_level)] == [
        "measured", "outside",
    ]  # fmt: skip


MISSHAPEN = {
    "start = 3\n": (6, "start is a table; give it keys and values"),
    "rep = 3\n": (6, "rep is a table; give it keys and values"),
    "[rep]\nreach = 3\n": (7, "rep.reach: write a clause in quotes, or a list of clauses"),
    "[start]\nposture = ['supine']\n": (7, "start.posture: unknown posture ['supine']"),
}


@pytest.mark.parametrize("own", MISSHAPEN)
def test_what_does_not_fit_over_the_other_exercise_is_refused(tmp_path: Path, own: str) -> None:
    line, what = MISSHAPEN[own]
    (found,) = refusal(tmp_path, swapped("[fault.early]", f"{own}[fault.early]"))
    assert found.startswith(f"lifted.toml:{line}: {what}")


def test_a_fault_without_its_name_is_told_to_be_a_table(tmp_path: Path) -> None:
    found = refusal(tmp_path, swapped("[fault.early]", "[fault]"))
    assert "lifted.toml:7: fault.when is a table; give it keys and values" in found


def test_a_list_of_words_without_brackets_is_told_so(tmp_path: Path) -> None:
    (found,) = refusal(tmp_path, swapped('like = "lift"', 'like = "lift"\nover = "lift"'))
    assert found == "lifted.toml:5: over is a list; write brackets round it"


def test_a_mistake_in_a_fault_of_its_own_is_told_at_its_line(tmp_path: Path) -> None:
    (found,) = refusal(tmp_path, swapped('severity = "info"', 'severity = "bad"'))
    assert found.startswith("lifted.toml:8: fault.early.severity: 'bad' is not one of")


BROKEN = {
    ('title = "Lift"', 'title = "Lift'): "lift.toml:2: Illegal character '\\n'",
    ('cue = "Higher"\n', ""): "lift.toml:22: fault.low.cue is missing",
    ("reach = [", "reech = ["): "lift.toml:11: rep.reach is missing",
}


@pytest.mark.parametrize("change", BROKEN, ids=lambda change: change[0].strip())
def test_a_mistake_in_the_other_exercise_is_told_under_its_own_name(
    tmp_path: Path, change: tuple[str, str]
) -> None:
    assert refusal(tmp_path, base=changed(change))[0].startswith(BROKEN[change])


def test_an_exercise_like_an_unknown_one_is_told_the_nearest(tmp_path: Path) -> None:
    (found,) = refusal(tmp_path, swapped('"lift"', '"lfit"'))
    assert found == "lifted.toml:4: like: unknown exercise 'lfit'; did you mean 'lift'?"


@pytest.mark.parametrize("base", [LIKE, LIKE.replace('"lift"', '"lifted"')])
def test_an_exercise_like_one_that_is_like_another_is_refused(tmp_path: Path, base: str) -> None:
    (found,) = refusal(tmp_path, base=base)
    assert found == ("lifted.toml:4: like: 'lift' is itself like another; name one that is not")
