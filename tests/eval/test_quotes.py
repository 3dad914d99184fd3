import pytest

from assistant.answer import Citation
from eval.quotes import PlacedQuote, find_quote, literal_quote, overlaps
from index.documents import Document, Span
from index.extraction import Block, BlockKind

FIRST, SECOND = "De aanbieder tekent de overeenkomst.", "Caresq publiceert  de lijst daarna."


@pytest.fixture
def document() -> Document:
    """Two paragraphs, of which the second stands somewhere else in the received file."""
    start = len(FIRST) + 2
    spans = (
        Span(Block(BlockKind.PARAGRAPH, FIRST, ((0, 1),)), 0, len(FIRST)),
        Span(Block(BlockKind.PARAGRAPH, SECOND, ((0, 9),), after_seam=True), start, start + len(SECOND)),
    )
    text = f"{FIRST}\n\n{SECOND}"
    return Document("2026-x", "X", "Caresq", "ggz", 2026, "1", "x", "0", text, spans, ((0, 1),))


def cite(quote: str, start: int = 0, end: int = 0, policy: str = "2026-x") -> Citation:
    return Citation(1, policy, "X", (), 1, quote, start, end)


@pytest.mark.parametrize(
    ("citation", "places"),
    [
        pytest.param(cite("tekent de overeenkomst", 13, 35), ((13, 35),), id="at its offsets"),
        pytest.param(cite("tekent de overeenkomst", 0, 5), ((13, 35),), id="offsets of other text"),
        pytest.param(cite("publiceert de lijst"), ((45, 65),), id="white space is folded"),
    ],
)
def test_a_literal_quote_is_found(document: Document, citation: Citation, places: tuple[tuple[int, int], ...]) -> None:
    quote = literal_quote(citation, {"2026-x": document})
    assert quote == PlacedQuote("2026-x", citation.quote, places)


@pytest.mark.parametrize(
    "citation",
    [
        pytest.param(cite("de lijst"), id="shorter than 12 characters"),
        pytest.param(cite("de aanbieder tekende"), id="other words"),
        pytest.param(cite("de overeenkomst. Caresq publiceert"), id="over a seam"),
        pytest.param(cite("de overeenkomst. Caresq publiceert", 20, 55), id="over a seam, with offsets"),
        pytest.param(cite("tekent de overeenkomst", policy="2027-x"), id="of a policy that is not there"),
        pytest.param(cite(""), id="nothing"),
    ],
)
def test_a_quote_is_not_literal(document: Document, citation: Citation) -> None:
    assert literal_quote(citation, {"2026-x": document}) is None


@pytest.mark.parametrize(
    ("cited", "expected"),
    [
        pytest.param("De aanbieder tekent", True, id="part of the gold quote"),
        pytest.param("tekent de overeenkomst.", True, id="shares its end"),
        pytest.param("de overeenkomst. Caresq", True, id="shares 15 characters"),
        pytest.param("komst. Caresq publiceert", False, id="shares five characters"),
        pytest.param("Caresq publiceert de lijst", False, id="elsewhere"),
    ],
)
def test_two_quotes_overlap(document: Document, cited: str, expected: bool) -> None:
    gold = find_quote("aanbieder tekent de overeenkomst", document)
    assert overlaps(gold, find_quote(cited, document)) is expected


def test_the_same_words_of_another_policy_do_not_overlap(document: Document) -> None:
    gold = find_quote("tekent de overeenkomst", document)
    assert not overlaps(gold, PlacedQuote("2025-y", gold.text, gold.places))
