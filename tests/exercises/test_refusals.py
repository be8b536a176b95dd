"""Exercise files: what is refused, at which line, and what to write instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from formcheck.errors import SpecError
from formcheck.exercises.catalog import find_spec, spec_paths
from formcheck.exercises.reader import load_spec, parse_spec
from tests.lift import SPEC, changed, refusal

MISTAKES = {
    ('title = "Lift"\n', ""): (1, "title is missing"),
    ('title = "Lift"', "title = 3"): (2, "title: write text in quotes"),
    ('title = "Lift"', 'titel = "Lift"'): (
        1, "title is missing", 2, "unknown key 'titel'; did you mean 'title'?"),
    ('rating = "measured"', 'rating = "sure"'): (
        3, "rating: 'sure' is not one of 'measured', 'fair', 'silhouette' or 'guided'"),
    ('id = "lift"', 'id = "Lift it"'): (
        1, "id: write small letters, digits and _, a letter first"),
    ('"supine_hooklying"', '"supin"'): (
        8, "start.posture: unknown posture 'supin'; did you mean 'supine'?"),
    ('posture = "supine_hooklying"', 'postur = "supine_hooklying"'): (
        7, "start.posture is missing", 8, "unknown key 'postur'; did you mean 'posture'?"),
    ('back = "below 5 deg from rest"', "back = 5"): (
        16, "rep.back: write a clause in quotes, or a list of clauses"),
    ('"knee near below 120 deg"]', '"knee near below 120"]'): (
        14, "rep.reach: knee is measured in deg; write deg after the number"),
    ('back = { doc', 'bakc = { doc'): (
        23, "rep.basis.bakc: 'bakc' is not one of "
        "'leave', 'reach', 'fall', 'back', 'partial' or 'hold'"),
    ('severity = "warn"', 'severity = "bad"'): (
        30, "fault.severity: 'bad' is not one of 'info', 'warn' or 'safety'"),
    ('cue = "Higher"', f'cue = "{"Higher " * 9}"'): (
        31, "fault.cue: write at most 48 characters"),
    ('rule = { doc = "001", at = ', 'rule = { dok = "001", at = '): (
        32, "fault.rule.doc is missing", 32, "unknown key 'dok'; did you mean 'doc'?"),
    ('reps = "8 to 10"', 'reps = "many"'): (
        47, "dose.reps: 'many' is not a count; write '10' or '5 to 10'"),
    ('reps = "8 to 10"', 'reps = "10 to 8"'): (
        47, "dose.reps: '10 to 8' goes down; write the smaller number first"),
    ('"3 breaths"', '"3"'): (
        48, "dose.hold: '3' is not a time; write '5 s', '7 to 8 s', 'up to 5 s' or '3 breaths'"),
    ('"3 breaths"', '"1.2.3 s"'): (
        48,
        "dose.hold: '1.2.3 s' is not a time; write '5 s', '7 to 8 s', 'up to 5 s' or '3 breaths'",
    ),
    ('"3 breaths"', '"8 to 7 s"'): (
        48, "dose.hold: '8 to 7 s' goes down; write the smaller number first"),
    ('reach = "hip_ext near above 155 deg"', 'reech = "hip_ext near above 155 deg"'): (
        61, "unknown key 'reech'; did you mean 'reach'?"),
    ('load = "bodyweight"', 'load = "huge"'): (
        74, "safety.load: 'huge' is not one of 'none', 'bodyweight', 'external' or 'heavy'"),
    ('variant = "less"', 'variant = "leess"'): (
        39, "'gentle': unknown variant 'leess'; did you mean 'less'?"),
    ('id = "low"', 'id = "low"\nunless = ["gentel"]'): (
        28, "'low': unknown fault 'gentel'; did you mean 'gentle'?"),
    ('id = "low"', 'id = "low"\ndoses = ["long", "shrt"]'): (
        28, "'low': unknown dose 'shrt'; did you mean 'short'?"),
    ('id = "low"', 'id = "low"\npose = "up"'): (28, "'low': unknown pose 'up'; there is none"),
    ('id = "short"', 'id = "short"\npose_hold.up = "1 s"'): (
        54, "'short': unknown pose 'up'; there is none"),
    ('low = "hip_ext near below 155 deg"', 'lo = "hip_ext near below 155 deg"'): (
        68, "variant 'less': unknown fault 'lo'; did you mean 'low'?"),
    ('title = "Lift"', 'title = "Lift"\nnames = { 01 = "Lift" }'): (
        3, "names: unknown document '01'; did you mean '001'?"),
    ('back = { doc = "ours", at = "why" }\n', ""): (
        19, "rep.basis.back is missing; give the source of the number"),
    ('less.basis]\nreach', 'less.basis]\nreech'): (
        65, "variant.less.basis.reech: 'reech' is not one of 'reach' or 'fall'"),
    ('reach = "hip_ext near above 155 deg"\n', ""): (
        64, "variant.less.basis.reach: the variant has no reach of its own"),
    ('id = "gentle"', 'id = "low"'): (36, "fault id 'low' is used twice"),
    ('id = "short"', 'id = "long"'): (53, "dose id 'long' is used twice"),
    ('id = "low"', 'id = "low"\ndoses = [3]'): (28, "fault.doses: write text in quotes"),
    ('place = ', 'side_view = "half"\nplace = '): (
        5, "side_view: write a number, without quotes"),
    ('place = ', 'side_view = [0.5]\nplace = '): (5, "side_view: write a number"),
    ('place = ', 'side_view = 0\nplace = '): (5, "side_view: write a number above 0"),
    ('place = ', 'side_view = 1\nplace = '): (5, "side_view: write a number below 1"),
    ('place = ', 'poses = ["up"]\nplace = '): (5, "poses: write two names"),
    ('place = ', 'poses = ["up", "down", "up"]\nplace = '): (5, "poses: write two names"),
    ('camera = "side"\n', ""): (1, "camera is missing; write 'side', 'front' or 'any'"),
    ('severity = "warn"\n', ""): (
        26, "fault.severity is missing; write 'info', 'warn' or 'safety'"),
    ('balance = "none"\n', ""): (70, "safety.balance is missing; write 'none' or 'needed'"),
}  # fmt: skip


@pytest.mark.parametrize("change", MISTAKES, ids=lambda change: change[1].strip()[:30])
def test_a_mistake_is_told_by_file_line_and_what_to_write(change: tuple[str, str]) -> None:
    due = MISTAKES[change]
    pairs = zip(due[::2], due[1::2], strict=True)
    assert refusal(changed(change)) == [f"lift.toml:{line}: {what}" for line, what in pairs]


def test_a_pose_of_a_cycle_that_it_has_not_is_told_with_the_nearest() -> None:
    text = changed(
        ('place = "', 'poses = ["up", "down"]\nplace = "'),
        ('id = "low"', 'id = "low"\npose = "uo"'),
        ('id = "short"', 'id = "short"\npose_hold = { up = "1 s", dwon = "2 s" }'),
    )
    assert refusal(text) == [
        "lift.toml:29: 'low': unknown pose 'uo'; did you mean 'up'?",
        "lift.toml:56: 'short': unknown pose 'dwon'; did you mean 'down'?",
    ]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (('"hip_ext near"', '"hip_exd near"'),
         "rep.measure: unknown measure 'hip_exd'; did you mean 'hip_ext'?"),
        (('"hip_ext near"', "3"), "rep.measure: write a measure and its side in quotes"),
        (('"hip_ext near"', '"hip_ext both"'),
         "rep.measure: 'hip_ext both' is two values, but a rep needs one; "
         "write 'near' or 'mean'"),
        (('"hip_ext near"', '"hip_ext"'),
         "rep.measure: hip_ext needs a side: one of near, far, raised, "
         "working, resting, least, most, mean, both"),
    ],
)  # fmt: skip
def test_a_wrong_measure_is_told_once_and_not_at_each_level_that_speaks_of_it(
    change: tuple[str, str], what: str
) -> None:
    assert refusal(changed(change)) == [f"lift.toml:12: {what}"]
    with_another = changed(change, ("knee near below", "kne near below"))
    assert refusal(with_another)[1].startswith("lift.toml:14: rep.reach: unknown measure 'kne'")


OFF = "none of its clauses is about hip_ext near, the measure of the rep; add one"

OFF_THE_MEASURE = {
    'leave = "rises 10 deg"': (13, "rep.leave"),
    'reach = ["above 165 deg", "knee near below 120 deg"]': (14, "rep.reach"),
    'fall = "below 160 deg"': (15, "rep.fall"),
    'back = "below 5 deg from rest"': (16, "rep.back"),
    'partial = "rises 12 deg"': (17, "rep.partial"),
    'reach = "hip_ext near above 155 deg"': (61, "variant.less.reach"),
    'fall = "hip_ext near below 150 deg"': (62, "variant.less.fall"),
}


@pytest.mark.parametrize("level", OFF_THE_MEASURE)
def test_a_level_of_a_rep_without_the_measure_of_the_rep_is_refused(level: str) -> None:
    line, where = OFF_THE_MEASURE[level]
    elsewhere = f'{level.split(" = ")[0]} = "knee near above 10 deg"'
    assert refusal(changed((level, elsewhere))) == [f"lift.toml:{line}: {where}: {OFF}"]


def test_a_timed_hold_may_be_a_position_of_anything() -> None:
    timed = ('place = "', 'mode = "timed"\nplace = "')
    position = ('reach = ["above 165 deg", "knee near', 'reach = ["knee near')
    assert parse_spec(changed(timed, position), "lift.toml").is_timed


OVER = "is only known once an attempt is over; write it in a [[fault]] with during = 'attempt'"
NO_REST = "no rest is known yet to measure from; write a fixed number, as in"
AT_START = 'require = "{}"\nsay = '

OUT_OF_PLACE = {
    ('leave = "rises 10 deg"', "leave = []"): (
        13, "rep.leave: the list is empty; "
        "write a clause, for example 'knee raised below 150 deg for 0.4 s'"),
    ('when = "hip_ext near below 165 deg"', "when = []"): (
        29, "fault.when: the list is empty; "
        "write a clause, for example 'knee raised below 150 deg for 0.4 s'"),
    ('leave = "rises 10 deg"', 'leave = "return_time above 2 s"'): (
        13, f"rep.leave: return_time {OVER}"),
    ('reach = "hip_ext near above 155', 'reach = "highest hip_ext near above 155'): (
        61, "variant.less.reach: 'highest hip_ext near above 155 deg' is judged at each instant; "
        "write 'hip_ext near above 155 deg'"),
    ('"knee near below 120 deg"]', '"knee near below 120 deg for 2 s"]'): (
        14, "rep.reach: 'knee near below 120 deg for 2 s' is judged at each instant; "
        "write 'knee near below 120 deg'"),
    ("say = ", AT_START.format("hold_sag above 2 deg")): (9, f"start.require: hold_sag {OVER}"),
    ("say = ", AT_START.format("median knee near below 90 deg")): (
        9, "start.require: 'median knee near below 90 deg' is judged at each instant; "
        "write 'knee near below 90 deg'"),
    ("say = ", AT_START.format("knee near rises 5 deg")): (
        9, f"start.require: 'knee near rises 5 deg': {NO_REST} 'knee near above 20 deg'"),
    ("say = ", AT_START.format("knee near drops 5 deg")): (
        9, f"start.require: 'knee near drops 5 deg': {NO_REST} 'knee near below 20 deg'"),
    ('"top"\nwhen = "hip_ext near below 165 deg"', '"start"\nwhen = "reach_spread above 1 s"'): (
        29, f"fault.when: reach_spread {OVER}"),
}  # fmt: skip


@pytest.mark.parametrize("change", OUT_OF_PLACE, ids=lambda change: change[1].strip()[:40])
def test_a_clause_that_its_place_cannot_judge_is_refused(change: tuple[str, str]) -> None:
    line, what = OUT_OF_PLACE[change]
    assert refusal(changed(change)) == [f"lift.toml:{line}: {what}"]


def test_a_variant_puts_no_measure_of_attempts_into_a_fault_of_the_start() -> None:
    text = changed(
        ('during = "top"', 'during = "start"'),
        ('low = "hip_ext near below 155 deg"', 'low = "hold_sag above 2 deg"'),
    )
    assert refusal(text) == [f"lift.toml:68: variant.less.fault.low: hold_sag {OVER}"]


def test_an_exercise_without_any_dose_is_refused() -> None:
    before, _, doses = SPEC.partition("[[dose]]")
    after = doses[doses.index("[variant.less]") :]
    assert refusal(f"dose = []\n{before}{after}") == ["lift.toml:1: dose: write at least one"]


def test_all_mistakes_of_a_file_are_told_at_once_in_the_order_of_its_lines() -> None:
    text = changed(
        ("place = ", "plaze = "),
        ('rating = "measured"', 'rating = "sure"'),
        ('"supine_hooklying"', '"supin"'),
        ('leave = "rises 10 deg"', 'leave = "grows 10 deg"'),
        (
            "variant.less.basis]\nreach",
            "variant.less.basis]\nreach2 = { doc = 'ours', at = 'why' }\nreach",
        ),
        ('hold = "3 breaths"', 'holds = "3 breaths"'),
        ('balance = "none"', ""),
    )
    found = refusal(text)
    assert [int(line.split(":")[1]) for line in found] == [1, 3, 5, 8, 13, 48, 65, 71]
    assert [line for line in found if "did you mean" in line] == [
        "lift.toml:5: unknown key 'plaze'; did you mean 'place'?",
        "lift.toml:8: start.posture: unknown posture 'supin'; did you mean 'supine'?",
        "lift.toml:48: unknown key 'holds'; did you mean 'hold'?",
    ]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (('title = "Lift"', 'title = "Lift'), 2),
        (('camera = "side"', 'camera = "side"\ncamera = "any"'), 5),
        (("[rep]", "[rep"), 11),
        (('balance = "none"', "balance = "), 75),
    ],
)
def test_toml_that_cannot_be_read_is_told_by_its_line(change: tuple[str, str], line: int) -> None:
    (found,) = refusal(changed(change))
    assert re.fullmatch(rf"lift\.toml:{line}: .+; correct the TOML there", found)


def test_a_file_that_is_not_there_or_no_text_is_told_by_its_path(tmp_path: Path) -> None:
    binary = tmp_path / "binary.toml"
    binary.write_bytes(b"\xff\xfe\x00id")
    reasons = {
        tmp_path / "none.toml": "no such file; check the path",
        binary: "cannot be read as a text file: it is not UTF-8",
        tmp_path: "a folder; give a .toml file",
    }
    for path, reason in reasons.items():
        with pytest.raises(SpecError) as error:
            load_spec(path)
        assert str(error.value) == f"{path}: {reason}"


def test_an_unknown_exercise_is_told_with_the_nearest_one() -> None:
    known = next(iter(spec_paths()))
    with pytest.raises(SpecError) as error:
        find_spec(f"{known}x")
    hint = f"did you mean '{known}'? See `formcheck list`"
    assert str(error.value) == f"unknown exercise '{known}x'; {hint}"
    with pytest.raises(SpecError, match=r"^unknown exercise 'q'; see `formcheck list`$"):
        find_spec("q")
