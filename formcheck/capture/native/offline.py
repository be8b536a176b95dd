"""Keeps MediaPipe from the network.

MediaPipe's published wheels carry an uploader of usage statistics that cannot be switched off
(google-ai-edge/mediapipe issue 6291): version 1.2.2 looks up a Google host as soon as a model is
opened. It speaks through libcurl, which goes by the proxy variables of the environment, so in a
process that opens a model these name an address of this machine at which nobody answers. What
fetches the pose model is given the user's own variables.
"""

from __future__ import annotations

import os
import urllib.request
from collections.abc import Mapping

DEAD_END = "http://127.0.0.1:9"
"""The discard port of this machine: a connection is refused at once, and no name is looked up."""

_VARIABLES = ("https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY")
_EXCEPTIONS = ("no_proxy", "NO_PROXY")

_users_own: dict[str, str] = {}


def stay_offline() -> None:
    """From now on, MediaPipe's uploader ends on this machine. Calling it again does no harm."""
    for name in (*_VARIABLES, *_EXCEPTIONS):
        value = os.environ.pop(name, None)
        if value is not None and value != DEAD_END:
            _users_own[name] = value
    os.environ.update(dict.fromkeys(_VARIABLES, DEAD_END))


def allow(host: str) -> None:
    """Let this one host be reached past the dead end: a camera of the user's own choice.

    FFmpeg, which reads network cameras for OpenCV, goes by the proxy variables too.
    """
    os.environ["no_proxy"] = host


def users_environment() -> dict[str, str]:
    """The environment as the user set it, for the one thing that may use the network."""
    kept = {name: value for name, value in os.environ.items() if value != DEAD_END}
    return {**kept, **_users_own}


def users_proxies() -> Mapping[str, str]:
    """The proxies that the user set, by scheme, as urllib wants them."""
    if not _users_own and DEAD_END not in os.environ.values():
        return urllib.request.getproxies()
    own = {name.lower(): value for name, value in _users_own.items()}
    return {s: own[f"{s}_proxy"] for s in ("http", "https") if f"{s}_proxy" in own}
