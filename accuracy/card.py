"""The accuracy card: scores of many sets as shares with 95 % intervals."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from accuracy.score import SetScore, Tally

_Z95 = 1.959964
"""Two-sided 95 % point of the normal distribution."""


@dataclass(frozen=True)
class Share:
    """A share of a number of cases; low and high bound it with 95 % confidence.

    The interval is Wilson's (J Am Stat Assoc 22:209, 1927). Without cases it is unknown, 0 to 1.
    """

    hits: int
    cases: int

    @property
    def value(self) -> float:
        """The share itself, NaN without cases."""
        return self.hits / self.cases if self.cases else math.nan

    @property
    def low(self) -> float:
        """Lower bound."""
        return self._bounds[0]

    @property
    def high(self) -> float:
        """Upper bound."""
        return self._bounds[1]

    @property
    def _bounds(self) -> tuple[float, float]:
        if not self.cases:
            return 0.0, 1.0
        spread = _Z95**2 / self.cases
        middle = (self.value + spread / 2) / (1 + spread)
        wide = math.sqrt(self.value * (1 - self.value) * spread + spread**2 / 4) / (1 + spread)
        return max(middle - wide, 0.0), min(middle + wide, 1.0)

    def as_json(self) -> dict[str, Any]:
        """Hits, cases and the shares."""
        value = None if math.isnan(self.value) else round(self.value, 4)
        bounds = [round(self.low, 4), round(self.high, 4)]
        return {"hits": self.hits, "cases": self.cases, "share": value, "interval": bounds}


@dataclass(frozen=True)
class FaultRow:
    """How well one fault is told."""

    tally: Tally

    @property
    def precision(self) -> Share:
        """Of those told, how many were injected."""
        return Share(self.tally.hits, self.tally.hits + self.tally.false_alarms)

    @property
    def recall(self) -> Share:
        """Of those injected, how many were told."""
        return Share(self.tally.hits, self.tally.hits + self.tally.misses)

    def as_json(self) -> dict[str, Any]:
        """Both shares."""
        return {"precision": self.precision.as_json(), "recall": self.recall.as_json()}


@dataclass(frozen=True)
class Row:
    """What many sets of one kind came to."""

    scores: tuple[SetScore, ...]

    @property
    def judged(self) -> tuple[SetScore, ...]:
        """The sets that were judged."""
        return tuple(score for score in self.scores if score.column != "not judged")

    @property
    def exact(self) -> Share:
        """Sets counted exactly, of those judged."""
        return Share(sum(s.column == "exact" for s in self.judged), len(self.judged))

    @property
    def not_judged(self) -> Share:
        """Sets not judged, of all."""
        return Share(len(self.scores) - len(self.judged), len(self.scores))

    @property
    def count_error(self) -> float:
        """Mean absolute error of the count of a judged set, NaN without any."""
        return _mean([abs(s.counted - s.due) for s in self.judged])

    @property
    def hold_errors_s(self) -> list[float]:
        """Errors of all holds."""
        return [error for s in self.judged for error in s.hold_errors_s]

    @property
    def faults(self) -> dict[str, FaultRow]:
        """Every fault that was injected or told, by id."""
        sums: dict[str, Tally] = {}
        for score in self.judged:
            for fault, tally in score.faults.items():
                sums[fault] = sums.get(fault, Tally()) + tally
        return {fault: FaultRow(tally) for fault, tally in sorted(sums.items())}

    @property
    def all_faults(self) -> FaultRow:
        """All faults together."""
        return FaultRow(sum((row.tally for row in self.faults.values()), Tally()))

    def as_json(self) -> dict[str, Any]:
        """Everything, as JSON values."""
        by_fault = {fault: row.as_json() for fault, row in self.faults.items()}
        return {**self.in_short(), "by_fault": by_fault}

    def in_short(self) -> dict[str, Any]:
        """The same without fault by fault."""
        errors = np.abs(self.hold_errors_s)
        return {
            "sets": len(self.scores),
            "not_judged": self.not_judged.as_json(),
            "counts_exact": self.exact.as_json(),
            "count_error": _rounded(self.count_error),
            "holds": len(errors),
            "hold_error_s": _rounded(_mean(errors)),
            "hold_error_p95_s": _rounded(float(np.quantile(errors, 0.95)) if len(errors) else None),
            "faults": self.all_faults.as_json(),
        }


def row(scores: Iterable[SetScore]) -> Row:
    """The row of some sets."""
    return Row(tuple(scores))


def _mean(values: Sequence[float] | np.ndarray[Any, Any]) -> float:
    return float(np.mean(values)) if len(values) else math.nan


def _rounded(value: float | None) -> float | None:
    return None if value is None or math.isnan(value) else round(value, 3)
