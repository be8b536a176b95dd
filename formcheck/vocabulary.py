"""The words that an exercise file may use, as tables for exercise_specs/README.md.

`python -m formcheck.vocabulary` writes them there, between the markers; a test holds them true.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from formcheck.attempts import ATTEMPT_MEASURES
from formcheck.catalog import LEAST_GAP_DEG, all_specs
from formcheck.clauses import OVERS, RELATIONS, SIDES
from formcheck.documents import documents, specs_dir
from formcheck.measurements import REGISTRY
from formcheck.postures import POSTURES

BEGIN, END = "<!-- vocabulary -->", "<!-- /vocabulary -->"


def markdown() -> str:
    """All tables."""
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
            spec.camera,
            f"`{spec.rep.measure}`",
            ", ".join(dose.id for dose in spec.dose),
            ", ".join(spec.names),
        )
        for spec in all_specs()
    ]
    columns = ("exercise", "title", "rating", "view", "primary measure", "doses", "documents")
    return _table("Exercises", columns, rows)


def _measures() -> Iterator[str]:
    rows = [
        (
            f"`{m.name}`",
            m.unit,
            "whole body" if m.whole else "one side",
            ", ".join(m.needs) + (", the outline" if m.needs_outline else ""),
            m.meaning,
        )
        for m in REGISTRY.values()
    ]
    return _table("Measures", ("measure", "unit", "of", "needs", "what it is"), rows)


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
    rows = [(f"`{d.id}`", d.title, "; ".join(d.sections)) for d in documents().values()]
    return _table("Documents", ("id", "title", "sections that may be cited"), rows)


def main() -> None:
    """Write the tables into exercise_specs/README.md."""
    path = specs_dir() / "README.md"
    before, rest = path.read_text(encoding="utf-8").split(BEGIN)
    after = rest.split(END)[1]
    path.write_text(f"{before}{BEGIN}\n\n{markdown()}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main()
