"""The received text of a policy in, its blocks in true reading order out; every repair is data in the manifest."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from index.errors import ManifestError
from index.manifest import DocumentEntry, LineRange, TableEntry, line_numbers, ordered_pieces

_LINK_RESIDUE = re.compile(r"(?:mailto:|https?:)\S*")
_ITEM = re.compile(r"(?:•|-|o) ")
_SENTENCE_END = re.compile(r"[.:;?!’”]$")


class BlockKind(StrEnum):
    """What a block is in the layout of the policy."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    ROW = "row"


@dataclass(frozen=True)
class Block:
    """A heading, paragraph, list item or table row.

    ``line_starts`` holds (offset in ``text``, line number) of every received line; ``after_seam`` says that the
    received file has something else before this block; ``level`` is the depth of a heading, 0 for other blocks;
    ``cell`` is where the last column of a row begins in ``text``, 0 for other blocks.
    """

    kind: BlockKind
    text: str
    line_starts: tuple[tuple[int, int], ...]
    after_seam: bool = False
    level: int = 0
    cell: int = 0


@dataclass(frozen=True)
class _Line:
    """A line with text: ``gap`` says that a blank line stands before it, ``seam`` that it was moved here."""

    number: int
    text: str
    gap: bool
    seam: bool


def extract(raw: str, entry: DocumentEntry) -> list[Block]:
    """Undo the extraction of one policy: residue, tabs, broken words and the order of reading.

    Raises:
        ManifestError: the manifest names a line that is not there, twice, or not at all, or a table without cells.
    """
    layout = _Layout(entry)
    units: list[list[_Line]] = []
    for line in _ordered_lines(raw.split("\n"), entry):
        if units and layout.continues(units[-1], line):
            units[-1].append(line)
        else:
            units.append([line])
    return [block for unit in units for block in layout.blocks(unit)]


def page_of(line: int, page_starts: list[int]) -> int:
    """Return the page, counted from 1 in the received text, on which a line stands."""
    return bisect_right(page_starts, line)


def even_out(text: str) -> str:
    """Fold tabs, line ends and runs of spaces into single spaces."""
    return " ".join(text.split())


def _ordered_lines(received: list[str], entry: DocumentEntry) -> Iterator[_Line]:
    left = {number: even_out(text) for number, text in enumerate(received, 1)}
    previous, gap, seam = 0, False, False
    for number, part in ordered_pieces(entry.order):
        if number not in left:
            raise ManifestError(f"Document {entry.id}: regel {number} in 'order' bestaat niet of staat er twee keer.")
        text = left.pop(number)
        if part is not None:
            if part not in text:
                raise ManifestError(f"Document {entry.id}: '{part}' staat niet in regel {number} ('order').")
            left[number] = even_out(text.replace(part, "", 1))
            text = part
        seam = seam or number != previous + 1 or part is not None
        previous = number
        if text and not _LINK_RESIDUE.fullmatch(text):
            yield _Line(number, text, gap, seam)
            gap = seam = False
        gap = gap or not text
    forgotten = [number for number, text in left.items() if text]
    if forgotten:
        raise ManifestError(f"Document {entry.id}: regel {forgotten[0]} staat niet in 'order'.")


class _Layout:
    """What the manifest says about single lines."""

    def __init__(self, entry: DocumentEntry) -> None:
        self._broken_words = frozenset(entry.hyphens)
        self._headings: dict[int, tuple[int, LineRange]] = {
            number: (level, lines)
            for level, ranges in entry.headings.items()
            for lines in ranges
            for number in line_numbers(lines)
        }
        self._tables: dict[int, TableEntry] = {
            number: table for table in entry.tables for number in line_numbers(table.lines)
        }
        self._footnotes: dict[int, LineRange] = {
            number: lines for lines in entry.footnotes for number in line_numbers(lines)
        }

    def continues(self, unit: list[_Line], line: _Line) -> bool:
        """Tell whether a line belongs to the heading, table, footnote, list item or paragraph before it."""
        layout_unit = self._unit(line)
        if line.seam or layout_unit != self._unit(unit[0]):
            return False
        if layout_unit is not None:
            return True
        if _ITEM.match(line.text):
            return False
        return not line.gap or not _SENTENCE_END.search(unit[-1].text)

    def blocks(self, unit: list[_Line]) -> list[Block]:
        """Turn the lines of one unit into its block, or into one block per table row."""
        number = unit[0].number
        if number in self._tables:
            return self._rows(unit[1:], self._tables[number].cells)
        block = self._block(BlockKind.ITEM if _ITEM.match(unit[0].text) else BlockKind.PARAGRAPH, unit)
        if number in self._headings:
            block = replace(block, kind=BlockKind.HEADING, level=self._headings[number][0])
        return [block]

    def _unit(self, line: _Line) -> object:
        number = line.number
        return self._headings.get(number) or self._tables.get(number) or self._footnotes.get(number)

    def _rows(self, lines: list[_Line], cells: list[str]) -> list[Block]:
        """Cut a table into rows: a row ends at the first blank line behind the beginning of its last cell."""
        rows: list[Block] = []
        unfinished: list[_Line] = []
        for line in lines:
            if line.gap and unfinished and (row := self._row(unfinished, cells)):
                rows.append(row)
                unfinished = []
            unfinished.append(line)
        last = self._row(unfinished, cells) if unfinished else None
        if last is None:
            raise ManifestError(f"Geen laatste kolom gevonden in de tabel bij regel {lines[-1].number}.")
        return [*rows, last]

    def _row(self, lines: list[_Line], cells: list[str]) -> Block | None:
        block = self._block(BlockKind.ROW, lines)
        cell = min((at for start in cells if (at := block.text.find(start)) > 0), default=0)
        return replace(block, cell=cell) if cell else None

    def _block(self, kind: BlockKind, lines: list[_Line]) -> Block:
        text, starts = "", []
        for line in lines:
            text = self._open_end(text, line.text)
            starts.append((len(text), line.number))
            text += line.text
        return Block(kind, text, tuple(starts), after_seam=lines[0].seam)

    def _open_end(self, text: str, following: str) -> str:
        """Return the text so far as it must end before the next line: with a space, or without its hyphen."""
        if not text or text.endswith(("@", "www.")):
            return text
        if not text.endswith("-"):
            return text + " "
        whole = text.rsplit(" ", 1)[-1][:-1] + re.split(r"\W", following, maxsplit=1)[0]
        return text[:-1] if whole in self._broken_words else text
