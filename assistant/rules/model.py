"""The format of a facts file, and the Fact that it becomes when its quotes are found in the policy."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from assistant.scope import ProviderType

Text = Annotated[str, Field(min_length=1)]


class Kind(StrEnum):
    """What a fact lays down."""

    DEADLINE = "deadline"
    TERM = "term"
    REQUIREMENT = "requirement"
    LIST = "list"
    AUTHORISATION = "authorisation"
    PROCEDURE = "procedure"
    AMOUNT = "amount"
    DEFINITION = "definition"
    CONTACT = "contact"
    CHANGE = "change"
    CONFLICT = "conflict"
    UNDEFINED = "undefined"
    STATEMENT = "statement"
    REDIRECT = "redirect"
    ABSENT = "absent"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class QuoteEntry(_Strict):
    """A literal sentence; ``under`` names a heading above it where the same words stand more than once."""

    text: str = Field(min_length=12)
    under: str | None = None


class WhenEntry(_Strict):
    """A day of the policy, or the first and last day that a vague date can mean.

    ``until`` includes the day, ``before`` excludes it, ``from`` starts on it, ``moment`` is neither.
    """

    bound: Literal["until", "before", "from", "moment"]
    day: date | None = None
    earliest: date | None = None
    latest: date | None = None

    @model_validator(mode="after")
    def _is_a_day_or_a_vague_period(self) -> "WhenEntry":
        vague = self.earliest is not None and self.latest is not None and self.earliest < self.latest
        if (self.day is not None) == vague or (self.day and (self.earliest or self.latest)):
            raise ValueError("geef 'day', of 'earliest' en 'latest' van een vage datum")
        return self


class TermEntry(_Strict):
    """A term counted from an event."""

    count: int = Field(gt=0)
    unit: Literal["week", "working-day", "first-of-next-month"]
    event: Text


class AnswerEntry(_Strict):
    """The answer in Dutch and English; "[1]" stands for the first quote of the fact."""

    nl: Text
    en: Text


class CuesEntry(_Strict):
    """Words in a question that speak for this fact, or against it; regular expressions over the folded question."""

    favours: re.Pattern[str] | None = None
    rules_out: re.Pattern[str] | None = None


class ThresholdEntry(_Strict):
    """A number that decides a yes/no question: Ja where a number before ``unit`` in the question satisfies it."""

    number: float
    unit: re.Pattern[str]
    holds: Literal["above", "at-least", "below", "at-most"]


class AskedEntry(_Strict):
    """The phrasings people use: open questions, and yes/no questions by the side that the fact takes.

    ``still`` holds "can I still …" questions, whose side depends on the day.
    """

    what: list[Text] = []
    affirmed: list[Text] = []
    denied: list[Text] = []
    depends: list[Text] = []
    still: list[Text] = []

    def count(self) -> int:
        """Return the number of phrasings."""
        return sum(len(group) for group in (self.what, self.affirmed, self.denied, self.depends, self.still))


class FactEntry(_Strict):
    """One fact as written in YAML.

    ``elsewhere``: what is absent for these askers is laid down for others, so that its absence is an answer, not a gap.
    """

    id: str = Field(pattern=r"^[a-z0-9]+(?:[.-][a-z0-9]+)+$")
    kind: Kind
    topic: str = Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
    label: str = Field(min_length=3, max_length=70)
    provider_types: list[ProviderType] = []
    value: Text | None = None
    when: WhenEntry | None = None
    term: TermEntry | None = None
    threshold: ThresholdEntry | None = None
    cues: CuesEntry | None = None
    answer: AnswerEntry
    quotes: list[QuoteEntry] = []
    items: list[Text] = []
    desk: Text | None = None
    elsewhere: bool = False
    asked: AskedEntry

    @property
    def is_gap(self) -> bool:
        """Tell whether the fact is that the policy is silent, so that what is asked is refused."""
        return self.kind is Kind.ABSENT and not self.elsewhere


class FactsFile(_Strict):
    """A file of facts of one policy; ``general`` for what holds whatever the policy."""

    policy: Text
    facts: list[FactEntry]


@dataclass(frozen=True)
class Quote:
    """A literal piece of a policy at its place; offsets are code points in the Document's text, end exclusive.

    ``twins`` are the same words in the other policies, of a fact that holds whatever the policy.
    """

    policy: str
    title: str
    heading_path: tuple[str, ...]
    page: int
    text: str
    start: int
    end: int
    twins: tuple["Quote", ...] = ()


@dataclass(frozen=True)
class Fact:
    """A fact whose quotes were found; ``policy`` is None for what holds whatever the policy."""

    entry: FactEntry
    policy: str | None
    types: frozenset[ProviderType]
    quotes: tuple[Quote, ...]

    @property
    def id(self) -> str:
        """Return the id, made of policy, kind and topic."""
        return self.entry.id
