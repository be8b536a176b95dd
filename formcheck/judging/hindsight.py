"""What judging in hindsight tells: reps that go together, and one that waits for the next."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import replace

from formcheck.judging.bout import Bout
from formcheck.judging.trial import Trial
from formcheck.records.events import Attempt, Event, Fault, Hold, NotJudged
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
        events = [_in_hindsight(event) for event in trial.events]
        counted = [e for e in events if isinstance(e, Attempt) and e.counts]
        if trial.rest.evidence == "still" and counted and not any(trial.alike()):
            held = {attempt.number for attempt in counted}
            self._pending = [event for event in events if _number(event) in held]
            events = [event for event in events if _number(event) not in held]
        elif counted:
            ways = [self._bout.way(attempt) for attempt in counted]
            events = _sifted(events, self._bout, statistics.median(ways))
        self.events = events

    def told_with(self, events: list[Event]) -> list[Event]:
        """What the bout tells now, with what was pending once a rep has come."""
        new = next((e for e in events if isinstance(e, Attempt) and e.counts), None)
        if new is None or not self._pending:
            return events
        pending, self._pending = self._pending, []
        return [*_sifted(pending, self._bout, self._bout.way(new)), *events]

    def release(self) -> list[Event]:
        """No rep more comes: what was pending is told."""
        pending, self._pending = self._pending, []
        return pending


def _sifted(events: Iterable[Event], bout: Bout, way: float) -> list[Event]:
    """The events, with the reps that go much less far than `way` no longer counted."""
    return [
        replace(event, outcome="partial", reason=Reason("unlike"))
        if isinstance(event, Attempt) and event.counts and bout.way(event) < UNLIKE * way
        else event
        for event in events
    ]


def _in_hindsight(event: Event) -> Event:
    return replace(event, in_hindsight=True) if isinstance(event, Attempt) else event


def _number(event: Event) -> int | None:
    """The attempt that an event belongs to."""
    match event:
        case Attempt():
            return event.number
        case Hold() | Fault() | NotJudged():
            return event.attempt
    return None
