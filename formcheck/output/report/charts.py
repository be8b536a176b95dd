"""Curves against their thresholds, as inline SVG that needs no script and no style of its own.

Colours and line styles are classes, set by the page (templates/report.css).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from markupsafe import Markup

from formcheck.output.report.curves import Curve
from formcheck.words import terms

MAX_BINS = 400
"""Bins of time in a chart: about as many as it has columns on a page."""

LEVELS = {"reach": "reach", "fall": "end", "leave": "begin", "back": "back"}
"""Level -> its name at the line's end, in drawing order."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 90, 20, 26
_LINE = 15
_FLAG = 17
_LETTER = 9
_STEPS_S = (0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800, 3600)
_UNSEEN_S = 0.1


@dataclass(frozen=True)
class Span:
    """A shaded stretch of time; kind: the CSS class for what it is."""

    start_s: float
    end_s: float
    kind: str
    label: str = ""


@dataclass(frozen=True)
class Mark:
    """A numbered instant, such as a fault's."""

    t_s: float
    label: str


@dataclass(frozen=True)
class Plot:
    """What one chart shows.

    description: the chart in words, for those who cannot see it. dot: time and value of
    the decisive moment.
    """

    curve: Curve
    unit: str
    description: str
    levels: dict[str, float] = field(default_factory=dict)
    spans: tuple[Span, ...] = ()
    marks: tuple[Mark, ...] = ()
    dot: tuple[float, float] | None = None


@dataclass(frozen=True)
class _Axes:
    """Places times and values in the picture."""

    t_s: tuple[float, float]
    value: tuple[float, float]
    size: tuple[int, int]
    top: int

    @property
    def right(self) -> int:
        return self.size[0] - _RIGHT

    @property
    def bottom(self) -> int:
        return self.size[1] - _BOTTOM

    def x(self, t_s: float) -> float:
        share = (t_s - self.t_s[0]) / (self.t_s[1] - self.t_s[0])
        return _LEFT + min(max(share, 0), 1) * (self.right - _LEFT)

    def y(self, value: float) -> float:
        share = (value - self.value[0]) / (self.value[1] - self.value[0])
        return self.bottom - share * (self.bottom - self.top)


def chart(plot: Plot, *, size: tuple[int, int]) -> Markup:
    """The plot as an `<svg>` element; empty where nothing was seen at all.

    size: width and height in user units; letters are 12 of them high, the picture may be scaled.
    """
    curve = plot.curve.decimated(MAX_BINS)
    seen = curve.value[np.isfinite(curve.value)]
    if seen.size == 0 or curve.t_s[-1] <= curve.t_s[0]:
        return Markup("")
    levels = {name: plot.levels[name] for name in LEVELS if _is_known(plot.levels, name)}
    axes = _Axes(
        t_s=(curve.t_s[0], curve.t_s[-1]),
        value=_limits([*seen, *levels.values()]),
        size=size,
        top=_TOP + (_FLAG if plot.marks else 0),
    )
    parts = [
        *_spans(axes, (*plot.spans, *_unseen(plot.curve))),
        *_value_axis(axes, plot.unit),
        *_time_axis(axes),
        *_level_lines(axes, levels, plot.unit),
        _tag("path", d=_path(axes, curve), class_="curve"),
        *_dot(axes, plot),
        *_marks(axes, plot.marks),
    ]
    box = f"0 0 {size[0]} {size[1]}"
    body = Markup("").join(parts)
    return _tag("svg", body, viewBox=box, role="img", aria_label=plot.description, class_="chart")


def _is_known(levels: dict[str, float], name: str) -> bool:
    return math.isfinite(levels.get(name, math.nan))


def _limits(values: Iterable[float]) -> tuple[float, float]:
    """Least and greatest with some air, never the same."""
    numbers = [float(value) for value in values]
    low, high = min(numbers), max(numbers)
    air = 0.07 * (high - low) or 0.5
    return low - air, high + air


def _unseen(curve: Curve) -> list[Span]:
    """The stretches in which the measure could not be read."""
    is_nan = np.isnan(curve.value)
    changes = np.flatnonzero(np.diff(np.concatenate(([False], is_nan, [False])).astype(int)))
    last = len(curve.t_s) - 1
    spans = [
        Span(float(curve.t_s[max(start - 1, 0)]), float(curve.t_s[min(end, last)]), "unseen")
        for start, end in changes.reshape(-1, 2)
    ]
    return [span for span in spans if span.end_s - span.start_s >= _UNSEEN_S]


def _spans(axes: _Axes, spans: Iterable[Span]) -> Iterable[Markup]:
    """Shaded stretches, each with its label unless that would run into the one before."""
    free = 0.0
    for span in spans:
        x, end = axes.x(span.start_s), axes.x(span.end_s)
        yield _tag(
            "rect",
            x=x,
            y=axes.top,
            width=end - x,
            height=axes.bottom - axes.top,
            class_=f"span {span.kind}",
        )
        middle, half = (x + end) / 2, _LETTER * len(span.label) / 2
        if span.label and middle - half > free:
            yield _text(span.label, middle, axes.top - 6, class_="span-label", anchor="middle")
            free = middle + half


