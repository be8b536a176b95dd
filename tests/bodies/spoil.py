"""What trackers do to poses: noise, lost joints, nobody found, legs swapped, doubt.

Each function takes poses in time order and gives new ones; a time range holds its start, not
its end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from formcheck.records.pose import LANDMARK_COUNT, LEFT_LANDMARKS, RIGHT_LANDMARKS, Floats, Pose


def torso_m(poses: Sequence[Pose]) -> float:
    """Length from mid hips to mid shoulders, the median of the poses that see somebody."""
    trunks = [_trunk(pose.world_m) for pose in poses if pose.is_seen]
    return float(np.nanmedian(np.linalg.norm(trunks, axis=1)))


def torso_px(poses: Sequence[Pose]) -> float:
    """The same length seen without foreshortening, by the scale of the picture."""
    scales = [
        np.nanstd(pose.xy_px, axis=0).sum() / np.nanstd(pose.world_m[:, :2], axis=0).sum()
        for pose in poses
        if pose.is_seen
    ]
    return torso_m(poses) * float(np.median(scales))


def noisy(
    poses: Sequence[Pose], percent_of_torso: float, *, correlation_s: float = 0.0, seed: int = 0
) -> list[Pose]:
    """Every coordinate off by a Gaussian error of that standard deviation.

    The error in the picture is the same share of the torso as in the world coordinates.
    correlation_s: time after which 1/e of an error is left (first-order autoregression, exact
    for irregular times); 0 is white noise.
    """
    t_s = np.array([pose.t_s for pose in poses])
    error = percent_of_torso / 100 * _drift(t_s, correlation_s, seed)
    in_picture = (error[..., :2] * torso_px(poses)).astype(np.float32)
    in_world = (error * torso_m(poses)).astype(np.float32)
    return [
        replace(pose, xy_px=pose.xy_px + in_picture[i], world_m=pose.world_m + in_world[i])
        for i, pose in enumerate(poses)
    ]


def dropped(
    poses: Iterable[Pose], joints: Sequence[int], *, from_s: float = -np.inf, to_s: float = np.inf
) -> list[Pose]:
    """Landmarks not seen: NaN, with visibility and presence 0.05."""

    def drop(pose: Pose) -> Pose:
        chosen = _chosen(joints)
        return replace(
            pose,
            xy_px=np.where(chosen[:, None], np.float32(np.nan), pose.xy_px),
            world_m=np.where(chosen[:, None], np.float32(np.nan), pose.world_m),
            presence=np.where(chosen, np.float32(0.05), pose.presence),
        )

    doubted = with_visibility(poses, 0.05, joints=joints, from_s=from_s, to_s=to_s)
    return [drop(pose) if from_s <= pose.t_s < to_s else pose for pose in doubted]


def with_visibility(
    poses: Iterable[Pose],
    visibility: float,
    *,
    joints: Sequence[int] = range(LANDMARK_COUNT),
    from_s: float = -np.inf,
    to_s: float = np.inf,
) -> list[Pose]:
    """Landmarks left where they are, with another visibility."""
    chosen = _chosen(joints)
    return [
        replace(pose, visibility=np.where(chosen, np.float32(visibility), pose.visibility))
        if from_s <= pose.t_s < to_s
        else pose
        for pose in poses
    ]


def absent(poses: Iterable[Pose], *, from_s: float = -np.inf, to_s: float = np.inf) -> list[Pose]:
    """Nobody found for a while."""
    return [
        Pose.nobody(pose.t_s, pose.size_px) if from_s <= pose.t_s < to_s else pose for pose in poses
    ]


def swapped_legs(
    poses: Iterable[Pose],
    probability: float = 1.0,
    *,
    from_s: float = -np.inf,
    to_s: float = np.inf,
    seed: int = 0,
) -> list[Pose]:
    """Left and right leg below the hip taken for each other, each frame by itself."""
    draw = np.random.default_rng(seed)
    return [
        _with_legs_swapped(pose)
        if draw.random() < probability and from_s <= pose.t_s < to_s
        else pose
        for pose in poses
    ]


def _trunk(world_m: Floats) -> Floats:
    return world_m[[11, 12]].mean(axis=0) - world_m[[23, 24]].mean(axis=0)


def _chosen(joints: Sequence[int]) -> NDArray[np.bool_]:
    return np.isin(np.arange(LANDMARK_COUNT), list(joints))


def _drift(t_s: Floats, correlation_s: float, seed: int) -> Floats:
    """Gaussian errors of unit variance (n, 33, 3), each correlated in time with itself alone."""
    error = np.random.default_rng(seed).standard_normal((len(t_s), LANDMARK_COUNT, 3))
    if correlation_s > 0:
        kept = np.exp(-np.diff(t_s) / correlation_s)
        for i, share in enumerate(kept, start=1):
            error[i] = share * error[i - 1] + np.sqrt(1 - share**2) * error[i]
    return error


def _with_legs_swapped(pose: Pose) -> Pose:
    order = np.arange(LANDMARK_COUNT)
    for joint in ("knee", "ankle", "heel", "toe"):
        left, right = LEFT_LANDMARKS[joint], RIGHT_LANDMARKS[joint]
        order[[left, right]] = right, left
    return replace(
        pose,
        xy_px=pose.xy_px[order],
        world_m=pose.world_m[order],
        visibility=pose.visibility[order],
        presence=pose.presence[order],
    )
