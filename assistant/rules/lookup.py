"""A Query in, the facts that answer each of its parts out, in the scope of the asker."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.parts import Part
from assistant.rules.bonuses import bonus, read_signs
from assistant.rules.decided import side_of_day, side_of_number
from assistant.rules.matcher import FactMatcher, Scores
from assistant.rules.model import Fact
from assistant.rules.pairs import NOTHING_LEARNED as NO_PAIRS
from assistant.rules.pairs import PairModel, learned_pairs
from assistant.rules.papers import side_of_papers
from assistant.rules.phrasing_index import PhrasingIndex
from assistant.rules.phrasings import Side
from assistant.rules.sides import NOTHING_LEARNED, SideModel, learned_sides
from assistant.rules.stays import side_of_stay
from assistant.rules.topics import learned_topics
from assistant.scope import Scope
from assistant.understand import Query
from index.embeddings import Embedder
from index.vectors import Vectors
from index.words import fold

_TOLD_MALUS = 0.8
_PAIR_WEIGHT = 0.3


@dataclass(frozen=True)
class Match:
    """A fact that fits; ``score`` orders facts."""

    fact: Fact
    score: float


@dataclass(frozen=True)
class Lookup:
    """What the rules know of one part: matches within the scope, best first, and the best one outside it."""

    part: Part
    matches: tuple[Match, ...]
    outside: Match | None


class FactLookup:
    """Finds facts by the phrasings people use, the words that speak for or against them and the answer wanted."""

    def __init__(
        self,
        facts: list[Fact],
        matcher: FactMatcher,
        embeddings: Embedder,
        sides: SideModel = NOTHING_LEARNED,
        pairs: PairModel = NO_PAIRS,
    ) -> None:
        self.facts = facts
        self._sides = sides
        self._pairs = pairs
        self._matcher = matcher
        self._embeddings = embeddings
        self._by_id = {fact.id: fact for fact in facts}

    def find(self, query: Query, part: Part, told: frozenset[str] = frozenset(), count: int = 8) -> Lookup:
        """Rank the facts for a part of a question; a second question does not mean a topic that is told already."""
        possible = np.array([in_scope(fact, query.scope) for fact in self.facts])
        scores = self._scores(part, query, possible)
        scores -= _TOLD_MALUS * np.array([fact.entry.topic in told for fact in self.facts])
        order = [int(number) for number in np.argsort(-scores, kind="stable")]
        inside = [number for number in order if possible[number]][:count]
        outside = next((number for number in order if not possible[number]), None)
        return Lookup(
            part,
            tuple(Match(self.facts[number], float(scores[number])) for number in inside),
            None if outside is None else Match(self.facts[outside], float(scores[outside])),
        )

    def fact(self, identifier: str) -> Fact:
        """Return the fact with this id."""
        return self._by_id[identifier]

    def side(self, fact: Fact, query: Query, part: Part) -> Side | None:
        """Return the side that a fact takes in a yes/no question, None where it takes none."""
        asked = fact.entry.asked
        if not (asked.affirmed or asked.denied):
            return Side.DEPENDS if asked.depends else None
        decided = (
            side_of_day(fact, part.clause, query.question.as_of)
            or side_of_number(fact, fold(query.text))
            or side_of_papers(fact, query.scope.types & fact.types, part.clause, part.told)
            or side_of_stay(fact, self.facts, query.scope.types, part.clause, part.told)
        )
        if decided:
            return decided
        texts = [(text, self._vector(text)) for text in part.texts]
        number = self.facts.index(fact)
        nearest = self._matcher.nearest_side(number, texts)
        if nearest is Side.DEPENDS or not self._sides.knows(fact):
            return nearest
        alike = self._pairs.odds(*self._matcher.pair(number, texts[0][1]))
        odds = self._sides.odds(fact, part.clause, part.told) + _PAIR_WEIGHT * alike
        return Side.AFFIRMED if odds >= 0 else Side.DENIED

    def _scores(self, part: Part, query: Query, possible: NDArray[np.bool_]) -> Scores:
        fits = [self._matcher.fit(text, self._vector(text), possible) for text in part.texts]
        best: Scores = np.max(fits, axis=0)
        signs = read_signs(query, part)
        return best + np.array([bonus(fact, signs) for fact in self.facts], dtype=np.float32)

    def _vector(self, text: str) -> Vectors:
        return np.asarray(self._embeddings.embed_query(text), dtype=np.float32)


def learned_lookup(facts: list[Fact], index: PhrasingIndex, embeddings: Embedder, model: str) -> FactLookup:
    """Return the lookup with all that was learned for the embedding model of this name, as the assistant has it."""
    matcher = FactMatcher(facts, index, learned_topics(model))
    return FactLookup(facts, matcher, embeddings, learned_sides(), learned_pairs(model))


def in_scope(fact: Fact, scope: Scope) -> bool:
    """Tell whether a fact can hold for the asker."""
    return (fact.policy is None or fact.policy in scope.policies) and bool(fact.types & scope.types)
