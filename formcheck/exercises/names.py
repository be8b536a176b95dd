"""What people call the exercises: `Bridge`, "bird dog", `bird-dog`, `squat`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from formcheck.exercises.model import ExerciseSpec

_Words = tuple[str, ...]


def called(typed: str, specs: Iterable[ExerciseSpec]) -> list[ExerciseSpec]:
    """The exercises that somebody may mean: those of that id, else those of that title or of that
    name in a guide, else those in whose id, title or name all the words stand.

    Capitals, hyphens and the s of a plural make no difference.
    """
    asked, known = _words(typed), list(specs)
    if not asked:
        return []
    ways: tuple[Callable[[ExerciseSpec], bool], ...] = (
        lambda spec: asked == _words(spec.id),
        lambda spec: asked in _names(spec),
        lambda spec: any(set(asked) <= set(name) for name in _names(spec)),
    )
    found = ([spec for spec in known if means(spec)] for means in ways)
    return next(filter(None, found), [])


def _names(spec: ExerciseSpec) -> Iterator[_Words]:
    return map(_words, (spec.id, spec.title, *spec.names.values()))


def _words(text: str) -> _Words:
    words: list[str] = re.findall(r"[^\W_]+", text.casefold())
    return tuple(word.removesuffix("s") for word in words)
