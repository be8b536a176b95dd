"""The registry of measurements: named numbers read from a body, each with its unit and joints.

A measurement is written once, for the near side of a level picture (see `measuring.scene`), and
named in specs as `hip_ext near` or `trunk_incl`. `read` returns NaN where a joint it needs is not
seen. Formulas follow docs/evidence.md unless said otherwise.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

from formcheck.measuring.scene import Body, Which

Unit = Literal["deg", "torso", "shank", "stature", "ratio", "in", "s"]
Shape = Literal["angle", "tilt", "none"]
Limb = Literal["arm", "leg", ""]

SPANS: dict[str, tuple[float, float]] = {
    "deg": (-180.0, 360.0), "torso": (-5.0, 5.0), "shank": (-8.0, 8.0), "stature": (-2.0, 2.0),
    "ratio": (-50.0, 50.0), "in": (-120.0, 120.0), "s": (0.0, 3600.0),
}  # fmt: skip
"""The least and the most that any measure of a unit can read of a body (ours, and wide)."""

ELEVATION = {"level": 0.0, "upright": 90.0}
"""The words for values of an elevation."""

JOINT = {"straight": 180.0}
"""The word for the value of a joint's angle."""

_WORDS_OF: dict[Shape, dict[str, float]] = {"tilt": ELEVATION, "angle": JOINT, "none": {}}
_SPAN_OF: dict[Shape, tuple[float, float]] = {"tilt": (-90.0, 90.0), "angle": (0.0, 360.0)}

_SIDES_OF: dict[str, tuple[Which, ...]] = {"mid": ("near", "far"), "near": ("near",)}
"""Which sides a joint is needed of by the word before it; of the measured side without one."""


@dataclass(frozen=True)
class Measurement:
    """A number that can be read from a body.

    needs: joints of the measured side; "mid x" needs x on both sides, "near x" that of the near one
    whichever is measured. whole: it belongs to the whole body and takes no side word. shape: how it
    is drawn, an angle at the middle of three joints, or the tilt of the line from the first joint
    to the last. limb: which limb decides what `raised` means. words: what some of its values are
    called, so that exercise files may say `level` for 0.
    """

    name: str
    title: str
    unit: Unit
    needs: tuple[str, ...]
    whole: bool
    shape: Shape
    limb: Limb
    needs_outline: bool
    meaning: str
    of: Callable[[Body], float]
    words: Mapping[str, float]

    @property
    def span(self) -> tuple[float, float]:
        """The least and the most that it can read, in its unit."""
        return _SPAN_OF.get(self.shape, SPANS[self.unit])

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last of its joints, such as root and tip of a limb."""
        return _joint(self.needs[0]), _joint(self.needs[-1])

    def missing(self, body: Body) -> tuple[str, ...]:
        """The joints it needs that are not seen, in words such as "left knee"."""
        scene = body.scene
        wanted: list[tuple[str, Which]] = []
        for need in self.needs:
            word, _, joint = need.rpartition(" ")
            wanted += [(joint, which) for which in _SIDES_OF.get(word, (body.which,))]
        return tuple(f"{scene.side(w)} {j}" for j, w in wanted if not scene.sees(j, w))

    def read(self, body: Body) -> float:
        """The value, or NaN if something it needs is not seen."""
        if self.needs_outline and not len(body.scene.outline):
            return math.nan
        return math.nan if self.missing(body) else self.of(body)

    def drawn_landmarks(self, body: Body) -> tuple[int, ...]:
        """Landmarks to draw it with, as indices into the pose as it came."""
        if self.shape == "none":
            return ()
        joints = self.ends if self.shape == "tilt" else tuple(map(_joint, self.needs))
        return tuple(body.scene.landmark(joint, body.which) for joint in joints)


def _joint(need: str) -> str:
    return need.rpartition(" ")[2]


REGISTRY: dict[str, Measurement] = {}


def measurement(
    title: str,
    unit: Unit,
    needs: str,
    *,
    whole: bool = False,
    shape: Shape = "none",
    limb: Limb = "",
    needs_outline: bool = False,
    words: Mapping[str, float] | None = None,
) -> Callable[[Callable[[Body], float]], Callable[[Body], float]]:
    """Register the decorated function; `needs` lists joints, comma-separated. words: what values
    are called, where other than a tilt's or an angle's."""

    def register(of: Callable[[Body], float]) -> Callable[[Body], float]:
        joints = tuple(need.strip() for need in needs.split(","))
        meaning = " ".join((of.__doc__ or "").split())
        REGISTRY[of.__name__] = Measurement(
            of.__name__, title, unit, joints, whole, shape, limb, needs_outline, meaning, of,
            _WORDS_OF[shape] if words is None else words,
        )  # fmt: skip
        return of

    return register
