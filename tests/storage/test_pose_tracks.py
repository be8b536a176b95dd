"""Pose tracks: what is written is read again to the bit, and what is damaged is refused."""

from __future__ import annotations

import io
import json
import math
import re
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.errors import TrackError
from formcheck.records.pose import LANDMARK_COUNT, MAX_OUTLINE_POINTS, Floats, Pose
from formcheck.storage.pose_tracks import SCHEMA_VERSION, PoseTrack, TrackWriter

SIZE_PX = (1280.0, 720.0)


def pose(t_s: float, *, seed: int = 0, outline: int = 0) -> Pose:
    """A pose of arbitrary numbers, as 32-bit as an estimator's."""
    draw = np.random.default_rng(seed)

    def numbers(*shape: int) -> Floats:
        return draw.normal(100, 50, shape).astype(np.float32)

    return Pose(
        t_s, numbers(33, 2), numbers(33, 3), numbers(33), numbers(33), SIZE_PX, numbers(outline, 2)
    )


def write(path: Path, poses: Sequence[Pose], **info: Any) -> Path:
    with TrackWriter(path) as track:
        for item in poses:
            track.add(item)
        track.close(info)
    return path


def same(found: Pose, due: Pose) -> None:
    assert found.t_s == due.t_s
    assert found.size_px == due.size_px
    for name in ("xy_px", "world_m", "visibility", "presence", "outline_px"):
        ours, theirs = getattr(found, name), getattr(due, name)
        assert ours.dtype == np.float32
        assert ours.shape == theirs.shape
        assert ours.tobytes() == theirs.astype(np.float32).tobytes()


def some() -> list[Pose]:
    return [
        pose(0.0, outline=5),
        pose(0.04, seed=1),
        Pose.nobody(0.1, SIZE_PX),
        pose(1e6 + 1 / 3, seed=2, outline=MAX_OUTLINE_POINTS),
    ]


# --- what is written ----------------------------------------------------------------------------


def test_poses_come_back_to_the_bit_with_outlines_and_with_nobody(tmp_path: Path) -> None:
    track = PoseTrack(write(tmp_path / "a.npz", some()))
    assert len(track) == 4
    for found, due in zip(track, some(), strict=True):
        same(found, due)


@given(times=st.lists(st.floats(-1e3, 1e6), min_size=1, max_size=5, unique=True), data=st.data())
@settings(max_examples=15, deadline=None, derandomize=True)
def test_any_times_and_outlines_come_back(
    tmp_path_factory: pytest.TempPathFactory, times: list[float], data: st.DataObject
) -> None:
    outlines = data.draw(st.lists(st.integers(0, 128), min_size=len(times), max_size=len(times)))
    due = [
        pose(t_s, seed=i, outline=n)
        for i, (t_s, n) in enumerate(zip(sorted(times), outlines, strict=True))
    ]
    track = PoseTrack(write(tmp_path_factory.mktemp("t") / "a.npz", due))
    for found, wanted in zip(track, due, strict=True):
        same(found, wanted)


def test_a_track_can_be_gone_through_again_and_twice_at_once(tmp_path: Path) -> None:
    track = PoseTrack(write(tmp_path / "a.npz", some()))
    times = [p.t_s for p in some()]
    assert [p.t_s for p in track] == times
    assert [a.t_s for a, b in zip(track, track, strict=True) if a.t_s == b.t_s] == times


def test_what_is_known_of_the_recording_comes_back(tmp_path: Path) -> None:
    track = PoseTrack(
        write(tmp_path / "a.npz", some(), model_sha256="ab", source={"name": "ü.mp4"})
    )
    assert track.info == {"model_sha256": "ab", "source": {"name": "ü.mp4"}}
    assert track.size_px == SIZE_PX


def test_a_recording_without_frames_is_a_track_without_poses(tmp_path: Path) -> None:
    track = PoseTrack(write(tmp_path / "a.npz", []))
    assert len(track) == 0
    assert list(track) == []


