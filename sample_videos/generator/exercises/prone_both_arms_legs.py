"""Prone both arms and both legs: the superman of another guide, done in the same way."""

from __future__ import annotations

from dataclasses import replace

from sample_videos.generator.exercises.superman import MOTION as SUPERMAN
from sample_videos.generator.exercises.superman import Superman

CLIPS = ()


class ProneBothArmsLegs(Superman):
    """A body that lifts both arms and both legs off the floor."""

    id = "prone_both_arms_legs"


MOTION = replace(
    SUPERMAN,
    exercise=ProneBothArmsLegs,
    top={"extend_deg": 17.0, "leg_deg": 10.0, "wrist_m": 0.20},
    tempo=replace(SUPERMAN.tempo, hold_s=2.2),
)
