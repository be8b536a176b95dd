"""Good form whose rests, tops and reps are known without asking any gate of its exercise.

Of real people (`../shared/clips` and `../shared/recordings`) the turning points of the primary
measure tell them; of scripted bodies the script does. A range whose label names a fault shows good
postures all the same, for nobody is refused for a fault.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from accuracy.real_cases import Range, ranges
from accuracy.twins import TwinTake, cast
from formcheck.exercises.catalog import find_spec
from formcheck.exercises.model import ExerciseSpec
from formcheck.judging.conditions import WORKING, SignalBank, own_rests
from formcheck.measuring.camera_view import (
    SIDE_VIEW_SIGNAL,
    floor_of,
    near_side,
    on_screen,
    view_of,
)
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.movement import Movement
from formcheck.measuring.scene import CHAIN_SHARE, Bearings, Scene
from formcheck.measuring.signals import Signal
from formcheck.measuring.smoothing import Sample, Smoother
from formcheck.records.pose import Floats, Pose
from sample_videos.generator.camera import place_camera
from sample_videos.generator.clip import Clip, Take
from sample_videos.generator.exercises import all_motions
from sample_videos.generator.motion import RepTimes
from sample_videos.generator.population import TUNING_SEEDS, draw
from sample_videos.generator.truth import true_outline, true_pose

TURN_S = 0.15
"""What lies so near to a turning point shows the rest, or the top, itself."""

TURN_SHARE = 0.5
"""A turning point is believed once the measure has gone back by so much of its whole way."""

AT_REST_SHARE = 0.35
"""A low turning point within so much of the way of the lowest is a rest, a high one that near to
the highest a top."""

PLAIN_SHARE = 0.3
"""From so much of the way on a rep is plainly under way, as `Movement.partial_way` asks."""

OFF_DEG, UP_DEG = (0, 15, 30), (-20, -10, 0, 10, 20)
"""How far scripted bodies are filmed off the side or the front, and from above their middle."""

LOWEST_LENS_M = 0.05
"""No camera stands in the floor, so lying people are never seen from far below."""

FPS = 10
LONG_S = 8.0
"""Of a longer scripted rep one is filmed, of a shorter one two."""

Span = tuple[float, float]


@dataclass(frozen=True)
class Rep:
    """From one rest to the next; the span of its top, and when it is as far as it goes."""

    start_s: float
    end_s: float
    top: Span
    top_s: float


@dataclass(frozen=True)
class Good:
    """A stretch of good form, sampled as it is judged. camera: from where, empty for a real one.
    is_faultless: whether its reps are good too, not only its postures."""

    exercise: str
    name: str
    camera: str
    is_faultless: bool
    bank: SignalBank
    bearings: Bearings
    samples: tuple[Sample, ...]
    rests: tuple[Span, ...]
    reps: tuple[Rep, ...]

    def within(self, spans: Iterable[Span]) -> list[Sample]:
        """The samples of some spans."""
        wanted = list(spans)
        return [s for s in self.samples if any(a <= s.t_s <= b for a, b in wanted)]

    def rest(self, signal: Signal) -> float:
        """What a signal reads at rest; of two sides, their mean."""
        return float(np.mean([_median(self._at_rest[:, i]) for i in self.bank.columns(signal)]))

    @property
    def _at_rest(self) -> Floats:
        found = self.within(self.rests)
        return np.array([s.values for s in found]).reshape(-1, len(self.bank.signals))

    def movement(self, rep: Rep, *, primary: Signal, sign: int) -> Movement:
        """A rep as the judge of faults takes it."""
        (column,) = self.bank.columns(primary)
        made = Movement(rep.start_s, column, sign, self.rest(primary))
        if self.camera:
            made.tops.append(rep.top)
        for sample in self.within([(rep.start_s, rep.end_s)]):
            made.add(sample)
        made.partial_way = PLAIN_SHARE * made.way(made.peak)
        return made


def _median(values: Floats) -> float:
    return float("nan") if np.isnan(values).all() else float(np.nanmedian(values))


def bank_of(spec: ExerciseSpec) -> SignalBank:
    """All that start, keep, levels and faults read."""
    gates = (*spec.start.posture.start, *spec.start.posture.keep)
    wanted = [*spec.signals(), *(clause.signal for clause in gates)]
    measured = [signal for signal in wanted if signal.name in REGISTRY]
    works = [WORKING] if spec.works else []
    return SignalBank([*measured, *own_rests(measured), SIDE_VIEW_SIGNAL, *works])


def bearings_of(poses: Sequence[Pose], spec: ExerciseSpec) -> Bearings:
    """How a person is placed in poses that show the rest, as a lock finds it."""
    near = near_side(*poses)
    guess = Bearings(near=near, view="side", works=spec.works)
    bodies = [Scene(pose, guess).body("near") for pose in poses]
    view = view_of(_median(np.array([REGISTRY["side_view"].read(body) for body in bodies])))
    line = spec.start.posture.floor
    floors = [floor_of(Scene(pose, replace(guess, view=view)), line) for pose in poses]
    lean, pitch = np.nanmedian(floors, axis=0)
    chain = float(np.median([body.chain_px() for body in bodies]))
    return replace(
        guess, view=view, floor_deg=on_screen(float(lean), near), pitch_deg=float(pitch),
        stature_px=chain / CHAIN_SHARE,
    )  # fmt: skip


def sampled(poses: Sequence[Pose], bank: SignalBank, bearings: Bearings) -> tuple[Sample, ...]:
    """What the judge reads of poses."""
    smoother = Smoother()
    read = [smoother.add(p.t_s, bank.read(Scene(p, bearings))) for p in poses if p.is_seen]
    return tuple(sample for some in (*read, smoother.finish()) for sample in some)


# --- real people --------------------------------------------------------------------------------


def turning_points(values: Floats, hysteresis: float) -> list[int]:
    """Indices of lows and highs in turn, the first and the last value among them; NaN is none."""
    seen = [int(i) for i in np.flatnonzero(~np.isnan(values))]
    if not seen:
        return []
    turns, extreme, way = seen[:1], seen[0], 0.0
    for i in seen:
        gone = values[i] - values[extreme]
        if way * gone >= 0 and gone:
            extreme, way = i, way or gone
        elif abs(gone) > hysteresis:
            turns, extreme, way = [*turns, extreme], i, gone
    return list(dict.fromkeys([*turns, extreme, *seen[-1:]]))


def _reps(samples: Sequence[Sample], column: int, sign: int) -> tuple[list[Span], list[Rep]]:
    """Rests and reps by the turning points of the primary measure."""
    ways = sign * np.array([sample.values[column] for sample in samples])
    if np.isnan(ways).all():
        return [], []
    low, high = np.nanpercentile(ways, [2, 98])
    edge = AT_REST_SHARE * (high - low)
    turns = turning_points(ways, TURN_SHARE * (high - low))
    lows = [i for i in turns if ways[i] < low + edge]
    tops = [i for i in turns if ways[i] > high - edge]
    reps = [
        Rep(samples[a].t_s, samples[b].t_s, _around(samples[i].t_s), samples[i].t_s)
        for a, b in pairwise(lows)
        for i in [t for t in tops if a < t < b][:1]
    ]
    return [_around(samples[i].t_s) for i in lows], reps


def _around(t_s: float) -> Span:
    return t_s - TURN_S, t_s + TURN_S


def of_real_people(exercises: Iterable[str]) -> Iterator[Good]:
    """Good form of real people."""
    wanted = set(exercises)
    for one in ranges():
        if one.is_scored and one.exercise in wanted and (good := _real(one)):
            yield good


def _real(one: Range) -> Good | None:
    """A range with its turning points; all of it, if it is one hold."""
    spec, poses = find_spec(one.exercise), [pose for pose in one.poses() if pose.is_seen]
    if not poses:
        return None
    bank, whole = bank_of(spec), (poses[0].t_s, poses[-1].t_s)
    if spec.is_timed:
        bearings = bearings_of(poses, spec)
        reps = [Rep(*whole, whole, sum(whole) / 2)]
        samples = sampled(poses, bank, bearings)
        about = (spec.id, one.name, "", one.seems_clean)
        return Good(*about, bank, bearings, samples, (whole,), tuple(reps))
    (column,) = bank.columns(spec.rep.measure)
    sign = -1 if not spec.rep.leave[0].wants_more else 1
    rests, _ = _reps(sampled(poses, bank, bearings_of(poses, spec)), column, sign)
    resting = [p for p in poses if any(a <= p.t_s <= b for a, b in rests)]
    if not resting:
        return None
    bearings = bearings_of(resting, spec)
    samples = sampled(poses, bank, bearings)
    rests, reps = _reps(samples, column, sign)
    about = (spec.id, one.name, "", one.seems_clean)
    return Good(*about, bank, bearings, samples, tuple(rests), tuple(reps))


# --- scripted bodies ----------------------------------------------------------------------------


def of_scripted_bodies(exercise: str, people: int) -> Iterator[Good]:
    """Good form of scripted bodies, from as far off and as high as a camera may be."""
    motion, spec = all_motions()[exercise], find_spec(exercise)
    count = motion.cycle * (1 if motion.tempo.duration_s * motion.cycle > LONG_S else 2)
    for view in (view for view in motion.views if view != "oblique"):
        for seed in TUNING_SEEDS[:people]:
            clip = cast(draw(exercise, seed, plan=("good",) * count, view=view, fps=FPS))
            for off_deg in OFF_DEG:
                for up_deg in UP_DEG:
                    if take := filmed_from(clip, off_deg=off_deg, up_deg=up_deg):
                        camera = f"{view} {off_deg} off, {up_deg:+d} up"
                        yield _scripted(take, spec, f"{exercise} {seed}", camera)


def filmed_from(clip: Clip, *, off_deg: float, up_deg: float) -> Take | None:
    """The take from a level camera so far off and so high; none where it would be in the floor."""
    straight_deg = 0.0 if clip.view == "front" else np.copysign(90.0, clip.shot.azimuth_deg)
    shot = replace(
        clip.shot, azimuth_deg=straight_deg - np.copysign(off_deg, straight_deg),
        roll_deg=0.0, bulge=0.0, aim_off=(0.0, 0.0), fill=0.62,
    )  # fmt: skip
    points = TwinTake(clip)._extent
    middle = (points.min(axis=0) + points.max(axis=0)) / 2
    for _ in range(3):
        away_m = np.linalg.norm((place_camera(shot, points).eye - middle)[[0, 2]])
        shot = replace(shot, height_m=middle[1] + away_m * np.tan(np.radians(up_deg)))
    if shot.height_m < LOWEST_LENS_M:
        return None
    return TwinTake(replace(clip, shot=shot))


def _scripted(take: Take, spec: ExerciseSpec, name: str, camera: str) -> Good:
    def at(t_s: float) -> Pose:
        pose = true_pose(take, t_s)
        outline = true_outline(take, t_s) if spec.needs_outline else pose.outline_px
        return replace(pose, outline_px=outline)

    poses, times = [at(t_s) for t_s in take.clip.times_s], take.clip.script.times
    ends_s = [*(t.rise_s for t in times[1:]), poses[-1].t_s]
    reps = [_rep(t, end_s) for t, end_s in zip(times, ends_s, strict=True)]
    rests = [(0.0, times[0].rise_s - TURN_S)]
    if spec.is_timed:
        rests = [rep.top for rep in reps]
    bearings = bearings_of([p for p in poses if any(a <= p.t_s <= b for a, b in rests)], spec)
    bank = bank_of(spec)
    samples = sampled(poses, bank, bearings)
    return Good(spec.id, name, camera, True, bank, bearings, samples, tuple(rests), tuple(reps))


def _rep(times: RepTimes, end_s: float) -> Rep:
    top = (times.top_start_s, times.top_end_s)
    around = top if top[1] - top[0] > 2 * TURN_S else _around(times.top_middle_s)
    return Rep(times.rise_s - TURN_S, end_s, around, times.top_middle_s)
