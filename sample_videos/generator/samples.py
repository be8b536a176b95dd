"""The clips that are committed: those written by hand, and one drawn for every other exercise."""

from __future__ import annotations

from dataclasses import replace

from sample_videos.generator.clip import Clip, Timing
from sample_videos.generator.exercises import all_clips, all_motions
from sample_videos.generator.population import SAMPLE_SEEDS, draw
from sample_videos.generator.repertoire import Motion

_LONG_S = 3.6
"""A rep longer than this is shown twice, a shorter one three times."""

_NOISE, _CRF, _FPS = 0.003, 30, 12
"""Little noise, few pictures and coarse compression keep a clip under 150 KB."""


def all_samples() -> dict[str, Clip]:
    """Every committed clip by the last part of its path."""
    written = all_clips()
    filmed = {clip.path.split("/")[0] for clip in written.values()}
    drawn = [_drawn(name, nth) for nth, name in enumerate(all_motions()) if name not in filmed]
    return written | {clip.name: clip for clip in drawn}


def _drawn(exercise: str, nth: int) -> Clip:
    """A good rep or two, and one with a fault."""
    motion = all_motions()[exercise]
    good = 1 if motion.tempo.duration_s * motion.cycle > _LONG_S else 2
    plan = ("good",) * good * motion.cycle + (_fault(motion),) * motion.cycle
    clip = draw(exercise, SAMPLE_SEEDS[nth], plan=plan, fps=_FPS)
    return replace(
        clip,
        path=f"{exercise}/{exercise}_{clip.view}",
        sensor=replace(clip.sensor, noise=_NOISE, jpeg=0),
        timing=Timing(),
        crf=_CRF,
    )


def _fault(motion: Motion) -> str:
    """The first fault of a single rep that the motion's first view can show."""
    view = next(iter(motion.views))
    return next(
        (
            name
            for name, flaw in motion.flaws.items()
            if not flaw.always and flaw.kind == "fault" and view in motion.views_of(name)
        ),
        "good",
    )
