"""The report of one recording as one page that stands alone: no script, nothing to fetch.

Read in thirty seconds on a screen or on paper: what was asked, what was done, what was wrong,
what was not judged, and on what each judgement rests.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from formcheck import __version__
from formcheck.output.report.charts import Mark, Plot, Span, chart
from formcheck.output.report.curves import Curve
from formcheck.records.events import (
    Attempt,
    Check,
    Fault,
    Hold,
    NotJudged,
    Outcome,
    Remark,
    Severity,
    Source,
    View,
)
from formcheck.records.pose import Side
from formcheck.storage.atomic_files import write_whole
from formcheck.words import conditions, reasons, terms

_REP_CHART = (480, 220)
_OVERVIEW_CHART = (1000, 200)
_DECISIVE = ("reach", "hold")
_VIEWS: dict[View, str] = {
    "side": "from the side",
    "oblique": "at an angle",
    "front": "from the front",
}


@dataclass(frozen=True)
class SideTotals:
    """What came together on one side; side None where the exercise has none, or none is claimed."""

    side: Side | None
    side_assumed: bool
    full: int
    short_hold: int
    partial: int
    not_judged: int
    timed: int
    best_hold_s: float
    total_hold_s: float


@dataclass(frozen=True, eq=False)
class RepCard:
    """One attempt as the page shows it.

    curve: the primary measure around the attempt. levels: its leave, reach, fall and back.
    holds, faults, not_judged: those of this attempt. picture_jpeg: at `attempt.top_s`.
    sources: what its checks rest on.
    """

    attempt: Attempt
    set_number: int
    curve: Curve
    levels: Mapping[str, float]
    holds: tuple[Hold, ...] = ()
    faults: tuple[Fault, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    picture_jpeg: bytes | None = None
    sources: tuple[Source, ...] = ()

    @property
    def decisive(self) -> tuple[Check, ...]:
        """The conditions that decide what the attempt comes to."""
        return tuple(check for check in self.attempt.checks if check.level in _DECISIVE)

    @property
    def other(self) -> tuple[Check, ...]:
        """The conditions by which it was told where the attempt begins and ends."""
        return tuple(check for check in self.attempt.checks if check.level not in _DECISIVE)

    @property
    def top(self) -> float:
        """The primary measure at the decisive moment, which need not be its peak."""
        return self.curve.at(self.attempt.top_s)


@dataclass(frozen=True, eq=False)
class ReportPage:
    """All that the page says.

    title: the exercise. dose: what was asked, in words, with dose_source; dose_note:
    how that is to be read. recognised: how surely it was recognised, a line a set, where nobody
    named it. measure: name of the
    primary measure, unit its unit. overview: that measure over the whole recording. faults:
    those of no attempt. limits: what this camera cannot see. sources: all that was rested on;
    documents: document id -> title.
    """

    title: str
    file_name: str
    duration_s: float
    measure: str
    unit: str
    overview: Curve
    totals: tuple[SideTotals, ...]
    cards: tuple[RepCard, ...] = ()
    dose: str = ""
    dose_source: Source | None = None
    dose_note: str = ""
    recognised: tuple[str, ...] = ()
    view: View | None = None
    levels: Mapping[str, float] = field(default_factory=dict)
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Remark, ...] = ()
    not_judged: tuple[NotJudged, ...] = ()
    never_judged: str = ""
    limits: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    documents: Mapping[str, str] = field(default_factory=dict)


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
    all_faults = [*page.faults, *(fault for card in page.cards for fault in card.faults)]
    not_judged = [*page.not_judged, *(item for card in page.cards for item in card.not_judged)]
    return _template().render(
        page=page,
        verdict=_verdict(page),
        tiles=_tiles(page, all_faults),
        faults=_fault_tallies(all_faults),
        not_judged=_not_judged_tallies(not_judged, page),
        overview=_overview(page),
        sources=_sources(page),
        view=_VIEWS[page.view] if page.view else "",
        version=__version__,
    )


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("formcheck.output.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
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
        "picture_text": _picture_text,
    }
    environment.globals |= {
        "outcomes": terms.OUTCOMES,
        "severities": terms.SEVERITIES,
        "levels": conditions.LEVELS,
    }
    return environment.get_template("report.html")


def _verdict(page: ReportPage) -> str:
    """The recording in one line: "7 full reps, 1 held too short, 2 partial, 1 not judged."""
    sums = {outcome: sum(getattr(t, outcome) for t in page.totals) for outcome in terms.OUTCOMES}
    if not any(sums.values()):
        return f"Not judged: {page.never_judged}" if page.never_judged else "No rep was seen"
    parts = [terms.count(sums["full"], "full rep")]
    parts += [
        f"{sums[outcome]} {text.lower()}"
        for outcome, text in terms.OUTCOMES.items()
        if outcome != "full" and sums[outcome]
    ]
    return ", ".join(parts)


