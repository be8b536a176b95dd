"""The questions before a session in a window, asked on the command line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from formcheck.errors import FormcheckError
from formcheck.exercises.catalog import all_specs
from formcheck.exercises.model import Dose, ExerciseSpec
from formcheck.exercises.safety import Ruling, cautions
from formcheck.interfaces.dates import day
from formcheck.interfaces.for_the_provider import provider_html
from formcheck.running.safeguard import Safeguard, Today
from formcheck.storage.atomic_files import write_whole
from formcheck.words import health
from formcheck.words.cautions import burden

PAGE = "for-your-doctor.html"


def allowed(
    guard: Safeguard, spec: ExerciseSpec, dose: Dose, folder: Path, told: Callable[[str], None]
) -> None:
    """Ask what is due, and say what to mind; folder: where the page for a doctor is written.

    Raises:
        FormcheckError: the answers rule the exercise out; it names that page.
    """
    if lost := guard.losses:
        told(health.could_not_be_read([str(path) for path in lost]))
    was_due = _ask_what_lasts(guard, told)
    _ask_today(guard)
    ruled = guard.ruling(spec, dose)
    if was_due or ruled.by in ("tags", "provider"):
        _ask_provider(guard, spec)
        ruled = guard.ruling(spec, dose)
    if ruled.verdict == "block":
        raise FormcheckError(_refused(guard, spec, ruled, folder))
    for line in (ruled.why, *cautions(guard.rules, spec), dose.note, burden(spec)):
        if line:
            told(line)
    if dose.agree:
        told(dose.agree)
        if not click.confirm("Is that so?", default=None):
            raise FormcheckError(f"{spec.title}: learn it with a coach or physiotherapist first")


def _ask_what_lasts(guard: Safeguard, told: Callable[[str], None]) -> bool:
    """Ask the health questions that are due; whether any was."""
    due = guard.due
    if not due:
        return False
    told(guard.rules.notice)
    asked = {key: question.ask for key, question in guard.rules.questions()}
    guard.note_answers({key: click.confirm(asked[key], default=None) for key in due})
    return True


def _ask_today(guard: Safeguard) -> None:
    """Ask how the person is, and after what was stopped or hurt before."""
    before, pain = guard.rules.before, guard.rules.pain
    titles = {one.id: one.title for one in all_specs()}
    acute = click.confirm(before.acute.ask, default=None)
    level = click.prompt(before.pain.ask, type=click.IntRange(0, 10))
    settled = {}
    for stop in guard.open_stops:
        felt = health.felt(pain, stop.level, stop.words)
        title = titles.get(stop.exercise, stop.exercise)
        ask = health.has_settled(title, day(stop.at_s), felt)
        settled[stop.id] = click.confirm(f"{ask} {health.UNTIL_SETTLED}", default=None)
    eased = {}
    for one in guard.open_pain:
        ask = health.has_eased(titles.get(one.exercise, one.exercise), day(one.at_s), one.level)
        eased[one.id] = click.confirm(ask, default=None)
    guard.note_today(Today(acute, level, settled, eased))


def _ask_provider(guard: Safeguard, spec: ExerciseSpec) -> None:
    """Let a yes or no of the person's provider to an exercise be entered."""
    choice = click.Choice(["yes", "no", "nothing"])
    ask = f"{spec.title}: {guard.rules.provider.ask}"
    said = click.prompt(ask, type=choice, default="nothing")
    word = guard.person.provider.get(spec.id)
    if said != "nothing" and (word is None or word.yes is not (said == "yes")):
        guard.note_provider(spec.id, said == "yes")


def _refused(guard: Safeguard, spec: ExerciseSpec, ruled: Ruling, folder: Path) -> str:
    refusal = health.refusal(spec.title, ruled)
    if ruled.by not in health.HAS_A_WAY_ON:
        return refusal
    page = folder / PAGE
    write_whole(page, provider_html(guard, all_specs(), first=spec.id))
    return f"{refusal} To show to your doctor or physiotherapist: {page}"
