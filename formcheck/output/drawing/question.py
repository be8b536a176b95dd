"""A question, or advice, on a picture of its own: large lines on a dark ground."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from formcheck.output.drawing import lettering, paint
from formcheck.records.frames import Image

_GROUND = 30
_CAP = 0.042
_SMALLER = 0.94
_LINE, _GAP = 1.9, 0.9
_MARGIN = 0.06
_SMALLEST_PX = 7


def question(size_px: tuple[int, int], lines: Sequence[str]) -> Image:
    """A picture of that width and height with the lines on it, the first in bold, each broken
    where it is too long, and all of them smaller where they are too many."""
    width, height = size_px
    picture: Image = np.full((height, width, 3), _GROUND, np.uint8)
    left, cap = round(_MARGIN * width), round(_CAP * height)
    room_px, high_px = width - 2 * left, height * (1 - 2 * _MARGIN)
    while cap > _SMALLEST_PX and _rows(lines, cap, room_px)[1] > high_px:
        cap = min(cap - 1, round(cap * _SMALLER))
    for text, is_first, y in _rows(lines, cap, room_px)[0]:
        start = (left, round(_MARGIN * height + y))
        colour = paint.WHITE if is_first else paint.GREY
        paint.words(picture, text, start, cap_px=cap, bold=is_first, colour=colour)
    return picture


def _rows(
    lines: Sequence[str], cap_px: int, max_px: int
) -> tuple[list[tuple[str, bool, float]], float]:
    """Rows of text with whether each belongs to the first line and its baseline, and the height."""
    rows, y = [], 0.0
    for number, line in enumerate(lines):
        # Bold letters are wider than those that lines are broken by.
        room = round(max_px * (0.85 if number == 0 else 1.0))
        for text in lettering.wrapped(line, cap_px, room):
            y += _LINE * cap_px
            rows.append((text, number == 0, y))
        y += _GAP * cap_px
    return rows, y
