"""Sets without pixels: true poses of a clip, and what the pose model might have seen of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

import numpy as np

from accuracy.noise_file import ALL, Models, key_of, load
from accuracy.noise_model import Array, NoiseModel, near_of, sides_at_work
from accuracy.plans import SetPlan
from formcheck.records.pose import Pose, Side
from sample_videos.generator.body import Body, body_of
from sample_videos.generator.clip import Clip, Take
from sample_videos.generator.motion import Rep, Script
from sample_videos.generator.person import Person
from sample_videos.generator.population import draw_person
from sample_videos.generator.repertoire import Exercise
from sample_videos.generator.truth import true_poses

MODELS = Path(__file__).parent / "noise.npz"

TWIN_CELL_M = 0.025
"""Cells of a twin's body: its flesh is only rested on the floor and drawn as a shape."""

LEAST_ALIKE = 3
"""With fewer films of a flaw its sets are spoiled as good ones were: two are two accidents."""

CAST = 24
"""How many different people do the twins' sets; their bodies are built once each."""


class TwinTake(Take):
    """A take whose body is coarse, and built once for all sets of that person and exercise."""

    @property
    def body(self) -> Body:
        """The person's mesh."""
        assert self.clip.person is not None
        return _body(self.clip.person)

    @property
    def exercise(self) -> Exercise:
        """The exercise on this body."""
        assert self.clip.person is not None
        return _exercise(self.clip.exercise, self.clip.person)


@lru_cache(maxsize=CAST + 2)
def _body(person: Person) -> Body:
    return body_of(person, TWIN_CELL_M)


@lru_cache(maxsize=3 * CAST)
def _exercise(exercise: type, person: Person) -> Exercise:
    return exercise(_body(person))


def cast(clip: Clip) -> Clip:
    """The clip with one of the twins' cast in it."""
    member = np.random.default_rng([clip.seed % CAST, 4])
    return replace(clip, person=draw_person(member))


def shares_of(script: Script, times_s: Sequence[float], *, near: Side) -> Array:
    """How far on the way from rest to the top of a good rep the script is at each time, 0 to 1, as
    the near and as the far side works (n, 2), half each where both do.

    The mean over all that moves on that way, so that a rep that goes half of it is half as wrong.
    """
    found = np.zeros((len(times_s), 2))
    plain = replace(script, sway={})
    for rep, times in zip(script.reps, script.times, strict=True):
        ways = _ways(script, rep)
        part = [0.5, 0.5] if rep.side is None else [rep.side == near, rep.side != near]
        for number, t_s in enumerate(times_s):
            if ways and times.rise_s <= t_s <= times.lowered_s:
                at = plain.at(t_s).values
                shares = [(at[name] - script.rest[name]) / way for name, way in ways.items()]
                found[number] = np.multiply(part, np.clip(shares, 0, 1).mean())
    return found


def _ways(script: Script, rep: Rep) -> dict[str, float]:
    """What moves in a good rep of the set, and by how much; in the rep itself if none is good."""
    good = next((r for r in script.reps if r.kind == "good" and r.pose == rep.pose), rep)
    ways = {name: top - script.rest[name] for name, top in good.top.items()}
    return {name: way for name, way in ways.items() if way and name not in rep.travel}


@lru_cache
def models() -> Models:
    """The fitted models."""
    return load(MODELS)


def model_for(plan: SetPlan, shares: Array) -> NoiseModel:
    """A model of the exercise and view, of films with the same flaw and side at work where there
    are enough; or that of all exercises from the view."""
    found = models()
    some = found.get(key_of(plan.exercise, plan.view)) or found[key_of(ALL, plan.view)]
    alike = [model for model in some if model.fault == (plan.fault or "")]
    if len(alike) < LEAST_ALIKE:
        alike = [model for model in some if not model.fault]
    works = np.array(sides_at_work(shares))
    fitting = [model for model in alike if np.all(model.worked >= works)] or alike
    return fitting[plan.seed % len(fitting)]


def twin(plan: SetPlan, *, with_outline: bool) -> tuple[Take, list[Pose], list[Pose]]:
    """The take of a set, its true poses, and the spoiled ones."""
    take = TwinTake(cast(plan.clip()))
    true = true_poses(take, with_outline=with_outline)
    shares = shares_of(take.clip.script, take.clip.times_s, near=near_of(true))
    rng = np.random.default_rng([plan.seed, 5])
    return take, true, list(model_for(plan, shares).spoil(true, shares, rng))
