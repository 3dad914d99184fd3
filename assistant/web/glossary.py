"""glossary.yaml in, the abbreviations of the policies with the sentence that explains each out."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field

from assistant.errors import FactsError
from index.documents import Document, find_document

_FILE = Path(__file__).parent / "glossary.yaml"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _TermEntry(_Strict):
    short: str = Field(min_length=2)
    means: str | None = None
    policy: str | None = None
    quote: str | None = None


class _GlossaryFile(_Strict):
    terms: list[_TermEntry]


@dataclass(frozen=True)
class Place:
    """A piece of a policy; offsets are code points in the Document's text, end exclusive."""

    policy: str
    title: str
    page: int
    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class Term:
    """An abbreviation; ``means`` and ``place`` are None where the policies do not explain it."""

    short: str
    means: str | None
    place: Place | None


def read_glossary(documents: list[Document]) -> list[Term]:
    """Return the abbreviations in order of the alphabet, each with its place in the policy.

    Raises:
        FactsError: a sentence does not stand in its policy, or does not hold its abbreviation.
    """
    terms = [Term(entry.short, entry.means, _place(entry, documents)) for entry in _entries()]
    return sorted(terms, key=lambda term: term.short.lower())


@lru_cache(maxsize=1)
def meanings() -> dict[str, str | None]:
    """Return what each abbreviation means, None where the policies do not say it."""
    return {entry.short: entry.means for entry in _entries()}


@lru_cache(maxsize=1)
def _entries() -> list[_TermEntry]:
    return _GlossaryFile.model_validate(yaml.safe_load(_FILE.read_text(encoding="utf-8"))).terms


def _place(entry: _TermEntry, documents: list[Document]) -> Place | None:
    if entry.quote is None or entry.policy is None:
        return None
    document = find_document(documents, entry.policy)
    start = document.text.find(entry.quote)
    end = start + len(entry.quote)
    if start < 0 or entry.short not in entry.quote or not document.is_contiguous(start, end):
        raise FactsError(f"{_FILE.name}: {entry.short}, sleutel quote: deze zin staat niet zo in {document.id}.")
    return Place(document.id, document.title, document.page_at(start), entry.quote, start, end)
