"""What a run has seen and judged so far, appended as it happens.

A journal outlives whatever ends its run. It is a row of records, each with its length and a
checksum; what was being written when the run ended is a torn record, and reading ends before it.

Record: kind (1 byte), length of the payload and its CRC-32 (4 bytes each, little endian), payload.
  H  JSON: `version`, and what the run was to do; the first record
  P  a pose: t_s (float64); width and height in px (float64); then, as float32, xy_px, world_m,
     visibility, presence and the points of the outline
  E  JSON: an event, `kind` first, as events.json has it
"""

from __future__ import annotations

import json
import os
import shutil
import struct
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import IO, Any

import numpy as np

from formcheck.errors import TrackError, shown
from formcheck.records.pose import LANDMARK_COUNT, Pose
from formcheck.storage.atomic_files import writing

VERSION = 1

SYNC_EVERY_S = 1.0
"""After how much media time what was written is made safe against a power cut (design.md, law 11:
within a second); finished reps are made safe at once."""

_RECORD = struct.Struct("<cII")
_INSTANT = struct.Struct("<ddd")
_LONGEST = 1 << 20
"""No record is longer, in bytes: a damaged length is not read as one."""

_COLUMNS = (
    ("xy_px", (LANDMARK_COUNT, 2)),
    ("world_m", (LANDMARK_COUNT, 3)),
    ("visibility", (LANDMARK_COUNT,)),
    ("presence", (LANDMARK_COUNT,)),
)
_BODY = sum(int(np.prod(shape)) for _, shape in _COLUMNS)


class Journal:
    """Appends to a new journal.

    head: what the run is to do, as JSON values.

    Raises:
        TrackError: it cannot be written, here or later; what was written before stays.
    """

    def __init__(self, path: Path, head: Mapping[str, Any]) -> None:
        self.path = path
        self.poses = 0
        self._synced_s = -np.inf
        with self._told():
            self._file: IO[bytes] = path.open("x+b", buffering=0)
        self._append(b"H", _json({"version": VERSION, **head}))
        self.sync()
        with self._told():
            sync_folder(path.parent)

    def add(self, pose: Pose) -> None:
        """Append a pose."""
        columns = (getattr(pose, name) for name, _ in _COLUMNS)
        numbers = [np.ascontiguousarray(c, np.float32) for c in (*columns, pose.outline_px)]
        instant = _INSTANT.pack(pose.t_s, *pose.size_px)
        self._append(b"P", instant + b"".join(number.tobytes() for number in numbers))
        self.poses += 1
        if not pose.t_s - self._synced_s < SYNC_EVERY_S:
            self._synced_s = pose.t_s
            self.sync()

    def note(self, events: Iterable[Mapping[str, Any]]) -> None:
        """Append events, and make all that was written safe."""
        for event in events:
            self._append(b"E", _json(event))
        self.sync()

    def sync(self) -> None:
        """Make what was written safe against a power cut."""
        with self._told():
            os.fsync(self._file.fileno())

    def __enter__(self) -> Journal:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def close(self) -> None:
        """Write nothing more; safe to call twice. A journal whose folder was removed while it was
        written is put back."""
        if self._file.closed:
            return
        with self._told(), self._file:
            if not self.path.exists():
                self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self._file.seek(0)
                with self.path.open("xb") as again:
                    shutil.copyfileobj(self._file, again)

    def _append(self, kind: bytes, payload: bytes) -> None:
        record = memoryview(_RECORD.pack(kind, len(payload), zlib.crc32(payload)) + payload)
        start = self._file.tell()
        with self._told():
            try:
                while record:
                    record = record[self._file.write(record) :]
            except OSError:
                self._file.seek(start)  # what comes later must not follow a torn record
                with suppress(OSError):
                    self._file.truncate()
                raise

    def _told(self) -> AbstractContextManager[None]:
        return writing(self.path, TrackError)


class JournalReader:
    """What a journal holds, up to the last whole record.

    Raises:
        TrackError: it is missing, no journal, or of a newer version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        kind, payload = next(self._records(), (b"", b""))
        self.head: dict[str, Any] = _object(payload) if kind == b"H" else {}
        version = self.head.get("version")
        if not isinstance(version, int):
            raise TrackError(f"{shown(path)}: not a journal of formcheck; remove it")
        if version > VERSION:
            raise TrackError(
                f"{shown(path)}: journal of version {version}, newer than {VERSION}; "
                "update formcheck"
            )

    def poses(self) -> Iterator[Pose]:
        """The poses, in order, up to the first that is none, or that is not later."""
        before_s = -np.inf
        for kind, payload in self._records():
            if kind == b"P":
                try:
                    pose = _pose(payload)
                except (ValueError, struct.error):
                    return
                if not (pose.is_credible and pose.t_s > before_s):
                    return
                before_s = pose.t_s
                yield pose

    def events(self) -> Iterator[dict[str, Any]]:
        """The events, as JSON values, in order."""
        return (_object(payload) for kind, payload in self._records() if kind == b"E")

    def _records(self) -> Iterator[tuple[bytes, bytes]]:
        try:
            with self._path.open("rb") as file:
                while len(start := file.read(_RECORD.size)) == _RECORD.size:
                    kind, length, checksum = _RECORD.unpack(start)
                    payload = file.read(length) if length <= _LONGEST else b""
                    if len(payload) < length or zlib.crc32(payload) != checksum:
                        return
                    yield kind, payload
        except OSError as error:
            raise TrackError(
                f"{shown(self._path)}: cannot be read: {error.strerror or error}; check the path"
            ) from None


def _json(values: Mapping[str, Any]) -> bytes:
    return json.dumps(values, ensure_ascii=False).encode("utf-8", "surrogateescape")


def _object(payload: bytes) -> dict[str, Any]:
    try:
        values = json.loads(payload.decode("utf-8", "surrogateescape"))
    except (ValueError, RecursionError):
        return {}
    return values if isinstance(values, dict) else {}


def _pose(payload: bytes) -> Pose:
    t_s, width, height = _INSTANT.unpack_from(payload)
    numbers = np.frombuffer(payload, np.float32, offset=_INSTANT.size)
    columns: dict[str, Any] = {"outline_px": numbers[_BODY:].reshape(-1, 2)}
    start = 0
    for name, shape in _COLUMNS:
        end = start + int(np.prod(shape))
        columns[name] = numbers[start:end].reshape(shape)
        start = end
    return Pose(t_s=t_s, size_px=(width, height), **columns)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder safe against a power cut, where the system can.

    Raises:
        OSError: it cannot be done, though the system could.
    """
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
