"""The picture with everything a person two metres away needs: body, count, hold, cue.

+--------------------------------------+
| title                        ( hold )|
| 12 reps       verdict        ( ring )|
|    phase                             |
|              body                    |
| cue, or what to do now               |
+--------------------------------------+
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import numpy as np

from formcheck.output.drawing import lettering, paint
from formcheck.output.drawing.captions import Showing
from formcheck.output.drawing.paint import Box, Colour
from formcheck.output.drawing.skeleton import draw_body, unit_px
from formcheck.records.events import Outcome, Status
from formcheck.records.frames import Image
from formcheck.records.pose import Floats, Pose
from formcheck.words import screen, terms

COUNT_HEIGHT = 0.155
"""Height of the count's digits in picture heights: readable from a mat two metres away."""

_MARGIN = 0.025
_SMALL = 0.026
_MEDIUM = 0.036
_CUE = 0.052
_RING = 0.135
_NOTHING = Showing()


def draw(
    image: Image, pose: Pose, status: Status, *, title: str, showing: Showing = _NOTHING
) -> Image:
    """A copy of the picture with the body, the count, the hold and the words drawn in.

    image: BGR, (height, width, 3). title: the exercise. Nothing is judged here.
    """
    drawn = image.copy()
    draw_body(drawn, pose, status, near=showing.near)
    count = _draw_count(drawn, status, title, showing.noun)
    ring = _draw_hold(drawn, status, count)
    if showing.flash:
        _draw_flash(drawn, showing, (count, ring))
    _draw_band(drawn, showing)
    return drawn


def _px(image: Image, share: float) -> int:
    return max(1, round(share * unit_px(image)))


def _draw_count(image: Image, status: Status, title: str, noun: str) -> Box:
    """The panel at the top left: title, count, and notes beside or below it; gives its place."""
    margin, small, medium = (_px(image, share) for share in (_MARGIN, _SMALL, _MEDIUM))
    cap, pad = math.ceil(COUNT_HEIGHT * image.shape[0]), round(1.2 * small)
    number = str(status.counted)
    aside = lettering.width_px(number, cap, bold=True) + medium
    notes = screen.beside_the_count(status, noun)
    notes_px = _widest_px(notes, medium)
    is_beside = 3 * margin + 2 * pad + aside + notes_px < _ring_left(image)
    if not is_beside:
        notes = ["  ".join(notes)]
        notes_px = _widest_px(notes, medium)
    below = 0 if is_beside else 2 * medium
    width = aside + notes_px if is_beside else max(aside, notes_px)
    width = max(width, lettering.width_px(title, small)) + 2 * pad
    box = Box(margin, margin, width, round(3.6 * pad) + small + cap + below)
    paint.panel(image, box, corner_px=pad)
    x, bottom = box.x + pad, box.y + box.h - pad
    paint.words(image, title, (x, box.y + pad + small), cap_px=small, colour=paint.GREY)
    paint.words(image, number, (x, bottom - below), cap_px=cap, bold=True)
    _draw_notes(image, notes, (x + aside if is_beside else x, bottom), medium)
    return box


def _draw_notes(image: Image, notes: list[str], foot: tuple[int, int], cap: int) -> None:
    """Lines of text, the last of which stands at the foot."""
    x, bottom = foot
    for i, note in enumerate(reversed(notes)):
        paint.words(image, note, (x, bottom - round(1.75 * cap * i)), cap_px=cap)


def _widest_px(lines: Iterable[str], cap: int) -> int:
    return max(lettering.width_px(line, cap) for line in lines)


def _ring_left(image: Image) -> int:
    return int(image.shape[1]) - _px(image, _MARGIN) - 2 * _px(image, _RING)


_NO_HOLD_YET = ("searching", "paused")


def _draw_hold(image: Image, status: Status, count: Box) -> Box | None:
    """The ring at the top right that fills as the hold goes on; gives its place if there is one."""
    if status.hold_asked_s <= 0 or (status.hold_s <= 0 and status.phase in _NO_HOLD_YET):
        return None
    margin, radius = _px(image, _MARGIN), _px(image, _RING)
    box = Box(_ring_left(image), margin, 2 * radius, 2 * radius)
    if box.overlaps(count):
        box = box._replace(y=count.y + count.h + margin)
    paint.panel(image, box, corner_px=radius)
    centre = np.array([box.x + radius, box.y + radius], float)
    _draw_ring(image, centre, radius, status)
    _draw_seconds(image, (box.x + radius, box.y + radius), radius, status)
    return box


