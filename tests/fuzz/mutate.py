"""Ways to spoil bytes. All chance comes from the generator that is handed in."""

from __future__ import annotations

from random import Random

HEAD = 1024
"""So many bytes at the start of a file are its head: most of its structure stands there."""

_CONTAINERS = {
    b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"udta", b"dinf", b"mvex", b"moof",
    b"traf",
}  # fmt: skip

Span = tuple[int, int]


def flipped(data: bytes, random: Random, *, within: int | None = None) -> bytes:
    """One to ten bytes changed, anywhere or in the first so many."""
    spoilt = bytearray(data)
    for _ in range(random.randint(1, 10)):
        at = random.randrange(min(len(spoilt), within or len(spoilt)))
        spoilt[at] ^= random.randint(1, 255)
    return bytes(spoilt)


def cut(data: bytes, random: Random) -> bytes:
    """Cut off somewhere."""
    return data[: random.randrange(1, len(data))]


def blanked(data: bytes, random: Random) -> bytes:
    """A block of it is zeros."""
    start = random.randrange(len(data))
    length = min(random.randint(1, 2000), len(data) - start)
    return data[:start] + bytes(length) + data[start + length :]


def stuffed(data: bytes, random: Random) -> bytes:
    """Something that does not belong there was put in."""
    at = random.randrange(len(data))
    return data[:at] + random.randbytes(random.randint(1, 200)) + data[at:]


def extreme(data: bytes, random: Random, *, within: int | None = None) -> bytes:
    """A number of 2, 4 or 8 bytes is as large or as small as it can be."""
    size = random.choice((2, 4, 8))
    at = random.randrange(max(1, min(len(data), within or len(data)) - size))
    number = random.choice((bytes(size), b"\xff" * size, b"\x7f" + b"\xff" * (size - 1)))
    return data[:at] + number + data[at + size :]


def atoms(data: bytes, start: int = 0, end: int | None = None) -> list[Span]:
    """Where each atom of an .mp4 stands, those inside others too."""
    found: list[Span] = []
    end = len(data) if end is None else end
    while start + 8 <= end:
        length = int.from_bytes(data[start : start + 4], "big")
        if not 8 <= length <= end - start:
            break
        found.append((start, start + length))
        if data[start + 4 : start + 8] in _CONTAINERS:
            found += atoms(data, start + 8, start + length)
        start += length
    return found


def with_atom_changed(data: bytes, random: Random) -> bytes:
    """An atom of an .mp4 is gone, is there twice, or is somewhere else; other files are stuffed.

    The lengths of what it stands in are put right in half of them, so that readers get further."""
    listed = atoms(data)
    if not listed:
        return stuffed(data, random)
    start, end = random.choice(listed)
    atom = data[start:end]
    way = random.choice(("deleted", "doubled", "renamed"))
    if way == "renamed":
        return data[: start + 4] + random.randbytes(4) + data[start + 8 :]
    grown = -len(atom) if way == "deleted" else len(atom)
    spoilt = bytearray(data[:start] + (b"" if way == "deleted" else atom * 2) + data[end:])
    for outer, outer_end in listed if random.random() < 0.5 else ():
        if outer < start and outer_end >= end:
            length = int.from_bytes(data[outer : outer + 4], "big") + grown
            spoilt[outer : outer + 4] = length.to_bytes(4, "big")
    return bytes(spoilt)
