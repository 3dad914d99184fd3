"""A question in, the passages that may answer it out: dense and keyword search, fused, filtered, cut off."""

import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.adapter import adapt, learned_adapter
from index.chunks import Chunk
from index.content import IndexContent
from index.embeddings import Embedder
from index.errors import EmbeddingError, IndexCorruptError
from index.keywords import KeywordSearch
from index.store import ChromaStore
from index.vectors import Vectors, question_vector

_NEAREST_KEYS = 60
RANK_CONSTANT = 10
_FULL_SHARE_WEIGHT = 6
"""What the keyword ranking weighs more for a text with all words of the question.

The smallest whole number at which such a text, first by keywords, precedes any that is sixth by keywords and first by
both meanings, and so is always among the first five: (1 + 6) / (10 + 1) > (1 + 6) / (10 + 6) + 2 / (10 + 1).
"""
_TELLING_SIMILARITY = 1.5
_TELLING_KEYWORDS = 0.3
_log = logging.getLogger(__name__)
Scores = NDArray[np.float32]


@dataclass(frozen=True)
class Passage:
    """A chunk that was found.

    ``score`` is the fused score, ``similarity`` the best similarity of its search keys (0 to 2), ``keywords`` its
    share of the keyword score that a text with all words of the question would have.
    """

    chunk: Chunk
    score: float
    similarity: float
    keywords: float

    @property
    def is_telling(self) -> bool:
        """Tell whether it shares enough meaning and words with the question to be shown as an answer."""
        return self.similarity >= _TELLING_SIMILARITY and self.keywords >= _TELLING_KEYWORDS


class PassageSearch:
    """Hybrid search over one index; without Chroma it searches the plain vectors exactly."""

    def __init__(self, content: IndexContent, embeddings: Embedder, chroma_folder: Path | None) -> None:
        self._content = content
        self._embeddings = embeddings
        self._chroma_folder = chroma_folder
        self._has_failed = False
        self._adapter = learned_adapter(content.meta.embedding_model)

    @property
    def content(self) -> IndexContent:
        """Return the chunks and keys that are searched."""
        return self._content

    @property
    def failed_chroma(self) -> Path | None:
        """Return the folder of Chroma once it failed; None while it works, and where there is none."""
        return self._chroma_folder if self._has_failed else None

    def search(self, question: str, policies: frozenset[str], limit: int = 5, characters: int = 4000) -> list[Passage]:
        """Return at most ``limit`` passages of these policies, best first, of together at most ``characters``."""
        by_passage, by_question = self._dense(question, policies)
        allowed = np.array([chunk.policy in policies for chunk in self._content.chunks])
        keywords = np.where(allowed, self._keywords.scores(question), 0).astype(np.float32)
        share = keywords / max(self._keywords.ceiling(question), 1e-6)
        fused = fuse([by_passage, by_question], keywords, share)
        best = np.maximum(by_passage, by_question)
        ranked = [
            Passage(self._content.chunks[number], float(fused[number]), float(best[number]), float(share[number]))
            for number in np.argsort(-fused, kind="stable")[:limit]
            if fused[number] > 0
        ]
        return cut_off(ranked, characters)

    def _dense(self, question: str, policies: frozenset[str]) -> tuple[Scores, Scores]:
        """Return how near every chunk is by its passage and by its best question, 0 where not among the nearest.

        Similarities are shifted by 1, so that they run from 0 (opposite) to 2 (the same).
        """
        raw = question_vector(self._embeddings, question)
        vector = adapt(self._adapter, self._content.whitening.project(raw[np.newaxis, :])[0])
        return self._nearest(vector, policies, questions=False), self._nearest(vector, policies, questions=True)

    def _nearest(self, vector: Vectors, policies: frozenset[str], *, questions: bool) -> Scores:
        scores = np.zeros(len(self._content.chunks), dtype=np.float32)
        for row, similarity in self._nearest_keys(vector, policies, questions=questions):
            chunk = self._content.key_chunks[row]
            scores[chunk] = max(scores[chunk], 1 + similarity)
        return scores

    def _nearest_keys(self, vector: Vectors, policies: frozenset[str], *, questions: bool) -> list[tuple[int, float]]:
        store = None if self._has_failed else self._store
        if store is not None:
            try:
                return store.nearest(vector.tolist(), _NEAREST_KEYS, policies, questions=questions)
            except IndexCorruptError:
                self._has_failed = True
                _log.warning("Chroma fails; the plain vectors are searched", exc_info=True)
        similarities = self._content.vectors @ vector
        policy_of_key = np.array([self._content.chunks[chunk].policy for chunk in self._content.key_chunks])
        allowed = np.isin(policy_of_key, sorted(policies)) & (self._content.key_is_question == questions)
        nearest = np.argsort(-np.where(allowed, similarities, -2), kind="stable")[: min(_NEAREST_KEYS, allowed.sum())]
        return [(int(row), float(similarities[row])) for row in nearest]

    @cached_property
    def _store(self) -> ChromaStore | None:
        if self._chroma_folder is None:
            return None
        meta = self._content.meta
        try:
            return ChromaStore(self._chroma_folder, meta.embedding_model, meta.keys)
        except (EmbeddingError, IndexCorruptError):
            self._has_failed = True
            _log.warning("Chroma cannot open the index; the plain vectors are searched", exc_info=True)
            return None

    @cached_property
    def _keywords(self) -> KeywordSearch:
        pairs = zip(self._content.chunks, self._content.question_texts, strict=True)
        return KeywordSearch([" ".join([chunk.search_text, *questions]) for chunk, questions in pairs])


def fuse(meanings: list[Scores], keywords: Scores, share: Scores) -> Scores:
    """Fuse rankings by reciprocal rank (Cormack et al. 2009); a score of 0 or less takes no part.

    The keyword ranking weighs more for a text the larger the share of the words of the question that it holds, so that
    two poor rankings by meaning cannot outweigh an exact hit.
    """
    fused = _reciprocal_ranks(keywords) * (1 + _FULL_SHARE_WEIGHT * share)
    for scores in meanings:
        fused += _reciprocal_ranks(scores)
    return fused


def _reciprocal_ranks(scores: Scores) -> Scores:
    ranks = np.empty(len(scores), dtype=np.float32)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return np.where(scores > 0, 1.0 / (RANK_CONSTANT + ranks), 0).astype(np.float32)


def cut_off(passages: list[Passage], characters: int) -> list[Passage]:
    """Keep passages from the best down as long as their texts fit."""
    kept: list[Passage] = []
    for passage in passages:
        characters -= len(passage.chunk.text)
        if characters < 0:
            break
        kept.append(passage)
    return kept
