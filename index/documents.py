"""A folder of policy files with its manifest in, Documents with their repaired text out."""

import hashlib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from index.errors import DocumentError
from index.extraction import Block, BlockKind, extract, page_of
from index.manifest import DocumentEntry, read_manifest

BUNDLED = Path(__file__).parent / "documents"


@dataclass(frozen=True)
class Span:
    """A block at its place in the text of a Document; offsets are code points, the end is exclusive."""

    block: Block
    start: int
    end: int


@dataclass(frozen=True, eq=False)
class Document:
    """A policy: what it is, and its text in reading order. Two are equal only when they are the same object.

    ``spans`` are the blocks in order; ``page_starts`` are (offset, page) of every received line, in order of offset.
    """

    id: str
    title: str
    publisher: str
    sector: str
    contract_year: int
    version: str
    source: str
    sha256: str
    text: str
    spans: tuple[Span, ...]
    page_starts: tuple[tuple[int, int], ...]

    def page_at(self, offset: int) -> int:
        """Return the page of the received text on which the character at ``offset`` stands."""
        at = bisect_right(self.page_starts, offset, key=lambda start: start[0]) - 1
        return self.page_starts[max(at, 0)][1]

    def is_contiguous(self, start: int, end: int) -> bool:
        """Tell whether the text between two offsets stands in one piece in the received file."""
        return not any(span.block.after_seam and start < span.start < end for span in self.spans)


def read_documents(*folders: Path) -> list[Document]:
    """Read every policy of the given folders, the bundled folder when none is given.

    Raises:
        ManifestError: a manifest is malformed or does not fit its file.
        DocumentError: a file is missing, changed, not UTF-8, or not named by the manifest; or an id stands twice.
    """
    documents = [document for folder in folders or (BUNDLED,) for document in _read_folder(folder)]
    ids = [document.id for document in documents]
    twice = next((identifier for identifier in ids if ids.count(identifier) > 1), None)
    if twice:
        raise DocumentError(f"Het beleid {twice} is twee keer aanwezig; verwijder er een.")
    return documents


def _read_folder(folder: Path) -> list[Document]:
    manifest = read_manifest(folder / "manifest.yaml")
    named = {entry.file for entry in manifest.documents}
    unnamed = sorted(path.name for path in folder.glob("*.txt") if path.name not in named)
    if unnamed:
        raise DocumentError(
            f"Het bestand {folder / unnamed[0]} staat niet in manifest.yaml. Voeg het toe, met sector en contractjaar."
        )
    return [_read_document(folder / entry.file, entry) for entry in manifest.documents]


def _read_document(path: Path, entry: DocumentEntry) -> Document:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DocumentError(f"Het beleid {path} is niet te lezen: {error.strerror}.") from error
    if hashlib.sha256(content).hexdigest() != entry.sha256:
        raise DocumentError(
            f"Het beleid {path} is niet het bestand dat manifest.yaml beschrijft (sha256 verschilt). "
            "Zet het oorspronkelijke bestand terug, of beschrijf de nieuwe versie in het manifest."
        )
    try:
        return _assemble(content.decode("utf-8"), entry)
    except UnicodeDecodeError as error:
        raise DocumentError(f"Het beleid {path} is geen UTF-8 (byte {error.start}).") from error


def _assemble(raw: str, entry: DocumentEntry) -> Document:
    text = ""
    spans: list[Span] = []
    page_starts: list[tuple[int, int]] = []
    for block in extract(raw, entry):
        text += _separator(spans[-1].block if spans else None, block)
        start = len(text)
        page_starts += [(start + at, page_of(line, entry.page_starts)) for at, line in block.line_starts]
        text += block.text
        spans.append(Span(block, start, len(text)))
    return Document(
        id=entry.id, title=entry.title, publisher=entry.publisher, sector=entry.sector,
        contract_year=entry.contract_year, version=entry.version, source=entry.source, sha256=entry.sha256,
        text=text, spans=tuple(spans), page_starts=tuple(page_starts),
    )  # fmt: skip


def _separator(previous: Block | None, block: Block) -> str:
    if previous is None:
        return ""
    close = (BlockKind.ITEM, BlockKind.ROW)
    return "\n" if previous.kind in close and block.kind in close else "\n\n"


def find_document(documents: Iterable[Document], identifier: str) -> Document:
    """Return the Document with this id.

    Raises:
        DocumentError: there is none.
    """
    for document in documents:
        if document.id == identifier:
            return document
    raise DocumentError(f"Er is geen beleid '{identifier}'.")
