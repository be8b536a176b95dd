"""Text as masks: set once in a real typeface, kept, and painted as often as needed.

OpenCV's own stroke letters are hard to read from two metres. DejaVu Sans comes with matplotlib,
which mediapipe requires; where it is missing, Pillow's built-in typeface stands in.
"""

from __future__ import annotations

import importlib.util
import math
from functools import lru_cache
from pathlib import Path
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Mask = NDArray[np.uint8]

_FACES = {False: "DejaVuSans.ttf", True: "DejaVuSans-Bold.ttf"}
_PROBE_PX = 200
_ABOVE = 1.45
_BELOW = 0.45
_SHRINK = 0.94
_SMALLEST = 0.62


@lru_cache(maxsize=512)
def letters(text: str, cap_px: int, *, bold: bool = False) -> Mask:
    """Coverage of a line of text, 0 to 255, read-only.

    cap_px: height of a digit or capital. The baseline is `baseline_px(cap_px)` rows down.
    """
    font = _font(cap_px, bold)
    size = (math.ceil(font.getlength(text)) + 1, baseline_px(cap_px) + round(_BELOW * cap_px))
    canvas = Image.new("L", size)
    ImageDraw.Draw(canvas).text((0, baseline_px(cap_px)), text, fill=255, font=font, anchor="ls")
    mask = np.array(canvas)
    mask.flags.writeable = False
    return mask


def baseline_px(cap_px: int) -> int:
    """Rows from the top of a mask of `letters` down to its baseline."""
    return round(_ABOVE * cap_px)


def width_px(text: str, cap_px: int, *, bold: bool = False) -> int:
    """Width of a line of text."""
    return math.ceil(_font(cap_px, bold).getlength(text)) + 1


@lru_cache(maxsize=256)
def fitted(text: str, cap_px: int, max_px: int, max_lines: int) -> tuple[tuple[str, ...], int]:
    """The text broken into lines no wider than max_px, and the letter height they fit at.

    Letters shrink to 62 % of cap_px at most; what then still does not fit ends in an ellipsis.
    """
    smallest = max(1, round(cap_px * _SMALLEST))
    while (lines := wrapped(text, cap_px, max_px)) and len(lines) > max_lines:
        if cap_px <= smallest:
            return (
                *lines[: max_lines - 1],
                _shortened(lines[max_lines - 1], cap_px, max_px),
            ), cap_px
        cap_px = max(smallest, min(cap_px - 1, round(cap_px * _SHRINK)))
    return tuple(_balanced(text, cap_px, max_px)), cap_px


def _balanced(text: str, cap_px: int, max_px: int) -> list[str]:
    """The text in as few lines as max_px allows, none much shorter than the others."""
    lines = wrapped(text, cap_px, max_px)
    for share in (0.55, 0.65, 0.75, 0.85):
        narrower = wrapped(text, cap_px, round(share * max_px))
        if len(narrower) == len(lines):
            return narrower
    return lines


def wrapped(text: str, cap_px: int, max_px: int) -> list[str]:
    """The text broken at spaces into lines no wider than max_px (but for one long word)."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_px(longer, cap_px) <= max_px:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _shortened(line: str, cap_px: int, max_px: int) -> str:
    while line and width_px(line + "…", cap_px) > max_px:
        line = line[:-1]
    return line.rstrip() + "…"


@lru_cache(maxsize=64)
def _font(cap_px: int, bold: bool) -> ImageFont.FreeTypeFont:
    return _face(round(cap_px * _PROBE_PX / _digit_px(bold)), bold)


@lru_cache(maxsize=2)
def _digit_px(bold: bool) -> float:
    """Height of the lowest digit at the probe size."""
    return -_face(_PROBE_PX, bold).getbbox("1", anchor="ls")[1]


def _face(size_px: int, bold: bool) -> ImageFont.FreeTypeFont:
    path = _face_path(_FACES[bold])
    if path is not None:
        return ImageFont.truetype(str(path), size_px)
    # Only a Pillow built without FreeType, which no wheel is, would give a bitmap font here.
    return cast(ImageFont.FreeTypeFont, ImageFont.load_default(size_px))


@lru_cache(maxsize=2)
def _face_path(name: str) -> Path | None:
    """The typeface within matplotlib, found without importing it (that takes half a second)."""
    spec = importlib.util.find_spec("matplotlib")
    if spec is None or spec.origin is None:
        return None
    path = Path(spec.origin).parent / "mpl-data" / "fonts" / "ttf" / name
    return path if path.is_file() else None
