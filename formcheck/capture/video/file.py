"""Frames of a video file, whatever the file does: damaged, rotated, of uneven rate, too large.

Times are the file's presentation times, counted from its first picture. Pixels are made square
and the longer side at most 1280 px before a frame leaves the source: the pose model sees 256 px,
and memory and time are spent on every pixel after it.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from formcheck.capture.video.decoders import (
    MAX_PIXELS,
    Decoder,
    Header,
    Picture,
    Threads,
    read_header,
)
from formcheck.capture.video.scaling import resized, size_within
from formcheck.errors import SourceError, shown
from formcheck.records.frames import Frame, Image, SourceInfo
from formcheck.words import terms

MAX_SIDE_PX = 1280
MIN_SIDE_PX = 32
"""Of the picture once it is no larger than that: in less, nobody can be seen."""

REPAIR_STEP_S = 0.001
"""From one frame to the next where the file gives no later time: MediaPipe counts in whole ms."""

_JOIN_S = 1.0
_LONGEST_GAP_S = 86_400.0
_EARLY_END_S = 0.5
_EARLY_END_SHARE = 0.05
_SAME_SHAPE = 0.02
_WAYS: tuple[Threads, ...] = ("AUTO", "SLICE")
"""To decode, in turn: each goes on where the one before it ended early."""


class VideoFile:
    """A video file as a source; each pass over it reads the file again and gives the same frames.

    `info.fps` is nominal, 30 where the file says nothing credible: time is in the frames.

    Raises:
        SourceError: there is no file, its pictures are too large or too small, or not one of them
            can be decoded; while it is read: it is gone.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._running: Generator[Frame] | None = None
        self._header = _checked_header(path)
        self.info = self._open()

    def _open(self) -> SourceInfo:
        with closing(self._pictures()) as pictures:
            first = next((picture for picture in pictures if picture), None)
        if first is None and not any(self._header.size_px):  # FFmpeg keeps a size it refuses
            raise SourceError(
                f"{shown(self._path)}: its pictures are too large (more than {MAX_PIXELS} pixels) "
                "or of no size; make them smaller first, for example: "
                "ffmpeg -i FILE -vf scale=1280:-2 NEW.mp4"
            )
        if first is None:
            raise SourceError(
                f"{shown(self._path)}: opens as {self._header.codec} video, but not one picture "
                "could be decoded; convert it first, for example: "
                "ffmpeg -i FILE -c:v libx264 NEW.mp4"
            )
        height, width = first.image.shape[:2]
        size_px = _squared(first)
        if min(size_px) < MIN_SIDE_PX:
            raise SourceError(
                f"{shown(self._path)}: pictures of {width} x {height} px are too small or too "
                f"narrow to see a person in; both sides need at least {MIN_SIDE_PX} px"
            )
        return SourceInfo(
            name=shown(self._path.name),
            size_px=size_px,
            fps=self._header.fps,
            frames_declared=self._header.frames,
            duration_s=self._header.duration_s,
        )

    def __iter__(self) -> Iterator[Frame]:
        self.close()
        self._running = self._frames()
        return self._running

    def close(self) -> None:
        """End the pass that is running, if any, and let go of the file."""
        if self._running:
            self._running.close()
            self._running = None

    def _frames(self) -> Generator[Frame]:
        info = self.info
        info.frames_read = info.bad_reads = 0
        info.notes.clear()
        times, fitting, partial = SteadyTimes(1 / info.fps), _Fitting(info.size_px), 0
        with closing(self._pictures()) as pictures:
            for picture in pictures:
                if picture is None:
                    info.bad_reads += 1
                    continue
                info.frames_read += 1
                partial += picture.is_partial
                yield Frame(times.later(picture.t_s), fitting.fitted(picture))
        info.notes.extend((*_losses(info, times.last_s), *times.notes(), *fitting.notes()))
        if partial:
            info.notes.append(f"{partial} frames are damaged: each needs one that was lost")

    def _pictures(self) -> Generator[Picture | None]:
        """One pass, by as many ways to decode as it takes; None for each picture that was lost."""
        furthest_s = -np.inf
        for way in _WAYS:
            with closing(self._decoder(way)) as decoder:
                begun_s = furthest_s
                for picture in decoder.pictures():
                    if picture is None:
                        if furthest_s > begun_s or begun_s == -np.inf:
                            yield None
                        continue
                    if picture.t_s > begun_s:
                        furthest_s = max(furthest_s, picture.t_s)
                        yield picture
                if not decoder.ended_early:
                    return

    def _decoder(self, way: Threads) -> Decoder:
        try:
            return Decoder(self._path, self._header, way)
        except OSError as error:
            raise SourceError(
                f"{shown(self._path)}: cannot be read any more ({error.strerror or error}); "
                "was it moved or deleted?"
            ) from None


