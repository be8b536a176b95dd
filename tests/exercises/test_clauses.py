"""The grammar of specs: what is read, and what is refused in which words."""

from __future__ import annotations

import math

import pytest

from formcheck.exercises.clauses import OVERS, ClauseError, nearest, parse_clause, parse_signal
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.movement import ATTEMPT_MEASURES
from formcheck.measuring.signals import SIDES, Signal

INF = math.inf

READ = {
    "hip_ext near above 165 deg": ("hip_ext near", 165, INF, "deg"),
    "hip_ext far below 160 deg": ("hip_ext far", -INF, 160, "deg"),
    "hip_ext near between 95 and 156 deg": ("hip_ext near", 95, 156, "deg"),
    "trunk_incl between -50 and 50 deg": ("trunk_incl", -50, 50, "deg"),
    "leg_incl both below -25 deg": ("leg_incl both", -INF, -25, "deg"),
    "thigh_elev3 mean above 65.5 deg": ("thigh_elev3 mean", 65.5, INF, "deg"),
    "heel_toe near above 0.12 shank": ("heel_toe near", 0.12, INF, "shank"),
    "ankle_below_hip above -0.15 torso": ("ankle_below_hip", -0.15, INF, "torso"),
    "hip_height near above 8 in": ("hip_height near", 8, INF, "in"),
    "chest_down below -0.55": ("chest_down", -INF, -0.55, "ratio"),
    "chest_down below -0.55 ratio": ("chest_down", -INF, -0.55, "ratio"),
    "return_time below 0.58 s": ("return_time", -INF, 0.58, "s"),
    "hold_sag above 8 deg": ("hold_sag", 8, INF, "deg"),
    "  knee   raised  above 150 deg ": ("knee raised", 150, INF, "deg"),
}

FROM_REST = {
    "hip_ext near rises 10 deg": (10, INF),
    "hip_ext near rises 10 deg from rest": (10, INF),
    "hip_ext near above 10 deg from rest": (10, INF),
    "hip_ext near drops 12 deg": (-INF, -12),
    "hip_ext near drops 12 deg from rest": (-INF, -12),
    "hip_ext near below -12 deg from rest": (-INF, -12),
    "hip_ext near between -5 and 5 deg from rest": (-5, 5),
}

EXAMPLE = "write for example 'knee raised below 150 deg for 0.4 s'"

REFUSED = {
    "": f"cannot read ''; {EXAMPLE}",
    "knee": f"cannot read 'knee'; {EXAMPLE}",
    "knee near over 5 deg": f"cannot read 'knee near over 5 deg'; {EXAMPLE}",
    "knee near above five deg": f"cannot read 'knee near above five deg'; {EXAMPLE}",
    "knee near above 1e3 deg": f"cannot read 'knee near above 1e3 deg'; {EXAMPLE}",
    "knee near above 2 * 5 deg": f"cannot read 'knee near above 2 * 5 deg'; {EXAMPLE}",
    "knee near above 5 deg or below 3 deg": (
        f"cannot read 'knee near above 5 deg or below 3 deg'; {EXAMPLE}"
    ),
    "knee near above 5 deg for 2 reps": (
        f"cannot read 'knee near above 5 deg for 2 reps'; {EXAMPLE}"
    ),
    "knee near above 5 deg for 1 s if seen": (
        f"cannot read 'knee near above 5 deg for 1 s if seen'; {EXAMPLE}"
    ),
    "hip_exd near above 5 deg": "unknown measure 'hip_exd'; did you mean 'hip_ext'?",
    "hold_sagg above 5 deg": "unknown measure 'hold_sagg'; did you mean 'hold_sag'?",
    "qqqq near above 5 deg": "unknown measure 'qqqq'",
    "knee above 5 deg": "knee needs a side: one of near, far, raised, "
    "working, resting, least, most, mean, both",
    "trunk_incl near above 5 deg": "trunk_incl belongs to the whole body; leave out 'near'",
    "return_time near above 5 s": "return_time belongs to the whole attempt; leave out 'near'",
    "hip_height raised above 5 in": (
        "hip_height has no limb that could be raised; write near or far"
    ),
    "knee near above 5": "knee is measured in deg; write deg after the number",
    "knee near above 5 torso": "knee is measured in deg; write deg after the number",
    "chest_down above 5 deg": "chest_down is measured in ratio; write ratio after the number",
    "knee near between 50 and 10 deg": (
        "nothing lies between 50 and 10; write the smaller number first"
    ),
    "knee near between 10 and 10 deg": (
        "nothing lies between 10 and 10; write the smaller number first"
    ),
    "knee near rises -5 deg": "rises -5 gives no direction; write a number above 0",
    "knee near drops 0 deg": "drops 0 gives no direction; write a number above 0",
}


