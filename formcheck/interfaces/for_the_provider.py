"""What a person can show to their doctor or physiotherapist, put together from what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from formcheck.exercises.guides import documents
from formcheck.exercises.model import ExerciseSpec
from formcheck.exercises.safety import Ruling
from formcheck.interfaces.dates import day
from formcheck.output.report.provider_page import ProviderPage, line, render
from formcheck.running.safeguard import Safeguard
from formcheck.words import health

_ORDER = {"block": 0, "warn": 1, "fine": 2}


def best_ruling(guard: Safeguard, spec: ExerciseSpec) -> Ruling:
    """The ruling on the exercise: that on the dose which is ruled out least."""
    ruled = [guard.ruling(spec, dose) for dose in spec.dose]
    return max(ruled, key=lambda one: _ORDER[one.verdict])


def provider_html(guard: Safeguard, specs: Iterable[ExerciseSpec], *, first: str = "") -> str:
    """The page as HTML, of all exercises; first: the id of the one that it is about."""
    ruled = [(spec, best_ruling(guard, spec)) for spec in specs]
    ruled.sort(key=lambda one: (one[0].id != first, _ORDER[one[1].verdict]))
    is_first = [one for one in ruled if one[1].verdict != "fine" or one[0].id == first]
    others = [one for one in ruled if one not in is_first]
    return render(
        ProviderPage(
            day=day(guard.clock()),
            notice=guard.rules.notice,
            judgement=guard.rules.judgement,
            said=tuple(_said(guard)),
            pain=tuple(_pain(guard, {spec.id: spec.title for spec, _ in ruled})),
            first=tuple(line(guard.rules, spec, one) for spec, one in is_first),
            others=tuple(line(guard.rules, spec, one) for spec, one in others),
            documents={key: document.title for key, document in documents().items()},
        )
    )


def _said(guard: Safeguard) -> Iterator[str]:
    for key, question in guard.rules.questions():
        answer = guard.person.answers.get(key)
        yield f"{question.ask} {_yes_or_no(answer.yes, answer.at_s) if answer else 'Not answered'}"


def _yes_or_no(yes: bool, at_s: float) -> str:
    return f"{'Yes' if yes else 'No'} ({day(at_s)})"


def _pain(guard: Safeguard, titles: dict[str, str]) -> Iterator[str]:
    today = guard.person.check_in
    if today:
        yield f"{guard.rules.before.acute.ask} {_yes_or_no(today.acute, today.at_s)}"
        yield f"{guard.rules.before.pain.ask} {today.level}"
    for stop in guard.open_stops:
        felt = health.felt(guard.rules.pain, stop.level, stop.words)
        title = titles.get(stop.exercise, stop.exercise)
        yield f"{title}: stopped for pain on {day(stop.at_s)}{f' ({felt})' if felt else ''}"
