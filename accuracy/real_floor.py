"""How good each recording of a real person came out at least: what no change may fall below.

`real_expected.tsv` is written on purpose alone (`python -m accuracy real --keep-as-floor`).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from accuracy.real import COLUMNS, Column, Found
from accuracy.real_cases import Piece, rows

FILE = Path(__file__).parent / "real_expected.tsv"

PIECES: tuple[Piece, ...] = ("ranges", "negatives", "countix")
"""What is held to it: the rest takes as long again (`python -m accuracy real`)."""

Key = tuple[str, str, str]


@dataclass(frozen=True)
class Floor:
    """The worst column allowed, and how many reps that nobody did."""

    column: Column
    too_many: int

    @classmethod
    def under(cls, found: Found) -> Floor:
        """The floor on which something stands."""
        return cls(found.column, found.too_many)

    def carries(self, found: Found) -> bool:
        """Whether something is at least as good."""
        is_as_near = COLUMNS.index(found.column) <= COLUMNS.index(self.column)
        return found.too_many <= self.too_many and (found.is_other or is_as_near)


def floors() -> dict[Key, Floor]:
    """All that are kept, by piece, name and exercise."""
    return {
        (row["piece"], row["name"], row["exercise"]): _floor(row["column"], row["too_many"])
        for row in rows(FILE)
    }


def _floor(column: str, too_many: str) -> Floor:
    (known,) = (one for one in COLUMNS if one == column)
    return Floor(known, int(too_many))


def keep(found: Iterable[Found]) -> None:
    """Make what was found the floor."""
    head = ("piece", "name", "exercise", "column", "too_many")
    told = [(*one.key, one.column, str(one.too_many)) for one in found if one.piece in PIECES]
    FILE.write_text("".join("\t".join(cells) + "\n" for cells in (head, *told)), encoding="utf-8")
