"""The vectors of a yes/no question and of an answer in, how likely that answer begins with Ja out: a small neural net.

It sees what the two have in common in meaning, whatever the words, and weighs beside the words and frames of
``assistant.rules.sides``.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embeddings import BUNDLED_MODEL
from index.npz import read_arrays, write_arrays
from index.vectors import Vectors

SHIPPED = Path(__file__).parent / "learned" / f"pairs-{BUNDLED_MODEL}.npz"
_SCALE = 5.0
_SUREST = 9.0


@dataclass(frozen=True)
class PairModel:
    """One hidden layer: ``hidden`` (3 x dimensions, units), ``hidden_bias`` (units,), ``out`` (units,) and its bias."""

    hidden: Vectors
    hidden_bias: Vectors
    out: Vectors
    out_bias: float

    def odds(self, question: Vectors, answer: Vectors) -> float:
        """Return the logarithm of the odds that the answer to a question is Ja; 0 where nothing is learned.

        Both vectors (dimensions,) are whitened.
        """
        if not self.out.size:
            return 0.0
        units = np.maximum(pair_features(question, answer) @ self.hidden + self.hidden_bias, 0)
        return float(np.clip(units @ self.out + self.out_bias, -_SUREST, _SUREST))


NOTHING_LEARNED = PairModel(np.zeros((0, 0), np.float32), np.zeros(0, np.float32), np.zeros(0, np.float32), 0.0)


def pair_features(questions: Vectors, answers: Vectors) -> Vectors:
    """Put two vectors, or two rows of them, side by side with their product; shape (..., 3 x dimensions)."""
    questions, answers = questions * _SCALE, answers * _SCALE
    features: Vectors = np.concatenate([questions, answers, questions * answers], axis=-1)
    return features


def write_pairs(model: PairModel, path: Path = SHIPPED) -> None:
    """Write a model."""
    write_arrays(path, **pair_arrays(model))


def learned_pairs(embedding_model: str, path: Path = SHIPPED) -> PairModel:
    """Read the model that ships; of another embedding model, or without a file, nothing is learned."""
    file = read_arrays(path) if embedding_model == BUNDLED_MODEL else {}
    if not file:
        return NOTHING_LEARNED
    return pair_model(file)


def pair_arrays(model: PairModel) -> dict[str, NDArray[Any]]:
    """Return what a file holds of a model, by name."""
    return {
        "hidden": model.hidden.astype(np.float16),
        "hidden_bias": model.hidden_bias,
        "out": model.out,
        "out_bias": np.array(model.out_bias),
    }


def pair_model(file: dict[str, NDArray[Any]]) -> PairModel:
    """Return the model that a file holds."""
    return PairModel(file["hidden"].astype(np.float32), file["hidden_bias"], file["out"], float(file["out_bias"]))
