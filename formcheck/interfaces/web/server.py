"""The server of the page: on the loopback only, behind a token, closed to every other page.

Where a phone is asked for (`web/phone.py`), it listens on this machine's address at home instead.

A page of another origin can make a browser send requests here; a name that resolves to this
machine (rebinding) can even read the answers. So the Host must be this address, a WebSocket's
Origin must be this page's, and the path must begin with a token that only the address holds.
"""

from __future__ import annotations

import asyncio
import hmac
import logging
import secrets
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from formcheck.errors import FormcheckError
from formcheck.interfaces.web.desk import Desk, log
from formcheck.interfaces.web.messages import MAX_FRAME, MessageError, parse_frame, parse_text
from formcheck.interfaces.web.outbox import Outbox
from formcheck.interfaces.web.phone import Pairing, door
from formcheck.interfaces.web.voice import Voice

HOST = "127.0.0.1"

SWITCH_S = 0.0005
"""How long a Python thread may keep the interpreter while another wants it: a busy server thread
halves the rate of the pose model at the usual 0.005 (measured: 23 for 43 frames a second)."""

_PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "media-src 'self' blob:; connect-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'none'"
)
_REPORT_POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; img-src data:; media-src data:; "
    "frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(self), microphone=(self), geolocation=()",
}
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}
_POLICY_VIOLATION, _TOO_BIG = 1008, 1009
"""WebSocket codes; the protocol itself sends the second."""

_NO_TOKEN = "a request without the token"


@dataclass(frozen=True)
class Phone:
    """What lets a phone in: this machine's address at home, its certificate, and the code."""

    host: str
    certificate: Path
    key: Path
    pairing: Pairing


class Guard:
    """Lets through what comes from this page alone, and tells in the log what did not."""

    def __init__(self, app: ASGIApp, *, port: int, token: str, phone: Phone | None = None) -> None:
        self._app, self._token = app, token
        self._hosts = {f"{n}:{port}" for n in ((phone.host,) if phone else (HOST, "localhost"))}
        self._origins = {f"{'https' if phone else 'http'}://{host}" for host in self._hosts}
        self._door = door(phone.pairing, token=token) if phone else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        why = self._refusal(scope)
        if why == _NO_TOKEN and self._door and (scope["type"], scope["path"]) == ("http", "/"):
            await self._door(scope, receive, send)
            return
        if why:
            log.warning("refused: %s", why)
            await _refuse(scope, receive, send)
            return
        _, _, rest = scope["path"].lstrip("/").partition("/")
        await self._app({**scope, "path": f"/{rest}"}, receive, send)

    def _refusal(self, scope: Scope) -> str:
        headers = {key.lower(): value.decode("latin-1") for key, value in scope["headers"]}
        if headers.get(b"host", "") not in self._hosts:
            return "a request to another host name"
        origin = headers.get(b"origin")
        if scope["type"] == "websocket" and origin not in self._origins:
            return "a connection from another page"
        if origin is not None and origin not in self._origins:
            return "a request from another page"
        token = scope["path"].lstrip("/").partition("/")[0]
        if not hmac.compare_digest(token.encode(), self._token.encode()):
            return _NO_TOKEN
        return ""


