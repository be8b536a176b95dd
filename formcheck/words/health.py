"""What is asked before a session, and what the page for a doctor says, each worded here once.

Days come in as words ("28 November 2026"): nothing here looks at a calendar.
"""

from __future__ import annotations

from collections.abc import Sequence

from formcheck.exercises.safety import Grounds, Pain, Ruling

UNTIL_SETTLED = (
    "Until it has, the exercise is left out. Talk to your doctor or physiotherapist before you go "
    "on with it."
)
"""Beside that question."""


def has_settled(title: str, day: str, pain: str) -> str:
    """Of an exercise that was stopped: whether that pain is over."""
    felt = f" ({pain})" if pain else ""
    return f"{title} was stopped for pain on {day}{felt}. Has that settled?"


def has_eased(title: str, day: str, level: int) -> str:
    """Of pain that a guide allows: whether it eased, as the guide asks."""
    return f"After {title} on {day} you had pain {level} of 10. Did it ease quickly?"


def felt(rules: Pain, level: int | None, words: Sequence[str]) -> str:
    """Pain in few words: "7 of 10, sharp"; empty where nothing was said of it."""
    kinds = [word.say for word in rules.word if word.id in words]
    return ", ".join([*([] if level is None else [f"{level} of 10"]), *kinds])


def could_not_be_read(kept: Sequence[str]) -> str:
    """That damaged files were kept aside, and what that means for the person."""
    return (
        "What you had answered could not be read, so please answer again. If an exercise was "
        "stopped for pain, leave it out until that has settled. The damaged file is kept as "
        f"{' and '.join(kept)}."
    )


_VERDICTS = {"block": "not now", "warn": "with care", "fine": "may be done"}


def verdict(ruled: Ruling) -> str:
    """A ruling in two words, for a table."""
    return _VERDICTS[ruled.verdict]


def refusal(title: str, ruled: Ruling) -> str:
    """Why an exercise cannot be begun: "Bridge is not for you right now: ..."."""
    return f"{title} is not for you right now: {ruled.why}"


HAS_A_WAY_ON: tuple[Grounds, ...] = ("agreement", "tags", "stopped", "provider", "acute", "pain")
"""Rulings after which a doctor or physiotherapist can help: the page for them is offered."""

PAGE_TITLE = "Exercises to show to your doctor or physiotherapist"
PAGE_ASKS = (
    "This person would like to do these exercises with formcheck, which counts and corrects them "
    "with a camera. It is a coach: it does not diagnose. Please mark which of them may be done, "
    "and sign. Your yes or no to an exercise goes before what formcheck rules out by itself, but "
    "never before acute pain."
)
"""What the page asks of who treats the person."""

YOUR_YES_COUNTS = "Enter the answers in formcheck, beside each exercise."
