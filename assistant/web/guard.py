"""Requests in, those that the application needs out: closed addresses, a size limit, safe headers, a Dutch page."""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

_Message = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[_Message]]
_Send = Callable[[_Message], Awaitable[None]]
_App = Callable[[_Message, _Receive, _Send], Awaitable[None]]

LARGEST_BODY = 200_000
_OPEN = re.compile(
    r"/(?:$|api/v1/|bron/|deel/|opmaak/|assets/|static/|svelte/|(?:gradio_api/)?theme\.css$|config/?$|manifest\.json$|"
    r"favicon\.ico$|robots\.txt$|gradio_api/(?:queue/(?:join|data)|heartbeat/|reset|cancel|startup-events$|app_id$))"
)
_OWN_ONLY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'self' mailto:; object-src 'none'; "
    "base-uri 'self'; frame-ancestors 'self'"
)
_HEADERS = [
    (b"content-security-policy", _OWN_ONLY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=()"),
]
_SOCIAL_META = re.compile(rb'\s*<meta\s+(?:property="og:|name="twitter:)[^>]*>')
_CHARSET = b'<meta charset="utf-8" />'


class Guard:
    """Lets through only what the chat and the API need of the application; ``head`` goes into the chat's page."""

    def __init__(self, app: _App, head: str, language: str = "nl") -> None:
        self._app = app
        self._head = head.encode()
        self._language = language.encode()

    async def __call__(self, scope: _Message, receive: _Receive, send: _Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if not _OPEN.match(scope["path"]):
            await _refuse(send, 404)
            return
        if _declared_length(scope) > LARGEST_BODY:
            await _refuse(send, 413)
            return
        safe_send = _with_headers(send)
        page_send = _Page(safe_send, self._mend) if scope["path"] == "/" else safe_send
        await self._app(scope, _limited(receive), page_send)

    def _mend(self, page: bytes) -> bytes:
        """Say that the page is Dutch, and put our own head before what Gradio loads."""
        page = _SOCIAL_META.sub(b"", page).replace(b'lang="en"', b'lang="' + self._language + b'"', 1)
        return page.replace(_CHARSET, _CHARSET + self._head, 1)


class _Page:
    """Collects a whole page, changes it and sends it on."""

    def __init__(self, send: _Send, change: Callable[[bytes], bytes]) -> None:
        self._send = send
        self._change = change
        self._start: _Message | None = None
        self._body = b""

    async def __call__(self, message: _Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body") or self._start is None:
            return
        body = self._change(self._body)
        headers = [(name, value) for name, value in self._start["headers"] if name != b"content-length"]
        await self._send({**self._start, "headers": [*headers, (b"content-length", str(len(body)).encode())]})
        await self._send({"type": "http.response.body", "body": body})


def _with_headers(send: _Send) -> _Send:
    async def sender(message: _Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message["headers"], *_HEADERS]}
        await send(message)

    return sender


def _limited(receive: _Receive) -> _Receive:
    """End a request whose body is larger than it said or may be."""
    received = 0

    async def receiver() -> _Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        return {"type": "http.disconnect"} if received > LARGEST_BODY else message

    return receiver


def _declared_length(scope: _Message) -> int:
    value = dict(scope["headers"]).get(b"content-length", b"0")
    return int(value) if value.isdigit() else LARGEST_BODY + 1


async def _refuse(send: _Send, status: int) -> None:
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
    await send({"type": "http.response.body", "body": b""})
