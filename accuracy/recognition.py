"""How often the exercise is recognised: filed sets, recordings of real people, and other movements.

The filed sets are those of the pixel card, clean ones alone: what the real pose model saw of
rendered people. Recordings are those of real_cases.py, labelled by eye.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path

from accuracy.filed import read
from accuracy.judging import filed_paths, report_of
from accuracy.real_cases import Range, ranges
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
    done in it is not judged by its own spec either. source: the folder of a recording's labels."""

    kind: str
    name: str
    due: str
    told: tuple[str, ...]
    sureness: str
    why_refused: str = ""
    source: str = ""

    @property
    def is_right(self) -> bool:
        """Whether what is done was recognised, and nothing else."""
        return self.due in self.told

    @property
    def is_claimed(self) -> bool:
        """Whether another exercise than the one that is done was told, without doubt or nearly."""
        return not self.is_right and self.sureness in ("sure", "likely")


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


def _recorded(one: Range) -> Found:
    due = NONE if one.is_other else one.exercise
    poses = one.poses()
    told, sureness = recognised(poses)
    is_missed = due != NONE and told == (NONE,)
    why = _why_refused(poses, due) if is_missed else ""
    kind = "negative" if due == NONE else "real"
    return Found(kind, f"{one.track.stem} {one.first}", due, told, sureness, why, one.source)


def _why_refused(poses: Iterable[Pose], exercise: str) -> str:
    spec = find_spec(exercise)
    return why(report_of(poses, Task(spec, spec.dose_by_id(None))).why_never_judged)


def clean_filed() -> Iterator[Path]:
    """The filed sets without a fault."""
    return (path for path in filed_paths() if "_clean_" in path.stem)


def _ranges() -> list[Range]:
    return [one for one in ranges() if one.is_scored or one.is_other]


def run(*, workers: int, real_alone: bool = False) -> list[Found]:
    """Recognise everything anew, or recordings alone, and keep what was found."""
    with ProcessPoolExecutor(workers, get_context("spawn")) as pool:
        rendered = (one for one in kept() if one.kind == "rendered")
        filed = rendered if real_alone else pool.map(_filed, clean_filed())
        found = [*filed, *pool.map(_recorded, _ranges())]
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


def in_short(found: Sequence[Found], source: str) -> str:
    """What was recognised in the recordings of one folder, in a line."""
    mine = [one for one in found if one.source == source]
    due, others = ([one for one in mine if one.kind == kind] for kind in ("real", "negative"))
    if not mine:
        return ""
    return (
        f"{sum(one.is_right for one in due)} of {len(due)}; {sum(one.is_claimed for one in due)}; "
        f"{sum(one.is_claimed for one in others)} of {len(others)}"
    )


def tables(found: Sequence[Found]) -> str:
    """All kinds as Markdown: how many were right, then what was told of what."""
    parts = []
    for kind, title in TITLES.items():
        some = [one for one in found if one.kind == kind]
        if some:
            right = sum(one.is_right for one in some)
            parts += [f"### {title}: {right} of {len(some)} right", _confusion(some)]
        if any(one.why_refused for one in some):
            parts.append(_refusals(some))
    return "\n\n".join(parts)


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
