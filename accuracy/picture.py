"""The card as a picture: a dot and its 95 % interval for each share, as SVG."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from accuracy.card import Row, Share
from formcheck.exercises.catalog import find_spec

_LABEL_PX, _PLOT_PX, _GAP_PX, _ROW_PX, _HEAD_PX = 210, 190, 24, 22, 54
_LOWEST = 0.5
"""Left end of each scale; what lies below it is drawn at it, as an open dot."""

_TARGETS = {"counts exact": 0.95, "fault precision": 0.95, "fault recall": 0.95}
_INK, _PALE, _TARGET, _GOOD, _SHORT = "#24292f", "#d0d7de", "#8c959f", "#1a7f5a", "#b35900"

Exercises = Mapping[str, Mapping[str, Row]]


def draw(exercises: Exercises, *, kind: str, title: str) -> str:
    """The rows of one kind as an SVG document."""
    rows = [(find_spec(e).title, kinds[kind]) for e, kinds in exercises.items() if kind in kinds]
    width = _LABEL_PX + len(_TARGETS) * (_PLOT_PX + _GAP_PX)
    height = _HEAD_PX + len(rows) * _ROW_PX + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="12" fill="{_INK}" role="img" '
        f'aria-label="{escape(title)}">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="8" y="18" font-size="14" font-weight="bold">{escape(title)}</text>',
        *(_column(nth, name, rows) for nth, name in enumerate(_TARGETS)),
        *(
            f'<text x="8" y="{_middle(nth) + 4:.0f}">{escape(name)}</text>'
            for nth, (name, _) in enumerate(rows)
        ),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _middle(nth: int) -> float:
    return _HEAD_PX + (nth + 0.5) * _ROW_PX


def _column(number: int, name: str, rows: list[tuple[str, Row]]) -> str:
    left = _LABEL_PX + number * (_PLOT_PX + _GAP_PX)
    bottom = _HEAD_PX + len(rows) * _ROW_PX
    target = _across(left, _TARGETS[name])
    parts = [
        f'<text x="{left}" y="42">{name}</text>',
        f'<line x1="{target:.1f}" x2="{target:.1f}" y1="{_HEAD_PX}" y2="{bottom}" '
        f'stroke="{_TARGET}" stroke-dasharray="3 3"/>',
    ]
    for mark in (_LOWEST, 0.75, 1.0):
        x = _across(left, mark)
        parts.append(
            f'<line x1="{x:.1f}" x2="{x:.1f}" y1="{_HEAD_PX}" y2="{bottom}" stroke="{_PALE}"/>'
            f'<text x="{x:.1f}" y="{bottom + 16}" text-anchor="middle">{mark:.0%}</text>'
        )
    parts += [
        _dot(left, _middle(nth), share, target=_TARGETS[name])
        for nth, (_, row) in enumerate(rows)
        if (share := _share(row, name)).cases
    ]
    return "\n".join(parts)


def _share(row: Row, name: str) -> Share:
    return {
        "counts exact": row.exact,
        "fault precision": row.all_faults.precision,
        "fault recall": row.all_faults.recall,
    }[name]


def _across(left: float, share: float) -> float:
    return left + _PLOT_PX * (max(share, _LOWEST) - _LOWEST) / (1 - _LOWEST)


def _dot(left: float, y: float, share: Share, *, target: float) -> str:
    colour = _GOOD if share.value >= target else _SHORT
    low, high, x = (_across(left, value) for value in (share.low, share.high, share.value))
    fill = colour if share.value >= _LOWEST else "#ffffff"
    return (
        f'<line x1="{low:.1f}" x2="{high:.1f}" y1="{y}" y2="{y}" stroke="{colour}" '
        f'stroke-width="2"/><circle cx="{x:.1f}" cy="{y}" r="4" fill="{fill}" stroke="{colour}">'
        f"<title>{share.value:.1%} of {share.cases}</title></circle>"
    )
