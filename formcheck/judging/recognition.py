"""Which exercise is being done: every one is tried, and the one that explains the movement is told.

A checker of each exercise watches the same poses. What it counts is gathered into sets, and the
sets that explain the most are kept, none of them overlapping another. So a session is split into
its sets, and a movement that no exercise counts is none of these.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from formcheck.exercises.model import ExerciseSpec
from formcheck.judging.checker import Checker
from formcheck.records.events import Attempt, Fault
from formcheck.records.pose import Pose
from formcheck.records.report import begins_set

Sureness = Literal["sure", "likely", "unsure"]

THINNED_S = 1 / 15.5
"""Poses nearer to the one before are left out, for 37 judges watch: of 30 a second 15 stay, of 15
all, for the flight of a jump is not seen in fewer."""

FAULTY, PARTIAL, TIMED, UNFINISHED = 0.4, 0.1, 0.3, 0.6
"""What a warning takes from an attempt that was reached, and what a partial one, a guided hold, and
one that was held but not seen to come back are worth against it (ours)."""

LEAST_SCORE = 0.6
"""Less than this explains nothing; a timed or guided hold also lasts at least `LEAST_HOLD_S`."""

LEAST_HOLD_S = 5.0
UNFINISHED_HOLD_S = 2.0
"""So long is the top held of an attempt that explains something without its way back (ours)."""

AFTERMATH_S = 3.0
"""One attempt that begins so soon after a set is how the person leaves it (ours)."""

STRETCH_S = 15.0
"""Where every dose asks for so long a hold, as of a timed one, one shorter than `LEAST_HOLD_S` is
another movement: lunges pass through the stretch of the hip flexors (ours)."""

TWO = 1.5
"""From this score on more than one movement was seen; partial ones beside one do not come to it."""

BRIEF_S = 1.0
"""One movement alone that is over so soon may be a step (ours: one of a man who walks up lasts
0.7 s, reps that are alone in a recording 1.7 and more)."""

CONTESTED, CLEAR = 0.8, 0.5
"""With another exercise that scores this share it is unsure; with less than this, sure (ours)."""

FITS_AS_WELL = 0.9
"""The share of the best score from which an exercise fits as well as the best one (ours)."""

OVERLAPPING = 0.5
"""Two sets tell of the same movement if they share this part of the shorter one (ours)."""


@dataclass(frozen=True)
class Candidate:
    """A set as one exercise sees it: its span and how much of the movement it explains."""

    spec: ExerciseSpec
    start_s: float
    end_s: float
    score: float

    def overlaps(self, other: Candidate) -> bool:
        """Whether both tell of the same movement."""
        shared_s = min(self.end_s, other.end_s) - max(self.start_s, other.start_s)
        shorter_s = min(self.end_s - self.start_s, other.end_s - other.start_s)
        return shared_s > OVERLAPPING * shorter_s


@dataclass(frozen=True)
class Recognised:
    """One set: the exercise, when, how sure, others that look the same to a camera, and others that
    explain it nearly as well."""

    spec: ExerciseSpec
    start_s: float
    end_s: float
    sureness: Sureness
    twins: tuple[str, ...]
    rivals: tuple[str, ...] = ()


def as_json(one: Recognised) -> dict[str, object]:
    """What was recognised as JSON values."""
    return {
        "exercise": one.spec.id, "start_s": round(one.start_s, 3), "end_s": round(one.end_s, 3),
        "sureness": one.sureness, "twins": list(one.twins), "rivals": list(one.rivals),
    }  # fmt: skip


class Recogniser:
    """Takes poses in time order; `finish` tells the sets that were seen in them."""

    def __init__(self, specs: Iterable[ExerciseSpec]) -> None:
        self._watches = [(spec, Checker(spec.with_dose(), is_named=False)) for spec in specs]
        self._attempts: dict[str, list[Attempt]] = {spec.id: [] for spec, _ in self._watches}
        self._faults: dict[str, list[Fault]] = {spec.id: [] for spec, _ in self._watches}
        self._last_s = float("-inf")

    def take(self, pose: Pose) -> None:
        """Take the next pose."""
        if pose.t_s - self._last_s < THINNED_S:
            return
        self._last_s = pose.t_s
        for spec, checker in self._watches:
            self._note(spec.id, checker.update(pose))

    def _note(self, exercise: str, events: Sequence[object]) -> None:
        self._attempts[exercise] += [e for e in events if isinstance(e, Attempt)]
        self._faults[exercise] += [e for e in events if isinstance(e, Fault)]

    def finish(self) -> list[Recognised]:
        """The sets in time order; none where no exercise explains what was seen."""
        for spec, checker in self._watches:
            self._note(spec.id, checker.finish())
        found = [
            candidate
            for spec, _ in self._watches
            for candidate in candidates(spec, self._attempts[spec.id], self._faults[spec.id])
        ]
        return resolved(found)


def candidates(
    spec: ExerciseSpec, attempts: Sequence[Attempt], faults: Sequence[Fault]
) -> list[Candidate]:
    """The sets of one exercise, each with its score."""
    warned = {f.attempt for f in faults if not f.is_hint or spec.mode == "guided"}
    sets: list[list[Attempt]] = []
    for attempt in attempts:
        if not sets or begins_set(attempt, before=sets[-1][-1]):
            sets.append([])
        sets[-1].append(attempt)
    found = [
        Candidate(spec, one[0].start_s, one[-1].t_s, sum(_worth(a, warned) for a in one))
        for one in sets
        if any(_explains(spec, a) for a in one)
    ]
    return [candidate for candidate in found if candidate.score >= least(spec)]


def least(spec: ExerciseSpec) -> float:
    """The score from which a set is one."""
    return TIMED if spec.mode == "guided" else LEAST_SCORE


def _explains(spec: ExerciseSpec, attempt: Attempt) -> bool:
    if _is_one_hold(spec):
        return attempt.hold_s >= LEAST_HOLD_S
    return attempt.is_reached or _is_unfinished(attempt)


def _is_one_hold(spec: ExerciseSpec) -> bool:
    """Whether one long hold is all that is done."""
    return spec.is_timed or all(dose.hold_s >= STRETCH_S for dose in spec.dose)


def _is_unfinished(attempt: Attempt) -> bool:
    """Whether the top was held, and only how it ended was not seen: the recording stops."""
    return attempt.outcome in ("not_judged", "cut_off") and attempt.hold_s >= UNFINISHED_HOLD_S


def _worth(attempt: Attempt, warned: set[int | None]) -> float:
    if attempt.is_reached:
        return 1.0 - FAULTY * (attempt.number in warned)
    if attempt.outcome == "timed":
        # Whoever lifts a foot or the hips meanwhile does something else.
        return TIMED * (attempt.number not in warned)
    if _is_unfinished(attempt):
        return UNFINISHED * (attempt.number not in warned)
    return PARTIAL * (attempt.outcome == "partial")


def resolved(found: Sequence[Candidate]) -> list[Recognised]:
    """Of candidates that tell of the same movement, the one that explains it best."""
    left = sorted(found, key=lambda one: (-one.score, one.start_s))
    kept: list[Recognised] = []
    while left:
        rivals = [one for one in left if one.overlaps(left[0])]
        best = _best(rivals)
        same = [one for one in rivals if are_twins(one.spec, best.spec) and one is not best]
        others = [one for one in rivals if one is not best and one not in same]
        kept.append(_told(best, same, [one for one in others if not _gives_way(one, best)]))
        left = [one for one in left if not one.overlaps(best) and not _is_aftermath(one, best)]
    return sorted(kept, key=lambda one: one.start_s)


def _is_aftermath(one: Candidate, best: Candidate) -> bool:
    """Whether one attempt alone follows at once on a set: as of a person who gets up, or steps
    aside."""
    follows = best.start_s <= one.start_s <= best.end_s + AFTERMATH_S
    return follows and _is_plain(best) and not _is_plain(one)


def _best(rivals: Sequence[Candidate]) -> Candidate:
    """The highest score, unless another of about that score is meant where both fit."""
    best = rivals[0]
    for one in rivals[1:]:
        if best.spec.id in one.spec.over and one.score >= FITS_AS_WELL * best.score:
            best = one
    return best


def _gives_way(one: Candidate, best: Candidate) -> bool:
    return one.spec.id in best.spec.over


def _is_plain(best: Candidate) -> bool:
    """Whether more was seen than one attempt, which may be anything: hips that are set down once
    look like a crunch. A long hold is one attempt by its nature, and plain if it was good."""
    return best.score >= TWO or (best.score >= 1 and _is_one_hold(best.spec))


def _told(best: Candidate, twins: Sequence[Candidate], others: Sequence[Candidate]) -> Recognised:
    share = max((one.score for one in others), default=0.0) / best.score
    sureness: Sureness = "unsure" if share >= CONTESTED else "sure" if share < CLEAR else "likely"
    if sureness == "sure" and not _is_plain(best):
        sureness = "likely"
    is_little = best.score < 1 or (best.end_s - best.start_s < BRIEF_S and not _is_plain(best))
    if is_little or best.spec.mode == "guided":
        # Of a guided one nothing shows; of a little, not even one whole movement in good form.
        sureness = "unsure"
    rivals = [one for one in others if one.score >= CONTESTED * best.score]
    return Recognised(
        best.spec, best.start_s, best.end_s, sureness, _names(twins), rivals=_names(rivals)
    )


def _names(some: Iterable[Candidate]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.spec.id for one in some))


def are_twins(one: ExerciseSpec, other: ExerciseSpec) -> bool:
    """Whether a camera sees no difference: the same start, and the same levels of a rep."""
    return one.start.posture == other.start.posture and one.rep == other.rep
