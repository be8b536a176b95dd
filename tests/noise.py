"""A noise model that is made up, true poses to spoil by it, and the film that this makes."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np

from accuracy.noise_fit import Pair
from accuracy.noise_model import SIZE, NoiseModel, Spread
from accuracy.plans import SetPlan
from accuracy.twins import TwinTake
from formcheck.records.pose import Pose
from sample_videos.generator.truth import true_poses


@cache
def bridges() -> TwinTake:
    """A set that is truly done."""
    return TwinTake(SetPlan("bridge", 5, "side").clip())


@cache
def true_set() -> Sequence[Pose]:
    """Its true poses."""
    return true_poses(bridges(), with_outline=False)


def made() -> NoiseModel:
    rest = np.zeros(SIZE)
    rest[0::6] = 0.05
    rest[5::6] = 2.0
    return NoiseModel(
        rest=rest, way=np.zeros((2, SIZE)), between_sets=Spread.of(np.zeros((SIZE, SIZE))),
        jitter=(Spread.of(np.eye(SIZE) * 0.01**2),), lasting_s=0.2,
        swaps_per_s=0.0, swap_s=0.4, dropouts_per_s=0.0, dropout_s=0.0,
    )  # fmt: skip


def spoiled(true: Sequence[Pose], model: NoiseModel, seed: int = 1) -> list[Pose]:
    return list(model.spoil(true, np.zeros((len(true), 2)), np.random.default_rng(seed)))


def filmed(model: NoiseModel, seed: int = 1) -> Pair:
    """A film of the set, in which both sides slowly go their way."""
    true = true_set()
    shares = np.repeat(np.linspace(0, 0.5, len(true))[:, None], 2, axis=1)
    return Pair(spoiled(true, model, seed), true, shares)
