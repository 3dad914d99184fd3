"""A query vector in, one that lies nearer to its answer out: a linear map, learned from passage questions.

``make adapter`` trains it (``tools/train_adapter.py``) and writes beside it the record of how it came about.
"""

from pathlib import Path

import numpy as np

from index.embeddings import BUNDLED_MODEL
from index.npz import read_arrays, write_arrays
from index.vectors import Vectors

SHIPPED = Path(__file__).parent / "adapter" / f"{BUNDLED_MODEL}.npz"


def adapt(matrix: Vectors | None, vector: Vectors) -> Vectors:
    """Return the vector (dimensions,) that a matrix (square) makes of one, of length 1; without a matrix the same."""
    if matrix is None:
        return vector
    mapped: Vectors = matrix @ vector
    return mapped / max(float(np.linalg.norm(mapped)), 1e-9)


def learned_adapter(embedding_model: str, path: Path = SHIPPED) -> Vectors | None:
    """Read the matrix that ships; None for another embedding model, or without a file."""
    file = read_arrays(path) if embedding_model == BUNDLED_MODEL else {}
    matrix: Vectors | None = file["matrix"].astype(np.float32) if file else None
    return matrix


def write_adapter(matrix: Vectors, path: Path = SHIPPED) -> None:
    """Write a matrix."""
    write_arrays(path, matrix=matrix.astype(np.float16))
