"""A Question in, what it asks out: language, form, scope, days, parts and the texts to look up."""

import re
from dataclasses import dataclass
from datetime import date

from assistant.amounts import find_amount
from assistant.days import DayMention, find_days
from assistant.form import Form, form_of
from assistant.language import detect_language
from assistant.personal import mask_personal_data
from assistant.question import Question
from assistant.scope import TYPES_OF_SECTOR, ProviderType, Scope, sector_of
from assistant.words import question_words, scope_words
from index.documents import Document
from index.words import fold

MAX_CHARACTERS = 2000
_SHORT = 8
_AND = re.compile(r"^(?:en|and)\s+(?:ook\s+|also\s+)?", re.IGNORECASE)
_SENTENCE = re.compile(r"(?<=[.?!])\s+|\n+")


@dataclass(frozen=True)
class Part:
    """One thing that is asked; ``texts`` are the ways to look it up, the most telling first.

    ``whole`` is the sentence that it was cut from, to look up where the part alone says too little. ``clause`` holds
    the words that a yes/no question turns on, ``told`` what is said around them.
    """

    text: str
    form: Form
    texts: tuple[str, ...]
    whole: str
    clause: str
    told: str


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
    folded = fold(text)
    amount = find_amount(folded)
    types = _with_size(named_types(folded), amount, folded)
    excluded = frozenset(rule.type for rule in scope_words().excluded if rule.pattern.search(folded))
    sectors = named_sectors(folded, types)
    if not types and question.provider_type and _may_be_of(question.provider_type, folded):
        types = frozenset({question.provider_type})
        sectors = frozenset({sector_of(question.provider_type)})
    for turn in reversed(history):
        if types or sectors:
            break
        types = named_types(fold(turn))
        sectors = named_sectors(fold(turn), types)
    for turn in history if len(types) > 1 else ():
        types = _with_size(types, find_amount(fold(turn)), fold(turn))
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
        parts=_parts(text, history),
    )


def named_types(folded: str) -> frozenset[ProviderType]:
    """Return the provider types that a folded text names, a group as all its types; empty when it names none."""
    table = scope_words()
    for pattern in (*table.disregard, *(rule.pattern for rule in table.excluded)):
        folded = pattern.sub(" ", folded)
    types = {name for name, patterns in table.types.items() if any(pattern.search(folded) for pattern in patterns)}
    for rule in table.prevails:
        if rule.type in types and rule.over in types and not _side_by_side(rule.type, rule.over, folded):
            types.discard(rule.over)
    if types:
        return _of_profession(frozenset(types), folded)
    for group in table.groups:
        if any(pattern.search(folded) for pattern in group.patterns):
            return _of_profession(frozenset(group.types), folded)
    return frozenset()


def _of_profession(types: frozenset[ProviderType], folded: str) -> frozenset[ProviderType]:
    """Leave out types whose words both sectors use, where only a profession of the other sector is named."""
    table = scope_words()
    practised = {sector for sector, pattern in table.professions.items() if pattern.search(folded)}
    return frozenset(
        kind for kind in types if kind not in table.shared or not practised or sector_of(kind) in practised
    )


