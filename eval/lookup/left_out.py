"""The phrasings of the facts in, where each finds its fact when it is left out itself out.

Looked up by the matcher alone, without the learned model of topics: that has seen every phrasing. The whitening has
too, but one phrasing of thousands hardly moves a covariance.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from assistant.rules.check import scope_of
from assistant.rules.lookup import in_scope
from assistant.rules.matcher import FactMatcher
from assistant.rules.phrasing_index import PhrasingIndex
from assistant.rules.phrasings import phrasings_of
from assistant.rules.topics import NOTHING_LEARNED
from eval.lookup.bench import Bench
from eval.lookup.measure import Found
from eval.lookup.phrasings import text_key
from index.vectors import Progress, Role, Vectors

STEP = 8
"""One phrasing in eight takes half a minute to two minutes, by how busy the machine is; all of them eight times it."""


class LeavingIndex:
    """An index of phrasings from which some can be left out for a while.

    The matcher reads the arrays of its index at every look-up, so these are overwritten and put back; ``index`` has
    arrays of its own.
    """

    def __init__(self, index: PhrasingIndex) -> None:
        letters = replace(index.letters, lengths=index.letters.lengths.copy())
        self.index = replace(index, vectors=index.vectors.copy(), letters=letters)

    @contextmanager
    def without(self, rows: list[int], vector: Vectors) -> Iterator[None]:
        """Leave phrasings out for a query vector (dimensions,): none is farther from it, or shares fewer letters."""
        vectors, lengths = self.index.vectors, self.index.letters.lengths
        kept = vectors[rows], lengths[rows]
        vectors[rows] = -self.index.whitening.project(vector[np.newaxis, :])[0]
        lengths[rows] = np.inf
        try:
            yield
        finally:
            vectors[rows], lengths[rows] = kept


def leave_one_out(bench: Bench, step: int = STEP, progress: Progress | None = None) -> list[Found]:
    """Look up every phrasing, or one in so many, in the scope of its fact, without itself and its equals."""
    phrasings = phrasings_of(bench.facts)
    leaving = LeavingIndex(bench.index)
    matcher = FactMatcher(bench.facts, leaving.index, NOTHING_LEARNED)
    raw = bench.cache.vectors(bench.phrasings, Role.QUERY, progress)
    raw_of = dict(zip(bench.phrasings, raw, strict=True))
    equals = _rows_by_key(bench.phrasings)
    possible = [_possible(bench, number) for number in range(len(bench.facts))]
    sample = range(0, len(phrasings), step)
    found: list[Found] = []
    for done, row in enumerate(sample, 1):
        text, owner = phrasings[row].text, phrasings[row].fact
        with leaving.without(equals[text_key(text)], raw[row]):
            scores = matcher.fit(text, raw_of.__getitem__, possible[owner])
        order = [int(number) for number in np.argsort(-scores, kind="stable") if possible[owner][number]]
        found.append(Found(bench.facts[owner], text, order.index(owner) + 1, bench.facts[order[0]].id))
        if progress:
            progress(done, len(sample))
    return found


def _possible(bench: Bench, number: int) -> NDArray[np.bool_]:
    scope = scope_of(bench.facts[number], bench.documents)
    return np.array([in_scope(fact, scope) for fact in bench.facts])


def _rows_by_key(texts: list[str]) -> dict[str, list[int]]:
    rows: dict[str, list[int]] = defaultdict(list)
    for row, text in enumerate(texts):
        rows[text_key(text)].append(row)
    return dict(rows)