@dataclass
class _Fitting:
    """Brings every picture to the film's size, whatever size the file gives it."""

    size_px: tuple[int, int]
    misfits: int = 0

    def fitted(self, picture: Picture) -> Image:
        """The picture at the film's size; one of another shape is given edges, not stretched."""
        wide, high = self.size_px
        width, height = _squared(picture)
        if abs(width * high / (height * wide) - 1) < _SAME_SHAPE:
            return resized(picture.image, self.size_px)
        self.misfits += 1
        scale = min(wide / width, high / height)
        inner = max(1, round(width * scale)), max(1, round(height * scale))
        left, top = (wide - inner[0]) // 2, (high - inner[1]) // 2
        whole: Image = np.zeros((high, wide, 3), np.uint8)
        whole[top : top + inner[1], left : left + inner[0]] = resized(picture.image, inner)
        return whole

    def notes(self) -> list[str]:
        """What had to be fitted."""
        if not self.misfits:
            return []
        return [f"{self.misfits} frames have another shape than the first; edges were added"]


class SteadyTimes:
    """Makes a file's times begin at 0 and increase strictly, keeping every gap that can be kept.

    A time that is not later than the one before is put 1 ms after it, until the file's own
    times catch up. A jump back by more than a second, or on by more than a day, is read as two
    recordings joined: the second goes on one nominal frame after the first.
    """

    def __init__(self, frame_s: float) -> None:
        self._frame_s = frame_s
        self._shift_s = 0.0
        self._repaired = 0
        self._joins = 0
        self.last_s: float | None = None

    def later(self, file_s: float) -> float:
        """The time to give a frame that the file puts at `file_s`."""
        if self.last_s is None:
            self._shift_s = -file_s
        elif not -_JOIN_S <= file_s + self._shift_s - self.last_s <= _LONGEST_GAP_S:
            self._joins += 1
            self._shift_s = self.last_s + self._frame_s - file_s
        at_s = file_s + self._shift_s
        if self.last_s is not None and at_s <= self.last_s:
            self._repaired += 1
            at_s = self.last_s + REPAIR_STEP_S
        self.last_s = at_s
        return at_s

    def notes(self) -> list[str]:
        """What had to be put right."""
        notes = []
        if self._repaired:
            notes.append(f"{self._repaired} frames were not later than the one before; spaced 1 ms")
        if self._joins:
            notes.append(f"time jumped {self._joins} times; the parts were joined end to end")
        return notes


def square_size(width: int, height: int, *, pixel_aspect: float) -> tuple[int, int]:
    """Whole size in square pixels, at most `MAX_SIDE_PX`; stretched, so that no detail is lost."""
    wide, high = width * max(1.0, pixel_aspect), height * max(1.0, 1 / pixel_aspect)
    return size_within(wide, high, side_px=MAX_SIDE_PX)


def _squared(picture: Picture) -> tuple[int, int]:
    height, width = picture.image.shape[:2]
    return square_size(width, height, pixel_aspect=picture.pixel_aspect)


def _losses(info: SourceInfo, last_s: float | None) -> list[str]:
    notes = []
    lost = max((info.frames_declared or 0) - info.frames_read, info.bad_reads)
    end_s = (last_s or 0.0) + 1 / info.fps
    ends_early = info.duration_s is not None and end_s < info.duration_s - max(
        _EARLY_END_S, info.duration_s * _EARLY_END_SHARE
    )
    if info.bad_reads or (ends_early and info.frames_declared):
        declared = f"{info.frames_declared} frames declared, " if info.frames_declared else ""
        notes.append(f"{declared}{info.frames_read} read; {lost} could not be decoded")
    if ends_early and info.duration_s is not None:
        notes.append(
            f"the file says that it lasts {terms.clock(info.duration_s)}, "
            f"but its pictures end at {terms.clock(end_s)}"
        )
    return notes


def _checked_header(path: Path) -> Header:
    if path.is_dir():
        raise SourceError(f"{shown(path)}: a folder; give the files in it")
    if path.exists() and not path.is_file():  # a pipe or a device, which is never at its end
        raise SourceError(f"{shown(path)}: not a file; give a video file")
    try:
        with path.open("rb") as file:
            start = file.read(12)
    except FileNotFoundError:
        raise SourceError(f"{shown(path)}: no such file; check the path") from None
    except OSError as error:
        raise SourceError(
            f"{shown(path)}: cannot be read ({error.strerror}); check its permissions"
        ) from None
    if not start:
        raise SourceError(f"{shown(path)}: the file is empty (0 bytes); record or copy it again")
    try:
        header = read_header(path)
    except OSError as error:
        raise SourceError(f"{shown(path)}: cannot be read ({error.strerror or error})") from None
    if header is None or header.is_still or not header.codec:
        raise SourceError(f"{shown(path)}: {_complaint(header, start)}")
    width, height = header.size_px
    if width * height > MAX_PIXELS:
        raise SourceError(
            f"{shown(path)}: pictures of {width} x {height} px are too large; make them smaller "
            "first, for example: ffmpeg -i FILE -vf scale=1280:-2 NEW.mp4"
        )
    return header


def _complaint(header: Header | None, start: bytes) -> str:
    if header is None and start[4:8] == b"ftyp":
        return "cut off before its index was written; record it again, or repair it with untrunc"
    if header is not None and header.is_still:
        return "a picture or a text, not a video; give a video file such as .mp4, .mov or .webm"
    if header is not None and header.has_pictures:
        return "its pictures are of an unknown kind, or its index is damaged; record it again"
    if header is not None and header.has_sound:
        return "sound without pictures; give the video that it belongs to"
    return "not a video that can be read; give a video file such as .mp4, .mov or .webm"
