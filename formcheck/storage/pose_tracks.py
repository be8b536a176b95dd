"""A recording of poses, raw and unsmoothed, and its .npz file.

A track judged again under a changed spec gives its answer in milliseconds, without video or
model. Values are stored as the 32-bit numbers that the estimator gave, so a replay repeats the
first judgement to the digit. Reading and writing keep nothing in memory but the frame at hand.

File layout (numpy .npz), n frames:
  schema_version      () int        1
  t_s                 (n,) float64  media time
  xy_px               (n, 33, 2) float32, square pixels; NaN where nobody was seen
  world_m             (n, 33, 3) float32
  visibility_presence (n, 33, 2) float32
  outline_px          (m, 2) float32, all outlines one after the other
  outline_end         (n,) int64    end of each frame's outline in outline_px
  size_px             (2,) float64  width, height
  info                () str        JSON: model_sha256, has_outlines, frames_declared, ...
Files without schema_version, outlines or info are read as version 1 with nothing known of them.
"""

from __future__ import annotations

import errno
import json
import math
import tempfile
import tokenize
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import numpy as np

from formcheck.errors import TrackError, shown
from formcheck.records.pose import LANDMARK_COUNT, LARGEST, MAX_OUTLINE_POINTS, Floats, Pose
from formcheck.storage.atomic_files import partial_path, remove_partial, writing

SCHEMA_VERSION = 1

_ROWS: dict[str, tuple[tuple[int, ...], type]] = {
    "t_s": ((), np.float64),
    "xy_px": ((LANDMARK_COUNT, 2), np.float32),
    "world_m": ((LANDMARK_COUNT, 3), np.float32),
    "visibility_presence": ((LANDMARK_COUNT, 2), np.float32),
    "outline_px": ((2,), np.float32),
    "outline_end": ((), np.int64),
}

_NEEDED = ("t_s", "xy_px", "world_m", "visibility_presence")

_LONGEST_FACTS = 1 << 20
"""Bytes of an entry that is no column; a small file can unpack to any size."""

_HEADER_BYTES = 16_384
"""What stands before the rows of an array, at most."""

_UNREADABLE = (
    OSError, ValueError, LookupError, TypeError, EOFError, NotImplementedError, RuntimeError,
    SyntaxError, ArithmeticError, MemoryError, zipfile.BadZipFile, zlib.error, tokenize.TokenError,
)  # fmt: skip
"""What reading a damaged .npz can end in."""


