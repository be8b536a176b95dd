"""A whole set of any exercise as a live session sees it: drawn people, looped to the dose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from formcheck.coaching.course import Flow
from formcheck.coaching.queue import Speaker
from formcheck.coaching.sets import Plan
from formcheck.coaching.setup import Surroundings
from formcheck.exercises.catalog import find_spec, safety_rules
from formcheck.exercises.model import Dose, ExerciseSpec
from formcheck.judging.checker import Checker
from formcheck.records.pose import Pose, Side
from formcheck.storage.pose_tracks import PoseTrack
from sample_videos.expected import FOLDER
from sample_videos.generator.clip import Take, Timing
from sample_videos.generator.exercises import all_motions
from sample_videos.generator.population import draw
from sample_videos.generator.repertoire import compose
from sample_videos.generator.truth import true_poses

FPS = 10
ROOM = Surroundings(light=120.0, fps=FPS)
LEAD_S, REST_S, OVER_S = 4.0, 10.0, 0.7
"""Still at the start; rest between sets; how much longer than asked a hold is held."""

SEED = 7


@dataclass(frozen=True)
class Heard:
    """A set that was run to its end: the flow as it stands, and what was said, when."""

    flow: Flow
    lines: list[tuple[float, str, str]]

    @property
    def words(self) -> list[str]:
        return [text for _, _, text in self.lines]


def plan_of(exercise: str, dose_id: str | None = None) -> Plan:
    """The plan of a dose, as the live session takes it."""
    spec = find_spec(exercise)
    dose = spec.dose_by_id(dose_id)
    return Plan.of(spec.with_dose(dose), dose, reps=None, sets=None, rest_s=REST_S)


def heard(plan: Plan, poses: Sequence[Pose]) -> Heard:
    """Follow poses as a live session does, until it is over or nothing more comes."""
    flow, checker = Flow(plan, Speaker(), safety_rules().pain), Checker(plan.spec)
    lines = []
    for pose in poses:
        if flow.is_judging:
            line = flow.see(pose, checker.update(pose), checker.status, ROOM)
        else:
            line = flow.wait(pose.t_s)
        if line:
            lines.append((pose.t_s, line.kind, line.text))
        if flow.is_over:
            break
    return Heard(flow, lines)


def whole_set(plan: Plan, *, over_s: float = OVER_S) -> list[Pose]:
    """Good reps as many as the plan asks, each held `over_s` longer than asked, in every set."""
    poses: list[Pose] = []
    for number in range(plan.sets):
        side: Side = "right" if number % 2 and plan.spec.sides == "each" else "left"
        lead_s = plan.rest_s + 5 if number else LEAD_S
        if plan.spec.needs_outline and plan.spec.poses:
            more = _looped_track(plan, over_s)
        else:
            more = _drawn(plan, side, lead_s, over_s)
        poses += _timed(more, from_s=poses[-1].t_s + 1 / FPS if poses else 0.0)
    return poses


def _timed(poses: Sequence[Pose], *, from_s: float) -> list[Pose]:
    return [replace(pose, t_s=from_s + nth / FPS) for nth, pose in enumerate(poses)]


def _drawn(plan: Plan, side: Side, lead_s: float, over_s: float) -> list[Pose]:
    """A set drawn from the motion of the exercise; unless it travels, drawn once and looped."""
    spec, motion = plan.spec, all_motions()[plan.spec.id]
    turns = 2 if motion.sides == "alternating" else 1
    whole = plan.wanted * motion.cycle
    count = whole if motion.travel else turns * motion.cycle
    tempo = replace(
        motion.tempo,
        hold_s=_hold_s(plan, motion.tempo.hold_s, over_s),
        rest_s=max(motion.tempo.rest_s, 1.2),
    )
    script = compose(
        replace(motion, tempo=tempo), ("good",) * count, seed=SEED, lead_s=lead_s, first_side=side
    )
    clip = replace(draw(spec.id, SEED), script=script, fps=FPS, timing=Timing())
    poses = true_poses(Take(clip, quick=True), with_outline=False)
    lead = round(lead_s * FPS)
    once = round(sum(r.rise_s + r.hold_s + r.lower_s + r.rest_s for r in script.reps) * FPS)
    return [*poses[:lead], *poses[lead : lead + once] * -(-whole // count), *poses[lead + once :]]


def _hold_s(plan: Plan, usual_s: float, over_s: float) -> float:
    if plan.spec.mode == "guided":
        return 11.0  # lying as asked, for as long as a round takes
    asked = max([plan.dose.hold_s, *(hold[0] for hold in plan.dose.pose_hold.values())])
    return asked + over_s if asked else min(usual_s, 1.0)


def _looped_track(plan: Plan, over_s: float) -> list[Pose]:
    """Cat and cow of the sample video, which has the outline of the back, held as asked."""
    [path] = sorted(Path(FOLDER / plan.spec.id).glob("*.truth.npz"))
    poses, fps = list(PoseTrack(path)), 12
    cat, cow = plan.spec.poses or ("", "")
    rest, up, held_up, down, low, held_low, back = (
        poses[round(a * fps) : round(b * fps)]
        for a, b in (
            (0, 2.79), (2.79, 4.7), (4.7, 6.0), (6.0, 7.97), (7.97, 9.9), (9.9, 11.2), (11.2, 13.1)
        )
    )  # fmt: skip
    cat_s, cow_s = (plan.dose.hold_of_s(pose) for pose in (cat, cow))
    cycle = [
        *up, *_kept(held_up, cat_s + over_s), *down, *low, *_kept(held_low, cow_s + over_s), *back,
    ]  # fmt: skip
    return [*_kept(rest, LEAD_S), *cycle * plan.reps, *rest]


def _kept(poses: list[Pose], seconds: float) -> list[Pose]:
    """A stretch of stillness made longer, to and fro."""
    there_and_back = [*poses, *poses[-2:0:-1]]
    count = round(seconds * FPS)
    return (there_and_back * (count // len(there_and_back) + 1))[:count]


def listing(exercise: str, spec: ExerciseSpec, dose: Dose, found: Heard) -> str:
    """What was said in a set, for a person to read."""
    head = f"## {spec.title}, dose {dose.id} ({exercise})"
    return "\n".join([head, *(f"{t_s:7.1f}  {text}" for t_s, _, text in found.lines), ""])
