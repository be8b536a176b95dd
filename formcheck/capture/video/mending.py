"""Small faults in the head of a file, put right for FFmpeg, which gives up on them.

Found are: in .mp4 and .mov, lengths that end before what they hold does, and atoms that stand
there twice; in .mkv and .webm, a width or height of 0 (the coded pictures know theirs). The file
itself is left as it is.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO

Patch = tuple[int, bytes]
"""Where in the file, and what is read there in place of what it says."""

_HOLDING_OTHERS = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
_ONLY_ONCE = (
    b"mvhd", b"tkhd", b"mdhd", b"hdlr", b"stsd", b"stts", b"stss", b"ctts", b"stsc", b"stsz",
    b"stco", b"co64",
)  # fmt: skip
_LONGEST_HEAD = 1 << 16
_TRACKS = b"\x16\x54\xae\x6b"
_WITHOUT_SIZE = (b"\xb0\x81\x00", b"\xb0\x82\x00\x00", b"\xba\x81\x00", b"\xba\x82\x00\x00")
_EBML = b"\x1a\x45\xdf\xa3"


def patches(file: IO[bytes]) -> tuple[Patch, ...]:
    """What would put the head of a file right; nothing if no fault is found."""
    end = file.seek(0, os.SEEK_END)
    file.seek(0)
    start = file.read(12)
    if start[:4] == _EBML:
        return tuple(_sizes(file))
    if _is_atom(start, end):
        return tuple(_lengths(file, 0, end))
    return ()


def _sizes(file: IO[bytes]) -> Iterator[Patch]:
    """Widths and heights of 0, made 16: as wrong, but not forbidden."""
    file.seek(0)
    head = file.read(_LONGEST_HEAD)
    tracks = head.find(_TRACKS)
    for nothing in _WITHOUT_SIZE if tracks >= 0 else ():
        at = head.find(nothing, tracks)
        if at >= 0:
            yield at, nothing[:-1] + b"\x10"


def _lengths(file: IO[bytes], start: int, end: int) -> Iterator[Patch]:
    """What puts right the atoms in a stretch, and those in them."""
    seen: set[bytes] = set()
    at = start
    while at + 8 <= end:
        file.seek(at)
        head = file.read(16)
        length, kind = _length(head, end - at), head[4:8]
        if kind in _ONLY_ONCE and kind in seen:
            yield at + 4, b"free"
        seen.add(kind)
        if kind in _HOLDING_OTHERS:
            file.seek(at + length)
            if at + length < end and not _is_atom(file.read(8), end - at - length):
                length = end - at
                yield at, length.to_bytes(4, "big")
            yield from _lengths(file, at + 8, at + length)
        at += length


def _length(head: bytes, room: int) -> int:
    length = int.from_bytes(head[:4], "big")
    if length == 1:
        length = int.from_bytes(head[8:16], "big")
    return length if 8 <= length <= room else room


def _is_atom(head: bytes, room: int) -> bool:
    length = int.from_bytes(head[:4], "big")
    is_kind = len(head) >= 8 and head[4:8].isascii() and head[4:8].strip().isalnum()
    return is_kind and (length in (0, 1) or 8 <= length <= room)
