"""What the pose model does to the truth: fitted to tracked films, put upon sets without pixels.

All errors of a frame are one vector: of the 33 landmarks the error in the picture and in space,
in torso lengths, and the visibility (as logit), turned so that the near side is the left one. Of
that vector the model knows

  - the mean at rest and at the top (straight between them by the share of the way; apart for reps
    of the near and of the far side),
  - how far whole sets lie off that mean (their covariance),
  - a jitter around it that lasts: a first-order autoregression whose time constant is in seconds,
    with the covariance found between joints, so that errors which move joints together stay so,
  - how often the legs change sides, and how often nobody is found, and for how long.

Outlines are offset along their normals by a mean and a jitter of their own.

Few films of an exercise make one model. Many make one each, and a set is spoiled as one of them
was, one with the same flaw where there are some: the worst of it (legs that change sides, or
half do) befalls some sets and not others, and a limb that a flaw keeps in sight is seen better.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.pose import LANDMARK_COUNT, LEFT_LANDMARKS, MIRROR, RIGHT_LANDMARKS, Pose, Side
from formcheck.start import near_side

Array = NDArray[np.floating[Any]]

_SHRINK = 0.1
"""Share by which covariances between errors are drawn towards none: films are few."""

_DIRECTIONS = 24
"""How many directions in which errors vary together are kept; the rest is each error's own."""

_LEAST_FRAMES = 60
_SEEN_BOUNDS = 0.005
_OUTLINE_WAVES = 5
_SWAP_GAIN, _SWAP_LEAST = 0.5, 0.3
"""Legs count as swapped where that halves their error, and they are so many torso lengths apart."""

_SIZE = 6 * LANDMARK_COUNT
_LEGS = [(LEFT_LANDMARKS[name], RIGHT_LANDMARKS[name]) for name in ("knee", "ankle", "heel", "toe")]


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


@dataclass(frozen=True)
class Spread:
    """How errors vary: shared (k, few), one column for each direction in which they vary
    together, and own (k,), the standard deviation that each has besides."""

    shared: Array
    own: Array

    @classmethod
    def of(cls, covariance: Array) -> Spread:
        """The spread with nearly this covariance (k, k), and exactly its variances."""
        values, vectors = np.linalg.eigh((1 - _SHRINK) * covariance)
        kept = slice(-_DIRECTIONS, None)
        shared = vectors[:, kept] * np.sqrt(np.maximum(values[kept], 0))
        left = np.diag(covariance) - (shared**2).sum(axis=1)
        return cls(shared, np.sqrt(np.maximum(left, 0)))

    @classmethod
    def none(cls) -> Spread:
        """The spread of errors that are all the same."""
        return cls(np.zeros((_SIZE, 0)), np.zeros(_SIZE))

    @property
    def covariance(self) -> Array:
        """The covariance (k, k)."""
        return self.shared @ self.shared.T + np.diag(self.own**2)

    @property
    def deviation(self) -> Array:
        """The standard deviation (k,) of each error."""
        return np.sqrt(np.diag(self.covariance))

    def draw(self, count: int, rng: np.random.Generator) -> Array:
        """Errors (count, k), each row apart from the others."""
        together = rng.standard_normal((count, self.shared.shape[1])) @ self.shared.T
        return together + rng.standard_normal((count, len(self.own))) * self.own


