"""A Draft in, what is not proven in it out: unknown markers, quotes that are not literal, figures without evidence."""

import re
from collections.abc import Iterable

from assistant.answer import Citation
from assistant.days import MONTH_NAMES
from assistant.rules.model import Fact
from index.documents import Document, find_document
from index.extraction import even_out

_MARKER = re.compile(r"\[(\d+)\]")
_FIGURE = re.compile(r"\d[\d.,]*\d|\d")
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\bwww\.[\w.-]+\w")
_ENGLISH_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_SIDE = re.compile(r"\W*(ja|nee|yes|no|dat hangt|that depends)\b", re.IGNORECASE)
_MONTH = re.compile(rf"\b({'|'.join(MONTH_NAMES)})\b", re.IGNORECASE)
_SHORTEST_QUOTE = 12


def unproven(text: str, citations: list[Citation], documents: list[Document], known: Iterable[str]) -> list[str]:
    """Return what is wrong with a text, empty when nothing is.

    Every marker must have its citation, every quote must stand in one piece in its policy, and every figure and address
    must stand in a quote or in one of the ``known`` strings: what the rules computed or the policy's own headings.
    """
    problems = [f"marker [{number}] heeft geen bron" for number in _unknown_markers(text, citations)]
    problems += [f"citaat [{citation.marker}] staat niet letterlijk in het beleid" for citation in citations
                 if not is_literal(citation, documents)]  # fmt: skip
    evidence = " ".join([*(citation.quote for citation in citations), *known])
    figures, addresses = set(_FIGURE.findall(evidence)), set(_ADDRESS.findall(evidence))
    bare = _MARKER.sub(" ", text)
    problems += [
        f"adres {address} staat in geen bron" for address in _ADDRESS.findall(bare) if address not in addresses
    ]
    bare = _ENGLISH_THOUSANDS.sub(".", _ADDRESS.sub(" ", bare))
    problems += [f"getal {figure} staat in geen bron" for figure in _FIGURE.findall(bare) if figure not in figures]
    return problems


def departures(words: str, proven: str) -> list[str]:
    """Return where words depart from the proven text that they word anew: its side at the beginning, and its months."""
    problems = []
    if _side(words) != _side(proven):
        problems.append("de tekst begint niet met dezelfde kant")
    months = {month.lower() for month in _MONTH.findall(proven)}
    problems += [
        f"{month} staat niet in het antwoord" for month in _MONTH.findall(words) if month.lower() not in months
    ]
    return problems


def _side(text: str) -> str:
    found = _SIDE.match(text)
    return found.group(1).lower() if found else ""


def is_literal(citation: Citation, documents: list[Document]) -> bool:
    """Tell whether a quote stands, in one piece and at least 12 characters long, at its place in the policy."""
    document = find_document(documents, citation.policy)
    stands = even_out(document.text[citation.start : citation.end]) == even_out(citation.quote)
    return stands and len(citation.quote) >= _SHORTEST_QUOTE and document.is_contiguous(citation.start, citation.end)


def figures_of(facts: Iterable[Fact]) -> list[str]:
    """Return the strings of facts in which figures may stand that are in no quote: labels, values and headings."""
    return [
        piece
        for fact in facts
        for piece in (fact.entry.label, fact.entry.value or "", *(step for q in fact.quotes for step in q.heading_path))
    ]


def _unknown_markers(text: str, citations: list[Citation]) -> list[int]:
    known = {citation.marker for citation in citations}
    return sorted({int(number) for number in _MARKER.findall(text)} - known)
