"""One filmed set as a small file: what the pose model saw, what was true, and the script.

A set of 180 frames takes some 50 KB, so that all can be committed and judged again without
pictures or model. Numbers are rounded to steps far below the pose model's own noise and stored
as differences from frame to frame, packed by LZMA.
"""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.records.pose import Pose

XY_STEP_PX, WORLD_STEP_M, SEEN_STEP = 1 / 8, 1 / 1000, 1 / 200

Whole = NDArray[np.integer[Any]]
Number = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class FiledSet:
    """A set as it was filmed: tracked and true poses, frame by frame.

    facts: its plan, its script and the checksum of the model that tracked it, as JSON values.
    """

    facts: dict[str, Any]
    tracked: Sequence[Pose]
    true: Sequence[Pose]


def write(path: Path, filed: FiledSet) -> None:
    """Write a set, whole or not at all."""
    arrays = {
        "t_s": np.array([pose.t_s for pose in filed.tracked]),
        "size_px": np.array(filed.tracked[0].size_px),
        **_packed("tracked", filed.tracked),
        **_packed("true", filed.true),
        **_packed_outlines([pose.outline_px for pose in filed.tracked]),
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".part")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_LZMA) as archive:
        for name, array in arrays.items():
            with archive.open(f"{name}.npy", "w") as out:
                np.lib.format.write_array(out, np.ascontiguousarray(array), allow_pickle=False)
        archive.writestr("facts.json", json.dumps(filed.facts))
    partial.replace(path)


def read(path: Path) -> FiledSet:
    """Read a set."""
    with zipfile.ZipFile(path) as archive:
        facts = json.loads(archive.read("facts.json"))
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name] for name in stored.files if name != "facts.json"}
    outlines = list(_outlines(arrays))
    return FiledSet(
        facts=facts,
        tracked=list(_poses("tracked", arrays, outlines)),
        true=list(_poses("true", arrays, [np.empty((0, 2), np.float32)] * len(outlines))),
    )


def _packed(name: str, poses: Sequence[Pose]) -> dict[str, Whole]:
    seen = np.array([pose.is_seen for pose in poses])
    columns = {
        "xy": (np.array([pose.xy_px for pose in poses]), XY_STEP_PX),
        "world": (np.array([pose.world_m for pose in poses]), WORLD_STEP_M),
        "visibility": (np.array([pose.visibility for pose in poses]), SEEN_STEP),
        "presence": (np.array([pose.presence for pose in poses]), SEEN_STEP),
    }
    packed = {f"{name}_{key}": _steps(values, step) for key, (values, step) in columns.items()}
    return {f"{name}_seen": seen, **packed}


def _steps(values: Number, step: float) -> Whole:
    """Differences, in steps, from each frame to the next; unseen frames repeat the last one."""
    whole = np.round(np.nan_to_num(values) / step).astype(np.int32)
    return _narrow(np.diff(whole, axis=0, prepend=np.zeros_like(whole[:1])))


def _narrow(whole: Whole) -> Whole:
    fits = np.abs(whole).max(initial=0) < 2**15
    return whole.astype(np.int16) if fits else whole


def _unpacked(name: str, arrays: dict[str, Any], step: float) -> Number:
    return (np.cumsum(arrays[name].astype(np.int64), axis=0) * step).astype(np.float32)


def _poses(name: str, arrays: dict[str, Any], outlines: list[Number]) -> Iterator[Pose]:
    size = tuple(float(side) for side in arrays["size_px"])
    xy = _unpacked(f"{name}_xy", arrays, XY_STEP_PX)
    world = _unpacked(f"{name}_world", arrays, WORLD_STEP_M)
    visibility = _unpacked(f"{name}_visibility", arrays, SEEN_STEP)
    presence = _unpacked(f"{name}_presence", arrays, SEEN_STEP)
    for i, t_s in enumerate(arrays["t_s"].tolist()):
        if arrays[f"{name}_seen"][i]:
            yield Pose(t_s, xy[i], world[i], visibility[i], presence[i], size, outlines[i])
        else:
            yield Pose.nobody(t_s, size)


def _packed_outlines(outlines: list[Number]) -> dict[str, Whole]:
    flat = np.concatenate([np.empty((0, 2)), *outlines])
    return {
        "outline": _steps(flat, XY_STEP_PX) if len(flat) else np.empty((0, 2), np.int16),
        "outline_size": np.array([len(outline) for outline in outlines], np.int16),
    }


def _outlines(arrays: dict[str, Any]) -> Iterator[Number]:
    flat = _unpacked("outline", arrays, XY_STEP_PX)
    ends = np.cumsum(arrays["outline_size"].astype(int))
    yield from np.split(flat, ends[:-1])
