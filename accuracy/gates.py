"""How often each gate of each exercise lets good form through: real people, and scripted bodies.

A gate is one clause: of the start posture (at rest), of what must go on holding (within reps), of
the reach and the fall (at the tops), and of each fault that can be seen from that view.
"""

from __future__ import annotations

import logging
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from accuracy.good_form import Good, of_real_people, of_scripted_bodies
from formcheck.exercises.catalog import find_spec, spec_paths
from formcheck.exercises.clauses import Clause, parse_clause
from formcheck.exercises.model import ExerciseSpec
from formcheck.judging.conditions import Watch, watches
from formcheck.judging.faults import FaultWatch
from formcheck.measuring.camera_view import VIEW_BOUNDS
from formcheck.measuring.smoothing import Sample
from sample_videos.generator.exercises import all_motions

PAGE = Path(__file__).parents[1] / "docs" / "gates.md"

AT_ALL_TIMES = 0.995
"""Rows from this share on are counted, not shown."""

_INTRO = """# Gates and good form

How often each clause lets good form through, the worst first; `python -m accuracy gates` writes
this page. *Real*: labelled ranges of recordings beside the repository; of ranges whose label names
a fault the postures alone, for nobody is refused for a fault. Rests and tops are the turning points
of the primary measure, so that no gate chooses what it is tried on; *n* are samples at rest (start)
or within reps (keep), and reps for the others. *Scripted*: true joints of {people} doing it well,
from cameras 0, 15 and 30 degrees off the side or front as far as the exercise may be seen from
there, level with the body and 10 and 20 above and below it, none of them in the floor; the worst
camera is named. Values are from the 5th to the 95th percentile. What is not seen is counted apart
and lets nobody through.
"""


@dataclass(frozen=True)
class Gate:
    """One clause in its place: start, keep, reach, fall, or the id of a fault."""

    exercise: str
    place: str
    text: str


@dataclass
class Tally:
    """What one gate did: values where it was seen, and whether it let them through."""

    passed: int = 0
    n: int = 0
    unseen: int = 0
    values: list[float] = field(default_factory=list)
    sources: set[str] = field(default_factory=set)

    def add(self, source: str, value: float, *, passed: bool, seen: bool) -> None:
        """One more sample or rep."""
        self.n, self.passed, self.unseen = (
            self.n + 1,
            self.passed + passed,
            self.unseen + (not seen),
        )
        self.sources.add(source)
        if math.isfinite(value):
            self.values.append(value)

    @property
    def share(self) -> float:
        """How often it let good form through."""
        return self.passed / self.n if self.n else math.nan

    def span(self) -> str:
        """The values, such as "0.29 to 0.41"."""
        if not self.values:
            return ""
        low, high = np.percentile(self.values, [5, 95])
        return f"{low:.3g} to {high:.3g}"


Tallies = dict[Gate, dict[str, Tally]]
"""Gate -> camera, empty for real people -> what it did."""


def tried(goods: Iterable[Good]) -> Tallies:
    """All gates tried on good form that is seen from where the exercise may be."""
    found: Tallies = defaultdict(lambda: defaultdict(Tally))
    for good in goods:
        spec = find_spec(good.exercise)
        _view(good, spec, found)
        if _may_be_seen(good, spec):
            _frames(good, spec, found)
            if good.is_faultless:
                _levels(good, spec, found)
                _faults(good, spec, found)
    return found


def view_clause(spec: ExerciseSpec) -> Clause | None:
    """From where the exercise may be seen, as a clause."""
    if spec.camera not in VIEW_BOUNDS:
        return None
    word = "above" if spec.camera == "side" else "below"
    return parse_clause(f"side_view {word} {spec.side_view or VIEW_BOUNDS[spec.camera]}")


def _view(good: Good, spec: ExerciseSpec, found: Tallies) -> None:
    if (clause := view_clause(spec)) and not good.camera:
        _note(good, Gate(spec.id, "view", clause.text), found, [clause], good.within(good.rests))


def _may_be_seen(good: Good, spec: ExerciseSpec) -> bool:
    clause = view_clause(spec)
    return clause is None or (bool(good.rests) and clause.margin(good.rest(clause.signal)) >= 0)


def _frames(good: Good, spec: ExerciseSpec, found: Tallies) -> None:
    within = good.within([(rep.start_s, rep.end_s) for rep in good.reps])
    posture, rests = spec.start.posture, good.within(good.rests)
    for place, clauses, samples in (
        ("start", (*posture.start, *spec.start.require), rests),
        ("keep", posture.keep, within),
    ):
        for clause in clauses:
            _note(good, Gate(spec.id, place, clause.text), found, [clause], samples)


def _note(
    good: Good, gate: Gate, found: Tallies, clauses: list[Clause], samples: Iterable[Sample]
) -> None:
    (watch,) = _bound(good, clauses)
    for sample in samples:
        value = watch.value(sample)
        seen = not math.isnan(value) or watch.clause.if_seen
        passed = watch.includes(value) or (watch.clause.if_seen and math.isnan(value))
        found[gate][good.camera].add(good.name, value, passed=passed, seen=seen)


