"""Where in a TOML text a key stands, so that a mistake can be told by its line.

The standard library's parser gives values without places. Specs keep to one key a line and
tables of the plain kind, which is all that is read here.
"""

from __future__ import annotations

import re

Key = tuple[int | str, ...]

_HEADER = re.compile(r"\s*(\[\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_ENTRY = re.compile(r"""\s*((?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_.-]+)+)\s*=""")
_NAME = re.compile(r"""\s*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([^.\s]+))\s*\.?""")


class TomlLines:
    """The line of every table and key of a text."""

    def __init__(self, text: str) -> None:
        self._line: dict[Key, int] = {}
        counts: dict[Key, int] = {}
        table: Key = ()
        for number, line in enumerate(text.splitlines(), 1):
            if header := _HEADER.match(line):
                table = _names(header[2])
                if header[1] == "[[":
                    index = counts.get(table, 0)
                    counts[table] = index + 1
                    table = (*table, index)
                self._line.setdefault(table, number)
            elif entry := _ENTRY.match(line):
                self._line.setdefault((*table, *_names(entry[1])), number)

    def line_of(self, key: Key) -> int:
        """The line of a key, or of the nearest table around it; 1 for none. A table that stands
        where a list may is found without its number."""
        while key:
            for known in (key, tuple(part for part in key if isinstance(part, str))):
                if known in self._line:
                    return self._line[known]
            key = key[:-1]
        return 1


def _names(dotted: str) -> Key:
    return tuple("".join(match.groups("")) for match in _NAME.finditer(dotted))