def named_sectors(folded: str, types: frozenset[ProviderType]) -> frozenset[str]:
    """Return the sectors of the named types, or else those whose words a folded text holds."""
    if types:
        return frozenset(sector_of(provider_type) for provider_type in types)
    return frozenset(
        sector
        for sector, patterns in scope_words().sectors.items()
        if any(pattern.search(folded) for pattern in patterns)
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
    named = {sector for sector, patterns in scope_words().sectors.items() if patterns[0].search(folded)}
    return not named or sector_of(provider_type) in named


def _with_size(types: frozenset[ProviderType], amount: float | None, folded: str) -> frozenset[ProviderType]:
    """Add the size class of an institution with this claims burden; exactly on the line it has none."""
    table = question_words()
    if amount is None or amount == table.size_line.amount:
        return types
    if types and not types & frozenset(scope_words().groups[0].types):
        return types
    if not any(pattern.search(folded) for pattern in table.size_words):
        return types
    size = table.size_line.below if amount < table.size_line.amount else table.size_line.above
    return types if len(types) == 1 else frozenset({size})


def _side_by_side(first: ProviderType, second: ProviderType, folded: str) -> bool:
    """Tell whether two types are compared ("psychiaters en vrijgevestigden") and not one description of one asker."""
    table = scope_words()
    firsts = [match.span() for pattern in table.types[first] for match in pattern.finditer(folded)]
    seconds = [match.span() for pattern in table.types[second] for match in pattern.finditer(folded)]
    between = [
        folded[min(a[1], b[1]) : max(a[0], b[0])] for a in firsts for b in seconds if a[1] <= b[0] or b[1] <= a[0]
    ]
    return any(re.fullmatch(r"\W*(en|of|and|or|versus|vs)\W+(de|een|an?|voor)?\W*", gap) for gap in between)


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


def _parts(text: str, history: tuple[str, ...]) -> tuple[Part, ...]:
    """Cut a text into what is asked; what is only told goes along as context."""
    sentences = [sentence.strip() for sentence in _SENTENCE.split(text) if sentence.strip(" .?!")]
    asked = [sentence for sentence in sentences if sentence.endswith("?")]
    asked = asked or [sentence for sentence in sentences if _begins_with_verb(sentence)]
    asked = asked or [sentence for sentence in sentences if _is_open_question(sentence)] or sentences[-1:]
    context = " ".join(sentence for sentence in sentences if sentence not in asked)
    pieces = [(piece, sentence) for sentence in asked for piece in _split(sentence)]
    parts = []
    for number, (piece, whole) in enumerate(pieces):
        if number == 0:
            parts.append(_part(piece, whole, context, history))
        else:
            parts.append(_later_part(piece, whole, context, pieces[number - 1][0]))
    return tuple(parts)


def _later_part(text: str, whole: str, context: str, before: str) -> Part:
    """Return a second question; it is looked up alone, and behind the one before where it leans on that."""
    text = _AND.sub("", text)
    if not _leans(text):
        return _part(text, whole, context, ())
    told = f"{context} {before}".strip()
    return Part(text, form_of(text), (text, f"{before} {text}"), whole, text, told)


def _part(text: str, whole: str, context: str, history: tuple[str, ...]) -> Part:
    form, clause = form_of(text), text
    if history and any(pattern.search(fold(text)) for pattern in question_words().elliptic):
        form, clause = form_of(history[-1]), f"{history[-1]} {text}"
    elif context and any(pattern.search(fold(text)) for pattern in question_words().claims):
        clause = f"{_SENTENCE.split(context)[-1]} {text}"
    texts = [text]
    if context:
        texts = [f"{context} {text}"] if _leans(text) else [text, f"{context} {text}"]
    if history:
        earlier = f"{_without_scope(history[-1]) if named_types(fold(text)) else history[-1]} {text}"
        if _leans(text) and len(text.split()) <= _SHORT:
            texts = [earlier]
        else:
            whole = earlier
    return Part(text, form, tuple(texts), whole, clause, context)


def _leans(text: str) -> bool:
    """Tell whether a question says too little on its own: it is short, or points back."""
    folded = fold(text).strip()
    return len(folded.split()) <= _SHORT - 2 or any(pattern.search(folded) for pattern in question_words().follow_up)


def _without_scope(text: str) -> str:
    folded = fold(text)
    for patterns in scope_words().types.values():
        for pattern in patterns:
            folded = pattern.sub(" ", folded)
    return " ".join(folded.split())


def _split(sentence: str) -> list[str]:
    """Cut "wat is X en wanneer is Y" in two; a piece too short to mean something stays with its neighbour."""
    pieces = [sentence]
    for pattern in question_words().split:
        pieces = [piece for whole in pieces for piece in pattern.split(whole)]
    pieces = [piece.strip() for piece in pieces if piece.strip(" ?!.")]
    if any(len(piece.split()) < 3 for piece in pieces):
        return [sentence]
    return pieces


def _begins_with_verb(sentence: str) -> bool:
    return any(pattern.search(fold(sentence)) for pattern in question_words().yes_no[:2])


def _is_open_question(sentence: str) -> bool:
    folded = fold(sentence)
    return any((match := pattern.search(folded)) and match.start() < 20 for pattern in question_words().open)
