"""The way between two postures that share no truths: bones turn and keep their lengths."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from formcheck.records.pose import LANDMARK_COUNT, LEFT_LANDMARKS, RIGHT_LANDMARKS, Floats

_MID_HIP, _MID_SHOULDER = LANDMARK_COUNT, LANDMARK_COUNT + 1

_LIMBS = ("hip", "knee", "ankle", "heel"), ("shoulder", "elbow", "wrist", "index")
_BRANCHES = ("ankle", "toe"), ("wrist", "pinky"), ("wrist", "thumb")

_TREE: list[tuple[int, int]] = [
    (_MID_HIP, _MID_SHOULDER),
    *((_MID_HIP, names["hip"]) for names in (LEFT_LANDMARKS, RIGHT_LANDMARKS)),
    *((_MID_SHOULDER, names["shoulder"]) for names in (LEFT_LANDMARKS, RIGHT_LANDMARKS)),
    *((_MID_SHOULDER, face) for face in range(LEFT_LANDMARKS["shoulder"])),
    *(
        (names[parent], names[child])
        for names in (LEFT_LANDMARKS, RIGHT_LANDMARKS)
        for chain in _LIMBS + _BRANCHES
        for parent, child in pairwise(chain)
    ),
]
"""Bones as (parent, child), parents first."""


def between(start: Floats, end: Floats, *, share: Floats) -> Floats:
    """Joints (n, 33, 3) at each share (n,) of the way between two of (1, 33, 3)."""
    way = share[:, None]
    first, last = _with_middles(start), _with_middles(end)
    joints = np.empty((len(share), *first.shape[1:]))
    joints[:, _MID_HIP] = _mixed(first[:, _MID_HIP], last[:, _MID_HIP], way)
    for parent, child in _TREE:
        start_bone, end_bone = (points[:, child] - points[:, parent] for points in (first, last))
        joints[:, child] = joints[:, parent] + _turned(start_bone, end_bone, way)
    joints = joints[:, :LANDMARK_COUNT]
    height = _mixed(_lowest(start), _lowest(end), way)
    joints[..., 2] += height - _lowest(joints)
    return joints


def _with_middles(joints: Floats) -> Floats:
    middles = [joints[:, [i, i + 1]].mean(axis=1) for i in (23, 11)]
    return np.concatenate([joints, np.stack(middles, axis=1)], axis=1)


def _mixed(start: Floats, end: Floats, way: Floats) -> Floats:
    return start + (end - start) * way


def _turned(start: Floats, end: Floats, way: Floats) -> Floats:
    bone = _mixed(start, end, way)
    return bone * _mixed(_length(start), _length(end), way) / np.maximum(_length(bone), 1e-9)


def _length(bone: Floats) -> Floats:
    return np.linalg.norm(bone, axis=-1, keepdims=True)


def _lowest(joints: Floats) -> Floats:
    return joints[..., 2].min(axis=1, keepdims=True)
