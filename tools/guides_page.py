"""What the guides say, statement by statement, and what is done about each: docs/guides.md."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, groupby
from pathlib import Path

from formcheck.exercises.catalog import safety_rules
from formcheck.exercises.guides import Document, Standing, Statement, documents, statements
from formcheck.exercises.model import ExerciseSpec
from formcheck.exercises.statements import Acting, acting, limit
from formcheck.words import terms

PAGE = Path(__file__).parents[1] / "docs" / "guides.md"

STANDINGS: dict[Standing, str] = {
    "acted on": "all of it is judged, counted, said or asked",
    "in part": "some of it is, and the rest is named beside it",
    "not measurable": "nothing judges it; the exercise says so, and why",
    "not yet": "what it needs is not built",
    "background": "it asks nothing of the reader",
}
"""The standings in the order in which they are counted, with what each means."""

_PARTS = {
    "start": "checked before the set",
    "say": "said before the set, not checked",
    "rep": "counts only with it",
    "sides": "left and right are told apart",
    "guide": "said in each round, timed and not seen",
    "breath": "the breath is said at its moment",
}

_INTRODUCTION = """\
# What the guides say, and what is done about it

Every statement of the five guides, in our words; the numbers are the lines of the guide. Beside
each stands what acts on it. A fault is quoted by its cue, a target by what it asks; where nothing
acts on a statement, the page says why.
"""

_END = """\
`python -m tools.vocabulary` writes this page from the files in
[exercise_specs/guides](../exercise_specs/guides).
"""


def page() -> str:
    """The whole page."""
    guides = documents()
    parts = chain.from_iterable(_guide(guides[doc], said) for doc, said in statements().items())
    return "\n".join([_INTRODUCTION, *_shares(), *parts, _END])


def _shares() -> Iterator[str]:
    found = {doc: Counter(one.standing for one in said) for doc, said in statements().items()}
    asking = sum(
        number
        for of in found.values()
        for standing, number in of.items()
        if standing != "background"
    )
    yield f"| | {' | '.join(found)} | all | share | meaning |"
    yield f"|{'---|' * (len(found) + 4)}"
    for standing, meaning in STANDINGS.items():
        counts = [of[standing] for of in found.values()]
        share = "" if standing == "background" else f"{100 * sum(counts) / asking:.0f} %"
        cells = [standing, *map(str, counts), str(sum(counts)), share, meaning]
        yield f"| {' | '.join(cells)} |"
    yield ""
    yield f"The share is of the {asking} statements that ask something of the reader.\n"


def _guide(guide: Document, said: Iterable[Statement]) -> Iterator[str]:
    yield f"## {guide.id}: {guide.title}\n"
    if not guide.headings:
        yield "This guide has no headings; the sections are named by us.\n"
    for section, some in groupby(said, key=lambda one: guide.section_of(one.line)):
        yield f"### {section or 'Above the text'}\n"
        yield "| line | the guide says | what is done |"
        yield "|---|---|---|"
        yield from (f"| {one.line} | {one.says} | {_done(one)} |" for one in some)
        yield ""


def _done(statement: Statement) -> str:
    if statement.background:
        return "background"
    acts = [acting(name) for name in statement.acts]
    unseen = [limit(name) for name in statement.not_measured]
    lines = [
        *dict.fromkeys(map(_act, acts)),
        *(f"{spec.title}: not seen ({_plain(one.what)}), as {one.why}" for spec, one in unseen),
    ]
    if statement.later:
        lines.append(f"not yet: {statement.later}")
    return "<br>".join(terms.with_signs(line).replace("|", " ") for line in lines)


def _plain(what: str) -> str:
    """Without the id of a fault that would judge it, as some files give it in brackets."""
    return re.sub(r" \([a-z]+(?:_[a-z]+)+\)", "", what)


def _act(act: Acting) -> str:
    if act.spec is None:
        return _rule(act.rule)
    return f"{act.spec.title}: {_in_an_exercise(act, act.spec)}"


def _in_an_exercise(act: Acting, spec: ExerciseSpec) -> str:
    if act.fault:
        return f"“{act.fault.cue}”"
    if act.dose and not act.part:
        return f"target, {terms.dose(act.dose)}"
    return f"{_PARTS[act.part]}: “{spec.start.say}”" if act.part == "say" else _PARTS[act.part]


def _rule(rule: str) -> str:
    return f"safety: {_safety_words()[rule]}"


def _safety_words() -> dict[str, str]:
    """What each rule of safety says or asks, by its id."""
    rules = safety_rules()
    before, pain = rules.before, rules.pain
    return {
        "notice": rules.notice,
        "provider": f"{rules.provider.ask} A no keeps the exercise away",
        "acute_pain": before.acute.ask,
        "pain_before": before.pain.ask,
        "stopped": "what was stopped stays locked until it has settled. " + pain.stop,
        "eased": "whether pain that is allowed eased is asked at the next start",
        **{one.id: one.ask for one in rules.condition},
        **{one.id: one.why for one in (*rules.agreement.always, *rules.tag_rule)},
        **{one.id: one.say for one in (*rules.caution, *pain.rule)},
        **{one.id: f"pain that is “{one.say}” is a stop" for one in pain.word},
        **{one.id: f"strain eases the depth by {one.by_deg:g}°" for one in rules.ease},
    }
