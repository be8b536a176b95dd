"""What the checker reports: frozen records in time order, from which every total is folded.

`Status` is the other thing it reports: how matters stand at this instant, for drawing.
Times are media time in seconds. Sides are the person's own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any, ClassVar, Literal

from formcheck.records.pose import Side
from formcheck.records.reasons import Bound, Obstacle, Reason

SCHEMA_VERSION = 1
"""Version of the records below as JSON; raised when a field changes its meaning."""

View = Literal["side", "oblique", "front"]
Phase = Literal["searching", "rest", "moving", "top", "falling", "paused"]
Outcome = Literal["full", "short_hold", "partial", "cut_off", "not_judged", "timed"]
"""cut_off: the position was reached, but the way there or back was not recorded. timed: a guided
hold, timed and not measured."""
Severity = Literal["info", "warn", "safety"]
Evidence = Literal["still", "repeated", "alone"]
"""What a rest is known by: it was held still; movements alike began and ended in it; or, at the end
of a recording, one whole movement did."""


@dataclass(frozen=True)
class Source:
    """What a rule or a number rests on.

    doc: a document id ("001") with its section in `at`; or "measured", "outside" or "ours",
    with on what, which work, or why in `at`.
    """

    doc: str
    at: str


@dataclass(frozen=True)
class Check:
    """One condition of a rep as it was judged: what was asked, and what was found.

    level: leave, reach, partial, hold, fall or back. text: the condition as the exercise file
    writes it, empty for the asked hold. bound: its numbers after the person's rest value and noise
    were put in. value: the best one found, NaN if never seen. met: None if it could not be judged.
    """

    level: str
    text: str
    bound: Bound
    value: float
    met: bool | None
    at_s: float | None


@dataclass(frozen=True)
class Started:
    """From here on movements are judged, on what evidence of a rest, and known since when."""

    kind: ClassVar[str] = "started"
    t_s: float
    view: View
    near: Side
    rest: dict[str, float]
    noise: dict[str, float]
    evidence: Evidence = "still"
    known_s: float = math.nan


@dataclass(frozen=True)
class PhaseChanged:
    """The movement went into another phase."""

    kind: ClassVar[str] = "phase"
    t_s: float
    phase: Phase


@dataclass(frozen=True)
class Lost:
    """The person, or joints that are needed, cannot be seen (any more)."""

    kind: ClassVar[str] = "lost"
    t_s: float
    joints: tuple[str, ...]


@dataclass(frozen=True)
class Found:
    """All that is needed is seen again."""

    kind: ClassVar[str] = "found"
    t_s: float


@dataclass(frozen=True)
class Hold:
    """A hold ended: `seconds` of it were in form, between start_s and t_s."""

    kind: ClassVar[str] = "hold"
    t_s: float
    start_s: float
    seconds: float
    attempt: int
    side: Side | None


@dataclass(frozen=True)
class Attempt:
    """A movement that left the start posture and came back, with its one outcome.

    number counts attempts from 1. reason: why it is not a full rep, None for a full one. top_s:
    the decisive moment. peak: the extreme of the primary measure. side: the leg that works;
    side_assumed where the view cannot carry the claim. hold_asked_s: 0 if none is asked.
    pose: of a cycle of two poses (cat, cow), the one taken; completes: whether it makes a whole
    rep, which the first pose of a cycle alone does not. start_seen, return_seen: whether the way
    there and back was recorded. in_hindsight: judged once the rest was known, not as it happened.
    """

    kind: ClassVar[str] = "attempt"
    t_s: float
    number: int
    outcome: Outcome
    reason: Reason | None
    start_s: float
    top_s: float
    hold_s: float
    hold_asked_s: float
    peak: float
    unit: str
    side: Side | None
    side_assumed: bool
    checks: tuple[Check, ...]
    pose: str = ""
    completes: bool = True
    start_seen: bool = True
    return_seen: bool = True
    in_hindsight: bool = False

    @property
    def is_reached(self) -> bool:
        """Whether the position was reached (full and short hold)."""
        return self.outcome in ("full", "short_hold")

    @property
    def counts(self) -> bool:
        """Whether it adds to the rep count."""
        return self.is_reached and self.completes


@dataclass(frozen=True)
class Discarded:
    """A movement too small to be an attempt; reported so that a missing rep can be explained."""

    kind: ClassVar[str] = "discarded"
    t_s: float
    start_s: float
    peak: float
    reason: Reason


@dataclass(frozen=True)
class Fault:
    """Form was wrong: which fault, when, in which attempt (None: in the start posture).

    rule: the conditions as the exercise file writes them; bounds: the same as numbers.
    """

    kind: ClassVar[str] = "fault"
    t_s: float
    id: str
    severity: Severity
    cue: str
    attempt: int | None
    side: Side | None
    value: float
    unit: str
    rule: str
    bounds: tuple[Bound, ...]
    source: Source

    @property
    def is_hint(self) -> bool:
        """Whether it is only worth knowing: nothing that has to be corrected."""
        return self.severity == "info"


@dataclass(frozen=True)
class NotJudged:
    """Something that was not judged, and why: reported, never guessed.

    what: ids of faults, with commas between them; "recording"; "wait", "rest" or "picture" for a
    stretch of it that began at since_s; or "hold" for that of an attempt. attempt: None if
    it is true of the whole.
    """

    kind: ClassVar[str] = "not_judged"
    t_s: float
    what: str
    reason: Reason
    attempt: int | None = None
    since_s: float = math.nan


@dataclass(frozen=True)
class Remark:
    """A finding about several reps together: the side that worked twice running, or the side or
    the pose of a cycle that was left out."""

    kind: ClassVar[str] = "remark"
    t_s: float
    id: Literal["not_alternating", "side_missing", "pose_missing"]
    side: Side | None = None
    pose: str = ""


Event = (
    Started | PhaseChanged | Lost | Found | Hold | Attempt | Discarded | Fault | NotJudged | Remark
)


def attempt_of(event: Event) -> int | None:
    """The number of the attempt that an event is, or belongs to; None for those of none."""
    match event:
        case Attempt():
            return event.number
        case Hold() | Fault() | NotJudged():
            return event.attempt
    return None


def plain(value: Any) -> Any:
    """The same as JSON values, with None for every number that strict JSON cannot say."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