async def _refuse(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": _POLICY_VIOLATION, "reason": ""})
        return
    await PlainTextResponse("not found\n", status_code=404)(scope, receive, send)


def page_app(desk: Desk, *, port: int, token: str, phone: Phone | None = None) -> ASGIApp:
    """The whole application, guarded."""
    voice = Voice()

    async def file(request: Request) -> Response:
        name = request.path_params.get("name") or "index.html"
        place = resources.files("formcheck.interfaces.web").joinpath("page", name)
        if not place.is_file() or Path(name).suffix not in _TYPES:
            return PlainTextResponse("not found\n", status_code=404)
        headers = {**_HEADERS, "Content-Security-Policy": _PAGE_POLICY}
        media_type = _TYPES[Path(name).suffix]
        return Response(place.read_bytes(), headers=headers, media_type=media_type)

    async def report(request: Request) -> Response:
        headers = {**_HEADERS, "Content-Security-Policy": _REPORT_POLICY}
        return _saved(desk.reports, request, headers, _TYPES[".html"])

    async def replay(request: Request) -> Response:
        return _saved(desk.replays, request, _HEADERS, "video/mp4")

    async def provider(request: Request) -> Response:
        html = desk.provider_page(request.query_params.get("exercise", ""))
        headers = {**_HEADERS, "Content-Security-Policy": _REPORT_POLICY}
        return Response(html, headers=headers, media_type=_TYPES[".html"])

    async def speech(request: Request) -> Response:
        sound = await voice.wav(request.query_params.get("text", ""))
        if not sound:
            return PlainTextResponse("no voice\n", status_code=404)
        return Response(sound, headers=_HEADERS, media_type="audio/wav")

    async def talk(websocket: WebSocket) -> None:
        await converse(websocket, desk)

    routes = [
        Route("/", file),
        Route("/report/{number:int}", report),
        Route("/replay/{number:int}", replay),
        Route("/for-your-doctor", provider),
        Route("/voice", speech),
        Route("/{name}", file),
        WebSocketRoute("/talk", talk),
    ]
    return Guard(Starlette(routes=routes), port=port, token=token, phone=phone)


def _saved(paths: list[Path], request: Request, headers: dict[str, str], kind: str) -> Response:
    """One of the files that this server's sessions wrote; no other can be asked for."""
    number = request.path_params["number"]
    if number >= len(paths):
        return PlainTextResponse("not found\n", status_code=404)
    return FileResponse(paths[number], headers=headers, media_type=kind)


async def converse(websocket: WebSocket, desk: Desk) -> None:
    """Listen to one page until it goes, or sends what no page of ours would."""
    await websocket.accept()
    outbox = Outbox(asyncio.get_running_loop())
    sending = asyncio.create_task(_send_all(websocket, outbox))
    desk.connect(outbox)
    try:
        while True:
            await _take(desk, await websocket.receive())
    except WebSocketDisconnect:
        pass
    except MessageError as error:
        log.warning("closed a connection: it sent %s", error)
        with suppress(RuntimeError):
            await websocket.close(_POLICY_VIOLATION)
    finally:
        sending.cancel()
        desk.disconnect(outbox)


async def _take(desk: Desk, received: Message) -> None:
    if received["type"] == "websocket.disconnect":
        code = received.get("code")
        if code == _TOO_BIG:
            log.warning("closed a connection: it sent more than %d bytes at once", MAX_FRAME)
        raise WebSocketDisconnect(int(code or 0))
    if received.get("bytes") is not None:
        # In a thread, so that one page's pictures do not keep the others waiting; the next is
        # read once this one is, so no more than one a page is under way.
        desk.see(await asyncio.to_thread(parse_frame, received["bytes"]))
    elif received.get("text") is not None:
        desk.hear(parse_text(received["text"]))


async def _send_all(websocket: WebSocket, outbox: Outbox) -> None:
    with suppress(WebSocketDisconnect, RuntimeError):
        while True:
            messages, picture = await outbox.wait()
            if picture is not None:
                await websocket.send_bytes(picture)
            for message in messages:
                await websocket.send_json(message)


class PageServer:
    """Listens on this machine alone, or where a phone reaches it; tells the address to open.

    Raises:
        FormcheckError: the port cannot be used.
    """

    def __init__(self, desk: Desk, *, port: int = 0, phone: Phone | None = None) -> None:
        self._desk, self._phone = desk, phone
        self._socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self._bind(phone.host if phone else HOST, port)
        self.port = int(self._socket.getsockname()[1])
        self.token = secrets.token_urlsafe(24)
        config = uvicorn.Config(
            page_app(desk, port=self.port, token=self.token, phone=phone),
            ssl_certfile=phone.certificate if phone else None,
            ssl_keyfile=phone.key if phone else None,
            ws="websockets-sansio",
            ws_max_size=MAX_FRAME,
            ws_per_message_deflate=False,
            lifespan="off",
            log_config=None,
            log_level=logging.WARNING,
            server_header=False,
            access_log=False,
            timeout_graceful_shutdown=2,
        )
        self._server = uvicorn.Server(config)

    def _bind(self, host: str, port: int) -> None:
        try:
            self._socket.bind((host, port))
        except OSError as error:
            self._socket.close()
            raise FormcheckError(
                f"port {port}: cannot be used: {error.strerror}; give another --port, or none"
            ) from None

    @property
    def address(self) -> str:
        """What to open in a browser; on a phone, the page that asks for the code."""
        if self._phone:
            return f"https://{self._phone.host}:{self.port}/"
        return f"http://{HOST}:{self.port}/{self.token}/"

    def run(self, *, when_ready: Callable[[str], None] = lambda _: None) -> None:
        """Serve until it is told to stop; then the session is saved."""
        sys.setswitchinterval(SWITCH_S)
        try:
            with suppress(KeyboardInterrupt):
                asyncio.run(self._serve(when_ready))
        finally:
            self._desk.close()
            self._socket.close()

    async def _serve(self, when_ready: Callable[[str], None]) -> None:
        serving = asyncio.create_task(self._server.serve(sockets=[self._socket]))
        while not self._server.started and not serving.done():
            await asyncio.sleep(0.01)
        when_ready(self.address)
        await serving

    def stop(self) -> None:
        """Ask the server to end, from another thread."""
        self._server.should_exit = True
