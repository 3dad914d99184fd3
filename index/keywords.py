"""Texts in, a keyword search over them out (BM25, Robertson and Zaragoza 2009, by bm25s)."""

import bm25s
import numpy as np
from numpy.typing import NDArray

from index.words import Analyzer


class KeywordSearch:
    """BM25 over Dutch stems and compound parts, held in memory: it is rebuilt in milliseconds."""

    def __init__(self, texts: list[str]) -> None:
        self._analyzer = Analyzer(texts)
        self._size = len(texts)
        self._bm25 = bm25s.BM25(method="lucene")
        self._bm25.index([self._analyzer.terms(text) or [""] for text in texts], show_progress=False)

    def scores(self, query: str) -> NDArray[np.float32]:
        """Return the score of every text; shape (number of texts,), 0 where no word is shared."""
        terms = [term for term in self._analyzer.terms(query) if term in self._bm25.vocab_dict]
        if not terms:
            return np.zeros(self._size, dtype=np.float32)
        scores: NDArray[np.float32] = self._bm25.get_scores(terms)
        return scores

    def ceiling(self, query: str) -> float:
        """Return the most that a text could score: every word of the query at its rarest, unknown words included."""
        rarest = float(np.log(1 + (self._size + 0.5) / 1.5))
        total = 0.0
        for word in set(self._analyzer.words(query)):
            scores = self.scores(word)
            total += float(scores.max()) or rarest
        return total
