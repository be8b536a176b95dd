"""Speech in a process of its own: it never holds up who has something to say."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from formcheck.interfaces.window.speech import SpeechEngine

HANGS = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Callable[[], list[str]]]:
    """An engine that writes down what it is given; gives what was spoken so far."""
    spoken = tmp_path / "spoken.txt"
    code = f"import sys; open({str(spoken)!r}, 'a').write(sys.argv[1] + '\\n')"
    speech = SpeechEngine([sys.executable, "-c", code])
    told = threading.Event()

    def said(line: str) -> list[str]:
        speech.say(line)
        for _ in range(1000):
            if spoken.exists() and line in spoken.read_text():
                break
            told.wait(0.01)
        return spoken.read_text().splitlines()

    yield said
    speech.close()


def test_a_line_is_spoken_by_the_engine(engine: Callable[[str], list[str]]) -> None:
    assert engine("Hips a little higher") == ["Hips a little higher"]
    assert engine("3") == ["Hips a little higher", "3"]


def test_an_engine_that_hangs_holds_up_nobody() -> None:
    speech = SpeechEngine(HANGS)
    used_s = time.process_time()
    for i in range(100):
        speech.say(f"line {i}")
    assert time.process_time() - used_s < 0.5
    speech.close()


def test_an_engine_that_hangs_is_ended_with_the_session() -> None:
    speech = SpeechEngine(HANGS)
    speech.say("one")
    speech.close()
    speech.close()
    assert "speech" not in {thread.name for thread in threading.enumerate()}


@pytest.mark.parametrize("command", [[], ["/no/such/engine"]])
def test_without_an_engine_nothing_is_spoken_and_nothing_fails(command: list[str]) -> None:
    speech = SpeechEngine(command)
    speech.say("one", at_once=True)
    speech.close()


def test_a_muted_engine_is_not_started() -> None:
    speech = SpeechEngine(HANGS)
    speech.is_muted = True
    speech.say("one")
    assert speech._process is None
    speech.close()