def test_the_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "a.npz"
    with pytest.raises(RuntimeError), TrackWriter(path) as track:  # noqa: PT012
        track.add(pose(0.0))
        raise RuntimeError
    assert list(path.parent.iterdir()) == []
    write(path, some())
    assert [p.name for p in path.parent.iterdir()] == ["a.npz"]


def blocked_by_a_file(folder: Path) -> Path:
    (folder / "file").touch()
    return folder / "file" / "a.npz"


def blocked_by_a_folder(folder: Path) -> Path:
    (folder / "a.npz").mkdir()
    return folder / "a.npz"


@pytest.mark.parametrize("blocked", [blocked_by_a_file, blocked_by_a_folder])
def test_a_place_that_cannot_be_written_is_told_before_anything_is_estimated(
    tmp_path: Path, blocked: Callable[[Path], Path]
) -> None:
    path = blocked(tmp_path)
    with pytest.raises(TrackError) as error:
        TrackWriter(path)
    assert re.fullmatch(f"{path}: cannot be written: .+; choose another folder", str(error.value))
    assert not list(tmp_path.rglob("*.part"))


def test_a_place_that_is_taken_meanwhile_is_told_and_no_half_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.npz"
    with TrackWriter(path) as track:
        track.add(pose(0.0))
        path.mkdir()
        with pytest.raises(TrackError, match="cannot be written"):
            track.close({})
    assert [p.name for p in tmp_path.iterdir()] == ["a.npz"]


def test_a_new_track_takes_the_place_of_an_old_one(tmp_path: Path) -> None:
    path = write(tmp_path / "a.npz", some())
    write(path, some()[:1])
    assert len(PoseTrack(path)) == 1


def test_any_npz_reader_can_read_it(tmp_path: Path) -> None:
    with np.load(write(tmp_path / "a.npz", some())) as stored:
        assert int(stored["schema_version"]) == SCHEMA_VERSION
        assert stored["xy_px"].shape == (4, LANDMARK_COUNT, 2)
        assert stored["t_s"].dtype == np.float64
        assert stored["outline_end"].tolist() == [5, 5, 5, 5 + MAX_OUTLINE_POINTS]


# --- memory -------------------------------------------------------------------------------------


def peak_bytes(work: Callable[[], object]) -> int:
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_writing_and_reading_keep_nothing_of_a_long_recording_in_memory(tmp_path: Path) -> None:
    frame = pose(0.0, outline=100)

    def many(frames: int) -> Iterator[Pose]:
        return (replace(frame, t_s=i / 30) for i in range(frames))

    def write_and_read(frames: int) -> int:
        path = tmp_path / f"{frames}.npz"

        def both() -> None:
            with TrackWriter(path) as track:
                for item in many(frames):
                    track.add(item)
                track.close({})
            assert sum(1 for _ in PoseTrack(path)) == frames

        return peak_bytes(both)

    write_and_read(10)
    short, long = write_and_read(2000), write_and_read(6000)
    assert long < short + 500_000


def test_the_first_pose_comes_before_the_last_one_is_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.npz", some())
    poses = iter(PoseTrack(path))
    assert next(poses).t_s == 0


# --- what is refused ----------------------------------------------------------------------------


def arrays(path: Path) -> dict[str, Floats]:
    with np.load(path) as stored:
        return dict(stored)


