import re

from assistant.web.glossary import read_glossary
from index.documents import Document

NOT_ABBREVIATIONS = {
    "ZORGINKOOP", "VOOR", "ZORGVERZEKERAAR", "MET", "LABEL", "DE", "EU", "III",
}  # fmt: skip


def test_every_sentence_stands_in_its_policy(documents: list[Document]) -> None:
    for term in read_glossary(documents):
        if term.place:
            document = next(document for document in documents if document.id == term.place.policy)
            assert document.text[term.place.start : term.place.end] == term.place.quote


def test_no_abbreviation_of_a_policy_is_missing(documents: list[Document]) -> None:
    known = {term.short for term in read_glossary(documents)}
    found = {word for document in documents for word in re.findall(r"\b[A-Z][A-Za-z]*[A-Z][A-Za-z]*\b", document.text)}
    assert found - known - NOT_ABBREVIATIONS == set()


def test_what_is_said_not_to_be_explained_is_nowhere_explained(documents: list[Document]) -> None:
    for term in read_glossary(documents):
        if term.means is None:
            for document in documents:
                assert not re.search(rf"[a-z] \({re.escape(term.short)}\)", document.text), term.short
