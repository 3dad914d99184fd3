"""Questions that are refused before anything is looked up: empty, too long, another language, an unknown year."""

import re

from assistant.answer import Answer, Status
from assistant.rules.desks import DEFAULT_DESK, contact_of
from assistant.understand import Query
from index.documents import Document
from prompts import text

MAX_CHARACTERS = 4000
_YEAR = re.compile(r"\b(20\d\d)\b")


def refusal(query: Query, documents: list[Document]) -> Answer | None:
    """Return the refusal of a question that cannot be looked up, None for one that can."""
    asked = query.question.text
    lang = "en" if query.lang == "en" else "nl"
    if not any(character.isalpha() for character in asked):
        return _refuse(query, lang, text("empty", lang))
    if len(asked) > MAX_CHARACTERS:
        return _refuse(query, lang, text("too-long", lang, count=len(asked), maximum=MAX_CHARACTERS))
    if query.lang == "other":
        return _refuse(query, lang, text("other-language", lang))
    known = [document for document in documents if document.id in query.scope.policies]
    years = {document.contract_year for document in known}
    named = {int(year) for year in _YEAR.findall(asked)}
    if query.year and not named & years and (query.sectors or query.year > max(years)):
        return _unknown_year(query, lang, documents)
    return None


def _unknown_year(query: Query, lang: str, documents: list[Document]) -> Answer:
    contact = contact_of(DEFAULT_DESK, lang)
    titles = ", ".join(document.title for document in documents)
    desk = text("desk", lang, desk=contact.desk, email=contact.email)
    return _refuse(query, lang, text("unknown-year", lang, year=query.year, policies=titles, desk=desk))


def _refuse(query: Query, lang: str, words: str) -> Answer:
    return Answer(
        question=query.text,
        lang=lang,
        as_of=query.question.as_of.isoformat(),
        status=Status.REFUSED,
        text=words,
        contact=contact_of(DEFAULT_DESK, lang),
    )
