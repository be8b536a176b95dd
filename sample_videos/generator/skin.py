"""How much each vertex of a body follows each bone (linear blend skinning)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sample_videos.generator.kinematics import ARM, BONES, LEG, SIDES, SPINE, Skeleton
from sample_videos.generator.mesh import Triangles
from sample_videos.generator.rotations import UP, Vector, unit

Weights = NDArray[np.floating[Any]]

_PART_FADE_M = 0.018
"""Distance over which a vertex between two parts passes from one to the other."""

_SMOOTHING_ROUNDS = 6

# Length over which a joint's bend is spread, for the joints of each chain in turn.
_SPINE_SPREAD_M = (0.12, 0.12, 0.12, 0.09, 0.06)
_ARM_SPREAD_M = (0.11, 0.07, 0.04)
_LEG_SPREAD_M = (0.16, 0.10, 0.09, 0.04)


def skin_weights(
    vertices: Vector,
    triangles: Triangles,
    *,
    skeleton: Skeleton,
    distances: Mapping[str, Vector],
) -> Weights:
    """Weights (n, bones), rows summing to 1.

    distances: part -> signed distance of every vertex to it, on the skeleton at rest.
    """
    shares = _part_shares(distances)
    weights = np.zeros((len(vertices), len(BONES)))
    for part, bones, points, spread in _chains(skeleton):
        along = _chain_weights(vertices, points, spread=spread)
        for bone, column in zip(bones, along.T, strict=True):
            weights[:, BONES.index(bone)] += column * shares[part]
    weights[:, BONES.index("head")] += shares["head"]
    _lend_to_clavicles(weights, vertices, skeleton=skeleton)
    weights = _smoothed(weights, triangles)
    weights[weights < 0.01] = 0
    return weights / weights.sum(axis=1, keepdims=True)


def _part_shares(distances: Mapping[str, Vector]) -> dict[str, Vector]:
    stacked = np.stack(list(distances.values()))
    shares = np.exp(-(stacked - stacked.min(axis=0)) / _PART_FADE_M)
    shares[shares < 0.02] = 0
    return dict(zip(distances, shares / shares.sum(axis=0), strict=True))


def _chains(
    skeleton: Skeleton,
) -> list[tuple[str, Sequence[str], list[Vector], Sequence[float]]]:
    """Part, its bones from the trunk outwards, points from before the first to after the last."""
    joints = skeleton.joints
    spine = [joints[bone] for bone in SPINE]
    chains: list[tuple[str, Sequence[str], list[Vector], Sequence[float]]] = [
        ("trunk", SPINE, [spine[0] - 0.1 * UP, *spine[1:], spine[-1] + 0.2 * UP], _SPINE_SPREAD_M)
    ]
    for side, _ in SIDES:
        arm = [f"{side}_{b}" for b in ARM]
        leg = ["pelvis", *(f"{side}_{b}" for b in LEG)]
        ends = skeleton.sites[f"{side}_fingertip"][1], skeleton.sites[f"{side}_toe"][1]
        chains.append((f"{side}_arm", arm, [*(joints[b] for b in arm), ends[0]], _ARM_SPREAD_M))
        chains.append((f"{side}_leg", leg, [*(joints[b] for b in leg), ends[1]], _LEG_SPREAD_M))
    return chains


def _chain_weights(vertices: Vector, points: list[Vector], *, spread: Sequence[float]) -> Weights:
    """Weights (n, bones) along a chain; each joint hands over across the plane that halves it."""
    weights = np.zeros((len(vertices), len(points) - 1))
    weights[:, 0] = 1
    for i, width in enumerate(spread, start=1):
        before, after = unit(points[i] - points[i - 1]), unit(points[i + 1] - points[i])
        share = np.clip((vertices - points[i]) @ unit(before + after) / width / 2 + 0.5, 0, 1)
        share = share * share * (3 - 2 * share)
        weights[:, i] = weights[:, i - 1] * share
        weights[:, i - 1] *= 1 - share
    return weights


def _lend_to_clavicles(weights: Weights, vertices: Vector, *, skeleton: Skeleton) -> None:
    """Let the part of the trunk near a shoulder follow its clavicle."""
    thorax = BONES.index("thorax")
    for side, _ in SIDES:
        inner, outer = (skeleton.joints[f"{side}_{b}"] for b in ("clavicle", "upper_arm"))
        away = np.linalg.norm(vertices - (0.4 * inner + 0.6 * outer), axis=1)
        lent = weights[:, thorax] * 0.8 * np.clip(1 - (away - 0.03) / 0.09, 0, 1)
        weights[:, BONES.index(f"{side}_clavicle")] += lent
        weights[:, thorax] -= lent


def _smoothed(weights: Weights, triangles: Triangles) -> Weights:
    """Weights averaged with those of neighbouring vertices, a few times over."""
    pairs = np.concatenate([triangles[:, [0, 1]], triangles[:, [1, 2]], triangles[:, [2, 0]]])
    pairs = np.concatenate([pairs, pairs[:, ::-1]])
    pairs = pairs[np.argsort(pairs[:, 0], kind="stable")]
    owners, starts = np.unique(pairs[:, 0], return_index=True)
    counts = np.diff([*starts, len(pairs)])[:, None]
    for _ in range(_SMOOTHING_ROUNDS):
        around = np.add.reduceat(weights[pairs[:, 1]], starts, axis=0) / counts
        weights[owners] = (weights[owners] + around) / 2
    return weights
