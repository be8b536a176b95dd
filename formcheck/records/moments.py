"""What is done with frames, poses, events and the status: drawn, written, told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from formcheck.records.events import Event, Status
from formcheck.records.frames import Frame
from formcheck.records.pose import Pose


@dataclass(frozen=True, eq=False)
class Moment:
    """All there is to show of one instant.

    frame: the picture, None where a recorded pose track is judged without its video.
    events: what the checker told at this instant, in order.
    """

    frame: Frame | None
    pose: Pose
    status: Status
    events: tuple[Event, ...]


class Sink(Protocol):
    """Something that is shown every moment in time order, and told when there are no more."""

    def take(self, moment: Moment) -> None:
        """Deal with one moment; it must not change the frame, which other sinks share."""
        ...

    def close(self) -> None:
        """Finish what is unfinished; safe to call twice."""
        ...