def rewritten(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """A good track of which some arrays were changed."""
    path = write(folder / "changed.npz", some())
    stored = arrays(path)
    change(stored)
    np.savez(path, **stored)
    return path


def refusal(path: Path) -> str:
    with pytest.raises(TrackError) as error:
        list(PoseTrack(path))
    text = str(error.value)
    assert text.startswith(f"{path}: ")
    assert len(text.splitlines()) == 1
    return text.removeprefix(f"{path}: ")


NOT_A_TRACK = "not a pose track; give the .poses.npz that `formcheck video` wrote"


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    assert refusal(tmp_path / "none.npz") == "no such file; check the path"


def npy() -> bytes:
    file = io.BytesIO()
    np.save(file, np.zeros(3))
    return file.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "content",
    [b"", b"garbage", b"PK\x03\x04garbage", npy(), zipped("notes.txt", b"hello"),
     zipped("t_s.npy", b"no array"), b"\x80\x04\x95garbage"],
    ids=["empty", "garbage", "half a zip", "one array", "another zip", "no array", "a pickle"],
)  # fmt: skip
def test_a_file_of_another_kind_is_no_track(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.npz"
    path.write_bytes(content)
    assert refusal(path) == NOT_A_TRACK


def test_a_folder_is_no_track(tmp_path: Path) -> None:
    assert refusal(tmp_path) == NOT_A_TRACK


def test_a_track_of_a_newer_version_asks_for_an_update(tmp_path: Path) -> None:
    path = rewritten(tmp_path, lambda a: a.update(schema_version=np.array(SCHEMA_VERSION + 1)))
    assert refusal(path) == "pose track of version 2, newer than 1; update formcheck"


@pytest.mark.parametrize("name", ["xy_px", "world_m", "visibility_presence"])
def test_a_track_without_a_needed_array_names_it(tmp_path: Path, name: str) -> None:
    assert refusal(rewritten(tmp_path, lambda a: a.pop(name))) == (
        f"not a pose track: {name} missing"
    )


@pytest.mark.parametrize("name", ["t_s", "size_px"])
def test_a_file_without_times_or_size_is_no_track(tmp_path: Path, name: str) -> None:
    assert refusal(rewritten(tmp_path, lambda a: a.pop(name))) == NOT_A_TRACK


def test_arrays_that_do_not_fit_together_are_damage(tmp_path: Path) -> None:
    path = rewritten(tmp_path, lambda a: a.update(xy_px=a["xy_px"][:-1]))
    assert refusal(path) == "damaged pose track: xy_px is (3, 33, 2), not (4, 33, 2)"


@pytest.mark.parametrize(
    "t_s", [[0, 1, 1, 2], [0, 2, 1, 3], [0, math.nan, 1, 2], [0, 1, 2, math.inf]]
)
def test_times_that_do_not_increase_are_damage(tmp_path: Path, t_s: list[float]) -> None:
    path = rewritten(tmp_path, lambda a: a.update(t_s=np.array(t_s, float)))
    assert refusal(path) == "damaged pose track: times do not increase"


def test_an_outline_that_ends_beyond_its_points_is_damage(tmp_path: Path) -> None:
    path = rewritten(tmp_path, lambda a: a.update(outline_end=np.array([5, 5, 5, 9999])))
    assert refusal(path).startswith("damaged pose track")


@pytest.mark.parametrize("end", [[5, 4, 5, 133], [-1, 5, 5, 133], [math.nan, 5, 5, 133]])
def test_an_outline_that_ends_before_it_begins_is_damage(tmp_path: Path, end: list[float]) -> None:
    path = rewritten(tmp_path, lambda a: a.update(outline_end=np.array(end)))
    assert refusal(path).startswith("damaged pose track")


def test_an_outline_of_other_than_points_is_damage(tmp_path: Path) -> None:
    path = rewritten(tmp_path, lambda a: a.update(outline_px=np.zeros((133, 3), np.float32)))
    assert refusal(path) == "damaged pose track: outline_px is (133, 3), not (133, 2)"


@pytest.mark.parametrize("size_px", [(math.nan, 720.0), (1280.0, math.inf), (-1.0, 720.0)])
def test_a_picture_without_a_size_is_no_track(tmp_path: Path, size_px: Floats) -> None:
    path = rewritten(tmp_path, lambda a: a.update(size_px=np.array(size_px)))
    assert refusal(path) == NOT_A_TRACK


def test_a_single_time_is_no_track(tmp_path: Path) -> None:
    assert refusal(rewritten(tmp_path, lambda a: a.update(t_s=np.array(0.0)))) == NOT_A_TRACK


@pytest.mark.parametrize("kind", [np.float64, np.float16, np.int32, np.uint8, ">f4"])
def test_numbers_of_another_kind_are_read_as_those_that_poses_are_made_of(
    tmp_path: Path, kind: Any
) -> None:
    path = rewritten(tmp_path, lambda a: a.update(xy_px=np.ones((4, 33, 2), kind)))
    assert {p.xy_px.dtype for p in PoseTrack(path)} == {np.dtype(np.float32)}
    assert all((p.xy_px == 1).all() for p in PoseTrack(path))


def test_a_number_too_large_for_a_pose_is_damage(tmp_path: Path) -> None:
    path = rewritten(tmp_path, lambda a: a.update(xy_px=np.full((4, 33, 2), 1e300)))
    assert refusal(path).startswith("damaged pose track")


@pytest.mark.parametrize("kind", [np.complex64, np.bool_, "datetime64[s]"])
def test_what_is_no_plain_number_is_no_track(tmp_path: Path, kind: Any) -> None:
    path = rewritten(tmp_path, lambda a: a.update(xy_px=np.ones((4, 33, 2), int).astype(kind)))
    assert refusal(path) == NOT_A_TRACK


def test_arrays_stored_column_by_column_are_not_read_crosswise(tmp_path: Path) -> None:
    path = rewritten(tmp_path, lambda a: a.update(xy_px=np.asfortranarray(a["xy_px"])))
    assert refusal(path) == NOT_A_TRACK


def test_words_in_place_of_numbers_are_no_track(tmp_path: Path) -> None:
    words = np.full((4, 33, 2), "x")
    assert refusal(rewritten(tmp_path, lambda a: a.update(xy_px=words))) == NOT_A_TRACK


@pytest.mark.parametrize("info", ["no json", "[]", "[1]", '[["a", 1]]', "3", "null", '"a"'])
def test_facts_that_are_no_facts_are_no_track(tmp_path: Path, info: str) -> None:
    assert refusal(rewritten(tmp_path, lambda a: a.update(info=np.array(info)))) == NOT_A_TRACK


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 0.99])
def test_a_file_that_was_cut_off_is_no_track(tmp_path: Path, share: float) -> None:
    path = write(tmp_path / "a.npz", some())
    whole = path.read_bytes()
    path.write_bytes(whole[: int(share * len(whole))])
    assert refusal(path) == NOT_A_TRACK


