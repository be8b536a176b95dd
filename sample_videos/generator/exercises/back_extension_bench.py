"""Back extension on a bench: hips on a pad, feet held, the trunk is lowered and raised again.

Values: `down_deg`, how far the trunk is lowered from the line of the legs, negative for raised
beyond it; `head_deg`, how far the face looks up. A rep goes down and comes back.
"""

from __future__ import annotations

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import (
    SIDES,
    Aim,
    Figure,
    Posture,
    Side,
    pose,
)
from sample_videos.generator.motion import Values
from sample_videos.generator.props import Block
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import FORWARD, LEFTWARD, UP, pitch, unit

CLIPS = ()

_HIP_M, _LEGS_DEG = 0.72, -32.0
_PAD, _STEEL = (0.12, 0.12, 0.14), (0.55, 0.56, 0.58)


class BackExtensionBench(Unaided):
    """A body on a back extension bench."""

    id = "back_extension_bench"

    def __init__(self, body: Body) -> None:
        self._skeleton, self._k = body.skeleton, body.person.scale

    @property
    def fixtures(self) -> tuple[Block, ...]:
        """Pad under the hips, post, foot plate and base."""
        k = self._k
        pad_m, foot_m = _HIP_M * k - 0.20, 0.16 * k
        return (
            Block((0, pad_m, 0.0), (0.42, 0.10, 0.24), _PAD),
            Block((0, pad_m / 2, 0.0), (0.08, pad_m, 0.08), _STEEL),
            Block((0, foot_m, -0.80 * k), (0.42, 0.05, 0.16), _STEEL),
            Block((0, 0.03, -0.38), (0.10, 0.06, 1.25), _STEEL),
        )

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        rise = np.radians(_LEGS_DEG)
        back = np.array([0, np.sin(rise), -np.cos(rise)])
        legs = {
            one: Aim(unit(back + sign * 0.05 * LEFTWARD),
                     np.array([0, -np.cos(rise), -np.sin(rise)]), flex_deg=4.0, tip_flex_deg=12.0)
            for one, sign in SIDES
        }  # fmt: skip
        line_deg = 90 + _LEGS_DEG
        thorax_deg = line_deg + values["down_deg"]
        pelvis_deg = line_deg + 0.55 * values["down_deg"]
        across = pitch(thorax_deg)
        arms = {
            one: Aim(across @ unit([sign * 0.45, -0.75, 0.55]),
                     across @ np.array([sign, -0.3, 0.4]), flex_deg=128.0)
            for one, sign in SIDES
        }  # fmt: skip
        return pose(self._skeleton, Posture(
            pelvis=pitch(pelvis_deg), thorax=across,
            head=pitch(thorax_deg - 6 - values["head_deg"]),
            anchor=("left_thigh", "right_thigh"), at=UP * _HIP_M * self._k + FORWARD * 0.02,
            legs=legs, arms=arms,
        ))  # fmt: skip


MOTION = Motion(
    exercise=BackExtensionBench,
    rest={"down_deg": 0.0, "head_deg": 0.0},
    top={"down_deg": 62.0},
    spread={"down_deg": 5.0},
    tempo=Tempo(rise_s=1.7, hold_s=0.4, lower_s=1.7, rest_s=0.8),
    partial={"down_deg": 34.0},
    flaws={
        "hyperextended": Flaw(always={"down_deg": -34.0}),
        "head_back": Flaw(top={"head_deg": 64.0}, near={"head_deg": 26.0}),
        "too_fast": Flaw(tempo={"rise_s": 0.55, "lower_s": 0.55}),
    },
    sway={"down_deg": 0.5},
    views={"side": (75, 105), "oblique": (46, 60)},
    lens_m=(0.5, 1.0),
    on_mat=False,
)  # fmt: skip
