"""Many spoilt inputs, each read in a process of its own with bounded memory and time."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import tempfile
import traceback
import warnings
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random
from time import monotonic

from tests.fuzz.kinds import Kind, Reading

MOST_MB, MOST_S = 600, 20.0
"""What reading one case may take."""

_ADDRESSES = 6 << 30
"""Bytes of addresses, which libraries reserve without using them."""


@dataclass
class Tally:
    """What became of the cases of one kind. tried: all. read: of which something was read.
    refused: in one line. broken: anything else. frames, readable: of videos, read and to be had."""

    kind: str
    tried: int = 0
    read: int = 0
    refused: int = 0
    broken: int = 0
    frames: int = 0
    readable: int = 0
    lost: int = 0
    peak_mb: float = 0.0
    longest_s: float = 0.0
    faults: list[str] = field(default_factory=list)


def campaign(
    kind: Kind, seeds: range, *, until_s: float = float("inf"), keep: Path | None = None
) -> Tally:
    """Try a case of each seed, until a time of the monotonic clock; what breaks is kept."""
    tally = Tally(kind.name)
    with tempfile.TemporaryDirectory(prefix="fuzz-") as name:
        for seed in seeds:
            if monotonic() > until_s:
                break
            folder = Path(name) / "case"
            folder.mkdir()
            _try(kind, seed, folder, tally, keep)
            shutil.rmtree(folder)
    return tally


def _try(kind: Kind, seed: int, folder: Path, tally: Tally, keep: Path | None) -> None:
    case = kind.make(Random(f"{kind.name} {seed}"), folder)
    content = case.read_bytes()
    begun_s = monotonic()
    fault, reading, peak_mb = _read_apart(kind, case)
    tally.tried += 1
    tally.peak_mb = max(tally.peak_mb, peak_mb)
    took_s = monotonic() - begun_s
    tally.longest_s = max(tally.longest_s, took_s)
    if not fault and peak_mb > MOST_MB:
        fault = f"took {peak_mb:.0f} MB"
    tally.read += not fault and not reading.refused
    tally.refused += not fault and bool(reading.refused)
    lost = max(0, reading.readable - reading.frames)
    tally.frames += min(reading.frames, reading.readable)
    tally.readable += reading.readable
    tally.lost += lost
    if fault:
        tally.broken += 1
    if fault or lost:
        what = fault or f"lost {lost} of {reading.readable} frames: {reading.refused}"
        tally.faults.append(f"{kind.name} {seed} ({case.name}): {what}")
        if keep:
            keep.mkdir(parents=True, exist_ok=True)
            (keep / f"{kind.name.replace(' ', '_')}_{seed}_{case.name}").write_bytes(content)


def _read_apart(kind: Kind, case: Path) -> tuple[str, Reading, float]:
    """What went wrong, if anything did; what was read; and the most memory it took, in MB."""
    told, tell = os.pipe()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that forking with threads may hang: bounded by its alarm
        child = os.fork()
    if child == 0:
        os.close(told)
        _read_and_tell(kind, case, tell)
    os.close(tell)
    with os.fdopen(told, "rb") as pipe:
        said = pipe.read()
    _, status, used = os.wait4(child, 0)
    peak_mb = used.ru_maxrss / 1024
    if status:
        code = os.waitstatus_to_exitcode(status)
        name = "took too long" if code == -signal.SIGALRM else f"ended by {code}"
        return name, Reading(), peak_mb
    answer = json.loads(said)
    return answer["fault"], Reading(**answer["reading"]), peak_mb


def _read_and_tell(kind: Kind, case: Path, tell: int) -> None:
    """In the child: read the case, say how it went, and be gone."""
    resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
    signal.setitimer(signal.ITIMER_REAL, MOST_S)
    warnings.simplefilter("error")
    reading, fault = Reading(), ""
    try:
        reading = kind.read(case)
    except BaseException as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
    answer = {"fault": fault[:500], "reading": asdict(reading)}
    os.write(tell, json.dumps(answer).encode()[:60_000])
    os._exit(0)


def table(tallies: list[Tally]) -> str:
    """What was tried, survived and lost, a line a kind."""
    heads = ("kind", "tried", "read", "refused", "broken", "frames", "lost", "MB", "longest")
    rows = [heads] + [
        (
            t.kind, str(t.tried), str(t.read), str(t.refused), str(t.broken), str(t.readable),
            str(t.lost), f"{t.peak_mb:.0f}", f"{t.longest_s:.1f} s",
        )
        for t in tallies
    ]  # fmt: skip
    widths = [max(len(row[i]) for row in rows) for i in range(len(heads))]
    return "\n".join(
        "  ".join(
            c.ljust(w) if i == 0 else c.rjust(w)
            for i, (c, w) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )
