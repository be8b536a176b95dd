"""Speech from an engine of this machine, in a process of its own: it never holds up a frame.

A thread starts the engine and waits for it; who has something to say leaves it in a slot and goes
on. An engine that hangs is ended; one that is not there makes no sound.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
from collections.abc import Sequence

LONGEST_S = 8.0
"""Speaking a line takes no longer; an engine that does is ended."""

_ENGINES = (
    ("say",),
    ("spd-say", "--wait", "--"),
    ("espeak-ng", "-v", "en", "-s", "165", "--"),
    ("espeak",),
)
_POWERSHELL = (
    "Add-Type -AssemblyName System.Speech; "
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak($args[0])"
)


def find_engine() -> tuple[str, ...]:
    """The command that speaks a line given as its last word, empty where there is none."""
    for name, *arguments in _ENGINES:
        if path := shutil.which(name):
            return (path, *arguments)
    if sys.platform == "win32" and (shell := shutil.which("powershell")):
        return (shell, "-NoProfile", "-Command", f"& {{{_POWERSHELL}}}")
    return ()


class SpeechEngine:
    """Speaks lines one after the other; of those that wait, the newest alone."""

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self._command = tuple(find_engine() if command is None else command)
        self._slot: str | None = None
        self._has_new = threading.Condition()
        self._is_closed = self.is_muted = False
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._speak_on, name="speech", daemon=True)
        if self._command:
            self._thread.start()

    def say(self, text: str, *, at_once: bool = False) -> None:
        """Leave a line to be spoken; at_once: break off what is being spoken."""
        if self.is_muted:
            return
        with self._has_new:
            self._slot = text
            if at_once and self._process:
                self._process.kill()
            self._has_new.notify()

    def close(self) -> None:
        """Break off, and end the thread; safe to call twice."""
        with self._has_new:
            self._is_closed = True
            if self._process:
                self._process.kill()
            self._has_new.notify()
        if self._thread.is_alive():
            self._thread.join()

    def _speak_on(self) -> None:
        while True:
            with self._has_new:
                self._has_new.wait_for(lambda: self._slot is not None or self._is_closed)
                if self._is_closed:
                    return
                text, self._slot = self._slot, None
                try:
                    self._process = subprocess.Popen(
                        [*self._command, str(text)],
                        stdin=subprocess.DEVNULL,
                        stdout=subprocess.DEVNULL,
                        stderr=subprocess.DEVNULL,
                    )
                except OSError:
                    continue
            try:
                self._process.wait(LONGEST_S)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