@dataclass(frozen=True)
class NoiseModel:
    """The fitted numbers; see the module. Rates are per second, durations in seconds.

    way: (2, k), what is added at the top as the near and as the far side works. worked: which of
    the two was seen at work. jitter: one, or three apart: at rest, on the way, at the top. fault:
    the flaw that all its films have. films: to how many it was fitted.
    """

    rest: Array
    way: Array
    between_sets: Spread
    jitter: tuple[Spread, ...]
    lasting_s: float
    swaps_per_s: float
    swap_s: float
    dropouts_per_s: float
    dropout_s: float
    outline: tuple[float, float] = (0.0, 0.0)
    worked: tuple[bool, bool] = (True, True)
    fault: str = ""
    films: int = 0

    def spoil(
        self, poses: Sequence[Pose], shares: Array, rng: np.random.Generator
    ) -> Iterator[Pose]:
        """What the pose model might have seen of true poses; frames without anybody stay so."""
        times = np.array([pose.t_s for pose in poses])
        errors = self._errors(times, shares, rng)
        swapped = _spells(times, self.swaps_per_s, self.swap_s, rng)
        gone = _spells(times, self.dropouts_per_s, self.dropout_s, rng)
        waves = _lasting(times, rng.standard_normal((len(times), 2 * _OUTLINE_WAVES)),
                         lasting_s=self.lasting_s)  # fmt: skip
        near = near_of(poses)
        for number, pose in enumerate(poses):
            if gone[number] or not pose.is_seen:
                yield Pose.nobody(pose.t_s, pose.size_px)
                continue
            spoiled = _with_errors(pose, errors[number], near=near)
            if swapped[number]:
                spoiled = _legs_swapped(spoiled)
            yield replace(spoiled, outline_px=self._outline(pose, waves[number]))

    def _errors(self, times: Array, shares: Array, rng: np.random.Generator) -> Array:
        offset = self.between_sets.draw(1, rng)
        return self.rest + shares @ self.way + offset + self._jitter(times, shares, rng)

    def _jitter(self, times: Array, shares: Array, rng: np.random.Generator) -> Array:
        drawn = [
            _lasting(times, spread.draw(len(times), rng), lasting_s=self.lasting_s)
            for spread in self.jitter
        ]
        if len(drawn) == 1:
            return drawn[0]
        # Of parts that are drawn apart the variances add up.
        weights = _phases(shares.sum(axis=1))
        return sum(np.sqrt(w)[:, None] * part for w, part in zip(weights, drawn, strict=True))

    def _outline(self, pose: Pose, wave: Array) -> Array:
        points = pose.outline_px
        if len(points) < 3:
            return points
        mean, deviation = self.outline
        along = np.linspace(0, 2 * np.pi, len(points), endpoint=False)
        nth = np.arange(1, _OUTLINE_WAVES + 1)[:, None] * along
        field = wave[:_OUTLINE_WAVES] @ np.cos(nth) + wave[_OUTLINE_WAVES:] @ np.sin(nth)
        offset = mean + deviation * field / np.sqrt(_OUTLINE_WAVES)
        return (points + normals(points) * (offset * torso_px(pose))[:, None]).astype(np.float32)


def fit(pairs: Sequence[Pair], *, phases: bool = False) -> NoiseModel:
    """The model of some films; phases: with the jitter of rest, way and top apart.

    Raises:
        ValueError: there are too few frames with a person in them.
    """
    films = [_film(pair) for pair in pairs]
    used = [film for film in films if len(film.errors)]
    if sum(len(film.errors) for film in used) < _LEAST_FRAMES:
        raise ValueError(f"fewer than {_LEAST_FRAMES} tracked frames to fit the noise to")
    rest, way = _means(used)
    shares = np.concatenate([film.shares for film in used])
    left = [film.errors - rest - film.shares @ way for film in used]
    means = np.array([one.mean(axis=0) for one in left])
    around = [one - mean for one, mean in zip(left, means, strict=True)]
    seconds = sum(float(np.ptp(film.times_s)) for film in films)
    offsets = np.concatenate([np.zeros(0), *(_flat(pair.offsets) for pair in pairs)])
    faults = {pair.fault for pair in pairs}
    return NoiseModel(
        rest=rest,
        way=way,
        between_sets=Spread.of(means.T @ means / max(len(means), 1)),
        jitter=tuple(
            Spread.of(np.cov(np.concatenate(around).T, aweights=weights))
            for weights in (_phases(shares.sum(axis=1)) if phases else [None])
        ),
        lasting_s=_lasting_time_s(around, [film.times_s[film.kept] for film in used]),
        **_rates("swaps_per_s", "swap_s", [(f.times_s, f.swapped) for f in films], seconds),
        **_rates("dropouts_per_s", "dropout_s", [(f.times_s, f.gone) for f in films], seconds),
        outline=(float(offsets.mean()), float(offsets.std())) if len(offsets) else (0.0, 0.0),
        worked=sides_at_work(shares),
        fault=faults.pop() if len(faults) == 1 else "",
        films=len(used),
    )


