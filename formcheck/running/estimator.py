"""Opening MediaPipe's estimator as an exercise asks for it: the one way for all who need it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from formcheck.capture.pose import PoseEstimator
from formcheck.exercises.model import ExerciseSpec
from formcheck.judging.start import holds_start

if TYPE_CHECKING:
    from formcheck.capture.pose.model_file import Progress


def takes_outline(spec: ExerciseSpec | None) -> bool:
    """Whether the person's outline is taken: always where nobody said what is done."""
    return spec is None or spec.needs_outline


@contextmanager
def opened(
    spec: ExerciseSpec | None, model: Path | None = None, progress: Progress | None = None
) -> Iterator[tuple[PoseEstimator, str]]:
    """A pose estimator for an exercise, with the SHA-256 of its model; closed at the end.

    spec: None where nobody said what is done. model: a file of the user's own. progress: told how
    far the fetching of the model has come.

    Raises:
        ModelError: there is no model, or MediaPipe cannot load it.
    """
    # MediaPipe takes a second to import: only who follows a person waits for it.
    from formcheck.capture.pose.mediapipe import MediaPipeEstimator
    from formcheck.capture.pose.model_file import find_model

    found = find_model(model, progress=progress)
    with MediaPipeEstimator(
        found,
        with_outline=takes_outline(spec),
        holds_start=holds_start(spec) if spec else None,
    ) as estimator:
        yield estimator, found.sha256
