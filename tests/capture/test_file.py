from __future__ import annotations

import os
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.capture.video.file import SteadyTimes, VideoFile
from formcheck.errors import SourceError
from tests.media import (
    bright_corner,
    can_write,
    corner_picture,
    media_span,
    number_of,
    pictures,
    turn,
    write_sound,
    write_video,
)

SHORT_GROUPS = {"g": "10", "bf": "0"}
UNEVEN_MS = [0, 33, 66, 200, 233, 500, 533, 900, 1000, 1033]


def times_of(path: Path) -> list[float]:
    return [frame.t_s for frame in VideoFile(path)]


@pytest.mark.parametrize(
    ("name", "codec", "pixel_format", "options"),
    [
        ("clip.mp4", "libx264", "yuv420p", {}),
        ("clip.ts", "libx264", "yuv420p", {}),
        ("clip.mov", "libx265", "yuv420p10le", {"x265-params": "log-level=none"}),
        ("clip.webm", "libvpx-vp9", "yuv420p", {"deadline": "realtime", "cpu-used": "8"}),
        ("clip.avi", "mjpeg", "yuvj420p", {}),
        ("clip.mjpeg", "mjpeg", "yuvj420p", {}),
        ("clip.gif", "gif", "rgb8", {}),
        ("gray.mkv", "ffv1", "gray", {}),
        ("deep_gray.mkv", "ffv1", "gray16le", {}),
        ("alpha.mkv", "ffv1", "bgra", {}),
        ("clip.avi", "mpeg4", "yuv420p", {}),
    ],
)
def test_every_common_format_gives_all_its_pictures_in_order(
    tmp_path: Path, name: str, codec: str, pixel_format: str, options: dict[str, str]
) -> None:
    if not can_write(codec):
        pytest.skip(f"PyAV has no {codec} encoder here")
    path = write_video(
        tmp_path / name,
        pictures(12),
        codec=codec,
        fps=25,
        pixel_format=pixel_format,
        options=options,
    )
    source = VideoFile(path)
    frames = list(source)
    assert [number_of(frame.image) for frame in frames] == list(range(12))
    assert np.allclose([frame.t_s for frame in frames], np.arange(12) / 25, atol=0.001)
    assert {frame.image.shape for frame in frames} == {(96, 160, 3)}
    assert source.info.notes == []
    assert source.info.frames_declared in (12, None)


