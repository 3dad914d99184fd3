"""The Answer that every part of the product renders, and its JSON form."""

from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

SCHEMA = 1


class Status(StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    CLARIFY = "clarify"
    REDIRECT = "redirect"
    REFUSED = "refused"
    ERROR = "error"


class Composer(StrEnum):
    """What made the text of an Answer."""

    RULES = "rules"
    EXTRACTIVE = "extractive"
    MODEL = "model"


@dataclass(frozen=True)
class AnswerFact:
    """A fact as it holds on the day of asking; ``state`` is "none" for a fact without a date."""

    id: str
    kind: str
    label: str
    value: str | None
    date: str | None
    state: str
    days_left: int | None
    markers: tuple[int, ...]


@dataclass(frozen=True)
class Citation:
    """A literal piece of a policy; ``start`` and ``end`` are code points in the Document's text, end exclusive."""

    marker: int
    policy: str
    title: str
    heading_path: tuple[str, ...]
    page: int
    quote: str
    start: int
    end: int


@dataclass(frozen=True)
class Option:
    """A choice that answers a clarifying question; ``question`` is a whole question of its own."""

    label: str
    question: str


@dataclass(frozen=True)
class Contact:
    """A desk that can help; what the policy does not give is None."""

    desk: str
    email: str | None
    website: str | None
    phone: str | None


@dataclass(frozen=True)
class Answer:
    """Everything that is shown for one question; ``text`` is Markdown with markers such as [1]."""

    question: str
    lang: str
    as_of: str
    status: Status
    text: str
    id: str | None = None
    facts: tuple[AnswerFact, ...] = ()
    citations: tuple[Citation, ...] = ()
    options: tuple[Option, ...] = ()
    contact: Contact | None = None
    composer: Composer = Composer.RULES
    index_version: str | None = None
    rules_version: str | None = None
    elapsed_ms: float = 0.0
    schema: int = field(default=SCHEMA)

    def to_dict(self) -> dict[str, Any]:
        """Return the JSON object; every key is always there."""
        raw = asdict(self)
        order = ("schema", "id", "question", "lang", "as_of", "status", "text", "facts", "citations", "options")
        rest = ("contact", "composer", "index_version", "rules_version", "elapsed_ms")
        return {key: raw[key] for key in (*order, *rest)}
