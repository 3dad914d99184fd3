"""An Answer in, the text that people read in a terminal out."""

import re
from collections.abc import Iterator
from string import Template

from assistant.answer import Answer, Citation, Contact
from assistant.cli.texts import AnswerWords, texts

_BOLD = re.compile(r"\*\*(.+?)\*\*", re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def render(answer: Answer) -> str:
    """Return the answer, its numbered sources, the options and the desk, each under its own heading."""
    words = texts().answer["en" if answer.lang == "en" else "nl"]
    blocks = [_BOLD.sub(r"\1", answer.text)]
    if answer.citations:
        blocks.append("\n".join([words.sources, *(_source(citation, words) for citation in answer.citations)]))
    if answer.options:
        options = (f"{number}. {option.question}" for number, option in enumerate(answer.options, 1))
        blocks.append("\n".join([words.options, *options]))
    if answer.contact:
        blocks.append("\n".join([words.contact, *_desk(answer.contact)]))
    return _CONTROL.sub(" ", "\n\n".join(blocks))


def _source(citation: Citation, words: AnswerWords) -> str:
    page = Template(words.page).substitute(page=citation.page)
    quote = " ".join(citation.quote.split())
    return f"[{citation.marker}] “{quote}”\n    {' › '.join([citation.title, *citation.heading_path])}, {page}"


def _desk(contact: Contact) -> Iterator[str]:
    yield contact.desk
    yield from (way for way in (contact.email, contact.website, contact.phone) if way)
