"""Documents in, Chunks out: pieces for searching that never cross a section and keep a list with its lead-in."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from index.documents import Document, Span
from index.extraction import BlockKind
from index.sections import Section, split_sections
from index.sentences import sentence_spans

MAX_CHARACTERS = 750
"""Five passages of this length fit the 4,000 characters that a reader is given."""


@dataclass(frozen=True)
class Chunk:
    """A piece of a Document; ``text`` is the Document's text between ``start`` and ``end`` (code points, exclusive).

    ``lead_in`` is the sentence that introduces a list of which this chunk holds a later part, "" otherwise.
    """

    id: str
    policy: str
    sector: str
    contract_year: int
    heading_path: tuple[str, ...]
    page: int
    start: int
    end: int
    text: str
    lead_in: str

    @property
    def search_text(self) -> str:
        """Return what is embedded and searched: the heading path, the lead-in and the text."""
        return "\n".join(part for part in (" › ".join(self.heading_path), self.lead_in, self.text) if part)


@dataclass(frozen=True)
class _Piece:
    start: int
    end: int
    lead_in: str = ""


def split_chunks(document: Document) -> list[Chunk]:
    """Cut a Document into Chunks, in reading order."""
    return [
        _chunk(document, section, piece) for section in split_sections(document) for piece in _pieces(document, section)
    ]


def _pieces(document: Document, section: Section) -> Iterator[_Piece]:
    """Pack neighbouring units of a section as long as they fit and stand in one piece in the received file."""
    open_piece: _Piece | None = None
    for unit in _units(document, section):
        if open_piece is None:
            open_piece = unit
            continue
        if _may_join(open_piece, unit, section) and document.is_contiguous(open_piece.start, unit.end):
            open_piece = _Piece(open_piece.start, unit.end, open_piece.lead_in)
            continue
        yield open_piece
        open_piece = unit
    if open_piece:
        yield open_piece


def _units(document: Document, section: Section) -> Iterator[_Piece]:
    """Yield what should stay together: a paragraph, a row, or a lead-in with its list."""
    heading = section.heading
    lead = heading if heading and heading.block.text.endswith(":") else None
    group: list[Span] = []
    for span in section.spans:
        is_item = span.block.kind is BlockKind.ITEM
        if group and not (is_item and _holds_list(group)):
            yield from _split(document, group, lead)
            group, lead = [], None
        group.append(span)
    yield from _split(document, group, lead)


def _holds_list(group: list[Span]) -> bool:
    last = group[-1].block
    return last.kind is BlockKind.ITEM or last.text.rstrip().endswith((":", "(vervolg)"))


def _split(document: Document, group: list[Span], lead: Span | None) -> Iterator[_Piece]:
    """Cut a group that is too long: a list between items, a paragraph between sentences."""
    start = lead.start if lead and document.is_contiguous(lead.start, group[-1].end) else group[0].start
    if group[-1].end - start <= MAX_CHARACTERS:
        yield _Piece(start, group[-1].end)
        return
    introduction = lead or (group[0] if len(group) > 1 and group[0].block.kind is not BlockKind.ITEM else None)
    lead_in = introduction.block.text if introduction else ""
    for number, (first, last) in enumerate(_packed(_cut_points(group))):
        yield _Piece(start if number == 0 else first, last, lead_in if number else "")


def _cut_points(group: list[Span]) -> Iterator[tuple[int, int]]:
    for span in group:
        for first, last in sentence_spans(span.block.text):
            yield span.start + first, span.start + last


def _packed(parts: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    current: tuple[int, int] | None = None
    for first, last in parts:
        if current and last - current[0] <= MAX_CHARACTERS:
            current = (current[0], last)
            continue
        if current:
            yield current
        current = (first, last)
    if current:
        yield current


def _may_join(open_piece: _Piece, unit: _Piece, section: Section) -> bool:
    rows = {span.start for span in section.spans if span.block.kind is BlockKind.ROW}
    fits = unit.end - open_piece.start <= MAX_CHARACTERS
    return fits and not unit.lead_in and not rows & {open_piece.start, unit.start}


def _chunk(document: Document, section: Section, piece: _Piece) -> Chunk:
    text = document.text[piece.start : piece.end]
    return Chunk(
        id=sha256(f"{document.id}:{piece.start}:{text}".encode()).hexdigest()[:16],
        policy=document.id,
        sector=document.sector,
        contract_year=document.contract_year,
        heading_path=section.heading_path,
        page=document.page_at(piece.start),
        start=piece.start,
        end=piece.end,
        text=text,
        lead_in=piece.lead_in,
    )
