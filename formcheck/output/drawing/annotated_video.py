"""A video of the recording with the overlay drawn in, which any browser plays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from fractions import Fraction
from pathlib import Path
from typing import Any

from formcheck.errors import FormcheckError, shown
from formcheck.exercises.model import ExerciseSpec
from formcheck.output.drawing.captions import Showings
from formcheck.output.drawing.overlay import draw
from formcheck.records.frames import Image
from formcheck.records.moments import Moment
from formcheck.storage.atomic_files import partial_path, remove_partial, writing

TIME_BASE = Fraction(1, 90_000)
"""Unit of presentation times: fine enough for any frame rate, constant or not."""

_BT709 = 1
_USUAL, _FASTEST = 30.0, 240.0
_QUALITY = {"preset": "veryfast", "crf": "22"}


class AnnotatedVideo:
    """Writes H.264 in MP4 with each frame at its own media time, so cues stay in step.

    fps: the nominal rate, which sets how long the last frame stays and nothing else in time; 30
    stands in for one that no camera has, since players refuse what claims to be so fast.

    The index goes first in the file, so that a browser starts before it is all there. An odd
    last row or column is left out, since yuv420p needs even sizes. Without any frame there is
    no file. The file stands under `<name>.part` until `close`.
    """

    def __init__(self, path: Path, *, spec: ExerciseSpec, fps: float) -> None:
        self._path = path
        self._title = spec.title
        self._rate = Fraction(fps if 0 < fps <= _FASTEST else _USUAL).limit_denominator(1001)
        self._showings = Showings(spec)
        self._container: Any = None
        self._stream: Any = None
        self._last_pts = -1
        self._is_abandoned = False

    def take(self, moment: Moment) -> None:
        """Draw and encode one moment; moments without a frame are passed over.

        Raises:
            FormcheckError: the file cannot be written.
        """
        showing = self._showings.at(moment)
        if moment.frame is None or self._is_abandoned:
            return
        image = moment.frame.image
        drawn = draw(image, moment.pose, moment.status, title=self._title, showing=showing)
        with self._making():
            if self._container is None:
                self._open(drawn)
            self._encode(drawn, round(moment.frame.t_s / TIME_BASE))

    @contextmanager
    def _making(self) -> Iterator[None]:
        """Tell a failure in one line, and leave no half of the file."""
        from av.error import FFmpegError

        try:
            with writing(self._path):
                yield
        except FormcheckError:
            self.abandon()
            raise
        except (FFmpegError, ValueError) as error:
            self.abandon()
            raise FormcheckError(f"{shown(self._path)}: cannot be made: {error}") from None

    def abandon(self) -> None:
        """Make no file of what was drawn, and take nothing more."""
        from av.error import FFmpegError

        container, self._container, self._is_abandoned = self._container, None, True
        if container is not None:
            with suppress(FFmpegError, OSError, ValueError):
                container.close()
            remove_partial(self._path)

    def close(self) -> None:
        """Finish the file and put it in its place.

        Raises:
            FormcheckError: the file cannot be written.
        """
        if self._container is None:
            return
        with self._making():
            self._container.mux(self._stream.encode(None))
            self._container.close()
            self._container = None
            partial_path(self._path).replace(self._path)

    def _open(self, image: Image) -> None:
        import av  # only now: see formcheck.interfaces.window.screen
        from av.video.reformatter import ColorRange

        # `file:` and the whole path: FFmpeg would take a:b.mp4 for an address.
        partial = f"file:{partial_path(self._path).absolute()}"
        options = {"movflags": "+faststart"}
        self._container = av.open(partial, "w", format="mp4", options=options)
        stream = self._container.add_stream("libx264", rate=self._rate, options=_QUALITY)
        stream.height, stream.width = (side // 2 * 2 for side in image.shape[:2])
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = TIME_BASE
        for tag in ("colorspace", "color_primaries", "color_trc"):
            setattr(stream.codec_context, tag, _BT709)
        stream.codec_context.color_range = ColorRange.MPEG
        self._stream = stream

    def _encode(self, image: Image, pts: int) -> None:
        from av.video.frame import VideoFrame
        from av.video.reformatter import ColorRange, Colorspace

        if pts <= self._last_pts:
            return
        even = image[: self._stream.height, : self._stream.width]
        frame = VideoFrame.from_ndarray(even, format="bgr24").reformat(
            format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG
        )
        frame.pts, frame.time_base = pts, TIME_BASE
        self._last_pts = pts
        self._container.mux(self._stream.encode(frame))
