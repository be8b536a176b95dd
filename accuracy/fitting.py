"""Fitting the twins' noise: to the tuning sets that are at hand, and to every sample video.

An exercise and view of which there is one film alone has that film's own bias and jitter; how far
whole sets lie off that bias no single film can show, so that it is taken from the exercises of
which there are more films: itself from another view, or those that are upright, or on the floor, as
it is.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import compress

import cv2
import numpy as np

from accuracy.filed import FiledSet, read
from accuracy.noise_file import ALL, Models, key_of
from accuracy.noise_fit import Pair, fit
from accuracy.noise_model import Array, NoiseModel, Spread, near_of, torso_px
from accuracy.pixels import TUNING_TRACKS, tracked
from accuracy.plans import SetPlan
from accuracy.twins import TwinTake, shares_of
from formcheck.exercises.catalog import find_spec
from formcheck.measuring.camera_view import UPRIGHT_LINE
from sample_videos.expected import clips, filmed_task
from sample_videos.generator.clip import Clip, Take
from sample_videos.generator.exercises import all_motions
from sample_videos.generator.motion import Script
from sample_videos.generator.samples import all_samples
from sample_videos.generator.truth import true_outline, true_poses

_LEAST_FILMS = 3
"""From so many films on, how far sets lie apart is their own."""

_MANY_FILMS = 8
"""From so many films on, each is a model of its own."""

_OUTLINE_EVERY, _OUTLINE_NEAR = 5, 0.15
"""Every how many frames outlines are compared, and up to how many torso lengths they may differ."""

Film = tuple[str, str, Pair]


def films(exercises: Container[str]) -> Iterator[Film]:
    """Exercise, view and frames of all films of some exercises that noise may be fitted to."""
    for path in sorted(TUNING_TRACKS.glob("*/*.zip")):
        if path.parent.name not in exercises:
            continue
        filed = read(path)
        plan = SetPlan(**filed.facts["plan"])
        yield _film(plan.exercise, plan.clip(), filed, fault=plan.fault or "")
    drawn = all_samples()
    for path in clips():
        exercise, clip = path.parent.name, drawn[path.stem]
        if exercise not in exercises:
            continue
        true = true_poses(Take(clip), with_outline=False)
        seen = tracked(path, filmed_task(exercise).spec)
        good = outside_faulty_reps(clip.script, clip.times_s)
        yield _film(exercise, clip, FiledSet({}, *(list(compress(p, good)) for p in (seen, true))))


def outside_faulty_reps(script: Script, times_s: Sequence[float]) -> list[bool]:
    """Which instants lie in no rep with a fault: one of three would make half of the noise."""
    spoiled = [
        (times.rise_s, times.lowered_s)
        for rep, times in zip(script.reps, script.times, strict=True)
        if rep.kind != "good"
    ]
    return [not any(start_s <= t_s <= end_s for start_s, end_s in spoiled) for t_s in times_s]


def _film(exercise: str, clip: Clip, filed: FiledSet, *, fault: str = "") -> Film:
    times_s = [pose.t_s for pose in filed.true]
    shares = shares_of(clip.script, times_s, near=near_of(filed.true))
    with_outline = filmed_task(exercise).spec.needs_outline
    offsets = _offsets(filed, TwinTake(clip)) if with_outline else None
    return exercise, clip.view, Pair(filed.tracked, filed.true, shares, offsets, fault)


def _offsets(filed: FiledSet, take: Take) -> Array:
    """Signed distances of the tracked outlines from the true ones, in torso lengths."""
    found = []
    for pose, true in list(zip(filed.tracked, filed.true, strict=True))[::_OUTLINE_EVERY]:
        if len(pose.outline_px) < 3:
            continue
        line = true_outline(take, true.t_s)[:, None].astype(np.float32)
        far = [-cv2.pointPolygonTest(line, tuple(map(float, p)), True) for p in pose.outline_px]
        # Loose clothes and lost hands lie far off and are no jitter of the back.
        found += [d / torso_px(true) for d in far if abs(d) < _OUTLINE_NEAR * torso_px(true)]
    return np.array(found)


def fitted(found: Iterable[Film], before: Models) -> Models:
    """Models of each exercise and view, and of all exercises from a view; what was fitted to more
    films before, or to films that are not among those found, stays as it is."""
    pairs: dict[str, list[Pair]] = {}
    for exercise, view, pair in found:
        for key in (key_of(exercise, view), key_of(ALL, view)):
            pairs.setdefault(key, []).append(pair)
    filmed = {key_of(name, view) for name, motion in all_motions().items() for view in motion.views}
    models = {key: some for key, some in before.items() if key in filmed or _is_of_all(key)}
    fresh = {
        key: _of_films(some, one_each=len(some) >= _MANY_FILMS and not _is_of_all(key))
        for key, some in pairs.items()
        if len(some) >= sum(model.films for model in models.get(key, ()))
    }
    models |= fresh
    return models | {
        key: (replace(model, between_sets=_between_sets(models, key.split()[0])),)
        for key, (model, *_) in fresh.items()
        if len(pairs[key]) < _LEAST_FILMS
    }


def _is_of_all(key: str) -> bool:
    return key.split()[0] == ALL


def _of_films(pairs: Sequence[Pair], *, one_each: bool) -> tuple[NoiseModel, ...]:
    if not one_each:
        return (fit(pairs),)
    # How far sets lie apart is then how far the models do.
    return tuple(replace(fit([pair], phases=True), between_sets=Spread.none()) for pair in pairs)


def _between_sets(models: Models, exercise: str) -> Spread:
    """How far whole sets lie off their mean where that is known: in other views of the exercise,
    or in exercises that are upright or on the floor as it is, or in all."""
    known = {
        key.split()[0]: model.between_sets.covariance
        for key, (model, *_) in models.items()
        if model.films >= _LEAST_FILMS and not _is_of_all(key)
    }
    if exercise in known:
        return Spread.of(known[exercise])
    alike = [
        covariance
        for other, covariance in known.items()
        if exercise not in all_motions() or _is_upright(other) == _is_upright(exercise)
    ]
    return Spread.of(np.mean(alike or list(known.values()), axis=0))


def _is_upright(exercise: str) -> bool:
    return find_spec(exercise).start.posture.floor in (UPRIGHT_LINE, "none")
