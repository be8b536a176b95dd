"""The exercises that can be filmed: one module each, with its motion and its clips."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from sample_videos.generator.clip import Clip
from sample_videos.generator.repertoire import Motion


def _modules() -> Iterator[tuple[str, ModuleType]]:
    for found in pkgutil.iter_modules(__path__):
        yield found.name, importlib.import_module(f"{__name__}.{found.name}")


def all_clips() -> dict[str, Clip]:
    """Every clip of every exercise, by the last part of its path."""
    return {clip.name: clip for _, module in _modules() for clip in module.CLIPS}


@cache
def all_motions() -> dict[str, Motion]:
    """Every motion, by the id of its exercise, which is the name of its module."""
    return {name: module.MOTION for name, module in _modules() if hasattr(module, "MOTION")}
