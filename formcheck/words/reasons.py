"""Why something was not judged, or is no full rep, in words."""

from __future__ import annotations

from formcheck.exercises.model import ExerciseSpec
from formcheck.measuring.measures import REGISTRY
from formcheck.records.events import Attempt, NotJudged, Remark
from formcheck.records.reasons import Bound, Miss, Reason, ReasonCode
from formcheck.words import terms
from formcheck.words.advice import what_to_do

_WORDS: dict[ReasonCode, str] = {
    "nobody": "nobody was seen",
    "posture": "the start position was not taken",
    "view": "wrong camera view",
    "shape": "the start position was not taken",
    "moving": "the start position was not held still for a second",
    "near": "you started too close to the end position",
    "tilted": "the camera is not level",
    "cut": "the picture jumps before the return",
    "recording_ended": "the recording ends before the return",
    "posture_left": "the exercise position was left before the return",
    "turned": "the person turned; hold the start position still once more",
    "too_small": "a movement too small to be a rep",
    "start_not_seen": "begun before the recording",
    "return_not_seen": "the recording ends before the return",
    "jumped": "that was a jump: both feet left the floor",
    "unlike": "unlike the other reps",
    "not_measured": "timed, not measured",
    "no_outline": "no outline of the body was recorded",
    "seen_too_briefly": "not visible for long enough",
    "picture_stands_still": "the picture stands still",
}

TOO_BRIEF = "the end position was touched too briefly"


def why(reason: Reason | None) -> str:
    """The reason in words, without a capital or full stop; empty for none."""
    match reason:
        case None:
            return ""
        case Reason(code="unseen"):
            return f"{', '.join(reason.joints) or 'the person'} not visible"
        case Reason(code="not_reached"):
            return "; ".join(map(_missed, reason.misses)) or TOO_BRIEF
        case Reason(code="held_too_short"):
            return f"held {terms.seconds(reason.held_s)} of {reason.asked_s:g} s"
        case Reason(code="stalled"):
            return f"the recording stalled for {terms.seconds(reason.lasted_s)}"
        case Reason(code="other_view"):
            return f"seen from the {' or '.join(reason.views)} only"
    return _WORDS[reason.code]


def never_judged(reason: Reason, spec: ExerciseSpec) -> str:
    """Why a whole recording was not judged, and what to do about it."""
    text = why(reason)
    if reason.code == "unseen":
        text = "not all of the body that is needed was seen"
        if reason.joints:
            text += f" (most often missing: {', '.join(reason.joints)})"
    return f"{text}; {_begun(what_to_do(reason.code, spec))}"


def not_judged(item: NotJudged, spec: ExerciseSpec) -> str:
    """Why something was not judged."""
    is_whole = item.what == "recording"
    return never_judged(item.reason, spec) if is_whole else why(item.reason)


def what(item: NotJudged) -> str:
    """What was not judged: faults by their names, the recording, or a stretch of it."""
    match item.what:
        case "wait" | "picture":
            return terms.span(item.since_s, item.t_s)
        case "rest":
            return f"from {terms.clock(item.since_s)} on"
        case "recording":
            return "the recording"
    return terms.name(item.what)


def verdict(attempt: Attempt, counted: int, *, is_good: bool) -> str:
    """One line on an attempt that just ended; counted: the reps so far, with this one.

    is_good: no problem was found; without it a full rep counts, and is not praised.
    """
    reason = why(attempt.reason)
    if attempt.is_reached:
        found = f": {reason}" if reason else " good" if is_good else " counted"
        return f"Rep {counted}{found}{_joined(attempt)}"
    outcome = terms.OUTCOMES[attempt.outcome]
    return f"{outcome}: {reason}" if reason else outcome


def _joined(attempt: Attempt) -> str:
    """That a hold was timed from the first picture on, for it had begun before."""
    return "" if attempt.start_seen else f"; {_WORDS['start_not_seen']}"


def remark(found: Remark) -> str:
    """A finding about several reps together."""
    match found.id:
        case "not_alternating":
            return f"the {found.side} side worked twice in a row; change sides each time"
        case "pose_missing":
            return f"the {found.pose} was left out; a rep needs both"
    return f"no rep was counted on the {found.side} side"


def _missed(miss: Miss) -> str:
    """Such as "hip line 145°, needs 155°"."""
    bound, unit = miss.bound, miss.bound.unit
    title = REGISTRY[bound.measure].title.lower()
    if bound.either_way:
        moved = abs(miss.value - bound.rest)
        asked = bound.limit - bound.rest
        return f"{title} moved {terms.value(moved, unit)}, needs {terms.value(asked, unit)}"
    return f"{title} {terms.value(miss.value, unit)}, needs {_asked(bound)}"


def _asked(bound: Bound) -> str:
    if bound.is_range:
        return f"{terms.value(bound.low, bound.unit)} to {terms.value(bound.high, bound.unit)}"
    at_most = "" if bound.wants_more else "at most "
    return at_most + terms.value(bound.limit, bound.unit)


def _begun(text: str) -> str:
    return text[:1].lower() + text[1:]
