"""Named postures: how a person lies, kneels or stands, in the clauses of the spec grammar.

Numbers are those of docs/evidence.md (rules tried on hand-labelled photos, each under
twelve changes of the picture). `keep` is the looser form that has to last through an exercise.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formcheck.clauses import Clause, parse_clause

# Not wrist to knee: a knee's centre lies so high over the floor that this line leaned by 2 to 9
# degrees on three level recordings, and the longer one from wrist to toe by 1 to 6.
Floor = Literal["shoulder to ankle", "wrist to toe", "ankle to shoulder upright", "none"]


@dataclass(frozen=True)
class Posture:
    """A posture to start from.

    words: what the person is doing. start: what must all hold before movements are judged.
    keep: what must go on holding. floor: which line tells how the floor leans: one between
    joints that rest on it, or the upright body itself.
    """

    name: str
    words: str
    floor: Floor
    start: tuple[Clause, ...]
    keep: tuple[Clause, ...]


def _posture(name: str, words: str, floor: Floor, *, start: str, keep: str) -> Posture:
    def clauses(text: str) -> tuple[Clause, ...]:
        return tuple(parse_clause(line) for line in text.strip().splitlines())

    return Posture(name, words, floor, clauses(start), clauses(keep))


POSTURES: dict[str, Posture] = {
    posture.name: posture
    for posture in (
        _posture(
            "supine_hooklying",
            "on the back, knees bent, feet on the floor",
            "shoulder to ankle",
            start="""chest_down below -0.55
            trunk_incl between -50 and 50 deg
            knee near below 120 deg
            knee_below_hip below 0 torso
            ankle_below_hip above -0.15 torso""",
            keep="""chest_down below -0.3
            trunk_incl between -60 and 60 deg""",
        ),
        _posture(
            "quadruped",
            "on hands and knees",
            "wrist to toe",
            start="""chest_down above 0.6
            trunk_incl between -40 and 40 deg
            knee_below_hip above 0.55 torso
            ankle_below_hip below 1.3 torso
            wrist_below_shoulder near above 0.55 torso""",
            keep="""chest_down above 0.4
            trunk_incl between -45 and 45 deg
            knee_below_hip above 0.4 torso""",
        ),
        _posture(
            "standing",
            "standing",
            "ankle to shoulder upright",
            start="""trunk_incl above 55 deg
            knee_below_hip above 0.5 torso
            ankle_below_hip above 0.9 torso""",
            keep="""ankle_below_hip above 0.1 torso""",
        ),
    )
}
