"""What is spoilt, and how it is read: each kind makes cases from a seed, and reads them as
formcheck does."""

from __future__ import annotations

import io
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

import formcheck
from formcheck.capture.video.file import VideoFile
from formcheck.errors import FormcheckError, SpecError, TrackError
from formcheck.exercises import catalog
from formcheck.exercises.reader import load_spec
from formcheck.interfaces.web.messages import MAX_SIDE_PX, MessageError, parse_frame, parse_text
from formcheck.running.recovery import recover
from formcheck.storage.journal import Journal, JournalReader
from formcheck.storage.pose_tracks import write_track
from tests.bodies import Bridge, Camera, Script, Stay, film, reps
from tests.fuzz import mutate
from tests.fuzz.films import films, odd_film, readable_frames


@dataclass(frozen=True)
class Reading:
    """What became of a case: how many frames were read, and how many could have been; why it was
    refused, if it was."""

    frames: int = 0
    readable: int = 0
    refused: str = ""


@dataclass(frozen=True)
class Kind:
    """make: a spoilt file in a folder. read: it as formcheck does; what it raises is a fault."""

    name: str
    make: Callable[[Random, Path], Path]
    read: Callable[[Path], Reading]


def _in_one_line(error: Exception) -> Reading:
    text = str(error)
    lines = text.splitlines()
    assert lines, "an error without a word"
    assert len(lines[0]) < 1000, "an error of too many words"
    assert all(line.isprintable() for line in lines), f"an error that is not plain text: {text!r}"
    assert len(lines) == 1 or isinstance(error, SpecError), f"an error of several lines: {text}"
    return Reading(refused=lines[0])


# --- videos -------------------------------------------------------------------------------------


def _make_video(random: Random, folder: Path) -> Path:
    if random.random() < 0.08:
        return odd_film(random, folder)
    name, data = random.choice(films())
    ways: list[Callable[[], bytes]] = [
        lambda: mutate.flipped(data, random),
        lambda: mutate.flipped(data, random, within=mutate.HEAD),
        lambda: mutate.extreme(data, random, within=mutate.HEAD),
        lambda: mutate.cut(data, random),
        lambda: mutate.blanked(data, random),
        lambda: mutate.stuffed(data, random),
        lambda: mutate.with_atom_changed(data, random),
        lambda: mutate.with_atom_changed(data, random),
    ]
    path = folder / name
    path.write_bytes(random.choice(ways)())
    return path


def _read_video(path: Path) -> Reading:
    before_s, frames = -1.0, 0
    try:
        with closing(VideoFile(path)) as source:
            for frame in source:
                frames += 1
                assert frame.t_s > before_s, "times do not increase"
                before_s = frame.t_s
                assert frame.image.shape[1::-1] == source.info.size_px, "sizes differ"
    except FormcheckError as error:
        refusal = _in_one_line(error)
        is_size = "too small" in refusal.refused or "too large" in refusal.refused
        return Reading(0, 0 if is_size else readable_frames(path), refusal.refused)
    return Reading(frames, readable_frames(path))


# --- exercise files -----------------------------------------------------------------------------

_STRANGE = (
    "inf", "-inf", "nan", "1e400", "9" * 5000, "-1", "0", '""', "[]", "{}", "true", '"[/]"',
    '"[bold]x[/bold]"', '"\\u0000"', '"' + "long " * 3000 + '"', "[" * 500 + "]" * 500,
    "0x" + "f" * 5000,
    "1979-05-27T07:32:00Z", '"$(id)"', '"<script>"', "'''",
)  # fmt: skip


def _make_exercise(random: Random, folder: Path) -> Path:
    text = random.choice(list(catalog.spec_paths().values())).read_text(encoding="utf-8")
    lines = text.split("\n")
    at = random.randrange(len(lines))
    way = random.randrange(9)
    if way == 0:
        del lines[at]
    elif way == 1:
        lines.insert(at, lines[random.randrange(len(lines))])
    elif way in (2, 3) and " = " in lines[at]:
        lines[at] = f"{lines[at].partition(' = ')[0]} = {random.choice(_STRANGE)}"
    elif way == 4:
        lines.insert(at, f"x{random.randrange(99)} = {random.choice(_STRANGE)}")
    elif way == 5:
        lines.insert(at, f"[{'.'.join('a' * random.randint(1, 2000))}]")
    elif way == 6:
        lines[at] = "".join(random.sample(lines[at], len(lines[at])))
    data = "\n".join(lines).encode()
    if way == 7:
        data = mutate.flipped(data, random)
    elif way == 8:
        data = random.choice(
            (b"\xef\xbb\xbf" + data, text.encode("utf-16"), mutate.cut(data, random))
        )
    path = folder / "spoilt.toml"
    path.write_bytes(data)
    return path


