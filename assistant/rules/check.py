"""Documents and facts in, everything that is wrong with the facts as a whole out."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from assistant.rules.completeness import Coverage, Derived
from assistant.rules.figures import unproven_figures
from assistant.rules.model import Fact
from assistant.rules.phrasings import phrasings_of
from assistant.rules.texts import fill, rules_texts
from assistant.scope import ProviderType, Scope
from index.documents import Document

LONGEST_ANSWER = 480
LONGEST_LABEL = 70
FEWEST_PHRASINGS = 6
_LEAST_REACHED = 0.5
FirstFact = Callable[[str, Scope], Fact | None]
"""Returns the fact that a text finds first within a scope."""


@dataclass(frozen=True)
class Problem:
    """Something that is wrong; ``check`` is the name of the check, ``where`` the id of a fact or a place."""

    check: str
    where: str
    text: str


@dataclass(frozen=True)
class Reach:
    """How many of its own phrasings find a fact first; ``rivals`` are the facts found instead, most frequent first."""

    fact: Fact
    first: int
    count: int
    rivals: tuple[str, ...]

    @property
    def share(self) -> float:
        """Return the part of the phrasings that find the fact."""
        return self.first / self.count if self.count else 0.0


def uncovered(found: Coverage) -> Iterator[Problem]:
    """Name the sentences that no fact holds, and the waivers that no sentence needs."""
    for sentence in found.open:
        where = f"{sentence.policy}, pagina {sentence.page}, {' › '.join(sentence.heading_path)}"
        yield _problem("open-sentence", where, sentence=sentence.text)
    for quote in found.idle:
        yield _problem("idle-waiver", "waivers.yaml", sentence=quote)


def contradictions(facts: list[Fact]) -> Iterator[Problem]:
    """Name pairs of facts that answer the same question for the same asker with different words."""
    by_topic: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        by_topic[fact.entry.topic].append(fact)
    for same in by_topic.values():
        for one, other in combinations(same, 2):
            differs = one.entry.value != other.entry.value or one.entry.answer != other.entry.answer
            if differs and scopes_overlap(one, other):
                yield _problem("contradiction", one.id, other=other.id, topic=one.entry.topic)


def malformed(facts: list[Fact]) -> Iterator[Problem]:
    """Name answers and labels that are too long, and facts with too few phrasings."""
    for fact in facts:
        answers = {"answer.nl": fact.entry.answer.nl, "answer.en": fact.entry.answer.en}
        lengths = [(key, len(text), LONGEST_ANSWER) for key, text in answers.items()]
        for key, length, limit in [*lengths, ("label", len(fact.entry.label), LONGEST_LABEL)]:
            if length > limit:
                yield _problem("too-long", fact.id, key=key, length=length, limit=limit)
        if fact.entry.asked.count() < FEWEST_PHRASINGS:
            yield _problem("few-phrasings", fact.id, count=fact.entry.asked.count(), limit=FEWEST_PHRASINGS)


def unproven_answers(
    facts: list[Fact], documents: list[Document], derived: list[Derived], as_of: date
) -> Iterator[Problem]:
    """Name quotes that are not literal, and figures, addresses and dates of answers that stand in no source."""
    allowed = {(entry.fact, entry.found) for entry in derived}
    found = {(fact.id, text): None for fact in facts for text in unproven_figures(fact, documents, as_of)}
    for identifier, text in found:
        if (identifier, text) not in allowed:
            yield _problem("unproven", identifier, found=text)
    for identifier, text in sorted(allowed - found.keys()):
        yield _problem("idle-waiver", identifier, sentence=text)


def measure_reach(facts: list[Fact], documents: list[Document], first: FirstFact) -> list[Reach]:
    """Look every phrasing up in the scope of its own fact; the facts that are hardest to reach come first."""
    found: dict[str, list[str]] = {fact.id: [] for fact in facts}
    for phrasing in phrasings_of(facts):
        fact = facts[phrasing.fact]
        best = first(phrasing.text, scope_of(fact, documents))
        found[fact.id].append(best.id if best else "")
    return sorted((_reach(fact, found[fact.id]) for fact in facts), key=lambda reach: (reach.share, reach.fact.id))


def unreachable(reached: list[Reach]) -> Iterator[Problem]:
    """Name the facts that fewer than half of their own phrasings find."""
    for reach in reached:
        if reach.share < _LEAST_REACHED:
            rivals = ", ".join(reach.rivals[:2])
            yield _problem("unreachable", reach.fact.id, first=reach.first, count=reach.count, rivals=rivals)


def scopes_overlap(one: Fact, other: Fact) -> bool:
    """Tell whether there is an asker for whom both facts hold."""
    same_policy = one.policy == other.policy or one.policy is None or other.policy is None
    return same_policy and bool(one.types & other.types)


def scope_of(fact: Fact, documents: list[Document]) -> Scope:
    """Return the scope of a fact; that of a general fact is everybody."""
    if fact.policy is None:
        return Scope(frozenset(document.id for document in documents), frozenset(ProviderType))
    return Scope(frozenset({fact.policy}), fact.types)


def _reach(fact: Fact, found: list[str]) -> Reach:
    others = [identifier for identifier in found if identifier != fact.id]
    rivals = sorted(set(others), key=lambda identifier: (-others.count(identifier), identifier))
    return Reach(fact, found.count(fact.id), len(found), tuple(rivals))


def _problem(check: str, where: str, **values: object) -> Problem:
    return Problem(check, where, fill(rules_texts().problems[check], **values))
