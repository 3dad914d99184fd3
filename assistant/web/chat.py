"""The Gradio Blocks of the chat: one part that shows the page, one that carries events and replies."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import gradio as gr

from assistant.web.conversation import Chat, Conversation, Reply
from assistant.web.render import label

_BRIDGE = """
window.inkoopwijzer = {events: ['ask', 'stop', 'keep', 'vote', 'reopen', 'forget'], trigger, watch, props};
document.dispatchEvent(new Event('inkoopwijzer'));
"""
_MOST_WAITING = 200
_AT_ONCE = 8
_SYSTEM_FONTS = ["system-ui", "sans-serif"]
_NO_STATISTICS = {"GRADIO_ANALYTICS_CACHE_FREQUENCY": "1000000000", "GRADIO_ANALYTICS_MAX_EVENTS": "1"}
"""After every event Gradio makes a pandas table of all events, for a page that is not served here."""
_Data = gr.EventData
_Told = tuple[str, Conversation]


def make_blocks(chat: Chat, page: str) -> gr.Blocks:
    """Return the Blocks; ``page`` is the HTML of the whole page, the state of a visitor lives in his session only."""
    os.environ.update(_NO_STATISTICS)
    blocks: gr.Blocks = gr.Blocks(title=label("page-title"), analytics_enabled=False)
    with blocks:
        gr.HTML(page, js_on_load=None, apply_default_css=False, elem_id="shell")
        channel = gr.HTML("", html_template="", js_on_load=_BRIDGE, visible="hidden", elem_id="channel")
        state = gr.State(Conversation())
        for event, handler in {**_talking(chat), **_replying(chat)}.items():
            getattr(channel, event)(
                handler, inputs=[state], outputs=[channel, state] if event in _talking(chat) else [channel],
                api_visibility="private", show_progress="hidden", concurrency_limit=_AT_ONCE,
                # An answer that is being worded ends a moment after the next question is asked.
                trigger_mode="multiple" if event == "ask" else "once",
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


def _talking(chat: Chat) -> dict[str, Callable[..., _Told | Iterator[_Told]]]:
    """Return the handlers of the events that change the conversation."""

    def ask(state: Conversation, event: _Data) -> Iterator[_Told]:
        for told, reply in chat.ask(state, event._data):
            yield reply.to_json(), told

    def reopen(_: Conversation, event: _Data) -> _Told:
        told, reply = chat.reopen(event._data)
        return reply.to_json(), told

    def forget(state: Conversation, _: _Data) -> _Told:
        chat.end_wording(state)
        return Reply("forgotten").to_json(), Conversation()

    return {"ask": ask, "reopen": reopen, "forget": forget}


def _replying(chat: Chat) -> dict[str, Callable[[Conversation, _Data], str]]:
    """Return the handlers of the events that leave the conversation as it is."""

    def stop(state: Conversation, event: _Data) -> str:
        return chat.stop(state, event._data).to_json()

    def keep(state: Conversation, event: _Data) -> str:
        return chat.keep(state, event._data).to_json()

    def vote(state: Conversation, event: _Data) -> str:
        return chat.vote(state, event._data).to_json()

    return {"stop": stop, "keep": keep, "vote": vote}
