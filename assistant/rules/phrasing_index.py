"""Facts in, what is computed once from their phrasings out, kept in a file for the next start."""

import logging
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant.rules.letters import LetterIndex, index_letters
from assistant.rules.model import Fact
from assistant.rules.phrasings import answer_text, lines_of, phrasings_of
from index.npz import read_arrays, to_array, to_texts, write_arrays
from index.vectors import Progress, Role, VectorCache, Vectors
from index.whitening import Whitening, fit_whitening

_FORMAT = 6
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class PhrasingIndex:
    """Whitened vectors of all phrasings (n, dimensions) and answers (facts, dimensions), and the phrasings by letters.

    Vectors are whitened by the covariance within topics, so that what only tells two phrasings of one topic apart
    counts less (within-class covariance normalisation, Hatch et al. 2006).
    """

    whitening: Whitening
    vectors: Vectors
    answers: Vectors
    letters: LetterIndex


def phrasing_index(
    facts: list[Fact], cache: VectorCache, kept: Path, progress: Progress | None = None
) -> PhrasingIndex:
    """Return the index that the file ``kept`` holds if it is of these facts, or else make it and keep it there.

    A folder that cannot be written only costs time at the next start.
    """
    key = _key(facts, cache.model)
    found = _read(kept, key)
    if found is None:
        found = make_phrasing_index(facts, cache, progress)
        try:
            cache.keep()
            _write(kept, key, found)
        except OSError as error:
            _log.warning("the phrasings are not kept: %s", error)
    return found


def make_phrasing_index(facts: list[Fact], cache: VectorCache, progress: Progress | None = None) -> PhrasingIndex:
    """Embed what is new, whiten and collect; nothing is written."""
    phrasings = phrasings_of(facts)
    texts = [phrasing.text for phrasing in phrasings]
    raw = cache.vectors([lines_of(text) for text in texts], Role.QUERY, progress)
    answers = cache.vectors([answer_text(fact) for fact in facts], Role.PASSAGE, progress)
    topics = {topic: number for number, topic in enumerate(sorted({fact.entry.topic for fact in facts}))}
    owners = np.array([topics[facts[phrasing.fact].entry.topic] for phrasing in phrasings], dtype=np.int32)
    whitening = fit_whitening(raw, owners)
    return PhrasingIndex(
        whitening,
        _rounded(whitening.project(raw)),
        _rounded(whitening.project(answers, answers.mean(axis=0))),
        index_letters(texts),
    )


def _rounded(vectors: Vectors) -> Vectors:
    """Round to what the file holds, so that an index made and an index read give the same answers."""
    return _by_column(vectors.astype(np.float16))


def _by_column(vectors: NDArray[np.float16]) -> Vectors:
    """Lay vectors out so that they are multiplied with one vector fastest."""
    return np.asfortranarray(vectors, dtype=np.float32)


def _key(facts: list[Fact], model: str) -> str:
    digest = sha256(f"{_FORMAT}\0{model}".encode())
    for fact in facts:
        digest.update(f"\0{fact.entry.topic}\0{answer_text(fact)}".encode())
    for phrasing in phrasings_of(facts):
        digest.update(f"\0{phrasing.fact}\0{phrasing.text}".encode())
    return digest.hexdigest()


def _write(path: Path, key: str, index: PhrasingIndex) -> None:
    write_arrays(
        path,
        key=np.array(key),
        mean=index.whitening.mean,
        matrix=index.whitening.matrix,
        vectors=index.vectors.astype(np.float16),
        answers=index.answers.astype(np.float16),
        grams=to_array(index.letters.grams),
        idf=index.letters.idf,
        starts=index.letters.starts,
        rows=index.letters.rows,
        lengths=index.letters.lengths,
    )


def _read(path: Path, key: str) -> PhrasingIndex | None:
    file = read_arrays(path)
    if not file or str(file.get("key")) != key:
        return None
    grams = tuple(to_texts(file["grams"]))
    letters = LetterIndex(grams, file["idf"], file["starts"], file["rows"], file["lengths"])
    vectors, answers = _by_column(file["vectors"]), _by_column(file["answers"])
    return PhrasingIndex(Whitening(file["mean"], file["matrix"]), vectors, answers, letters)