@dataclass(frozen=True)
class Reading:
    """A measure at one instant, with the landmarks it was read from.

    shape: how to draw it: "angle" at the middle one of three landmarks, "tilt" of the line
    between two against the floor, or "none". landmarks: indices into `Pose.xy_px`.
    ok: whether its condition is met, None where it is not judged now.
    """

    name: str
    title: str
    value: float
    unit: str
    shape: Literal["angle", "tilt", "none"]
    landmarks: tuple[int, ...]
    ok: bool | None


@dataclass(frozen=True)
class Status:
    """How matters stand at an instant, for drawing: nothing here is a judgement of its own.

    t_s: the instant it tells of. counted: full and short-held reps so far. hold_s: the running
    hold, 0 outside one. primary: the value the phases go by; levels: its leave, reach, fall and
    back as numbers, where they are known. readings: what is being judged, for the drawn lines.
    floor_deg: by how much the floor leans in the picture, anticlockwise.
    obstacle: while the start posture is waited for, what is amiss: "looking" until a pose is seen,
    empty where it only has to be held. hold_most_s: the longest hold asked, 0 for none. pose: of a
    cycle, the pose that is being taken.
    """

    t_s: float
    phase: Phase
    counted: int
    attempts: int
    side: Side | None
    hold_s: float
    hold_asked_s: float
    primary: float
    levels: dict[str, float]
    readings: tuple[Reading, ...]
    floor_deg: float
    obstacle: Obstacle | Literal["looking", ""] = ""
    hold_most_s: float = 0.0
    pose: str = ""
