"""The whole web application: the API, the plain pages and the chat, and the command that serves them."""

import errno
import os
import socket
import sys
import threading
from collections.abc import Callable
from datetime import date

from starlette.applications import Starlette

from assistant.days import today as today_in_amsterdam
from assistant.errors import AssistantError
from assistant.flow import Assistant, wire
from assistant.question import Question
from assistant.settings import read_settings
from assistant.web.api import make_api
from assistant.web.chat import make_blocks, mount
from assistant.web.conversation import Chat
from assistant.web.guard import Guard
from assistant.web.pages import STATIC, add_pages
from assistant.web.records import Records
from assistant.web.render import label, render
from assistant.web.shell import examples, render_shell


class ServeError(AssistantError):
    """The address cannot be listened on; the message says why and what to do."""


def make_app(assistant: Assistant, today: Callable[[], date] = today_in_amsterdam) -> Starlette:
    """Return the application with everything mounted on the API; ``today`` tells the day of asking."""
    records = Records(read_settings(dict(os.environ)).index.home)
    app = make_api(assistant, today)
    add_pages(app, assistant, today)
    blocks = make_blocks(Chat(assistant, records, today), render_shell(assistant.documents))
    mount(app, blocks, STATIC / "favicon.png")
    app.add_middleware(Guard, head=render("head"))
    return app


def serve(host: str = "127.0.0.1", port: int = 7860, wired: Callable[[], Assistant] = wire) -> None:
    """Wire the assistant and serve the chat and the API until stopped; prints the address when it is ready.

    ``wired`` builds the assistant, and may show how far it is.

    Raises:
        ServeError: the address is taken or not ours.
        IndexingError, AssistantError: a part of the assistant cannot be loaded.
    """
    import uvicorn

    listening = listen(host, port)
    assistant = wired()
    app = make_app(assistant)
    threading.Thread(target=_warm_up, args=(assistant,), daemon=True).start()
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=3))
    name = "[::1]" if host == "::1" else host
    print(label("serving", address=f"http://{name}:{listening.getsockname()[1]}"), file=sys.stdout, flush=True)  # noqa: T201
    server.run(sockets=[listening])


def listen(host: str, port: int) -> socket.socket:
    """Open the address to listen on; port 0 takes a free one.

    Raises:
        ServeError: the address is taken or not ours.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
        listening.listen(128)
    except OSError as error:
        listening.close()
        taken = error.errno == errno.EADDRINUSE
        name = "port-taken" if taken else "port-refused"
        raise ServeError(label(name, host=host, port=port, reason=error.strerror or str(error))) from error
    return listening


def _warm_up(assistant: Assistant) -> None:
    """Ask an example, so that the first visitor does not wait for what is loaded on first use."""
    next(assistant.stream(Question(examples()[""][0], today_in_amsterdam())))
    assistant.search.open()
