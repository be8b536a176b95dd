from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from pathlib import Path

import cv2
import mediapipe
import numpy as np
import pytest
from mediapipe.tasks.python import BaseOptions
from mediapipe.tasks.python.vision import PoseLandmarker, PoseLandmarkerOptions, RunningMode

from accuracy.real_cases import CLIPS
from formcheck.capture.native.quiet import quiet_stderr
from formcheck.capture.pose.mediapipe import MediaPipeEstimator, is_same_picture, outline
from formcheck.capture.pose.model_bundle import PARTS, zip_bundle
from formcheck.capture.pose.model_file import Model, find_model
from formcheck.capture.video.file import VideoFile
from formcheck.errors import ModelError
from formcheck.judging.still_picture import is_repeat
from formcheck.records.frames import Frame
from formcheck.records.pose import MAX_OUTLINE_POINTS, Pose
from formcheck.storage.pose_tracks import PoseTrack, TrackWriter
from tests.media import corner_picture

SQUAT = CLIPS / "squat__guilleccc__squat.mp4"
PLANK = CLIPS / "plank__guilleccc__plank.mp4"

real_footage = pytest.mark.skipif(
    not SQUAT.exists(), reason=f"real clips are not at {CLIPS.name}, beside the checkout"
)
SHOULDERS, HIPS, ANKLES = [11, 12], [23, 24], [27, 28]


@pytest.fixture(scope="module")
def model() -> Model:
    try:
        return find_model(None)
    except ModelError as error:
        pytest.skip(str(error))


def frames_of(clip: Path, count: int) -> list[Frame]:
    source = VideoFile(clip)
    frames = list(islice(source, count))
    source.close()
    return frames


def side_by_side(left: Path, right: Path, count: int) -> Iterator[Frame]:
    for one, other in zip(frames_of(left, count), frames_of(right, count), strict=True):
        halves = [cv2.resize(frame.image, (640, 480)) for frame in (one, other)]
        yield Frame(one.t_s, np.hstack(halves))


def steepness(pose: Pose) -> float:
    across, down = pose.xy_px[ANKLES].mean(axis=0) - pose.xy_px[SHOULDERS].mean(axis=0)
    return float(abs(down) / max(abs(across), 1.0))


def stands(pose: Pose) -> bool:
    return steepness(pose) > 2.5


def lies(pose: Pose) -> bool:
    return steepness(pose) < 0.5


@real_footage
def test_one_person_alone_is_given_exactly_as_mediapipe_sees_them(model: Model) -> None:
    frames = frames_of(SQUAT, 40)
    options = PoseLandmarkerOptions(
        base_options=BaseOptions(model_asset_path=str(model.path)), running_mode=RunningMode.VIDEO
    )
    with quiet_stderr():
        bare = PoseLandmarker.create_from_options(options)
    with bare, MediaPipeEstimator(model, holds_start=stands) as estimator:
        for frame in frames:
            rgb = cv2.cvtColor(frame.image, cv2.COLOR_BGR2RGB)
            picture = mediapipe.Image(image_format=mediapipe.ImageFormat.SRGB, data=rgb)
            with quiet_stderr():
                seen = bare.detect_for_video(picture, round(frame.t_s * 1000))
            pose = estimator.estimate(frame)
            told = [(p.x, p.y) for p in seen.pose_landmarks[0]]
            expected = np.array(told, np.float32) * np.float32([642, 480])
            assert np.array_equal(pose.xy_px, expected)
            assert pose.xy_px.dtype == pose.world_m.dtype == pose.visibility.dtype == np.float32
            assert (pose.t_s, pose.size_px) == (frame.t_s, (642.0, 480.0))
            assert pose.outline_px.size == 0


@real_footage
def test_a_saved_track_repeats_the_poses_to_the_digit(model: Model, tmp_path: Path) -> None:
    with MediaPipeEstimator(model, with_outline=True) as estimator:
        poses = [estimator.estimate(frame) for frame in frames_of(SQUAT, 8)]
    with TrackWriter(tmp_path / "a.npz") as writer:
        for pose in poses:
            writer.add(pose)
        writer.close({})
    for pose, stored in zip(poses, PoseTrack(tmp_path / "a.npz"), strict=True):
        for name in ("xy_px", "world_m", "visibility", "presence", "outline_px"):
            assert np.array_equal(getattr(pose, name), getattr(stored, name)), name


@real_footage
def test_the_outline_goes_around_the_person(model: Model) -> None:
    with MediaPipeEstimator(model, with_outline=True) as estimator:
        pose = [estimator.estimate(frame) for frame in frames_of(PLANK, 5)][-1]
    assert 20 < len(pose.outline_px) <= MAX_OUTLINE_POINTS
    middle = pose.xy_px[SHOULDERS + HIPS].mean(axis=0)
    assert cv2.pointPolygonTest(pose.outline_px, middle.tolist(), measureDist=False) > 0
    left, top, width, height = cv2.boundingRect(pose.outline_px)
    assert left <= pose.xy_px[SHOULDERS + ANKLES, 0].min() + 15
    assert left + width >= pose.xy_px[SHOULDERS + ANKLES, 0].max() - 15
    assert 0 <= top < top + height <= 481


@real_footage
@pytest.mark.parametrize("holds_start", [stands, lies])
@pytest.mark.parametrize("clips", [(PLANK, SQUAT), (SQUAT, PLANK)])
def test_of_two_people_the_one_in_the_start_posture_is_followed(
    model: Model, clips: tuple[Path, Path], holds_start: object
) -> None:
    wanted = clips.index(SQUAT if holds_start is stands else PLANK)
    with MediaPipeEstimator(model, holds_start=holds_start) as estimator:
        poses = [estimator.estimate(frame) for frame in side_by_side(*clips, 60)]
    hips_x = np.array([pose.xy_px[HIPS, 0].mean() for pose in poses])
    assert np.all((hips_x > 640) == bool(wanted))