def _bound(good: Good, clauses: Iterable[Clause]) -> tuple[Watch, ...]:
    made = watches(tuple(clauses), good.bank)
    for watch in made:
        watch.bind(good.rest, lambda _: 0.0)
    return made


def _levels(good: Good, spec: ExerciseSpec, found: Tallies) -> None:
    """Reach and fall at the top of each rep."""
    for place, clauses in (("reach", spec.rep.reach), ("fall", spec.rep.fall)):
        for watch in _bound(good, clauses):
            gate = Gate(spec.id, place, watch.clause.text)
            for rep in good.reps:
                values = [watch.value(sample) for sample in good.within([rep.top])]
                value = float(np.nanmedian(values)) if not np.isnan(values).all() else math.nan
                seen = math.isfinite(value) or watch.clause.if_seen
                passed = seen and (math.isnan(value) or watch.includes(value) == (place == "reach"))
                found[gate][good.camera].add(good.name, value, passed=passed, seen=seen)


def _faults(good: Good, spec: ExerciseSpec, found: Tallies) -> None:
    """Each fault on each rep; those of the start posture once."""
    plain = spec.with_dose(next((d for d in spec.dose if not d.variant), spec.dose[0]))
    sign = 0 if spec.rep.leave[0].either_way else 1 if spec.rep.leave[0].wants_more else -1
    for rule in plain.fault:
        if good.bearings.view not in rule.views or rule.pose:
            continue
        fault = FaultWatch(rule, _bound(good, rule.when))
        text = " or ".join(clause.text for clause in rule.when)
        gate = Gate(spec.id, f"{rule.severity} {rule.id}", text)
        if rule.during == "start":
            values = np.array([[good.rest(s) for s in good.bank.signals]])[0]
            findings = [fault.at_rest(Sample(0.0, values, values))]
        else:
            moved = [good.movement(r, primary=spec.rep.measure, sign=sign) for r in good.reps]
            findings = [fault.conclude(movement) for movement in moved if movement.peak]
        for finding in findings:
            seen = finding.met is not None
            tally = found[gate][good.camera]
            tally.add(good.name, finding.value, passed=not finding.met, seen=seen)


def row(gate: Gate, tallies: dict[str, Tally]) -> str:
    """One line of the table."""
    real = tallies.get("", Tally())
    camera, worst = _worst(tallies)
    cells = [
        f"`{gate.exercise}`", gate.place, f"`{gate.text}`",
        f"{real.share:.2f}" if real.n else "", f"{real.n} in {len(real.sources)}" if real.n else "",
        f"{real.unseen / real.n:.2f}" if real.n and real.unseen else "", real.span(),
        f"{worst.share:.2f} ({camera})" if worst.n and worst.share < 1 else "1" if worst.n else "",
        _scripted(tallies).span(),
    ]  # fmt: skip
    return f"| {' | '.join(cells)} |"


def _worst(tallies: dict[str, Tally]) -> tuple[str, Tally]:
    seen = [(camera, tally) for camera, tally in tallies.items() if camera]
    return min(seen, key=lambda one: one[1].share, default=("", Tally()))


def _scripted(tallies: dict[str, Tally]) -> Tally:
    values = [v for camera, tally in tallies.items() if camera for v in tally.values]
    return Tally(values=values)


def _rank(tallies: dict[str, Tally]) -> tuple[float, float]:
    """The worst on real people first, then the worst on scripted ones."""
    real, scripted = tallies.get("", Tally()).share, _worst(tallies)[1].share
    return (1.0 if math.isnan(real) else real, 1.0 if math.isnan(scripted) else scripted)


def page(found: Tallies, people: int) -> str:
    """The whole table as Markdown, worst first."""
    rows = sorted(found.items(), key=lambda one: _rank(one[1]))
    shown = [one for one in rows if min(_rank(one[1])) < AT_ALL_TIMES]
    head = "| exercise | gate | clause | real | n, ranges | unseen | real values |"
    lines = [
        _INTRO.format(people=_bodies(people)),
        f"{len(rows)} gates were tried; {len(rows) - len(shown)} let all good form through.",
        "",
        f"{head} scripted, worst camera | scripted values |",
        "|---|---|---|---|---|---|---|---|---|",
        *(row(*one) for one in shown),
    ]
    return "\n".join(lines) + "\n"


def _bodies(people: int) -> str:
    return "one body" if people == 1 else f"{people} bodies"


def _goods(exercises: Iterable[str], people: int) -> Iterator[Good]:
    yield from of_real_people(exercises)
    for exercise in exercises:
        if exercise in all_motions():
            logging.info("%s", exercise)
            yield from of_scripted_bodies(exercise, people)


def measured(exercises: Iterable[str], people: int) -> str:
    """The table of some exercises, or of all."""
    return page(tried(_goods(list(exercises) or list(spec_paths()), people)), people)