def test_a_byte_that_flipped_is_told_and_never_ends_in_another_error(tmp_path: Path) -> None:
    path = write(tmp_path / "a.npz", [pose(i / 30, seed=i) for i in range(30)])
    whole = bytearray(path.read_bytes())
    told = 0
    for at in np.linspace(0, len(whole) - 1, 150).astype(int):
        flipped = bytearray(whole)
        flipped[at] ^= 0xFF
        path.write_bytes(flipped)
        try:
            list(PoseTrack(path))
        except TrackError:
            told += 1
    assert told > 100


def test_a_track_from_elsewhere_needs_no_version_outline_or_facts(tmp_path: Path) -> None:
    def bare(stored: dict[str, Any]) -> None:
        for name in ("schema_version", "info", "outline_px", "outline_end"):
            stored.pop(name)

    track = PoseTrack(rewritten(tmp_path, bare))
    assert track.info == {}
    assert [len(p.outline_px) for p in track] == [0, 0, 0, 0]
    for found, due in pairwise(
        [next(iter(track)), replace(some()[0], outline_px=np.empty((0, 2)))]
    ):
        same(found, due)


def test_facts_are_stored_as_json(tmp_path: Path) -> None:
    stored = arrays(write(tmp_path / "a.npz", some(), fps=29.97))
    assert json.loads(str(stored["info"])) == {"fps": 29.97}
