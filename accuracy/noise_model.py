"""What the pose model does to the truth, as numbers that can be put upon sets without pixels.

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

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from formcheck.measuring.camera_view import near_side
from formcheck.records.pose import (
    LANDMARK_COUNT,
    LEFT_LANDMARKS,
    MIRROR,
    RIGHT_LANDMARKS,
    Pose,
    Side,
)

Array = NDArray[np.floating[Any]]

_SHRINK = 0.1
"""Share by which covariances between errors are drawn towards none: films are few."""

_DIRECTIONS = 24
"""How many directions in which errors vary together are kept; the rest is each error's own."""

_OUTLINE_WAVES = 5

SIZE = 6 * LANDMARK_COUNT
"""Length of the vector of a frame's errors."""

LEGS = [(LEFT_LANDMARKS[name], RIGHT_LANDMARKS[name]) for name in ("knee", "ankle", "heel", "toe")]
"""Left and right landmark of what changes sides with the legs."""


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
        return cls(np.zeros((SIZE, 0)), np.zeros(SIZE))

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
        weights = phases_of(shares.sum(axis=1))
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
        return (points + _normals(points) * (offset * torso_px(pose))[:, None]).astype(np.float32)


def phases_of(share: Array) -> list[Array]:
    """How much a moment belongs to the rest, to the way and to the top, by the share of the way."""
    return [(1 - share) ** 2, 2 * share * (1 - share), share**2]


def sides_at_work(shares: Array) -> tuple[bool, bool]:
    """Whether the near and the far side are at work in a set or more (frames, 2)."""
    near, far = shares.any(axis=0).tolist()
    return near, far


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


def near_first(rows: Array, *, near: Side) -> Array:
    """Rows of errors (33, 6) as if the near side were the left one."""
    return rows if near == "left" else rows[MIRROR] * [-1, 1, -1, 1, 1, 1]


def _with_errors(pose: Pose, errors: Array, *, near: Side) -> Pose:
    rows = near_first(errors.reshape(LANDMARK_COUNT, 6), near=near)
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
    for left, right in LEGS:
        order[[left, right]] = right, left
    return replace(pose, xy_px=pose.xy_px[order], world_m=pose.world_m[order])


def _normals(points: Array) -> Array:
    """Outward unit normals (n, 2) of a closed polygon in the picture, y down."""
    along = np.roll(points, -1, axis=0) - np.roll(points, 1, axis=0)
    across = np.stack([along[:, 1], -along[:, 0]], axis=1)
    across /= np.linalg.norm(across, axis=1, keepdims=True) + 1e-9
    x, y = points.T
    area = float(np.sum(x * np.roll(y, -1) - np.roll(x, -1) * y))
    return across if area > 0 else -across


# --- noise in time ------------------------------------------------------------------------------


def _lasting(times: Array, fresh: Array, *, lasting_s: float) -> Array:
    """A first-order autoregression (frames, k), at any instant spread as the fresh errors are."""
    kept = np.exp(-np.diff(times, prepend=times[:1]) / max(lasting_s, 1e-6))
    walked = fresh.copy()
    for n in range(1, len(times)):
        walked[n] = kept[n] * walked[n - 1] + np.sqrt(1 - kept[n] ** 2) * fresh[n]
    return walked


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
