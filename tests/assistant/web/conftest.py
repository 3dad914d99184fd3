import gc
import os
import shutil
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from queue import SimpleQueue
from typing import Any

import pytest
import uvicorn
from langchain_core.language_models.chat_models import BaseChatModel, generate_from_stream
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk, ChatResult
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pydantic import SkipValidation
from starlette.applications import Starlette

from assistant.flow import Assistant
from assistant.reword import Reworder
from assistant.web.app import listen, make_app

TODAY = date(2025, 9, 20)
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
PATIENCE = 15_000
"""Milliseconds that a step in the browser may take on a slow and busy machine."""

expect.set_options(timeout=PATIENCE)


@contextmanager
def served(app: Starlette, port: int = 0) -> Iterator[str]:
    """Serve an application on this machine and return its address; the server ends with the block."""
    listening = listen("127.0.0.1", port)
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", timeout_graceful_shutdown=1, lifespan="on"))
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    deadline = time.monotonic() + 30
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.02)
    assert server.started
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(15)
        listening.close()


@pytest.fixture
def serve_app() -> Callable[..., object]:
    """Return the function that serves another application than that of the session."""
    return served


@pytest.fixture(scope="session")
def build_app(assistant: Assistant) -> Callable[..., Starlette]:
    """Return a function that builds the application.

    Gradio makes event loops for its locks and leaves them open: they are collected here, so that no later test warns.
    """

    def build(answering: Assistant = assistant) -> Starlette:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            built = make_app(answering, lambda: TODAY)
            gc.collect()
        return built

    return build


@pytest.fixture(scope="session")
def app(build_app: Callable[..., Starlette]) -> Starlette:
    return build_app()


@pytest.fixture(scope="session")
def site(app: Starlette) -> Iterator[str]:
    with served(app) as address:
        yield address


class Dictated(BaseChatModel):
    """A chat model that says what a test tells it, when the test tells it; every reply has a queue of its own."""

    waiting: SkipValidation[list[SimpleQueue[str | None]]] = []  # noqa: RUF012 - a field of a pydantic model

    @property
    def _llm_type(self) -> str:
        return "dictated"

    def _generate(self, *_: Any, **__: Any) -> ChatResult:
        return generate_from_stream(self._stream())

    def _stream(self, *_: Any, **__: Any) -> Iterator[ChatGenerationChunk]:
        pieces = self.waiting.pop(0)
        while (piece := pieces.get(timeout=60)) is not None:
            yield ChatGenerationChunk(message=AIMessageChunk(content=piece))


@dataclass(frozen=True)
class WordingSite:
    """A served chat whose chat model a test dictates."""

    address: str
    replies: tuple[SimpleQueue[str | None], ...]

    def say(self, *pieces: str | None, reply: int = 0) -> None:
        """Let the model say pieces in one of its replies; None ends that."""
        for piece in pieces:
            self.replies[reply].put(piece)


@pytest.fixture(scope="session")
def dictated_site(assistant: Assistant, build_app: Callable[..., Starlette]) -> Iterator[tuple[str, Dictated]]:
    model = Dictated()
    worded = Assistant(assistant.documents, assistant.rules, assistant.search, Reworder(model, timeout=600))
    with served(build_app(worded)) as address:
        yield address, model


@pytest.fixture
def wording_site(dictated_site: tuple[str, Dictated]) -> Iterator[WordingSite]:
    """Return the chat with a chat model that waits for the test; what it waits for ends with the test."""
    address, model = dictated_site
    site = WordingSite(address, (SimpleQueue(), SimpleQueue()))
    model.waiting[:] = site.replies
    yield site
    for reply in range(len(site.replies)):
        site.say(None, reply=reply)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory, absent: Callable[[str], None]) -> Iterator[Browser]:
    """Return the Chromium of the distribution."""
    program = shutil.which("chromium") or CHROMIUM
    if not os.access(program, os.X_OK):
        absent(f"{program} is not installed")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, headless=True, args=ARGUMENTS, timeout=60_000)
        yield opened
        opened.close()


class Visitor:
    """One window on the chat, that keeps what goes wrong in it."""

    def __init__(self, page: Page, address: str) -> None:
        self.page = page
        self.address = address
        self.foreign: list[str] = []
        self.errors: list[str] = []
        page.on("request", lambda request: self._note(request.url))
        page.on("pageerror", lambda error: self.errors.append(str(error)))

    def open(self, path: str = "/") -> "Visitor":
        self.page.goto(self.address + path)
        self.page.wait_for_selector("#iw[data-started]")
        return self

    def ask(self, question: str) -> None:
        """Ask a question and wait for its answer."""
        turns = self.page.locator(".turn:not(.waiting)")
        before = turns.count()
        self.page.fill("#vraag", question)
        self.page.press("#vraag", "Enter")
        expect(turns).to_have_count(before + 1)

    def choose(self, who: str) -> None:
        """Choose at "ik ben" and wait until the views are for that."""
        with self.page.expect_response(lambda response: f"voorwaarden?voor={who}" in response.url):
            self.page.select_option("#who", who)

    def _note(self, url: str) -> None:
        if not url.startswith((self.address, "data:", "blob:")):
            self.foreign.append(url)


@pytest.fixture
def visit(browser: Browser, site: str) -> Iterator[Callable[..., Visitor]]:
    """Return a function that opens a new window; afterwards nothing foreign was asked for and no script failed."""
    contexts: list[BrowserContext] = []
    visitors: list[Visitor] = []

    def visit(path: str = "/", address: str = site, width: int = 1280, height: int = 900, scheme: str = "light",
              **options: object) -> Visitor:  # fmt: skip
        context = browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, locale="nl-NL",
            permissions=["clipboard-read", "clipboard-write"], **options,
        )  # fmt: skip
        context.set_default_timeout(PATIENCE)
        contexts.append(context)
        visitors.append(Visitor(context.new_page(), address))
        return visitors[-1].open(path)

    yield visit
    for context in contexts:
        context.close()
    assert [visitor.foreign for visitor in visitors if visitor.foreign] == []
    assert [visitor.errors for visitor in visitors if visitor.errors] == []
