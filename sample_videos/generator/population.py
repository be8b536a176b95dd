"""Whole sets drawn from one number: who does them, where, and how they are filmed.

`draw("bridge", 17)` is the same clip on every machine. Nothing here says how an exercise is done;
that is its `Motion`. Sets for tuning, for reporting and for the samples come from disjoint seeds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np

from sample_videos.generator.camera import Shot
from sample_videos.generator.clip import Clip, Timing
from sample_videos.generator.exercises import all_motions
from sample_videos.generator.kinematics import Side, other
from sample_videos.generator.light import Lighting
from sample_videos.generator.motion import Script
from sample_videos.generator.passages import PASSAGE_S
from sample_videos.generator.passers import Passer
from sample_videos.generator.person import Colour, Person
from sample_videos.generator.props import Block
from sample_videos.generator.render import Sensor
from sample_videos.generator.repertoire import Manner, Motion, View, compose
from sample_videos.generator.room import Box, Mat, Room

TUNING_SEEDS = range(0, 100_000)
REPORTING_SEEDS = range(100_000, 200_000)
SAMPLE_SEEDS = range(200_000, 201_000)

Hazard = Literal["dim", "shake", "furniture", "passer", "dog"]
"""What makes a set hard to see: little light, a hand that holds the camera, a post in front of the
person, somebody or a dog that goes by behind."""

_SIZE_PX = (640, 360)
_LEAD_S = 2.2
_PAUSE_S = 4.0
_GOOD_PACE = (0.85, 1.15)

# Skin tones over the Monk scale (Monk 2022, skintone.google), from light to dark, in sRGB.
_SKINS: tuple[Colour, ...] = (
    (0.96, 0.93, 0.89), (0.95, 0.91, 0.86), (0.97, 0.92, 0.83), (0.92, 0.85, 0.73),
    (0.84, 0.74, 0.58), (0.63, 0.49, 0.34), (0.51, 0.36, 0.26), (0.38, 0.25, 0.20),
    (0.23, 0.19, 0.17), (0.16, 0.14, 0.13),
)  # fmt: skip
_HAIRS: tuple[Colour, ...] = (
    (0.05, 0.04, 0.04), (0.15, 0.10, 0.07), (0.32, 0.20, 0.11), (0.55, 0.42, 0.25),
    (0.62, 0.60, 0.58), (0.85, 0.84, 0.82),
)  # fmt: skip
_FLOORS: dict[str, Colour] = {
    "wood": (0.58, 0.42, 0.28), "carpet": (0.52, 0.50, 0.50), "tile": (0.66, 0.64, 0.60),
}  # fmt: skip


def draw(
    exercise: str, seed: int, *, plan: Sequence[str] | None = None, view: View | None = None,
    near: bool = False, fps: int = 15, hazard: Hazard | None = None, passages: bool = False,
) -> Clip:  # fmt: skip
    """A random film of an exercise.

    plan: see `repertoire.compose`; good reps by default. view: the motion's first by default.
    near: flaws close to their thresholds. passages: the person walks in before and off after, and
    pauses in the middle of the set. Raises KeyError for an exercise without a motion.
    """
    motion = all_motions()[exercise]
    view = view or next(iter(motion.views))
    rng = np.random.default_rng([seed, 0])
    shot = _draw_shot(rng, motion, view)
    plan = clean_plan(motion) if plan is None else plan
    script = _draw_script(motion, plan, seed, shot=shot, near=near)
    return Clip(
        path=f"{exercise}/{exercise}_{view}_{seed}",
        title=f"{exercise.replace('_', ' ')}: {', '.join(plan)}",
        exercise=motion.exercise,
        view=view,
        person=draw_person(rng),
        script=_with_passages(script) if passages else script,
        shot=shot,
        room=_draw_room(rng, shot, on_mat=motion.on_mat),
        lighting=_draw_lighting(rng, shot),
        sensor=_sensor(rng, hazard),
        foreground=_foreground(rng, shot) if hazard == "furniture" else (),
        passer=_passer(rng, hazard) if hazard in ("passer", "dog") else None,
        timing=Timing(jitter_s=float(rng.choice([0.0, 0.0, 0.004, 0.008])),
                      dropped=float(rng.choice([0.0, 0.0, 0.0, 0.03])), seed=seed),
        fps=fps,
        crf=int(rng.integers(24, 31)),
        seed=seed,
        passages=("", "") if passages else None,
    )  # fmt: skip


def _with_passages(script: Script) -> Script:
    """The script with time to come in and to go, and a pause after its middle rep."""
    middle = len(script.reps) // 2
    reps = tuple(
        replace(rep, rest_s=rep.rest_s + _PAUSE_S) if nth == middle else rep
        for nth, rep in enumerate(script.reps)
    )
    return replace(script, lead_s=script.lead_s + PASSAGE_S, reps=reps, trail_s=PASSAGE_S + 0.6)


# --- plans --------------------------------------------------------------------------------------


def clean_plan(motion: Motion) -> tuple[str, ...]:
    """Good reps: two of them, or one where it is held for long."""
    return ("good",) * _count(motion)


def faulty_plan(motion: Motion, fault: str) -> tuple[str, ...]:
    """A flawed rep after a good one; of a flaw of the whole set, flawed reps alone."""
    if motion.flaws[fault].always:
        return (fault,) * _count(motion)
    return ("good",) * (_count(motion) - 1) + (fault,) * motion.cycle


def _count(motion: Motion) -> int:
    """Reps that fit into some ten seconds, two at the least where they are short enough."""
    cycle_s = motion.tempo.duration_s * motion.cycle
    return motion.cycle * max(2 if cycle_s < 8 else 1, round(10 / cycle_s))


def _draw_script(
    motion: Motion, plan: Sequence[str], seed: int, *, shot: Shot, near: bool = False
) -> Script:
    """What is done, in a manner of its own.

    A flaw that shows on one side only (`Flaw.towards`) is done on the side that the camera sees.
    """
    rng = np.random.default_rng([seed, 2])
    manner = Manner(
        fatigue=rng.uniform(0, 0.02),
        asymmetry=rng.uniform(0, 0.02),
        pace=rng.uniform(*_GOOD_PACE),
        tremor=rng.uniform(0.5, 1.5),
    )
    first: Side = "left" if rng.random() < 0.5 else "right"
    first = _towards(motion, plan, shot) or first
    lead_s = _LEAD_S + rng.uniform(0, 0.6)
    return compose(
        motion, plan, seed=seed, manner=manner, lead_s=lead_s, first_side=first, near=near
    )


def _towards(motion: Motion, plan: Sequence[str], shot: Shot) -> Side | None:
    """The side to begin with, where a flaw of the plan must be turned to the camera."""
    near: Side = "left" if shot.azimuth_deg > 0 else "right"
    for nth, entry in enumerate(plan):
        towards = motion.flaws[entry].towards if entry in motion.flaws else ""
        if towards:
            takes_turns = motion.sides == "alternating" and nth % 2
            return near if (towards == "working") != bool(takes_turns) else other(near)
    return None


# --- who ----------------------------------------------------------------------------------------


def draw_person(rng: np.random.Generator) -> Person:
    """Somebody between about the 1st and the 99th percentile of adults.

    Statures are those of ANSUR II (Gordon 2014: men 1.76 m, women 1.63 m, SD 0.07), limb shares
    vary by the 3 to 4 % that it finds.
    """
    female = float(rng.random() < 0.5) * rng.uniform(0.75, 1.0)
    middle_m = 1.63 if female else 1.76
    dark = rng.uniform(0.08, 0.45, 3)
    bright = rng.uniform(0.35, 0.95, 3)
    return Person(
        height_m=float(np.clip(rng.normal(middle_m, 0.07), 1.50, 1.95)),
        female=female,
        fat=float(np.clip(rng.gamma(1.6, 0.12) - 0.05, -0.05, 0.6)),
        muscle=rng.uniform(0, 0.7),
        arm_share=_near_one(rng, 0.03),
        thigh_share=_near_one(rng, 0.03),
        shoulder_share=_near_one(rng, 0.03),
        skin=_SKINS[rng.integers(len(_SKINS))],
        hair=_HAIRS[rng.integers(len(_HAIRS))],
        shirt=_colour(bright),
        trousers=_colour(dark if rng.random() < 0.7 else bright[::-1]),
        shoes=_colour(np.full(3, rng.uniform(0.1, 0.9))),
        sleeve=rng.uniform(0.2, 0.7),
        trouser=rng.uniform(0.4, 0.8),
        leggings=bool(rng.random() < (0.6 if female else 0.3)),
        bun=bool(female and rng.random() < 0.5),
        loose_m=rng.uniform(0.006, 0.016),
    )


def _near_one(rng: np.random.Generator, deviation: float) -> float:
    return float(np.clip(rng.normal(1, deviation), 1 - 2 * deviation, 1 + 2 * deviation))


def _colour(values: np.ndarray) -> Colour:
    red, green, blue = (float(value) for value in values)
    return red, green, blue


# --- where, and how filmed ----------------------------------------------------------------------


def _draw_shot(rng: np.random.Generator, motion: Motion, view: View) -> Shot:
    """A camera on a chair, a shelf or the floor, not quite level and not quite aimed."""
    low, high = motion.views[view]
    side = -1 if motion.either_side and rng.random() < 0.5 else 1
    return Shot(
        azimuth_deg=side * rng.uniform(low, high),
        height_m=rng.uniform(*motion.lens_m),
        fill=rng.uniform(0.62, 0.86),
        vertical_fov_deg=rng.uniform(34, 58),
        size_px=_SIZE_PX,
        roll_deg=float(np.clip(rng.normal(0, 1.2), -3, 3)),
        aim_off=(rng.uniform(-0.04, 0.04), rng.uniform(-0.04, 0.04)),
        bulge=float(rng.choice([0.0, 0.0, -0.03, -0.06])),
    )


def _draw_room(rng: np.random.Generator, shot: Shot, *, on_mat: bool) -> Room:
    """A room with furniture along its back wall."""
    floor = str(rng.choice(list(_FLOORS)))
    boxes = tuple(
        Box(
            along_m=along * rng.uniform(0.8, 1.7),
            foot_m=(foot := float(rng.choice([0.0, rng.uniform(1.0, 1.4)]))),
            size_m=(
                rng.uniform(0.4, 1.2),
                rng.uniform(0.4, 1.6) if foot == 0 else rng.uniform(0.4, 0.8),
                rng.uniform(0.3, 0.5) if foot == 0 else 0.03,
            ),
            colour=_colour(rng.uniform(0.2, 0.8, 3)),
        )
        for along in (-1, 1)
        if rng.random() < 0.8
    )
    return Room(
        facing_deg=shot.azimuth_deg + rng.uniform(-12, 12),
        wall_colour=_colour(rng.uniform(0.62, 0.9) + rng.uniform(-0.06, 0.06, 3)),
        floor=floor,
        floor_colour=_colour(np.clip(_FLOORS[floor] + rng.uniform(-0.1, 0.1, 3), 0, 1)),
        back_wall_m=rng.uniform(1.5, 2.4),
        side_wall_m=rng.uniform(2.4, 3.4) * (1 if rng.random() < 0.5 else -1),
        mat=Mat(_colour(rng.uniform(0.15, 0.6, 3))) if on_mat and rng.random() < 0.8 else None,
        boxes=boxes,
        seed=int(rng.integers(1, 1000)),
    )


def _draw_lighting(rng: np.random.Generator, shot: Shot) -> Lighting:
    """A lamp or window above, on the camera's side of the person more often than behind."""
    around = np.radians(shot.azimuth_deg + rng.normal(0, 50))
    strength, warmth = rng.uniform(1.1, 1.8), rng.uniform(-0.08, 0.12)
    ambient = rng.uniform(0.42, 0.7)
    return Lighting(
        key_from=(float(np.sin(around)), rng.uniform(0.8, 1.8), float(np.cos(around))),
        key=(strength * (1 + warmth), strength, strength * (1 - warmth)),
        ambient=(ambient * (1 - warmth / 2), ambient, ambient * (1 + warmth)),
    )


