"""The command line as the shell calls it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from formcheck.interfaces.cli.commands import USERS_MISTAKE, main


def call(*arguments: str | Path) -> Result:
    """A command as the shell gives it; no exception but its exit may leave it."""
    result = CliRunner().invoke(main, [str(a) for a in arguments])
    assert isinstance(result.exception, SystemExit | None), result.exception
    return result


def mistake(*arguments: str | Path) -> list[str]:
    """The lines that tell a mistake of the user."""
    result = call(*arguments)
    assert result.exit_code == USERS_MISTAKE
    assert result.stdout == ""
    lines = result.stderr.splitlines()
    assert all(line.startswith("formcheck: ") for line in lines)
    return [line.removeprefix("formcheck: ") for line in lines]
