"""What a person has said, and what was done: kept in the database, read as a `Person`.

Moments (`at_s`, `now_s`) are seconds since 1970, given by the caller.
"""

from __future__ import annotations

import json
import math
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from formcheck.records.person import (
    ACUTE,
    AGREEMENT,
    Answer,
    CheckIn,
    MildPain,
    Person,
    SetCount,
    Stop,
)
from formcheck.storage.database import Database, keep_aside

OLD_FILE = "health.json"
"""The file of answers that went before the database, beside it."""


class Answers:
    """All that is kept about a person. Every method that changes something has kept it when it
    returns.

    Raises (every method):
        FormcheckError: the database cannot be read or written.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    # --- health ---------------------------------------------------------------------------------

    def person(self) -> Person:
        """What is known; without a check-in, which belongs to a session."""
        with self._database.reading() as connection:
            return Person(
                answers=_newest(connection, "question", "yes", "answer"),
                provider=_newest(connection, "exercise", "allows", "provider_word"),
                stops=tuple(_stops(connection)),
                mild=tuple(
                    MildPain(*row)
                    for row in connection.execute(
                        "SELECT p.id, i.exercise, p.at_s, p.level FROM pain p JOIN item i"
                        " ON i.id = p.item WHERE p.asks_after AND p.eased IS NULL ORDER BY p.at_s"
                    )
                ),
            )

    def note_answers(self, answers: Mapping[str, bool], at_s: float) -> None:
        """Answers to health questions, by id."""
        with self._database.writing() as connection:
            _insert_answers(connection, answers, at_s)

    def note_provider(self, exercise: str, allows: bool | None, at_s: float) -> None:
        """What the doctor or physiotherapist said of an exercise; None takes it back."""
        with self._database.writing() as connection:
            connection.execute(
                "INSERT INTO provider_word (exercise, allows, at_s) VALUES (?, ?, ?)",
                (exercise, allows, at_s),
            )

    def note_check_in(
        self,
        check_in: CheckIn,
        *,
        settled: Mapping[int, bool],
        eased: Mapping[int, bool],
    ) -> None:
        """What was said before a session: of stops, by id, whether they have settled; of mild pain,
        whether it has eased: where it has not, the exercise is stopped."""
        with self._database.writing() as connection:
            _insert_answers(connection, {ACUTE: check_in.acute}, check_in.at_s)
            _insert_pain(connection, None, check_in.level, (), check_in.at_s)
            for stop, has_settled in settled.items():
                if has_settled:
                    _settle(connection, stop, check_in.at_s)
            for pain, has_eased in eased.items():
                _note_eased(connection, pain, has_eased, check_in.at_s)

    # --- what is done ---------------------------------------------------------------------------

    def begin(self, exercise: str, dose: str, *, sets: int, reps: int, at_s: float) -> int:
        """A session of one exercise begins; gives the number of its item."""
        with self._database.writing() as connection:
            session = _insert(connection, "session", began_s=at_s)
            return _insert(
                connection,
                "item",
                session=session,
                place=1,
                exercise=exercise,
                dose=dose,
                wanted_sets=sets,
                wanted_reps=reps,
                began_s=at_s,
            )

    def end(self, item: int, sets: Iterable[SetCount], at_s: float) -> None:
        """It has ended: what each set came to."""
        with self._database.writing() as connection:
            for place, one in enumerate(sets, 1):
                _insert(connection, "set_done", item=item, place=place, **vars(one))
            connection.execute("UPDATE item SET ended_s = ? WHERE id = ?", (at_s, item))
            connection.execute(
                "UPDATE session SET ended_s = ? WHERE id = (SELECT session FROM item WHERE id = ?)",
                (at_s, item),
            )

    def note_pain(
        self, item: int, level: int, words: Iterable[str], at_s: float, *, asks_after: bool
    ) -> None:
        """Pain after an exercise; asks_after: whether it is to be asked later if it has eased. A
        stop of the same item gets it as its reason."""
        with self._database.writing() as connection:
            pain = _insert_pain(connection, item, level, words, at_s, asks_after=asks_after)
            connection.execute("UPDATE stop SET pain = ? WHERE item = ?", (pain, item))

    def stop(self, item: int, at_s: float) -> None:
        """The exercise was stopped for pain: it is locked from now on, whatever is said later."""
        with self._database.writing() as connection:
            if connection.execute("SELECT 1 FROM stop WHERE item = ?", (item,)).fetchone() is None:
                connection.execute(
                    "INSERT INTO stop (exercise, item, pain, at_s)"
                    " SELECT exercise, id, (SELECT max(id) FROM pain WHERE item = ?), ?"
                    " FROM item WHERE id = ?",
                    (item, at_s, item),
                )

    def unstop(self, item: int, at_s: float) -> None:
        """What was taken for a stop of that item turned out to be the limit of a stretch."""
        with self._database.writing() as connection:
            connection.execute("UPDATE stop SET settled_s = ? WHERE item = ?", (at_s, item))

    # --- what was lost, and what went before ------------------------------------------------------

    def losses(self) -> tuple[Path, ...]:
        """Damaged files that were kept aside, and that the person was not shown yet."""
        with self._database.reading() as connection:
            rows = connection.execute("SELECT kept_as FROM loss WHERE shown_s IS NULL ORDER BY id")
            return tuple(Path(kept_as) for (kept_as,) in rows)

    def losses_shown(self, at_s: float) -> None:
        """The person has seen them."""
        with self._database.writing() as connection:
            connection.execute("UPDATE loss SET shown_s = ? WHERE shown_s IS NULL", (at_s,))

    def take_over(self, old: Path, now_s: float) -> None:
        """Take over the answers of the file that went before, with the date of that file, and
        remove it; one that cannot be read is kept aside and noted as lost.

        The question about acute pain is not taken over: it is asked before every session now.
        """
        try:
            at_s, text = min(old.stat().st_mtime, now_s), old.read_text(encoding="utf-8")
        except FileNotFoundError:
            return
        except (OSError, ValueError):
            at_s, text = now_s, ""
        try:
            answers = _of_old(text)
        except (ValueError, KeyError, TypeError, AttributeError):
            self._database.note_loss(keep_aside(old, now_s), now_s)
            return
        with self._database.writing() as connection:
            known = _newest(connection, "question", "yes", "answer")
            at = {question: answer.at_s for question, answer in known.items()}
            newer = {q: yes for q, yes in answers.items() if at.get(q, -math.inf) < at_s}
            _insert_answers(connection, newer, at_s)
        with suppress(OSError):  # taken over again, with the same date, to no effect
            old.unlink()


def _of_old(text: str) -> dict[str, bool]:
    stored = json.loads(text)
    answers = {str(key): yes for key, yes in stored["answers"].items() if key != ACUTE}
    answers[AGREEMENT] = stored["agreed"]
    if not all(isinstance(yes, bool) for yes in answers.values()):
        raise ValueError("not a yes or no")
    return answers


def _newest(connection: sqlite3.Connection, key: str, value: str, table: str) -> dict[str, Answer]:
    rows = connection.execute(f"SELECT {key}, {value}, at_s FROM {table} ORDER BY id")
    newest = {name: (yes, at_s) for name, yes, at_s in rows}
    return {n: Answer(bool(yes), at_s) for n, (yes, at_s) in newest.items() if yes is not None}


def _stops(connection: sqlite3.Connection) -> Iterable[Stop]:
    rows = connection.execute(
        "SELECT s.id, s.exercise, s.at_s, p.level, s.pain FROM stop s"
        " LEFT JOIN pain p ON p.id = s.pain WHERE s.settled_s IS NULL ORDER BY s.at_s, s.id"
    )
    for id, exercise, at_s, level, pain in rows.fetchall():
        words = connection.execute("SELECT word FROM pain_word WHERE pain = ?", (pain,))
        yield Stop(id, exercise, at_s, level, tuple(sorted(word for (word,) in words)))


def _insert_answers(
    connection: sqlite3.Connection, answers: Mapping[str, bool], at_s: float
) -> None:
    connection.executemany(
        "INSERT INTO answer (question, yes, at_s) VALUES (?, ?, ?)",
        [(question, yes, at_s) for question, yes in answers.items()],
    )


def _insert_pain(
    connection: sqlite3.Connection,
    item: int | None,
    level: int,
    words: Iterable[str],
    at_s: float,
    *,
    asks_after: bool = False,
) -> int:
    pain = _insert(connection, "pain", item=item, level=level, at_s=at_s, asks_after=asks_after)
    for word in set(words):
        _insert(connection, "pain_word", pain=pain, word=word)
    return pain


def _settle(connection: sqlite3.Connection, stop: int, at_s: float) -> None:
    connection.execute(
        "UPDATE stop SET settled_s = ? WHERE id = ? AND settled_s IS NULL", (at_s, stop)
    )


def _note_eased(connection: sqlite3.Connection, pain: int, eased: bool, at_s: float) -> None:
    changed = connection.execute(
        "UPDATE pain SET eased = ?, eased_s = ? WHERE id = ? AND asks_after AND eased IS NULL",
        (eased, at_s, pain),
    )
    if changed.rowcount and not eased:
        connection.execute(
            "INSERT INTO stop (exercise, item, pain, at_s) SELECT i.exercise, i.id, p.id, ?"
            " FROM pain p JOIN item i ON i.id = p.item WHERE p.id = ?",
            (at_s, pain),
        )


def _insert(connection: sqlite3.Connection, table: str, **values: object) -> int:
    marks = ", ".join("?" * len(values))
    done = connection.execute(
        f"INSERT INTO {table} ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
    )
    return int(done.lastrowid or 0)
