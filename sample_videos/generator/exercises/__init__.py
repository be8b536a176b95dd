"""The exercises that can be filmed: one module each, with its motion and its clips."""

from __future__ import annotations

import importlib
import pkgutil

from sample_videos.generator.clip import Clip


def all_clips() -> dict[str, Clip]:
    """Every clip of every exercise, by the last part of its path."""
    clips = {}
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        for clip in importlib.import_module(module.name).CLIPS:
            clips[clip.name] = clip
    return clips
