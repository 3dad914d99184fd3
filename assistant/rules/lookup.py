"""A Query in, the facts that answer each of its parts out, in the scope of the asker."""

from dataclasses import dataclass

import numpy as np
from langchain_core.embeddings import Embeddings
from numpy.typing import NDArray

from assistant.rules.matcher import FactMatcher, Side
from assistant.rules.model import Fact, Kind
from assistant.scope import Scope
from assistant.understand import Form, Part, Query
from index.vectors import Vectors


@dataclass(frozen=True)
class Match:
    """A fact that fits: ``score`` orders facts, ``similarity`` is that of its nearest phrasing, ``side`` its side."""

    fact: Fact
    score: float
    similarity: float
    side: Side


@dataclass(frozen=True)
class Lookup:
    """What the rules know of one part: matches within the scope, best first, and the best one outside it."""

    part: Part
    matches: tuple[Match, ...]
    outside: Match | None


class FactLookup:
    """Finds facts by the phrasings people use."""

    def __init__(self, facts: list[Fact], matcher: FactMatcher, embeddings: Embeddings) -> None:
        self.facts = facts
        self._matcher = matcher
        self._embeddings = embeddings

    def find(self, query: Query, part: Part, count: int = 8) -> Lookup:
        """Rank the facts for a part of a question."""
        scores, phrasings = self._scores(part)
        order = np.argsort(-scores, kind="stable")
        inside = [number for number in order if in_scope(self.facts[number], query.scope)][:count]
        outside = next((number for number in order if not in_scope(self.facts[number], query.scope)), None)
        return Lookup(
            part,
            tuple(self._match(number, scores, phrasings, part.form) for number in inside),
            None if outside is None else self._match(outside, scores, phrasings, part.form),
        )

    def match_of(self, fact: Fact, part: Part) -> Match:
        """Return the match of one given fact with a part."""
        scores, phrasings = self._scores(part)
        return self._match(self.facts.index(fact), scores, phrasings, part.form)

    def _scores(self, part: Part) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        fits = [self._matcher.fit(text, self._vector(text)) for text in part.texts]
        facts = np.max([fit.facts for fit in fits], axis=0)
        return facts, np.max([fit.phrasings for fit in fits], axis=0)

    def _vector(self, text: str) -> Vectors:
        return np.asarray(self._embeddings.embed_query(text), dtype=np.float32)

    def _match(
        self, number: int, scores: NDArray[np.float32], phrasings: NDArray[np.float32], form: Form
    ) -> Match:
        own = [(float(phrasings[row]), self._matcher.phrasings[row].side) for row in self._matcher.rows_of(number)]
        similarity, side = max(own)
        sided = [pair for pair in own if pair[1] is not Side.WHAT]
        if form is not Form.OPEN and sided:
            side = max(sided)[1]
        return Match(self.facts[number], float(scores[number]), similarity, side)


def in_scope(fact: Fact, scope: Scope) -> bool:
    """Tell whether a fact can hold for the asker."""
    return (fact.policy is None or fact.policy in scope.policies) and bool(fact.types & scope.types)


def variants(match: Match, lookup: FactLookup, scope: Scope) -> list[Fact]:
    """Return the facts in scope that answer the same question for different askers, the matched one among them."""
    topic = match.fact.entry.topic
    return [
        fact
        for fact in lookup.facts
        if fact.entry.topic == topic and in_scope(fact, scope) and (fact.entry.kind is not Kind.ABSENT or fact is match.fact)
    ]
