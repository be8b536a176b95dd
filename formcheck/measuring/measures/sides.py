"""Which side works: the raised limb, or the side with the most or least of a measure."""

from __future__ import annotations

import math

from formcheck.measuring.measures.registry import REGISTRY, Limb, measurement
from formcheck.measuring.scene import Body, Scene, Which

HANGING_DEG = -60.0
"""An arm below this elevation supports the trunk or hangs; it is not the raised one."""


def raised(scene: Scene, limb: Limb) -> Which | None:
    """The side whose arm or leg is raised, None if it cannot be told.

    The higher of the limbs that are seen. A hanging arm is not the raised one, so if only a
    hanging arm is seen, the raised one is the other, which is not seen (docs/evidence.md).
    """
    near, far = _of_sides(scene, "arm_incl" if limb == "arm" else "leg_incl")
    if math.isnan(near) and math.isnan(far):
        return None
    best: Which = "far" if math.isnan(near) or far > near else "near"
    only_one = math.isnan(near) or math.isnan(far)
    if limb == "arm" and only_one and max(_or_low(near), _or_low(far)) < HANGING_DEG:
        return None
    return best


def extreme_side(
    scene: Scene, name: str, *, most: bool, rests: tuple[float, float] = (0.0, 0.0)
) -> Which | None:
    """The side with the most, or the least, of a measure; the one that is seen if only one is.

    rests: what is taken off the near and the far side.
    """
    near, far = (one - rest for one, rest in zip(_of_sides(scene, name), rests, strict=True))
    if math.isnan(near) or math.isnan(far):
        return (
            None if math.isnan(near) and math.isnan(far) else "far" if math.isnan(near) else "near"
        )
    return "far" if (far > near) == most and far != near else "near"


def working(scene: Scene, rests: tuple[float, float] = (0.0, 0.0)) -> Which | None:
    """The side that works, None if it cannot be told; the near one where both do the same.

    rests: what is taken off the near and the far side.
    """
    works = scene.bearings.works
    if scene.working or works is None:
        return scene.working or "near"
    return extreme_side(scene, works.measure, most=works.most, rests=rests)


def shows_both(scene: Scene) -> bool:
    """Whether the sides can be compared by what tells the working one."""
    works = scene.bearings.works
    return works is None or not any(map(math.isnan, _of_sides(scene, works.measure)))


def _of_sides(scene: Scene, name: str) -> tuple[float, float]:
    read = REGISTRY[name].read
    return read(scene.body("near")), read(scene.body("far"))


def opposite(which: Which | None) -> Which | None:
    """The other side."""
    return None if which is None else "far" if which == "near" else "near"


def _or_low(value: float) -> float:
    return -math.inf if math.isnan(value) else value


@measurement("Raised leg", "ratio", "mid hip", whole=True)
def raised_leg_side(body: Body) -> float:
    """1 when the near leg is the raised one, -1 when the far one is."""
    return _sign(raised(body.scene, "leg"))


@measurement("Raised arm", "ratio", "mid shoulder", whole=True)
def raised_arm_side(body: Body) -> float:
    """1 when the near arm is the raised one, -1 when the far one is."""
    return _sign(raised(body.scene, "arm"))


@measurement("Working side", "ratio", "mid hip", whole=True)
def working_side(body: Body) -> float:
    """1 when the near side is the working one, -1 when the far one is."""
    return _sign(working(body.scene))


def _sign(which: Which | None) -> float:
    return math.nan if which is None else 1.0 if which == "near" else -1.0
