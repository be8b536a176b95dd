"""Exercise files: what is refused, at which line, and what to write instead."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from formcheck.errors import SpecError
from formcheck.exercises.catalog import find_spec, spec_paths
from formcheck.exercises.reader import MOST_TOLD, load_spec, parse_spec
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
        19, "rep.back: write a clause in quotes, or a list of clauses"),
    ('"knee near below 120 deg"', '"knee near below 120"'): (
        14, "rep.reach: knee is measured in deg; write deg after the number"),
    ('number = "measured: on seven"', 'nubmer = "measured: on seven"'): (
        18, "unknown key 'nubmer'; did you mean 'number'?"),
    ('number = "measured: on seven"', 'number = "measurd: on seven"'): (
        18, "rep.fall.number: 'measurd' is not one of 'measured', 'outside' or 'ours'; what a "
        "document says is its anchor: anchor = \"45 deg (measurd: on seven)\""),
    (', tolerance = "ours: why"', ""): (
        14, "rep.reach: an anchor without its tolerance; write whose it is, as in 'ours: why'"),
    ('tolerance = "ours: why"', 'tolerance = "15 deg, ours: why"'): (
        14, "rep.reach: tolerance: 15 deg follow from the anchor; leave out the amount"),
    ('anchor = "straight (001: Bridge exercise)"', 'anchor = "straight"'): (
        14, "rep.reach: anchor: name its document: 'straight (003: Initial exercises)'"),
    ('tolerance = "ours: why" }', 'number = "ours: why" }'): (
        14, "rep.reach: number and anchor are two sources; write the anchor and its tolerance"),
    ('number = "ours: why"\n', ""): (
        27, "fault.gentle: a number without a source; write number = 'measured: on what', "
        "'outside: which work' or 'ours: why', or, of a document's number, its anchor "
        "and tolerance"),
    ('severity = "info"', 'severity = "bad"'): (
        31, "fault.gentle.severity: 'bad' is not one of 'info', 'warn' or 'safety'"),
    ('cue = "Higher"', f'cue = "{"Higher " * 9}"'): (
        24, "fault.low.cue: write at most 48 characters"),
    ('[fault.low]', '[fault.Low]'): (
        22, "fault.Low.id: write small letters, digits and _, a letter first"),
    ('rule = "001: Bridge exercise"', 'rule = { doc = "001", at = "Bridge exercise" }'): (
        25, "fault.low.rule: write it as text: \"001: Bridge exercise\""),
    ('rule = "001: Bridge exercise"', 'rule = "the bridge"'): (
        25, "fault.low.rule: write a source and its place in quotes: '001: Bridge exercise', "
        "'measured: on what' or 'ours: why'"),
    ('reps = "8 to 10"', 'reps = "many"'): (
        38, "dose.reps: 'many' is not a count; write '10' or '5 to 10'"),
    ('reps = "8 to 10"', 'reps = "10 to 8"'): (
        38, "dose.reps: '10 to 8' goes down; write the smaller number first"),
    ('"3 breaths"', '"3"'): (
        39, "dose.hold: '3' is not a time; write '5 s', '7 to 8 s', 'up to 5 s' or '3 breaths'"),
    ('"3 breaths"', '"1.2.3 s"'): (
        39,
        "dose.hold: '1.2.3 s' is not a time; write '5 s', '7 to 8 s', 'up to 5 s' or '3 breaths'",
    ),
    ('"3 breaths"', '"8 to 7 s"'): (
        39, "dose.hold: '8 to 7 s' goes down; write the smaller number first"),
    ('basis = { reps = "ours', 'basis = { reps = "001'): (
        48, "dose.basis.reps: '001' is not one of 'measured', 'outside' or 'ours'; what a "
        "document says is its anchor: anchor = \"45 deg (001: a guess)\""),
    ('reach = { when = "hip_ext near above 155', 'reech = { when = "hip_ext near above 155'): (
        53, "unknown key 'reech'; did you mean 'reach'?"),
    ('load = "bodyweight"', 'load = "huge"'): (
        62, "safety.load: 'huge' is not one of 'none', 'bodyweight', 'external' or 'heavy'"),
    ('variant = "less"', 'variant = "leess"'): (
        30, "'gentle': unknown variant 'leess'; did you mean 'less'?"),
    ('[fault.low]', '[fault.low]\nunless = ["gentel"]'): (
        23, "'low': unknown fault 'gentel'; did you mean 'gentle'?"),
    ('[fault.low]', '[fault.low]\ndoses = ["long", "shrt"]'): (
        23, "'low': unknown dose 'shrt'; did you mean 'short'?"),
    ('[fault.low]', '[fault.low]\npose = "up"'): (23, "'low': unknown pose 'up'; there is none"),
    ('id = "short"', 'id = "short"\npose_hold.up = "1 s"'): (
        45, "'short': unknown pose 'up'; there is none"),
    ('say = "Only a little."', 'say = "Only a little."\nfault.lo = "hip_ext near below 155 deg"'): (
        53, "variant 'less': unknown fault 'lo'; did you mean 'low'?"),
    ('title = "Lift"', 'title = "Lift"\nnames = { 01 = "Lift" }'): (
        3, "names: unknown document '01'; did you mean '001'?"),
    ('id = "short"', 'id = "long"'): (44, "dose id 'long' is used twice"),
    ('[fault.low]', '[fault.low]\ndoses = [3]'): (23, "fault.low.doses: write text in quotes"),
    ('place = ', 'side_view = "half"\nplace = '): (
        5, "side_view: write a number, without quotes"),
    ('place = ', 'side_view = [0.5]\nplace = '): (5, "side_view: write a number"),
    ('place = ', 'side_view = 0\nplace = '): (5, "side_view: write a number above 0"),
    ('place = ', 'side_view = 1\nplace = '): (5, "side_view: write a number below 1"),
    ('place = ', 'poses = ["up"]\nplace = '): (5, "poses: write two names"),
    ('place = ', 'poses = ["up", "down", "up"]\nplace = '): (5, "poses: write two names"),
    ('camera = "side"\n', ""): (1, "camera is missing; write 'side', 'front' or 'any'"),
    ('balance = "none"\n', ""): (58, "safety.balance is missing; write 'none' or 'needed'"),
}  # fmt: skip

NEVER_REACHED = {
    ('reps = "8 to 10"', "reps = 0"): (38, "dose.reps: 0 cannot be done; write 1 to 1000"),
    ('reps = "8 to 10"', 'reps = "5 to 99999"'): (
        38, "dose.reps: '5 to 99999' is too many; write at most 1000"),
    ('"3 breaths"', '"0 s"'): (
        39, "dose.hold: '0 s' is no hold; write a time above 0 s, or leave it out"),
    ('"3 breaths"', '"-5 s"'): (
        39, "dose.hold: '-5 s' is not a time; write '5 s', '7 to 8 s', 'up to 5 s' or '3 breaths'"),
    ('"3 breaths"', '"inf s"'): (
        39,
        "dose.hold: 'inf s' is not a time; write '5 s', '7 to 8 s', 'up to 5 s' or '3 breaths'",
    ),
    ('"3 breaths"', "nan"): (
        39,
        "dose.hold: nan is not a time; write '5 s', '7 to 8 s', 'up to 5 s' or '3 breaths'",
    ),
    ('"3 breaths"', f'"{"9" * 400} s"'): (
        39, f"dose.hold: '{'9' * 76}...' is too long; write at most 3600 s"),
    ('"above 165 deg"', f'"above {"9" * 400} deg"'): (
        14, "rep.reach: no measure is infinite; write a smaller number"),
    ('"above 165 deg"', '"above 400 deg"'): (
        14, "rep.reach: hip_ext lies between 0 and 360 deg, so it never comes to 400; "
        "write a number in between"),
    ('"rises 10 deg"', '"rises 361 deg"'): (
        13, "rep.leave: hip_ext lies between -360 and 360 deg from rest, so it never comes to 361; "
        "write a number in between"),
    ('"hip_ext near above 175 deg"', '"hip_ext near above 175 deg for 9999 s"'): (
        29, "fault.gentle.when: for 9999 s: write at most an hour"),
    ("place = ", "side_view = nan\nplace = "): (5, "side_view: write a number below 1"),
}  # fmt: skip


@pytest.mark.parametrize("change", NEVER_REACHED, ids=lambda change: change[1].strip()[:30])
def test_what_could_never_be_reached_is_refused_at_its_line(change: tuple[str, str]) -> None:
    line, what = NEVER_REACHED[change]
    assert f"lift.toml:{line}: {what}" in refusal(changed(change))


OLD_LAYOUT = {
    "[rep.basis]\nleave = { doc = 'ours', at = 'why' }\n\n": (
        22, "rep.basis is no more; write number = \"ours: why\" beside when in [rep.leave]"),
    "[[fault]]\nid = 'high'\n\n": (22, "[[fault]] is no more; write [fault.high], without the id"),
    "[[not_measured]]\nwhat = 'it'\n\n": (
        22, '[[not_measured]] is no more; write [not_measured] with "what" = "why"'),
    "[variant.less.basis]\nreach = 3\n\n": (
        22, "variant.less.basis is no more; write number or anchor in [variant.less.reach]"),
}  # fmt: skip


@pytest.mark.parametrize("old", OLD_LAYOUT)
def test_a_key_of_the_old_layout_is_told_with_the_new_one_alone(old: str) -> None:
    line, what = OLD_LAYOUT[old]
    text = changed(("[fault.low]", f"{old}[fault.low]"))
    if old.startswith("[[fault"):
        before, after = text.split("[fault.low]")
        text = before + after[after.index("[[dose]]") :]
    if old.startswith("[[not"):
        text = text.replace("[not_measured]\n", "[other]\n")
    assert refusal(text) == [f"lift.toml:{line}: {what}; see exercise_specs/README.md"]


def test_what_is_nested_too_deeply_or_too_long_a_number_is_told_in_one_line() -> None:
    dotted = f"[{'.'.join('x' * 3000)}]\n"
    assert refusal(f"{SPEC}{dotted}") == [
        "lift.toml:64: lists or tables too deep in one another; write fewer"
    ]
    deep = f"x = {'[' * 5000}{']' * 5000}\n"
    assert refusal(f"{SPEC}{deep}") == [
        "lift.toml:64: lists or tables too deep in one another; write fewer"
    ]
    assert refusal(f"x = {'9' * 5000}\n{SPEC}") == [
        "lift.toml:1: a number of thousands of digits; write fewer"
    ]


def test_of_very_many_mistakes_the_first_are_told_and_the_rest_counted() -> None:
    many = "".join(f"key{n} = 1\n" for n in range(500))
    found = refusal(f"{many}{SPEC}")
    assert len(found) == MOST_TOLD + 1
    assert found[0] == f"lift.toml:1: and {500 - MOST_TOLD} more"


def test_a_table_of_thousands_of_keys_is_told_in_one_line() -> None:
    many = "".join(f"key{n} = 1\n" for n in range(5000))
    assert refusal(f"{SPEC}{many}") == [
        "lift.toml:1: 5005 keys or values in one place; no exercise has so many"
    ]
    (found,) = refusal("".join(f"key{n} = 1\n" for n in range(300_000)))
    assert found.endswith(" characters; no exercise file is so long")


def test_a_byte_order_mark_before_a_file_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "lift.toml"
    path.write_text(SPEC, encoding="utf-8-sig")
    assert load_spec(path) == parse_spec(SPEC, "lift.toml")


@pytest.mark.parametrize("change", MISTAKES, ids=lambda change: change[1].strip()[:30])
def test_a_mistake_is_told_by_file_line_and_what_to_write(change: tuple[str, str]) -> None:
    due = MISTAKES[change]
    pairs = zip(due[::2], due[1::2], strict=True)
    assert refusal(changed(change)) == [f"lift.toml:{line}: {what}" for line, what in pairs]


def test_a_pose_of_a_cycle_that_it_has_not_is_told_with_the_nearest() -> None:
    text = changed(
        ('place = "', 'poses = ["up", "down"]\nplace = "'),
        ("[fault.low]", '[fault.low]\npose = "uo"'),
        ('id = "short"', 'id = "short"\npose_hold = { up = "1 s", dwon = "2 s" }'),
    )
    assert refusal(text) == [
        "lift.toml:24: 'low': unknown pose 'uo'; did you mean 'up'?",
        "lift.toml:47: 'short': unknown pose 'dwon'; did you mean 'down'?",
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
    'back = "below 5 deg from rest"': (19, "rep.back"),
    'partial = "rises 12 deg"': (20, "rep.partial"),
    'reach = { when = "hip_ext near above 155 deg", number = "ours: why" }': (
        53, "variant.less.reach"),
}  # fmt: skip


@pytest.mark.parametrize("level", OFF_THE_MEASURE)
def test_a_level_of_a_rep_without_the_measure_of_the_rep_is_refused(level: str) -> None:
    line, where = OFF_THE_MEASURE[level]
    elsewhere = (
        f'{level.split(" = ")[0]} = {{ when = "knee near above 10 deg", number = "ours: a" }}'
    )
    assert refusal(changed((level, elsewhere))) == [f"lift.toml:{line}: {where}: {OFF}"]


def test_a_timed_hold_may_be_a_position_of_anything() -> None:
    timed = ('place = "', 'mode = "timed"\nplace = "')
    position = ('{ when = "above 165 deg"', '{ when = "knee near above 20 deg"')
    low = ('when = "hip_ext near below reach"', "when = 'knee near below reach'")
    assert parse_spec(changed(timed, position, low), "lift.toml").is_timed


def test_a_fault_that_points_to_a_reach_that_says_nothing_of_its_measure_is_refused() -> None:
    elsewhere = ("hip_ext near below reach", "elbow near below reach")
    what = "fault.low.when: 'elbow near below reach': the reach says nothing of that"
    assert refusal(changed(elsewhere)) == [f"lift.toml:23: {what}; write a number"]


OVER = "is only known once an attempt is over; write it in a [[fault]] with during = 'attempt'"
NO_REST = "no rest is known yet to measure from; write a fixed number, as in"
AT_START = 'require = "{}"\nsay = '

OUT_OF_PLACE = {
    ('leave = "rises 10 deg"', "leave = []"): (
        13, "rep.leave: the list is empty; "
        "write a clause, for example 'knee raised below 150 deg for 0.4 s'"),
    ('when = "hip_ext near below reach"', "when = []\nnumber = 'ours: why'"): (
        23, "fault.low.when: the list is empty; "
        "write a clause, for example 'knee raised below 150 deg for 0.4 s'"),
    ('leave = "rises 10 deg"', 'leave = "return_time above 2 s"'): (
        13, f"rep.leave: return_time {OVER}"),
    ('"hip_ext near above 155', '"highest hip_ext near above 155'): (
        53, "variant.less.reach: 'highest hip_ext near above 155 deg' is judged at each instant; "
        "write 'hip_ext near above 155 deg'"),
    ('"knee near below 120 deg"', '"knee near below 120 deg for 2 s"'): (
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
    ('"top"\nwhen = "hip_ext near above 175 deg"', '"start"\nwhen = "reach_spread above 1 s"'): (
        29, f"fault.gentle.when: reach_spread {OVER}"),
}  # fmt: skip


@pytest.mark.parametrize("change", OUT_OF_PLACE, ids=lambda change: change[1].strip()[:40])
def test_a_clause_that_its_place_cannot_judge_is_refused(change: tuple[str, str]) -> None:
    line, what = OUT_OF_PLACE[change]
    assert refusal(changed(change)) == [f"lift.toml:{line}: {what}"]


def test_a_variant_puts_no_measure_of_attempts_into_a_fault_of_the_start() -> None:
    text = changed(
        ('during = "top"', 'during = "start"'),
        (
            "[not_measured]",
            '[variant.less.fault]\ngentle = "hold_sag above 2 deg"\n\n[not_measured]',
        ),
    )
    assert refusal(text) == [f"lift.toml:56: variant.less.fault.gentle: hold_sag {OVER}"]


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
        ('hold = "3 breaths"', 'holds = "3 breaths"'),
        ('balance = "none"', ""),
    )
    found = refusal(text)
    assert [int(line.split(":")[1]) for line in found] == [1, 3, 5, 8, 13, 39, 58]
    assert [line for line in found if "did you mean" in line] == [
        "lift.toml:5: unknown key 'plaze'; did you mean 'place'?",
        "lift.toml:8: start.posture: unknown posture 'supin'; did you mean 'supine'?",
        "lift.toml:39: unknown key 'holds'; did you mean 'hold'?",
    ]


@pytest.mark.parametrize(
    ("change", "line"),
    [
        (('title = "Lift"', 'title = "Lift'), 2),
        (('camera = "side"', 'camera = "side"\ncamera = "any"'), 5),
        (("[rep]", "[rep"), 11),
        (('balance = "none"', "balance = "), 63),
        (("[fault.gentle]", "[fault.low]"), 27),
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
