"""A journal keeps what was written, whatever ends the writing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck.errors import TrackError
from formcheck.records.pose import Pose
from formcheck.storage.journal import SYNC_EVERY_S, VERSION, Journal, JournalReader
from tests.storage.test_pose_tracks import pose, same, some

HEAD = {"exercise": "bridge", "name": "a\udcff"}


def written(path: Path, poses: list[Pose], *events: dict[str, object]) -> Path:
    with Journal(path, HEAD) as journal:
        for one in poses:
            journal.add(one)
        journal.note(events)
    return path


def test_what_was_written_is_read_again_to_the_bit(tmp_path: Path) -> None:
    path = written(tmp_path / "a.journal", some(), {"kind": "attempt", "peak": None})
    reader = JournalReader(path)
    assert reader.head == {"version": VERSION, **HEAD}
    for found, due in zip(reader.poses(), some(), strict=True):
        same(found, due)
        assert found.size_px == due.size_px
    assert list(reader.events()) == [{"kind": "attempt", "peak": None}]


def test_cut_off_anywhere_it_still_holds_every_record_before(tmp_path: Path) -> None:
    whole = written(tmp_path / "a.journal", some(), {"kind": "attempt"}).read_bytes()
    cut = tmp_path / "cut.journal"
    ends = [0]
    for length in range(len(whole)):
        cut.write_bytes(whole[:length])
        try:
            reader = JournalReader(cut)
        except TrackError:
            assert length < 120  # the head itself is torn
            continue
        held = len(list(reader.poses()))
        assert held in (ends[-1], ends[-1] + 1)
        ends.append(held)
    assert ends[-1] == len(some())


@pytest.mark.parametrize("at", [0, 40, 300, -3])
def test_a_damaged_byte_ends_the_reading_before_it(tmp_path: Path, at: int) -> None:
    content = bytearray(written(tmp_path / "a.journal", some()).read_bytes())
    content[at] ^= 0xFF
    (tmp_path / "a.journal").write_bytes(content)
    try:
        poses = list(JournalReader(tmp_path / "a.journal").poses())
    except TrackError as error:
        assert "not a journal" in str(error)  # noqa: PT017
    else:
        assert len(poses) < len(some())


def test_a_disk_that_is_full_for_a_while_costs_the_poses_of_that_while_alone(
    tmp_path: Path,
) -> None:
    class FullDisk:
        """Takes half of a record, then nothing."""

        def __init__(self, file: object) -> None:
            self.file = file
            self.left = 100

        def write(self, data: bytes) -> int:
            if not self.left:
                raise OSError(28, "No space left on device")
            taken = self.file.write(bytes(data[: self.left]))  # type: ignore[attr-defined]
            self.left = 0
            return int(taken)

        def __getattr__(self, name: str) -> object:
            return getattr(self.file, name)

    with Journal(tmp_path / "a.journal", HEAD) as journal:
        journal.add(pose(0.0))
        file = journal._file
        journal._file = FullDisk(file)  # type: ignore[assignment]
        with pytest.raises(TrackError, match=r"a\.journal: cannot be written: No space left"):
            journal.add(pose(0.1))
        journal._file = file
        journal.add(pose(0.2))
    assert [one.t_s for one in JournalReader(tmp_path / "a.journal").poses()] == [0.0, 0.2]


def test_what_is_noted_is_safe_at_once_and_poses_within_a_second(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A power cut leaves what was synced, and nothing else for sure."""
    path, left = tmp_path / "a.journal", tmp_path / "left.journal"
    real = os.fsync

    def fsync(descriptor: int) -> None:
        real(descriptor)
        left.write_bytes(path.read_bytes())

    monkeypatch.setattr(os, "fsync", fsync)

    def survivors() -> Iterator[float]:
        return (one.t_s for one in JournalReader(left).poses())

    with Journal(path, HEAD) as journal:
        for number in range(100):
            journal.add(pose(number / 20))
            assert number / 20 - max(survivors()) < SYNC_EVERY_S
        journal.note([{"kind": "attempt"}])
        assert max(survivors()) == 99 / 20
        assert list(JournalReader(left).events()) == [{"kind": "attempt"}]


def test_a_journal_is_never_written_over(tmp_path: Path) -> None:
    path = written(tmp_path / "a.journal", some())
    with pytest.raises(TrackError, match="cannot be written"):
        Journal(path, HEAD)
    assert len(list(JournalReader(path).poses())) == len(some())


@pytest.mark.parametrize("content", [b"", b"H", b"\0" * 400, b"PK\3\4 something else"])
def test_another_file_is_no_journal(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.journal"
    path.write_bytes(content)
    with pytest.raises(TrackError, match="not a journal of formcheck"):
        JournalReader(path)


def test_a_newer_journal_asks_for_an_update(tmp_path: Path) -> None:
    with Journal(tmp_path / "a.journal", {"version": VERSION + 1}):
        pass
    with pytest.raises(TrackError, match="update formcheck"):
        JournalReader(tmp_path / "a.journal")


def test_a_journal_whose_folder_was_removed_is_put_back(tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    with Journal(folder / "a.journal", HEAD) as journal:
        journal.add(pose(0.0))
        shutil.rmtree(folder)
        journal.add(pose(0.1))
    assert len(list(JournalReader(folder / "a.journal").poses())) == 2
