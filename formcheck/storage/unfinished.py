"""Where a run works until it has ended well, and what is left of one that did not.

A run keeps its journals, and all that it makes, in a folder `NAME.unfinished` beside where its
results belong. Once all is made it *lands*: every file moves to its place, and the folder goes. A
run that dies leaves the folder, and nothing under the final names is touched.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from formcheck.errors import FormcheckError, TrackError, shown
from formcheck.storage.atomic_files import writing
from formcheck.storage.journal import JournalReader, sync_folder
from formcheck.storage.locks import Lock

_ENDING = ".unfinished"
_JOURNAL = ".journal"
_LOCK = ".lock"


class Unfinished:
    """The folder of one run, which nobody else uses as long as it is open.

    Leaving the `with` without having landed keeps the journals that hold anything, and nothing
    else.
    """

    def __init__(self, folder: Path, lock: Lock) -> None:
        self.folder = folder
        self._lock = lock

    @classmethod
    def begin(cls, base: Path) -> Unfinished:
        """A new run whose results are named after a path.

        Raises:
            FormcheckError: another run is writing the same files, or nothing can be written there.
        """
        taken = cls._try(base)
        if taken is None:
            raise FormcheckError(
                f"{shown(base.parent)}: another run is writing the results of {shown(base.name)}; "
                "wait for it, or give another --out"
            )
        return taken

    @classmethod
    def begin_anew(cls, base: Path) -> tuple[Unfinished, Path]:
        """A new run, named after a path that no other run has taken; that path with it.

        Raises:
            FormcheckError: nothing can be written there.
        """
        for name in numbered(base.name, "_"):
            path = base.with_name(name)
            if not any(base.parent.glob(f"{name}.*")) and (taken := cls._try(path)):
                return taken, path
        raise AssertionError  # the names have no end

    @classmethod
    def _try(cls, base: Path) -> Unfinished | None:
        with writing(base):
            base.parent.mkdir(parents=True, exist_ok=True)
            lock = Lock.take(_lock_path(base))
            if lock is None:
                return None
            for name in numbered(base.name + _ENDING, "-"):
                folder = base.with_name(name)
                with suppress(FileExistsError):
                    folder.mkdir(mode=0o700)
                    return cls(folder, lock)
        raise AssertionError  # the names have no end

    def __enter__(self) -> Unfinished:
        return self

    def __exit__(self, *error: object) -> None:
        self._tidy()
        self._lock.release()

    def journal_path(self, name: str) -> Path:
        """Where the journal of that name lies."""
        return self.folder / (name + _JOURNAL)

    @contextmanager
    def landing(self, despite: type[Exception] | tuple[()] = ()) -> Iterator[None]:
        """Land after what is done in the `with`; despite: errors that leave the rest worth it.

        Raises:
            FormcheckError: as of `land`.
        """
        try:
            yield
        except despite:
            self.land()
            raise
        self.land()

    def land(self) -> None:
        """All is made: every file goes to its place, in place of an older one, and the journals go.

        Raises:
            FormcheckError: a file cannot be put in its place; all that was made stays here.
        """
        place = self.folder.parent
        with writing(place):
            place.mkdir(parents=True, exist_ok=True)
            for file in sorted(self.folder.iterdir()):
                if file.suffix != _JOURNAL:
                    file.chmod(0o600)
                    file.replace(place / file.name)
            sync_folder(place)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _tidy(self) -> None:
        """Leave the journals that hold anything."""
        if not self.folder.is_dir():
            return
        for file in self.folder.iterdir():
            if file.suffix != _JOURNAL or not _holds_anything(file):
                with suppress(OSError):
                    file.unlink()
        with suppress(OSError):
            self.folder.rmdir()


def numbered(name: str, sign: str) -> Iterator[str]:
    """The name, then the name with a number behind a sign, from 2 on without end."""
    yield name
    yield from (f"{name}{sign}{number}" for number in count(2))


def left_in(folder: Path) -> Iterator[Path]:
    """The folders that ended runs have left in a folder, oldest name first; those of runs that are
    still at work are not among them."""
    for left in sorted(folder.glob(f"*{_ENDING}*")):
        if left.is_dir() and any(journals_in(left)) and not _is_at_work(_base_of(left)):
            yield left


def take_over(left: Path) -> Unfinished | None:
    """Go on with what an ended run left; None if somebody does already."""
    lock = Lock.take(_lock_path(_base_of(left)))
    return Unfinished(left, lock) if lock else None


def journals_in(left: Path) -> list[Path]:
    """The journals that an ended run has left, in order."""
    return sorted(left.glob(f"*{_JOURNAL}"))


def _base_of(left: Path) -> Path:
    return left.with_name(left.name.rpartition(_ENDING)[0])


def _lock_path(base: Path) -> Path:
    return base.with_name(base.name + _ENDING + _LOCK)


def _is_at_work(base: Path) -> bool:
    try:
        lock = Lock.take(_lock_path(base))
    except OSError:  # a folder that cannot be written to has no run at work
        return False
    if lock:
        lock.release()
    return lock is None


def _holds_anything(journal: Path) -> bool:
    try:
        return any(True for _ in JournalReader(journal).poses())
    except TrackError:
        return False
