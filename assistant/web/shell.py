"""The documents in, the HTML of the page around the conversation out."""

from functools import lru_cache
from importlib.resources import files

import yaml
from pydantic import RootModel

import prompts
from assistant.rules.desks import DEFAULT_DESK, contact_of
from assistant.web.audience import choices
from assistant.web.conversation import LONGEST_QUESTION
from assistant.web.glossary import Place, read_glossary
from assistant.web.render import label, labels, render
from index.documents import Document
from prompts import text

_RESERVATION = "Caresq behoudt zich uitdrukkelijk het recht voor"


class Examples(RootModel[dict[str, list[str]]]):
    """Example questions by what the visitor chose."""


@lru_cache(maxsize=1)
def examples() -> dict[str, list[str]]:
    """Read the example questions."""
    raw = files(prompts).joinpath("nl/web-examples.yaml").read_text(encoding="utf-8")
    return Examples.model_validate(yaml.safe_load(raw)).root


def render_shell(documents: list[Document]) -> str:
    """Render the page: header, views, question box, source panel, dialogs and footer."""
    return render(
        "shell",
        documents=documents,
        policies=_named(documents),
        labels=labels(),
        names={kind.key: kind.name for sector, kinds in choices() for kind in (sector, *kinds)},
        empty=text("empty", "nl"),
        longest=LONGEST_QUESTION,
        choices=choices(),
        examples=examples(),
        terms=read_glossary(documents),
        contact=contact_of(DEFAULT_DESK, "nl"),
        reservations=[place for document in documents if (place := _reservation(document))],
    )


def _reservation(document: Document) -> Place | None:
    """Return the sentence in which a policy says that it may be changed."""
    start = document.text.find(_RESERVATION)
    if start < 0:
        return None
    end = document.text.find(".", start) + 1
    return Place(document.id, document.title, document.page_at(start), document.text[start:end], start, end)


def _named(documents: list[Document]) -> str:
    return label("and").join(document.title for document in documents)