def _tiles(page: ReportPage, faults: list[Fault]) -> list[_Tile]:
    tiles = [_outcome_tile(page, outcome) for outcome in terms.OUTCOMES]
    shown = [tile for i, tile in enumerate(tiles) if i == 0 or tile.figure != "0"]
    if any(card.attempt.hold_asked_s > 0 for card in page.cards):
        best = max(totals.best_hold_s for totals in page.totals)
        total = sum(totals.total_hold_s for totals in page.totals)
        shown.append(_Tile(terms.seconds(best), "Best hold", _by_side(page, "best_hold_s")))
        shown.append(_Tile(terms.seconds(total), "Hold in all", _by_side(page, "total_hold_s")))
    hints = [fault for fault in faults if fault.is_hint]
    shown.append(_faults_tile(page, "Faults", [f for f in faults if not f.is_hint]))
    return [*shown, _faults_tile(page, "Hints", hints)] if hints else shown


def _faults_tile(page: ReportPage, label: str, faults: list[Fault]) -> _Tile:
    attempts = {fault.attempt for fault in faults if fault.attempt is not None}
    detail = f"in {len(attempts)} of {terms.count(len(page.cards), 'attempt')}" if attempts else ""
    return _Tile(str(len(faults)), label, detail)


def _outcome_tile(page: ReportPage, outcome: Outcome) -> _Tile:
    number = sum(getattr(totals, outcome) for totals in page.totals)
    return _Tile(str(number), terms.OUTCOMES[outcome], _by_side(page, outcome))


def _by_side(page: ReportPage, name: str) -> str:
    """`left 4, right 3`; nothing where there are no two sides to tell apart."""
    if len(page.totals) < 2:
        return ""
    pairs = ((terms.side(t.side, assumed=t.side_assumed), getattr(t, name)) for t in page.totals)
    return ", ".join(
        f"{side or 'no side'} {terms.seconds(item) if isinstance(item, float) else item}"
        for side, item in pairs
    )


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
        _Tally(f"{_title(what)}: {reason}", len(group), _places(item.attempt for item in group))
        for (what, reason), group in groups.items()
    ]


def _title(identifier: str) -> str:
    return terms.sentence(identifier.replace("_", " "))


def _places(attempts: Iterable[int | None]) -> str:
    """`attempts 2, 4 and 7`; nothing for what concerns the whole."""
    numbers = sorted({number for number in attempts if number is not None})
    if not numbers:
        return ""
    return f"attempt{'s' if len(numbers) > 1 else ''} {terms.joints(tuple(map(str, numbers)))}"


def _rep_chart(card: RepCard, page: ReportPage) -> Markup:
    attempt = card.attempt
    held = card.holds if attempt.hold_asked_s > 0 else ()
    holds = tuple(Span(hold.start_s, hold.t_s, "hold", "hold") for hold in held)
    marks = tuple(Mark(fault.t_s, str(i)) for i, fault in enumerate(card.faults, 1))
    plot = Plot(
        curve=card.curve,
        unit=page.unit,
        description=f"{page.measure} over time in attempt {attempt.number}, "
        f"{terms.value(card.top, page.unit)} at {terms.clock(attempt.top_s)}",
        levels=dict(card.levels),
        spans=holds,
        marks=marks,
        dot=(attempt.top_s, card.top),
    )
    return chart(plot, size=_REP_CHART)


def _overview(page: ReportPage) -> Markup:
    spans = tuple(_attempt_span(card.attempt) for card in page.cards)
    plot = Plot(
        curve=page.overview,
        unit=page.unit,
        description=f"{page.measure} over the whole recording, attempts shaded and numbered",
        levels={name: page.levels[name] for name in ("reach",) if name in page.levels},
        spans=spans,
    )
    return chart(plot, size=_OVERVIEW_CHART)


def _attempt_span(attempt: Attempt) -> Span:
    label = f"{attempt.number} {terms.SYMBOLS[attempt.outcome]}"
    return Span(attempt.start_s, attempt.t_s, attempt.outcome, label)


def _picture_text(card: RepCard, page: ReportPage) -> str:
    """The picture in words."""
    attempt = card.attempt
    found = f"{page.measure.lower()} {terms.value(card.top, page.unit)}"
    return f"Attempt {attempt.number} at {terms.clock(attempt.top_s)}, {found}"


def _jpeg_url(jpeg: bytes) -> str:
    return "data:image/jpeg;base64," + base64.b64encode(jpeg).decode("ascii")


def _sources(page: ReportPage) -> list[tuple[str, list[str]]]:
    """Each document or kind of basis, with the places in it."""
    groups: dict[str, list[str]] = {}
    for basis in page.sources:
        name = terms.basis(basis)
        if title := page.documents.get(basis.doc):
            name = f"{name}: {title}"
        places = groups.setdefault(name, [])
        if (place := terms.with_signs(basis.at)) not in places:
            places.append(place)
    return list(groups.items())
