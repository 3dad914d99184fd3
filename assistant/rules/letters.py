"""Texts in, a search over them that forgives typing errors out: shared letters, weighted by rarity."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from index.words import fold

_GRAM_SIZES = (3, 4, 5)
_MOST_TEXTS = 0.05
_FEW_TEXTS = 100
_RECENT = 16


@dataclass(frozen=True)
class LetterIndex:
    """TF-IDF weighted character n-grams within words, by n-gram.

    The texts that hold n-gram i are ``rows`` from ``starts[i]`` up to ``starts[i + 1]``, of the smallest type that will
    do, for there are millions; ``idf`` (n-grams,) is its rarity, ``lengths`` (texts,) the norm of each text.
    """

    grams: tuple[str, ...]
    idf: NDArray[np.float32]
    starts: NDArray[np.int64]
    rows: NDArray[np.unsignedinteger]
    lengths: NDArray[np.float32]


def index_letters(texts: list[str]) -> LetterIndex:
    """Index texts by the n-grams of their words; what a twentieth of many texts hold tells nothing and is left out."""
    ids: dict[str, int] = {}
    grams = [[ids.setdefault(gram, len(ids)) for gram in set(_grams(text))] for text in texts]
    columns = np.fromiter((gram for row in grams for gram in row), dtype=np.int32)
    rows = np.repeat(np.arange(len(texts), dtype=np.min_scalar_type(len(texts))), [len(row) for row in grams])
    frequency = np.bincount(columns, minlength=len(ids))
    idf = (np.log((1 + len(texts)) / (1 + frequency)) + 1).astype(np.float32)
    lengths = np.sqrt(np.bincount(rows, weights=idf[columns] ** 2, minlength=len(texts))).astype(np.float32)
    telling = frequency <= max(_MOST_TEXTS * len(texts), _FEW_TEXTS)
    frequency = np.where(telling, frequency, 0)
    order = np.argsort(columns, kind="stable")
    order = order[telling[columns[order]]]
    return LetterIndex(tuple(ids), idf, np.concatenate([[0], np.cumsum(frequency)]), rows[order], lengths)


class LetterSearch:
    """Cosine similarity of a text with the texts of an index."""

    def __init__(self, index: LetterIndex, size: int) -> None:
        """Search an index of ``size`` texts."""
        self._index = index
        self._size = size
        self._ids = {gram: number for number, gram in enumerate(index.grams)}
        self._unseen = float(index.idf.max(initial=1.0))
        self.scores = lru_cache(maxsize=_RECENT)(self._scores)
        """Return the similarity of every text to one, shape (number of texts,), from 0 to 1; only to be read."""

    def _scores(self, text: str) -> NDArray[np.float32]:
        index = self._index
        numbers = [self._ids.get(gram) for gram in dict.fromkeys(_grams(text))]
        length = np.sqrt(sum((self._unseen if at is None else float(index.idf[at])) ** 2 for at in numbers))
        known = [number for number in numbers if number is not None]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        starts, ends = index.starts[known], index.starts[1:][known]
        rows = np.concatenate([index.rows[start:end] for start, end in zip(starts, ends, strict=True)])
        shared = np.bincount(rows, np.repeat(index.idf[known].astype(float) ** 2, ends - starts), self._size)
        scores: NDArray[np.float32] = (shared / (length * np.maximum(index.lengths, 1e-9))).astype(np.float32)
        return scores


def _grams(text: str) -> list[str]:
    return [gram for word in text.replace("-", " ").split() for gram in _grams_of_word(word)]


@lru_cache(maxsize=2048)
def _grams_of_word(word: str) -> tuple[str, ...]:
    padded = f" {''.join(character for character in fold(word) if character.isalnum())} "
    return tuple(padded[at : at + size] for size in _GRAM_SIZES for at in range(len(padded) - size + 1))
