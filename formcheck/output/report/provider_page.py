"""The page that a person shows to their doctor or physiotherapist: to be read, marked and signed.

It stands alone: no script, nothing to fetch, and it prints on paper.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from jinja2 import Template

from formcheck import __version__
from formcheck.exercises.model import ExerciseSpec
from formcheck.exercises.safety import Ruling, SafetyRules, tags
from formcheck.output.report.templates import environment
from formcheck.words import health, terms


@dataclass(frozen=True)
class Line:
    """One exercise as the page shows it.

    doses: the targets, with their guides. bends: how it bends, turns and loads the back.
    """

    title: str
    how: str
    doses: tuple[str, ...]
    bends: tuple[str, ...]
    verdict: str
    why: str
    source: str


@dataclass(frozen=True)
class ProviderPage:
    """All that the page says.

    day: when it was made. said: the person's answers, a line each, with their days. pain: what was
    stopped, and pain today, a line each. first: exercises that are ruled out or need care; others:
    the rest. judgement: who says how an exercise bends the back.
    """

    day: str
    notice: str
    judgement: str
    said: tuple[str, ...]
    pain: tuple[str, ...]
    first: tuple[Line, ...]
    others: tuple[Line, ...]
    documents: Mapping[str, str]


def line(rules: SafetyRules, spec: ExerciseSpec, ruled: Ruling) -> Line:
    """An exercise, with the ruling on it."""
    means = {degree.tag: degree.means for degree in rules.degree}
    return Line(
        spec.title,
        spec.start.say,
        tuple(f"{terms.source(dose.source)}: {terms.dose(dose)}" for dose in spec.dose),
        tuple(means[tag] for tag in sorted(tags(spec) & set(means))),
        health.verdict(ruled),
        ruled.why,
        terms.source(ruled.source) if ruled.source else "",
    )


def render(page: ProviderPage) -> str:
    """The page as HTML."""
    groups: Sequence[tuple[str, tuple[Line, ...]]] = (
        ("Left out, or with care", page.first),
        ("All others", page.others),
    )
    return _template().render(
        page=page,
        groups=[group for group in groups if group[1]],
        title=health.PAGE_TITLE,
        asks=health.PAGE_ASKS,
        enter=health.YOUR_YES_COUNTS,
        version=__version__,
    )


@lru_cache
def _template() -> Template:
    return environment().get_template("provider.html")
