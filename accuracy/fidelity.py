"""How near the tracked joints of filmed sets lie to the true ones, for each exercise and view."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from accuracy.filed import FiledSet
from accuracy.noise_model import torso_px
from formcheck.exercises.catalog import find_spec
from formcheck.exercises.model import ExerciseSpec
from formcheck.judging.conditions import parts, read_signal
from formcheck.measuring.camera_view import first_sight
from formcheck.measuring.scene import Bearings, Scene
from formcheck.records.pose import LEFT_LANDMARKS, RIGHT_LANDMARKS, Pose

JOINTS = [
    names[joint]
    for joint in ("shoulder", "elbow", "wrist", "hip", "knee", "ankle")
    for names in (LEFT_LANDMARKS, RIGHT_LANDMARKS)
]
"""The joints that are compared, of both sides, hidden ones among them."""

FAR_OFF = 1.6
"""An exercise is named as tracked worse, or better, if its error is this many times the median of
all, or less than one over it (ours)."""


@dataclass(frozen=True)
class Fidelity:
    """An exercise from one view. offset: median distance of a joint from its true place, and its
    90th percentile, in torso lengths; measure: median and 90th percentile of what the primary
    measure is off, in its unit, NaN where no truth of it is filed (outlines)."""

    exercise: str
    view: str
    sets: int
    offset: float
    offset_p90: float
    measure: str
    unit_off: float
    unit_off_p90: float


def fidelity(sets: Iterable[FiledSet]) -> list[Fidelity]:
    """The rows of some sets."""
    grouped: dict[tuple[str, str], list[FiledSet]] = defaultdict(list)
    for filed in sets:
        plan = filed.facts["plan"]
        grouped[plan["exercise"], plan["view"]].append(filed)
    return [_row(exercise, view, sets) for (exercise, view), sets in sorted(grouped.items())]


def _row(exercise: str, view: str, sets: Sequence[FiledSet]) -> Fidelity:
    spec = find_spec(exercise)
    offsets = np.concatenate([_offsets(filed) for filed in sets])
    off = np.concatenate([_measure_off(filed, spec) for filed in sets])
    off = off[~np.isnan(off)]
    middle, most = np.percentile(off, [50, 90]) if len(off) else (np.nan, np.nan)
    return Fidelity(
        exercise, view, len(sets), *np.nanpercentile(offsets, [50, 90]).tolist(),
        str(spec.rep.measure), float(middle), float(most),
    )  # fmt: skip


def _offsets(filed: FiledSet) -> np.ndarray:
    found = [
        np.linalg.norm(seen.xy_px[JOINTS] - true.xy_px[JOINTS], axis=1) / torso_px(true)
        for seen, true in zip(filed.tracked, filed.true, strict=True)
        if seen.is_seen
    ]
    return np.concatenate(found) if found else np.array([np.nan])


def _measure_off(filed: FiledSet, spec: ExerciseSpec) -> np.ndarray:
    bearings = replace(first_sight(filed.true[0]), works=spec.works)
    return np.array([
        abs(_primary(seen, spec, bearings) - _primary(true, spec, bearings))
        for seen, true in zip(filed.tracked, filed.true, strict=True)
    ])  # fmt: skip


def _primary(pose: Pose, spec: ExerciseSpec, bearings: Bearings) -> float:
    scene = Scene(pose, bearings)
    return float(np.mean([read_signal(part, scene) for part in parts(spec.rep.measure)]))


def table(rows: Sequence[Fidelity]) -> str:
    """The rows as Markdown, and who stands out."""
    usual = float(np.median([row.offset for row in rows]))
    worse = [row for row in rows if row.offset > FAR_OFF * usual]
    better = [row for row in rows if row.offset < usual / FAR_OFF]
    head = (
        "| exercise | view | sets | joints off, % of the torso (median, 90 %) "
        "| primary measure | off (median, 90 %) |\n|---|---|---|---|---|---|\n"
    )
    lines = [
        f"| {find_spec(row.exercise).title} | {row.view} | {row.sets} "
        f"| {_offset(row)} | `{row.measure}` | {_off(row)} |"
        for row in rows
    ]
    told = [
        f"Tracked much {how} than the rest: {', '.join(_name(row) for row in some) or 'none'}."
        for how, some in (("worse", worse), ("better", better))
    ]
    return f"{head}{chr(10).join(lines)}\n\n{' '.join(told)}"


def beside(pixels: Sequence[Fidelity], twins: Sequence[Fidelity]) -> str:
    """What the pose model is off in filmed sets, beside what the twins' noise is, as Markdown.

    The filmed sets are from reporting seeds: the noise was fitted to others.
    """
    head = (
        "| exercise | view | joints off, % of the torso (median, 90 %): filmed | twins "
        "| primary measure off (median, 90 %): filmed | twins |\n|---|---|---|---|---|---|\n"
    )
    filmed = {(row.exercise, row.view): row for row in pixels}
    lines = [
        f"| {find_spec(row.exercise).title} | {row.view} | {_offset(film)} | {_offset(row)} "
        f"| {_off(film)} | {_off(row)} |"
        for row in twins
        if (film := filmed.get((row.exercise, row.view)))
    ]
    return head + "\n".join(lines)


def _offset(row: Fidelity) -> str:
    return f"{100 * row.offset:.1f}, {100 * row.offset_p90:.1f}"


def _off(row: Fidelity) -> str:
    if np.isnan(row.unit_off):
        return "no true outline is filed"
    digits = 1 if row.unit_off_p90 >= 1 else 3
    return f"{row.unit_off:.{digits}f}, {row.unit_off_p90:.{digits}f}"


def _name(row: Fidelity) -> str:
    return f"{find_spec(row.exercise).title.lower()} ({row.view})"
