"""The linter: sources, gaps between levels, and rests that lie clear of them."""

from __future__ import annotations

import pytest

from formcheck.exercises.catalog import lint
from formcheck.exercises.guides import specs_dir
from formcheck.exercises.reader import parse_spec
from tests.lift import SPEC, changed

COMPLAINTS = {
    ('"straight (001: Bridge exercise)"', '"straight (001: Bridge exercse)"'): [
        f"{where}: 001 has no section 'Bridge exercse'; did you mean 'Bridge exercise'?"
        for where in ("rep.reach", "fault low")],
    ("[start]", 'over = ["bridge", "brid_dog"]\n[start]'): [
        "over: unknown exercise 'brid_dog'; did you mean 'bird_dog'?"],
    ('"002: Week 3: Strengthening your core"', '"020: Week 3: Strengthening your core"'): [
        "dose short: unknown document '020'; did you mean '002'?"],
    ('"measured: on seven"', '"measured:"'): [
        "rep.fall: say what it was measured on, which publication it is from, or why"],
    ('"below 160 deg"', '"below 161 deg"'): [
        "dose long: reach lies 4 deg beyond fall; keep them at least 5 deg apart"],
    ('"below 160 deg"', '"below 175 deg"'): [
        "dose long: reach lies -10 deg beyond fall; keep them at least 5 deg apart"],
    ('back = "below 5 deg', 'back = "below 6 deg'): [
        "dose long: leave lies 4 deg beyond back; keep them at least 5 deg apart",
        "dose short: leave lies 4 deg beyond back; keep them at least 5 deg apart"],
}  # fmt: skip


@pytest.mark.parametrize("change", COMPLAINTS, ids=lambda change: change[1].strip()[:30])
def test_the_linter_complains_of_sources_and_gaps(change: tuple[str, str]) -> None:
    found = lint(parse_spec(changed(change), "lift.toml"))
    assert [c.split("; did you mean '00")[0] for c in found] == [
        c.split("; did you mean '00")[0] for c in COMPLAINTS[change]
    ]


def test_the_example_of_the_guide_to_exercise_files_has_no_problems() -> None:
    guide = (specs_dir() / "README.md").read_text(encoding="utf-8")
    example = guide.split("```toml\n", 1)[1].split("```", 1)[0]
    assert lint(parse_spec(example, "bridge.toml")) == []


def resting(clause: str) -> tuple[str, str]:
    return "say = ", f'require = "{clause}"\nsay = '


NEAR_RESTS = {
    "hip_ext near between 95 and 145 deg": [],
    "hip_ext near above 95 deg": [],
    "hip_ext far below 170 deg": [],
    "knee near below 170 deg": [],
    "hip_ext near below 146 deg": [],
    "hip_ext both below 156 deg": [
        "dose long: the start allows hip_ext near at 156 deg, 9 deg short of reach; "
        "keep them at least 10 deg apart",
        "dose long: the start allows hip_ext near at 156 deg, 4 deg short of fall; "
        "keep them at least 5 deg apart"],
}  # fmt: skip


@pytest.mark.parametrize("clause", NEAR_RESTS)
def test_a_start_that_allows_a_rest_near_the_top_is_told(clause: str) -> None:
    assert lint(parse_spec(changed(resting(clause)), "lift.toml")) == NEAR_RESTS[clause]


def test_a_falling_measure_has_its_gaps_the_other_way_round() -> None:
    text = changed(
        ('"hip_ext near"', '"thigh_elev3 mean"'),
        ('"rises 10 deg"', '"drops 12 deg"'),
        ('"above 165 deg", anchor = "straight', '"below 40 deg", anchor = "level'),
        ("hip_ext near below reach", "thigh_elev3 mean above reach"),
        ('"below 160 deg"', '"above 46 deg"'),
        ('"below 5 deg from rest"', '"above -7 deg from rest"'),
        ('"rises 12 deg"', '"drops 20 deg"'),
        ('"hip_ext near above 155 deg"', '"thigh_elev3 mean below 45 deg"'),
    )
    assert lint(parse_spec(text, "lift.toml")) == []
    near_rest = text.replace(*resting("thigh_elev3 mean above 49 deg"), 1)
    reach, fall, *_ = lint(parse_spec(near_rest, "lift.toml"))
    assert "allows thigh_elev3 mean at 49 deg, 9 deg short of reach" in reach
    assert "allows thigh_elev3 mean at 49 deg, 3 deg short of fall" in fall
    reversed_gap = text.replace('"above 46 deg"', '"above 34 deg"')
    assert "reach lies -6 deg beyond fall" in lint(parse_spec(reversed_gap, "lift.toml"))[0]


def test_a_sound_spec_is_not_complained_of() -> None:
    assert lint(parse_spec(SPEC, "lift.toml")) == []
