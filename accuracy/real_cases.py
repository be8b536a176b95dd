"""Recordings of real people as cases: which frames, judged as what, and what was seen by eye.

They lie beside the repository and are not ours to pass on: `../shared/clips`,
`../shared/recordings`, and `recordings/public` with tracks made from public data sets.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from formcheck.exercises.catalog import find_spec
from formcheck.records.pose import Pose
from formcheck.storage.pose_tracks import PoseTrack

SHARED = Path(__file__).parents[2] / "shared"
CLIPS, RECORDINGS = SHARED / "clips", SHARED / "recordings"
PUBLIC = RECORDINGS / "public"

FLAGSHIPS = ("bodyweight_squat", "bridge", "bird_dog")

EXERCISE_OF = {
    "squat": "bodyweight_squat", "bridge": "bridge", "bird_dog": "bird_dog", "plank": "plank",
    "knee_plank": "plank", "cat_cow": "cat_cow", "superman": "superman", "cobra": "cobra",
    "prone_opposite_arm_leg": "prone_opposite_arm_leg", "knee_to_chest": "knee_to_chest_single",
    "double_knee_to_chest": "knee_to_chest_double", "crunch": "abdominal_crunch",
    "heel_slide": "heel_slides", "supine_twist": "supine_twist", "wall_squat": "wall_squat",
    "side_lying_leg_lift": "side_lying_leg_lift", "deadlift": "barbell_deadlift",
}  # fmt: skip
"""Exercise by the word of a clip's label; a word that is not here is another movement."""

MIXED = {"squat_to_heel_raise"}
"""Two exercises in turn, which are neither one of them nor another movement."""

NOTED = {"partial curl-up": "partial_curl_up"}
"""Exercise by what else a label says of a clip, where its word is wider."""

NEAREST = {
    "kneeling_talk": ("hip_flexor_stretch",), "plank_straight_arm": ("plank",),
    "upward_dog": ("cobra", "prone_press_up_forearms"), "prone_t_raise": ("superman",),
    "side_shuffle": ("banded_lateral_walk",), "pushup": ("plank", "cobra"),
    "jumping_jack": ("heel_raise", "scapular_wall_slide"), "situp": ("abdominal_crunch",
    "partial_curl_up"), "childs_pose": ("cat_cow", "plank"),
    "inchworm": ("barbell_deadlift", "plank"), "walk": ("heel_raise", "banded_lateral_walk"),
    "multi": ("side_lying_leg_lift",), "seated_knee_ext": ("wall_squat",),
    "chest_stretch": ("scapular_wall_slide",), "updog_rock": ("cobra", "prone_press_up_forearms"),
    "side_plank": ("plank", "side_lying_leg_lift"), "prone_rest": ("cobra", "plank"),
    "lunge": ("wall_squat", "hip_flexor_stretch"), "noperson": (),
}  # fmt: skip
"""Exercises that another movement looks most like, by the word of its label without "neg_"."""

Piece = Literal["ranges", "negatives", "others", "whole", "uiprmd", "countix"]

Kind = Literal["same", "near", "negative", "left_out", "mixed"]
"""same: one of our exercises; near: a relation of one, judged for information; the others: nothing
may be counted, but mixed, which is left alone."""


@dataclass(frozen=True)
class Range:
    """A clean range of a recording, as it was labelled by eye.

    exercise: empty for another movement. hold_s: the longest hold, 0 without one. seems_clean:
    whether the label says that there is no fault. countable: whether a physiotherapist who
    watches it would count.
    """

    source: Literal["clips", "recordings"]
    track: Path
    first: int
    last: int
    label: str
    exercise: str
    kind: Kind
    countable: bool
    reps: int
    hold_s: float
    seems_clean: bool

    @property
    def name(self) -> str:
        """Recording and first frame, such as "squat_03 300"."""
        return f"{self.track.stem} {self.first}"

    @property
    def is_scored(self) -> bool:
        """Whether it is one of our exercises, and can be counted."""
        return self.kind == "same" and self.countable

    @property
    def is_other(self) -> bool:
        """Whether it is another movement than any of ours."""
        return self.kind in ("negative", "left_out")

    def poses(self) -> list[Pose]:
        """The poses of its frames."""
        return _whole(self.track)[self.first : self.last + 1]


@dataclass(frozen=True)
class Case:
    """Some frames of a recording to be judged as one exercise, and what was seen by eye.

    source: the folder of its labels. kind: of a range its kind, of UI-PRMD "correct" or
    "incorrect", else the label. labelled: frames of labelled ranges, for a whole recording.
    last: -1 for all frames.
    """

    piece: Piece
    source: str
    name: str
    kind: str
    track: Path
    exercise: str
    reps: int = 0
    hold_s: float = 0.0
    seems_clean: bool = False
    first: int = 0
    last: int = -1
    labelled: tuple[tuple[int, int], ...] = ()

    @property
    def is_timed(self) -> bool:
        """Whether the exercise is one hold."""
        return find_spec(self.exercise).is_timed

    @property
    def is_other(self) -> bool:
        """Whether something else is done in it than what it is judged as."""
        return self.piece in ("negatives", "others")

    def poses(self) -> list[Pose]:
        """The poses of its frames."""
        whole = _whole(self.track)
        return whole[self.first :] if self.last < 0 else whole[self.first : self.last + 1]

    def is_labelled(self, at_s: float) -> bool:
        """Whether an instant lies in a labelled range, or is judged as one."""
        if not self.labelled:
            return True
        whole = _whole(self.track)
        return any(whole[a].t_s <= at_s <= whole[b].t_s for a, b in self.labelled)


_latest: dict[Path, list[Pose]] = {}


