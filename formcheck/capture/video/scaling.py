"""Pictures made smaller."""

from __future__ import annotations

from typing import cast

import cv2

from formcheck.records.frames import Image


def size_within(width: float, height: float, *, side_px: int) -> tuple[int, int]:
    """Whole width and height of the same shape, the longer side at most `side_px`."""
    scale = min(1.0, side_px / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def resized(image: Image, size_px: tuple[int, int]) -> Image:
    """The picture at the size asked for; averaged when it shrinks, so that nothing flickers."""
    height, width = image.shape[:2]
    if (width, height) == size_px:
        return image
    shrinks = size_px[0] <= width and size_px[1] <= height
    method = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return cast(Image, cv2.resize(image, size_px, interpolation=method))
