"""Exercise files: what is read from them, and the schema for editors."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from formcheck.errors import SpecError
from formcheck.exercises.catalog import find_spec, spec_paths
from formcheck.exercises.model import ExerciseSpec, json_schema
from formcheck.exercises.reader import parse_spec
from formcheck.exercises.safety import easier
from tests.lift import SPEC, changed


def test_a_clause_of_a_level_that_begins_with_its_relation_speaks_of_the_measure() -> None:
    rep = parse_spec(SPEC, "lift.toml").rep
    assert [c.text for c in rep.leave] == ["hip_ext near rises 10 deg"]
    assert [str(c.signal) for c in rep.reach] == ["hip_ext near", "knee near"]


def test_doses_are_ranges_and_a_breath_has_its_seconds() -> None:
    long, short = parse_spec(SPEC, "lift.toml").dose
    assert (long.reps, long.sets, long.hold, long.hold_s) == ((8, 10), (2, 2), (12.0, 12.0), 12.0)
    assert (short.reps, short.sets, short.hold, short.hold_s) == ((5, 5), (1, 1), (7.0, 8.5), 7.0)


def test_a_dose_is_found_by_its_id_and_the_first_one_without() -> None:
    spec = parse_spec(SPEC, "lift.toml")
    assert spec.dose_by_id(None) is spec.dose[0]
    assert spec.dose_by_id("short") is spec.dose[1]
    with pytest.raises(SpecError) as error:
        spec.dose_by_id("shrt")
    assert str(error.value) == (
        "lift has no dose 'shrt'; did you mean 'short'? its doses are long, short"
    )


def test_a_variant_changes_levels_sources_faults_and_what_is_said() -> None:
    spec = parse_spec(SPEC, "lift.toml")
    less = spec.with_dose(spec.dose[1])
    assert less.rep.reach[0].low == 155
    assert less.rep.fall[0].high == 150
    assert less.rep.leave == spec.rep.leave
    assert less.rep.level("reach")[0].origin().kind == "ours"
    assert less.fault[0].origin() == less.rep.level("reach")[0].origin()
    assert less.start.say == "Only a little."
    assert {rule.id: rule.when[0].text for rule in less.fault} == {
        "low": "hip_ext near below 155 deg",
        "gentle": "hip_ext near above 175 deg",
    }


def test_a_dose_without_variant_leaves_all_but_the_faults_of_variants() -> None:
    spec = parse_spec(SPEC, "lift.toml")
    plain = spec.with_dose(spec.dose[0])
    assert plain.rep == spec.rep
    assert plain.start == spec.start
    assert [rule.id for rule in plain.fault] == ["low"]


@pytest.mark.parametrize("dose", [0, 1])
def test_a_dose_put_in_twice_is_put_in_once(dose: int) -> None:
    spec = parse_spec(SPEC, "lift.toml")
    asked = spec.with_dose(spec.dose[dose])
    assert asked.with_dose(spec.dose[dose]) == asked
    eased = easier(asked, 20)
    assert eased.with_dose(spec.dose[dose]) == eased


def test_the_signals_of_a_spec_are_those_of_all_its_conditions_once_each() -> None:
    text = changed(("say = ", 'require = "trunk_incl below 50 deg"\nsay = '))
    names = [str(signal) for signal in parse_spec(text, "lift.toml").signals()]
    assert names == ["hip_ext near", "trunk_incl", "knee near"]


def test_an_outline_is_needed_where_a_measure_reads_the_silhouette() -> None:
    text = changed(("hip_ext near above 175 deg", "back_curve rises 0.1 torso"))
    assert parse_spec(text, "lift.toml").needs_outline
    assert not parse_spec(SPEC, "lift.toml").needs_outline


def test_a_spec_is_found_by_its_id_or_by_the_path_of_its_file(tmp_path: Path) -> None:
    path = tmp_path / "lift.toml"
    path.write_text(SPEC, encoding="utf-8")
    assert find_spec(str(path)).id == "lift"
    for known in spec_paths():
        assert find_spec(known).id == known


# --- the schema -------------------------------------------------------------------------------


def references(schema: Any) -> Iterator[str]:
    if isinstance(schema, dict):
        yield from (schema[key] for key in schema if key == "$ref")
        schema = list(schema.values())
    if isinstance(schema, list):
        for item in schema:
            yield from references(item)


def test_the_schema_is_plain_json_whose_references_all_lead_somewhere() -> None:
    schema = json.loads(json.dumps(json_schema(), allow_nan=False))
    found = set(references(schema))
    assert found
    assert found <= {f"#/$defs/{name}" for name in schema["$defs"]}


def test_the_schema_knows_every_key_of_the_file() -> None:
    schema = json_schema()
    assert set(schema["properties"]) == set(ExerciseSpec.model_fields)
    assert {"id", "title", "rep", "dose", "safety"} <= set(schema["required"])
    assert schema["additionalProperties"] is False
    data = tomllib.loads(SPEC)
    tables = {"Start": data["start"], "RepRule": data["rep"],
              "FaultRule": data["fault"]["gentle"], "Condition": data["rep"]["reach"][0],
              "Dose": data["dose"][1], "Variant": data["variant"]["less"],
              "Safety": data["safety"]}  # fmt: skip
    for name, table in tables.items():
        assert set(table) <= set(schema["$defs"][name]["properties"])
