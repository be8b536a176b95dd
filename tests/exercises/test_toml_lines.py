"""The lines of keys in a TOML text."""

from __future__ import annotations

from formcheck.exercises.toml_lines import TomlLines


def test_keys_are_found_in_tables_arrays_of_tables_and_under_dots() -> None:
    lines = TomlLines('a = 1\n[t]\nb.c = 2\n  [[u]]\nd = 3\n[[u]] # two\n"d" = 4\n[t.v]\ne = 5')
    assert lines.line_of(("a",)) == 1
    assert lines.line_of(("t",)) == 2
    assert lines.line_of(("t", "b", "c")) == 3
    assert lines.line_of(("u", 0, "d")) == 5
    assert lines.line_of(("u", 1)) == 6
    assert lines.line_of(("u", 1, "d")) == 7
    assert lines.line_of(("t", "v", "e")) == 9


def test_a_key_that_is_not_there_is_looked_for_in_the_table_around_it() -> None:
    lines = TomlLines("[t]\na = 1\n[[u]]\nb = 2")
    assert lines.line_of(("t", "missing")) == 1
    assert lines.line_of(("u", 0, "b", "inner", 3)) == 4
    assert lines.line_of(("nothing", "at", "all")) == 1
    assert lines.line_of(()) == 1
