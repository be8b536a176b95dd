"""An exercise as it can be scripted: its motion done well, and each way of doing it wrong.

One module in `exercises/` holds one `MOTION`. `compose` turns it and a plan, such as
`("good", "good", "knee_bent")`, into a script; who does it, where, and how it is filmed is drawn
elsewhere (`population`).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, Literal, Protocol

import numpy as np

from sample_videos.generator.body import Body
from sample_videos.generator.camera import Camera
from sample_videos.generator.kinematics import Figure, Side, other
from sample_videos.generator.motion import Kind, Rep, Script, Values
from sample_videos.generator.props import Block, Rod

View = Literal["side", "oblique", "front"]
Sides = Literal["both", "alternating", "each"]
"""both together; left and right in turn; one side for a whole set."""

SHORT_HOLD_SHARE = 0.4
"""Share of the asked hold for which a "short_hold" is held."""


class Exercise(Protocol):
    """A movement that a body can do."""

    id: str
    contacts: ClassVar[Mapping[str, tuple[str, ...]]]

    def figure(self, values: Values, side: Side | None) -> Figure:
        """The figure at the given values; `side` is the working one."""

    def measures(self, figure: Figure, camera: Camera) -> dict[str, float]:
        """Clinical measures of a figure, in degrees or as ratios."""

    @property
    def fixtures(self) -> tuple[Block, ...]:
        """What stands beside the body."""

    def held(self, figure: Figure) -> tuple[Rod, ...]:
        """What the body holds or pulls, at a figure."""


class Unaided:
    """An exercise that needs nothing but the floor.

    contacts: name -> the bones that rest on the floor at all times of a good rep.
    """

    contacts: ClassVar[Mapping[str, tuple[str, ...]]] = {}
    fixtures: tuple[Block, ...] = ()

    def measures(self, figure: Figure, camera: Camera) -> dict[str, float]:
        """What a physiotherapist would measure."""
        return figure.clinical()

    def held(self, figure: Figure) -> tuple[Rod, ...]:
        """Nothing."""
        return ()


@dataclass(frozen=True)
class Tempo:
    """How long a rep rises, holds, lowers and rests."""

    rise_s: float
    hold_s: float
    lower_s: float
    rest_s: float

    @property
    def duration_s(self) -> float:
        """Length of a whole rep."""
        return self.rise_s + self.hold_s + self.lower_s + self.rest_s


@dataclass(frozen=True)
class Flaw:
    """One way of doing a rep wrong; what is not given stays as in a good rep.

    top: values at the top. always: values at rest and at the top of the whole set. tempo: fields
    of the tempo. near: like `top` and `always`, but within two tracking errors of the threshold
    (the card's "borderline" row). kind: "partial" where the rep no longer reaches what is asked.
    views: from where it can be seen; empty for all views of the motion. drift: value -> by how much
    it gives way during the hold. towards: whose side must be turned to the camera for it to be
    seen, that of the working leg or the other. pose: of a cycle, the only pose that it spoils.
    """

    top: Values = field(default_factory=dict)
    always: Values = field(default_factory=dict)
    tempo: Mapping[str, float] = field(default_factory=dict)
    delays_s: Values = field(default_factory=dict)
    near: Values = field(default_factory=dict)
    kind: Kind = "fault"
    views: tuple[View, ...] = ()
    drift: Values = field(default_factory=dict)
    towards: Literal["working", "resting", ""] = ""
    pose: str = ""


@dataclass(frozen=True)
class Motion:
    """How an exercise is done well, and its flaws by the fault ids of the content sheet.

    top: values at the top of a good rep; several poses in turn (cat, cow) are given as `poses`
    instead. spread: value -> largest deviation of a good rep's top from it. partial: values at
    the top of a rep that does not reach what is asked; empty where there is no such thing.
    not_shown: fault id -> why no flaw stands for it. views: view -> range of the camera's azimuth
    on one side (0 front, 90 from the person's left); the other side is its mirror where
    `either_side`. lens_m: range of the lens's height.
    """

    exercise: Callable[[Body], Exercise]
    rest: Values
    top: Values
    tempo: Tempo
    views: Mapping[View, tuple[float, float]]
    sides: Sides = "both"
    poses: Mapping[str, Values] = field(default_factory=dict)
    spread: Values = field(default_factory=dict)
    partial: Values = field(default_factory=dict)
    flaws: Mapping[str, Flaw] = field(default_factory=dict)
    not_shown: Mapping[str, str] = field(default_factory=dict)
    sway: Values = field(default_factory=dict)
    travel: Values = field(default_factory=dict)
    lens_m: tuple[float, float] = (0.35, 0.75)
    either_side: bool = True
    on_mat: bool = True

    @property
    def cycle(self) -> int:
        """How many reps in turn make a whole: as many as there are poses."""
        return max(len(self.poses), 1)

    def views_of(self, fault: str) -> tuple[View, ...]:
        """The views that a flaw can be seen from."""
        return self.flaws[fault].views or tuple(self.views)


@dataclass(frozen=True)
class Manner:
    """How a person goes about a set: shares of 1.

    fatigue: how much of the way from rest to top the last rep loses. asymmetry: how much less far
    the right side goes. pace: factor on the seconds of rising and lowering. tremor: factor on the
    motion's sway.
    """

    fatigue: float = 0.0
    asymmetry: float = 0.0
    pace: float = 1.0
    tremor: float = 1.0


STEADY = Manner()


def compose(
    motion: Motion, plan: Sequence[str], *, seed: int, manner: Manner = STEADY, lead_s: float = 2.0,
    first_side: Side = "left", near: bool = False,
) -> Script:  # fmt: skip
    """The script of one set.

    plan: per rep "good", "short_hold", "partial" or the id of a flaw; in an exercise of several
    poses an entry stands for one pose of the cycle. near: flaws as close to their threshold as
    their `near` says. Raises KeyError for an id that the motion does not have.
    """
    rng = np.random.default_rng([seed, 1])
    always: dict[str, float] = {}
    for entry in plan:
        always |= _flaw(motion, entry, near=near).always
    reps = [
        _rep(motion, entry, nth, len(plan), rng=rng, manner=manner, first_side=first_side,
             near=near, always=always)
        for nth, entry in enumerate(plan)
    ]  # fmt: skip
    for nth, entry in enumerate(plan[1:]):
        rest_s = _flaw(motion, entry, near=near).tempo.get("rest_s")
        if rest_s is not None:  # a rest is told by the rep that ends it
            reps[nth] = replace(reps[nth], rest_s=rest_s)
    sway = {name: size * manner.tremor for name, size in motion.sway.items()}
    return Script({**motion.rest, **always}, lead_s, tuple(reps), sway, seed)


def _flaw(motion: Motion, entry: str, *, near: bool) -> Flaw:
    if entry in ("good", "short_hold"):
        return Flaw(kind=entry)
    if entry == "partial":
        return Flaw(top=motion.partial, kind="partial")
    flaw = motion.flaws[entry]
    if not near:
        return flaw
    return replace(
        flaw,
        top={k: flaw.near.get(k, v) for k, v in flaw.top.items()},
        always={k: flaw.near.get(k, v) for k, v in flaw.always.items()},
    )


def _rep(
    motion: Motion, entry: str, nth: int, count: int, *, rng: np.random.Generator,
    manner: Manner, first_side: Side, near: bool, always: Values,
) -> Rep:  # fmt: skip
    pose = list(motion.poses)[nth % len(motion.poses)] if motion.poses else None
    flaw = _flaw(motion, entry, near=near)
    if flaw.pose not in ("", pose):
        entry, flaw = "good", Flaw(kind="good")
    side = _side(motion.sides, nth, first=first_side)
    good = {**(motion.poses[pose] if pose else motion.top)}
    for name, most in motion.spread.items():
        good[name] += rng.uniform(-most, most)
    share = 1 - manner.fatigue * nth / max(count - 1, 1)
    share *= 1 - manner.asymmetry * (side == "right")
    rest = motion.rest
    top = {name: rest[name] + (value - rest[name]) * share for name, value in good.items()}
    asked = replace(motion.tempo, **flaw.tempo)
    pace = {part: 1.0 if part in flaw.tempo else manner.pace for part in ("rise_s", "lower_s")}
    held_s = asked.hold_s * (SHORT_HOLD_SHARE if entry == "short_hold" else 1)
    return Rep(
        kind=flaw.kind,
        top={**top, **{k: v for k, v in always.items() if good.get(k) == rest.get(k)}, **flaw.top},
        rise_s=asked.rise_s * pace["rise_s"],
        hold_s=held_s,
        lower_s=asked.lower_s * pace["lower_s"],
        rest_s=asked.rest_s,
        side=side,
        faults=(entry,) if entry in motion.flaws else (),
        pose=pose,
        delays_s=flaw.delays_s,
        travel=motion.travel,
        drift=flaw.drift,
    )


def _side(sides: Sides, nth: int, *, first: Side) -> Side | None:
    if sides == "both":
        return None
    return other(first) if sides == "alternating" and nth % 2 else first
