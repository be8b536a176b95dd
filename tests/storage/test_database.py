"""The database: nothing committed is lost, nobody else reads it, and damage is said to be so."""

from __future__ import annotations

import random
import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from formcheck.errors import FormcheckError
from formcheck.records.person import CheckIn
from formcheck.storage import database as module
from formcheck.storage.answers import Answers
from formcheck.storage.database import VERSION, Database

NOW_S = 1.8e9
ROOT = Path(__file__).parents[2]
WELL = CheckIn(acute=False, level=0, at_s=NOW_S)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "formcheck.db"


def stored(path: Path) -> Answers:
    return Answers(Database(path, NOW_S))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")
def test_the_owner_alone_can_read_it_and_what_lies_beside_it(path: Path) -> None:
    path.parent.mkdir(mode=0o755)
    with Database(path, NOW_S).writing() as connection:
        connection.execute("INSERT INTO answer (question, yes, at_s) VALUES ('q', 1, 0)")
        beside = [path, *path.parent.glob("*-wal"), *path.parent.glob("*-shm")]
        assert len(beside) == 3
        assert {stat.S_IMODE(one.stat().st_mode) for one in beside} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_new_database_is_of_the_newest_version_and_writes_ahead(path: Path) -> None:
    Database(path, NOW_S)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_every_change_waits_for_the_disk(path: Path) -> None:
    with Database(path, NOW_S).writing() as connection:
        full = 2
        assert connection.execute("PRAGMA synchronous").fetchone() == (full,)


def test_what_is_there_stays_when_the_schema_moves_on(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored(path).note_answers({"back_injury": True}, NOW_S)
    more = (*module._MIGRATIONS, "ALTER TABLE answer ADD COLUMN note TEXT;")
    monkeypatch.setattr(module, "_MIGRATIONS", more)
    monkeypatch.setattr(module, "VERSION", len(more))
    assert stored(path).person().said("back_injury")
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT note FROM answer").fetchone() == (None,)
        assert connection.execute("PRAGMA user_version").fetchone() == (len(more),)


def test_a_database_of_a_newer_formcheck_is_left_alone(path: Path) -> None:
    Database(path, NOW_S)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(FormcheckError, match="of a newer formcheck; update formcheck"):
        Database(path, NOW_S)
    assert not list(path.parent.glob("*damaged*"))


def damage(path: Path, how: str) -> None:
    whole = path.read_bytes()
    match how:
        case "no database":
            path.write_bytes(b"not a database at all" * 400)
        case "empty":
            path.write_bytes(b"")
        case "cut off":
            path.write_bytes(whole[: len(whole) // 2])
        case "overwritten":
            path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
        case "a page":
            with closing(sqlite3.connect(path)) as connection:
                [(page,)] = connection.execute(
                    "SELECT rootpage FROM sqlite_master WHERE name = 'answer_by_question'"
                )
                [(size,)] = connection.execute("PRAGMA page_size")
            path.write_bytes(whole[: (page - 1) * size] + b"\0" * size + whole[page * size :])
        case "a table is missing":
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("DROP TABLE stop")


@pytest.mark.parametrize(
    "how", ["no database", "empty", "cut off", "overwritten", "a page", "a table is missing"]
)
def test_a_damaged_database_is_kept_aside_and_said_to_be_so_until_it_was_shown(
    path: Path, how: str
) -> None:
    stored(path).note_answers({"back_injury": True}, NOW_S)
    damage(path, how)
    damaged = path.read_bytes()
    fresh = stored(path)
    assert fresh.person().answers == {}
    [kept] = fresh.losses()
    assert kept.name == "formcheck.damaged-20270115-080000.db"
    assert kept.read_bytes() == damaged
    assert stored(path).losses() == (kept,)
    fresh.losses_shown(NOW_S)
    assert stored(path).losses() == ()


def test_a_second_damaged_one_of_the_same_second_does_not_replace_the_first(path: Path) -> None:
    for _ in range(2):
        Database(path, NOW_S)
        damage(path, "no database")
    stored(path)
    assert len(list(path.parent.glob("*.damaged-*.db"))) == 2


def test_one_that_is_only_locked_is_not_taken_for_damaged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(path, NOW_S)
    monkeypatch.setattr(module, "WAIT_S", 0.0)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(FormcheckError, match="locked"):
            Answers(database).note_answers({"q": True}, NOW_S)
        with pytest.raises(FormcheckError, match="locked"):
            Database(path, NOW_S)
    assert not list(path.parent.glob("*damaged*"))


def test_a_folder_that_is_a_file_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    with pytest.raises(FormcheckError, match=r"cannot be used: .*; check the folder"):
        Database(tmp_path / "data" / "formcheck.db", NOW_S)


def test_a_change_that_fails_leaves_nothing_of_itself(path: Path) -> None:
    answers = stored(path)
    with pytest.raises(FormcheckError):
        answers.note_check_in(CheckIn(acute=False, level=11, at_s=NOW_S), settled={}, eased={})
    assert answers.person().answers == {}


WRITER = """
import sys
from pathlib import Path
from formcheck.storage.answers import Answers
from formcheck.storage.database import Database

answers = Answers(Database(Path(sys.argv[1]), 1.8e9))
for number in range(100_000):
    item = answers.begin("bridge", "002", sets=1, reps=5, at_s=float(number))
    answers.stop(item, float(number))
    print(number, flush=True)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize("seed", range(4))
def test_killed_between_any_two_writes_no_committed_answer_is_lost(path: Path, seed: int) -> None:
    wanted = random.Random(seed).randrange(1, 60)
    command = [sys.executable, "-c", WRITER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, cwd=ROOT) as writer:
        assert writer.stdout is not None
        for _ in range(wanted):
            writer.stdout.readline()
        writer.send_signal(signal.SIGKILL)
        rest = writer.stdout.read().splitlines()
    answers = stored(path)
    assert answers.losses() == ()
    stops = [stop.at_s for stop in answers.person().stops]
    committed = wanted + len(rest)
    assert stops[:committed] == [float(number) for number in range(committed)]
    assert len(stops) <= committed + 1
