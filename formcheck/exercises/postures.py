"""Named postures: how a person lies, kneels or stands, in the clauses of the spec grammar.

Numbers are those of docs/evidence.md (rules tried on hand-labelled photos, each under
twelve changes of the picture). `keep` is the looser form that has to last through an exercise.

What tells a posture from others must be seen before the start, on either side; what only tells a
variety of it, or its shape, is `if seen`: a foot outside the picture or a hidden wrist costs its
own check alone.

Standing is told by whichever leg is seen to reach lower: side-on the near one hides the other,
which then reads too faint to count as seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from formcheck.exercises.clauses import Clause, parse_clause

# Not wrist to knee: a knee's centre lies so high over the floor that this line leaned by 2 to 9
# degrees on three level recordings, and the longer one from wrist to toe by 1 to 6.
Floor = Literal[
    "shoulder to ankle", "shoulder to hip", "hip to ankle", "elbow to toe", "wrist to toe",
    "ankle to shoulder upright", "none",
]  # fmt: skip


@dataclass(frozen=True)
class Posture:
    """A posture to start from.

    words: what the person is doing. start: what must all hold before movements are judged.
    keep: what must go on holding. floor: which line tells how the floor leans: one between
    joints that rest on it, or the upright body itself. rests_on: the joints that stay where they
    are on the floor through all reps, but for a limb that works. on_soles: whether the feet stand
    flat.
    """

    name: str
    words: str
    floor: Floor
    rests_on: tuple[str, ...]
    start: tuple[Clause, ...]
    keep: tuple[Clause, ...]
    on_soles: bool = False

    @property
    def is_on_feet(self) -> bool:
        """Whether the person stands: nothing but feet is on the floor."""
        return set(self.rests_on) <= {"ankle", "toe"}


def _posture(
    name: str, words: str, floor: Floor, *, rests_on: str, start: str, keep: str,
    on_soles: bool = False,
) -> Posture:  # fmt: skip
    def clauses(text: str) -> tuple[Clause, ...]:
        return tuple(parse_clause(line) for line in text.strip().splitlines())

    joints = tuple(rests_on.split())
    return Posture(name, words, floor, joints, clauses(start), clauses(keep), on_soles)


POSTURES: dict[str, Posture] = {
    posture.name: posture
    for posture in (
        _posture(
            "supine_hooklying",
            "on the back, knees bent, feet on the floor",
            "shoulder to ankle",
            rests_on="shoulder ankle",
            start="""chest_down below -0.55
            trunk_incl between -50 and 50 deg
            knee near below 120 deg if seen
            knee_drop most below 0 torso
            ankle_lift least below 0.15 torso if seen""",
            keep="""chest_down below -0.1
            trunk_incl between -75 and 60 deg""",
            on_soles=True,
        ),
        _posture(
            "supine",
            "on the back",
            "shoulder to hip",
            rests_on="shoulder",
            start="""chest_down below -0.55
            trunk_incl between -50 and 50 deg""",
            keep="""chest_down below -0.3
            trunk_incl between -60 and 70 deg""",
        ),
        _posture(
            "supine_legs_down",
            "on the back, both legs straight on the floor",
            "shoulder to hip",
            rests_on="shoulder",
            start="""chest_down below -0.55
            trunk_incl between -50 and 50 deg
            knee both above 140 deg
            leg_raise most below 18 deg if seen""",
            keep="""chest_down below -0.3
            trunk_incl between -60 and 70 deg
            leg_raise most below 18 deg""",
        ),
        _posture(
            "supine_curl",
            "on the back, knees bent, feet on the floor, free to curl up",
            "shoulder to ankle",
            rests_on="hip ankle",
            start="""chest_down below -0.55
            trunk_incl between -50 and 50 deg
            knee near below 120 deg if seen
            knee_drop most below 0 torso
            ankle_lift least below 0.15 torso if seen""",
            keep="""chest_down below 0.3
            trunk_incl between -60 and 70 deg
            knee_below_hip below 0.2 torso""",
            on_soles=True,
        ),
        _posture(
            "supine_legs_straight",
            "on the back, legs straight",
            "shoulder to ankle",
            rests_on="shoulder",
            start="""chest_down below -0.55
            trunk_incl between -50 and 50 deg
            knee both above 145 deg
            hip3 both above 140 deg""",
            keep="""chest_down below -0.2
            trunk_incl between -60 and 60 deg""",
        ),
        _posture(
            "side_lying",
            "on the side",
            "shoulder to ankle",
            rests_on="shoulder",
            start="""chest_down between -0.55 and 0.55
            trunk_incl between -25 and 25 deg""",
            keep="""chest_down between -0.85 and 0.85
            trunk_incl between -45 and 45 deg""",
        ),
        _posture(
            "prone",
            "face down",
            "hip to ankle",
            rests_on="hip",
            start="""chest_down above 0.6
            trunk_incl between -25 and 25 deg
            hip_ext most below 193 deg
            knee_drop most below 0.4 torso
            ankle_lift least above -0.5 torso if seen""",
            keep="""chest_down above 0.1
            trunk_incl between -40 and 75 deg
            knee_below_hip below 0.6 torso""",
        ),
        _posture(
            "forearm_plank",
            "on forearms and toes",
            "elbow to toe",
            rests_on="elbow",
            start="""chest_down above 0.6
            trunk_incl between -25 and 30 deg
            elbow_below_shoulder most above 0.35 torso
            knee near above 88 deg if seen
            knee_drop most above -0.02 torso
            ankle_lift most above -0.8 torso if seen
            forearm_incl near above -40 deg if seen""",
            keep="""chest_down above 0.4
            trunk_incl between -40 and 50 deg
            elbow_below_shoulder near above 0.2 torso
            knee_drop most above -0.05 torso
            forearm_incl near above -50 deg""",
        ),
        _posture(
            "half_kneeling",
            "on one knee, the other foot in front",
            "ankle to shoulder upright",
            rests_on="ankle knee",
            start="""trunk_incl above 55 deg
            knee_drop most above 0.45 torso
            knee_drop least below 0.45 torso""",
            keep="""trunk_incl above 35 deg
            knee_drop least below 0.6 torso""",
        ),
        _posture(
            "arms_ahead",
            "standing tall or sitting upright, arms ahead at shoulder height",
            "none",
            rests_on="hip",
            start="""trunk_incl above 65 deg
            wrist_below_shoulder both between -0.4 and 0.4 torso""",
            keep="""trunk_incl above 45 deg
            wrist_below_shoulder both below 0.75 torso""",
        ),
        _posture(
            "goalpost",
            "standing tall or sitting upright, elbows and hands up at the sides",
            "none",
            rests_on="hip",
            start="""trunk_incl above 65 deg
            upper_arm_incl both between -40 and 40 deg
            forearm_incl both above 25 deg""",
            keep="""trunk_incl above 45 deg
            upper_arm_incl both above -55 deg""",
        ),
        _posture(
            "standing_at_wall",
            "standing, back against a wall",
            "none",
            rests_on="ankle",
            start="""trunk_incl above 70 deg
            knee_drop most above 0.5 torso
            ankle_lift least below -0.9 torso""",
            keep="""trunk_incl above 35 deg
            ankle_lift least below -0.1 torso""",
        ),
        _posture(
            "foot_propped",
            "standing, one foot propped up at the side",
            "none",
            rests_on="ankle",
            start="""trunk_incl above 60 deg
            ankle_below_hip above 0.9 torso
            foot_difference above 0.3 torso""",
            keep="""trunk_incl above 35 deg
            ankle_below_hip above 0.5 torso""",
        ),
        _posture(
            "straight",
            "the body in one line from shoulders to ankles",
            "none",
            rests_on="ankle hip",
            start="""hip_ext near above 155 deg
            knee near above 145 deg""",
            keep="""knee near above 110 deg""",
        ),
        _posture(
            "quadruped",
            "on hands and knees",
            "wrist to toe",
            rests_on="knee wrist",
            start="""chest_down above 0.6
            trunk_incl between -40 and 40 deg
            knee_drop most above 0.55 torso
            ankle_lift least above -1.3 torso if seen
            wrist_below_shoulder most above 0.55 torso""",
            keep="""chest_down above 0.4
            trunk_incl between -45 and 45 deg
            knee_below_hip above 0.2 torso""",
        ),
        _posture(
            "standing",
            "standing",
            "ankle to shoulder upright",
            rests_on="ankle",
            start="""trunk_incl above 55 deg
            knee_drop most above 0.5 torso
            ankle_lift least below -0.9 torso""",
            keep="""ankle_lift least below -0.1 torso""",
        ),
        _posture(
            "standing_tall",
            "standing on straight legs",
            "ankle to shoulder upright",
            rests_on="toe",
            start="""trunk_incl above 55 deg
            knee_drop most above 0.5 torso
            knee near above 150 deg
            ankle_lift least below -0.9 torso""",
            keep="""ankle_lift least below -0.1 torso
            knee near above 120 deg""",
        ),
    )
}
