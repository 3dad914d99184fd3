import pytest

from assistant.extract import telling_sentences
from index.chunks import Chunk, split_chunks
from index.documents import Document, find_document
from index.search import Passage


def passage_with(words: str, documents: list[Document], policy: str = "2026-ggz") -> Passage:
    chunk: Chunk = next(c for c in split_chunks(find_document(documents, policy)) if words in c.text)
    return Passage(chunk, 1.0, 2.0, 1.0)


@pytest.mark.parametrize(
    ("asked", "words", "expected"),
    [
        pytest.param(
            "Waar is Eucare gevestigd?",
            "op Malta gevestigd",
            [
                "Zij is op Malta gevestigd en biedt haar klanten in de hele EU unieke oplossingen op het gebied van "
                "zorg-, arbeidsongeschiktheid- en verzuimvraagstukken."
            ],
            id="one sentence of a paragraph",
        ),
        pytest.param(
            "Wanneer is de deadline van de vragenlijst?",
            "Deadline vragenlijst via VECOZO",
            ["Deadline vragenlijst via VECOZO 24 oktober 2025"],
            id="a row of a table",
        ),
    ],
)
def test_the_sentences_that_share_most_with_the_question_are_quoted(
    asked: str, words: str, expected: list[str], documents: list[Document]
) -> None:
    quotes = telling_sentences(asked, [passage_with(words, documents)], documents)
    assert [quote.text for quote in quotes] == expected


@pytest.mark.parametrize("words", ["op Malta gevestigd", "Terugdringen", "De verzekerde kan zoveel"])
def test_every_quote_is_literal_and_knows_its_place(words: str, documents: list[Document]) -> None:
    found = [c for document in documents for c in split_chunks(document) if words in c.text]
    for chunk in found:
        document = find_document(documents, chunk.policy)
        for quote in telling_sentences("Wat kan de verzekerde?", [Passage(chunk, 1.0, 2.0, 1.0)], documents):
            assert document.text[quote.start : quote.end] == quote.text
            assert chunk.start <= quote.start < quote.end <= chunk.end
            assert quote.page == document.page_at(quote.start)
            assert quote.heading_path == chunk.heading_path


def test_never_more_than_three_sentences_in_their_order(documents: list[Document]) -> None:
    for document in documents:
        for chunk in split_chunks(document):
            quotes = telling_sentences("zorg", [Passage(chunk, 1.0, 2.0, 1.0)], documents)
            assert len(quotes) <= 3
            assert [quote.start for quote in quotes] == sorted(quote.start for quote in quotes)


def test_a_question_that_shares_no_word_gets_the_beginning(documents: list[Document]) -> None:
    passage = passage_with("op Malta gevestigd", documents)
    quotes = telling_sentences("fietsenstalling", [passage], documents)
    assert quotes[0].start == passage.chunk.start


def test_only_the_best_passage_is_quoted(documents: list[Document]) -> None:
    best = passage_with("Deadline vragenlijst via VECOZO", documents)
    other = passage_with("op Malta gevestigd", documents)
    quotes = telling_sentences("Waar is Eucare gevestigd?", [best, other], documents)
    assert {quote.text for quote in quotes} == {"Deadline vragenlijst via VECOZO 24 oktober 2025"}


def test_no_passages_give_no_quotes(documents: list[Document]) -> None:
    assert telling_sentences("Wat is de deadline?", [], documents) == []
