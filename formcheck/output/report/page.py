"""The report of one recording as one page that stands alone: no script, nothing to fetch.

Read in thirty seconds on a screen or on paper: the target, what was done, what was wrong, what was
not judged, and the source of each judgement.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from jinja2 import Template
from markupsafe import Markup

from formcheck import __version__
from formcheck.measuring.measures import REGISTRY
from formcheck.measuring.signals import Signal
from formcheck.output.report.charts import Mark, Plot, Span, chart
from formcheck.output.report.curves import Curve
from formcheck.output.report.templates import environment
from formcheck.records.events import Attempt, Check, Fault, NotJudged, Severity, Source, View
from formcheck.records.report import Rep, Report, Totals
from formcheck.storage.atomic_files import write_whole
from formcheck.words import conditions, reasons, terms

_REP_CHART = (480, 220)
_OVERVIEW_CHART = (1000, 200)
_DECISIVE = ("reach", "hold")
_DRAWN = ("leave", "reach", "fall", "back")

CURVE_MARGIN_S = 1.0
"""How much of the curve is shown before and after each attempt."""

_VIEWS: dict[View, str] = {
    "side": "from the side",
    "oblique": "at an angle",
    "front": "from the front",
}


@dataclass(frozen=True, eq=False)
class ReportPage:
    """All that the page says.

    title: the exercise. report: what was judged; never_judged: in words, why nothing was. primary:
    the signal that the phases go by; curve: its measure over the whole recording; levels: its
    leave, reach, fall and back last known. pictures: JPEG by the decisive moment of a rep. dose:
    the target in words, with dose_source; dose_note: how that is to be read. recognised: how surely
    it was recognised, a line a set, where nobody named it. footage: how the film was put right, a
    line each. limits: what this camera cannot see.
    rep_sources: where the numbers of a rep come from, in words; numbers: the same of a fault, by
    its id; sources: all sources; documents: document id -> title.
    """

    title: str
    file_name: str
    duration_s: float
    report: Report
    primary: Signal
    curve: Curve
    levels: Mapping[str, float] = field(default_factory=dict)
    pictures: Mapping[float, bytes] = field(default_factory=dict)
    dose: str = ""
    dose_source: Source | None = None
    dose_note: str = ""
    recognised: tuple[str, ...] = ()
    footage: tuple[str, ...] = ()
    never_judged: str = ""
    limits: tuple[str, ...] = ()
    rep_sources: tuple[str, ...] = ()
    numbers: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[Source, ...] = ()
    documents: Mapping[str, str] = field(default_factory=dict)

    @property
    def measure(self) -> str:
        """Name of the primary measure."""
        return REGISTRY[self.primary.name].title

    @property
    def unit(self) -> str:
        """Its unit."""
        return REGISTRY[self.primary.name].unit


@dataclass(frozen=True)
class _Tile:
    figure: str
    label: str
    detail: str = ""


@dataclass(frozen=True)
class _Tally:
    """The same thing found several times: what, how often, where."""

    what: str
    times: int
    places: str
    severity: Severity = "info"


def write_report(path: Path, page: ReportPage) -> None:
    """Write the page.

    Raises:
        FormcheckError: the file cannot be written.
    """
    write_whole(path, render(page))


def render(page: ReportPage) -> str:
    """The page as HTML."""
    report = page.report
    all_faults = [*report.faults, *(fault for rep in report.reps for fault in rep.faults)]
    not_judged = [*report.not_judged, *(item for rep in report.reps for item in rep.not_judged)]
    return _template().render(
        page=page,
        report=report,
        verdict=_verdict(page),
        tiles=_tiles(report, all_faults),
        faults=_fault_tallies(all_faults),
        not_judged=_not_judged_tallies(not_judged, page),
        overview=_overview(page),
        sources=_sources(page),
        view=_VIEWS[report.view] if report.view else "",
        version=__version__,
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    templates = environment()
    templates.filters |= {
        "measured": terms.value,
        "seconds": terms.seconds,
        "clock": terms.clock,
        "sentence": terms.sentence,
        "source": terms.source,
        "signs": terms.with_signs,
        "side": terms.side,
        "jpeg_url": _jpeg_url,
        "chart": _rep_chart,
        "asked": conditions.asked,
        "rule": conditions.rule,
        "why": reasons.why,
        "what": reasons.what,
        "remark": reasons.remark,
        "checks": _checks,
        "top": _top,
        "picture_text": _picture_text,
    }
    templates.globals |= {
        "outcomes": terms.OUTCOMES,
        "severities": terms.SEVERITIES,
        "levels": conditions.LEVELS,
    }
    return templates.get_template("report.html")


def _verdict(page: ReportPage) -> str:
    """The recording in one line: "7 full reps, 1 held too short, 2 partial, 1 not judged."""
    if not page.report.reps:
        return f"Not judged: {page.never_judged}" if page.never_judged else "No rep was seen"
    totals = page.report.totals
    if totals.timed:
        return terms.sentence(terms.in_position(totals))
    parts = [terms.count(totals.full, "full rep")]
    parts += [
        f"{number} {text.lower()}"
        for outcome, text in terms.OUTCOMES.items()
        if outcome != "full" and (number := getattr(totals, outcome))
    ]
    return ", ".join(parts)