@pytest.mark.parametrize("text", READ)
def test_a_clause_is_read_as_measure_side_range_and_unit(text: str) -> None:
    clause = parse_clause(text)
    assert (str(clause.signal), clause.low, clause.high, clause.unit) == READ[text]
    assert (clause.over, clause.from_rest, clause.if_seen, clause.for_s) == ("", False, False, None)
    assert clause.text == " ".join(text.split())


@pytest.mark.parametrize("text", FROM_REST)
def test_rises_drops_and_from_rest_are_told_from_rest(text: str) -> None:
    clause = parse_clause(text)
    assert (clause.low, clause.high) == FROM_REST[text]
    assert clause.from_rest


@pytest.mark.parametrize("text", REFUSED)
def test_what_cannot_be_read_is_refused_in_words_that_correct_it(text: str) -> None:
    with pytest.raises(ClauseError) as refusal:
        parse_clause(text)
    assert str(refusal.value) == REFUSED[text]


@pytest.mark.parametrize("over", OVERS)
def test_the_value_of_a_phase_may_be_asked_for(over: str) -> None:
    assert parse_clause(f"{over} knee near above 5 deg").over == over


def test_the_endings_if_seen_and_for_seconds_go_together_in_this_order() -> None:
    clause = parse_clause("arm_incl raised rises 25 deg from rest if seen for 0.4 s")
    assert clause.if_seen
    assert clause.for_s == 0.4
    assert parse_clause("chest_down above 0.5 if seen").if_seen
    assert parse_clause("chest_down above 0.5 for 2 s").for_s == 2


@pytest.mark.parametrize("name", sorted(REGISTRY))
def test_every_measurement_can_be_spoken_of_with_its_sides_and_unit(name: str) -> None:
    found = REGISTRY[name]
    sides = [""] if found.whole else [s for s in SIDES if s != "raised" or found.limb]
    for side in sides:
        text = f"{name} {side}".strip()
        assert parse_signal(text) == Signal(name, side)
        assert parse_clause(f"{text} above 1.5 {found.unit}").signal == Signal(name, side)


@pytest.mark.parametrize("name", sorted(ATTEMPT_MEASURES))
def test_every_measure_of_an_attempt_can_be_spoken_of_and_is_documented(name: str) -> None:
    found = ATTEMPT_MEASURES[name]
    assert parse_clause(f"{name} above 1 {found.unit}").signal == Signal(name, "")
    assert found.meaning.endswith(".")


@pytest.mark.parametrize(
    ("text", "refusal"),
    [
        ("hip_ext", "hip_ext needs a side: one of near, far, raised, "
         "working, resting, least, most, mean, both"),
        ("hip_ext near far", "cannot read 'hip_ext near far'; write a measure and a side: "
         "'hip_ext near'"),
        ("hold_sag", "unknown measure 'hold_sag'"),
        ("kne near", "unknown measure 'kne'; did you mean 'knee'?"),
    ],
)  # fmt: skip
def test_a_signal_that_cannot_be_read_is_refused(text: str, refusal: str) -> None:
    with pytest.raises(ClauseError, match=rf"^{refusal}".replace("?", r"\?")):
        parse_signal(text)


def test_the_limit_is_the_number_that_is_passed() -> None:
    assert parse_clause("knee near above 5 deg").limit() == 5
    assert parse_clause("knee near below 7 deg").limit() == 7
    assert parse_clause("knee near between 2 and 9 deg").limit() == 2


@pytest.mark.parametrize(
    ("text", "value", "margin"),
    [
        ("knee near above 5 deg", 7, 2),
        ("knee near above 5 deg", 4, -1),
        ("knee near below 5 deg", 4, 1),
        ("knee near between 2 and 9 deg", 8, 1),
        ("knee near between 2 and 9 deg", 3, 1),
        ("knee near between 2 and 9 deg", 0, -2),
    ],
)
def test_the_margin_tells_how_far_inside_a_value_lies(
    text: str, value: float, margin: float
) -> None:
    assert parse_clause(text).margin(value) == margin
    assert math.isnan(parse_clause(text).margin(math.nan))


def test_only_a_clause_without_an_upper_end_wants_more() -> None:
    assert parse_clause("knee near above 5 deg").wants_more
    assert parse_clause("knee near rises 5 deg").wants_more
    assert not parse_clause("knee near below 5 deg").wants_more
    assert not parse_clause("knee near between 2 and 9 deg").wants_more


def test_nearest_names_one_known_word_or_none() -> None:
    assert nearest("brige", ["bridge", "squat"]) == "; did you mean 'bridge'?"
    assert nearest("xyz", ["bridge", "squat"]) == ""
    assert nearest("xyz", []) == ""
