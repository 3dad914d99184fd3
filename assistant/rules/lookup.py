"""A Query in, the facts that answer each of its parts out, in the scope of the asker."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from assistant.form import Form
from assistant.parts import Part
from assistant.rules.beyond import NOTHING_LEARNED as NOTHING_BEYOND
from assistant.rules.beyond import BeyondModel, holds_wanted, learned_beyond
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
from assistant.words import question_words
from index.embeddings import Embedder
from index.vectors import Vectors, embed_ahead, question_vector
from index.words import fold

_TOLD_MALUS = 0.8
_PAIR_WEIGHT = 0.3
_LEANING_WEIGHT = 25.0
"""Chosen on the yes/no questions of the question sets whose fact was found; from 15 to 30 it makes no difference."""
_BEYOND = 3.0
_BEYOND_HELD = 5.0
"""From these odds on a question goes beyond a fact, the second where the fact holds the kind of thing that is wanted;
chosen on the question sets, where fewer than 1 % lost by it."""


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


@dataclass(frozen=True)
class Learned:
    """What was learned of yes/no questions, by words and by meaning, and of questions that go beyond the facts."""

    sides: SideModel = NOTHING_LEARNED
    pairs: PairModel = NO_PAIRS
    beyond: BeyondModel = NOTHING_BEYOND


class FactLookup:
    """Finds facts by the phrasings people use, the words that speak for or against them and the answer wanted."""

    def __init__(
        self,
        facts: list[Fact],
        matcher: FactMatcher,
        embeddings: Embedder,
        learned: Learned | None = None,
    ) -> None:
        self.facts = facts
        self._learned = learned or Learned()
        self._matcher = matcher
        self._embeddings = embeddings
        self._by_id = {fact.id: fact for fact in facts}
        self._numbers = {fact.id: number for number, fact in enumerate(facts)}
        self._possible = lru_cache(maxsize=64)(self._facts_within)

    def embed_ahead(self, parts: Iterable[Part]) -> None:
        """Begin to embed the parts of a question, which are looked up one after the other."""
        embed_ahead(self._embeddings, (text for part in parts for text in part.texts))

    def find(self, query: Query, part: Part, told: frozenset[str] = frozenset(), count: int = 8) -> Lookup:
        """Rank the facts for a part of a question; a second question does not mean a topic that is told already.

        Such a topic falls back, or scores by the new words alone where these do not point back to it.
        """
        possible = self._possible(query.scope)
        scores = self._scores(part, query, possible)
        if told:
            is_told = np.array([fact.entry.topic in told for fact in self.facts])
            points_back = any(pattern.search(fold(part.text)) for pattern in question_words().points_back)
            alone = None if points_back else self._scores(replace(part, texts=(part.text,)), query, possible)
            again = scores - _TOLD_MALUS if alone is None else np.minimum(scores, alone)
            scores = np.where(is_told, again, scores)
        order = np.argsort(-scores, kind="stable")
        inside = [self._match(number, scores) for number in order[possible[order]][:count]]
        outside = [self._match(number, scores) for number in order[~possible[order]][:1]]
        return Lookup(part, tuple(inside), outside[0] if outside else None)

    def fact(self, identifier: str) -> Fact:
        """Return the fact with this id."""
        return self._by_id[identifier]

    def goes_beyond(self, fact: Fact, query: Query, part: Part) -> bool:
        """Tell whether a part asks for something that this fact is near to, and that no policy says."""
        is_of_the_day = fact.entry.when is not None and part.form is Form.STILL
        if is_of_the_day or self._decided(fact, query, part):
            return False
        question, answer = self._matcher.pair(self._numbers[fact.id], self._vector(part.texts[0]))
        limit = _BEYOND_HELD if holds_wanted(fact, part.clause) else _BEYOND
        return self._learned.beyond.odds(fact, part.clause, question, answer) > limit

    def side(self, fact: Fact, query: Query, part: Part) -> Side | None:
        """Return the side that a fact takes in a yes/no question, None where it takes none."""
        asked = fact.entry.asked
        if not (asked.affirmed or asked.denied):
            return Side.DEPENDS if asked.depends else None
        decided = self._decided(fact, query, part)
        if decided:
            return decided
        texts = [(text, self._vector(text)) for text in part.texts]
        number = self._numbers[fact.id]
        nearest = self._matcher.nearest_side(number, texts)
        if nearest is Side.DEPENDS or not self._learned.sides.knows(fact):
            return nearest
        alike = self._learned.pairs.odds(*self._matcher.pair(number, texts[0][1]))
        leaning = self._matcher.leaning(number, texts[0][1])
        words = self._learned.sides.odds(fact, part.clause, part.told)
        return Side.AFFIRMED if words + _PAIR_WEIGHT * alike + _LEANING_WEIGHT * leaning >= 0 else Side.DENIED

    def _decided(self, fact: Fact, query: Query, part: Part) -> Side | None:
        """Return the side that follows from what a question says of days, numbers, papers and stays."""
        return (
            side_of_day(fact, part.clause, query.question.as_of)
            or side_of_number(fact, fold(query.text))
            or side_of_papers(fact, query.scope.types & fact.types, part.clause, part.told)
            or side_of_stay(fact, self.facts, query.scope.types, part.clause, part.told)
        )

    def _match(self, number: int, scores: Scores) -> Match:
        return Match(self.facts[number], float(scores[number]))

    def _facts_within(self, scope: Scope) -> NDArray[np.bool_]:
        return np.array([in_scope(fact, scope) for fact in self.facts])

    def _scores(self, part: Part, query: Query, possible: NDArray[np.bool_]) -> Scores:
        signs = read_signs(query, part)
        bonuses = np.array([bonus(fact, signs) for fact in self.facts], dtype=np.float32)
        best: Scores = np.max([self._matcher.fit(text, self._vector, possible) for text in part.texts], axis=0)
        return best + bonuses

    def _vector(self, text: str) -> Vectors:
        return question_vector(self._embeddings, text)


def learned_lookup(facts: list[Fact], index: PhrasingIndex, embeddings: Embedder, model: str) -> FactLookup:
    """Return the lookup with all that was learned for the embedding model of this name, as the assistant has it."""
    matcher = FactMatcher(facts, index, learned_topics(model))
    return FactLookup(facts, matcher, embeddings, Learned(learned_sides(), learned_pairs(model), learned_beyond(model)))


def in_scope(fact: Fact, scope: Scope) -> bool:
    """Tell whether a fact can hold for the asker."""
    return (fact.policy is None or fact.policy in scope.policies) and bool(fact.types & scope.types)
