"""Days as people say them, in the time zone of this machine."""

from __future__ import annotations

from datetime import datetime


def day(at_s: float) -> str:
    """The day of a moment in seconds since 1970: "28 November 2026"."""
    moment = datetime.fromtimestamp(at_s)
    return f"{moment.day} {moment:%B %Y}"