def _value_axis(axes: _Axes, unit: str) -> Iterable[Markup]:
    low, high = axes.value
    step = _nice_step((high - low) / 5)
    for i in range(math.ceil(low / step), math.floor(high / step) + 1):
        y = axes.y(i * step)
        yield _tag("line", x1=_LEFT, x2=axes.right, y1=y, y2=y, class_="grid")
        yield _text(terms.value(i * step, unit), _LEFT - 6, y + 4, anchor="end")


def _time_axis(axes: _Axes) -> Iterable[Markup]:
    start, end = axes.t_s
    step = next((s for s in _STEPS_S if (end - start) / s <= 7), _STEPS_S[-1])
    for i in range(math.ceil(start / step), math.floor(end / step) + 1):
        x = axes.x(i * step)
        yield _tag("line", x1=x, x2=x, y1=axes.bottom, y2=axes.bottom + 4, class_="axis")
        yield _text(_tick(i * step), x, axes.bottom + 17, anchor="middle")
    yield _tag("line", x1=_LEFT, x2=axes.right, y1=axes.bottom, y2=axes.bottom, class_="axis")
    yield _text("min:s", axes.right + 8, axes.bottom + 17)


def _tick(t_s: float) -> str:
    return terms.clock(t_s).removesuffix(".0")


def _level_lines(axes: _Axes, levels: dict[str, float], unit: str) -> Iterable[Markup]:
    named = sorted(levels.items(), key=lambda item: -item[1])
    places = _spread([axes.y(value) for _, value in named], _LINE)
    for (name, value), label_y in zip(named, places, strict=True):
        y = axes.y(value)
        kind = f"level {name}"
        yield _tag("line", x1=_LEFT, x2=axes.right, y1=y, y2=y, class_=kind)
        lead = f"M{axes.right} {y:.1f}L{axes.right + 6} {label_y:.1f}"
        yield _tag("path", d=lead, class_="lead")
        label = f"{LEVELS[name]} {terms.value(value, unit)}"
        yield _text(label, axes.right + 8, label_y + 4, class_=f"level-label {name}")


def _spread(places: list[float], gap: float) -> list[float]:
    """Ascending places moved apart until no two are closer than the gap, the middle kept."""
    moved: list[float] = []
    for place in places:
        moved.append(max(place, moved[-1] + gap) if moved else place)
    drift = (sum(moved) - sum(places)) / max(1, len(places))
    return [place - drift for place in moved]


def _dot(axes: _Axes, plot: Plot) -> Iterable[Markup]:
    if plot.dot is None or not math.isfinite(plot.dot[1]):
        return
    t_s, value = plot.dot
    yield _tag("circle", cx=axes.x(t_s), cy=axes.y(value), r=4.5, class_="dot")


def _marks(axes: _Axes, marks: Iterable[Mark]) -> Iterable[Markup]:
    """Faults as numbered flags, each a dashed line with its number in a triangle on top."""
    for mark in marks:
        x = axes.x(mark.t_s)
        yield _tag("line", x1=x, x2=x, y1=_FLAG, y2=axes.bottom, class_="fault-line")
        corners = f"M{x:.1f} 0l10 {_FLAG}h-20z"
        yield _tag("path", d=corners, class_="fault-flag")
        yield _text(mark.label, x, 14, class_="fault-number", anchor="middle")


def _path(axes: _Axes, curve: Curve) -> str:
    """One line for each stretch that was seen."""
    pen, steps = "M", []
    for t_s, value in zip(curve.t_s, curve.value, strict=True):
        if math.isnan(value):
            pen = "M"
            continue
        steps.append(f"{pen}{axes.x(t_s):.1f} {axes.y(value):.1f}")
        pen = "L"
    return "".join(steps)


def _nice_step(least: float) -> float:
    """The next larger of 1, 2 or 5 times a power of ten."""
    power = 10.0 ** math.floor(math.log10(least))
    return next(power * factor for factor in (1, 2, 5, 10) if power * factor >= least)


def _text(text: str, x: float, y: float, *, class_: str = "tick", anchor: str = "start") -> Markup:
    return _tag("text", text, x=x, y=y, class_=class_, text_anchor=anchor)


def _tag(name: str, body: str = "", **attributes: object) -> Markup:
    """An element, everything escaped; `class_` and `aria_label` become `class`, `aria-label`."""
    pairs = (
        Markup(' {}="{}"').format(
            key if key == "viewBox" else key.rstrip("_").replace("_", "-"), _plain(item)
        )
        for key, item in attributes.items()
    )
    return Markup("<{0}{1}>{2}</{0}>").format(name, Markup("").join(pairs), body)


def _plain(item: object) -> object:
    return f"{item:.1f}".removesuffix(".0") if isinstance(item, float) else item
