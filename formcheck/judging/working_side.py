"""Which side worked in an attempt of an exercise of one side at a time (design.md, law 9)."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from formcheck.exercises.model import ExerciseSpec
from formcheck.judging.conditions import BLINK_S, WORKING, SignalBank, own_rests
from formcheck.judging.resting import RestPool
from formcheck.measuring.measures import shows_both, working
from formcheck.measuring.scene import Bearings, Scene, Which, Works
from formcheck.measuring.signals import Signal
from formcheck.measuring.smoothing import Sample
from formcheck.records.pose import Pose, Side, other_side

RAISED_LEG, RAISED_ARM = Signal("raised_leg_side", ""), Signal("raised_arm_side", "")

SURE = 0.8
"""The working side is sure where it is the same in nine of ten samples: 0.9 - 0.1 (ours)."""


class WorkingSide:
    """Follows which side works: while one is hidden for a moment, the other does not become it."""

    def __init__(self) -> None:
        self.which: Which | None = None
        self._compared_s = -math.inf

    def follow(
        self, pose: Pose, bearings: Bearings, rests: tuple[float, float] = (0.0, 0.0)
    ) -> Scene:
        """The scene of the next pose, which knows the working side.

        rests: what the near and the far side are compared from.
        """
        scene = Scene(pose, bearings)
        is_compared = shows_both(scene)
        if is_compared or self.which is None or pose.t_s - self._compared_s >= BLINK_S:
            self.which = working(scene, rests)
        if is_compared:
            self._compared_s = pose.t_s
        scene.working = self.which
        return scene


def side_signals(spec: ExerciseSpec) -> tuple[Signal, ...]:
    """What a bank must hold for the side to be told, and for each side's rest to be known."""
    if spec.sides == "together":
        return _compared(spec.works)
    if not spec.works:
        return RAISED_LEG, RAISED_ARM
    return (WORKING, *own_rests(spec.signals()), *_compared(spec.works))


def side_rests(works: Works | None, pool: RestPool) -> tuple[float, float]:
    """What the near and the far side are compared from once anything moves: their own rests, or
    nothing where the spec does not ask for them or one of them was hidden."""
    rests = [pool.rest(signal) for signal in _compared(works)]
    if not rests or any(map(math.isnan, rests)):
        return 0.0, 0.0
    near, far = rests
    return near, far


def _compared(works: Works | None) -> tuple[Signal, ...]:
    if works is None or not works.from_rest:
        return ()
    return Signal(works.measure, "near"), Signal(works.measure, "far")


def worked(
    spec: ExerciseSpec, bank: SignalBank, plateau: Sequence[Sample], near: Side
) -> tuple[Side | None, bool]:
    """The side that worked, None for none, and whether it is only assumed."""
    if spec.sides == "together":
        return None, False
    if not spec.works:
        return working_leg(bank, plateau, near)
    sign = _typical(bank, WORKING, plateau)
    return (None, True) if math.isnan(sign) else (_side_of(sign, near), abs(sign) < SURE)


def working_leg(
    bank: SignalBank, plateau: Sequence[Sample], near: Side
) -> tuple[Side | None, bool]:
    """The working leg's side, and whether it is only assumed.

    The arms tell it best: the working leg is opposite the raised arm. It is sure only where the
    legs, whose labels the pose model swaps as they part, agree.
    """
    leg, arm = (_typical(bank, signal, plateau) for signal in (RAISED_LEG, RAISED_ARM))
    if math.isnan(arm):
        return (None if math.isnan(leg) else _side_of(leg, near)), True
    return _side_of(-arm, near), not leg * arm < 0


def _typical(bank: SignalBank, signal: Signal, plateau: Sequence[Sample]) -> float:
    column = bank.columns(signal)[0]
    values = [float(sample.values[column]) for sample in plateau]
    seen = [value for value in values if not math.isnan(value)]
    return float(np.mean(seen)) if len(seen) * 2 > len(values) else math.nan


def _side_of(sign: float, near: Side) -> Side:
    return near if sign > 0 else other_side(near)