def _phases(share: Array) -> list[Array]:
    """How much a moment belongs to the rest, to the way and to the top, by the share of the way."""
    return [(1 - share) ** 2, 2 * share * (1 - share), share**2]


def sides_at_work(shares: Array) -> tuple[bool, bool]:
    """Whether the near and the far side are at work in a set or more (frames, 2)."""
    near, far = shares.any(axis=0).tolist()
    return near, far


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


# --- reading films ------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Film:
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
        errors=np.array(errors).reshape(len(errors), -1),
        swapped=swapped,
        gone=gone,
    )


def torso_px(pose: Pose) -> float:
    """Distance from mid hip to mid shoulder in the picture."""
    return float(np.linalg.norm(_mid(pose.xy_px, "shoulder") - _mid(pose.xy_px, "hip")))


def torso_m(pose: Pose) -> float:
    """Distance from mid hip to mid shoulder in space."""
    return float(np.linalg.norm(_mid(pose.world_m, "shoulder") - _mid(pose.world_m, "hip")))


def _mid(points: Array, joint: str) -> Array:
    return (points[LEFT_LANDMARKS[joint]] + points[RIGHT_LANDMARKS[joint]]) / 2


def near_of(poses: Sequence[Pose]) -> Side:
    """The side that is nearer to the camera at first sight; left where nobody is seen."""
    return next((near_side(pose) for pose in poses if pose.is_seen), "left")


def legs_are_swapped(tracked: Pose, true: Pose) -> bool:
    """Whether left and right leg change places in what was tracked."""
    left, right = np.array(_LEGS).T
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
    return _near_first(rows, near=near).ravel()


def _near_first(rows: Array, *, near: Side) -> Array:
    """Rows of errors (33, 6) as if the near side were the left one."""
    return rows if near == "left" else rows[MIRROR] * [-1, 1, -1, 1, 1, 1]


def _with_errors(pose: Pose, errors: Array, *, near: Side) -> Pose:
    rows = _near_first(errors.reshape(LANDMARK_COUNT, 6), near=near)
    seen = (1 / (1 + np.exp(-rows[:, 5]))).astype(np.float32)
    return replace(
        pose,
        xy_px=(pose.xy_px + rows[:, :2] * torso_px(pose)).astype(np.float32),
        world_m=(pose.world_m + rows[:, 2:5] * torso_m(pose)).astype(np.float32),
        visibility=seen,
        presence=np.maximum(seen, np.float32(0.9)),
    )


def _legs_swapped(pose: Pose) -> Pose:
    order = np.arange(LANDMARK_COUNT)
    for left, right in _LEGS:
        order[[left, right]] = right, left
    return replace(pose, xy_px=pose.xy_px[order], world_m=pose.world_m[order])


# --- noise in time ------------------------------------------------------------------------------


def _lasting(times: Array, fresh: Array, *, lasting_s: float) -> Array:
    """A first-order autoregression (frames, k), at any instant spread as the fresh errors are."""
    kept = np.exp(-np.diff(times, prepend=times[:1]) / max(lasting_s, 1e-6))
    walked = fresh.copy()
    for n in range(1, len(times)):
        walked[n] = kept[n] * walked[n - 1] + np.sqrt(1 - kept[n] ** 2) * fresh[n]
    return walked


def _lasting_time_s(around: Sequence[Array], times: Sequence[Array]) -> float:
    """Time constant of errors around their mean, from neighbouring frames; the median of all."""
    alike, power, steps = 0.0, 0.0, []
    for one, at_s in zip(around, times, strict=True):
        alike = alike + (one[1:] * one[:-1]).sum(axis=0)
        power = power + (one[1:] ** 2 + one[:-1] ** 2).sum(axis=0) / 2
        steps += np.diff(at_s).tolist()
    kept = float(np.median(alike / np.maximum(power, 1e-12)))
    return float(-np.median(steps) / np.log(np.clip(kept, 0.02, 0.995)))


