"""A question set in, Cases whose gold quotes are found in the policies out, with the Problems of the rest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter

from assistant.question import Question
from assistant.scope import ProviderType
from eval.lines import Problem, read_lines
from eval.patterns import checked
from eval.quotes import PlacedQuote, find_quote
from eval.texts import texts
from index.documents import Document

Text = Annotated[str, Field(min_length=1)]
Pattern = Annotated[Text, AfterValidator(checked)]


class Expect(StrEnum):
    """What a good answer to a question is."""

    ANSWER = "answer"
    CLARIFY = "clarify"
    REFUSE = "refuse"
    REDIRECT = "redirect"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class EvidenceEntry(_Strict):
    """A literal sentence of a policy that proves the answer."""

    policy: Text
    quote: Text


class CaseEntry(_Strict):
    """One line of a question set.

    ``must``: of every inner list one pattern matches the text of the answer; ``must_not``: no pattern matches it.
    ``evidence_any``: one quote is enough. ``hard``: counted in a total of its own. ``clarify_ok``: an answer that
    covers every case is as good as asking back. ``gold``: a model answer; the yes or no that it begins with is right.
    """

    id: Text
    question: Text
    lang: str = Field(pattern=r"^[a-z]{2}$")
    category: Text
    policies: tuple[str, ...]
    expect: Expect
    must: tuple[Annotated[tuple[Pattern, ...], Field(min_length=1)], ...] = ()
    must_not: tuple[Pattern, ...] = ()
    evidence: tuple[EvidenceEntry, ...] = ()
    evidence_any: bool = False
    as_of: date | None = None
    history: tuple[Text, ...] = ()
    policy: Text | None = None
    provider_type: ProviderType | None = None
    hard: bool = False
    clarify_ok: bool = False
    gold: str | None = None
    notes: str | None = None


@dataclass(frozen=True)
class Case:
    """A question with what a good answer holds; ``line`` is where it stands, ``gold_quotes`` stand in the policies."""

    line: int
    entry: CaseEntry
    gold_quotes: tuple[PlacedQuote, ...]

    @property
    def id(self) -> str:
        """Return the name of the case."""
        return self.entry.id

    def to_question(self, today: date) -> Question:
        """Return what is asked, and nothing of what is expected; ``today`` holds where the case names no day."""
        entry = self.entry
        return Question(
            text=entry.question, as_of=entry.as_of or today, id=entry.id,
            provider_type=entry.provider_type, policy=entry.policy, history=entry.history,
        )  # fmt: skip


@dataclass(frozen=True)
class CaseSet:
    """The usable cases of a question set, in order, and what is wrong with the others."""

    file: str
    cases: tuple[Case, ...]
    problems: tuple[Problem, ...]


def read_cases(path: Path, documents: list[Document]) -> CaseSet:
    """Read a question set.

    A line that cannot be used becomes a Problem; so does a gold quote that is not in its policy, but its case stays.

    Raises:
        UnreadableFileError: there is no such file.
    """
    known = {document.id: document for document in documents}
    lines = read_lines(path, TypeAdapter(CaseEntry))
    cases, problems = [], list(lines.problems)
    for numbered in lines.records:
        entry = numbered.record
        quotes = [find_quote(gold.quote, known[gold.policy]) for gold in entry.evidence if gold.policy in known]
        cases.append(Case(numbered.line, entry, tuple(quote for quote in quotes if quote.places)))
        messages = [*_unknown_policies(entry, known), *_not_found(quotes)]
        problems += [Problem(path.name, numbered.line, entry.id, message) for message in messages]
    return CaseSet(path.name, tuple(cases), tuple(sorted(problems, key=lambda problem: problem.line)))


def _unknown_policies(entry: CaseEntry, known: dict[str, Document]) -> Iterator[str]:
    named = [*entry.policies, *(gold.policy for gold in entry.evidence), *([entry.policy] if entry.policy else [])]
    for policy in dict.fromkeys(named):
        if policy not in known:
            yield texts().problem("unknown-policy", policy=policy)


def _not_found(quotes: list[PlacedQuote]) -> Iterator[str]:
    for quote in quotes:
        if not quote.places:
            yield texts().problem("quote-not-found", policy=quote.policy, quote=quote.text)
