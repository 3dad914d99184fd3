"""A Document in, its Sections out: the text under one heading, with the path of headings above it."""

import re
from dataclasses import dataclass

from index.documents import Document, Span
from index.extraction import BlockKind


@dataclass(frozen=True)
class Section:
    """The blocks under one heading, up to the next heading of any level.

    ``heading_path`` runs from the chapter down; ``heading`` is the span of the lowest heading, None before the first.
    """

    heading_path: tuple[str, ...]
    heading: Span | None
    spans: tuple[Span, ...]


def split_sections(document: Document) -> list[Section]:
    """Cut a Document into Sections; headings with nothing under them but other headings give no Section."""
    sections: list[Section] = []
    path: list[tuple[int, str]] = []
    heading: Span | None = None
    spans: list[Span] = []

    def close() -> None:
        if spans:
            sections.append(Section(tuple(title for _, title in path), heading, tuple(spans)))
            spans.clear()

    for span in document.spans:
        if span.block.kind is not BlockKind.HEADING:
            spans.append(span)
            continue
        close()
        path = [step for step in path if step[0] < span.block.level]
        path.append((span.block.level, _title(span.block.text)))
        heading = span
    close()
    return sections


def section_at(sections: list[Section], offset: int) -> Section:
    """Return the Section in which the character at ``offset`` stands; a heading belongs to the Section under it."""
    for section in sections:
        if offset < section.spans[-1].end:
            return section
    return sections[-1]


def _title(heading: str) -> str:
    return re.sub(r"^(\d+)\.\s", r"\1 ", heading).rstrip(":")
