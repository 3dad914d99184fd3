"""A text in, how well every fact fits it out: by the phrasings people use, in meaning, in words and in letters."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from assistant.rules.letters import LetterSearch
from assistant.rules.model import Fact
from assistant.rules.phrasing_index import PhrasingIndex
from assistant.rules.phrasings import Side, phrasings_of
from assistant.rules.topics import NOTHING_LEARNED, TopicModel
from index.keywords import KeywordSearch
from index.vectors import Vectors

_KEYWORD_WEIGHT = 0.3
_LETTER_WEIGHT = 0.3
_OWN_WEIGHT = 0.1
_DEPENDS_MALUS = 0.1
_LIKELY_WEIGHT = 0.2
_LEAST_LIKELY = -6.0
Scores = NDArray[np.float32]


class FactMatcher:
    """Scores topics: the nearest phrasing, the three nearest, the answers themselves, shared words and shared letters.

    How likely each topic is by what was learned from all phrasings takes off, up to a limit: the score of the
    likeliest stays what it is, so that it still tells how near a question is to anything known. Facts of one topic
    answer one question for different askers and share their phrasings.
    """

    def __init__(self, facts: list[Fact], index: PhrasingIndex, learned: TopicModel = NOTHING_LEARNED) -> None:
        self.phrasings = phrasings_of(facts)
        self._index = index
        self._learned = learned
        names = sorted({fact.entry.topic for fact in facts})
        self._topic_names = names
        position = {name: number for number, name in enumerate(names)}
        self._topic_of_fact = np.array([position[fact.entry.topic] for fact in facts], dtype=np.int32)
        self._fact_of_row = np.array([phrasing.fact for phrasing in self.phrasings])
        self._topic_of_row = self._topic_of_fact[self._fact_of_row]
        self._rows = _padded_rows(self._topic_of_row, len(names))
        self._fact_rows = _padded_rows(self._fact_of_row, len(facts))
        self._letters = LetterSearch(index.letters, len(self.phrasings))
        self._keywords = KeywordSearch(
            [" ".join([fact.entry.label, fact.entry.answer.nl, *(q.text for q in fact.quotes)]) for fact in facts]
        )

    def fit(self, text: str, embed: Callable[[str], Vectors], possible: NDArray[np.bool_]) -> Scores:
        """Score every fact for a text; shape (facts,).

        ``embed`` gives its query vector (dimensions,), and is called last: it may still be on its way. ``possible``
        (facts,) tells which facts can hold for the asker: the likeliest topic is one of theirs.
        """
        letters = self._letters.scores(text)
        words = self._keywords.scores(text)
        query = self._index.whitening.project(embed(text)[np.newaxis, :])[0]
        meaning = self._index.vectors @ query
        own = self._index.answers @ query + _KEYWORD_WEIGHT * words / (float(words.max()) + 1e-6)
        nearest = _three_best(meaning, self._rows)
        topics = (
            nearest[:, 0] + nearest.mean(axis=1) + _LETTER_WEIGHT * _best(letters, self._topic_of_row, len(nearest))
        )
        topics = topics + _best(own, self._topic_of_fact, len(nearest)) + self._unlikely(text, query, possible)
        own = own + _best(meaning, self._fact_of_row, len(own))
        scores: Scores = (topics[self._topic_of_fact] + _OWN_WEIGHT * own).astype(np.float32)
        return scores

    def nearest_side(self, fact: int, texts: list[tuple[str, Vectors]]) -> Side:
        """Return the side of the yes/no phrasing of a fact that is nearest to one of the texts with their vectors."""
        rows = [row for row in self._fact_rows[fact] if row >= 0 and self.phrasings[row].side is not Side.WHAT]
        fits = [
            self._index.vectors[rows] @ self._index.whitening.project(vector[np.newaxis, :])[0]
            + 0.5 * self._letters.scores(text)[rows]
            for text, vector in texts
        ]
        best: dict[Side, float] = {}
        for row, fit in zip(rows, np.max(fits, axis=0), strict=True):
            side = self.phrasings[row].side
            best[side] = max(best.get(side, -1.0), float(fit) - (_DEPENDS_MALUS if side is Side.DEPENDS else 0))
        return max(best, key=lambda side: best[side])

    def leaning(self, fact: int, vector: Vectors) -> float:
        """Return how much nearer a query vector (dimensions,) is to what a fact affirms than to what it denies.

        Near to the middle of its phrasings that is, in squared distance; 0 where it has phrasings of one side only.
        """
        rows = self._fact_rows[fact][self._fact_rows[fact] >= 0]
        query = self._index.whitening.project(vector[np.newaxis, :])[0]
        far = []
        for side in (Side.DENIED, Side.AFFIRMED):
            own = self._index.vectors[[row for row in rows if self.phrasings[row].side is side]]
            far.append(float(np.sum((query - own.mean(axis=0)) ** 2)) if len(own) else np.nan)
        return float(np.nan_to_num(far[0] - far[1])) / 2

    def pair(self, fact: int, vector: Vectors) -> tuple[Vectors, Vectors]:
        """Return the whitened vectors (dimensions,) of a question, by its query vector, and of the answer of a fact."""
        return self._index.whitening.project(vector[np.newaxis, :])[0], self._index.answers[fact]

    def _unlikely(self, text: str, query: Vectors, possible: NDArray[np.bool_]) -> Scores:
        """Return what every topic loses because another is likelier; shape (topics,), 0 or less."""
        likely = self._learned.likelihood(text, query, self._topic_names)
        likeliest = likely[self._topic_of_fact[possible]].max(initial=-np.inf)
        loss: Scores = _LIKELY_WEIGHT * np.clip(likely - likeliest, _LEAST_LIKELY, 0)
        return loss


def _best(scores: Scores, groups: NDArray[np.int32], count: int) -> Scores:
    """Return the best score of every group, by the group of each score; shape (count,), -1 for an empty group."""
    best = np.full(count, -1, dtype=np.float32)
    np.maximum.at(best, groups, scores.astype(np.float32))
    return best


def _three_best(scores: Scores, rows: NDArray[np.int64]) -> Scores:
    """Return the three best scores of every group of rows, best first; shape (groups, 3)."""
    left = np.append(scores, np.float32(-1))[rows]
    groups, best = np.arange(len(rows)), np.empty((len(rows), 3), dtype=np.float32)
    for place in range(3):
        highest = left.argmax(axis=1)
        best[:, place] = left[groups, highest]
        left[groups, highest] = -np.inf
    return best


def _padded_rows(owners: NDArray[np.int32], count: int) -> NDArray[np.int64]:
    """Return for every fact the rows of its phrasings, filled up with -1; shape (facts, most phrasings, at least 3)."""
    rows = [np.flatnonzero(owners == fact) for fact in range(count)]
    table = np.full((count, max(3, *(len(own) for own in rows))), -1, dtype=np.int64)
    for fact, own in enumerate(rows):
        table[fact, : len(own)] = own
    return table
