"""The questions before a session in a window: asked on the command line, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from formcheck.errors import FormcheckError
from formcheck.exercises.catalog import find_spec
from formcheck.interfaces.cli.questions import PAGE, allowed
from formcheck.running.safeguard import Safeguard
from tests.person import WELL, answers

HEALTHY = ["n", "n", "n", "n", "n", "y"]


class Asked:
    """Somebody at the command line, whose data lie in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now_s = folder, 1.8e9
        self.guard = Safeguard(folder / "data" / "formcheck.db", lambda: self.now_s)

    def starts(self, exercise: str, said: Sequence[str], dose: str | None = None) -> Result:
        spec = find_spec(exercise)

        @click.command()
        def ask() -> None:
            try:
                allowed(self.guard, spec, spec.dose_by_id(dose), self.folder, click.echo)
            except FormcheckError as error:
                click.echo(f"refused: {error}")

        done = CliRunner().invoke(ask, input="\n".join(said) + "\n")
        assert done.exception is None, done.output
        return done


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    return Asked(tmp_path)


def test_a_first_start_asks_all_and_a_second_only_how_the_back_is_today(asked: Asked) -> None:
    first = asked.starts("bridge", [*HEALTHY, "n", "0", "nothing"])
    assert "refused" not in first.output
    asked.guard.note_today(WELL)
    second = asked.starts("bridge", ["n", "0"])
    assert "refused" not in second.output
    assert "new back pain today" in second.output
    assert "injured your back" not in second.output


def test_acute_pain_refuses_and_leaves_a_page_for_the_doctor(asked: Asked) -> None:
    asked.guard.note_answers(answers())
    told = asked.starts("bridge", ["y", "3"]).output
    assert "refused: Bridge is not for you right now: Wait until the acute pain is over" in told
    page = (asked.folder / PAGE).read_text(encoding="utf-8")
    assert "Bridge" in page
    assert "http" not in page.replace("http-equiv", "")


def test_a_stop_is_asked_after_and_locks_until_it_has_settled(asked: Asked) -> None:
    asked.guard.note_answers(answers())
    item = asked.guard._answers.begin("bridge", "001", sets=1, reps=5, at_s=asked.now_s)
    asked.guard._answers.stop(item, asked.now_s)
    asked.guard._read()
    assert "refused" in asked.starts("bridge", ["n", "0", "n"]).output
    assert "refused" not in asked.starts("bridge", ["n", "0", "y"]).output


def test_a_providers_yes_can_be_entered_where_the_tags_refuse(asked: Asked) -> None:
    asked.guard.note_answers(answers("herniated_disc"))
    assert "refused" in asked.starts("good_morning", ["n", "0", "nothing"]).output
    allowed_now = asked.starts("good_morning", ["n", "0", "yes", "y"]).output
    assert "refused" not in allowed_now
    assert "Learn this with a coach" in allowed_now


def test_a_providers_no_can_be_entered_and_taken_for_an_answer(asked: Asked) -> None:
    told = asked.starts("bridge", [*HEALTHY, "n", "0", "no"]).output
    assert "said no to this exercise" in told


def test_pain_that_was_allowed_is_asked_after(asked: Asked) -> None:
    asked.guard.note_answers(answers())
    item = asked.guard._answers.begin("bridge", "001", sets=1, reps=5, at_s=asked.now_s)
    asked.guard._answers.note_pain(item, 4, (), asked.now_s, asks_after=True)
    asked.guard._read()
    told = asked.starts("bridge", ["n", "0", "n"]).output
    assert "After Bridge on 15 January 2027 you had pain 4 of 10. Did it ease quickly?" in told
    assert "refused" in told
