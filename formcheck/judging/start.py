"""Waiting for the start posture: who lies how, from where, and whether it is held still.

A posture held for `STILL_S` is one of the three evidences of a rest (the others: `evidence.py`;
design.md, law 4). What is learnt of a rest, the `Bearings`, holds until the person leaves.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np

from formcheck.exercises.model import ExerciseSpec
from formcheck.judging.conditions import SignalBank, Watch, parts, read_signal, unseen_joints
from formcheck.judging.hold_clock import BRIDGED_S
from formcheck.measuring.camera_view import (
    SIDE_VIEW_SIGNAL,
    VIEW_BOUNDS,
    first_sight,
    floor_of,
    is_turned_from,
    near_side,
    on_screen,
    view_of,
)
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.scene import CHAIN_SHARE, DEFAULT_STATURE_IN, Bearings, Scene
from formcheck.measuring.smoothing import HALF_WINDOW_S, Sample, Smoother
from formcheck.records.events import Evidence
from formcheck.records.pose import Floats, Pose, Side
from formcheck.records.reasons import Obstacle

STILL_S = 0.8
"""How long the start posture must be held still (design.md, law 4: about one second)."""

STILL_IQR_DEG = (3.0, 8.0)
"""The middle half of the smoothed primary measure must lie within twice its jitter, the jitter
being taken as no less and no more than this allows (ours): the upper bound is a still person seen
with noise of 4 % of the torso, the most that is counted through."""

DEGREES_OF = {"deg": 1.0}
RADIAN_DEG = 57.3
"""Lengths are held against bounds in degrees as what an arm of length 1 sweeps (ours)."""

STILL_DRIFT = 0.75
"""Its first and second half may differ by this share of that, or a slow lift would pass."""

STILL_TORSO = 0.12
"""The middle half of the hips' places must lie within this share of the torso: no walking."""

CLEAR_DEG = 5.0
"""The rest must lie so far short of the reach and the fall, or a hold would never end (ours)."""

TILTED_DEG = 25.0
"""A floor or a person leaning more than this in the picture cannot be put right (ours)."""

SOLE_DEG = 15.0
"""A camera that is tilted turns a flat sole as far as the body, within this (ours); of somebody who
lies aslant, with the back on a bench, the sole stays level."""

LYING_DEG = 60.0
"""Leaning more than this, a person lies where standing was asked for, however the camera is."""


@dataclass(frozen=True)
class Rest:
    """How a person rests in the start posture, and on what evidence: what judging goes by.

    t_s: when it was known. poses: those that show it. stretch: what is gone back over and judged
    with it, up to now; none where it begins with the rest. is_whole_shot: whether the stretch
    begins with the shot, so that a movement may be under way.
    """

    evidence: Evidence
    t_s: float
    bearings: Bearings
    poses: tuple[Pose, ...]
    stretch: tuple[Pose, ...] = ()
    is_whole_shot: bool = False


@dataclass(frozen=True)
class Glance:
    """One moment of the wait: the primary measure, and whether the start posture was there."""

    t_s: float
    primary: float
    in_start: bool


