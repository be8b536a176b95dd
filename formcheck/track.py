"""A recording of poses, raw and unsmoothed, and its .npz file.

A track judged again under a changed spec gives its answer in milliseconds, without video or
model. Values are stored as the 32-bit numbers that the estimator gave, so a replay repeats the
first judgement to the digit. `TrackWriter` keeps nothing in memory but the frame at hand.

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

import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import IO, Any

import numpy as np

from formcheck.errors import TrackError
from formcheck.pose import LANDMARK_COUNT, Floats, Pose

SCHEMA_VERSION = 1

_ROWS: dict[str, tuple[tuple[int, ...], type]] = {
    "t_s": ((), np.float64),
    "xy_px": ((LANDMARK_COUNT, 2), np.float32),
    "world_m": ((LANDMARK_COUNT, 3), np.float32),
    "visibility_presence": ((LANDMARK_COUNT, 2), np.float32),
    "outline_px": ((2,), np.float32),
    "outline_end": ((), np.int64),
}


class PoseTrack:
    """Poses of one recording in time order, read from a file made by `TrackWriter`.

    Iterating gives `Pose` after `Pose`; `info` is what the writer was told of the recording.
    """

    def __init__(self, arrays: dict[str, Floats], info: dict[str, Any]) -> None:
        self._arrays = arrays
        self.info = info
        width, height = arrays["size_px"]
        self.size_px = (float(width), float(height))

    @classmethod
    def load(cls, path: Path) -> PoseTrack:
        """Read a track.

        Raises:
            TrackError: the file is missing, no pose track, or of a newer schema version.
        """
        try:
            with np.load(path, allow_pickle=False) as stored:
                arrays = {name: stored[name] for name in stored.files}
        except FileNotFoundError:
            raise TrackError(f"{path}: no such file") from None
        except (OSError, ValueError, zipfile.BadZipFile, EOFError):
            raise TrackError(
                f"{path}: not a pose track; give the .poses.npz that `formcheck video` wrote"
            ) from None
        return cls(_checked(path, arrays), json.loads(str(arrays.get("info", "{}"))))

    def __len__(self) -> int:
        return len(self._arrays["t_s"])

    def __getitem__(self, i: int) -> Pose:
        a = self._arrays
        start, end = (a["outline_end"][i - 1] if i else 0), a["outline_end"][i]
        return Pose(
            t_s=float(a["t_s"][i]),
            xy_px=a["xy_px"][i],
            world_m=a["world_m"][i],
            visibility=a["visibility_presence"][i, :, 0],
            presence=a["visibility_presence"][i, :, 1],
            size_px=self.size_px,
            outline_px=a["outline_px"][start:end],
        )

    def __iter__(self) -> Iterator[Pose]:
        return (self[i] for i in range(len(self)))


def _checked(path: Path, arrays: dict[str, Floats]) -> dict[str, Floats]:
    version = int(arrays.get("schema_version", SCHEMA_VERSION))
    if version > SCHEMA_VERSION:
        raise TrackError(
            f"{path}: pose track of version {version}, newer than {SCHEMA_VERSION}; "
            "update formcheck"
        )
    needed = ["t_s", "xy_px", "world_m", "visibility_presence", "size_px"]
    missing = [name for name in needed if name not in arrays]
    if missing:
        raise TrackError(f"{path}: not a pose track: {', '.join(missing)} missing")
    n = len(arrays["t_s"])
    arrays.setdefault("outline_px", np.empty((0, 2), np.float32))
    arrays.setdefault("outline_end", np.zeros(n, np.int64))
    for name, (shape, _) in _ROWS.items():
        rows = len(arrays["outline_px"]) if name == "outline_px" else n
        if arrays[name].shape != (rows, *shape):
            raise TrackError(f"{path}: damaged pose track: {name} is {arrays[name].shape}")
    if np.any(np.diff(arrays["t_s"]) <= 0):
        raise TrackError(f"{path}: damaged pose track: times do not increase")
    return arrays


class TrackWriter:
    """Writes poses to a .npz as they come; on `close` the file appears whole, or not at all.

    The rows go to unnamed temporary files, so memory does not grow with the recording.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files = ExitStack()
        self._rows: dict[str, IO[bytes]] = {
            name: self._files.enter_context(tempfile.TemporaryFile())  # noqa: SIM115
            for name in _ROWS
        }
        self._counts = dict.fromkeys(_ROWS, 0)
        self._size_px: tuple[float, float] = (0.0, 0.0)

    def __enter__(self) -> TrackWriter:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._files.close()

    def add(self, pose: Pose) -> None:
        """Append one pose."""
        self._size_px = pose.size_px
        self._put("outline_px", pose.outline_px)
        self._put("outline_end", np.array([self._counts["outline_px"]]))
        self._put("t_s", np.array([pose.t_s]))
        self._put("xy_px", pose.xy_px[None])
        self._put("world_m", pose.world_m[None])
        pair = np.stack([pose.visibility, pose.presence], axis=-1)
        self._put("visibility_presence", pair[None])

    def _put(self, name: str, rows: Floats) -> None:
        self._counts[name] += len(rows)
        self._rows[name].write(np.ascontiguousarray(rows, _ROWS[name][1]).tobytes())

    def close(self, info: dict[str, Any]) -> None:
        """Put the file in its place, with what is known of the recording (JSON values)."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        partial = self._path.with_name(self._path.name + ".part")
        with zipfile.ZipFile(partial, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
            for name in _ROWS:
                self._copy(archive, name)
            for name, value in (
                ("schema_version", np.array(SCHEMA_VERSION)),
                ("size_px", np.array(self._size_px, np.float64)),
                ("info", np.array(json.dumps(info))),
            ):
                with archive.open(f"{name}.npy", "w") as out:
                    np.lib.format.write_array(out, value, allow_pickle=False)
        partial.replace(self._path)

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
