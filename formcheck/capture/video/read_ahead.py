"""Reading one frame ahead: decoding goes on while the frame before is being judged or drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor

from formcheck.records.frames import Frame


def ahead(frames: Iterable[Frame]) -> Iterator[Frame]:
    """The same frames in the same order, each read while the one before it is dealt with.

    What reading raises is raised here, at its place in the order.
    """
    reading = iter(frames)
    with ThreadPoolExecutor(max_workers=1) as reader:
        coming = reader.submit(next, reading, None)
        while (frame := coming.result()) is not None:
            coming = reader.submit(next, reading, None)
            yield frame
