"""What a person has said about their health: answers, agreement, pain, and what was stopped.

Moments are seconds since 1970 (UTC), given by whoever asks.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

AGREEMENT = "agreement"
"""Among the answers: whether who treats the person has agreed."""

ACUTE = "acute_pain"
"""Among the answers: new or flaring pain, asked before every session."""


@dataclass(frozen=True)
class Answer:
    """A yes or no, and when it was given."""

    yes: bool
    at_s: float


@dataclass(frozen=True)
class CheckIn:
    """What was said before a session: new or flaring pain, pain from 0 to 10, and when."""

    acute: bool
    level: int
    at_s: float


@dataclass(frozen=True)
class Stop:
    """An exercise that was stopped for pain, and that the person has not said to have settled.

    level: 0 to 10, None where the question was not answered. words: ids of the kinds of pain.
    """

    id: int
    exercise: str
    at_s: float
    level: int | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True)
class MildPain:
    """Pain after an exercise that its guide allows if it eases, which nobody has asked after."""

    id: int
    exercise: str
    at_s: float
    level: int


@dataclass(frozen=True)
class SetCount:
    """What one set came to: attempts by outcome, and seconds held."""

    full: int
    short_hold: int
    partial: int
    timed: int
    not_judged: int
    best_hold_s: float
    total_hold_s: float


@dataclass(frozen=True)
class Person:
    """All that is known of a person.

    answers: the newest to each question, by id. provider: what the doctor or physiotherapist said
    of an exercise, by its id. stops: those that have not settled. mild: pain to be asked after.
    check_in: what was said before this session, None where nothing was.
    """

    answers: Mapping[str, Answer] = field(default_factory=dict)
    provider: Mapping[str, Answer] = field(default_factory=dict)
    stops: tuple[Stop, ...] = ()
    mild: tuple[MildPain, ...] = ()
    check_in: CheckIn | None = None

    def said(self, question: str) -> bool:
        """Whether the newest answer to a question is yes."""
        answer = self.answers.get(question)
        return answer is not None and answer.yes
