"""What exercise files may say, and what their numbers rest on, as tables for exercise_specs/.

`python -m tools.vocabulary` writes them: the words into its README.md, between the markers,
the numbers into its THRESHOLDS.md; and what the guides say into docs/guides.md. A test holds them
true.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from formcheck.coaching.remarks import BREATHE_FROM_S
from formcheck.coaching.rounds import REST_S
from formcheck.coaching.sets import MORE_AT_MOST
from formcheck.exercises.catalog import all_specs
from formcheck.exercises.clauses import OVERS, RELATIONS
from formcheck.exercises.defaults import (
    BACK_SHARE,
    FALL_SHARE,
    LEAST_GAP_DEG,
    LEAVE,
    PARTIAL_SHARE,
    PARTIAL_SHARE_DEG,
    WHY,
)
from formcheck.exercises.fields import BREATH_S
from formcheck.exercises.guides import Document, documents, specs_dir
from formcheck.exercises.model import ExerciseSpec
from formcheck.exercises.numbers import Number
from formcheck.exercises.postures import POSTURES
from formcheck.exercises.thresholds import KINDS, fault_numbers, kinds, levels
from formcheck.judging.outcomes import FULL_SHARE
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.movement import ATTEMPT_MEASURES
from formcheck.measuring.signals import SIDES
from formcheck.words import terms
from tools import guides_page

BEGIN, END = "<!-- vocabulary -->", "<!-- /vocabulary -->"


def pages() -> dict[Path, str]:
    """Each page that is written, with all that it is to say."""
    readme = specs_dir() / "README.md"
    before, rest = readme.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    return {
        readme: f"{before}{BEGIN}\n\n{_vocabulary()}\n{END}{after}",
        specs_dir() / "THRESHOLDS.md": _thresholds(),
        guides_page.PAGE: guides_page.page(),
    }


def _vocabulary() -> str:
    return "\n".join(
        [*_exercises(), *_measures(), *_attempt_measures(), *_postures(), *_words(), *_documents()]
    )


def _table(title: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    names = list(columns)
    yield f"### {title}\n"
    yield f"| {' | '.join(names)} |"
    yield f"|{'---|' * len(names)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', ' ') for cell in row)} |"
    yield ""


def _exercises() -> Iterator[str]:
    rows = [
        (
            f"`{spec.id}`",
            spec.title,
            spec.rating,
            terms.mode(spec),
            spec.camera,
            f"`{spec.rep.measure}`",
            ", ".join(dose.id for dose in spec.dose),
            ", ".join(spec.names),
            _counts(spec),
        )
        for spec in all_specs()
    ]
    columns = (
        "exercise", "title", "rating", "mode", "view", "primary measure", "doses", "documents",
        f"thresholds ({' / '.join(KINDS)})",
    )  # fmt: skip
    return _table("Exercises", columns, rows)


def _measures() -> Iterator[str]:
    rows = [
        (
            f"`{m.name}`",
            m.unit,
            "whole body" if m.whole else "one side",
            ", ".join(m.needs) + (", the outline" if m.needs_outline else ""),
            ", ".join(f"`{word}` {value:g}" for word, value in m.words.items()),
            m.meaning,
        )
        for m in REGISTRY.values()
    ]
    columns = ("measure", "unit", "of", "needs", "words for values", "what it is")
    return _table("Measures", columns, rows)


def _attempt_measures() -> Iterator[str]:
    rows = [(f"`{m.name}`", m.unit, m.meaning) for m in ATTEMPT_MEASURES.values()]
    return _table("Measures of a whole attempt", ("measure", "unit", "what it is"), rows)


def _postures() -> Iterator[str]:
    rows = [
        (
            f"`{p.name}`",
            p.words,
            "; ".join(c.text for c in p.start),
            "; ".join(c.text for c in p.keep),
        )
        for p in POSTURES.values()
    ]
    return _table("Postures", ("posture", "in words", "to start", "to keep"), rows)


def _words() -> Iterator[str]:
    rows = [
        ("side", ", ".join(f"`{side}`" for side in SIDES)),
        ("relation", ", ".join(f"`{relation}`" for relation in RELATIONS)),
        ("which value of a phase", ", ".join(f"`{over}`" for over in OVERS)),
        ("least gap between levels", f"{LEAST_GAP_DEG:g} deg"),
    ]
    return _table("Words of a clause", ("kind", "words"), rows)


def _documents() -> Iterator[str]:
    rows = [(f"`{d.id}`", d.title, _sections(d)) for d in documents().values()]
    return _table("Documents", ("id", "title", "sections that may be cited"), rows)


def _sections(document: Document) -> str:
    named = "; ".join(document.sections)
    return named if document.headings else f"{named} (it has no headings; these are ours)"


# --- what the numbers rest on -------------------------------------------------------------------


def _counts(spec: ExerciseSpec) -> str:
    found = kinds([*_level_numbers(spec), *_fault_numbers(spec)])
    return " / ".join(str(found[kind]) for kind in KINDS)


def _level_numbers(spec: ExerciseSpec) -> list[Number]:
    return [level.number for level in levels(spec)]


def _fault_numbers(spec: ExerciseSpec) -> list[Number]:
    return [threshold.number for _, threshold in fault_numbers(spec)]


def _thresholds() -> str:
    specs = all_specs()
    parts = [
        "# What the thresholds rest on\n",
        *_totals(specs),
        _MEANING,
        *_times(),
        *_common(),
        *_doses(specs),
    ]
    for spec in specs:
        parts += _table(spec.title, _COLUMNS, [*_level_rows(spec), *_fault_rows(spec)])
    return "\n".join(parts)


_MEANING = """\
A threshold is a number of a level of a rep, or of a fault. A document of the
[list](README.md#documents) may give it: then it says what the document says, and how far from that
is let pass, which is measured or our own. Or it was measured, is from published work besides the
documents, or is our own choice, with its reason. A fault has a demand too: a document may ask for
something and give no number, which then is from elsewhere.

An exercise that is `like` another takes thresholds from it; they count in both. What belongs to a
variant has its name in brackets. What `[start]` allows has no source in the files, and is not
counted.

`python -m tools.vocabulary` writes this page from the exercise files.
"""


def _common() -> Iterator[str]:
    """The numbers that stand in no exercise file, and are all our own."""
    rows = [
        ("leave", " or ".join(f"{by:g} {unit}" for unit, by in LEAVE.items()), WHY["leave"][6:]),
        (
            "partial",
            f"{PARTIAL_SHARE_DEG:.2f} of leave in degrees, {PARTIAL_SHARE:g} in other units",
            WHY["partial"][6:],
        ),
        ("back", f"{BACK_SHARE:g} of leave, whole degrees", WHY["back"][6:]),
        (
            "fall",
            f"{LEAST_GAP_DEG:g} deg off the reach; in other units {FALL_SHARE:.2f} of a reach "
            "from rest",
            WHY["fall"][6:],
        ),
    ]
    return _table("For all exercises, where a file does not say otherwise (ours)",
                  ("what", "number", "why"), rows)  # fmt: skip


def _doses(specs: list[ExerciseSpec]) -> Iterator[str]:
    rows = [
        (spec.title, dose.id, terms.dose(dose), what, terms.source(source))
        for spec in specs
        for dose in spec.dose
        for what, source in dose.basis.items()
    ]
    return _table("Numbers of doses that the documents do not give",
                  ("exercise", "dose", "target", "number", "number rests on"), rows)  # fmt: skip


_COLUMNS = ("level or fault", "condition", "number rests on", "demand rests on")


def _times() -> Iterator[str]:
    """What is true of the holds of every exercise."""
    rows = [
        (
            "a hold counts in full from",
            f"{FULL_SHARE:.0%} of the shortest hold asked",
            "Ours: a hold is timed to 0.2 or 0.3 s, a tenth and more of one of 2 s; live, the "
            "voice counts the whole of it",
        ),
        ("one deep breath", f"{BREATH_S:g} s", "Ours"),
        ("a hold to keep breathing in, where the document does not say it",
         f"from {BREATHE_FROM_S:g} s on", "Ours"),
        ("reps more that are offered after short holds", f"at most {MORE_AT_MOST}", "Ours"),
        ("rest between the rounds of a guided exercise", f"{REST_S:g} s", "Ours"),
    ]  # fmt: skip
    return _table("Holds and breaths", ("what", "number", "rests on"), rows)


def _totals(specs: list[ExerciseSpec]) -> Iterator[str]:
    level_numbers = [number for spec in specs for number in _level_numbers(spec)]
    fault_numbers = [number for spec in specs for number in _fault_numbers(spec)]
    numbers = level_numbers + fault_numbers
    columns = {
        "levels": kinds(level_numbers),
        "fault numbers": kinds(fault_numbers),
        "all thresholds": kinds(numbers),
        "demands of faults": Counter(
            rule.rule.doc if rule.rule.doc in KINDS else KINDS[0]
            for spec in specs
            for rule in spec.fault
        ),
    }
    rows = [(kind, *(_share(found, kind) for found in columns.values())) for kind in KINDS]
    rows.append(("all", *(str(found.total()) for found in columns.values())))
    yield from _table("Thresholds", ("rests on", *columns), rows)
    anchored = [number for number in numbers if number.anchor]
    whose = Counter(number.basis.doc for number in anchored)
    tolerances = ", ".join(f"{whose[kind]} {kind}" for kind in KINDS[1:])
    yield f"Of {len(numbers)} thresholds {len(anchored)} have a document's number behind them; of "
    yield f"their tolerances are {tolerances}.\n"


def _share(found: Counter[str], kind: str) -> str:
    return f"{found[kind]} ({100 * found[kind] / found.total():.0f} %)"


def _level_rows(spec: ExerciseSpec) -> Iterator[tuple[str, ...]]:
    for level in levels(spec):
        yield level.name, level.condition, terms.number(level.number), ""


def _fault_rows(spec: ExerciseSpec) -> Iterator[tuple[str, ...]]:
    for rule, threshold in fault_numbers(spec):
        origins = (terms.number(threshold.number), terms.source(rule.rule))
        yield threshold.name, threshold.condition, *origins


def main() -> None:
    """Write the pages."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
