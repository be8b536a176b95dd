"""Filming the sets of the card, and following the person in them with the real pose model.

Both steps are kept: pictures in a cache outside the repository, poses as small files that are
committed, so that a run can be stopped and taken up again, and `judge` needs neither.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import cv2
import platformdirs

from accuracy.filed import FiledSet, write
from accuracy.plans import SetPlan
from formcheck.capture.pose.model_file import find_model
from formcheck.capture.video.file import VideoFile
from formcheck.exercises.catalog import find_spec
from formcheck.exercises.model import ExerciseSpec
from formcheck.records.pose import Pose
from formcheck.running.estimator import opened
from formcheck.running.recording import estimate
from formcheck.storage.journal import Journal, JournalReader
from sample_videos.generator.clip import Take
from sample_videos.generator.film import encode
from sample_videos.generator.truth import script_of, true_poses

TRACKS = Path(__file__).parent / "tracks"
PICTURES = Path(platformdirs.user_cache_dir("formcheck")) / "accuracy"
TUNING_TRACKS = PICTURES / "tuning"
"""Where the sets are filed that the noise is fitted to; the fit alone is committed."""

_log = logging.getLogger("accuracy")


def path_of(plan: SetPlan, folder: Path = TRACKS) -> Path:
    """Where a set is filed."""
    kind = f"{plan.fault}{'_near' if plan.near else ''}" if plan.fault else "clean"
    hazard = f"_{plan.hazard}" if plan.hazard else ""
    return folder / plan.exercise / f"{plan.view}_{kind}{hazard}_{plan.seed}.zip"


def film_and_track(plans: Iterable[SetPlan], *, workers: int, folder: Path = TRACKS) -> None:
    """Film and track all sets that are not filed yet, several at once."""
    missing = [plan for plan in plans if not path_of(plan, folder).exists()]
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_alone) as pool:
        for number, done in enumerate(pool.map(_file, missing, [folder] * len(missing)), start=1):
            _log.info("%d of %d: %s", number, len(missing), done)


def _alone() -> None:
    cv2.setNumThreads(1)


def _file(plan: SetPlan, folder: Path) -> str:
    path = path_of(plan, folder)
    take = Take(plan.clip())
    film = path_of(plan, PICTURES).with_suffix(".mp4")
    if not film.exists():
        encode((take.frame(n) for n in range(take.clip.frame_count)), film, clip=take.clip)
    filed = FiledSet(
        facts=_facts(plan, take), tracked=tracked(film, find_spec(plan.exercise)),
        true=true_poses(take, with_outline=False),
    )  # fmt: skip
    write(path, filed)
    return str(path.relative_to(folder))


def _facts(plan: SetPlan, take: Take) -> dict[str, Any]:
    return {"plan": plan.as_json(), "script": script_of(take), "model_sha256": find_model().sha256}


def tracked(film: Path, spec: ExerciseSpec | None) -> list[Pose]:
    """What the real pose model sees in a film, as `formcheck video` would have it; spec: None where
    nobody says what is done."""
    with tempfile.TemporaryDirectory() as folder, opened(spec) as (estimator, _):
        path = Path(folder) / "tracked.journal"
        with Journal(path, {}) as journal:
            estimate(VideoFile(film), estimator, journal, tick=lambda _: None)
        return list(JournalReader(path).poses())
