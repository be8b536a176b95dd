"""Reading one frame ahead changes nothing but when a frame is read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from formcheck.capture.video.read_ahead import ahead
from formcheck.errors import SourceError
from formcheck.records.frames import Frame

IMAGE = np.zeros((2, 2, 3), np.uint8)


def frames(count: int, read: list[int], *, broken: bool = False) -> Iterator[Frame]:
    for i in range(count):
        read.append(i)
        yield Frame(float(i), IMAGE)
    if broken:
        raise SourceError("the disk is gone")


def test_frames_come_whole_and_in_order() -> None:
    assert [frame.t_s for frame in ahead(frames(5, []))] == [0, 1, 2, 3, 4]


def test_no_more_than_one_frame_is_read_ahead() -> None:
    read: list[int] = []
    coming = ahead(frames(9, read))
    for i in range(3):
        assert next(coming).t_s == i
        assert len(read) <= i + 2
    coming.close()  # type: ignore[attr-defined]
    assert len(read) <= 4


def test_what_reading_raises_comes_after_the_frames_before_it() -> None:
    coming = ahead(frames(2, [], broken=True))
    assert [next(coming).t_s, next(coming).t_s] == [0, 1]
    with pytest.raises(SourceError, match="the disk is gone"):
        next(coming)


def test_of_nothing_nothing_is_read() -> None:
    assert list(ahead(frames(0, []))) == []
