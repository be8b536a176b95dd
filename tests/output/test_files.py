from __future__ import annotations

import csv
import dataclasses
import json
import math
import re
from dataclasses import replace
from pathlib import Path
from typing import get_args

import pytest

from formcheck import __version__
from formcheck.errors import FormcheckError
from formcheck.exercises.catalog import find_spec
from formcheck.judging import recognition
from formcheck.judging.recognition import Recognised
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.movement import ATTEMPT_MEASURES
from formcheck.output.files import REP_COLUMNS, About, event_values, write_events, write_reps
from formcheck.records.events import SCHEMA_VERSION, Check, Event, NotJudged, Source
from formcheck.records.frames import SourceInfo
from formcheck.records.reasons import Bound, Reason
from formcheck.records.report import fold
from tests import show
from tests.records.test_report import EVERY_KIND

DOCUMENT = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")


def about() -> About:
    info = SourceInfo("a.mp4", (640, 360), 30.0)
    return About(show.SPEC, "5 reps", "002", ("Slowly.",), info, "left", 180.0)


def saved_events(path, events, **totals):
    write_events(path, events, about=about(), totals=totals)

    def refuse(word):
        raise AssertionError(f"{word} is not strict JSON")

    return json.loads(path.read_text(encoding="utf-8"), parse_constant=refuse)


def saved_rows(path, events, sets=None):
    write_reps(path, events, sets=sets or {})
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_events_are_written_in_order_with_what_they_are_of(tmp_path):
    found = saved_events(tmp_path / "e.json", [show.started(), show.attempt()], reps=1)
    assert (found["schema_version"], found["formcheck"]) == (SCHEMA_VERSION, __version__)
    assert found["exercise"] == {"id": "bridge", "title": "Bridge"}
    assert found["source"]["name"] == "a.mp4"
    assert (found["dose_id"], found["side"], found["height_cm"]) == ("002", "left", 180.0)
    assert found["totals"] == {"reps": 1}
    assert [event["kind"] for event in found["events"]] == ["started", "attempt"]


def test_what_was_not_seen_is_null_wherever_it_stands(tmp_path):
    found = saved_events(
        tmp_path / "e.json", [show.started()], best_s=float("nan"), sides=[float("inf")]
    )
    assert found["events"][0]["noise"] == {"hip_extension": None}
    assert found["totals"] == {"best_s": None, "sides": [None]}


def test_the_folder_is_made_and_no_half_file_is_left(tmp_path):
    saved_events(tmp_path / "new" / "e.json", [])
    assert [file.name for file in (tmp_path / "new").iterdir()] == ["e.json"]


def test_a_folder_that_cannot_be_made_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(FormcheckError, match=r"e\.json: cannot be written: .*; choose another"):
        saved_events(tmp_path / "file" / "e.json", [])


def test_there_is_one_row_an_attempt_with_its_faults(tmp_path):
    events = [
        show.fault(2.0, 1),
        show.fault(2.1, 1, id="knee_bent"),
        show.attempt(1, 4.0, outcome="partial", reason=show.HIPS_LOW),
        show.attempt(2, 8.0),
    ]
    rows = saved_rows(tmp_path / "r.csv", events, {2: 2})
    assert [row["number"] for row in rows] == ["1", "2"]
    assert [row["set"] for row in rows] == ["1", "2"]
    assert [row["faults"] for row in rows] == ["hips_low knee_bent", ""]
    assert tuple(rows[0]) == REP_COLUMNS
    assert (rows[0]["start_s"], rows[0]["top_s"], rows[0]["end_s"]) == ("1.0", "2.5", "4.0")


def test_commas_quotes_and_line_ends_survive_the_table(tmp_path):
    reason = Reason("unseen", joints=('knee "bent"', "hips\nlow"))
    rows = saved_rows(tmp_path / "r.csv", [show.attempt(reason=reason)])
    assert rows[0]["reason"] == 'knee "bent", hips\nlow not visible'


def test_a_value_not_seen_is_an_empty_cell(tmp_path):
    rows = saved_rows(tmp_path / "r.csv", [show.attempt(peak=float("nan"))])
    assert rows[0]["peak"] == ""


