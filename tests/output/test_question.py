"""A question on a picture of its own keeps to the picture, however long and however small."""

from __future__ import annotations

import numpy as np
import pytest

from formcheck.output.drawing.question import question

LINES = ["How much did it hurt at its worst, from 0 to 10?", *["Pain that is mild is a limit"] * 6]


@pytest.mark.parametrize("size_px", [(640, 480), (1280, 720), (360, 640), (320, 240)])
def test_every_line_lies_within_the_picture(size_px: tuple[int, int]) -> None:
    drawn = question(size_px, LINES)
    ground = drawn[0, 0]
    rows, columns = np.nonzero((drawn != ground).any(axis=2))
    width, height = size_px
    assert drawn.shape == (height, width, 3)
    assert len(rows)
    assert rows.max() < height - 1
    assert columns.max() < width - 1
    more = question(size_px, LINES[:-1])
    assert (more != drawn).any()
