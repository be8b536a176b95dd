"""What an exercise file need not say, put into its data before it is validated.

A rep's levels follow from its reach, a fault may point to the reach instead of repeating its
number, and faults and limits stand under their names. All here takes data of any shape: what does
not fit is left for the validation to report.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from typing import Any, Literal

from formcheck.exercises.clauses import RELATIONS, Clause, ClauseError, parse_clause, parse_signal
from formcheck.exercises.numbers import number_of, parse_anchor, parse_basis, parse_tolerance
from formcheck.measuring.signals import Signal

LevelName = Literal["leave", "partial", "reach", "hold", "fall", "back"]

LEVELS: tuple[LevelName, ...] = ("leave", "partial", "reach", "hold", "fall", "back")
"""The levels of a rep, in the order in which they are passed."""

WHY = {
    "leave": "ours: several times the noise of a rest",
    "partial": "ours: so much is done on purpose",
    "fall": "ours: short of the reach, so that noise does not break a hold",
    "back": "ours: about half of the way that leaves the rest",
}
"""Where the number of a level comes from, if the file does not say."""

LEAVE = {"deg": 12.0, "torso": 0.05}
"""How far off the rest an attempt begins, by the unit of the measure (ours: several times the
noise of a rest); in other units the file must say."""

PARTIAL_SHARE_DEG, PARTIAL_SHARE = 5 / 3, 1.4
"""How much farther than `leave` a movement is no noise, in degrees and in other units (ours)."""

BACK_SHARE = 0.6
"""The share of `leave` at which an attempt is over (ours), in degrees rounded down."""

FALL_SHARE = 2 / 3
"""The share of a reach from rest, in a unit other than degrees, at which the top ends (ours)."""

LEAST_GAP_DEG = 5.0
"""The least that two neighbouring levels of a rep lie apart (design.md, law 5)."""

LEAST_GAPS: dict[str, float] = {
    "deg": LEAST_GAP_DEG, "torso": 0.01, "shank": 0.02, "stature": 0.005, "ratio": 0.05,
}  # fmt: skip
"""The same in each unit: twice the noise of a still person, as measured on photographs under
twelve changes of the picture (docs/evidence.md); a bout widens them by the noise that it finds."""

REASONS = ("anchor", "tolerance", "number")
"""The keys that say where a number comes from."""

UNJUDGED = "side_view above 0"
"""Stands for a clause that follows from another which is wrong: that alone is reported."""

Table = dict[str, Any]


def completed(data: Table) -> Table:
    """The data of a file with all that it need not say."""
    faults, limits = data.get("fault", {}), data.get("not_measured", {})
    data = {**data, "fault": _named(faults)}
    if isinstance(limits, dict):
        data["not_measured"] = [{"what": what, "why": why} for what, why in limits.items()]
    rep: Table = {}
    if isinstance(data.get("rep"), dict):
        is_timed = data.get("mode", "reps") != "reps"
        data["rep"] = rep = _rep(data["rep"], is_timed=is_timed)
    if isinstance(faults, dict):
        data["fault"] = [_pointing(rule, rep) for rule in data["fault"]]
    if isinstance(variants := data.get("variant"), dict):
        data["variant"] = {name: _variant(v, rep, faults) for name, v in variants.items()}
    return data


def _named(faults: Any) -> Any:
    """Faults under their ids as a list; what is no table stays, for the validation to report."""
    if not isinstance(faults, dict):
        return faults
    return [{"id": id, **rule} if isinstance(rule, dict) else rule for id, rule in faults.items()]


# --- the levels of a rep --------------------------------------------------------------------------


def conditions(value: Any, measure: Any, why: str = "") -> Any:
    """A level as the list of its conditions, each with its clauses and where its number comes
    from: `why`, if it does not say."""
    if isinstance(value, str) or (isinstance(value, list) and _are_texts(value)):
        value = [{"when": value}]
    elif isinstance(value, dict):
        value = [value]
    elif isinstance(value, list):
        value = [{"when": part} if isinstance(part, str) else part for part in value]
    else:
        return value
    return [_condition(one, measure, why) if isinstance(one, dict) else one for one in value]


def _are_texts(values: list[Any]) -> bool:
    return all(isinstance(value, str) for value in values)


def _condition(table: Table, measure: Any, why: str) -> Table:
    reason = {"number": why} if why and not any(key in table for key in REASONS) else {}
    when = {"when": with_measure(measure, table["when"])} if "when" in table else {}
    return {**table, **when, **reason}


def with_measure(measure: Any, value: Any) -> Any:
    """A clause, or a list of them, with the measure put before a bare relation."""
    if isinstance(value, list):
        return [with_measure(measure, item) for item in value]
    if isinstance(value, str) and value.split(" ")[0] in RELATIONS:
        return f"{measure} {value}" if _signal(measure) else UNJUDGED
    return value


def _signal(measure: Any) -> Signal | None:
    try:
        signal = parse_signal(measure) if isinstance(measure, str) else None
    except ClauseError:
        return None
    return signal if signal and signal.who != "both" else None


def _rep(rep: Table, *, is_timed: bool) -> Table:
    """The levels of a rep; of a timed hold, which begins in its position and ends out of it, all
    are those two."""
    measure = rep.get("measure")
    found: Table = {
        level: conditions(rep[level], measure, WHY.get(level, ""))
        for level in LEVELS
        if level in rep
    }
    if "reach" in found:
        found["fall"] = _fall(found.get("fall", []), found["reach"], measure)
        if is_timed:
            both = {"leave": found["reach"], "partial": found["reach"], "back": found["fall"]}
            found = both | found
        else:
            _derive_the_way(found, measure)
    return {**rep, **{level: value for level, value in found.items() if value != []}}


def _derive_the_way(found: Table, measure: Any) -> None:
    """Put in what leaves the rest, counts as an attempt, and is back, where it is not said."""
    _put(found, "leave", _leave(found["reach"], measure))
    _put(found, "partial", _scaled(found.get("leave"), measure, _partial))
    _put(found, "back", _scaled(found.get("leave"), measure, _back))


def _put(found: Table, level: str, clause: str) -> None:
    if clause and level not in found:
        found[level] = [{"when": clause, "number": WHY[level]}]


def _clauses(level: Any) -> Iterator[tuple[Clause, Table]]:
    """The clauses of a level that can be read, each with the condition that it stands in."""
    for table in level if isinstance(level, list) else ():
        when = table.get("when") if isinstance(table, dict) else None
        for text in when if isinstance(when, list) else [when]:
            if (clause := _read(text)) is not None:
                yield clause, table


def _read(text: Any) -> Clause | None:
    try:
        return parse_clause(text) if isinstance(text, str) else None
    except ClauseError:
        return None


def _about(level: Any, measure: Any) -> list[Clause]:
    signal = _signal(measure)
    return [clause for clause, _ in _clauses(level) if clause.signal == signal]


def _leave(reach: Any, measure: Any) -> str:
    found = _about(reach, measure)
    if not found:
        return UNJUDGED
    clause, by = found[0], LEAVE.get(found[0].unit)
    if by is None or clause.either_way or _is_range(clause):
        return ""
    return f"{measure} {'rises' if clause.wants_more else 'drops'} {by:g} {clause.unit} from rest"


def _scaled(leave: Any, measure: Any, by: Any) -> str:
    found = _about(leave, measure)
    if not found:
        return UNJUDGED
    clause = found[0]
    if clause.either_way or not clause.from_rest or _is_range(clause):
        return ""
    return f"{measure} {by(clause)}{_unit(clause)} from rest"


def _partial(leave: Clause) -> str:
    share = PARTIAL_SHARE_DEG if leave.unit == "deg" else PARTIAL_SHARE
    return f"{'rises' if leave.wants_more else 'drops'} {_digits(abs(leave.limit()) * share)}"


def _back(leave: Clause) -> str:
    size = abs(leave.limit())
    by = BACK_SHARE * size
    by = min(math.floor(by + 1e-9) if leave.unit == "deg" else by, size - LEAST_GAPS[leave.unit])
    return f"below {_digits(by)}" if leave.wants_more else f"above {_digits(-by)}"


def _fall(written: Any, reach: Any, measure: Any) -> Any:
    """What ends the top: what is written, and first what follows from the reach, where nothing
    written is about the measure of the rep."""
    if not isinstance(written, list) or _about(written, measure):
        return written
    texts = [text for clause in _about(reach, measure) for text in _ends(clause, measure)]
    if not texts:
        return written or [{"when": UNJUDGED, "number": WHY["fall"]}] * (not _about(reach, measure))
    match written:
        case [{"when": when, "number": why}] if why == WHY["fall"]:
            return [
                {"when": [*texts, *(when if isinstance(when, list) else [when])], "number": why}
            ]
    return [{"when": texts, "number": WHY["fall"]}, *written]


def _ends(reach: Clause, measure: str) -> Iterator[str]:
    if reach.either_way or (reach.unit != "deg" and not reach.from_rest):
        return
    rest = " from rest" if reach.from_rest else ""
    for relation, bound, sign in (("above", reach.high, 1), ("below", reach.low, -1)):
        if math.isfinite(bound):
            end = bound + sign * LEAST_GAP_DEG if reach.unit == "deg" else bound * FALL_SHARE
            yield f"{measure} {relation} {_digits(end)}{_unit(reach)}{rest}"


def _is_range(clause: Clause) -> bool:
    return math.isfinite(clause.low) and math.isfinite(clause.high)


def _unit(clause: Clause) -> str:
    return "" if clause.unit == "ratio" else f" {clause.unit}"


def _digits(number: float) -> str:
    return f"{round(number, 6):g}"


# --- faults that point to the reach ---------------------------------------------------------------

_POINTER = re.compile(r"\b(above|below|between|and) reach\b")


def _pointing(rule: Any, rep: Table, reach: Any = None) -> Any:
    """A fault, or what a variant makes of one, with the numbers of the reach that it points to,
    and where those come from, if it does not say."""
    if not isinstance(rule, dict) or not _points(rule.get("when")):
        return rule
    levels = [level for level in (reach, rep.get("reach")) if level]
    found = [pair for level in levels for pair in _clauses(level)]
    texts, tables = [], []
    when = rule["when"]
    for text in when if isinstance(when, list) else [when]:
        expanded, table = _expanded(text, found)
        texts.append(expanded)
        tables += [table] if table else []
    own = any(key in rule for key in REASONS)
    return {**rule, "when": texts, **({} if own else _reasons(tables[0] if tables else {}))}


def _reasons(condition: Table) -> Table:
    """Where the number of a condition comes from; where that is wrong, it is reported there."""
    reasons = {key: condition[key] for key in REASONS if key in condition}
    parsers = {"anchor": parse_anchor, "tolerance": parse_tolerance, "number": parse_basis}
    try:
        read: Any = {key: parse(reasons[key]) for key, parse in parsers.items() if key in reasons}
        clauses = [clause for clause, _ in _clauses([condition])]
        number_of(clauses, *(read.get(key) for key in ("number", "anchor", "tolerance")))
    except ValueError:
        return {"number": "ours: as for the reach"}
    return reasons


def _points(when: Any) -> bool:
    texts = when if isinstance(when, list) else [when]
    return any(isinstance(text, str) and _POINTER.search(text) for text in texts)


def _expanded(text: Any, reach: Iterable[tuple[Clause, Table]]) -> tuple[Any, Table | None]:
    match = _POINTER.search(text) if isinstance(text, str) else None
    if not match:
        return text, None
    reach = list(reach)
    if not reach or any(clause.text == UNJUDGED for clause, _ in reach):
        return UNJUDGED, None
    for clause, table in reach:
        if re.match(rf"(?:(?:highest|lowest|median) )?{clause.signal} \w+", text) is not None:
            bound = clause.low if match[1] == "below" else clause.high
            bound = bound if math.isfinite(bound) else clause.limit()
            rest = " from rest" if clause.from_rest and match[1] in ("above", "below") else ""
            number = f"{match[1]} {_digits(bound)}{_unit(clause)}{rest}"
            return _POINTER.sub(number, text, count=1), table
    return text, None


def _variant(variant: Any, rep: Table, faults: Any) -> Any:
    """A variant with its own fall after its own reach, and with the faults that point to it."""
    if not isinstance(variant, dict):
        return variant
    measure, variant = rep.get("measure"), dict(variant)
    for level in ("reach", "fall"):
        if level in variant:
            variant[level] = conditions(variant[level], measure, WHY.get(level, ""))
    reach = variant.get("reach")
    if reach is not None and "fall" not in variant:
        others = [text for text in _texts(rep.get("fall")) if not text.startswith(f"{measure} ")]
        written = [{"when": others, "number": WHY["fall"]}] if others else []
        variant["fall"] = _fall(written, reach, measure)
    own = variant.get("fault", {})
    if isinstance(own, dict) and isinstance(faults, dict):
        found = {id: when if isinstance(when, dict) else {"when": when} for id, when in own.items()}
        for id, rule in faults.items() if reach is not None else ():
            if id not in found and isinstance(rule, dict) and _points(rule.get("when")):
                found[id] = {key: rule[key] for key in ("when", *REASONS) if key in rule}
        pointing = {id: _pointing(rule, rep, reach) for id, rule in found.items()}
        variant["fault"] = {
            id: rule for id, rule in pointing.items() if id in own or not _points(rule["when"])
        }
    return variant


def _texts(level: Any) -> Iterator[str]:
    for clause, _ in _clauses(level):
        yield clause.text
