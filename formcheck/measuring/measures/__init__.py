"""The measurements: named numbers read from a body, each with its unit and its joints."""

from formcheck.measuring.measures import arms, legs, sides, trunk
from formcheck.measuring.measures.registry import (
    REGISTRY,
    SPANS,
    Limb,
    Measurement,
    Shape,
    Unit,
)
from formcheck.measuring.measures.sides import extreme_side, opposite, raised, shows_both, working

__all__ = [
    "REGISTRY", "SPANS", "Limb", "Measurement", "Shape", "Unit", "arms", "extreme_side", "legs",
    "opposite", "raised", "shows_both", "sides", "trunk", "working",
]  # fmt: skip