class PoseTrack:
    """Poses of one recording in time order, read from its file as they are asked for.

    Iterating gives `Pose` after `Pose`; `info` is what the writer was told of the recording.

    Raises:
        TrackError: the file is missing, no pose track, damaged, or of a newer schema version.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            _check_sizes(path)
            with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
                self._check_version(stored)
                self._columns = set(stored.files) & set(_ROWS)
                self.size_px = _size(stored["size_px"])
                self.info: dict[str, Any] = _facts(stored)
            self._length = _shape(path, "t_s")[0]
            self._check_shapes()
        except FileNotFoundError:
            raise TrackError(f"{shown(path)}: no such file; check the path") from None
        except _UNREADABLE:
            raise TrackError(
                f"{shown(path)}: not a pose track; give the .poses.npz that `formcheck video` wrote"
            ) from None

    def _check_version(self, stored: Mapping[str, Any]) -> None:
        version = int(stored["schema_version"]) if "schema_version" in stored else SCHEMA_VERSION
        if version > SCHEMA_VERSION:
            raise TrackError(
                f"{shown(self._path)}: pose track of version {version}, newer than "
                f"{SCHEMA_VERSION}; update formcheck"
            )

    def _check_shapes(self) -> None:
        missing = [name for name in _NEEDED if name not in self._columns]
        if missing:
            raise TrackError(f"{shown(self._path)}: not a pose track: {', '.join(missing)} missing")
        for name in sorted(self._columns):
            found = _shape(self._path, name)
            length = found[0] if name == "outline_px" else self._length
            due = (length, *_ROWS[name][0])
            if found != due:
                raise TrackError(
                    f"{shown(self._path)}: damaged pose track: {name} is {found}, not {due}"
                )

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Pose]:
        try:
            yield from self._poses()
        except _UNREADABLE as error:
            raise TrackError(f"{shown(self._path)}: damaged pose track: {error}") from None

    def _poses(self) -> Iterator[Pose]:
        outline_end, t_s = 0, -math.inf
        with zipfile.ZipFile(self._path) as archive, ExitStack() as files:
            rows = {name: _Rows(archive, name, files) for name in self._columns}
            for _ in range(self._length):
                row = {name: rows[name].take(1)[0] for name in self._columns - {"outline_px"}}
                end = int(row.get("outline_end", 0))
                if not 0 <= end - outline_end <= MAX_OUTLINE_POINTS:
                    raise ValueError("an outline has too many points")
                outline = rows["outline_px"].take(end - outline_end) if end != outline_end else None
                outline_end = end
                if not t_s < row["t_s"] < math.inf:
                    raise TrackError(
                        f"{shown(self._path)}: damaged pose track: times do not increase"
                    )
                t_s = float(row["t_s"])
                pose = self._pose(row, outline)
                if not pose.is_credible:
                    raise ValueError("a number that no body in a picture has")
                yield pose

    def _pose(self, row: Mapping[str, Floats], outline: Floats | None) -> Pose:
        return Pose(
            t_s=float(row["t_s"]),
            xy_px=row["xy_px"],
            world_m=row["world_m"],
            visibility=row["visibility_presence"][:, 0],
            presence=row["visibility_presence"][:, 1],
            size_px=self.size_px,
            outline_px=np.empty((0, 2), np.float32) if outline is None else outline,
        )


class _Rows:
    """Rows of one stored array, taken from its file one after the other."""

    def __init__(self, archive: zipfile.ZipFile, name: str, files: ExitStack) -> None:
        self._file = files.enter_context(archive.open(f"{name}.npy"))
        _, self._stored = _header(self._file)
        self._row, self._due = _ROWS[name]

    def take(self, count: int) -> Floats:
        """The next rows, as the numbers that they are due to be."""
        size = count * self._stored.itemsize * math.prod(self._row)
        stored = np.frombuffer(self._file.read(size), self._stored)
        with np.errstate(over="raise"):
            numbers: Floats = stored.astype(self._due, casting="same_kind", copy=False)
        # Of a damaged file a NaN may be one that warns at every use; all are made the plain one.
        if numbers.dtype.kind == "f":
            numbers = np.where(np.isnan(numbers), numbers.dtype.type(np.nan), numbers)
        return numbers.reshape(count, *self._row)


def _header(file: IO[bytes]) -> tuple[tuple[int, ...], np.dtype[Any]]:
    version = np.lib.format.read_magic(file)
    read = np.lib.format.read_array_header_1_0
    if version != (1, 0):
        read = np.lib.format.read_array_header_2_0
    shape, is_by_column, dtype = read(file)
    if dtype.kind not in "fiu" or (is_by_column and len(shape) > 1) or min(shape, default=0) < 0:
        raise ValueError("an array is not stored as rows of numbers")
    return shape, dtype


def _check_sizes(path: Path) -> None:
    """See before anything is unpacked that no entry unpacks to more than it can need.

    Raises:
        ValueError: one does; others of what a damaged archive ends in.
    """
    with zipfile.ZipFile(path) as archive:
        for entry in archive.infolist():
            name = entry.filename.removesuffix(".npy")
            most = _LONGEST_FACTS
            if name in _ROWS:
                with archive.open(entry) as file:
                    shape, dtype = _header(file)
                most = math.prod(shape) * dtype.itemsize + _HEADER_BYTES
            if entry.file_size > most:
                raise ValueError("an entry is larger than what is in it")


def _shape(path: Path, name: str) -> tuple[int, ...]:
    with zipfile.ZipFile(path) as archive, archive.open(f"{name}.npy") as file:
        return _header(file)[0]


def _size(stored: Floats) -> tuple[float, float]:
    width, height = (float(side) for side in stored)
    if not (0 <= width <= LARGEST and 0 <= height <= LARGEST):
        raise ValueError("a picture without size")
    return width, height


def _facts(stored: Mapping[str, Any]) -> dict[str, Any]:
    facts = json.loads(str(stored["info"])) if "info" in stored else {}
    if not isinstance(facts, dict):
        raise TypeError("info is no JSON object")
    return facts


class TrackWriter:
    """Writes poses to a .npz as they come; on `close` the file appears whole, or not at all.

    The rows go to unnamed temporary files, so memory does not grow with the recording. A place
    that cannot be written to is told at once, before hours of estimating are spent on it.

    Raises:
        TrackError: the file cannot be written, here, in `add` or in `close`.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._writing(), ExitStack() as files:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, "a folder has that name")
            files.callback(remove_partial, path)
            self._partial = partial_path(path)
            self._file = files.enter_context(self._partial.open("wb"))
            self._rows: dict[str, IO[bytes]] = {
                name: files.enter_context(tempfile.TemporaryFile()) for name in _ROWS
            }
            self._open = files.pop_all()
        self._counts = dict.fromkeys(_ROWS, 0)
        self._size_px: tuple[float, float] = (0.0, 0.0)

    def _writing(self) -> AbstractContextManager[None]:
        return writing(self._path, TrackError)

    def __enter__(self) -> TrackWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._writing():
            self._open.close()

    def add(self, pose: Pose) -> None:
        """Append one pose."""
        self._size_px = pose.size_px
        pair = np.stack([pose.visibility, pose.presence], axis=-1)
        with self._writing():
            self._put("outline_px", pose.outline_px)
            self._put("outline_end", np.array([self._counts["outline_px"]]))
            self._put("t_s", np.array([pose.t_s]))
            self._put("xy_px", pose.xy_px[None])
            self._put("world_m", pose.world_m[None])
            self._put("visibility_presence", pair[None])

    def _put(self, name: str, rows: Floats) -> None:
        self._counts[name] += len(rows)
        self._rows[name].write(np.ascontiguousarray(rows, _ROWS[name][1]).tobytes())

    def close(self, info: dict[str, Any]) -> None:
        """Put the file in its place, with what is known of the recording (JSON values)."""
        with self._writing():
            self._write(info)
            self._file.close()
            self._partial.replace(self._path)

    def _write(self, info: dict[str, Any]) -> None:
        with zipfile.ZipFile(self._file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name in _ROWS:
                self._copy(archive, name)
            for name, value in (
                ("schema_version", np.array(SCHEMA_VERSION)),
                ("size_px", np.array(self._size_px, np.float64)),
                ("info", np.array(json.dumps(info))),
            ):
                with archive.open(f"{name}.npy", "w") as out:
                    np.lib.format.write_array(out, value, allow_pickle=False)

    def _copy(self, archive: zipfile.ZipFile, name: str) -> None:
        shape, dtype = _ROWS[name]
        header = {
            "descr": np.lib.format.dtype_to_descr(np.dtype(dtype)),
            "fortran_order": False,
            "shape": (self._counts[name], *shape),
        }
        rows = self._rows[name]
        rows.seek(0)
        with archive.open(f"{name}.npy", "w", force_zip64=True) as out:
            np.lib.format.write_array_header_1_0(out, header)
            while block := rows.read(1 << 20):
                out.write(block)


def write_track(path: Path, poses: Iterable[Pose], info: dict[str, Any]) -> None:
    """Write a whole track at once; info: what is known of the recording (JSON values).

    Raises:
        TrackError: the file cannot be written.
    """
    with TrackWriter(path) as track:
        for pose in poses:
            track.add(pose)
        track.close(info)
