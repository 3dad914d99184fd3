"""A Question in, what it asks out: language, form, scope, days, parts and the texts to look up."""

from dataclasses import dataclass
from datetime import date

from assistant.amounts import find_amount
from assistant.days import DayMention, find_days
from assistant.language import detect_language
from assistant.named import called_sectors, named_sectors, named_types
from assistant.parts import Part, parts_of
from assistant.personal import mask_personal_data
from assistant.question import Question
from assistant.scope import TYPES_OF_SECTOR, ProviderType, Scope, sector_of
from assistant.spelling import spelled_right
from assistant.words import question_words, scope_words
from index.documents import Document
from index.words import fold

MAX_CHARACTERS = 2000


@dataclass(frozen=True)
class Query:
    """A question, understood.

    ``text`` is the question with personal data masked; ``sectors`` are those that the asker's side names (empty when
    none); ``year`` is a contract year that the question names; ``amount`` is a claims burden in euros.
    """

    question: Question
    text: str
    lang: str
    is_private: bool
    scope: Scope
    named_types: frozenset[ProviderType]
    sectors: frozenset[str]
    year: int | None
    days: tuple[DayMention, ...]
    amount: float | None
    parts: tuple[Part, ...]

    @property
    def is_scoped(self) -> bool:
        """Tell whether the question, its history or its caller said who asks."""
        return bool(self.named_types)


def understand(question: Question, documents: list[Document]) -> Query:
    """Read everything from a question that tables and grammar can tell."""
    text, is_private = mask_personal_data(" ".join(question.text.split())[:MAX_CHARACTERS])
    history = tuple(mask_personal_data(turn[:MAX_CHARACTERS])[0] for turn in question.history)
    folded = spelled_right(fold(text))
    amount = find_amount(folded)
    types = _with_size(named_types(folded), amount, folded)
    excluded = frozenset(rule.type for rule in scope_words().excluded if rule.pattern.search(folded))
    sectors = named_sectors(folded, types)
    if not types and question.provider_type and _may_be_of(question.provider_type, folded):
        types = frozenset({question.provider_type})
        sectors = frozenset({sector_of(question.provider_type)})
    earlier = [spelled_right(fold(turn)) for turn in history]
    for turn in reversed(earlier):
        if types:
            break
        told = named_types(turn) - excluded
        if not sectors or {sector_of(provider_type) for provider_type in told} <= sectors:
            types = told
        sectors = sectors or named_sectors(turn, types)
    for turn in earlier if len(types) > 1 else ():
        types = _with_size(types, amount or find_amount(turn), turn)
    sectors |= {sector_of(provider_type) for provider_type in types | excluded}
    return Query(
        question=question,
        text=text,
        lang=detect_language(text),
        is_private=is_private,
        scope=_scope(types, excluded, sectors, question.policy, documents),
        named_types=types,
        sectors=sectors,
        year=contract_year(folded),
        days=_days(text, folded, question.as_of),
        amount=amount,
        parts=parts_of(text, history),
    )


def contract_year(folded: str) -> int | None:
    """Return the contract year that a folded text asks about, None when it names none or more than one."""
    table = question_words()
    years = {
        int(match.group(1))
        for pattern in table.contract_year
        for match in pattern.finditer(folded)
        if not any(other.search(folded[: match.start(1)]) for other in table.other_year)
    }
    return years.pop() if len(years) == 1 else None


def _days(text: str, folded: str, as_of: date) -> tuple[DayMention, ...]:
    """Return the days that a question names; "vandaag" is the day of asking where no other is named."""
    found = find_days(text, as_of)
    if found or not any(pattern.search(folded) for pattern in question_words().today):
        return tuple(found)
    return (DayMention(as_of, has_year=True, start=0, end=0),)


def _may_be_of(provider_type: ProviderType, folded: str) -> bool:
    """Tell whether a question does not call another sector by its name than that of the caller's provider type."""
    called = called_sectors(folded)
    return not called or sector_of(provider_type) in called


def _with_size(types: frozenset[ProviderType], amount: float | None, folded: str) -> frozenset[ProviderType]:
    """Add the size class of an institution with this claims burden; exactly on the line it has none."""
    table = question_words()
    if amount is None or amount == table.size_line.amount:
        return types
    if types and not types & frozenset(scope_words().groups[0].types):
        return types
    if not types and not any(pattern.search(folded) for pattern in table.size_words):
        return types
    size = table.size_line.below if amount < table.size_line.amount else table.size_line.above
    return types if len(types) == 1 else frozenset({size})


def _scope(
    types: frozenset[ProviderType],
    excluded: frozenset[ProviderType],
    sectors: frozenset[str],
    policy: str | None,
    documents: list[Document],
) -> Scope:
    policies = frozenset(document.id for document in documents if not sectors or document.sector in sectors)
    if policy:
        policies = frozenset({policy})
    possible = types or frozenset(
        provider_type
        for document in documents
        if document.id in policies
        for provider_type in TYPES_OF_SECTOR[document.sector]
    )
    return Scope(policies, possible - excluded)
