"""How often the exercise is recognised: filed sets, recordings of real people, and other movements.

The filed sets are those of the pixel card, clean ones alone: what the real pose model saw of
rendered people. Recordings and what is in them come from `../shared/clips`, labelled by eye.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

from accuracy.clips import LABELS, MIXED, clean_range, exercise_of, expectations, rows
from accuracy.filed import read
from accuracy.judging import filed_paths, report_of
from formcheck.exercises.catalog import find_spec
from formcheck.records.pose import Pose
from formcheck.running.recording import Task, recognise
from formcheck.words.reasons import why

RESULTS = Path(__file__).parent / "recognised.json"
"""What the last run found; the card is written from it."""

NONE = "none of these"


@dataclass(frozen=True)
class Found:
    """One stretch of poses. kind: rendered, real or negative; due: what is done in it; told: what
    was recognised, twins of it among them. why_refused: where nothing was recognised, why what is
    done in it is not judged by its own spec either. shown: what its label shows of the exercise
    (tests/clip_expectations.tsv)."""

    kind: str
    name: str
    due: str
    told: tuple[str, ...]
    sureness: str
    why_refused: str = ""
    shown: str = ""

    @property
    def is_right(self) -> bool:
        """Whether what is done was recognised, and nothing else."""
        return self.due in self.told


def recognised(poses: Sequence[Pose]) -> tuple[tuple[str, ...], str]:
    """The exercise of the longest set with its twins, and how sure; `NONE` without a set."""
    sets = recognise(poses)
    if not sets:
        return (NONE,), ""
    longest = max(sets, key=lambda one: one.end_s - one.start_s)
    return (longest.spec.id, *longest.twins), longest.sureness


def _filed(path: Path) -> Found:
    filed = read(path)
    due = filed.facts["plan"]["exercise"]
    return Found("rendered", path.stem, due, *recognised(filed.tracked))


def _recorded(label: dict[str, str]) -> Found:
    first, last = int(label["clean_start_frame"]), int(label["clean_end_frame"])
    due = exercise_of(label) or NONE
    name = f"{Path(label['poses']).stem} {first}-{last}"
    poses = clean_range(label)
    if due == NONE:
        return Found("negative", name, due, *recognised(poses))
    told, sureness = recognised(poses)
    why = _why_refused(poses, due) if told == (NONE,) else ""
    shown = expectations()[label["poses"], label["clean_start_frame"]]["expectation"]
    return Found("real", name, due, told, sureness, why, shown)


def _why_refused(poses: Iterable[Pose], exercise: str) -> str:
    spec = find_spec(exercise)
    return why(report_of(poses, Task(spec, spec.dose_by_id(None))).why_never_judged)


def clean_filed() -> Iterator[Path]:
    """The filed sets without a fault."""
    return (path for path in filed_paths() if "_clean_" in path.stem)


def _labels() -> list[dict[str, str]]:
    found = rows(LABELS) if LABELS.is_file() else []
    return [label for label in found if label["exercise"] not in MIXED]


def run(*, workers: int) -> list[Found]:
    """Recognise everything anew, and keep what was found."""
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        found = [*pool.map(_filed, clean_filed()), *pool.map(_recorded, _labels())]
    RESULTS.write_text(json.dumps([asdict(one) for one in found], indent=1) + "\n", "utf-8")
    return found


def kept() -> list[Found]:
    """What the last run found."""
    if not RESULTS.exists():
        return []
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    return [Found(**{**one, "told": tuple(one["told"])}) for one in found]


TITLES = {
    "rendered": "Clean filed sets, followed by the real pose model",
    "real": "Recordings of real people, labelled by eye",
    "negative": "Other movements, labelled by eye: nothing is to be recognised",
}


def tables(found: Sequence[Found]) -> str:
    """All kinds as Markdown: how many were right, then what was told of what."""
    parts = []
    for kind, title in TITLES.items():
        some = [one for one in found if one.kind == kind]
        if some:
            right = sum(one.is_right for one in some)
            parts += [f"### {title}: {right} of {len(some)} right", _confusion(some)]
        if any(one.shown for one in some):
            parts.append(_by_what_is_shown(some))
        if any(one.why_refused for one in some):
            parts.append(_refusals(some))
    return "\n\n".join(parts)


def _by_what_is_shown(some: Sequence[Found]) -> str:
    """How many were right of the ranges whose labels show as much of the exercise."""
    all_of = Counter(one.shown for one in some)
    right = Counter(one.shown for one in some if one.is_right)
    told = "; ".join(f"{shown}: {right[shown]} of {n}" for shown, n in all_of.most_common())
    return f"By what the label shows: {told}."


def _refusals(some: Sequence[Found]) -> str:
    """Of ranges in which nothing was recognised: why the spec of what is done refuses them too."""
    whys = Counter(one.why_refused for one in some if one.why_refused)
    told = "; ".join(f"{why} ({n})" for why, n in whys.most_common())
    return (
        f"Of what was told as none, {whys.total()} are not judged by their own spec either: {told}."
    )


def _confusion(some: Sequence[Found]) -> str:
    """The confusion matrix by its rows: of what is done, all that was told of it."""
    lines = ["| done | told |", "|---|---|"]
    for due in sorted({one.due for one in some}):
        told = Counter(due if o.is_right else o.told[0] for o in some if o.due == due)
        lines.append(f"| `{due}` | {', '.join(f'`{t}` {n}' for t, n in told.most_common())} |")
    return "\n".join(lines)