@real_footage
def test_pictures_less_than_a_millisecond_apart_are_taken(model: Model) -> None:
    image = frames_of(SQUAT, 1)[0].image
    with MediaPipeEstimator(model) as estimator:
        poses = [estimator.estimate(Frame(1 + i / 5000, image)) for i in range(4)]
    assert all(pose.is_seen for pose in poses)


def test_an_empty_picture_gives_nobody(model: Model) -> None:
    with MediaPipeEstimator(model, with_outline=True) as estimator:
        pose = estimator.estimate(Frame(0.5, np.zeros((120, 160, 3), np.uint8)))
    assert not pose.is_seen
    assert (pose.t_s, pose.size_px) == (0.5, (160.0, 120.0))


@real_footage
def test_nothing_of_mediapipe_is_heard_until_somebody_comes_and_goes(
    model: Model, capfd: pytest.CaptureFixture[str]
) -> None:
    blank = np.zeros((480, 642, 3), np.uint8)
    images = [blank, blank, *(frame.image for frame in frames_of(SQUAT, 3)), blank]
    with MediaPipeEstimator(model, with_outline=True) as estimator:
        seen = [estimator.estimate(Frame(i / 30, image)) for i, image in enumerate(images)]
    assert [pose.is_seen for pose in seen][:3] == [False, False, True]
    assert capfd.readouterr() == ("", "")


def test_a_bundle_that_mediapipe_cannot_load_is_named(tmp_path: Path) -> None:
    path = tmp_path / "bad.task"
    path.write_bytes(zip_bundle({part.name: b"TFL3" * 50 for part in PARTS}))
    with pytest.raises(ModelError, match=r"bad\.task: MediaPipe cannot load") as caught:
        MediaPipeEstimator(find_model(path))
    assert "\n" not in str(caught.value)


def test_an_estimator_can_be_closed_twice(model: Model) -> None:
    estimator = MediaPipeEstimator(model)
    estimator.close()
    estimator.close()


def test_the_outline_of_a_disc_lies_on_its_edge() -> None:
    mask = np.zeros((240, 320), np.float32)
    cv2.circle(mask, (160, 120), 80, 1.0, -1)
    cv2.circle(mask, (20, 20), 10, 1.0, -1)
    points = outline(mask, (640.0, 480.0))
    radius_px = np.linalg.norm(points - (321, 241), axis=1)
    assert len(points) <= MAX_OUTLINE_POINTS
    assert np.all(np.abs(radius_px - 160) < 3)


def test_a_frayed_outline_is_simplified_to_what_a_track_can_hold() -> None:
    random = np.random.default_rng(0)
    mask = cv2.GaussianBlur(random.random((480, 640)).astype(np.float32), (0, 0), 3)
    frayed = (mask > np.median(mask)).astype(np.float32)
    assert 3 <= len(outline(frayed, (640.0, 480.0))) <= MAX_OUTLINE_POINTS


def test_a_mask_of_nobody_has_no_outline() -> None:
    assert outline(np.full((24, 32), 0.4, np.float32), (64.0, 48.0)).shape == (0, 2)


def test_errors_pass_through_the_quiet_and_the_terminal_is_given_back(
    capfd: pytest.CaptureFixture[str],
) -> None:
    def fail_loudly() -> None:
        os.write(2, b"native chatter\n")
        raise ValueError("ours")

    with pytest.raises(ValueError, match="ours"), quiet_stderr():
        fail_loudly()
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"


def test_two_threads_can_ask_for_quiet_and_the_last_gives_the_terminal_back(
    capfd: pytest.CaptureFixture[str],
) -> None:
    first, second = quiet_stderr(), quiet_stderr()
    first.__enter__()
    second.__enter__()
    first.__exit__(None, None, None)
    os.write(2, b"still quiet\n")
    second.__exit__(None, None, None)
    os.write(2, b"after\n")
    assert capfd.readouterr().err == "after\n"


def test_a_picture_that_stands_still_has_one_pose(model: Model) -> None:
    still = Frame(0.0, np.random.default_rng(1).integers(0, 255, (96, 96, 3), np.uint8))
    with MediaPipeEstimator(model) as estimator:
        one, again = (estimator.estimate(replace(still, t_s=t_s)) for t_s in (0.0, 0.04))
    assert np.array_equal(one.xy_px, again.xy_px, equal_nan=True)
    assert again.t_s == 0.04


@real_footage
def test_a_person_on_a_picture_that_stands_still_is_still_to_the_last_digit(model: Model) -> None:
    *_, last = frames_of(PLANK, 20)
    frozen = [Frame(last.t_s + i / 30, last.image.copy()) for i in range(1, 10)]
    with MediaPipeEstimator(model) as estimator:
        poses = [estimator.estimate(frame) for frame in (*frames_of(PLANK, 20), *frozen)]
    assert all(is_repeat(poses[19], pose) for pose in poses[20:])
    assert not is_repeat(poses[18], poses[19])


def test_pictures_that_differ_in_one_byte_are_two() -> None:
    one = corner_picture()
    other = one.copy()
    other[17, 3, 1] ^= 1
    assert is_same_picture(one, one.copy())
    assert not is_same_picture(one, other)
    assert not is_same_picture(one, one[:-1])
