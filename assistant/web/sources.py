"""A place in a policy in, the page on which it stands out: blocks in reading order, the quote marked."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.documents import Document, Span
from index.extraction import BlockKind
from index.sections import section_at, split_sections


@dataclass(frozen=True)
class Piece:
    """Text that is marked or not."""

    text: str
    is_marked: bool


@dataclass(frozen=True)
class PageBlock:
    """What a page shows of a block: ``columns`` are the cells of a table row, one for every other block."""

    kind: BlockKind
    level: int
    columns: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True)
class SourcePage:
    """The page of a policy with a quote in it; a quote over two pages shows both."""

    document: Document
    page: int
    pages: int
    heading_path: tuple[str, ...]
    quote: str
    blocks: tuple[PageBlock, ...]


def source_page(document: Document, start: int, end: int) -> SourcePage | None:
    """Return the page on which a piece of the policy stands, None when the offsets are not in the text."""
    if not 0 <= start < end <= len(document.text):
        return None
    shown = {document.page_at(start), document.page_at(end - 1)}
    blocks = [block for span in document.spans for block in _blocks(document, span, shown, start, end)]
    return SourcePage(
        document=document,
        page=document.page_at(start),
        pages=max(page for _, page in document.page_starts),
        heading_path=section_at(split_sections(document), start).heading_path,
        quote=document.text[start:end],
        blocks=tuple(blocks),
    )


def _blocks(document: Document, span: Span, shown: set[int], start: int, end: int) -> Iterator[PageBlock]:
    """Yield the part of a block that stands on the pages shown."""
    lines = [at for at, page in document.page_starts if span.start <= at < span.end and page in shown]
    if not lines:
        return
    after = [at for at, page in document.page_starts if lines[-1] < at < span.end and page not in shown]
    first, last = lines[0], after[0] if after else span.end
    cell = span.start + span.block.cell
    borders = [first, cell, last] if span.block.cell and first < cell < last else [first, last]
    columns = tuple(_pieces(document, *pair, start, end) for pair in pairwise(borders))
    yield PageBlock(span.block.kind, span.block.level, columns)


def _pieces(document: Document, first: int, last: int, start: int, end: int) -> tuple[Piece, ...]:
    """Cut a stretch of text at the ends of the quote."""
    marked_from, marked_to = min(max(start, first), last), min(max(end, first), last)
    cuts = ((first, marked_from, False), (marked_from, marked_to, True), (marked_to, last, False))
    return tuple(Piece(document.text[a:b], is_marked) for a, b, is_marked in cuts if b > a)
