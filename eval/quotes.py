"""Quotes and Documents in; where a quote stands, whether it is literal, and whether two quotes overlap out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answer import Citation
from index.documents import Document
from index.extraction import even_out

MIN_CHARACTERS = 12
"""A shorter quote proves nothing: it stands anywhere."""

Offsets = tuple[int, int]


@dataclass(frozen=True)
class PlacedQuote:
    """A quote with every place where it stands in its policy; offsets are code points, the end is exclusive."""

    policy: str
    text: str
    places: tuple[Offsets, ...]


def find_quote(text: str, document: Document) -> PlacedQuote:
    """Find a quote in a Document, white space folded; without places when it is not there."""
    words = text.split()
    pattern = r"\s+".join(map(re.escape, words))
    places = tuple(match.span() for match in re.finditer(pattern, document.text)) if words else ()
    return PlacedQuote(document.id, " ".join(words), places)


def literal_quote(citation: Citation, documents: Mapping[str, Document]) -> PlacedQuote | None:
    """Return the quote of a citation at its place, None when it is not literal.

    A quote is literal when it has 12 characters or more and stands in one piece in the policy that it names. Where the
    offsets of the citation hold other text, its place is looked up.
    """
    document = documents.get(citation.policy)
    quote = even_out(citation.quote)
    if document is None or len(quote) < MIN_CHARACTERS:
        return None
    named = even_out(document.text[max(citation.start, 0) : max(citation.end, 0)])
    places = ((citation.start, citation.end),) if named == quote else find_quote(quote, document).places
    whole = tuple(place for place in places if document.is_contiguous(*place))
    return PlacedQuote(document.id, quote, whole) if whole else None


def overlaps(gold: PlacedQuote, cited: PlacedQuote) -> bool:
    """Tell whether two quotes of one policy contain one another, or share 12 characters by their places."""
    if gold.policy != cited.policy:
        return False
    return gold.text in cited.text or cited.text in gold.text or shares_place(gold, cited.places)


def shares_place(gold: PlacedQuote, places: tuple[Offsets, ...]) -> bool:
    """Tell whether a quote shares 12 characters, or all that it has, with one of the places in its policy."""
    needed = min(MIN_CHARACTERS, len(gold.text))
    return any(min(end, last) - max(start, first) >= needed for start, end in gold.places for first, last in places)
