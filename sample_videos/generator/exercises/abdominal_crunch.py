"""Abdominal crunch: on the back with bent knees, hands at the head, the shoulders are curled up.

Values: `curl_deg`, how far the chest comes up; `sit_deg`, how far the pelvis comes with it;
`nod_deg`, how far the chin is pulled to the chest.
"""

from __future__ import annotations

from sample_videos.generator.body import Body
from sample_videos.generator.kinematics import SIDES, Figure, Side
from sample_videos.generator.motion import Values
from sample_videos.generator.repertoire import Flaw, Motion, Tempo, Unaided
from sample_videos.generator.rotations import LEFTWARD, UP, Vector
from sample_videos.generator.supine import ELBOWS_OUT, OnBack, Trunk

CLIPS = ()


class AbdominalCrunch(Unaided):
    """A body that does crunches."""

    id = "abdominal_crunch"

    def __init__(self, body: Body) -> None:
        self._lying = OnBack(body, knee_deg=72.0)

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values."""
        legs = {one: self._lying.planted(sign) for one, sign in SIDES}
        trunk = Trunk(-values["sit_deg"], values["curl_deg"], values["nod_deg"])
        return self._lying.reaching(legs, _at_ear, 1.0, trunk=trunk, elbows=ELBOWS_OUT)


def _at_ear(figure: Figure, side: Side) -> Vector:
    """The wrist of a hand whose fingers lie behind the ear."""
    out = LEFTWARD * (0.07 if side == "left" else -0.07)
    up = figure.rotations["head"] @ UP
    return figure.sites[f"{side}_ear"] + out - up * 0.05


MOTION = Motion(
    exercise=AbdominalCrunch,
    rest={"curl_deg": 0.0, "sit_deg": 0.0, "nod_deg": 0.0},
    top={"curl_deg": 38.0, "sit_deg": 2.0},
    spread={"curl_deg": 4.0},
    tempo=Tempo(rise_s=1.3, hold_s=2.4, lower_s=1.3, rest_s=0.6),
    partial={"curl_deg": 8.0},
    flaws={
        "full_sit_up": Flaw(top={"curl_deg": 82.0, "sit_deg": 52.0}),
        "neck_bent": Flaw(top={"nod_deg": 38.0}, near={"nod_deg": 24.0}),
        "shoulders_relaxed": Flaw(tempo={"rest_s": 2.4}),
        "drop": Flaw(tempo={"lower_s": 0.4}),
    },
    sway={"curl_deg": 0.4},
    views={"side": (75, 105)},
    lens_m=(0.3, 0.7),
)  # fmt: skip
