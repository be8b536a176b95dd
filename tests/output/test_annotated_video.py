from __future__ import annotations

from io import BytesIO

import av
import numpy as np
import pytest

from formcheck.errors import FormcheckError
from formcheck.output.drawing.annotated_video import AnnotatedVideo
from formcheck.output.drawing.stills import PICTURE_PX, Pictures
from formcheck.output.report.curves import Curve, Curves
from formcheck.records.frames import Frame
from formcheck.records.moments import Moment
from formcheck.records.pose import Pose
from tests import show

IRREGULAR_S = [0.0, 0.033, 0.1, 0.14, 0.5, 0.533, 1.2]


def record(path, times_s, image=None, fps=30.0):
    video = AnnotatedVideo(path, spec=show.SPEC, fps=fps)
    for t_s in times_s:
        video.take(show.moment(t_s, image=image))
    video.close()


def frames_of(path):
    with av.open(str(path)) as container:
        return [(frame.time, frame) for frame in container.decode(video=0)]


def test_each_frame_keeps_its_own_time_at_a_varying_rate(tmp_path):
    path = tmp_path / "a.mp4"
    record(path, IRREGULAR_S)
    assert [t for t, _ in frames_of(path)] == pytest.approx(IRREGULAR_S, abs=1e-3)


def test_a_recording_that_does_not_begin_at_zero_keeps_its_times(tmp_path):
    path = tmp_path / "a.mp4"
    record(path, [5.0, 5.1, 5.2])
    assert [t for t, _ in frames_of(path)] == pytest.approx([5.0, 5.1, 5.2], abs=1e-3)


@pytest.mark.parametrize("fps", [30.0, 0.0, 90_000.0, float("nan"), float("inf")])
def test_the_video_is_what_a_browser_plays(tmp_path, fps):
    path = tmp_path / "a.mp4"
    record(path, [i / 30 for i in range(10)], fps=fps)
    with av.open(str(path)) as container:
        codec = container.streams.video[0].codec_context
        assert (codec.name, codec.pix_fmt) == ("h264", "yuv420p")
        level = codec.extradata[3]
    assert level <= 41
    data = path.read_bytes()
    assert data.find(b"moov") < data.find(b"mdat")


def test_the_last_frame_stays_for_one_frame_of_the_nominal_rate(tmp_path):
    path = tmp_path / "a.mp4"
    record(path, [0.0, 0.1, 0.35], fps=10.0)
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        assert stream.duration * stream.time_base == pytest.approx(0.45, abs=2e-3)


def test_an_odd_size_loses_its_last_row_and_column(tmp_path):
    path = tmp_path / "a.mp4"
    record(path, [0.0, 0.1], image=show.blank(321, 241))
    _, frame = frames_of(path)[0]
    assert (frame.width, frame.height) == (320, 240)


def test_colours_come_back_as_they_went_in(tmp_path):
    path = tmp_path / "a.mp4"
    image = np.zeros((360, 640, 3), np.uint8)
    image[:] = (40, 60, 200)
    record(path, [0.0, 0.1], image=image)
    _, frame = frames_of(path)[-1]
    corner = frame.to_ndarray(format="bgr24")[180, 560].astype(int)
    assert np.abs(corner - (40, 60, 200)).max() <= 6


def test_the_overlay_is_in_the_video(tmp_path):
    path = tmp_path / "a.mp4"
    record(path, [0.0, 0.1])
    _, frame = frames_of(path)[0]
    assert frame.to_ndarray(format="bgr24").max() > 225


def test_the_file_appears_only_when_it_is_whole(tmp_path):
    path = tmp_path / "new" / "a.mp4"
    video = AnnotatedVideo(path, spec=show.SPEC, fps=30.0)
    video.take(show.moment(0.0))
    assert not path.exists()
    video.close()
    video.close()
    assert [file.name for file in path.parent.iterdir()] == ["a.mp4"]


def test_moments_without_a_picture_make_no_file(tmp_path):
    video = AnnotatedVideo(tmp_path / "a.mp4", spec=show.SPEC, fps=30.0)
    video.take(Moment(None, show.person(), show.status(), ()))
    video.close()
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_cannot_be_written_is_told_in_one_line(tmp_path):
    (tmp_path / "file").write_text("")
    video = AnnotatedVideo(tmp_path / "file" / "a.mp4", spec=show.SPEC, fps=30.0)
    with pytest.raises(FormcheckError, match=r"a\.mp4: cannot be written"):
        video.take(show.moment(0.0))


