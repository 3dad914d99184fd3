"""A question in, how likely it asks for each topic out: softmax regression over meaning and words of the phrasings."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.rules.latent import NO_WORDS, WordSpace
from index.embeddings import BUNDLED_MODEL
from index.npz import read_arrays, to_array, to_texts, write_arrays
from index.vectors import Vectors

SHIPPED = Path(__file__).parent / "learned" / f"topics-{BUNDLED_MODEL}.npz"


@dataclass(frozen=True)
class TopicModel:
    """``weights`` (topics, dimensions of meaning and words) and ``bias`` (topics,) of the topics with these names."""

    names: tuple[str, ...]
    weights: Vectors
    bias: Vectors
    words: WordSpace = NO_WORDS

    def likelihood(self, text: str, vector: Vectors, names: list[str]) -> Vectors:
        """Return the logarithm of how likely a text asks for each name; shape (names,).

        ``vector`` (dimensions of meaning,) is its whitened query vector. The scale has no zero: only differences count.
        A topic that was not learned counts as the likeliest, so that whatever else speaks for it decides.
        """
        if not self.names:
            return np.zeros(len(names), dtype=np.float32)
        known = self.weights @ np.concatenate([vector, self.words.project(text)]) + self.bias
        position = {name: number for number, name in enumerate(self.names)}
        rows = np.array([position.get(name, -1) for name in names])
        likely: Vectors = np.where(rows < 0, known.max(), known[rows]).astype(np.float32)
        return likely


NOTHING_LEARNED = TopicModel((), np.zeros((0, 0), np.float32), np.zeros(0, np.float32))


def write_topics(model: TopicModel, path: Path = SHIPPED) -> None:
    """Write a model."""
    write_arrays(
        path,
        names=to_array(model.names),
        weights=model.weights.astype(np.float16),
        bias=model.bias.astype(np.float32),
        terms=to_array(model.words.terms),
        idf=model.words.idf.astype(np.float32),
        directions=model.words.directions,
        scale=model.words.scale,
    )


def learned_topics(embedding_model: str, path: Path = SHIPPED) -> TopicModel:
    """Read the model that ships; of another embedding model, or without a file, nothing is learned."""
    file = read_arrays(path) if embedding_model == BUNDLED_MODEL else {}
    if not file:
        return NOTHING_LEARNED
    words = WordSpace(tuple(to_texts(file["terms"])), file["idf"], file["directions"], file["scale"])
    return TopicModel(tuple(to_texts(file["names"])), file["weights"].astype(np.float32), file["bias"], words)
