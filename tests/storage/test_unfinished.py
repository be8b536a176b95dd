"""A run works apart, alone, and lands whole."""

from __future__ import annotations

import stat
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from formcheck.errors import FormcheckError
from formcheck.storage.journal import Journal, JournalReader
from formcheck.storage.locks import Lock
from formcheck.storage.unfinished import Unfinished, journals_in, left_in, take_over
from tests.storage.test_pose_tracks import pose


def noted(run: Unfinished, name: str = "a", poses: int = 3) -> Path:
    with Journal(run.journal_path(name), {}) as journal:
        for number in range(poses):
            journal.add(pose(float(number)))
    return journal.path


def end_early(folder: Path, poses: int = 3) -> None:
    """A run that fails in the midst of its work."""
    with suppress(RuntimeError), Unfinished.begin(folder / "a") as run:
        noted(run, poses=poses)
        (run.folder / "a.txt").write_text("half")
        raise RuntimeError


def test_results_land_under_their_names_and_nothing_else_stays(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("older")
    with Unfinished.begin(tmp_path / "a") as run:
        noted(run)
        (run.folder / "a.txt").write_text("newer")
        assert (tmp_path / "a.txt").read_text() == "older"
        run.land()
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]
    assert (tmp_path / "a.txt").read_text() == "newer"


def test_what_lands_is_its_owners_alone(tmp_path: Path) -> None:
    with Unfinished.begin(tmp_path / "a") as run:
        (run.folder / "a.txt").write_text("x")
        assert stat.S_IMODE(run.folder.stat().st_mode) == 0o700
        run.land()
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o600


def test_a_run_that_fails_leaves_its_journal_and_no_half_results(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("older")
    end_early(tmp_path)
    (left,) = left_in(tmp_path)
    assert [path.name for path in left.iterdir()] == ["a.journal"]
    assert (tmp_path / "a.txt").read_text() == "older"


def test_a_run_that_saw_nothing_leaves_nothing(tmp_path: Path) -> None:
    end_early(tmp_path, poses=0)
    assert list(tmp_path.iterdir()) == []


def test_two_runs_never_write_the_same_files(tmp_path: Path) -> None:
    with Unfinished.begin(tmp_path / "a") as run:
        noted(run)
        with pytest.raises(FormcheckError, match="another run is writing the results of a;"):
            Unfinished.begin(tmp_path / "a")
        with Unfinished.begin(tmp_path / "b"):
            pass
        assert list(left_in(tmp_path)) == []
        assert take_over(run.folder) is None


def test_a_live_run_takes_the_next_free_name(tmp_path: Path) -> None:
    first, base = Unfinished.begin_anew(tmp_path / "set")
    second, other = Unfinished.begin_anew(tmp_path / "set")
    assert (base.name, other.name) == ("set", "set_2")
    with first, second:
        (second.folder / "set_2.txt").write_text("x")
        second.land()
    third, base = Unfinished.begin_anew(tmp_path / "set")
    with third:
        assert base.name == "set"


def test_what_was_left_does_not_keep_the_next_run_from_working(tmp_path: Path) -> None:
    for _ in range(2):
        end_early(tmp_path)
    assert [left.name for left in left_in(tmp_path)] == ["a.unfinished", "a.unfinished-2"]


def test_a_process_that_was_killed_has_let_go_of_its_lock(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from formcheck.storage.locks import Lock\n"
        "lock = Lock.take(Path(sys.argv[1])); print('taken', flush=True); sys.stdin.read()"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path / "lock")],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert child.stdout is not None
    assert child.stdin is not None
    with child:
        assert child.stdout.readline() == "taken\n"
        assert Lock.take(tmp_path / "lock") is None
        child.kill()
    lock = Lock.take(tmp_path / "lock")
    assert lock is not None
    lock.release()
    assert list(tmp_path.iterdir()) == []


def test_a_journal_that_was_left_can_be_taken_over_once(tmp_path: Path) -> None:
    end_early(tmp_path)
    (left,) = left_in(tmp_path)
    run = take_over(left)
    assert run is not None
    with run:
        assert take_over(left) is None
        assert [len(list(JournalReader(path).poses())) for path in journals_in(left)] == [3]
        run.land()
    assert list(tmp_path.iterdir()) == []
