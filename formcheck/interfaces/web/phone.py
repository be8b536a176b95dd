"""Opens the page to a phone on the home network: with a certificate of its own, and for a code.

Off unless asked for. A phone's browser gives its camera to encrypted pages alone, so the server
makes a key and a certificate for its address; nobody vouches for it, so the browser warns once,
and the certificate's fingerprint is printed to be compared. Who opens the address is asked for a
code that only this machine's screen shows; an address that gives a few wrong ones is shut out, and
another that has the code is not.
"""

from __future__ import annotations

import datetime
import hmac
import ipaddress
import logging
import secrets
import socket
from collections import Counter
from importlib import resources
from pathlib import Path
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from formcheck.errors import FormcheckError
from formcheck.storage.atomic_files import check_folder

TRIES = 5
"""Wrong codes after which the door stays shut for the address that gave them: with a million codes
a guess hardly ever fits."""

MOST_ADDRESSES = 250
"""Addresses that may give wrong codes before the door is shut for all: a home network has no more
(ours; so all guesses together find the code once in 800 times)."""

MAX_FORM = 256
"""Bytes of a form; longer ones are not read."""

VALID_DAYS = 365

DOOR_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)

log = logging.getLogger("formcheck.interfaces.web")


class Pairing:
    """The code that lets a phone in, and how many guesses each address has left."""

    def __init__(self) -> None:
        self.code = f"{secrets.randbelow(10**6):06d}"
        self._wrong: Counter[str] = Counter()

    def tries_left(self, address: str) -> int:
        """How many codes that address may still give."""
        if address not in self._wrong and len(self._wrong) >= MOST_ADDRESSES:
            return 0
        return TRIES - self._wrong[address]

    def admits(self, given: str, address: str) -> bool:
        """Whether this is the code; a wrong one costs a try of the address that gave it, and
        without tries none is right."""
        if self.tries_left(address) <= 0:
            return False
        if hmac.compare_digest(given.strip().encode(), self.code.encode()):
            return True
        self._wrong[address] += 1
        left = self.tries_left(address)
        log.warning("refused: a wrong pairing code from %s, %d tries left", address, left)
        return False


def door(pairing: Pairing, *, token: str) -> ASGIApp:
    """The page that asks for the code, and leads on to the coach's page."""

    async def ask(request: Request) -> Response:
        return _asking("" if pairing.tries_left(_address(request)) else SHUT)

    async def answer(request: Request) -> Response:
        given = parse_qs(await _short_body(request)).get("code", [""])[0]
        address = _address(request)
        if pairing.admits(given, address):
            return RedirectResponse(f"/{token}/", status_code=303)
        is_open = pairing.tries_left(address) > 0
        return _asking("That is not the code." if is_open else SHUT, status=403)

    return Starlette(routes=[Route("/", ask), Route("/", answer, methods=["POST"])])


SHUT = "Too many wrong codes. Start formcheck again for a new one."


def _address(request: Request) -> str:
    return request.client.host if request.client else ""


def _asking(message: str, status: int = 200) -> Response:
    page = resources.files("formcheck.interfaces.web").joinpath("pair.html").read_text("utf-8")
    # Without any referrer a browser sends the form with the Origin "null", which is refused.
    headers = {
        "Content-Security-Policy": DOOR_POLICY, "Cache-Control": "no-store",
        "Referrer-Policy": "same-origin", "X-Content-Type-Options": "nosniff",
    }  # fmt: skip
    return HTMLResponse(page.replace("MESSAGE", message), status, headers)


async def _short_body(request: Request) -> str:
    body = b""
    async for piece in request.stream():
        body += piece
        if len(body) > MAX_FORM:
            return ""
    return body.decode("latin-1")


def home_address() -> str:
    """The address of this machine in the home network.

    Raises:
        FormcheckError: there is no network.
    """
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            # Connecting a datagram socket sends nothing: it only chooses the own address.
            asked.connect(("192.0.2.1", 9))
        except OSError as error:
            told = "--phone: this machine is in no network; join the one that the phone is in"
            raise FormcheckError(told) from error
        return str(asked.getsockname()[0])


def certificate(folder: Path, host: str) -> tuple[Path, Path, str]:
    """Certificate and key for an address, made anew, and the certificate's SHA-256 fingerprint.

    Raises:
        FormcheckError: the package that makes certificates is not installed, or the folder cannot
            be written in.
    """
    try:
        from cryptography import x509
        from cryptography.hazmat.primitives import hashes, serialization
        from cryptography.hazmat.primitives.asymmetric import ec
    except ImportError as error:
        raise FormcheckError(
            "--phone needs the package cryptography: pip install cryptography"
        ) from error
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "formcheck")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=VALID_DAYS))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(host))]),
            critical=False,
        )
        .sign(key, hashes.SHA256())
    )
    check_folder(folder)
    certificate_path, key_path = folder / "phone.crt", folder / "phone.key"
    certificate_path.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_path.touch(mode=0o600)
    key_path.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate_path, key_path, made.fingerprint(hashes.SHA256()).hex(":").upper()
