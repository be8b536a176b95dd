"""Our own exercise files and postures keep the rules of the house."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from formcheck.exercises import catalog
from formcheck.exercises.catalog import LEAST_GAP_DEG, lint, spec_paths
from formcheck.exercises.guides import documents
from formcheck.exercises.numbers import OTHER_SOURCES
from formcheck.exercises.postures import POSTURES
from formcheck.exercises.reader import load_spec
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.signals import Signal

every_file = pytest.mark.parametrize("path", spec_paths().values(), ids=lambda path: path.stem)

LONGEST_QUOTATION = 5
"""Words in a row that may coincide with a document by chance."""


@every_file
def test_an_exercise_file_loads_is_named_after_its_id_and_lints_clean(path: Path) -> None:
    spec = load_spec(path)
    assert spec.id == path.stem
    assert lint(spec) == []


@every_file
def test_every_rule_number_dose_and_level_names_a_source_that_exists(path: Path) -> None:
    spec = load_spec(path)
    cited = dict(catalog.sources_of(spec))
    levels = ("reach", "fall") if spec.is_timed else ("leave", "reach", "fall", "back", "partial")
    due = {f"rep.{level}" for level in levels}
    due |= {f"fault {rule.id}{part}" for rule in spec.fault for part in (": rule", "")}
    due |= {f"dose {dose.id}" for dose in spec.dose}
    for name, variant in spec.variant.items():
        due |= {f"variant {name}: {level}" for level in variant.levels()}
    assert due <= set(cited)
    for source in cited.values():
        assert source.at or source.doc == "ours"  # whose a tolerance is, is enough
        assert source.doc in OTHER_SOURCES or source.at in documents()[source.doc].sections


@every_file
def test_every_dose_rests_on_a_document_or_is_ours_and_has_to_be_agreed(path: Path) -> None:
    ours = [dose for dose in load_spec(path).dose if dose.source.doc not in documents()]
    assert [dose.id for dose in ours] == [dose.source.doc for dose in ours] == ["ours"] * len(ours)
    assert all(dose.agree for dose in ours)


@every_file
def test_levels_lie_five_degrees_apart_in_every_dose(path: Path) -> None:
    spec = load_spec(path)
    if spec.is_timed:
        return
    for dose in spec.dose:
        rep = spec.with_dose(dose).rep
        for upper, lower in ((rep.reach, rep.fall), (rep.leave, rep.back)):
            for high in (c for c in upper if c.unit == "deg"):
                sign = 1 if high.wants_more else -1
                gaps = [sign * (high.limit() - low.limit())
                        for low in lower if low.signal == high.signal]  # fmt: skip
                assert all(gap >= LEAST_GAP_DEG for gap in gaps)


@every_file
def test_a_partial_rep_is_no_less_than_what_leaves_the_rest(path: Path) -> None:
    rep = load_spec(path).rep
    assert abs(rep.partial[0].limit()) >= abs(rep.leave[0].limit())


@every_file
def test_cues_can_be_heard_in_a_breath(path: Path) -> None:
    for rule in load_spec(path).fault:
        assert len(rule.cue.split()) <= 7
        assert len(rule.cue) <= 48


@every_file
def test_an_exercise_is_named_as_its_documents_name_it(path: Path) -> None:
    spec = load_spec(path)
    assert set(spec.names) <= set(documents())
    assert {dose.source.doc for dose in spec.dose} - {"ours"} <= set(spec.names)


@every_file
def test_fault_ids_can_be_keys(path: Path) -> None:
    for rule in load_spec(path).fault:
        assert re.fullmatch(r"[a-z][a-z0-9_]*", rule.id)


def words_of(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]+", text.lower())


def runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def texts(value: Any) -> Iterator[str]:
    """All that a file says, but titles and sections, which are
    cited by name."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key == "anchor":
                yield item.split(" (")[0]
            elif key not in ("names", "rule", "source", "title"):
                yield from texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


@every_file
def test_no_more_than_five_words_in_a_row_are_those_of_a_document(path: Path) -> None:
    folder = Path(__file__).parents[3] / "shared" / "documents"
    published = sorted(folder.glob("*.txt"))
    if not published:
        pytest.skip("the documents are not there: ../shared/documents")
    quoted = [runs(words_of(p.read_text(encoding="utf-8")), LONGEST_QUOTATION + 1)
              for p in published]  # fmt: skip
    for text in texts(tomllib.loads(path.read_text(encoding="utf-8"))):
        said = runs(words_of(text), LONGEST_QUOTATION + 1)
        assert not any(said & document for document in quoted), text


BEGUN_BY = {
    Signal("knee_below_hip", ""): Signal("knee_drop", "most"),
    Signal("elbow_below_shoulder", "near"): Signal("elbow_below_shoulder", "most"),
}
"""To begin, the knee or the elbow that is seen suffices; while limbs move, a raised one must not
stand in for a hidden one."""


@pytest.mark.parametrize("name", POSTURES)
def test_a_posture_keeps_no_more_than_it_starts_with(name: str) -> None:
    posture = POSTURES[name]
    starts = {clause.signal: clause for clause in posture.start}
    assert posture.words
    for keep in posture.keep:
        start = starts.get(keep.signal) or starts[BEGUN_BY[keep.signal]]
        assert keep.low <= start.low
        assert keep.high >= start.high
    assert {clause.signal.name for clause in posture.start} <= set(REGISTRY)


@pytest.mark.parametrize("name", POSTURES)
def test_what_tells_a_posture_must_be_seen(name: str) -> None:
    assert any(not clause.if_seen for clause in POSTURES[name].start)