def _spells(
    times: Array, per_s: float, lasting_s: float, rng: np.random.Generator
) -> NDArray[np.bool_]:
    """Frames within spells that begin at a rate and last for random times of that mean."""
    within, until_s = np.zeros(len(times), bool), -np.inf
    for n, step_s in enumerate(np.diff(times, prepend=times[:1])):
        if times[n] >= until_s and rng.random() < per_s * step_s:
            until_s = times[n] + rng.exponential(lasting_s)
        within[n] = times[n] < until_s
    return within


def _rates(
    rate: str, lasting: str, films: list[tuple[Array, NDArray[np.bool_]]], seconds: float
) -> dict[str, float]:
    starts = sum(int((np.diff(within.astype(int), prepend=0) > 0).sum()) for _, within in films)
    inside_s = sum(float(within.mean() * np.ptp(times)) for times, within in films)
    return {
        rate: starts / seconds if seconds else 0.0,
        lasting: inside_s / starts if starts else 0.0,
    }


# --- small things -------------------------------------------------------------------------------


def normals(points: Array) -> Array:
    """Outward unit normals (n, 2) of a closed polygon in the picture, y down."""
    along = np.roll(points, -1, axis=0) - np.roll(points, 1, axis=0)
    across = np.stack([along[:, 1], -along[:, 0]], axis=1)
    across /= np.linalg.norm(across, axis=1, keepdims=True) + 1e-9
    x, y = points.T
    area = float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
    return across if area > 0 else -across


def _flat(offsets: Array | None) -> Array:
    return np.zeros(0) if offsets is None else offsets[np.isfinite(offsets)]


Models = dict[str, tuple[NoiseModel, ...]]
"""By "exercise view": one model of a few films, or one each of many."""


def load(path: Path) -> Models:
    """The models of a file."""
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name].astype(float) for name in stored.files if name != "scalars"}
        scalars = json.loads(str(stored["scalars"]))

    def spread(key: str) -> Spread:
        return Spread(arrays[f"{key}/shared"], arrays[f"{key}/own"])

    def model(key: str, numbers: dict[str, Any]) -> NoiseModel:
        pairs = {name: tuple(numbers[name]) for name in ("outline", "worked")}
        jitters = numbers.pop("jitters")
        return NoiseModel(
            rest=arrays[f"{key}/rest"], way=arrays[f"{key}/way"],
            between_sets=spread(f"{key}/between_sets"),
            jitter=tuple(spread(f"{key}/jitter/{n}") for n in range(jitters)),
            **{**numbers, **pairs},
        )  # fmt: skip

    return {
        key: tuple(model(f"{key}/{n}", numbers) for n, numbers in enumerate(some))
        for key, some in scalars.items()
    }


def save(path: Path, models: Models) -> None:
    """Write models to a file."""
    arrays: dict[str, Array] = {}
    scalars: dict[str, list[dict[str, Any]]] = {}
    for key, some in models.items():
        scalars[key] = [dict(vars(model)) for model in some]
        for n, numbers in enumerate(scalars[key]):
            for part in ("rest", "way"):
                arrays[f"{key}/{n}/{part}"] = numbers.pop(part)
            spreads = {"between_sets": numbers.pop("between_sets")}
            spreads |= {f"jitter/{nth}": one for nth, one in enumerate(numbers.pop("jitter"))}
            numbers["jitters"] = len(spreads) - 1
            for part, spread in spreads.items():
                for name, values in vars(spread).items():
                    arrays[f"{key}/{n}/{part}/{name}"] = values
    halved = {name: values.astype(np.float16) for name, values in arrays.items()}
    np.savez_compressed(path, scalars=np.array(json.dumps(scalars)), **halved)
