"""A drawn person, readings, statuses and a short exercise to show: small, known in every number."""

from __future__ import annotations

import math

import numpy as np

from formcheck.exercises.catalog import find_spec
from formcheck.exercises.model import Dose
from formcheck.records.events import (
    Attempt,
    Check,
    Event,
    Fault,
    Found,
    Hold,
    Lost,
    Phase,
    Reading,
    Source,
    Started,
    Status,
)
from formcheck.records.frames import Frame, Image
from formcheck.records.moments import Moment
from formcheck.records.pose import LANDMARK_COUNT, Pose
from formcheck.records.reasons import Bound, Miss, Reason

BRIDGE = Source("001", "Bridge exercise")
HIPS = Bound("hip_ext", "near", 165.0, math.inf, "deg")
HIPS_LOW = Reason("not_reached", misses=(Miss(HIPS, 152.0),))
SPEC = find_spec("bridge")
WORK = Source("outside", "neutral spine teaching")
LEVELS = {"leave": 133.0, "reach": 165.0, "fall": 160.0, "back": 130.0}

# Shares of the picture: somebody on all fours, head to the right.
_BODY = {
    0: (0.80, 0.42), 7: (0.77, 0.42), 8: (0.77, 0.43),
    11: (0.68, 0.47), 12: (0.69, 0.48), 13: (0.68, 0.60), 14: (0.69, 0.61),
    15: (0.68, 0.73), 16: (0.69, 0.74), 23: (0.42, 0.48), 24: (0.43, 0.49),
    25: (0.42, 0.66), 26: (0.43, 0.67), 27: (0.22, 0.68), 28: (0.23, 0.69),
    29: (0.20, 0.68), 30: (0.21, 0.69), 31: (0.18, 0.72), 32: (0.19, 0.73),
}  # fmt: skip
HIP_ANGLE = (12, 24, 26)
TRUNK = (24, 12)


def blank(width: int = 640, height: int = 360) -> Image:
    """An even grey picture."""
    return np.full((height, width, 3), 110, np.uint8)


def person(t_s: float = 0.0, width: int = 640, height: int = 360) -> Pose:
    """Somebody on all fours, seen whole; landmarks that are never drawn lie at the nose."""
    share = np.array([_BODY.get(i, _BODY[0]) for i in range(LANDMARK_COUNT)])
    ones = np.ones(LANDMARK_COUNT, np.float32)
    return Pose(
        t_s=t_s,
        xy_px=(share * [width, height]).astype(np.float32),
        world_m=np.zeros((LANDMARK_COUNT, 3), np.float32),
        visibility=ones,
        presence=ones,
        size_px=(float(width), float(height)),
    )


def angle(ok: bool | None = True, value: float = 92.0) -> Reading:
    return Reading("hip", "Hip", value, "deg", "angle", HIP_ANGLE, ok)


def tilt(ok: bool | None = True, value: float = 2.0) -> Reading:
    return Reading("trunk", "Trunk", value, "deg", "tilt", TRUNK, ok)


def status(
    t_s: float = 0.0,
    *,
    phase: Phase = "rest",
    counted: int = 0,
    attempts: int | None = None,
    hold_s: float = 0.0,
    hold_asked_s: float = 0.0,
    primary: float = 120.0,
    readings: tuple[Reading, ...] = (),
) -> Status:
    return Status(
        t_s=t_s,
        phase=phase,
        counted=counted,
        attempts=counted if attempts is None else attempts,
        side=None,
        hold_s=hold_s,
        hold_asked_s=hold_asked_s,
        primary=primary,
        levels=dict(LEVELS),
        readings=readings,
        floor_deg=0.0,
    )


def moment(
    t_s: float, *events: Event, image: Image | None = None, now: Status | None = None
) -> Moment:
    """An instant with a picture, unless one is given with the size that the pose then has."""
    image = blank() if image is None else image
    height, width = image.shape[:2]
    return Moment(Frame(t_s, image), person(t_s, width, height), now or status(t_s), events)


def check(value: float = 152.0, *, met: bool | None = False) -> Check:
    return Check("reach", "hips above 165 deg", HIPS, value, met, 2.0)


def attempt(number: int = 1, t_s: float = 4.0, **changes: object) -> Attempt:
    """A full rep of three seconds that ended at t_s, unless changed."""
    fields: dict[str, object] = {
        "t_s": t_s, "number": number, "outcome": "full", "reason": None, "start_s": t_s - 3,
        "top_s": t_s - 1.5, "hold_s": 0.0, "hold_asked_s": 0.0, "peak": 172.0, "unit": "deg",
        "side": None, "side_assumed": False, "checks": (check(172.0, met=True),),
    }  # fmt: skip
    return Attempt(**(fields | changes))  # type: ignore[arg-type]


def fault(t_s: float = 2.0, number: int | None = 1, **changes: object) -> Fault:
    fields: dict[str, object] = {
        "t_s": t_s, "id": "hips_low", "severity": "warn", "cue": "Lift your hips a little higher",
        "attempt": number, "side": None, "value": 152.0, "unit": "deg",
        "rule": "hips above 165 deg", "bounds": (HIPS,), "source": BRIDGE,
    }  # fmt: skip
    return Fault(**(fields | changes))  # type: ignore[arg-type]


def started(t_s: float = 0.0) -> Started:
    return Started(t_s, "side", "right", {"hip_extension": 120.0}, {"hip_extension": math.nan})


def lost(t_s: float, *joints: str) -> Lost:
    return Lost(t_s, joints or ("left knee",))


def found(t_s: float) -> Found:
    return Found(t_s)


def hold(start_s: float = 2.0, t_s: float = 3.0, number: int = 1) -> Hold:
    return Hold(t_s, start_s, t_s - start_s, number, None)


def plain_dose(exercise: str) -> Dose:
    """The first dose of an exercise with its own geometry, without a hold or a breath: for tests
    that are about something else."""
    dose = next(one for one in find_spec(exercise).dose if not one.variant)
    return dose.model_copy(update={"id": "plain", "hold": (0.0, 0.0), "breath": {}})