def _tiles(report: Report, faults: list[Fault]) -> list[_Tile]:
    if report.totals.timed:
        return [_tile(report, "total_hold_s", "Lying as asked"), *_fault_tiles(report, faults)]
    words = terms.OUTCOMES | {"full": "Full rep" if report.totals.full == 1 else "Full reps"}
    tiles = [_tile(report, outcome, text) for outcome, text in words.items()]
    shown = [tile for i, tile in enumerate(tiles) if i == 0 or tile.figure != "0"]
    if any(rep.attempt.hold_asked_s > 0 for rep in report.reps):
        shown.append(_tile(report, "best_hold_s", "Best hold"))
        shown.append(_tile(report, "total_hold_s", "Total hold"))
    return [*shown, *_fault_tiles(report, faults)]


def _fault_tiles(report: Report, faults: list[Fault]) -> Iterator[_Tile]:
    yield _faults_tile(report, "Fault", [fault for fault in faults if not fault.is_hint])
    if hints := [fault for fault in faults if fault.is_hint]:
        yield _faults_tile(report, "Hint", hints)


def _faults_tile(report: Report, noun: str, faults: list[Fault]) -> _Tile:
    label = noun if len(faults) == 1 else f"{noun}s"
    attempts = {fault.attempt for fault in faults if fault.attempt is not None}
    of = terms.count(len(report.reps), "attempt")
    return _Tile(str(len(faults)), label, f"in {len(attempts)} of {of}" if attempts else "")


def _tile(report: Report, name: str, label: str) -> _Tile:
    """One of the totals, with `left 4, right 3` where there are two sides to tell apart."""
    sides = report.sides if len(report.sides) > 1 else {}
    detail = ", ".join(
        f"{terms.side(side, assumed=report.is_assumed(side)) or 'no side'} {_figure(totals, name)}"
        for side, totals in sides.items()
    )
    return _Tile(_figure(report.totals, name), label, detail)


def _figure(totals: Totals, name: str) -> str:
    number = getattr(totals, name)
    return terms.seconds(number) if isinstance(number, float) else str(number)


def _fault_tallies(faults: Iterable[Fault]) -> list[_Tally]:
    groups: dict[str, list[Fault]] = {}
    for fault in faults:
        groups.setdefault(fault.id, []).append(fault)
    tallies = [
        _Tally(group[0].cue, len(group), _places(f.attempt for f in group), group[0].severity)
        for group in groups.values()
    ]
    ranks = list(reversed(terms.SEVERITIES))
    return sorted(tallies, key=lambda tally: (ranks.index(tally.severity), -tally.times))


