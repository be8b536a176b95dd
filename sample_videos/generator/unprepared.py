"""Sets of people who did not prepare for being judged: each drawn set, made hard in one way.

The reps are good. Of a recording that is cut off the script says which reps it cuts: they are none
of the count. A position that is timed has no way there or back to miss: it is held as long as it is
recorded.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Literal, get_args

import numpy as np

from formcheck.exercises.catalog import find_spec
from formcheck.measuring.camera_view import VIEW_BOUNDS
from sample_videos.generator.camera import Shot
from sample_videos.generator.clip import Clip
from sample_videos.generator.exercises import all_motions
from sample_videos.generator.motion import Script
from sample_videos.generator.passages import Errand, passage_s
from sample_videos.generator.population import clean_plan, draw
from sample_videos.generator.repertoire import View

Unprepared = Literal["no_pause", "cut_off", "joined", "high", "low", "oblique", "before_after"]
"""no_pause: the first rep begins with the recording, or 0.2 s after. cut_off: the recording begins
half-way up in a rep, or later, and ends half-way down in another, or sooner. joined: no rest
between reps. high, low, oblique: where the camera stands. before_after: the person walks in, does
something else, and does the like before walking off."""

_HIGHER_M, _ON_THE_FLOOR_M = (0.4, 0.9), (0.04, 0.12)
"""How far above the usual heights of the lens, as on a table or a shelf; a phone on the floor."""

_CLEAR_DEG = 2.0
_ASIDE_DEG = {"side": 10.0, "front": 5.0}
"""How near to the last angle that an exercise may be seen from, and over how many before it: of
some 40 from the side, and of 20 from the front."""

_ANYWHERE_DEG = (35.0, 70.0)
"""Oblique angles of what may be seen from anywhere."""

_ERRANDS: tuple[Errand, ...] = tuple(errand for errand in get_args(Errand) if errand)


def view_of(exercise: str, how: Unprepared) -> View:
    """The view whose noise is that of such a set."""
    usual = next(iter(all_motions()[exercise].views))
    return "oblique" if how == "oblique" and usual == "side" else usual


def draw_unprepared(exercise: str, seed: int, how: Unprepared) -> Clip:
    """A random film of good reps by somebody who is unprepared in one way."""
    motion = all_motions()[exercise]
    rng = np.random.default_rng([seed, 6, *exercise.encode()])
    extra = ("good",) * 2 * motion.cycle if how == "cut_off" else ()
    clip = draw(exercise, seed, plan=clean_plan(motion) + extra, view=next(iter(motion.views)))
    script, shot = clip.script, clip.shot
    match how:
        case "no_pause":
            return replace(clip, script=replace(script, lead_s=rng.uniform(0, 0.2)))
        case "cut_off":
            cut = _cut(script, motion.cycle, rng)
            is_timed = find_spec(exercise).mode == "timed"
            return replace(clip, script=cut if is_timed else _marked(cut))
        case "joined":
            joined = (*(replace(rep, rest_s=0.0) for rep in script.reps[:-1]), script.reps[-1])
            return replace(clip, script=replace(script, reps=joined))
        case "high":
            higher_m = motion.lens_m[1] + rng.uniform(*_HIGHER_M)
            return replace(clip, shot=replace(shot, height_m=higher_m))
        case "low":
            return replace(clip, shot=replace(shot, height_m=rng.uniform(*_ON_THE_FLOOR_M)))
        case "oblique":
            return replace(clip, view=view_of(exercise, how), shot=_aside(exercise, shot, rng))
        case "before_after":
            before, after = (_ERRANDS[n] for n in rng.integers(len(_ERRANDS), size=2))
            longer = replace(script, lead_s=script.lead_s + passage_s(before),
                             trail_s=passage_s(after) + 0.6)  # fmt: skip
            return replace(clip, script=longer, passages=(before, after))


def _cut(script: Script, cycle: int, rng: np.random.Generator) -> Script:
    """The script as of a recording that begins and ends within a rep; where reps go in cycles, in
    the last of one, so that whole cycles are left."""
    first, *whole, last = script.reps[cycle - 1 : len(script.reps) - (cycle - 1)]
    late_s = rng.uniform(first.rise_s / 2, first.rise_s + first.hold_s / 2)
    left_s = rng.uniform(last.hold_s / 2, last.hold_s + last.lower_s / 2) + last.rise_s
    reps = (first, *whole, last)
    return replace(script, reps=reps, lead_s=-late_s, trail_s=left_s - last.duration_s)


def _marked(script: Script) -> Script:
    """The script with its first and its last rep said to be cut off."""
    first, *whole, last = script.reps
    return replace(
        script, reps=(replace(first, kind="cut_off"), *whole, replace(last, kind="cut_off"))
    )


def _aside(exercise: str, shot: Shot, rng: np.random.Generator) -> Shot:
    """The camera as far from the side, or from the front, as the exercise may be seen."""
    spec = find_spec(exercise)
    if spec.camera == "any":
        around_deg = rng.uniform(*_ANYWHERE_DEG)
    else:
        last_deg = math.degrees(math.asin(spec.side_view or VIEW_BOUNDS[spec.camera]))
        clear_deg = _CLEAR_DEG + rng.uniform(0, _ASIDE_DEG[spec.camera])
        around_deg = last_deg + (clear_deg if spec.camera == "side" else -clear_deg)
        if spec.camera == "side" and rng.random() >= 0.5:
            around_deg = 180 - around_deg
    return replace(shot, azimuth_deg=math.copysign(around_deg, shot.azimuth_deg))
