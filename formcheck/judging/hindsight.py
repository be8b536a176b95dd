"""What judging in hindsight tells: reps that go together, and one that waits for the next."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import replace

from formcheck.judging.trial import Trial
from formcheck.records.events import Attempt, Event, attempt_of
from formcheck.records.reasons import Reason

UNLIKE = 0.6
"""A rep that goes less than this share of the way of the others is not one of them (ours)."""


class Hindsight:
    """Sifts what a trial has told.

    One rep alone before a still rest may be how the person came into place: it is told with the
    first rep after it, if that goes as far, or once nothing more comes.
    """

    def __init__(self, trial: Trial) -> None:
        self._bout, self._pending = trial.bout, list[Event]()
        bygone = {attempt.number for attempt in trial.attempts}
        events = [_in_hindsight(event, bygone) for event in trial.events]
        counted = [attempt for attempt in trial.attempts if attempt.counts]
        if trial.rest.evidence == "still" and counted and not any(trial.alike()):
            held = {attempt.number for attempt in counted}
            self._pending = [event for event in events if attempt_of(event) in held]
            events = [event for event in events if attempt_of(event) not in held]
        elif counted:
            ways = [self._bout.way(attempt) for attempt in counted]
            events = self._sifted(events, bygone, statistics.median(ways))
        self.events = self.told_with(events)

    def told_with(self, events: list[Event]) -> list[Event]:
        """What the bout tells now, with what was pending once a rep has come."""
        new = next((e for e in events if isinstance(e, Attempt) and e.counts), None)
        if new is None or not self._pending:
            return events
        pending, self._pending = self._pending, []
        held = {event.number for event in pending if isinstance(event, Attempt)}
        return [*self._sifted(pending, held, self._bout.way(new)), *events]

    def _sifted(self, events: Iterable[Event], of: set[int], way: float) -> list[Event]:
        """The events, those of these reps that go much less far than `way` no longer counted."""
        return [
            replace(event, outcome="partial", reason=Reason("unlike"))
            if isinstance(event, Attempt) and event.number in of and self._is_unlike(event, way)
            else event
            for event in events
        ]

    def _is_unlike(self, attempt: Attempt, way: float) -> bool:
        return attempt.counts and self._bout.way(attempt) < UNLIKE * way

    def release(self) -> list[Event]:
        """No rep more comes: what was pending is told."""
        pending, self._pending = self._pending, []
        return pending


def _in_hindsight(event: Event, bygone: set[int]) -> Event:
    if isinstance(event, Attempt) and event.number in bygone:
        return replace(event, in_hindsight=True)
    return event