def _not_judged_tallies(items: Iterable[NotJudged], page: ReportPage) -> list[_Tally]:
    groups: dict[tuple[str, str], list[NotJudged]] = {}
    for item in items:
        is_whole = item.what == "recording"
        why = page.never_judged if is_whole else reasons.why(item.reason)
        groups.setdefault((reasons.what(item), why), []).append(item)
    return [
        _Tally(f"{what}: {reason}", len(group), _places(item.attempt for item in group))
        for (what, reason), group in groups.items()
    ]


def _places(attempts: Iterable[int | None]) -> str:
    """`attempts 2, 4 and 7`; nothing for what concerns the whole."""
    numbers = sorted({number for number in attempts if number is not None})
    if not numbers:
        return ""
    return f"attempt{'s' if len(numbers) > 1 else ''} {terms.joints(tuple(map(str, numbers)))}"


def _checks(attempt: Attempt) -> tuple[list[Check], list[Check]]:
    """The conditions that decide what an attempt comes to; those that say where it begins and
    ends."""
    decisive = [check for check in attempt.checks if check.level in _DECISIVE]
    return decisive, [check for check in attempt.checks if check.level not in _DECISIVE]


def _top(rep: Rep, page: ReportPage) -> float:
    """The primary measure at the decisive moment, which need not be its peak."""
    return page.curve.at(rep.attempt.top_s)


def _levels(rep: Rep, page: ReportPage) -> dict[str, float]:
    """The levels of the measure that is drawn, as the attempt was judged by them."""
    primary = page.primary
    return {
        check.level: check.bound.limit
        for check in rep.attempt.checks
        if check.level in _DRAWN
        and (check.bound.measure, check.bound.side) == (primary.name, primary.who)
    }


def _rep_chart(rep: Rep, page: ReportPage) -> Markup:
    attempt, top = rep.attempt, _top(rep, page)
    held = rep.holds if attempt.hold_asked_s > 0 else ()
    plot = Plot(
        curve=page.curve.between(attempt.start_s - CURVE_MARGIN_S, attempt.t_s + CURVE_MARGIN_S),
        unit=page.unit,
        description=f"{page.measure} over time in attempt {attempt.number}, "
        f"{terms.value(top, page.unit)} at {terms.clock(attempt.top_s)}",
        levels=_levels(rep, page),
        spans=tuple(Span(hold.start_s, hold.t_s, "hold", "hold") for hold in held),
        marks=tuple(Mark(fault.t_s, str(i)) for i, fault in enumerate(rep.faults, 1)),
        dot=(attempt.top_s, top),
    )
    return chart(plot, size=_REP_CHART)


def _overview(page: ReportPage) -> Markup:
    spans = tuple(_attempt_span(rep.attempt) for rep in page.report.reps)
    plot = Plot(
        curve=page.curve,
        unit=page.unit,
        description=f"{page.measure} over the whole recording, attempts shaded and numbered",
        levels={name: page.levels[name] for name in ("reach",) if name in page.levels},
        spans=spans,
    )
    return chart(plot, size=_OVERVIEW_CHART)


def _attempt_span(attempt: Attempt) -> Span:
    label = f"{attempt.number} {terms.SYMBOLS[attempt.outcome]}"
    return Span(attempt.start_s, attempt.t_s, attempt.outcome, label)


def _picture_text(rep: Rep, page: ReportPage) -> str:
    """The picture in words."""
    attempt = rep.attempt
    found = f"{page.measure.lower()} {terms.value(_top(rep, page), page.unit)}"
    return f"Attempt {attempt.number} at {terms.clock(attempt.top_s)}, {found}"


def _jpeg_url(jpeg: bytes) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii")


def _sources(page: ReportPage) -> list[tuple[str, list[str]]]:
    """Each document or kind of source, with the places in it."""
    groups: dict[str, list[str]] = {}
    for basis in page.sources:
        name = terms.basis(basis)
        if title := page.documents.get(basis.doc):
            name = f"{name}: {title}"
        places = groups.setdefault(name, [])
        if (place := terms.with_signs(basis.at)) not in places:
            places.append(place)
    return list(groups.items())