def _read_exercise(path: Path) -> Reading:
    try:
        spec = load_spec(path)
        list(catalog.lint(spec, path))
    except FormcheckError as error:
        return _in_one_line(error)
    return Reading(1, 1)


# --- tracks -------------------------------------------------------------------------------------


@cache
def _poses() -> tuple[Any, ...]:
    script = Script(Bridge(), (Stay(1), *reps(2, Bridge(), Bridge(178)), Stay(1)))
    return tuple(film(script, Camera(azimuth_deg=-90), fps=5))


@cache
def _entries(folder: Path) -> dict[str, bytes]:
    path = folder / "whole.poses.npz"
    write_track(path, _poses(), {"model_sha256": "x", "source": {"name": "a.mp4", "fps": 5.0}})
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


_NUMBERS = (1e300, -1e300, np.inf, -np.inf, np.nan, 3e38, 1e-320, 2.0**63, -1.0, 0.0)
_FACTS = (
    "[]", "null", "{", '{"source": 3}', '{"source": {"name": {}, "fps": "x"}}', "9" * 6000,
    '{"source": {"name": "[/]", "size_px": [], "fps": 1e999}}', "[" * 5000, '{"notes": 1}',
    '{"source": {"name": "\\ud800", "size_px": [1, 2], "fps": 0, "notes": 5}}',
    '{"source": {"name": 1, "size_px": [1, 2], "fps": NaN, "notes": [[]], "frames_read": {}}}',
)  # fmt: skip


def _make_track(random: Random, folder: Path) -> Path:
    entries = dict(_entries(folder.parent))
    path = folder / "spoilt.poses.npz"
    name = random.choice(list(entries))
    way = random.randrange(8)
    if way == 0:
        del entries[name]
    elif way == 1:
        entries[name] = mutate.flipped(entries[name], random)
    elif way == 2:
        entries[name] = mutate.cut(entries[name], random)
    elif way in (3, 4):
        entries[name] = _stored(_strange(np.load(io.BytesIO(entries[name])), random))
    elif way == 5:
        entries["info.npy"] = _stored(np.array(random.choice(_FACTS)))
    elif way == 6:
        entries[name] = entries[name] + bytes(random.choice((10, 10_000, 50_000_000)))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for entry, data in entries.items():
            archive.writestr(entry, data)
    if way == 7:
        path.write_bytes(mutate.flipped(path.read_bytes(), random))
    return path


def _strange(stored: Any, random: Random) -> Any:
    """The array with other numbers, of another kind, or of another shape."""
    way = random.randrange(5)
    if stored.dtype.kind not in "fiu" or way == 0:
        return np.zeros(random.choice(((), (0,), (3,), (2, 2), (1, 1, 1))), stored.dtype)
    if way == 1:
        return stored.astype(random.choice(("f2", "f8", "i8", "u1", "c16", ">f4", "S4", "?")))
    if way == 2:
        return np.zeros((random.choice((1, 1_000_000, 3_000_000)), *stored.shape[1:]), "u1")
    wide = stored.astype(np.float64)
    if wide.size and wide.ndim:
        wide[random.randrange(len(wide))] = random.choice(_NUMBERS)
    else:
        wide = np.array(random.choice(_NUMBERS))
    with np.errstate(all="ignore"):
        return wide if way == 3 else wide.astype(stored.dtype)


def _stored(array: Any) -> bytes:
    out = io.BytesIO()
    np.lib.format.write_array(out, np.asanyarray(array), allow_pickle=False)
    return out.getvalue()


def _read_track(path: Path) -> Reading:
    try:
        recording = formcheck.replay(path, "bridge")
        json.dumps(recording.to_dict(), allow_nan=False)
        list(recording.parts[0].rows())
    except FormcheckError as error:
        return _in_one_line(error)
    return Reading(1, 1)


# --- what a page sends --------------------------------------------------------------------------

_SAID: tuple[dict[str, Any], ...] = (
    {"type": "health", "answers": {"fracture": True}, "agreed": True},
    {"type": "start", "exercise": "bridge", "dose": "", "reps": 5, "sets": 1, "keep": False},
    {"type": "join", "clock_ms": 5.5},
    {"type": "command", "name": "pause"},
    {"type": "pain", "level": 3, "words": ["sharp"]},
    {"type": "leave"},
)
_VALUES: tuple[Any, ...] = (
    None, True, -1, 10**400, 1e308, float("nan"), float("inf"), "", "\0", "\ud800", [], {},
    [[]] * 50, "x" * 5000, {"a": {"a": {}}},
)  # fmt: skip


@cache
def _jpeg() -> bytes:
    from PIL import Image

    out = io.BytesIO()
    Image.effect_noise((320, 240), 40).convert("RGB").save(out, "JPEG")
    return out.getvalue()


