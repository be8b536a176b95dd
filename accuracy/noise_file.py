"""The fitted models as one small file: arrays of half precision, and the rest as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from accuracy.noise_model import Array, NoiseModel, Spread

ALL = "all"
"""Stands in a key for the exercise, where a model is of all that are seen from the view."""

Models = dict[str, tuple[NoiseModel, ...]]
"""By `key_of`: one model of a few films, or one each of many."""


def key_of(exercise: str, view: str) -> str:
    """What models are kept by."""
    return f"{exercise} {view}"


def load(path: Path) -> Models:
    """The models of a file."""
    with np.load(path, allow_pickle=False) as stored:
        arrays = {name: stored[name].astype(float) for name in stored.files if name != "scalars"}
        scalars = json.loads(str(stored["scalars"]))

    def spread(key: str) -> Spread:
        return Spread(arrays[f"{key}/shared"], arrays[f"{key}/own"])

    def model(key: str, numbers: dict[str, Any]) -> NoiseModel:
        pairs = {name: tuple(numbers[name]) for name in ("outline", "worked")}
        jitters = numbers.pop("jitters")
        return NoiseModel(
            rest=arrays[f"{key}/rest"], way=arrays[f"{key}/way"],
            between_sets=spread(f"{key}/between_sets"),
            jitter=tuple(spread(f"{key}/jitter/{n}") for n in range(jitters)),
            **{**numbers, **pairs},
        )  # fmt: skip

    return {
        key: tuple(model(f"{key}/{n}", numbers) for n, numbers in enumerate(some))
        for key, some in scalars.items()
    }


def save(path: Path, models: Models) -> None:
    """Write models to a file."""
    arrays: dict[str, Array] = {}
    scalars: dict[str, list[dict[str, Any]]] = {}
    for key, some in models.items():
        scalars[key] = [dict(vars(model)) for model in some]
        for n, numbers in enumerate(scalars[key]):
            for part in ("rest", "way"):
                arrays[f"{key}/{n}/{part}"] = numbers.pop(part)
            spreads = {"between_sets": numbers.pop("between_sets")}
            spreads |= {f"jitter/{nth}": one for nth, one in enumerate(numbers.pop("jitter"))}
            numbers["jitters"] = len(spreads) - 1
            for part, spread in spreads.items():
                for name, values in vars(spread).items():
                    arrays[f"{key}/{n}/{part}/{name}"] = values
    halved = {name: values.astype(np.float16) for name, values in arrays.items()}
    np.savez_compressed(path, scalars=np.array(json.dumps(scalars)), **halved)
