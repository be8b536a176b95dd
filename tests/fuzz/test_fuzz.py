"""A few hundred spoilt inputs, the same each time; `make fuzz` tries fresh ones for hours."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.fuzz import mutate
from tests.fuzz.campaign import campaign, table
from tests.fuzz.kinds import Kind, Reading

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    not hasattr(os, "fork"), reason="each case is read in a forked process"
)


@pytest.mark.parametrize(
    ("kind", "cases"), [("videos", 60), ("tracks", 40), ("messages", 150), ("journals", 25)]
)
def test_nothing_that_is_spoilt_breaks_it(kind: str, cases: int) -> None:
    asked = ["--seed", "1", "--cases", str(cases), "--seconds", "100", "--kinds", kind]
    told = subprocess.run(
        [sys.executable, "-m", "tests.fuzz", *asked], cwd=ROOT, capture_output=True, text=True
    )
    assert told.returncode == 0, told.stdout + told.stderr[-2000:]


def _made(random: Random, folder: Path) -> Path:
    path = folder / "case"
    path.write_bytes(mutate.flipped(b"whole", random))
    return path


def _raises(path: Path) -> Reading:
    raise KeyError(path.name)


def test_what_breaks_is_counted_and_kept(tmp_path: Path) -> None:
    tally = campaign(Kind("films", _made, _raises), range(3), keep=tmp_path)
    assert (tally.tried, tally.broken) == (3, 3)
    assert "KeyError" in tally.faults[0]
    assert len(list(tmp_path.iterdir())) == 3
    assert "films" in table([tally])


def test_frames_that_could_have_been_read_are_counted_as_lost() -> None:
    kind = Kind("films", _made, lambda path: Reading(frames=7, readable=10))
    tally = campaign(kind, range(2))
    assert (tally.tried, tally.read, tally.lost, tally.readable) == (2, 2, 6, 20)


def test_an_atom_that_is_doubled_can_leave_a_file_of_the_right_lengths() -> None:
    inner = (12).to_bytes(4, "big") + b"mvhd" + b"abcd"
    whole = (8 + len(inner)).to_bytes(4, "big") + b"moov" + inner
    assert mutate.atoms(whole) == [(0, 20), (8, 20)]
    spoilt = {mutate.with_atom_changed(whole, Random(seed)) for seed in range(40)}
    assert (8 + 2 * len(inner)).to_bytes(4, "big") + b"moov" + inner * 2 in spoilt
