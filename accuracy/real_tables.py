"""What came of recordings of real people, as Markdown: the figures to reach, then case by case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import mean

from accuracy.real import COLUMNS, Found
from accuracy.real_cases import FLAGSHIPS, Piece
from formcheck.exercises.catalog import find_spec

Some = Sequence[Found]


def is_flagship(one: Found) -> bool:
    """Whether it is a bridge, bird dog or squat."""
    return one.exercise in FLAGSHIPS


def is_scored(one: Found) -> bool:
    """Whether it is a range of one of our exercises, not of a relation of one."""
    return one.piece == "ranges" and one.kind == "same"


def _exact(some: Some) -> str:
    n = sum(one.column == "exact" for one in some)
    return f"{n} of {len(some)}"


def _ranges(some: Some) -> str:
    alone = sum(one.is_count_right for one in some)
    flagships = _exact([one for one in some if is_flagship(one)])
    return f"{_exact(some)} (flagships {flagships}; {alone} by the count alone)"


def _too_many(some: Some) -> str:
    return str(sum(one.too_many for one in some))


def _outside(some: Some) -> str:
    return f"{sum(one.outside for one in some)} in {len(some)}"


def _counted(some: Some) -> str:
    counted = [one.counted for one in some if one.counted]
    return f"{sum(counted)} in {len(counted)} of {len(some)}"


def _deep_squats(some: Some) -> str:
    correct = [one for one in some if one.kind == "correct"]
    right = sum(one.attempts == one.reps for one in some)
    full = sum(one.full == one.attempts == one.reps for one in correct)
    return f"{right} of {len(some)} / {full} of {len(correct)}"


def _calls(some: Some) -> str:
    """A rep that was not found is called neither correct nor incorrect: it is a failure."""
    hits: Counter[str] = Counter()
    reps: Counter[str] = Counter()
    for one in some:
        called = one.good if one.kind == "correct" else one.flagged
        hits[one.kind] += min(called, one.reps)
        reps[one.kind] += one.reps
    shares = [hits.total() / reps.total(), *(hits[k] / reps[k] for k in ("incorrect", "correct"))]
    return "{:.3f}, sensitivity {:.2f}, specificity {:.2f}".format(*shares)


def _off_by_one(some: Some) -> str:
    near = sum(abs(one.counted - one.reps) <= 1 for one in some)
    error = mean(abs(one.counted - one.reps) / one.reps for one in some)
    return f"{near} of {len(some)}, mean error {error:.2f} of the count"


def _warned(some: Some) -> str:
    warned = [one for one in some if one.warned]
    told = Counter(fault for one in warned for fault in set(one.warned))
    which = ", ".join(f"`{fault}` {n}" for fault, n in told.most_common())
    return f"{len(warned)} of {len(some)}" + (f" ({which})" if which else "")


@dataclass(frozen=True)
class Row:
    """A figure to reach: on what it is measured, how, and what it should be (empty: none set)."""

    on: str
    of: Callable[[Found], bool]
    now: Callable[[Some], str]
    reach: str = ""


def _is(piece: Piece, *kinds: str) -> Callable[[Found], bool]:
    return lambda one: one.piece == piece and (not kinds or one.kind in kinds)


def _is_deep_squat(one: Found) -> bool:
    return one.piece == "uiprmd" and one.kind in ("correct", "incorrect")


ROWS = (
    Row("`recordings/`, ranges that can be counted, strictly exact",
        lambda one: is_scored(one) and one.source == "recordings", _ranges, "26 of 29"),
    Row("`clips/`, ranges, strictly exact",
        lambda one: is_scored(one) and one.source == "clips", _ranges, "38 of 46"),
    Row("timed holds, and ranges in which nobody completes a rep: the hold is right",
        lambda one: is_scored(one) and (one.is_timed or not one.reps), _exact,
        "within 1.0 s or 15 %"),
    Row("reps too many in ranges", is_scored, _too_many, "0"),
    Row("reps in whole recordings, outside their ranges", _is("whole"), _outside,
        "those that nobody did: 0"),
    Row("ranges without a fault by eye that were judged: warned",
        lambda one: is_scored(one) and one.seems_clean and one.is_judged, _warned, "0"),
    Row("reps of other movements, judged as flagships",
        lambda one: one.piece == "negatives" and is_flagship(one), _counted, "0"),
    Row("reps of other movements, judged as what they look most like",
        lambda one: one.piece == "negatives" and not is_flagship(one), _counted, "0"),
    Row("reps of other exercises of ours, judged as flagships", _is("others"), _counted),
    Row("UI-PRMD deep squats: full + short + partial is the count / correct ones all full",
        _is_deep_squat, _deep_squats, "19 of 20 / 10 of 10"),
    Row("the same, each rep called correct or incorrect, from the front",
        lambda one: _is_deep_squat(one) and one.name.endswith("yaw0"), _calls,
        "0.85, specificity 0.95"),
    Row("the same from the side",
        lambda one: _is_deep_squat(one) and one.name.endswith("yaw90"), _calls),
    Row("UI-PRMD inline lunges, reps as squats", _is("uiprmd", "inline_lunge"), _counted, "0"),
    Row("UI-PRMD side lunges, reps as squats", _is("uiprmd", "side_lunge"), _counted, "0"),
    Row("UI-PRMD sit to stand, reps as squats", _is("uiprmd", "sit_to_stand"), _counted, "0"),
    Row("Countix squats, within one of the count", _is("countix", "squat"), _off_by_one, "8 of 9"),
    Row("Countix lunges, reps as squats", _is("countix", "lunge"), _counted, "0"),
)  # fmt: skip

RECOGNISED = "recognised without a name: right; sure or likely of another; other movements named"


def summary(found: Some, recognised: str = "") -> str:
    """The figures to reach. recognised: that of recognition in words, empty if there is none."""
    lines = ["| on | now | to reach |", "|---|---|---|"]
    for row in ROWS:
        some = [one for one in found if row.of(one)]
        if some:
            lines.append(f"| {row.on} | {row.now(some)} | {row.reach} |")
    if recognised:
        lines.append(f"| `recordings/`, {RECOGNISED} | {recognised} | 22; 0; 0 |")
    return "\n".join(lines)


def columns(found: Some) -> str:
    """How many ranges are in which column: the flagships first, then everything."""
    scored = [one for one in found if is_scored(one)]
    groups = {
        find_spec(name).title: [one for one in scored if one.exercise == name] for name in FLAGSHIPS
    }
    groups["the flagships"] = [one for one in scored if is_flagship(one)]
    groups["all others"] = [one for one in scored if not is_flagship(one)]
    groups["relations of ours, for information"] = [*filter(_is("ranges", "near"), found)]
    if not any(groups.values()):
        return ""
    head = f"| | ranges | {' | '.join(COLUMNS)} | reps by eye | counted |\n|{'---|' * 8}\n"
    return head + "\n".join(_columns_of(name, some) for name, some in groups.items() if some)


def _columns_of(name: str, some: Some) -> str:
    counts = Counter(one.column for one in some)
    moving = [one for one in some if not one.is_timed]
    reps = (sum(one.reps for one in moving), sum(one.counted for one in moving))
    cells = [name, len(some), *(counts[column] for column in COLUMNS), *reps]
    return f"| {' | '.join(map(str, cells))} |"


def lines(found: Some) -> str:
    """One line a range, and one for whatever else is not as it should be."""
    head = f"| recording, frame | judged as | by eye | found | column | why |\n|{'---|' * 6}\n"
    told = [one for one in found if one.piece in ("ranges", "countix", "uiprmd") or _is_amiss(one)]
    return head + "\n".join(map(_line, told))


def _is_amiss(one: Found) -> bool:
    return one.outside > 0 if one.piece == "whole" else one.counted > 0


def _line(one: Found) -> str:
    column = one.column if one.piece == "ranges" else one.kind
    cells = [one.name, f"`{one.exercise}`", _by_eye(one), _told(one), column, _why(one)]
    return f"| {' | '.join(cells)} |"


def _is_held(one: Found) -> bool:
    return one.is_timed or (one.piece == "ranges" and one.hold_s > 0 and one.reps == 0)


def _by_eye(one: Found) -> str:
    return f"{one.hold_s:g} s" if _is_held(one) else str(one.reps)


def _told(one: Found) -> str:
    if one.piece == "whole":
        return f"{one.outside} outside the ranges"
    held = f", best hold {one.held_s:g} s" if _is_held(one) else ""
    partial = f", {one.partial} partial" if one.partial else ""
    return f"{one.counted}{partial}{held}"


def _why(one: Found) -> str:
    warned = f"warned of {', '.join(sorted(set(one.warned)))}" if one.warned else ""
    return "; ".join(part for part in (one.why, warned) if part)


def report(found: Some, recognised: str = "") -> str:
    """Everything."""
    return "\n\n".join(filter(None, [summary(found, recognised), columns(found), lines(found)]))
