"""A question in, the passages that may answer it out: dense and keyword search, fused, filtered, cut off."""

import logging
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.chunks import Chunk
from index.content import IndexContent
from index.embeddings import Embedder
from index.errors import IndexCorruptError
from index.keywords import KeywordSearch
from index.store import ChromaStore
from index.vectors import Vectors

_NEAREST_KEYS = 60
_RANK_CONSTANT = 10
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

    @property
    def content(self) -> IndexContent:
        """Return the chunks and keys that are searched."""
        return self._content

    def search(self, question: str, policies: frozenset[str], limit: int = 5, characters: int = 4000) -> list[Passage]:
        """Return at most ``limit`` passages of these policies, best first, of together at most ``characters``."""
        similarities = self._dense(question, policies)
        keywords = self._keywords.scores(question)
        rankings = [similarities[0], similarities[1], keywords]
        allowed = np.array([chunk.policy in policies for chunk in self._content.chunks])
        fused = fuse([np.where(allowed, scores, 0).astype(np.float32) for scores in rankings])
        best = np.maximum(similarities[0], similarities[1])
        share = keywords / max(self._keywords.ceiling(question), 1e-6)
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
        raw = np.asarray([self._embeddings.embed_query(question)], dtype=np.float32)
        vector = self._content.whitening.project(raw)[0]
        return self._nearest(vector, policies, questions=False), self._nearest(vector, policies, questions=True)

    def _nearest(self, vector: Vectors, policies: frozenset[str], *, questions: bool) -> Scores:
        scores = np.zeros(len(self._content.chunks), dtype=np.float32)
        for row, similarity in self._nearest_keys(vector, policies, questions=questions):
            chunk = self._content.key_chunks[row]
            scores[chunk] = max(scores[chunk], 1 + similarity)
        return scores

    def _nearest_keys(self, vector: Vectors, policies: frozenset[str], *, questions: bool) -> list[tuple[int, float]]:
        if self._store is not None:
            try:
                return self._store.nearest(vector.tolist(), _NEAREST_KEYS, policies, questions=questions)
            except IndexCorruptError:
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
        except IndexCorruptError:
            _log.warning("Chroma cannot open the index; the plain vectors are searched", exc_info=True)
            return None

    @cached_property
    def _keywords(self) -> KeywordSearch:
        pairs = zip(self._content.chunks, self._content.question_texts, strict=True)
        return KeywordSearch([" ".join([chunk.search_text, *questions]) for chunk, questions in pairs])


def fuse(rankings: list[Scores]) -> Scores:
    """Fuse rankings by reciprocal rank (Cormack et al. 2009); a score of 0 or less takes no part."""
    fused = np.zeros_like(rankings[0])
    for scores in rankings:
        order = np.argsort(-scores, kind="stable")
        ranks = np.empty(len(scores), dtype=np.float32)
        ranks[order] = np.arange(1, len(scores) + 1)
        fused += np.where(scores > 0, 1.0 / (_RANK_CONSTANT + ranks), 0).astype(np.float32)
    return fused


def cut_off(passages: list[Passage], characters: int) -> list[Passage]:
    """Keep passages from the best down as long as their texts fit."""
    kept: list[Passage] = []
    for passage in passages:
        characters -= len(passage.chunk.text)
        if characters < 0:
            break
        kept.append(passage)
    return kept