def _sensor(rng: np.random.Generator, hazard: Hazard | None) -> Sensor:
    dim, shaken = hazard == "dim", hazard == "shake"
    tint = rng.uniform(-0.04, 0.04)
    return Sensor(
        exposure=rng.uniform(0.22, 0.35) if dim else rng.uniform(0.8, 1.2),
        white=(1 + tint, 1.0, 1 - tint),
        noise=rng.uniform(0.03, 0.05) if dim else rng.uniform(0.003, 0.015),
        blur_px=rng.uniform(0.4, 0.8),
        vignette=rng.uniform(0.1, 0.35),
        shutter_share=0.6 if dim else float(rng.choice([0.0, 0.25])),
        jpeg=int(rng.choice([0, 70, 85])),
        shake_px=rng.uniform(1.0, 2.0) if shaken else 0.0,
    )


def _foreground(rng: np.random.Generator, shot: Shot) -> tuple[Block, ...]:
    """A post between camera and person, off the middle."""
    towards = np.radians(shot.azimuth_deg)
    aside = rng.uniform(0.25, 0.5) * (1 if rng.random() < 0.5 else -1)
    x = 0.9 * np.sin(towards) + aside * np.cos(towards)
    z = 0.9 * np.cos(towards) - aside * np.sin(towards)
    colour = _colour(rng.uniform(0.2, 0.6, 3))
    return (Block((float(x), 0.3, float(z)), (0.09, 0.6, 0.09), colour, shot.azimuth_deg),)


def _passer(rng: np.random.Generator, hazard: Hazard) -> Passer:
    who = draw_person(rng) if hazard == "passer" else None
    behind_m = rng.uniform(0.7, 1.1)
    return Passer(
        who, middle_s=rng.uniform(4, 8), behind_m=behind_m, speed_m_s=rng.uniform(0.7, 1.1)
    )