def shade(t_s, level):
    return show.moment(t_s, image=np.full((120, 160, 3), level, np.uint8))


def grey_of(jpeg):
    with av.open(BytesIO(jpeg)) as container:
        return int(next(container.decode(video=0)).to_ndarray(format="gray")[2, 2])


@pytest.mark.parametrize(
    ("asked_s", "grey"), [(0.0, 30), (0.2, 30), (0.3, 60), (0.6, 60), (1.2, 120)]
)
def test_the_picture_kept_is_the_nearest_to_the_time_asked_for(asked_s, grey):
    pictures = Pictures([asked_s])
    for t_s, level in ((0.0, 30), (0.5, 60), (1.0, 120)):
        pictures.take(shade(t_s, level))
    pictures.close()
    assert grey_of(pictures.jpegs[asked_s]) == pytest.approx(grey, abs=4)


def test_a_time_no_frame_was_near_has_no_picture():
    pictures = Pictures([5.0])
    pictures.take(shade(0.0, 30))
    pictures.close()
    assert pictures.jpegs == {}


def test_a_picture_is_cropped_about_the_person():
    pictures = Pictures([0.0])
    pictures.take(show.moment(0.0, image=show.blank(1920, 1080)))
    with av.open(BytesIO(pictures.jpegs[0.0])) as container:
        frame = next(container.decode(video=0))
    assert max(frame.width, frame.height) == PICTURE_PX
    assert frame.width / frame.height < 1920 / 1080


def test_a_picture_of_nobody_is_the_whole_picture():
    pictures = Pictures([0.0])
    nobody = Pose.nobody(0.0, (640.0, 360.0))
    pictures.take(Moment(Frame(0.0, show.blank()), nobody, show.status(), ()))
    with av.open(BytesIO(pictures.jpegs[0.0])) as container:
        frame = next(container.decode(video=0))
    assert (frame.width, frame.height) == (PICTURE_PX, PICTURE_PX * 9 // 16)


def test_a_curve_keeps_every_value_and_gap():
    curves = Curves()
    for t_s, value in ((0.0, 120.0), (0.1, float("nan")), (0.2, 150.0)):
        curves.take(show.moment(t_s, now=show.status(t_s, primary=value)))
    assert curves.primary.t_s.tolist() == [0.0, 0.1, 0.2]
    np.testing.assert_array_equal(curves.primary.value, [120.0, np.nan, 150.0])
    assert curves.levels == show.LEVELS


def test_a_curve_never_runs_back_in_time():
    curves = Curves()
    for t_s in (0.0, 0.1, 0.0, 0.1, 0.2):
        curves.take(show.moment(t_s))
    assert curves.primary.t_s.tolist() == [0.0, 0.1, 0.2]


def test_a_decimated_curve_keeps_its_peaks_and_gaps():
    t_s = np.arange(100_000) / 30
    value = np.sin(t_s)
    value[54_321] = 9.0
    value[70_000:72_000] = np.nan
    few = Curve(t_s, value).decimated(400)
    assert len(few.t_s) <= 800
    assert np.nanmax(few.value) == 9.0
    assert few.t_s[np.nanargmax(few.value)] == t_s[54_321]
    assert np.isnan(few.value).any()
    assert np.all(np.diff(few.t_s) > 0)


def test_a_curve_has_a_value_between_its_points_but_none_in_gaps_and_beyond_its_ends():
    curve = Curve(np.arange(5.0), np.array([0.0, 10.0, np.nan, 30.0, 40.0]))
    assert curve.at(0.5) == 5.0
    assert np.isnan([curve.at(t_s) for t_s in (-0.1, 1.5, 4.1)]).all()
    assert np.isnan(Curve(np.empty(0), np.empty(0)).at(0.0))


def test_a_part_of_a_curve_has_both_of_its_ends():
    curve = Curve(np.arange(5.0), np.arange(5.0))
    assert curve.between(1.0, 3.0).t_s.tolist() == [1.0, 2.0, 3.0]
