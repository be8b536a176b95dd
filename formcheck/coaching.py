"""Starts the live coach, on its page or in a window, as the command line asks for it."""

from __future__ import annotations

import logging
import webbrowser
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import platformdirs

from formcheck.catalog import find_spec
from formcheck.sources.camera import open_source
from formcheck.web.desk import Desk, Wishes, estimator_opener
from formcheck.web.server import PageServer


def coach_in_page(exercise: str, wishes: Mapping[str, Any], told: Callable[[str], None]) -> None:
    """Serve the page until Ctrl-C, and open it in the browser.

    Raises:
        FormcheckError: the exercise or its dose is not known, or the port cannot be used.
    """
    logging.basicConfig(format="formcheck: %(message)s", level=logging.WARNING)
    if exercise:
        find_spec(exercise).dose_by_id(wishes["dose"])
    desk = Desk(
        Wishes(
            folder=wishes["folder"] or default_folder(),
            open_estimator=estimator_opener(wishes["model"], wishes["progress"]),
            exercise=exercise,
            source=partial(open_source, wishes["source"]) if wishes["source"] else None,
            near=wishes["side"],
            **{key: wishes[key] for key in ("dose", "reps", "sets", "rest_s", "height_cm")},
        )
    )
    server = PageServer(desk, port=wishes["port"])

    def ready(address: str) -> None:
        told(f"formcheck is coaching at {address}")
        told("Only this machine can open it. Ctrl-C ends.")
        if not wishes["no_browser"]:
            webbrowser.open(address)

    server.run(when_ready=ready)


def default_folder() -> Path:
    """Where reports go if nothing else is said."""
    return platformdirs.user_documents_path() / "formcheck"


def coach_in_window(exercise: str, wishes: Mapping[str, Any]) -> None:
    """Coach in an OpenCV window."""
    raise NotImplementedError
