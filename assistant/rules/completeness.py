"""Documents and facts in, the sentences out that lay something down while no fact holds them."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from assistant.errors import FactsError
from assistant.rules.model import Fact
from index.documents import Document
from index.extraction import BlockKind, even_out
from index.sections import section_at, split_sections
from index.sentences import sentence_spans

_FOLDER = Path(__file__).parent
_WORDS = _FOLDER / "duty_words.yaml"
WAIVERS = _FOLDER / "waivers.yaml"


@dataclass(frozen=True)
class Sentence:
    """A sentence of a policy at its place; offsets are code points in the Document's text, end exclusive."""

    policy: str
    heading_path: tuple[str, ...]
    page: int
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Coverage:
    """How the telling sentences of the policies are accounted for; ``idle`` are waivers that waive nothing."""

    sentences: int
    telling: int
    bound: int
    waived: int
    open: tuple[Sentence, ...]
    idle: tuple[str, ...]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Waiver(_Strict):
    """A sentence that needs no fact, and why."""

    quote: str = Field(min_length=3)
    reason: str = Field(min_length=10)


class Derived(_Strict):
    """Something that the answer of a fact may say though none of its sources holds it literally, and why."""

    fact: str
    found: str
    reason: str = Field(min_length=10)


class Waivers(_Strict):
    """What the checks let pass, each with its reason."""

    waivers: list[Waiver]
    derived: list[Derived]


class _Words(_Strict):
    figures: list[re.Pattern[str]]
    addresses: list[re.Pattern[str]]
    duties: list[re.Pattern[str]]


def coverage(documents: list[Document], facts: list[Fact], waivers: list[Waiver]) -> Coverage:
    """Account for every telling sentence: bound to a fact, waived with a reason, or open."""
    sentences = [sentence for document in documents for sentence in sentences_of(document)]
    telling = [sentence for sentence in sentences if is_telling(sentence.text)]
    unbound = [sentence for sentence in telling if not is_bound(sentence, facts)]
    left = tuple(sentence for sentence in unbound if not any(_waives(waiver, sentence) for waiver in waivers))
    idle = tuple(waiver.quote for waiver in waivers if not any(_waives(waiver, sentence) for sentence in unbound))
    bound = len(telling) - len(unbound)
    return Coverage(len(sentences), len(telling), bound, len(unbound) - len(left), left, idle)


def sentences_of(document: Document) -> Iterator[Sentence]:
    """Yield every sentence, heading, list item and table row of a policy, in order."""
    sections = split_sections(document)
    for span in document.spans:
        whole = [(0, len(span.block.text))]
        is_heading = span.block.kind is BlockKind.HEADING
        for first, last in whole if is_heading else sentence_spans(span.block.text):
            start, end = span.start + first, span.start + last
            section = section_at(sections, start)
            yield Sentence(
                document.id, section.heading_path, document.page_at(start), document.text[start:end], start, end
            )


def is_telling(text: str) -> bool:
    """Tell whether a sentence holds a date, number, address or word of duty."""
    words = _words()
    return any(pattern.search(text) for pattern in (*words.figures, *words.addresses, *words.duties))


def is_bound(sentence: Sentence, facts: Iterable[Fact]) -> bool:
    """Tell whether a quote of a fact overlaps a sentence, and each of its figures and addresses stands in a quote."""
    spans = [
        (quote.start, quote.end)
        for fact in facts
        for own in fact.quotes
        for quote in (own, *own.twins)
        if quote.policy == sentence.policy and quote.start < sentence.end and sentence.start < quote.end
    ]
    words = _words()
    places = [
        sentence.start + match.start()
        for pattern in (*words.figures, *words.addresses)
        for match in pattern.finditer(sentence.text)
    ]
    return bool(spans) and all(any(start <= place < end for start, end in spans) for place in places)


def read_waivers(path: Path = WAIVERS) -> Waivers:
    """Read what the checks let pass.

    Raises:
        FactsError: the file is malformed.
    """
    try:
        return Waivers.model_validate(yaml.safe_load(path.read_text(encoding="utf-8")))
    except (OSError, yaml.YAMLError, ValidationError) as error:
        raise FactsError(f"{path}: niet te lezen: {error}") from error


def _waives(waiver: Waiver, sentence: Sentence) -> bool:
    return even_out(waiver.quote) == even_out(sentence.text)


@lru_cache(maxsize=1)
def _words() -> _Words:
    raw = yaml.safe_load(_WORDS.read_text(encoding="utf-8"))
    return _Words.model_validate({key: [re.compile(word, re.IGNORECASE) for word in raw[key]] for key in raw})
