"""Fitting the noise model to films that were tracked, and whose truth is known."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from accuracy.noise_model import (
    LEGS,
    SIZE,
    Array,
    NoiseModel,
    Spread,
    near_first,
    near_of,
    phases_of,
    sides_at_work,
    torso_m,
    torso_px,
)
from formcheck.records.pose import Pose, Side

_LEAST_FRAMES = 60
_SEEN_BOUNDS = 0.005
_SWAP_GAIN, _SWAP_LEAST = 0.5, 0.3
"""Legs count as swapped where that halves their error, and they are so many torso lengths apart."""


@dataclass(frozen=True)
class Pair:
    """One film: the frames as tracked and as they truly were, and how far on the way each was.

    shares: (frames, 2), of the near and of the far side at work: 0 at rest, 1 at the top, half each
    where both work. offsets: signed distances (frames, k) of the tracked outline from the true one,
    in torso lengths, NaN where there is none. fault: the flaw that one of its reps has.
    """

    tracked: Sequence[Pose]
    true: Sequence[Pose]
    shares: Array
    offsets: Array | None = None
    fault: str = ""


def fit(pairs: Sequence[Pair], *, phases: bool = False) -> NoiseModel:
    """The model of some films; phases: with the jitter of rest, way and top apart, where anything
    of them goes on its way.

    Raises:
        ValueError: there are too few frames with a person in them.
    """
    films = [_film(pair) for pair in pairs]
    used = [film for film in films if len(film.errors)]
    if sum(len(film.errors) for film in used) < _LEAST_FRAMES:
        raise ValueError(f"fewer than {_LEAST_FRAMES} tracked frames to fit the noise to")
    rest, way = _means(used)
    left = [film.errors - rest - film.shares @ way for film in used]
    means = np.array([one.mean(axis=0) for one in left])
    around = [one - mean for one, mean in zip(left, means, strict=True)]
    shares = np.concatenate([film.shares for film in used])
    swaps_per_s, swap_s = _rate((film.times_s, film.swapped) for film in films)
    dropouts_per_s, dropout_s = _rate((film.times_s, film.gone) for film in films)
    faults = {pair.fault for pair in pairs}
    apart_by = shares.sum(axis=1) if phases and shares.any() else None
    return NoiseModel(
        rest=rest,
        way=way,
        between_sets=Spread.of(means.T @ means / len(means)),
        jitter=_jitter(np.concatenate(around), apart_by),
        lasting_s=_lasting_time_s(around, [film.times_s[film.kept] for film in used]),
        swaps_per_s=swaps_per_s,
        swap_s=swap_s,
        dropouts_per_s=dropouts_per_s,
        dropout_s=dropout_s,
        outline=_outline(pairs),
        worked=sides_at_work(shares),
        fault=faults.pop() if len(faults) == 1 else "",
        films=len(used),
    )


def _means(films: Sequence[_Film]) -> tuple[Array, Array]:
    """What is wrong at rest on the mean, and what is added at the top (2, k); a side that never
    works alone is taken to do as the other."""
    shares = np.concatenate([film.shares for film in films])
    if sum(sides_at_work(shares)) == 1:
        shares = np.repeat(shares.sum(axis=1, keepdims=True) / 2, 2, axis=1)
    design = np.concatenate([np.ones((len(shares), 1)), shares], axis=1)
    errors = np.concatenate([film.errors for film in films])
    # Of columns that are the same the least-squares solution of the least norm makes equal parts.
    rest, *way = np.linalg.lstsq(design, errors, rcond=None)[0]
    return rest, np.array(way)


def _jitter(around: Array, share: Array | None) -> tuple[Spread, ...]:
    """How errors vary around their mean; apart for the parts of the way, if its share is given."""
    parts = [None] if share is None else phases_of(share)
    return tuple(Spread.of(np.cov(around.T, aweights=weights)) for weights in parts)


def _lasting_time_s(around: Sequence[Array], times: Sequence[Array]) -> float:
    """Time constant of errors around their mean, from neighbouring frames; the median of all."""
    alike, power, steps = 0.0, 0.0, []
    for one, at_s in zip(around, times, strict=True):
        alike = alike + (one[1:] * one[:-1]).sum(axis=0)
        power = power + (one[1:] ** 2 + one[:-1] ** 2).sum(axis=0) / 2
        steps += np.diff(at_s).tolist()
    kept = float(np.median(alike / np.maximum(power, 1e-12)))
    return float(-np.median(steps) / np.log(np.clip(kept, 0.02, 0.995)))


def _rate(films: Iterable[tuple[Array, NDArray[np.bool_]]]) -> tuple[float, float]:
    """How often a second spells begin in films, and how many seconds one lasts on the mean.

    films: the times of each one's frames, and whether they lie within a spell.
    """
    starts, inside_s, seconds = 0, 0.0, 0.0
    for times, within in films:
        starts += int((np.diff(within.astype(int), prepend=0) > 0).sum())
        inside_s += float(within.mean() * np.ptp(times))
        seconds += float(np.ptp(times))
    return starts / seconds if seconds else 0.0, inside_s / starts if starts else 0.0


def _outline(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Mean and deviation of what outlines are off; none where there are no outlines."""
    found = [pair.offsets for pair in pairs if pair.offsets is not None]
    offsets = np.concatenate([np.zeros(0), *(some[np.isfinite(some)] for some in found)])
    return (float(offsets.mean()), float(offsets.std())) if len(offsets) else (0.0, 0.0)


