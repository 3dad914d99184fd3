"""Texts in, a search over them that forgives typing errors out: shared letters, weighted by rarity."""

from collections import Counter
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.words import fold

_GRAM_SIZES = (3, 4, 5)


class LetterSearch:
    """Cosine similarity of TF-IDF weighted character n-grams within words."""

    def __init__(self, texts: list[str]) -> None:
        """Index the texts by the n-grams of their words."""
        self._size = len(texts)
        self._ids: dict[str, int] = {}
        grams = [[self._ids.setdefault(gram, len(self._ids)) for gram in set(_grams(text))] for text in texts]
        columns = np.fromiter((gram for row in grams for gram in row), dtype=np.int32)
        rows = np.repeat(np.arange(len(texts), dtype=np.int32), [len(row) for row in grams])
        frequency = np.bincount(columns, minlength=len(self._ids))
        self._idf = (np.log((1 + len(texts)) / (1 + frequency)) + 1).astype(np.float32)
        lengths = np.sqrt(np.bincount(rows, weights=self._idf[columns] ** 2, minlength=len(texts)))
        order = np.argsort(columns, kind="stable")
        self._rows = rows[order]
        self._weights = (self._idf[columns] / np.maximum(lengths[rows], 1e-9)).astype(np.float32)[order]
        self._starts = np.concatenate([[0], np.cumsum(frequency)])

    def scores(self, text: str) -> NDArray[np.float32]:
        """Return the similarity of every text; shape (number of texts,), from 0 to 1."""
        scores = np.zeros(self._size, dtype=np.float32)
        grams = Counter(_grams(text))
        unseen = float(self._idf.max(initial=1.0))
        length = np.sqrt(sum((self._idf[self._ids[gram]] if gram in self._ids else unseen) ** 2 for gram in grams))
        for gram in grams:
            number = self._ids.get(gram)
            if number is not None:
                span = slice(self._starts[number], self._starts[number + 1])
                scores[self._rows[span]] += self._weights[span] * self._idf[number] / length
        return scores


def _grams(text: str) -> list[str]:
    return [gram for word in text.replace("-", " ").split() for gram in _grams_of_word(word)]


@lru_cache(maxsize=100_000)
def _grams_of_word(word: str) -> tuple[str, ...]:
    padded = f" {''.join(character for character in fold(word) if character.isalnum())} "
    return tuple(padded[at : at + size] for size in _GRAM_SIZES for at in range(len(padded) - size + 1))
