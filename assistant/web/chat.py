"""The Gradio Blocks of the chat: one part that shows the page, one that carries events and replies."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.web.conversation import Chat, Conversation, Reply
from assistant.web.render import label

_BRIDGE = """
window.inkoopwijzer = {events: ['ask', 'keep', 'vote', 'reopen', 'forget'], trigger, watch, props};
document.dispatchEvent(new Event('inkoopwijzer'));
"""
_MOST_WAITING = 200
_AT_ONCE = 8
_SYSTEM_FONTS = ["system-ui", "sans-serif"]
_NO_STATISTICS = {"GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000", "GRADIO_ANALYTICS_MAX_EVENTS": "1"}
"""After every event Gradio makes a pandas table of all events, for a page that is not served here."""
_Handler = Callable[[Conversation, gr.EventData], tuple[str, Conversation]]


def make_blocks(chat: Chat, page: str) -> gr.Blocks:
    """Return the Blocks; ``page`` is the HTML of the whole page, the state of a visitor lives in his session only."""
    os.environ.update(_NO_STATISTICS)
    blocks: gr.Blocks = gr.Blocks(title=label("page-title"), analytics_enabled=False)
    with blocks:
        gr.HTML(page, js_on_load=None, apply_default_css=False, elem_id="shell")
        channel = gr.HTML("", html_template="", js_on_load=_BRIDGE, visible="hidden", elem_id="channel")
        state = gr.State(Conversation())
        for event, handler in _handlers(chat).items():
            getattr(channel, event)(
                handler, inputs=[state], outputs=[channel, state], api_visibility="private",
                show_progress="hidden", concurrency_limit=_AT_ONCE, concurrency_id="chat",
            )  # fmt: skip
    blocks.queue(max_size=_MOST_WAITING, default_concurrency_limit=_AT_ONCE, api_open=False)
    return blocks


def mount(app: Any, blocks: gr.Blocks, favicon: Path) -> None:
    """Mount the Blocks at the root of a FastAPI application, with nothing switched on that the chat does not need."""
    gr.mount_gradio_app(
        app, blocks, path="/", footer_links=[], run_history=False, show_error=False, max_file_size=1,
        allowed_paths=[], ssr_mode=False, pwa=False, mcp_server=False, enable_monitoring=False,
        favicon_path=str(favicon), theme=gr.themes.Base(font=_SYSTEM_FONTS, font_mono=["monospace"]),
    )  # fmt: skip


def _handlers(chat: Chat) -> dict[str, _Handler]:
    def ask(state: Conversation, event: gr.EventData) -> tuple[str, Conversation]:
        return _answer(*chat.ask(state, event._data))

    def keep(state: Conversation, event: gr.EventData) -> tuple[str, Conversation]:
        return _answer(state, chat.keep(state, event._data))

    def vote(state: Conversation, event: gr.EventData) -> tuple[str, Conversation]:
        return _answer(state, chat.vote(state, event._data))

    def reopen(_: Conversation, event: gr.EventData) -> tuple[str, Conversation]:
        return _answer(*chat.reopen(event._data))

    def forget(_: Conversation, __: gr.EventData) -> tuple[str, Conversation]:
        return _answer(Conversation(), Reply("forgotten"))

    return {"ask": ask, "keep": keep, "vote": vote, "reopen": reopen, "forget": forget}


def _answer(state: Conversation, reply: Reply) -> tuple[str, Conversation]:
    return reply.to_json(), state
