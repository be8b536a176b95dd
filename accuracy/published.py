"""The card as files: JSON for machines, a table and a picture for people."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from accuracy import unprepared
from accuracy.card import Row, Share, row
from accuracy.judging import Scored
from accuracy.picture import draw
from formcheck.exercises.catalog import find_spec

DOCS = Path(__file__).parent.parent / "docs"
JSON_FILE, TABLE_FILE = DOCS / "accuracy.json", DOCS / "accuracy.md"
README = DOCS.parent / "README.md"

BEGIN, END = "<!-- accuracy: begin (written by python -m accuracy) -->", "<!-- accuracy: end -->"

KINDS = {
    "plain": "clean sets, and faults well beyond their thresholds",
    "borderline": "faults within two tracking errors of their threshold (no target)",
}

Card = dict[str, dict[str, dict[str, Row]]]
"""Tier -> exercise -> kind of sets -> row."""


def kind_of(scored: Scored) -> str:
    """Which row of the card a set belongs to."""
    if scored.plan.unprepared:
        return scored.plan.unprepared
    if scored.plan.hazard:
        return scored.plan.hazard
    return "borderline" if scored.plan.near else "plain"


def card_of(tiers: Mapping[str, Iterable[Scored]]) -> Card:
    """All rows."""
    card: Card = {}
    for tier, scored in tiers.items():
        grouped: dict[str, dict[str, list[Scored]]] = defaultdict(lambda: defaultdict(list))
        for one in scored:
            grouped[one.plan.exercise][kind_of(one)].append(one)
        card[tier] = {
            exercise: {kind: row(one.score for one in many) for kind, many in kinds.items()}
            for exercise, kinds in sorted(grouped.items())
        }
    return card


def as_json(card: Card) -> dict[str, Any]:
    """The card as JSON values; where nobody has a fault, not fault by fault."""
    return {
        tier: {
            exercise: {
                kind: one.in_short() if tier == "unprepared" else one.as_json()
                for kind, one in kinds.items()
            }
            for exercise, kinds in exercises.items()
        }
        for tier, exercises in card.items()
    }


HEAD = (
    "| exercise | sets | not judged | counts exact | count error | holds "
    "| hold error s (mean, 95 %) | fault precision | fault recall |\n"
    "|---|---|---|---|---|---|---|---|---|\n"
)

WELL_KNOWN_SETS = 10
"""Exercises with fewer filed sets share one line of the summary: alone they say little."""


def table(exercises: Mapping[str, Mapping[str, Row]], kind: str) -> str:
    """One line an exercise, as Markdown."""
    return HEAD + "\n".join(
        _line(find_spec(exercise).title, kinds[kind])
        for exercise, kinds in exercises.items()
        if kind in kinds
    )


def summary(exercises: Mapping[str, Row]) -> str:
    """One line for each exercise that has many sets, and one for all others, as Markdown."""
    lines = {
        find_spec(exercise).title: one
        for exercise, one in exercises.items()
        if len(one.scores) >= WELL_KNOWN_SETS
    }
    few = [one for one in exercises.values() if len(one.scores) < WELL_KNOWN_SETS]
    if few:
        sizes = [len(one.scores) for one in few]
        title = f"{len(few)} others, {min(sizes)} to {max(sizes)} sets each"
        lines[title] = row(score for one in few for score in one.scores)
    return HEAD + "\n".join(_line(title, one) for title, one in lines.items())


def _line(title: str, one: Row) -> str:
    told = one.as_json()
    holds = f"{told['hold_error_s']:.2f}, {told['hold_error_p95_s']:.2f}" if told["holds"] else "-"
    cells = [
        title, str(len(one.scores)), str(one.not_judged.hits),
        in_words(one.exact), f"{one.count_error:.2f}", str(told["holds"]), holds,
        in_words(one.all_faults.precision), in_words(one.all_faults.recall),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def in_words(share: Share) -> str:
    """Such as "97.5 % (91-99, n 80)"."""
    if not share.cases:
        return "-"
    low, high = (f"{100 * bound:.0f}" for bound in (share.low, share.high))
    return f"{100 * share.value:.1f} % ({low}-{high}, n {share.cases})"


def fault_table(exercises: Mapping[str, Mapping[str, Row]], kind: str) -> str:
    """One line a fault, as Markdown."""
    head = "| exercise | fault | injected | precision | recall |\n|---|---|---|---|---|\n"
    lines = [
        f"| {find_spec(exercise).title} | `{fault}` | {found.recall.cases} "
        f"| {in_words(found.precision)} | {in_words(found.recall)} |"
        for exercise, kinds in exercises.items()
        if kind in kinds
        for fault, found in kinds[kind].faults.items()
        if found.recall.cases or found.precision.cases
    ]
    return head + "\n".join(lines)


def between_markers(path: Path, text: str) -> None:
    """Put a text between the markers of a file.

    Raises:
        ValueError: the file has no markers.
    """
    before, found, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not (found and ended):
        raise ValueError(f"{path}: no line {BEGIN} with {END} after it")
    path.write_text(f"{before}{BEGIN}\n{text.strip()}\n{END}{after}", encoding="utf-8")


def write_json(card: Card) -> None:
    """Write docs/accuracy.json."""
    JSON_FILE.write_text(json.dumps(as_json(card), indent=1) + "\n", encoding="utf-8")


@dataclass(frozen=True)
class RealPeople:
    """What came of recordings of real people, as Markdown tables: the figures to reach, ranges by
    column, and case by case."""

    summary: str
    columns: str
    lines: str

    def page(self) -> str:
        """All of it."""
        columns = f"### Ranges, by column\n\n{self.columns}"
        cases = f"### Case by case\n\n{self.lines}"
        return f"## Recordings of real people\n\n{self.summary}\n\n{columns}\n\n{cases}"

    def short(self) -> str:
        """What leads the README."""
        what = "Recordings of real people who did not prepare for it, counted strictly:"
        return f"{what}\n\n{self.columns}"


def publish(card: Card, real: RealPeople, recognition: str, fidelity: str, noise: str) -> None:
    """Write the card as JSON, as a page with its pictures, and a summary into the README.

    recognition: what was recognised of what. fidelity: the table of how near the tracked joints lie
    to the true ones. noise: how near the twins' noise comes to the pose model's.
    """
    write_json(card)
    tiers = [
        unprepared.section(exercises) if tier == "unprepared" else _tier(tier, exercises)
        for tier, exercises in card.items()
    ]
    near = f"## How near the tracked joints lie to the true ones\n\n{fidelity}"
    twins = f"## How near the twins come to films that they were not fitted to\n\n{noise}"
    told = f"## Which exercise is recognised\n\n{recognition}"
    between_markers(TABLE_FILE, "\n\n".join([real.page(), *tiers, told, near, twins]))
    for tier, title in TITLES.items():
        picture = DOCS / f"accuracy_{tier}.svg"
        picture.write_text(draw(card[tier], kind="plain", title=title), encoding="utf-8")
    first = next(iter(card))
    plain = {exercise: kinds["plain"] for exercise, kinds in card[first].items()}
    rendered = f"Rendered people:\n\n{summary(plain)}"
    between_markers(README, f"{real.short()}\n\n{rendered}")


TITLES = {
    "pixels": "Filmed sets, followed by the real pose model",
    "twins": "Twins: sets without pixels, true poses with the fitted noise",
}
"""Heading of each tier that is drawn."""


def _tier(tier: str, exercises: Mapping[str, Mapping[str, Row]]) -> str:
    parts = [f"## {TITLES[tier]}", f"![Shares with their intervals](accuracy_{tier}.svg)"]
    for kind, meaning in KINDS.items():
        if any(kind in kinds for kinds in exercises.values()):
            parts += [
                f"### {kind}: {meaning}",
                table(exercises, kind),
                fault_table(exercises, kind),
            ]
    return "\n\n".join(parts)
