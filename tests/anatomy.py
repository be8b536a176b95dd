"""What is true of every figure, whoever it is and whatever it does."""

from __future__ import annotations

import numpy as np
import pytest

from sample_videos.generator.kinematics import BONES, SIDES, Figure, Skeleton


def assert_bones_hold(figure: Figure, skeleton: Skeleton) -> None:
    """Bones keep their length, and their turns are rotations without mirroring."""
    for side, _ in SIDES:
        for upper, lower in (("thigh", "shank"), ("shank", "foot"), ("forearm", "hand")):
            ends = f"{side}_{upper}", f"{side}_{lower}"
            length = np.linalg.norm(figure.joints[ends[0]] - figure.joints[ends[1]])
            assert length == pytest.approx(skeleton.length_m(*ends), abs=1e-9)
    for bone in BONES:
        turned = figure.rotations[bone]
        assert turned @ turned.T == pytest.approx(np.eye(3), abs=1e-9)
        assert np.linalg.det(turned) > 0
