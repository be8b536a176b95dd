"""Exercises as data: reading, checking and finding their files; the guides and the safety rules.

This room shares its name with a function of the public door, and importing any of its modules would
put the room in the function's place. So the room can be called: `formcheck.exercises()`.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from formcheck.exercises.model import ExerciseSpec


class _Callable(ModuleType):
    def __call__(self) -> list[ExerciseSpec]:
        """Every exercise there is, in order of the ids."""
        from formcheck.exercises.catalog import all_specs

        return all_specs()


sys.modules[__name__].__class__ = _Callable
