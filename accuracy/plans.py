"""Which sets make up the card: exercise, seed, view, and the fault that is in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, get_args

from formcheck.exercises.catalog import all_specs
from sample_videos.generator.clip import Clip
from sample_videos.generator.exercises import all_motions
from sample_videos.generator.population import (
    REPORTING_SEEDS,
    Hazard,
    clean_plan,
    draw,
    faulty_plan,
)
from sample_videos.generator.repertoire import Motion, View
from sample_videos.generator.unprepared import Unprepared, draw_unprepared, view_of

TWIN_CLEAN_SETS = 80
TWIN_SETS_PER_FAULT = 30
TWIN_NEAR_SETS_PER_FAULT = 10
TWIN_LEAST_SETS = 200
UNPREPARED_SETS_EACH = 3
"""Of each way of being unprepared."""

_SEEDS_PER_KIND = 1000
"""Room for the sets of one kind of one exercise among the reporting seeds."""


@dataclass(frozen=True)
class SetPlan:
    """One set of the card. fault: a flaw of the motion, or none for a clean set; near: injected
    close to its threshold. hazard: what makes the picture hard, see `population.draw`. unprepared:
    in which way the set is unprepared, all else being good."""

    exercise: str
    seed: int
    view: View
    fault: str | None = None
    near: bool = False
    hazard: Hazard | None = None
    unprepared: Unprepared | None = None

    @property
    def motion(self) -> Motion:
        """The motion that is filmed."""
        return all_motions()[self.exercise]

    @property
    def flaw_lasts(self) -> bool:
        """Whether the flaw is in the whole set, or between two reps, and not in one rep of it."""
        flaw = self.motion.flaws[self.fault] if self.fault else None
        return bool(flaw and (flaw.always or "rest_s" in flaw.tempo))

    def clip(self) -> Clip:
        """The film."""
        if self.unprepared:
            return draw_unprepared(self.exercise, self.seed, self.unprepared)
        entries = faulty_plan(self.motion, self.fault) if self.fault else clean_plan(self.motion)
        return draw(
            self.exercise, self.seed, plan=entries, view=self.view, near=self.near,
            hazard=self.hazard,
        )  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        """The plan as JSON values."""
        return asdict(self)


def pixel_plans(
    exercise: str, *, clean: int, faulty: int, seeds: range = REPORTING_SEEDS
) -> Iterator[SetPlan]:
    """Sets that are filmed: clean ones, then ones with a fault each, the views in turn."""
    motion = all_motions()[exercise]
    views = list(motion.views)
    for nth in range(clean):
        yield SetPlan(exercise, seeds[nth], views[nth % len(views)])
    faults = list(motion.flaws)
    for nth in range(faulty if faults else 0):
        fault = faults[nth % len(faults)]
        seen_from = motion.views_of(fault)
        view = seen_from[nth // len(faults) % len(seen_from)]
        yield SetPlan(exercise, seeds[_SEEDS_PER_KIND + nth], view, fault)


def twin_plans(exercise: str) -> Iterator[SetPlan]:
    """Sets without pixels: clean ones, each fault well beyond its threshold, and near it."""
    motion = all_motions()[exercise]
    views = list(motion.views)
    faults = list(motion.flaws)
    clean = max(TWIN_CLEAN_SETS, TWIN_LEAST_SETS - TWIN_SETS_PER_FAULT * len(faults))
    seeds = iter(REPORTING_SEEDS[2 * _SEEDS_PER_KIND :])
    for nth in range(clean):
        yield SetPlan(exercise, next(seeds), views[nth % len(views)])
    for fault in faults:
        seen_from = motion.views_of(fault)
        for nth in range(TWIN_SETS_PER_FAULT):
            yield SetPlan(exercise, next(seeds), seen_from[nth % len(seen_from)], fault)
        if motion.flaws[fault].near:
            for nth in range(TWIN_NEAR_SETS_PER_FAULT):
                view = seen_from[nth % len(seen_from)]
                yield SetPlan(exercise, next(seeds), view, fault, near=True)


def unprepared_plans(exercise: str) -> Iterator[SetPlan]:
    """Sets without pixels of people who did not prepare for it, the ways of that in turn."""
    seeds = iter(REPORTING_SEEDS[3 * _SEEDS_PER_KIND :])
    for _ in range(UNPREPARED_SETS_EACH):
        for how in get_args(Unprepared):
            yield SetPlan(exercise, next(seeds), view_of(exercise, how), unprepared=how)


def judged_exercises() -> list[str]:
    """Those that have both a motion and a spec to judge it by."""
    return sorted(set(all_motions()) & {spec.id for spec in all_specs()})
