"""Spoils inputs and reads them: `python -m tests.fuzz --seconds 3600 --keep crashes`.

Prints what was tried, survived and lost; exits with 1 if anything broke.
"""

from __future__ import annotations

import argparse
import os
import secrets
import subprocess
import sys
from pathlib import Path
from time import monotonic

from tests.fuzz.campaign import campaign, table
from tests.fuzz.kinds import KINDS

ROOT = Path(__file__).parents[2]


def main() -> int:
    """Run it."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=float, default=600, help="for how long in all")
    parser.add_argument("--cases", type=int, default=10**9, help="of each kind at most")
    parser.add_argument("--seed", type=int, help="the first seed; default: a fresh one")
    parser.add_argument("--kinds", nargs="*", choices=[k.name for k in KINDS])
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="where what breaks is put")
    parser.add_argument("--kills", type=int, default=0, help="so many kills of each kind of run")
    asked = parser.parse_args()
    first = secrets.randbelow(10**9) if asked.seed is None else asked.seed
    kinds = [kind for kind in KINDS if not asked.kinds or kind.name in asked.kinds]
    tallies = []
    end_s = monotonic() + asked.seconds
    for number, kind in enumerate(kinds):
        share_s = (end_s - monotonic()) / (len(kinds) - number)
        seeds = range(first, first + asked.cases)
        tallies.append(campaign(kind, seeds, until_s=monotonic() + share_s, keep=asked.keep))
    for tally in tallies:
        sys.stdout.writelines(f"{fault}\n" for fault in tally.faults)
    sys.stdout.write(f"seeds from {first}\n{table(tallies)}\n")
    broken = any(tally.broken for tally in tallies)
    return 1 if _kills(asked.kills, first) or broken else 0


def _kills(count: int, first: int) -> int:
    """The kill test with more seeds."""
    if not count:
        return 0
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "tests/running/test_recovery.py", "-k", "killed"],
        env={**os.environ, "FORMCHECK_KILLS": f"{first}:{first + count}"},
        cwd=ROOT,
    )
    return told.returncode


if __name__ == "__main__":
    sys.exit(main())
