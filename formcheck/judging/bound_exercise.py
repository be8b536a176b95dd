"""An exercise bound to one person: what is read of them, their rest, and all that is measured from
it."""

from __future__ import annotations

import math

from formcheck.exercises.model import ExerciseSpec
from formcheck.judging.conditions import Condition, SignalBank, watches
from formcheck.judging.faults import AGAIN_S, FaultBook
from formcheck.judging.levels import LevelWatch
from formcheck.judging.resting import RestPool
from formcheck.judging.working_side import side_rests, side_signals, worked
from formcheck.measuring.camera_view import SIDE_VIEW_SIGNAL
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.movement import Movement
from formcheck.measuring.scene import Bearings
from formcheck.records.pose import Side


class BoundExercise:
    """The levels, the faults and the posture to keep, bound anew as often as the rest is learnt.

    column: where the primary measure stands in a sample.
    """

    def __init__(self, spec: ExerciseSpec, bearings: Bearings) -> None:
        self.spec, self.bearings = spec, bearings
        self.bank = _bank(spec)
        self.column = self.bank.columns(spec.rep.measure)[0]
        self.pool = RestPool(self.bank)
        self.levels = LevelWatch(spec.rep, self.bank, self.pool)
        again_s = AGAIN_S if spec.mode == "guided" else math.inf
        self.faults = FaultBook(spec.fault, self.bank, self.pool, bearings, again_s=again_s)
        self.keep = Condition(watches(spec.start.posture.keep, self.bank))
        self.start = watches(spec.start.posture.start, self.bank)

    def bind(self) -> None:
        """Put in what the pool has learnt of the rest."""
        self.levels.bind()
        self.faults.bind()
        for watch in (*self.keep.watches, *self.start):
            watch.bind(self.pool.rest, lambda _: 0.0)

    def side_rests(self) -> tuple[float, float]:
        """What the near and the far side are compared from once anything moves."""
        return side_rests(self.spec.works, self.pool)

    def worked(self, movement: Movement) -> tuple[Side | None, bool]:
        """The side that works in a movement, and whether it is only assumed."""
        return worked(self.spec, self.bank, movement.plateau(), self.bearings.near)


def _bank(spec: ExerciseSpec) -> SignalBank:
    """All that the judging of an exercise reads."""
    measured = [signal for signal in spec.signals() if signal.name in REGISTRY]
    posture = spec.start.posture
    kept = [clause.signal for clause in (*posture.keep, *posture.start)]
    return SignalBank([*measured, *kept, SIDE_VIEW_SIGNAL, *side_signals(spec)])
