"""A text in, its place among the words of the phrasings out: latent semantic analysis (Deerwester et al. 1990)."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from index.vectors import Vectors
from index.words import stems


@dataclass(frozen=True)
class WordSpace:
    """The directions in which the words and word pairs of the phrasings vary most.

    ``idf`` (terms,) is the rarity of every term; its row of ``directions`` (terms, dimensions), times ``scale``
    (dimensions,), is where it lies.
    """

    terms: tuple[str, ...]
    idf: NDArray[np.float32]
    directions: NDArray[np.int8]
    scale: NDArray[np.float32]

    def project(self, text: str) -> Vectors:
        """Return where a text lies; shape (dimensions,), of unit length, or zero where no word of it is known."""
        counts = Counter(term for term in terms_of(text) if term in self._position)
        rows = np.array([self._position[term] for term in counts], dtype=np.int64)
        weights = self.idf[rows] * (1 + np.log(np.array(list(counts.values()), dtype=np.float32)))
        place = (weights @ self.directions[rows].astype(np.float32)) * self.scale
        length = float(np.linalg.norm(place))
        unit: Vectors = (place / length if length else place).astype(np.float32)
        return unit

    @cached_property
    def _position(self) -> dict[str, int]:
        return {term: number for number, term in enumerate(self.terms)}


def terms_of(text: str) -> list[str]:
    """Return the stems of a text and the pairs of neighbours; small words too, for they tell what is asked."""
    found = stems(text)
    return [*found, *(f"{first} {second}" for first, second in pairwise(found))]


NO_WORDS = WordSpace((), np.zeros(0, np.float32), np.zeros((0, 0), np.int8), np.zeros(0, np.float32))