@pytest.mark.skipif(not can_write("libsvtav1"), reason="PyAV has no AV1 encoder here")
def test_av1_is_read(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mp4", pictures(8), codec="libsvtav1")
    frames = list(VideoFile(path))
    assert [number_of(frame.image) for frame in frames] == list(range(8))
    assert np.allclose([frame.t_s for frame in frames], np.arange(8) / 30, atol=1e-6)


@pytest.mark.parametrize("codec", ["libx264", "libsvtav1"])
def test_time_begins_with_the_first_picture(tmp_path: Path, codec: str) -> None:
    if not can_write(codec):
        pytest.skip(f"PyAV has no {codec} encoder here")
    path = write_video(tmp_path / "late.mkv", pictures(3), codec=codec, times_ms=[500, 540, 600])
    assert times_of(path) == pytest.approx([0.0, 0.04, 0.1], abs=0.001)


def test_times_of_an_uneven_recording_are_those_in_the_file(tmp_path: Path) -> None:
    path = write_video(tmp_path / "uneven.mp4", pictures(10), times_ms=UNEVEN_MS)
    assert np.allclose(times_of(path), np.array(UNEVEN_MS) / 1000, atol=1e-6)


@pytest.mark.parametrize("fps", [24, 50, 60])
def test_rates_from_24_to_60_keep_their_times(tmp_path: Path, fps: int) -> None:
    path = write_video(tmp_path / "clip.mp4", pictures(30), fps=fps)
    assert VideoFile(path).info.fps == pytest.approx(fps)
    assert np.allclose(times_of(path), np.arange(30) / fps, atol=1e-6)


@pytest.mark.parametrize("codec", ["libx264", "libsvtav1"])
@pytest.mark.parametrize(
    ("degrees", "corner", "size_px"),
    [
        (0, "upper left", (160, 96)),
        (90, "upper right", (96, 160)),
        (180, "lower right", (160, 96)),
        (270, "lower left", (96, 160)),
    ],
)
def test_a_turned_phone_recording_comes_out_upright(
    tmp_path: Path, codec: str, degrees: int, corner: str, size_px: tuple[int, int]
) -> None:
    if not can_write(codec):
        pytest.skip(f"PyAV has no {codec} encoder here")
    path = write_video(tmp_path / "phone.mp4", [corner_picture()] * 3, codec=codec)
    source = VideoFile(turn(path, degrees))
    frame = next(iter(source))
    source.close()
    assert bright_corner(frame.image) == corner
    assert source.info.size_px == size_px == frame.image.shape[1::-1]


@pytest.mark.parametrize("codec", ["libx264", "libsvtav1"])
@pytest.mark.parametrize(
    ("degrees", "size_px"), [(0, (320, 96)), (90, (96, 320)), (180, (320, 96))]
)
def test_pixels_twice_as_wide_as_high_are_made_square(
    tmp_path: Path, codec: str, degrees: int, size_px: tuple[int, int]
) -> None:
    if not can_write(codec):
        pytest.skip(f"PyAV has no {codec} encoder here")
    path = write_video(
        tmp_path / "wide.mp4", [corner_picture()] * 3, codec=codec, aspect=Fraction(2, 1)
    )
    frames = list(VideoFile(turn(path, degrees)))
    assert frames[0].image.shape[1::-1] == size_px


def test_a_large_picture_is_averaged_down_to_1280_px(tmp_path: Path) -> None:
    stripes = np.zeros((2160, 3840, 3), np.uint8)
    stripes[:, ::3] = 255
    path = write_video(tmp_path / "4k.avi", [stripes], codec="mjpeg", pixel_format="yuvj444p")
    frame = next(iter(VideoFile(path)))
    assert frame.image.shape == (720, 1280, 3)
    assert np.abs(frame.image[200:500, 200:1000].astype(int) - 85).max() < 12


def test_reading_twice_gives_the_same_frames_and_counts(tmp_path: Path) -> None:
    source = VideoFile(write_video(tmp_path / "clip.mp4", pictures(12)))
    first = [(frame.t_s, frame.image.tobytes()) for frame in source]
    second = [(frame.t_s, frame.image.tobytes()) for frame in source]
    assert first == second
    assert source.info.frames_read == 12


def test_a_second_pass_begins_anew_while_the_first_is_unfinished(tmp_path: Path) -> None:
    source = VideoFile(write_video(tmp_path / "clip.mp4", pictures(12)))
    first = iter(source)
    next(first)
    assert [number_of(frame.image) for frame in source] == list(range(12))
    assert next(first, None) is None
    source.close()
    source.close()


def test_a_zeroed_block_costs_only_the_pictures_in_it(tmp_path: Path) -> None:
    path = noisy_video(tmp_path / "zeroed.mp4")
    start, end = media_span(path)
    data = bytearray(path.read_bytes())
    middle = (start + end) // 2
    data[middle : middle + 3000] = bytes(3000)
    path.write_bytes(data)
    source = VideoFile(path)
    times = [frame.t_s for frame in source]
    assert 40 <= len(times) < 60
    assert times[-1] == pytest.approx(59 / 30, abs=0.001)
    lost = 60 - len(times)
    assert f"60 frames declared, {len(times)} read; {lost} could not be decoded" in (
        source.info.notes
    )


def test_bit_rot_does_not_end_the_reading(tmp_path: Path) -> None:
    path = noisy_video(tmp_path / "rotten.mp4")
    start, end = media_span(path)
    data = bytearray(path.read_bytes())
    random = np.random.default_rng(3)
    for at in random.integers(start, end, 4000):
        data[at] ^= 0xFF
    path.write_bytes(data)
    source = VideoFile(path)
    times = [frame.t_s for frame in source]
    assert np.all(np.diff(times) > 0)
    assert source.info.frames_read == len(times) < 60
    assert source.info.bad_reads > 0
    assert "could not be decoded" in source.info.notes[0]
    notes = list(source.info.notes)
    assert [frame.t_s for frame in source] == times
    assert source.info.notes == notes


def test_a_file_cut_in_half_gives_its_first_half_and_says_so(tmp_path: Path) -> None:
    path = with_index_first(noisy_video(tmp_path / "cut.mp4"))
    data = path.read_bytes()
    start, end = media_span(path)
    path.write_bytes(data[: (start + end) // 2])
    source = VideoFile(path)
    count = len(list(source))
    assert 15 <= count <= 45
    assert f"60 frames declared, {count} read" in source.info.notes[0]
    assert "the file says that it lasts 0:02.0, but its pictures end at" in source.info.notes[1]


def test_a_webm_cut_in_half_says_where_its_pictures_end(tmp_path: Path) -> None:
    path = write_video(
        tmp_path / "cut.webm",
        noise(60),
        codec="libvpx-vp9",
        options={"deadline": "realtime", "cpu-used": "8"},
    )
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])
    source = VideoFile(path)
    assert len(list(source)) < 50
    assert source.info.notes[-1].startswith(
        "the file says that it lasts 0:02.0, but its pictures end at"
    )


def noise(count: int) -> list[np.ndarray]:
    random = np.random.default_rng(0)
    return [random.integers(0, 255, (96, 160, 3), np.uint8) for _ in range(count)]


def noisy_video(path: Path) -> Path:
    return write_video(path, noise(60), options=SHORT_GROUPS)


def with_index_first(path: Path) -> Path:
    moved = path.with_name(f"first_{path.name}")
    with (
        av.open(str(path)) as old,
        av.open(str(moved), "w", options={"movflags": "faststart"}) as new,
    ):
        stream = new.add_stream_from_template(old.streams.video[0])
        for packet in old.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                new.mux(packet)
    return moved.replace(path)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.mp4", b"", "the file is empty"),
        ("notes.mp4", b"squat every day\n" * 50, "not a video"),
        ("notes.txt", b"squat every day\n" * 50, "not a video"),
        ("unfinished.mp4", b"\0\0\0\x20ftypisom" + bytes(4000), "cut off before its index"),
    ],
)
def test_what_is_no_video_is_named_and_said_what_to_do(
    tmp_path: Path, name: str, content: bytes, told: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=told) as caught:
        VideoFile(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no such file"):
        VideoFile(tmp_path / "gone.mp4")
    with pytest.raises(SourceError, match=r"a folder; give the files in it$"):
        VideoFile(tmp_path)


def test_sound_without_pictures_is_named(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="sound without pictures"):
        VideoFile(write_sound(tmp_path / "sound.m4a"))


def test_a_photograph_is_no_video(tmp_path: Path) -> None:
    path = write_video(tmp_path / "photo.jpg", pictures(1), codec="mjpeg", pixel_format="yuvj420p")
    with pytest.raises(SourceError, match="a picture"):
        VideoFile(path)


def test_a_video_without_one_good_picture_says_how_to_convert_it(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mp4", noise(5), options=SHORT_GROUPS)
    data = bytearray(path.read_bytes())
    start, end = media_span(path)
    data[start:end] = bytes(end - start)
    path.write_bytes(data)
    with pytest.raises(SourceError, match="not one picture could be decoded; convert it"):
        VideoFile(path)


def test_nothing_is_written_to_the_terminal(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    test_bit_rot_does_not_end_the_reading(tmp_path)
    with pytest.raises(SourceError):
        VideoFile(write_sound(tmp_path / "sound.m4a"))
    assert capfd.readouterr() == ("", "")


def test_equal_and_small_backward_times_are_put_a_millisecond_later() -> None:
    times = SteadyTimes(1 / 30)
    given = [times.later(t_s) for t_s in (0.0, 0.033, 0.033, 0.02, 0.1)]
    assert given == pytest.approx([0.0, 0.033, 0.034, 0.035, 0.1])
    assert times.notes() == ["2 frames were not later than the one before; spaced 1 ms"]


def test_later_times_are_left_as_they_are_however_close() -> None:
    times = SteadyTimes(1 / 30)
    assert [times.later(t_s) for t_s in (2.0, 2.0002, 2.5)] == pytest.approx([0.0, 0.0002, 0.5])
    assert times.notes() == []


def test_a_jump_back_goes_on_after_the_first_part_with_true_gaps() -> None:
    times = SteadyTimes(0.04)
    given = [times.later(t_s) for t_s in (0.0, 5.0, 0.0, 0.5)]
    assert given == pytest.approx([0.0, 5.0, 5.04, 5.54])
    assert len(times.notes()) == 1
    assert "joined" in times.notes()[0]


@pytest.mark.parametrize("name", [b"bad\xff\xfe.mp4", b"clip:1.mp4", b"a%03d.mp4", b"a\n[b].mp4"])
def test_a_file_may_have_any_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: bytes
) -> None:
    monkeypatch.chdir(tmp_path)
    made = write_video(tmp_path / "clip.mp4", pictures(5))
    path = Path(os.fsdecode(name))
    try:
        made.replace(path)
    except OSError:
        pytest.skip("this system allows no such name")
    source = VideoFile(path)
    assert len(list(source)) == 5
    assert source.info.name.isprintable()


def test_a_list_of_other_files_is_not_followed(tmp_path: Path) -> None:
    write_video(tmp_path / "clip.mp4", pictures(5))
    for name, text in (
        ("list.mp4", "ffconcat version 1.0\nfile clip.mp4\n"),
        ("list.m3u8", "#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nclip.mp4\n#EXT-X-ENDLIST\n"),
    ):
        (tmp_path / name).write_text(text)
        with pytest.raises(SourceError, match="not a video"):
            VideoFile(tmp_path / name)


@pytest.mark.parametrize(("size", "told"), [((2, 1600), "too small"), ((5000, 5000), "too large")])
def test_pictures_that_no_camera_takes_are_refused(
    tmp_path: Path, size: tuple[int, int], told: str
) -> None:
    image = np.zeros((size[1], size[0], 3), np.uint8)
    path = write_video(tmp_path / "odd.mkv", [image], codec="ffv1", pixel_format="bgr0")
    with pytest.raises(SourceError, match=told) as caught:
        VideoFile(path)
    assert "\n" not in str(caught.value)


def test_pictures_whose_size_changes_are_fitted_and_not_stretched(tmp_path: Path) -> None:
    wide = write_video(
        tmp_path / "a.mjpeg", pictures(3), codec="mjpeg", pixel_format="yuvj420p"
    ).read_bytes()
    high = write_video(
        tmp_path / "b.mjpeg", [np.full((160, 96, 3), 255, np.uint8)] * 3,
        codec="mjpeg", pixel_format="yuvj420p",
    ).read_bytes()  # fmt: skip
    path = tmp_path / "both.mjpeg"
    path.write_bytes(wide + high)
    source = VideoFile(path)
    last = list(source)[-1].image
    assert last.shape == (96, 160, 3)
    assert last[48, 80].min() > 240
    assert last[48, 5].max() < 20
    assert "3 frames have another shape than the first; edges were added" in source.info.notes


def test_a_film_that_is_deleted_between_two_passes_is_told(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mp4", pictures(5))
    source = VideoFile(path)
    assert len(list(source)) == 5
    path.unlink()
    with pytest.raises(SourceError, match="was it moved or deleted"):
        list(source)


def test_a_length_that_ends_too_soon_in_the_index_is_put_right(tmp_path: Path) -> None:
    path = write_video(tmp_path / "clip.mp4", pictures(8))
    data = bytearray(path.read_bytes())
    at = data.index(b"moov") - 4
    length = int.from_bytes(data[at : at + 4], "big")
    data[at : at + 4] = (length - 108).to_bytes(4, "big")
    path.write_bytes(data)
    assert len(list(VideoFile(path))) == 8


def test_a_width_of_nothing_is_taken_from_the_pictures(tmp_path: Path) -> None:
    path = write_video(
        tmp_path / "clip.webm", pictures(8), codec="libvpx-vp9",
        options={"deadline": "realtime", "cpu-used": "8"},
    )  # fmt: skip
    data = path.read_bytes()
    assert data.count(b"\xb0\x81\xa0") == 1
    path.write_bytes(data.replace(b"\xb0\x81\xa0", b"\xb0\x81\x00"))
    source = VideoFile(path)
    assert len(list(source)) == 8
    assert source.info.size_px == (160, 96)


def test_one_bad_frame_costs_no_frame_after_it(tmp_path: Path) -> None:
    if not can_write("libx265"):
        pytest.skip("PyAV has no HEVC encoder here")
    quiet = {"x265-params": "log-level=none:bframes=0"}
    path = write_video(tmp_path / "clip.mp4", noise(12), codec="libx265", options=quiet)
    data = bytearray(path.read_bytes())
    start, _ = media_span(path)
    data[start + 4000 : start + 6000] = bytes(2000)
    path.write_bytes(data)
    assert len(list(VideoFile(path))) >= 11


def test_a_gap_of_more_than_a_day_is_read_as_two_recordings() -> None:
    times = SteadyTimes(0.04)
    assert [times.later(t_s) for t_s in (0.0, 2e5, 2e5 + 1)] == pytest.approx([0.0, 0.04, 1.04])
