"""What a person said comes back as it was said, newest first, and the old file is taken over."""

from __future__ import annotations

import json
import os
import random
from contextlib import closing
from pathlib import Path

import pytest

from formcheck.records.person import Answer, CheckIn, Person, SetCount
from formcheck.storage.answers import OLD_FILE, Answers
from formcheck.storage.database import Database

NOW_S = 1.8e9


@pytest.fixture
def database(tmp_path: Path) -> Database:
    return Database(tmp_path / "data" / "formcheck.db", NOW_S)


@pytest.fixture
def answers(database: Database) -> Answers:
    return Answers(database)


def check_in(answers: Answers, at_s: float = NOW_S, **said: dict[int, bool]) -> None:
    well = CheckIn(acute=False, level=0, at_s=at_s)
    answers.note_check_in(well, **{"settled": {}, "eased": {}, **said})


def bridge(answers: Answers, at_s: float = NOW_S) -> int:
    return answers.begin("bridge", "002", sets=1, reps=5, at_s=at_s)


def test_nobody_has_said_anything_at_first(answers: Answers) -> None:
    assert answers.person() == Person()


@pytest.mark.parametrize("seed", range(5))
def test_of_many_answers_the_last_to_each_question_is_the_one_that_counts(
    answers: Answers, seed: int
) -> None:
    chance, due = random.Random(seed), {}
    words: dict[str, Answer] = {}
    for number in range(40):
        at_s = NOW_S + chance.uniform(-10, number)  # a clock may be set back
        said = {f"q{chance.randrange(5)}": chance.random() < 0.5 for _ in range(3)}
        answers.note_answers(said, at_s)
        due |= {key: Answer(yes, at_s) for key, yes in said.items()}
        exercise, word = f"e{chance.randrange(3)}", chance.choice([True, False, None])
        answers.note_provider(exercise, word, at_s)
        words.pop(exercise, None)
        words |= {} if word is None else {exercise: Answer(word, at_s)}
    person = answers.person()
    assert (person.answers, person.provider) == (due, words)


def test_a_stop_stays_until_it_is_said_to_have_settled(answers: Answers) -> None:
    item = bridge(answers)
    answers.stop(item, NOW_S)
    answers.stop(item, NOW_S + 1)
    answers.note_pain(item, 7, ("sharp", "new"), NOW_S, asks_after=False)
    [stop] = answers.person().stops
    assert (stop.exercise, stop.at_s, stop.level, stop.words) == (
        "bridge", NOW_S, 7, ("new", "sharp"),
    )  # fmt: skip
    check_in(answers, settled={stop.id: False, 99: True})
    assert answers.person().stops == (stop,)
    check_in(answers, settled={stop.id: True})
    assert answers.person().stops == ()


def test_a_stop_that_nobody_explained_is_kept_all_the_same(answers: Answers) -> None:
    answers.stop(bridge(answers), NOW_S)
    [stop] = answers.person().stops
    assert (stop.level, stop.words) == (None, ())


@pytest.mark.parametrize("eased", [True, False])
def test_mild_pain_is_asked_after_once_and_is_a_stop_where_it_did_not_ease(
    answers: Answers, eased: bool
) -> None:
    answers.note_pain(bridge(answers), 3, (), NOW_S, asks_after=True)
    [pain] = answers.person().mild
    assert (pain.exercise, pain.level) == ("bridge", 3)
    check_in(answers, eased={pain.id: eased})
    check_in(answers, eased={pain.id: False})
    person = answers.person()
    assert person.mild == ()
    assert [stop.exercise for stop in person.stops] == ([] if eased else ["bridge"])


def test_the_limit_of_a_stretch_is_no_stop(answers: Answers) -> None:
    item = bridge(answers)
    answers.stop(item, NOW_S)
    answers.unstop(item, NOW_S + 5)
    assert answers.person().stops == ()


def test_a_session_is_kept_with_its_sets(answers: Answers, database: Database) -> None:
    item = bridge(answers)
    answers.end(item, [SetCount(4, 1, 2, 0, 1, 6.5, 30.0)], NOW_S + 60)
    with database.reading() as connection:
        rows = connection.execute(
            "SELECT s.began_s, s.ended_s, i.exercise, i.dose, i.wanted_reps, d.full, d.short_hold,"
            " d.total_hold_s FROM session s JOIN item i ON i.session = s.id"
            " JOIN set_done d ON d.item = i.id"
        ).fetchall()
    assert rows == [(NOW_S, NOW_S + 60, "bridge", "002", 5, 4, 1, 30.0)]


# --- the file that went before ------------------------------------------------------------------


def old_file(folder: Path, text: str, at_s: float = NOW_S - 1000) -> Path:
    old = folder / OLD_FILE
    old.write_text(text, encoding="utf-8")
    os.utime(old, (at_s, at_s))
    return old


OLD = json.dumps({"answers": {"herniated_disc": True, "acute_pain": False}, "agreed": True})


def test_old_answers_are_taken_over_once_with_the_date_of_their_file(
    answers: Answers, tmp_path: Path
) -> None:
    old = old_file(tmp_path, OLD)
    answers.take_over(old, NOW_S)
    answers.take_over(old, NOW_S)
    at_s = NOW_S - 1000
    due = {"herniated_disc": Answer(True, at_s), "agreement": Answer(True, at_s)}
    assert answers.person().answers == due
    assert not old.exists()
    assert answers.losses() == ()


def test_old_answers_do_not_replace_newer_ones(answers: Answers, tmp_path: Path) -> None:
    answers.note_answers({"herniated_disc": False}, NOW_S - 10)
    answers.take_over(old_file(tmp_path, OLD), NOW_S)
    assert not answers.person().said("herniated_disc")


@pytest.mark.parametrize("text", ["", "{", "[]", '{"answers": {"a": "no"}, "agreed": true}'])
def test_a_damaged_old_file_is_kept_aside_and_said_to_be_so(
    answers: Answers, tmp_path: Path, text: str
) -> None:
    old = old_file(tmp_path, text)
    answers.take_over(old, NOW_S)
    assert answers.person().answers == {}
    [kept] = answers.losses()
    assert kept.name == "health.damaged-20270115-080000.json"
    assert kept.read_text(encoding="utf-8") == text
    assert not old.exists()


def test_every_table_can_be_read_without_formcheck(database: Database) -> None:
    with closing(database._connect()) as connection:
        names = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
    assert {"answer", "provider_word", "session", "item", "set_done", "pain", "stop"} <= names
