"""The Markdown of an Answer in, safe HTML out: markers become links, abbreviations are explained, the rest is text.

Only paragraphs, lists and emphasis are known; images, links and HTML stay the characters that they are.
"""

import re
from collections.abc import Callable
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from assistant.answer import Answer, Citation
from assistant.web.glossary import meanings

_MARKER = re.compile(r"\[(\d+)\]")
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PIECE = re.compile(rf"{_MARKER.pattern}|{_EMAIL.pattern}|\w+")
Explain = Callable[[str | None], str]
"""Turns the meaning of an abbreviation, None for none, into the words of its explanation."""


def source_path(policy: str, start: int, end: int) -> str:
    """Return the address of the page that shows a piece of a policy in place."""
    return f"/bron/{policy}/{start}-{end}"


def plain_html(text: str) -> Markup:
    """Return text as HTML that shows exactly its characters, line ends included."""
    return Markup(escape(text).replace("\n", "<br>"))  # noqa: S704 - escaped


def answer_html(answer: Answer, name: Callable[[Citation], str], explain: Explain) -> Markup:
    """Render the text of an Answer; ``name`` tells what a marker is called."""
    links = {citation.marker: _link(citation, name(citation)) for citation in answer.citations}
    return _Writer(links, explain).write(answer.text)


def _link(citation: Citation, name: str) -> str:
    address = escape(source_path(citation.policy, citation.start, citation.end))
    return f'<a class="marker" href="{address}" data-source aria-label="{escape(name)}">{citation.marker}</a>'


class _Writer:
    """Writes one text; an abbreviation is explained where it first stands."""

    def __init__(self, links: dict[int, str], explain: Explain) -> None:
        self._links = links
        self._explain = explain
        self._explained: set[str] = set()
        self._parser = MarkdownIt("zero", {"breaks": True}).enable(["emphasis", "list", "newline", "balance_pairs"])
        self._parser.add_render_rule("text", lambda _, tokens, index, *__: self._text(tokens[index]))

    def write(self, text: str) -> Markup:
        return Markup(self._parser.render(text))  # noqa: S704 - every token is escaped

    def _text(self, token: Token) -> str:
        content, done, html = token.content, 0, ""
        for match in _PIECE.finditer(content):
            html += escape(content[done : match.start()]) + self._piece(match)
            done = match.end()
        return html + escape(content[done:])

    def _piece(self, match: re.Match[str]) -> str:
        piece = match.group()
        if match.group(1):
            return self._links.get(int(match.group(1)), escape(piece))
        if "@" in piece:
            return f'<a href="mailto:{escape(piece)}">{escape(piece)}</a>'
        if piece not in meanings() or piece in self._explained:
            return escape(piece)
        self._explained.add(piece)
        return f'<abbr title="{escape(self._explain(meanings()[piece]))}">{escape(piece)}</abbr>'