def _make_message(random: Random, folder: Path) -> Path:
    if random.random() < 0.3:
        said = dict(random.choice(_SAID))
        said[random.choice((*said, "other"))] = random.choice(_VALUES)
        data = json.dumps(said).encode()
        if random.random() < 0.5:
            data = mutate.flipped(data, random)
        path = folder / "message.json"
    else:
        data = struct.pack("<4sId", b"FCF1", 1, random.choice((1.0, -1.0, np.nan, 1e300)))
        data = struct.pack("<4sId", b"FCF1", 1, 1.0) if random.random() < 0.9 else data
        data += _spoilt_jpeg(random)
        path = folder / "message.frame"
    path.write_bytes(data)
    return path


def _spoilt_jpeg(random: Random) -> bytes:
    jpeg = _jpeg()
    way = random.randrange(6)
    if way == 0:
        return mutate.flipped(jpeg, random, within=400)
    if way == 1:
        return mutate.cut(jpeg, random)
    if way == 2:
        return mutate.stuffed(jpeg, random)
    if way == 3:
        return mutate.blanked(jpeg, random)
    size = struct.pack(">HH", random.choice((0, 1, 240, 65535)), random.choice((0, 1, 320, 65500)))
    at = jpeg.index(b"\xff\xc0") + 5
    huge = jpeg[:at] + size + jpeg[at + 4 :]
    if way == 4:
        return huge
    # A second head, and before it a marker whose length one reader heeds and another does not.
    return (
        jpeg[:2]
        + random.choice((b"\xff\x01", b"\xff\xd0", b"\xff\xff"))
        + huge[2 : at + 20]
        + jpeg[2:]
    )


def _read_message(path: Path) -> Reading:
    try:
        if path.suffix == ".json":
            parse_text(path.read_bytes().decode("utf-8", "replace"))
        else:
            image = parse_frame(path.read_bytes()).image
            assert max(image.shape[:2]) <= MAX_SIDE_PX, "a picture past the size check"
    except MessageError as error:
        return _in_one_line(error)
    return Reading(1, 1)


# --- journals -----------------------------------------------------------------------------------

_RECORD = struct.Struct("<cII")


@cache
def _records(folder: Path) -> tuple[tuple[bytes, bytes], ...]:
    path = folder / "whole.journal"
    path.unlink(missing_ok=True)
    with Journal(path, {"exercise": "bridge", "source": {"name": "a.mp4", "fps": 5.0}}) as journal:
        for pose in _poses():
            journal.add(pose)
        journal.note([{"kind": "attempt", "t_s": 2.0, "number": 1}])
    return tuple(JournalReader(path)._records())


def _make_journal(random: Random, folder: Path) -> Path:
    """Some are torn; in others a record says something strange, with a checksum that is right."""
    records = list(_records(folder.parent))
    at = random.randrange(len(records)) if random.random() < 0.7 else 0
    kind, payload = records[at]
    way = random.randrange(7)
    if way == 0:
        records[at] = kind, mutate.flipped(payload, random)
    elif way == 1:
        records[at] = kind, mutate.cut(payload, random)
    elif way == 2:
        records[at] = kind, mutate.extreme(payload, random, within=24)
    elif way == 3:
        records[at] = (
            random.choice((b"H", b"P", b"E", b"?")),
            random.choice((payload, b"{}", b"[]", b"")),
        )
    elif way == 4:
        records.insert(random.randrange(len(records)), (kind, payload))
    elif way == 5:
        head = json.loads(records[0][1]) | {random.choice(_HEADS): random.choice(_VALUES[:-3])}
        records[0] = b"H", json.dumps(head).encode()
    data = b"".join(_RECORD.pack(k, len(p), zlib.crc32(p)) + p for k, p in records)
    if way == 6:
        data = random.choice((mutate.flipped, mutate.cut, mutate.blanked, mutate.stuffed))(
            data, random
        )
    left = folder / "spoilt.unfinished"
    left.mkdir()
    path = left / "spoilt.journal"
    path.write_bytes(data)
    return path


_HEADS = (
    "version", "exercise", "dose", "side", "height_cm", "footage", "mirrored", "speed", "source",
    "facts", "easier", "recognised",
)  # fmt: skip


def _read_journal(path: Path) -> Reading:
    try:
        reader = JournalReader(path)
        frames = sum(1 for _ in reader.poses())
        list(reader.events())
    except TrackError as error:
        return _in_one_line(error)
    try:
        list(recover(path.parents[1]))
    except FormcheckError as error:
        return Reading(frames, frames, _in_one_line(error).refused)
    return Reading(frames, frames)


KINDS = (
    Kind("videos", _make_video, _read_video),
    Kind("exercise files", _make_exercise, _read_exercise),
    Kind("tracks", _make_track, _read_track),
    Kind("messages", _make_message, _read_message),
    Kind("journals", _make_journal, _read_journal),
)
