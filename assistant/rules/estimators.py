"""Features and labels in, fitted estimators of scikit-learn out; needed for learning only, never for an answer."""

import warnings
from importlib.util import find_spec
from typing import Any

import numpy as np

from assistant.errors import UsageError
from assistant.rules.pairs import PairModel
from index.vectors import Vectors

_DECAY = 1e-2
_NETS = 5
"""One net alone answers questions near its border by chance: with each learning another one in a hundred flipped."""


def need_sklearn() -> None:
    """Check that scikit-learn is there.

    Raises:
        UsageError: it is not installed.
    """
    if find_spec("sklearn") is None:
        raise UsageError("Voor het leren is scikit-learn nodig: pip install scikit-learn")


def regression(strength: float, *, balanced: bool = False) -> Any:
    """Return a logistic regression; ``strength`` is the inverse of its regularisation."""
    need_sklearn()
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, max_iter=500, class_weight="balanced" if balanced else None)


def feature_counter(fewest: int = 1) -> Any:
    """Return what makes rows of a matrix from lists of features; a feature must stand in ``fewest`` lists."""
    need_sklearn()
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(analyzer=lambda features: features, binary=True, min_df=fewest)


def fit_net(features: Vectors, labels: list[bool], units: int, rounds: int, *, stops_early: bool = False) -> PairModel:
    """Fit nets of one hidden layer that begin differently, and return their mean: one net with all their units.

    Each ``stops_early`` when a tenth that is left out gains no more.
    """
    need_sklearn()
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    nets = [
        MLPClassifier(units, alpha=_DECAY, max_iter=rounds, random_state=seed, early_stopping=stops_early)
        for seed in range(_NETS)
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # so many rounds and no more, whatever is left to gain
        for net in nets:
            net.fit(features, labels)
    return PairModel(
        hidden=np.hstack([net.coefs_[0] for net in nets]),
        hidden_bias=np.hstack([net.intercepts_[0] for net in nets]).astype(np.float32),
        out=(np.hstack([net.coefs_[1][:, 0] for net in nets]) / _NETS).astype(np.float32),
        out_bias=float(np.mean([net.intercepts_[1][0] for net in nets])),
    )