def test_a_table_without_attempts_still_has_its_head(tmp_path):
    write_reps(tmp_path / "r.csv", [], sets={})
    assert (tmp_path / "r.csv").read_text().strip() == ",".join(REP_COLUMNS)


def section(heading: str) -> str:
    """The text below a heading of the document, up to the next heading."""
    parts = re.split(r"^#+ (.+)$", DOCUMENT, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[heading]


@pytest.mark.parametrize("record", get_args(Event), ids=lambda record: record.kind)
def test_every_event_and_each_of_its_fields_is_documented(record):
    text = section(f"`{record.kind}`")
    missing = [f.name for f in dataclasses.fields(record) if f"| `{f.name}` |" not in text]
    assert missing == []


PARTS = {"check": Check, "source": Source, "bound": Bound, "why": Reason}


@pytest.mark.parametrize("name", PARTS)
def test_every_field_of_a_part_is_documented(name):
    text = section(name)
    assert [f.name for f in dataclasses.fields(PARTS[name]) if f"`{f.name}`" not in text] == []


def test_every_column_of_the_table_and_fact_of_the_source_is_documented():
    columns = section("reps.csv")
    assert [name for name in REP_COLUMNS if f"| `{name}` |" not in columns] == []
    facts = section("source of the recording")
    names = [f.name for f in dataclasses.fields(SourceInfo)]
    assert [name for name in names if f"| `{name}` |" not in facts] == []


def test_every_field_of_the_head_is_documented(tmp_path):
    text = section("events.json")
    assert [name for name in saved_events(tmp_path / "e", []) if f"| `{name}` |" not in text] == []


def test_every_field_of_what_was_recognised_is_documented():
    bridge = Recognised(find_spec("bridge"), 1.0, 9.0, "unsure", ("bridge_banded",), ("plank",))
    told = recognition.as_json(bridge)
    text = section("recognised")
    assert [name for name in told if f"`{name}`" not in text] == []


def test_every_unit_is_documented():
    units = {measure.unit for measure in (*REGISTRY.values(), *ATTEMPT_MEASURES.values())}
    assert [unit for unit in units if f"| `{unit}` |" not in section("units")] == []


def test_every_sum_is_documented():
    text = section("totals")
    assert [name for name in fold([]).as_json() if f"`{name}`" not in text] == []


def test_the_document_tells_the_version_of_the_records():
    assert f"schema version **{SCHEMA_VERSION}**" in DOCUMENT


WORDED = {"attempt": {"why"}, "discarded": {"why"}, "not_judged": {"why"}, "remark": {"text"}}
"""What an event says in words, or beside its words, for machines."""


@pytest.mark.parametrize("event", EVERY_KIND, ids=lambda event: event.kind)
def test_an_event_is_strict_json_with_its_kind_first(event: Event) -> None:
    found = json.loads(json.dumps(event_values(event, show.SPEC), allow_nan=False))
    assert next(iter(found)) == "kind"
    assert found["kind"] == event.kind
    assert found["t_s"] == event.t_s
    assert set(found) == {"kind", *vars(event)} | WORDED.get(event.kind, set())


def test_what_was_not_seen_is_null_however_deep_and_never_zero() -> None:
    unseen = replace(show.check(), value=math.nan, met=None, at_s=None)
    found = event_values(show.attempt(peak=math.nan, checks=(unseen,)), show.SPEC)
    assert found["peak"] is None
    assert found["checks"][0]["value"] is None
    assert found["checks"][0]["met"] is None
    assert event_values(EVERY_KIND[0], show.SPEC)["noise"] == {"hip_ext near": None}
    assert event_values(show.fault(), show.SPEC)["source"]["doc"] == "001"


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("hips_low, knee_bent", "hips_low, knee_bent"), ("recording", "recording"),
        ("wait", "2.0 s to 75.3 s"), ("rest", "from 2.0 s"),
    ],
)  # fmt: skip
def test_what_was_not_judged_is_ids_and_seconds_for_machines(what: str, said: str) -> None:
    event = NotJudged(75.3, what, Reason("nobody"), since_s=2.0)
    assert event_values(event, show.SPEC)["what"] == said
