import pytest

from assistant.web.sources import SourcePage, source_page
from index.documents import Document, find_document


@pytest.fixture(scope="module")
def ggz(documents: list[Document]) -> Document:
    return find_document(documents, "2026-ggz")


def marked(page: SourcePage) -> str:
    pieces = [piece for block in page.blocks for column in block.columns for piece in column if piece.is_marked]
    return "".join(piece.text for piece in pieces)


def test_the_quote_is_marked_on_its_page(ggz: Document) -> None:
    start = ggz.text.index("Uiterste tekendatum zorgovereenkomst 7 november 2025")
    page = source_page(ggz, start, start + 52)
    assert page is not None
    assert (page.page, page.pages) == (14, 15)
    assert marked(page) == "Uiterste tekendatum zorgovereenkomst 7 november 2025"


def test_a_row_of_a_table_is_shown_in_columns(ggz: Document) -> None:
    start = ggz.text.index("Uiterste tekendatum zorgovereenkomst 7 november 2025")
    page = source_page(ggz, start, start + 52)
    assert page is not None
    rows = [[piece.text.strip() for column in block.columns for piece in column] for block in page.blocks]
    assert ["Uiterste tekendatum zorgovereenkomst", "7 november 2025"] in rows


def test_every_character_of_a_policy_can_be_shown(documents: list[Document]) -> None:
    for document in documents:
        for span in document.spans:
            page = source_page(document, span.start, span.end)
            assert page is not None
            assert marked(page) == document.text[span.start : span.end]


@pytest.mark.parametrize(("start", "end"), [(5, 5), (9, 3), (-4, 10), (0, 10_000_000)])
def test_offsets_outside_the_text_show_nothing(ggz: Document, start: int, end: int) -> None:
    assert source_page(ggz, start, end) is None
