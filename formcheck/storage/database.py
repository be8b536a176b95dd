"""One SQLite database for all that is kept about a person: a file that its owner alone can read.

Every change is a transaction that is on disk when it returns (write-ahead log, synchronous FULL).
The schema moves forward by numbered migrations; `user_version` says how far a file has come. Times
in it are seconds since 1970 (UTC), and come in as arguments: nothing here looks at a clock.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import platformdirs

from formcheck.errors import FormcheckError

FILE = "formcheck.db"
WAIT_S = 5.0
"""How long a change waits for another process to finish its own."""

_MIGRATIONS = (
    """
    -- A yes or no to a health question. The newest counts, the older ones are the history.
    CREATE TABLE answer (
        id INTEGER PRIMARY KEY,
        question TEXT NOT NULL,
        yes INTEGER NOT NULL CHECK (yes IN (0, 1)),
        at_s REAL NOT NULL
    );
    CREATE INDEX answer_by_question ON answer (question, at_s);

    -- What the doctor or physiotherapist said of an exercise. NULL takes it back.
    CREATE TABLE provider_word (
        id INTEGER PRIMARY KEY,
        exercise TEXT NOT NULL,
        allows INTEGER CHECK (allows IN (0, 1)),
        at_s REAL NOT NULL
    );

    -- What is done in one go. Its items are the exercises, theirs the sets. Reps can hang on sets.
    CREATE TABLE session (
        id INTEGER PRIMARY KEY,
        began_s REAL NOT NULL,
        ended_s REAL,
        programme TEXT,
        step TEXT
    );
    CREATE TABLE item (
        id INTEGER PRIMARY KEY,
        session INTEGER NOT NULL REFERENCES session,
        place INTEGER NOT NULL,
        exercise TEXT NOT NULL,
        dose TEXT NOT NULL,
        wanted_sets INTEGER NOT NULL,
        wanted_reps INTEGER NOT NULL,
        began_s REAL NOT NULL,
        ended_s REAL,
        UNIQUE (session, place)
    );
    CREATE TABLE set_done (
        id INTEGER PRIMARY KEY,
        item INTEGER NOT NULL REFERENCES item,
        place INTEGER NOT NULL,
        full INTEGER NOT NULL,
        short_hold INTEGER NOT NULL,
        partial INTEGER NOT NULL,
        timed INTEGER NOT NULL,
        not_judged INTEGER NOT NULL,
        best_hold_s REAL NOT NULL,
        total_hold_s REAL NOT NULL,
        UNIQUE (item, place)
    );

    -- Pain from 0 to 10, before a session (no item) or after an exercise, and the kinds of it.
    -- eased: whether it did, asked at the next start. NULL where it was not asked yet.
    CREATE TABLE pain (
        id INTEGER PRIMARY KEY,
        item INTEGER REFERENCES item,
        level INTEGER NOT NULL CHECK (level BETWEEN 0 AND 10),
        at_s REAL NOT NULL,
        asks_after INTEGER NOT NULL DEFAULT 0 CHECK (asks_after IN (0, 1)),
        eased INTEGER CHECK (eased IN (0, 1)),
        eased_s REAL
    );
    CREATE TABLE pain_word (
        pain INTEGER NOT NULL REFERENCES pain,
        word TEXT NOT NULL,
        PRIMARY KEY (pain, word)
    );

    -- An exercise stopped for pain: locked until the person says that it has settled.
    CREATE TABLE stop (
        id INTEGER PRIMARY KEY,
        exercise TEXT NOT NULL,
        item INTEGER REFERENCES item,
        pain INTEGER REFERENCES pain,
        at_s REAL NOT NULL,
        settled_s REAL
    );

    -- A damaged file that was kept aside, until the person has been shown it.
    CREATE TABLE loss (
        id INTEGER PRIMARY KEY,
        kept_as TEXT NOT NULL,
        at_s REAL NOT NULL,
        shown_s REAL
    );
    """,
)
VERSION = len(_MIGRATIONS)

_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_BESIDE = ("", "-wal", "-shm")


class DamagedError(Exception):
    """The file is no database of ours, or not whole."""


def database_path() -> Path:
    """Where it lies."""
    return platformdirs.user_data_path("formcheck") / FILE


class Database:
    """The database at a path, made and brought forward where needed.

    A file that is damaged is renamed to a name with the day and time, and an empty one takes its
    place, in which the loss is noted.

    Raises:
        FormcheckError: it cannot be opened or written, or is of a newer formcheck.
    """

    def __init__(self, path: Path, now_s: float) -> None:
        self.path = path
        with self._told():
            _own_folder(path.parent)
            try:
                self._bring_forward()
            except (DamagedError, sqlite3.DatabaseError) as error:
                if not _is_damage(error):
                    raise
                kept = keep_aside(path, now_s)
                self._bring_forward()
                self.note_loss(kept, now_s)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to read from.

        Raises:
            FormcheckError: it cannot be read.
        """
        with self._told(), closing(self._connect()) as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A connection whose changes are kept together at the end, or, after an error, none.

        Raises:
            FormcheckError: they cannot be kept.
        """
        with self._told(), closing(self._connect()) as connection:
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
                connection.execute("COMMIT")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("ROLLBACK")
                raise

    def note_loss(self, kept: Path, now_s: float) -> None:
        """Note that something damaged was kept aside."""
        with self.writing() as connection:
            connection.execute("INSERT INTO loss (kept_as, at_s) VALUES (?, ?)", (str(kept), now_s))

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=WAIT_S, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
        except BaseException:
            connection.close()
            raise
        return connection

    def _bring_forward(self) -> None:
        """Check the file, and carry out the migrations that it has not seen."""
        is_new = not self.path.exists()
        _own_file(self.path)
        if not is_new and self.path.stat().st_size == 0:
            raise DamagedError("an empty file")
        with closing(self._connect()) as connection:
            _check(connection)
            connection.execute("BEGIN IMMEDIATE")  # another process may be about the same
            for migration in _MIGRATIONS[_version(connection) :]:
                for statement in migration.split(";"):
                    connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
            connection.execute("COMMIT")

    @contextmanager
    def _told(self) -> Iterator[None]:
        """One line in place of what SQLite or the system raise."""
        try:
            yield
        except sqlite3.Error as error:
            advice = (
                "start formcheck again" if _is_damage(error) else "check the folder and the disk"
            )
            raise FormcheckError(f"{self.path}: cannot be used: {error}; {advice}") from None
        except OSError as error:
            why = error.strerror or error
            raise FormcheckError(f"{self.path}: cannot be used: {why}; check the folder") from None


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _check(connection: sqlite3.Connection) -> None:
    """Whether the file is whole, and has the tables of its version."""
    version = _version(connection)
    if version > VERSION:
        raise FormcheckError("the database is of a newer formcheck; update formcheck")
    [(found,)] = connection.execute("PRAGMA quick_check(1)").fetchall()
    if found != "ok":
        raise DamagedError(found)
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise DamagedError("rows that belong to none")
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as due:
        for migration in _MIGRATIONS[:version]:
            due.executescript(migration)
        if not _columns(due) <= _columns(connection):
            raise DamagedError("tables are missing")


def _columns(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return set(
        connection.execute(
            "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
            " WHERE m.type = 'table'"
        )
    )


def _is_damage(error: Exception) -> bool:
    """Whether the file itself is wrong, and not the disk, a lock, or the permissions."""
    code = getattr(error, "sqlite_errorcode", None)
    return isinstance(error, DamagedError) or (code is not None and code & 0xFF in _DAMAGE)


def keep_aside(path: Path, now_s: float) -> Path:
    """Rename a damaged file, and what SQLite keeps beside it, so that the name says when."""
    with closing(sqlite3.connect(":memory:")) as clock:
        [(stamp,)] = clock.execute("SELECT strftime('%Y%m%d-%H%M%S', ?, 'unixepoch')", (now_s,))
    kept, number = path.with_name(f"{path.stem}.damaged-{stamp}{path.suffix}"), 2
    while kept.exists():
        kept = path.with_name(f"{path.stem}.damaged-{stamp}-{number}{path.suffix}")
        number += 1
    for ending in _BESIDE:
        beside = path.with_name(path.name + ending)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + ending))
    return kept


def _own_folder(folder: Path) -> None:
    """Make the folder, and let nobody else look into it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with suppress(OSError):  # another's folder, or a disk without permissions
        folder.chmod(0o700)


def _own_file(path: Path) -> None:
    """Make the file before SQLite does, so that no moment leaves it open to others; what SQLite
    writes beside it gets the same permissions."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    with suppress(OSError):
        path.chmod(0o600)
