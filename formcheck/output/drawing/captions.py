"""What a picture says besides the pose and the status, and for how long it says it."""

from __future__ import annotations

from dataclasses import dataclass

from formcheck.exercises.model import ExerciseSpec
from formcheck.records.events import (
    Attempt,
    Event,
    Fault,
    Found,
    Lost,
    Outcome,
    PhaseChanged,
    Severity,
    Started,
)
from formcheck.records.moments import Moment
from formcheck.records.pose import Side
from formcheck.records.report import Tally
from formcheck.words import advice, reasons, terms

SHOWN_S = 2.5
"""How long, in media time, a cue or a verdict stays: time to look up from the mat and read it."""

_RANK: dict[Severity, int] = {"info": 0, "warn": 1, "safety": 2}


@dataclass(frozen=True)
class Showing:
    """The words of one instant.

    prompt: what to do now, such as the start position to take; empty when all is well. cue: what
    to do about a fault. flash: the verdict on the attempt that just ended, with its outcome; None
    for one that counts but has a fault. unseen: joints that are needed and cannot be seen. near:
    the side turned to the camera, None until the start posture was held. noun: what is counted.
    """

    prompt: str = ""
    cue: str = ""
    flash: str = ""
    outcome: Outcome | None = None
    unseen: tuple[str, ...] = ()
    near: Side | None = None
    noun: str = "rep"


class Showings:
    """Follows the events and keeps each cue and verdict up for `SHOWN_S` after it was told.

    Many faults are told at the end of their attempt, seconds after they happened. A cue gives way
    to a later one unless that is less severe.
    """

    def __init__(self, spec: ExerciseSpec) -> None:
        self._spec = spec
        self._fault: tuple[Fault, float] | None = None
        self._verdict: tuple[Outcome | None, str, float] | None = None
        self._tally = Tally()
        self._unseen: tuple[str, ...] = ()
        self._near: Side | None = None

    def at(self, moment: Moment) -> Showing:
        """The words of this moment; moments come in time order."""
        now_s = moment.pose.t_s
        self._expire(now_s)
        for event in moment.events:
            self._hear(event, now_s, moment.status.counted)
        outcome, flash, _ = self._verdict or (None, "", 0.0)
        is_searching = moment.status.phase == "searching"
        return Showing(
            prompt=advice.what_to_do(moment.status.obstacle, self._spec) if is_searching else "",
            cue=terms.with_signs(self._fault[0].cue) if self._fault else "",
            flash=flash,
            outcome=outcome,
            unseen=self._unseen,
            near=self._near,
            noun="hold" if self._spec.is_timed else "rep",
        )

    def _expire(self, now_s: float) -> None:
        if self._fault and now_s - self._fault[-1] >= SHOWN_S:
            self._fault = None
        if self._verdict and now_s - self._verdict[-1] >= SHOWN_S:
            self._verdict = None

    def _hear(self, event: Event, now_s: float, counted: int) -> None:
        self._tally.take([event])
        match event:
            case Fault():
                if not self._fault or _outranks(event, self._fault[0]):
                    self._fault = event, now_s
            case Attempt():
                is_good = self._tally.rep(event.number).is_good
                outcome = event.outcome if is_good or event.outcome != "full" else None
                flash = reasons.verdict(event, counted, is_good=is_good)
                self._verdict = outcome, flash, now_s
            case Lost():
                self._unseen = event.joints
            case Found() | PhaseChanged(phase="searching"):
                self._unseen = ()
            case Started():
                self._near, self._unseen = event.near, ()


def _outranks(later: Fault, shown: Fault) -> bool:
    return _RANK[later.severity] >= _RANK[shown.severity]
