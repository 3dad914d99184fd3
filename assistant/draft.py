"""An Answer in the making: its text so far, its sources, facts and options."""

import re
from dataclasses import dataclass, field

from assistant.answer import AnswerFact, Citation, Composer, Contact, Option, Status
from assistant.rules.lookup import FactLookup
from assistant.rules.model import Fact, Quote
from assistant.scope import TYPES_OF_SECTOR, ProviderType
from assistant.understand import Query
from index.documents import Document, find_document
from prompts import text

_MARKER = re.compile(r"\[(\d+)\]")


@dataclass
class Draft:
    """An Answer in the making; markers are given out in the order in which sources are first used."""

    query: Query
    documents: list[Document]
    rules: FactLookup
    citations: list[Citation] = field(default_factory=list)
    answer_facts: list[AnswerFact] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    options: list[Option] = field(default_factory=list)
    statuses: list[Status] = field(default_factory=list)
    contact: Contact | None = None
    composer: Composer = Composer.RULES
    computed: list[str] = field(default_factory=list)

    @property
    def lang(self) -> str:
        """Return the language of the text."""
        return "en" if self.query.lang == "en" else "nl"

    @property
    def text(self) -> str:
        """Return the text so far."""
        return "\n\n".join(self.paragraphs)

    @property
    def status(self) -> Status:
        """Return the status of the whole: partial where only some parts were answered, clarify where the first asks."""
        kinds = set(self.statuses)
        if len(kinds) <= 1:
            return next(iter(kinds), Status.REFUSED)
        if self.statuses[0] is Status.CLARIFY:
            return Status.CLARIFY
        kinds.discard(Status.CLARIFY)
        return Status.PARTIAL if Status.REFUSED in kinds else Status.ANSWERED

    def has_told(self, fact: Fact) -> bool:
        """Tell whether a fact is already in the text."""
        return any(told.id == fact.id for told in self.answer_facts)

    def mark(self, quote: Quote) -> str:
        """Cite a quote, from a policy in scope where more hold it, and return its marker; the same keeps its marker."""
        quote = next((place for place in (quote, *quote.twins) if place.policy in self.query.scope.policies), quote)
        for citation in self.citations:
            if (citation.policy, citation.start, citation.end) == (quote.policy, quote.start, quote.end):
                return f"[{citation.marker}]"
        marker = len(self.citations) + 1
        self.citations.append(
            Citation(
                marker, quote.policy, quote.title, quote.heading_path, quote.page, quote.text, quote.start, quote.end
            )
        )
        return f"[{marker}]"

    def say(self, name: str, **variables: object) -> str:
        """Return a text in the language of the answer; what is filled in counts as computed."""
        self.computed += [str(value) for value in variables.values()]
        return text(name, self.lang, **variables)

    def document(self, policy: str) -> Document:
        """Return the Document of a policy."""
        return find_document(self.documents, policy)


def case_name(draft: Draft, fact: Fact) -> str:
    """Name the askers that a fact holds for, with the contract year."""
    if fact.policy is None:
        return draft.say("name-ggz")
    document = draft.document(fact.policy)
    names = type_names(draft, fact)
    return f"{names[0].upper()}{names[1:]} ({document.contract_year})"


def type_names(draft: Draft, fact: Fact) -> str:
    """Name the provider types of a fact, the whole sector by its own name."""
    sector = draft.document(fact.policy).sector if fact.policy else ""
    if sector and fact.types == TYPES_OF_SECTOR[sector]:
        return draft.say(f"name-{sector}")
    return ", ".join(draft.say(f"name-{kind}") for kind in ProviderType if kind in fact.types)
