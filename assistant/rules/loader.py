"""Facts files in, Facts with their quotes found in the policies out; nothing loads when one does not."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

import yaml
from pydantic import ValidationError

from assistant.errors import FactsError
from assistant.rules.model import Fact, FactEntry, FactsFile, Kind, Quote, QuoteEntry
from assistant.scope import TYPES_OF_SECTOR, ProviderType
from index.documents import Document
from index.extraction import even_out
from index.sections import Section, section_at, split_sections

BUNDLED = Path(__file__).parent / "facts"
GENERAL = "general"
_MARKER = re.compile(r"\[(\d+)\]")
_CHARACTER_OR_SPACE = re.compile(r"\s+|\S")
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_Fail = Callable[[str, str], FactsError]
"""Turns a key and a problem into the error of one fact."""


class _Loader(yaml.CSafeLoader):
    """A SafeLoader that leaves days as text, so that one that does not exist is refused with file, id and key."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != _TIMESTAMP]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def load_facts(documents: list[Document], *folders: Path) -> list[Fact]:
    """Read every facts file of the given folders, the bundled one when none is given.

    Raises:
        FactsError: a file is malformed, an id stands twice, a quote is not literal, or a fact names what is not there.
    """
    paths = [path for folder in folders or (BUNDLED,) for path in sorted(folder.rglob("*.yaml"))]
    placed = [(path, fact) for path in paths for fact in load_file(path, documents)]
    _check_together(placed)
    return [fact for _, fact in placed]


def load_file(path: Path, documents: list[Document]) -> list[Fact]:
    """Read one facts file; its quotes are looked up, the ids that it refers to are not.

    Raises:
        FactsError: as ``load_facts``.
    """
    parsed = _parse(path)
    document = next((known for known in documents if known.id == parsed.policy), None)
    if document is None and parsed.policy != GENERAL:
        raise FactsError(f"{path}: het beleid '{parsed.policy}' bestaat niet (sleutel policy).")
    return [_fact(path, entry, document, documents) for entry in parsed.facts]


def rules_version(facts: list[Fact]) -> str:
    """Return a hash of all that the facts lay down."""
    digest = sha256()
    for fact in facts:
        digest.update(fact.entry.model_dump_json().encode())
    return digest.hexdigest()[:12]


def _parse(path: Path) -> FactsFile:
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a SafeLoader
        return FactsFile.model_validate(raw)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise FactsError(f"{path}: niet te lezen als YAML: {error}") from error
    except ValidationError as error:
        problem = error.errors()[0]
        location = list(problem["loc"])
        identifier = ""
        if len(location) > 1 and location[0] == "facts" and isinstance(raw["facts"][location[1]], dict):
            identifier = f" {raw['facts'][location[1]].get('id', location[1])},"
            location = location[2:]
        key = ".".join(map(str, location))
        raise FactsError(f"{path}:{identifier} sleutel {key}: {problem['msg']}") from error


def _fact(path: Path, entry: FactEntry, document: Document | None, documents: list[Document]) -> Fact:
    def fail(key: str, problem: str) -> FactsError:
        return FactsError(f"{path}: {entry.id}, sleutel {key}: {problem}")

    prefix = document.id if document else GENERAL
    if not entry.id.startswith(prefix + "."):
        raise fail("id", f"begint niet met '{prefix}.'")
    sector_types = TYPES_OF_SECTOR[document.sector] if document else frozenset(ProviderType)
    foreign = set(entry.provider_types) - sector_types
    if foreign:
        raise fail("provider_types", f"'{min(foreign)}' hoort niet bij {prefix}")
    quotes = tuple(_find(quote, document, documents, fail) for quote in entry.quotes)
    if not quotes and not entry.items and entry.kind not in (Kind.ABSENT, Kind.REDIRECT):
        raise fail("quotes", "een feit heeft ten minste een letterlijke zin nodig")
    for language, text in (("nl", entry.answer.nl), ("en", entry.answer.en)):
        unknown = [marker for marker in _MARKER.findall(text) if not 0 < int(marker) <= len(quotes)]
        if unknown:
            raise fail(f"answer.{language}", f"marker [{unknown[0]}] hoort bij geen zin in 'quotes'")
    return Fact(entry, document.id if document else None, frozenset(entry.provider_types) or sector_types, quotes)


def _find(quote: QuoteEntry, document: Document | None, documents: list[Document], fail: _Fail) -> Quote:
    wanted = even_out(quote.text)
    newest_first = sorted(documents, key=lambda known: known.contract_year, reverse=True)
    found: dict[str, Quote] = {}
    for place in [document] if document else newest_first:
        for candidate in _occurrences(wanted, place):
            if quote.under is None or any(quote.under in heading for heading in candidate.heading_path):
                found.setdefault(place.id, candidate)
    if not found:
        raise fail("quotes", f"deze zin staat niet letterlijk en aaneengesloten in het beleid: '{wanted}'")
    first, *twins = found.values()
    return replace(first, twins=tuple(twins))


def _occurrences(wanted: str, document: Document) -> Iterable[Quote]:
    text, places = _evened(document)
    at = text.find(wanted)
    while at >= 0:
        start, end = places[at], places[at + len(wanted) - 1] + 1
        if document.is_contiguous(start, end):
            path, page = section_at(_sections(document), start).heading_path, document.page_at(start)
            yield Quote(document.id, document.title, path, page, even_out(document.text[start:end]), start, end)
        at = text.find(wanted, at + len(wanted))


@lru_cache(maxsize=16)
def _evened(document: Document) -> tuple[str, list[int]]:
    """Return the text with every run of white space as one space, and where each of its characters stands."""
    places = [match.start() for match in _CHARACTER_OR_SPACE.finditer(document.text)]
    return "".join(" " if document.text[at].isspace() else document.text[at] for at in places), places


@lru_cache(maxsize=16)
def _sections(document: Document) -> list[Section]:
    return split_sections(document)


def _check_together(placed: list[tuple[Path, Fact]]) -> None:
    ids = {fact.id for _, fact in placed}
    seen: set[str] = set()
    for path, fact in placed:
        if fact.id in seen:
            raise FactsError(f"{path}: {fact.id}, sleutel id: dit id staat er twee keer.")
        seen.add(fact.id)
        unknown = [item for item in fact.entry.items if item not in ids]
        if unknown:
            raise FactsError(f"{path}: {fact.id}, sleutel items: het feit '{unknown[0]}' bestaat niet.")