def _draw_ring(image: Image, centre: Floats, radius: int, status: Status) -> None:
    width = 0.14 * radius
    track = 0.86 * radius
    paint.arc(image, centre, track, (0, 360), colour=(96, 88, 80), width_px=width)
    if status.hold_s <= 0:
        return
    share = min(1.0, status.hold_s / status.hold_asked_s) if status.hold_asked_s > 0 else 1.0
    span = (-90.0, -90 + 360 * share)
    paint.arc(image, centre, track, span, colour=_hold_colour(status), width_px=width)


def _draw_seconds(image: Image, centre: tuple[int, int], radius: int, status: Status) -> None:
    """Whole seconds held, and below them a tick once that is enough, or what is asked."""
    x, y = centre
    cap, small = round(0.55 * radius), max(6, round(0.2 * radius))
    text = str(int(status.hold_s))
    width = lettering.width_px(text, cap, bold=True)
    start = (x - width // 2, y + round(0.2 * radius))
    paint.words(image, text, start, cap_px=cap, colour=_hold_colour(status), bold=True)
    if _held_enough(status):
        paint.mark(image, (x, y + 0.48 * radius), 0.19 * radius, True)
        return
    asked = f"of {status.hold_asked_s:.0f} s" if status.hold_asked_s > 0 else "s"
    width = lettering.width_px(asked, small)
    paint.words(image, asked, (x - width // 2, y + round(0.56 * radius)), cap_px=small)


def _held_enough(status: Status) -> bool:
    return 0 < status.hold_asked_s <= status.hold_s


def _hold_colour(status: Status) -> Colour:
    return paint.OK if _held_enough(status) else paint.WHITE


_FLASH_COLOURS: dict[Outcome | None, tuple[Colour, bool | None]] = {
    "full": (paint.OK, True),
    "short_hold": (paint.AMBER, False),
    "partial": (paint.AMBER, False),
    "cut_off": (paint.WHITE, None),
    "not_judged": (paint.WHITE, None),
    "timed": (paint.WHITE, None),
    None: (paint.WHITE, None),
}


def _draw_flash(image: Image, showing: Showing, corners: tuple[Box, Box | None]) -> None:
    """The verdict, between the corner panels where it fits, else below them."""
    margin, cap = _px(image, _MARGIN), _px(image, _MEDIUM)
    colour, ok = _FLASH_COLOURS[showing.outcome]
    space = _flash_space(image, showing.flash, corners, cap)
    lines, cap = lettering.fitted(showing.flash, cap, space.w - 4 * cap, 3)
    width = _widest_px(lines, cap) + 4 * cap
    left = space.x + (space.w - width) // 2
    box = Box(left, space.y, width, round((1.9 * len(lines) + 0.7) * cap))
    paint.panel(image, box, opacity=0.78, corner_px=margin)
    paint.mark(image, (box.x + 1.5 * cap, box.y + box.h / 2), 0.8 * cap, ok)
    for i, line in enumerate(lines):
        start = (box.x + 3 * cap, box.y + round((1.8 + 1.9 * i) * cap))
        paint.words(image, line, start, cap_px=cap, colour=colour)


def _flash_space(image: Image, text: str, corners: tuple[Box, Box | None], cap: int) -> Box:
    margin = _px(image, _MARGIN)
    count, ring = corners
    left = count.x + count.w + margin
    right = (ring.x if ring else image.shape[1]) - margin
    widest = _widest_px(text.split(), cap)
    if right - left >= max(widest, 9 * cap) + 4 * cap:
        return Box(left, margin, right - left, 0)
    below = max(box.y + box.h for box in corners if box)
    return Box(margin, below + margin, image.shape[1] - 2 * margin, 0)


def _draw_band(image: Image, showing: Showing) -> None:
    """The band along the bottom: what cannot be seen, else what to do now, else the cue."""
    text, ok = _band_words(showing)
    if not text:
        return
    height, width = image.shape[:2]
    mark = round(2.8 * _px(image, _CUE))
    room = width - 4 * _px(image, _MARGIN) - mark
    lines, cap = lettering.fitted(text, _px(image, _CUE), room, 2)
    band = round((1.9 * len(lines) + 1.1) * cap)
    paint.panel(image, Box(0, height - band, width, band), opacity=0.74)
    left = (width + mark - _widest_px(lines, cap)) // 2
    paint.mark(image, (left - 0.55 * mark, height - band / 2), 0.85 * cap, ok)
    for i, line in enumerate(lines):
        baseline = height - band + round((2.0 + 1.9 * i) * cap)
        paint.words(image, line, (left, baseline), cap_px=cap)


def _band_words(showing: Showing) -> tuple[str, bool | None]:
    """The text of the band and the mark before it."""
    if showing.unseen:
        return screen.not_seen(showing.unseen), None
    if showing.prompt:
        return terms.sentence(showing.prompt), None
    return terms.sentence(showing.cue), False
