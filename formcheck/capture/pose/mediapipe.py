"""Poses from pictures by MediaPipe's PoseLandmarker.

The tracker always runs in video mode with one pose: only there does MediaPipe smooth its
landmarks, and every threshold of the exercise specs was measured so. Its filter goes by the time
between frames, so it is given true media times.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import Any

import cv2
import numpy as np

from formcheck.capture.native.offline import stay_offline
from formcheck.capture.native.quiet import quiet_stderr
from formcheck.capture.pose.model_file import Model
from formcheck.capture.pose.person_choice import PersonChoice
from formcheck.capture.video.scaling import resized, size_within
from formcheck.errors import ModelError, shown
from formcheck.records.frames import Frame, Image
from formcheck.records.pose import MAX_OUTLINE_POINTS, Floats, Pose

with quiet_stderr():
    import mediapipe
    from mediapipe.tasks.python import BaseOptions
    from mediapipe.tasks.python.vision import (
        PoseLandmarker,
        PoseLandmarkerOptions,
        RunningMode,
    )

CONFIDENCE = 0.5
"""For detection, presence and tracking: MediaPipe's own defaults, which everything was measured
with."""

MAX_PEOPLE = 4
MAX_OUTLINE_SIDE_PX = 960
"""Masks come at the picture's size and cost time by the pixel; the network's own is 256 px."""

_MASK_LEVEL = 0.5
_FIRST_TOLERANCE_PX = 0.5
_COARSER = 1.5


class Landmarker:
    """One PoseLandmarker: the tracker of one person, or, with `people` above 1, a look at all."""

    def __init__(self, model: Model, *, people: int = 1, with_outline: bool = False) -> None:
        self._is_tracker = people == 1
        self._last_ms = -1
        self._is_warm = False
        options = PoseLandmarkerOptions(
            base_options=_file_options(model.path),
            running_mode=RunningMode.VIDEO if self._is_tracker else RunningMode.IMAGE,
            num_poses=people,
            min_pose_detection_confidence=CONFIDENCE,
            min_pose_presence_confidence=CONFIDENCE,
            min_tracking_confidence=CONFIDENCE,
            output_segmentation_masks=with_outline,
        )
        self._landmarker = _created(options, model)

    def people(self, image: Image, t_s: float, size_px: tuple[float, float]) -> list[Pose]:
        """Everybody found in a BGR picture; positions in px of a picture of `size_px`."""
        # Each network warns once, at its first run: the second one's is at the first person.
        with nullcontext() if self._is_warm else quiet_stderr():
            result = self._detect(image, t_s)
        self._is_warm = self._is_warm or bool(result.pose_landmarks)
        masks = result.segmentation_masks or [None] * len(result.pose_landmarks)
        found = zip(result.pose_landmarks, result.pose_world_landmarks, masks, strict=True)
        return [
            _pose(t_s, size_px, landmarks=landmarks, world=world, mask=mask)
            for landmarks, world, mask in found
        ]

    def _detect(self, image: Image, t_s: float) -> Any:
        rgb = cv2.cvtColor(image, cv2.COLOR_BGR2RGB)
        picture = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
        if not self._is_tracker:
            return self._landmarker.detect(picture)
        self._last_ms = max(round(t_s * 1000), self._last_ms + 1)
        return self._landmarker.detect_for_video(picture, self._last_ms)

    def close(self) -> None:
        """Let go of the model; safe to call twice."""
        if self._landmarker:
            with quiet_stderr():
                self._landmarker.close()
            self._landmarker = None


def _file_options(path: Path) -> Any:
    """The model by its name, or by its bytes where its name is no text, which MediaPipe wants."""
    try:
        str(path).encode()
    except UnicodeEncodeError:
        return BaseOptions(model_asset_buffer=path.read_bytes())
    return BaseOptions(model_asset_path=str(path))


def _created(options: PoseLandmarkerOptions, model: Model) -> Any:
    stay_offline()
    try:
        with quiet_stderr():
            return PoseLandmarker.create_from_options(options)
    except (RuntimeError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise ModelError(
            f"{shown(model.path)}: MediaPipe cannot load this pose model ({reason}); "
            "delete it to have it fetched again, or give another as --model PATH"
        ) from error


def _pose(
    t_s: float,
    size_px: tuple[float, float],
    *,
    landmarks: list[Any],
    world: list[Any],
    mask: Any | None,
) -> Pose:
    seen = np.array([(p.x, p.y, p.visibility, p.presence) for p in landmarks], np.float32)
    return Pose(
        t_s=t_s,
        xy_px=seen[:, :2] * np.array(size_px, np.float32),
        world_m=np.array([(p.x, p.y, p.z) for p in world], np.float32),
        visibility=seen[:, 2],
        presence=seen[:, 3],
        size_px=size_px,
        outline_px=outline(mask.numpy_view(), size_px) if mask else np.empty((0, 2), np.float32),
    )


def outline(mask: Floats, size_px: tuple[float, float]) -> Floats:
    """The largest region of a person mask (height, width), as a polygon in px of `size_px`.

    It is simplified by as little as brings it to `MAX_OUTLINE_POINTS`, from half a pixel on.
    """
    height, width = mask.shape[:2]
    filled = (mask.reshape(height, width) >= _MASK_LEVEL).astype(np.uint8)
    contours, _ = cv2.findContours(filled, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not contours:
        return np.empty((0, 2), np.float32)
    full = max(contours, key=cv2.contourArea)
    points, tolerance_px = full, _FIRST_TOLERANCE_PX
    while len(points) > MAX_OUTLINE_POINTS:
        points = cv2.approxPolyDP(full, tolerance_px, closed=True)
        tolerance_px *= _COARSER
    pixel_px = np.array(size_px, np.float32) / np.array([width, height], np.float32)
    centres = points[:, 0].astype(np.float32) + np.float32(0.5)
    return np.asarray(centres * pixel_px, np.float32)


class MediaPipeEstimator:
    """Follows the person who exercises, through one recording or live session.

    holds_start: whether a pose is the start posture of the exercise; tells the one who exercises
    from others in view (see `person.PersonChoice`).

    Raises:
        ModelError: MediaPipe cannot load the model.
    """

    def __init__(
        self,
        model: Model,
        *,
        with_outline: bool = False,
        holds_start: Callable[[Pose], bool] | None = None,
    ) -> None:
        self._model = model
        self._with_outline = with_outline
        self._choice = PersonChoice(holds_start)
        self._tracker = self._new_tracker()
        self._looker: Landmarker | None = None
        self._last: tuple[Image, Pose] | None = None

    def __enter__(self) -> MediaPipeEstimator:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def estimate(self, frame: Frame) -> Pose:
        """The pose of the person exercising, or `Pose.nobody`.

        The same picture again has the same pose: MediaPipe, which looks where the last pose was,
        would have it move by a pixel or two for as long as the picture stands still.
        """
        if self._last and is_same_picture(self._last[0], frame.image):
            return replace(self._last[1], t_s=frame.t_s)
        pose = self._estimated(frame)
        self._last = frame.image, pose
        return pose

    def _estimated(self, frame: Frame) -> Pose:
        pose = self._track(frame)
        if self._choice.wants_look(pose) and self._choice.settle(self._look(frame), pose):
            self._tracker.close()
            self._tracker = self._new_tracker()
            pose = self._track(frame)
        return pose

    def close(self) -> None:
        """Let go of the model; safe to call twice."""
        self._tracker.close()
        if self._looker:
            self._looker.close()

    def _new_tracker(self) -> Landmarker:
        return Landmarker(self._model, with_outline=self._with_outline)

    def _track(self, frame: Frame) -> Pose:
        size_px = _size_px(frame)
        image = self._choice.view(frame.image)
        if self._with_outline:
            small = size_within(*size_px, side_px=MAX_OUTLINE_SIDE_PX)
            image = resized(image, small)
        people = self._tracker.people(image, frame.t_s, size_px)
        return people[0] if people else Pose.nobody(frame.t_s, size_px)

    def _look(self, frame: Frame) -> list[Pose]:
        if self._looker is None:
            self._looker = Landmarker(self._model, people=MAX_PEOPLE)
        people = self._looker.people(frame.image, frame.t_s, _size_px(frame))
        behind = self._choice.behind(frame.image, people)
        if behind is not None:
            people += self._looker.people(behind, frame.t_s, _size_px(frame))
        return people


_GLANCE_ROWS = 16


def is_same_picture(one: Image, other: Image) -> bool:
    """Whether two pictures are the same to the last byte; most differ at a glance."""
    at_a_glance = one.shape == other.shape and np.array_equal(
        one[::_GLANCE_ROWS], other[::_GLANCE_ROWS]
    )
    return at_a_glance and np.array_equal(one, other)


def _size_px(frame: Frame) -> tuple[float, float]:
    height, width = frame.image.shape[:2]
    return float(width), float(height)