# --- reading films ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Film:
    """What was read of a pair; shares and errors are those of the frames that were kept."""

    times_s: Array
    kept: NDArray[np.bool_]
    shares: Array
    errors: Array
    swapped: NDArray[np.bool_]
    gone: NDArray[np.bool_]


def _film(pair: Pair) -> _Film:
    near = near_of(pair.true)
    gone = np.array([not pose.is_seen for pose in pair.tracked])
    swapped = np.array([
        not is_gone and legs_are_swapped(tracked, true)
        for is_gone, tracked, true in zip(gone, pair.tracked, pair.true, strict=True)
    ])  # fmt: skip
    kept = ~gone & ~swapped
    errors = [_errors(pair.tracked[n], pair.true[n], near=near) for n in np.flatnonzero(kept)]
    return _Film(
        times_s=np.array([pose.t_s for pose in pair.true]),
        kept=kept,
        shares=pair.shares[kept],
        errors=np.reshape(errors, (-1, SIZE)),
        swapped=swapped,
        gone=gone,
    )


def legs_are_swapped(tracked: Pose, true: Pose) -> bool:
    """Whether left and right leg change places in what was tracked."""
    left, right = np.array(LEGS).T
    straight = np.linalg.norm(tracked.xy_px[[*left, *right]] - true.xy_px[[*left, *right]], axis=1)
    crossed = np.linalg.norm(tracked.xy_px[[*right, *left]] - true.xy_px[[*left, *right]], axis=1)
    apart = np.linalg.norm(true.xy_px[left] - true.xy_px[right], axis=1).max()
    is_apart = apart > _SWAP_LEAST * torso_px(true)
    return bool(is_apart and crossed.sum() < _SWAP_GAIN * straight.sum())


def _errors(tracked: Pose, true: Pose, *, near: Side) -> Array:
    xy = (tracked.xy_px - true.xy_px) / torso_px(true)
    world = (tracked.world_m - true.world_m) / torso_m(true)
    seen = np.clip(tracked.visibility, _SEEN_BOUNDS, 1 - _SEEN_BOUNDS)
    logit = np.log(seen / (1 - seen))[:, None]
    rows = np.concatenate([xy, world, logit], axis=1)
    return near_first(rows, near=near).ravel()
