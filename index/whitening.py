"""Vectors with their owners in, a projection out that weakens what only tells apart texts of one owner."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.vectors import Vectors

_SHRINKAGE = 0.3


@dataclass(frozen=True)
class Whitening:
    """Within-class covariance normalisation (Hatch et al. 2006): ``mean`` (dimensions,), ``matrix`` (square)."""

    mean: Vectors
    matrix: Vectors

    def project(self, vectors: Vectors, mean: Vectors | None = None) -> Vectors:
        """Return unit vectors; ``mean`` replaces that of the questions for vectors of another kind."""
        centred = vectors - (self.mean if mean is None else mean)
        return unit(np.asarray(centred @ self.matrix, dtype=np.float32))


def centring(vectors: Vectors) -> Whitening:
    """Return the projection that only moves the mean of vectors (n, dimensions) to zero."""
    return Whitening(vectors.mean(axis=0).astype(np.float32), np.eye(vectors.shape[1], dtype=np.float32))


def fit_whitening(vectors: Vectors, owners: NDArray[np.int32]) -> Whitening:
    """Fit on vectors (n, dimensions) of which ``owners`` (n,) tells which belong together.

    The matrix is the inverse square root of the covariance within owners, shrunk towards a multiple of the identity.
    Where owners have too few vectors to tell that covariance, it is the identity.
    """
    mean = vectors.mean(axis=0)
    if len(vectors) - len(np.unique(owners)) < vectors.shape[1]:
        return Whitening(mean.astype(np.float32), np.eye(vectors.shape[1], dtype=np.float32))
    order = np.argsort(owners, kind="stable")
    _, starts, group, counts = np.unique(owners[order], return_index=True, return_inverse=True, return_counts=True)
    grouped = vectors[order].astype(np.float32)
    means = np.add.reduceat(grouped, starts) / counts[:, np.newaxis].astype(np.float32)
    within = grouped - means[group]
    covariance = (within.T @ within).astype(np.float64) / len(vectors)
    shrunk = covariance + _SHRINKAGE * np.trace(covariance) / len(covariance) * np.eye(len(covariance))
    values, basis = np.linalg.eigh(shrunk)
    return Whitening(mean.astype(np.float32), ((basis * values**-0.5) @ basis.T).astype(np.float32))


def unit(vectors: Vectors) -> Vectors:
    """Return the rows with length 1."""
    lengths = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    scaled: Vectors = (vectors / lengths).astype(np.float32)
    return scaled