def _whole(track: Path) -> list[Pose]:
    """The poses of a recording; the one read last is kept, for its next case."""
    if track not in _latest:
        _latest.clear()
        _latest[track] = list(PoseTrack(track))
    return _latest[track]


def rows(path: Path) -> list[dict[str, str]]:
    """A table of tab-separated values, without its comments; empty if there is no such file."""
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return list(csv.DictReader((s for s in lines if not s.startswith("#")), delimiter="\t"))


@cache
def ranges() -> tuple[Range, ...]:
    """All labelled ranges of both folders."""
    clips = map(_of_clip, rows(CLIPS / "labels.tsv"))
    return (*clips, *map(_of_recording, rows(RECORDINGS / "labels.tsv")))


def is_there() -> bool:
    """Whether the recordings are beside the repository."""
    return bool(ranges())


def _of_clip(row: dict[str, str]) -> Range:
    noted = (exercise for words, exercise in NOTED.items() if words in row["faults_by_eye"])
    exercise = next(noted, EXERCISE_OF.get(row["exercise"], ""))
    kind: Kind = "same" if exercise else "mixed" if row["exercise"] in MIXED else "negative"
    return _range(row, CLIPS, row["exercise"], exercise, kind)


def _of_recording(row: dict[str, str]) -> Range:
    kind: Kind = row["kind"]  # type: ignore[assignment]
    return _range(row, RECORDINGS, row["label"], row["exercise_id"], kind)


def _range(row: dict[str, str], folder: Path, label: str, exercise: str, kind: Kind) -> Range:
    return Range(
        source="clips" if folder == CLIPS else "recordings",
        track=folder / row["poses"],
        first=int(row["clean_start_frame"]),
        last=int(row["clean_end_frame"]),
        label=label.removeprefix("neg_"),
        exercise=exercise,
        kind=kind,
        countable=not row.get("countable", "yes").startswith("no"),
        reps=int(row["reps_by_eye"]) if row["reps_by_eye"].isdigit() else 0,
        hold_s=max(map(float, row["hold_seconds_by_eye"].split(";"))),
        seems_clean=re.match(r"none\b", row["faults_by_eye"]) is not None,
    )


def _as(piece: Piece, one: Range, exercise: str) -> Case:
    own = exercise == one.exercise
    return Case(
        piece=piece,
        source=one.source,
        name=one.name,
        kind=one.kind if own else one.label,
        track=one.track,
        exercise=exercise,
        reps=one.reps if own else 0,
        hold_s=one.hold_s if own else 0.0,
        seems_clean=own and one.seems_clean,
        first=one.first,
        last=one.last,
    )


def range_cases() -> Iterator[Case]:
    """Every range that can be counted, judged as what is done in it."""
    return (
        _as("ranges", one, one.exercise)
        for one in ranges()
        if one.countable and one.kind in ("same", "near")
    )


def negative_cases() -> Iterator[Case]:
    """Every other movement, judged as each flagship and as what it looks most like."""
    for one in ranges():
        if one.is_other:
            exercises = (*FLAGSHIPS, *NEAREST[one.label])
            yield from (_as("negatives", one, exercise) for exercise in exercises)


HAVE_SQUATS = {"wall_squat", "jump_squat", "squat_pulse", "barbell_squat"}
"""Movements with a squat in them, which are no counter-examples for it."""


def other_cases() -> Iterator[Case]:
    """Every range of one of our exercises, judged as each flagship that it is not."""
    for one in ranges():
        for exercise in FLAGSHIPS:
            is_own = exercise == one.exercise
            has_it = exercise == "bodyweight_squat" and one.label in HAVE_SQUATS
            if one.kind in ("same", "near") and not is_own and not has_it:
                yield _as("others", one, exercise)


def whole_cases() -> Iterator[Case]:
    """Every recording of which more than its ranges is there, judged as what is done in them."""
    for track in dict.fromkeys(one.track for one in ranges()):
        own = [one for one in ranges() if one.track == track]
        labelled = tuple((one.first, one.last) for one in own)
        if sum(b - a + 1 for a, b in labelled) >= len(PoseTrack(track)):
            continue
        for exercise in dict.fromkeys(one.exercise for one in own if one.kind == "same"):
            case = _as("whole", own[0], exercise)
            yield Case(**{**vars(case), "name": track.stem, "kind": "whole", "reps": 0,
                          "first": 0, "last": -1, "labelled": labelled})  # fmt: skip


def uiprmd_cases() -> Iterator[Case]:
    """Sets of UI-PRMD as squats: deep squats, and three movements that are none."""
    for row in _public("uiprmd"):
        is_squat = row["movement"] == "deep_squat"
        kind = ("incorrect", "correct")[int(row["correct"])] if is_squat else row["movement"]
        yield _public_case("uiprmd", row, kind, is_squat)


def countix_cases() -> Iterator[Case]:
    """Squats of Countix-Fitness with their counts, and lunges as squats."""
    for row in _public("countix"):
        yield _public_case("countix", row, row["movement"], row["movement"] == "squat")


def _public(maker: str) -> Iterable[dict[str, str]]:
    return (row for row in rows(PUBLIC / "labels.tsv") if f"/{maker}_" in row["track"])


def _public_case(piece: Piece, row: dict[str, str], kind: str, is_squat: bool) -> Case:
    return Case(
        piece=piece,
        source="public",
        name=Path(row["track"]).stem,
        kind=kind,
        track=PUBLIC / row["track"],
        exercise="bodyweight_squat",
        reps=int(row["reps"]) if is_squat else 0,
    )


PIECES: dict[Piece, Callable[[], Iterator[Case]]] = {
    "ranges": range_cases,
    "negatives": negative_cases,
    "others": other_cases,
    "whole": whole_cases,
    "uiprmd": uiprmd_cases,
    "countix": countix_cases,
}
"""What can be run, each alone."""
