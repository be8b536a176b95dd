"""Starts the live coach, on its page or in a window, as the command line asks for it."""

from __future__ import annotations

import logging
import webbrowser
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import platformdirs

from formcheck.capture.video.camera import check_source, open_source
from formcheck.coaching.sets import Plan
from formcheck.errors import FormcheckError
from formcheck.exercises.catalog import find_spec
from formcheck.interfaces.cli.questions import allowed
from formcheck.interfaces.web.desk import Desk, Wishes
from formcheck.interfaces.web.phone import Pairing, certificate, home_address
from formcheck.interfaces.web.server import PageServer, Phone
from formcheck.interfaces.window.speech import SpeechEngine
from formcheck.running.estimator import opened
from formcheck.running.live import Live, session_base
from formcheck.running.recording import Task
from formcheck.running.safeguard import Safeguard
from formcheck.storage.atomic_files import check_folder
from formcheck.storage.database import database_path


def coach_in_page(exercise: str, wishes: Mapping[str, Any], told: Callable[[str], None]) -> None:
    """Serve the page until Ctrl-C, and open it in the browser.

    Raises:
        FormcheckError: something that was asked for is not there, or the port cannot be used.
    """
    logging.basicConfig(format="formcheck: %(message)s", level=logging.WARNING)
    _check(exercise, wishes)
    desk = Desk(
        Wishes(
            folder=wishes["folder"] or default_folder(),
            open_estimator=partial(opened, model=wishes["model"], progress=wishes["progress"]),
            exercise=exercise,
            source=partial(open_source, wishes["source"]) if wishes["source"] else None,
            near=wishes["side"],
            **{key: wishes[key] for key in ("dose", "reps", "sets", "rest_s", "height_cm")},
        )
    )
    if wishes["phone"]:
        _serve_phone(desk, wishes["port"], told)
        return
    server = PageServer(desk, port=wishes["port"])

    def ready(address: str) -> None:
        told(f"formcheck is ready at {address}")
        told("Only this computer can open it. Press Ctrl-C to stop.")
        if not wishes["no_browser"]:
            webbrowser.open(address)

    server.run(when_ready=ready)


def _check(exercise: str, wishes: Mapping[str, Any]) -> None:
    """Refuse now what would else fail when the person has pressed Start and lies on the mat.

    Raises:
        FormcheckError: the first thing that is not there, or does not fit.
    """
    if exercise:
        find_spec(exercise).dose_by_id(wishes["dose"])
    elif wishes["dose"]:
        raise FormcheckError("--dose needs an exercise: `formcheck live EXERCISE --dose ID`")
    if wishes["model"]:
        from formcheck.capture.pose.model_file import (
            find_model,  # slow: only who gave a model waits for it
        )

        find_model(wishes["model"])
    if wishes["source"]:
        check_source(wishes["source"])
    check_folder(wishes["folder"] or default_folder())


def _serve_phone(desk: Desk, port: int, told: Callable[[str], None]) -> None:
    host, pairing = home_address(), Pairing()
    made, key, fingerprint = certificate(platformdirs.user_data_path("formcheck"), host)

    def ready(address: str) -> None:
        told(f"On a phone in the same network, open {address}")
        told(f"and enter the code {pairing.code}")
        told(f"The browser will warn about the certificate. Its SHA-256 must be {fingerprint}")
        told("The pictures go to this computer and nowhere else. Press Ctrl-C to stop.")

    PageServer(desk, port=port, phone=Phone(host, made, key, pairing)).run(when_ready=ready)


def coach_in_window(exercise: str, wishes: Mapping[str, Any], told: Callable[[str], None]) -> None:
    """Coach one exercise in an OpenCV window, with the camera read by Python.

    Raises:
        FormcheckError: no exercise was named, something that was asked for is not there, the
            camera cannot be opened, or the answers to the health questions rule the exercise out.
    """
    from formcheck.interfaces.window.window import Window

    if not exercise:
        raise FormcheckError("--window needs an exercise: `formcheck live EXERCISE --window`")
    _check(exercise, wishes)
    spec = find_spec(exercise)
    dose = spec.dose_by_id(wishes["dose"])
    folder = wishes["folder"] or default_folder()
    guard = Safeguard(database_path())
    allowed(guard, spec, dose, folder, told)
    plan = Plan.of(spec, dose, reps=wishes["reps"], sets=wishes["sets"], rest_s=wishes["rest_s"])
    task = Task(spec, dose, wishes["side"], wishes["height_cm"])
    source = open_source(wishes["source"] or "0")
    guard.begin(plan)
    window = Window(spec.title, SpeechEngine(), guard)
    live = Live(
        task,
        plan,
        base=session_base(folder, spec.id),
        show=window.show,
    )
    window.live = live
    try:
        with opened(spec, wishes["model"], wishes["progress"]) as (estimator, sha256):
            live.play(source, estimator, model_sha256=sha256)
        window.ask_pain(live)
    finally:
        source.close()
        window.close()
        guard.end(live.flow.sets)
    if window.trouble:
        told(window.trouble)
    for part in live.parts:
        told(str(part.outputs.report))


def default_folder() -> Path:
    """Where reports go if nothing else is said."""
    return platformdirs.user_documents_path() / "formcheck"