class StartWatch:
    """Feeds on poses until the start posture is held still; `obstacle` says what is amiss.

    glances: the moments since they were last taken away.
    """

    def __init__(self, spec: ExerciseSpec, *, stature_in: float | None, near: Side | None) -> None:
        self._spec = spec
        self._view_bound = spec.side_view or VIEW_BOUNDS.get(spec.camera, math.nan)
        self._stature_in = stature_in or DEFAULT_STATURE_IN
        self._near = near
        clauses = (*spec.start.posture.start, *spec.start.require)
        wanted = [clause.signal for clause in clauses]
        self._primary = spec.rep.measure
        self._bank = SignalBank([self._primary, SIDE_VIEW_SIGNAL, *wanted])
        (self._side_view,) = self._bank.columns(SIDE_VIEW_SIGNAL)
        self._posture = tuple(Watch(c, self._bank.columns(c.signal)) for c in clauses)
        for watch in self._posture:
            watch.bind(lambda _: 0.0, lambda _: 0.0)
        self._required = len(spec.start.require)
        self.glances: deque[Glance] = deque()
        self.obstacle: Obstacle | Literal["looking", ""] = "looking"
        self.tally_s: dict[str, float] = defaultdict(float)
        self.unseen: Counter[str] = Counter()
        self.since_s = math.nan
        self._given = self._ruled_out = math.nan
        self._reset("left")

    def _reset(self, near: Side) -> None:
        self._guess: Side = self._near or near
        self._smoother = Smoother()
        self._poses: deque[Pose] = deque()
        self._held: deque[Sample] = deque()

    @property
    def lacks_outline(self) -> bool:
        """Whether every joint was seen, and only the outline of the body is missing."""
        return self._spec.needs_outline and not self.unseen

    def begin_anew(self) -> None:
        """What was seen belongs to another shot; only what stood in the way stays counted."""
        self._given = self._ruled_out = math.nan
        self._reset(self._guess)

    def rule_out(self) -> None:
        """The still moment that was given first was no rest; nor is one as near to the top."""
        self._ruled_out = self._given
        self._held.clear()

    def update(self, pose: Pose) -> Rest | None:
        """Take the next pose; gives the rest once, when the posture has been held still."""
        if self._near is None and self._has_turned(pose):
            self._reset(near_side(pose))
        self._tally(pose)
        self._poses.append(pose)
        while pose.t_s - self._poses[0].t_s > 2 * STILL_S + 2 * HALF_WINDOW_S:
            self._poses.popleft()
        values = self._bank.read(self._scene(pose))
        for sample in self._smoother.add(pose.t_s, values):
            self._hold(sample)
        return self._still()

    def finish(self) -> None:
        """Nothing more comes: the last glances."""
        for sample in self._smoother.finish():
            self._hold(sample)

    def _scene(self, pose: Pose, *, floor_deg: float = 0.0) -> Scene:
        seen = first_sight(pose, self._guess)
        return Scene(pose, replace(seen, floor_deg=floor_deg, works=self._spec.works))

    def _has_turned(self, pose: Pose) -> bool:
        """Whether the other side than was guessed has plainly been nearer for half the wait."""
        if not is_turned_from(self._guess, pose):
            return False
        seen = [p for p in self._poses if p.is_seen]
        return 2 * sum(is_turned_from(self._guess, p) for p in seen) >= len(seen)

    def _tally(self, pose: Pose) -> None:
        if math.isnan(self.since_s):
            self.since_s = pose.t_s
        before_s = self._poses[-1].t_s if self._poses else pose.t_s
        if pose.t_s - before_s <= BRIDGED_S:
            self.tally_s[self.obstacle] += pose.t_s - before_s

    def _hold(self, sample: Sample) -> None:
        self.obstacle = self._obstacle(sample)
        self.glances.append(Glance(sample.t_s, float(sample.values[0]), not self.obstacle))
        if self.obstacle:
            self._held.clear()
            return
        if self._held and sample.t_s - self._held[-1].t_s > BRIDGED_S:
            self._held.clear()
        self._held.append(sample)
        while len(self._held) > 1 and sample.t_s - self._held[1].t_s >= STILL_S:
            self._held.popleft()

    def _obstacle(self, sample: Sample) -> Obstacle | Literal[""]:
        """The first thing amiss: nobody, view, unseen, posture or shape; empty for none."""
        pose = min(self._poses, key=lambda p: abs(p.t_s - sample.t_s))
        if not pose.is_seen:
            return "nobody"
        # A body that lies towards the camera hides its own legs: it is the view that is wrong.
        side_view = float(sample.values[self._side_view])
        if not math.isnan(side_view) and not self._has_view(side_view):
            return "view"
        met = [_is_met(watch, sample) for watch in self._posture]
        if None in met or np.isnan(sample.values[[0, self._side_view]]).any():
            seen_so_far = self._scene(pose).bearings
            self.unseen.update(unseen_joints(self._bank.signals, pose, seen_so_far))
            return "unseen"
        if self._lies_aslant(pose):
            return "posture"
        if False in met and self._is_tilted(pose):
            return "tilted"
        if False in met[: len(met) - self._required]:
            return "posture"
        return "shape" if False in met else ""

    def _is_tilted(self, pose: Pose) -> bool:
        """Whether the whole start posture is there once the picture is turned level."""
        lean_deg, _ = floor_of(self._scene(pose), self._spec.start.posture.floor)
        if not TILTED_DEG < abs(lean_deg) < LYING_DEG:
            return False
        level = self._scene(pose, floor_deg=on_screen(lean_deg, self._guess))
        values = self._bank.read(level)
        seen = Sample(pose.t_s, values, values)
        return all(_is_met(watch, seen) for watch in self._posture)

    def _lies_aslant(self, pose: Pose) -> bool:
        """Whether the body leans in the picture and the sole that stands on the floor does not."""
        scene, posture = self._scene(pose), self._spec.start.posture
        (lean_deg, _), (sole_deg, _) = (floor_of(scene, f) for f in (posture.floor, "heel to toe"))
        is_off = abs(lean_deg - sole_deg) > SOLE_DEG
        return posture.on_soles and abs(lean_deg) > TILTED_DEG and is_off

    def _has_view(self, side_view: float) -> bool:
        match self._spec.camera:
            case "side":
                return side_view >= self._view_bound
            case "front":
                return side_view <= self._view_bound
        return True

    def _still(self) -> Rest | None:
        held = self._held
        if not held or held[-1].t_s - held[0].t_s < STILL_S or len(held) < 4:
            return None
        poses = [p for p in self._poses if p.is_seen and p.t_s >= held[0].t_s]
        if not self._is_still(held, poses):
            self.obstacle = "moving"
            return None
        primary, side_view = (
            float(np.median([s.values[i] for s in held])) for i in (0, self._side_view)
        )
        bearings = self._bearings(poses, side_view)
        self.obstacle = self._amiss(bearings, primary)
        if self.obstacle:
            return None
        self._given = primary if math.isnan(self._given) else self._given
        shown = tuple(p for p in self._poses if p.t_s >= held[0].t_s)
        return Rest("still", held[-1].t_s, bearings, shown)

    def bearings_of(self, poses: Sequence[Pose]) -> Bearings | None:
        """How the person is placed in poses that show the start posture; None where they cannot be
        judged from there."""
        values = np.stack([self._bank.read(self._scene(pose)) for pose in poses])
        primary, side_view = values[:, 0], values[:, self._side_view]
        if np.isnan(primary).all() or np.isnan(side_view).all():
            return None
        bearings = self._bearings(poses, float(np.nanmedian(side_view)))
        return None if self._amiss(bearings, float(np.nanmedian(primary))) else bearings

    def _amiss(self, bearings: Bearings, primary: float) -> Literal["tilted", "near", ""]:
        """What keeps a rest in the start posture from being judged."""
        if not max(abs(bearings.floor_deg), abs(bearings.pitch_deg)) <= TILTED_DEG:
            return "tilted"
        return "" if self._is_clear(primary) and not self._is_ruled_out(primary) else "near"

    def _is_ruled_out(self, primary: float) -> bool:
        """Whether it is not yet on the way back from what was ruled out."""
        rep = self._spec.rep
        least = abs(rep.leave[0].limit()) if rep.leave[0].from_rest else 0.0
        return rep.sign * (primary - self._ruled_out) > -least

    def _is_clear(self, rest: float) -> bool:
        """Whether the resting value of the primary measure is short of the reach and the fall."""
        rep = self._spec.rep
        if self._spec.is_timed:
            return True
        sign = 1 if rep.leave[0].wants_more else -1
        return all(
            sign * (clause.limit() - rest) >= CLEAR_DEG
            for clause in (*rep.reach, *rep.fall)
            if clause.signal == self._primary and clause.unit == "deg" and not clause.from_rest
        )

    def _is_still(self, held: Sequence[Sample], poses: Sequence[Pose]) -> bool:
        primary = [float(sample.values[0]) for sample in held]
        half = len(primary) // 2
        per_unit = DEGREES_OF.get(REGISTRY[self._primary.name].unit, RADIAN_DEG)
        low, high = (bound / per_unit for bound in STILL_IQR_DEG)
        drift = abs(float(np.median(primary[:half]) - np.median(primary[half:])))
        allowed = float(np.clip(2 * _jitter(held), low, high))
        if _spread(np.array(primary)) > allowed or drift > STILL_DRIFT * allowed:
            return False
        bodies = [self._scene(pose).body("near") for pose in poses]
        torso_px = float(np.median([body.torso_px for body in bodies]))
        places = np.array([body.mid("hip") for body in bodies]) / torso_px
        return max(_spread(places[:, 0]), _spread(places[:, 1])) <= STILL_TORSO

    def _bearings(self, poses: Sequence[Pose], side_view: float) -> Bearings:
        near = self._near or near_side(*poses)
        guess = Bearings(near=near, view=view_of(side_view))
        floors = [floor_of(Scene(p, guess), self._spec.start.posture.floor) for p in poses]
        chains = [Scene(p, guess).body("near").chain_px() for p in poses]
        leans_deg = [lean for lean, _ in floors if not math.isnan(lean)]
        lean, pitch = np.median(leans_deg or [0.0]), np.median([pitch for _, pitch in floors])
        return Bearings(
            near=near,
            view=guess.view,
            floor_deg=on_screen(float(lean), near),
            pitch_deg=float(pitch),
            stature_px=float(np.median(chains)) / CHAIN_SHARE,
            stature_in=self._stature_in,
            works=self._spec.works,
        )


def _is_met(watch: Watch, sample: Sample) -> bool | None:
    """Whether a clause of the start posture holds, None where it cannot be told; what has to hold
    only if it is seen does while it is hidden."""
    value = watch.value(sample)
    if math.isnan(value):
        return True if watch.clause.if_seen else None
    return watch.includes(value)


def _jitter(held: Iterable[Sample]) -> float:
    """How far the raw primary measure stands from the smoothed one, as a deviation."""
    return float(np.nanstd([sample.raw[0] - sample.values[0] for sample in held]))


def _spread(values: Floats) -> float:
    low, high = np.percentile(values, [25, 75])
    return float(high - low)


def holds_start(spec: ExerciseSpec) -> Callable[[Pose], bool]:
    """Whether a pose is the start posture of an exercise, for choosing among several people."""
    clauses = (*spec.start.posture.start, *spec.start.require)

    def holds(pose: Pose) -> bool:
        scene = Scene(pose, first_sight(pose))
        return all(
            clause.margin(value) >= 0 or (clause.if_seen and math.isnan(value))
            for clause in clauses
            for value in (read_signal(part, scene) for part in parts(clause.signal))
        )

    return holds
