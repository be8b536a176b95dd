"""What a run notes as it goes, and the pose track that is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from formcheck.records.frames import SourceInfo
from formcheck.running.asked import Asked
from formcheck.storage.journal import Journal, JournalReader
from formcheck.storage.pose_tracks import write_track
from formcheck.storage.unfinished import Unfinished


def begin_journal(
    run: Unfinished, name: str, asked: Asked, facts: Mapping[str, Any], source: SourceInfo
) -> Journal:
    """The journal of what is asked, which says at its head all that recovering it needs.

    facts: what its track is to say besides the source (JSON values).

    Raises:
        TrackError: it cannot be written.
    """
    head = {**asked.as_json(), "facts": dict(facts), "source": asdict(source)}
    return Journal(run.journal_path(name), head)


def write_noted_track(journal: Path, path: Path, source: SourceInfo) -> None:
    """The pose track of what a journal holds; source: as it is known by now.

    Raises:
        TrackError: one cannot be read, or the other not be written.
    """
    reader = JournalReader(journal)
    facts = reader.head.get("facts")
    known = facts if isinstance(facts, dict) else {}
    write_track(path, reader.poses(), {**known, "source": asdict(source)})
