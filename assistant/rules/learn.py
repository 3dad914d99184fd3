"""Facts in, the models learned from their phrasings out: which topic is asked for, and Ja or Nee.

Files of weights are all that ships, and NumPy applies them. scikit-learn is needed only here.
"""

import warnings
from importlib.util import find_spec
from typing import Any

import numpy as np

from assistant.errors import UsageError
from assistant.rules.latent import WordSpace, terms_of
from assistant.rules.model import Fact
from assistant.rules.pairs import NOTHING_LEARNED, PairModel, pair_features
from assistant.rules.phrasing_index import PhrasingIndex
from assistant.rules.phrasings import Phrasing, Side, phrasings_of
from assistant.rules.sides import SideModel, asking_clause, side_features
from assistant.rules.topics import TopicModel

_TOPIC_SCALE = 4.0
_WORD_DIMENSIONS = 400
_FEWEST = 3
_TOPIC_C = 3.0
_SIDE_C = 3.0
_PAIR_UNITS = 256
_PAIR_DECAY = 1e-2
_PAIR_ROUNDS = 25
_FEWEST_PAIRS = 100


def learn_topics(facts: list[Fact], index: PhrasingIndex) -> TopicModel:
    """Learn from the whitened vectors and the words of the phrasings; the constants were chosen on phrasings left out.

    Raises:
        UsageError: scikit-learn is not installed.
    """
    phrasings = phrasings_of(facts)
    topics = np.array([facts[phrasing.fact].entry.topic for phrasing in phrasings])
    words = learn_words([phrasing.text for phrasing in phrasings])
    places = np.array([words.project(phrasing.text) for phrasing in phrasings])
    model = _regression(_TOPIC_C).fit(np.hstack([index.vectors, places]) * _TOPIC_SCALE, topics)
    weights, bias = model.coef_ * _TOPIC_SCALE, model.intercept_
    return TopicModel(tuple(model.classes_.tolist()), weights.astype(np.float32), bias.astype(np.float32), words)


def learn_words(texts: list[str]) -> WordSpace:
    """Find the directions in which texts differ most in their words.

    Raises:
        UsageError: scikit-learn is not installed.
    """
    _need_sklearn()
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(analyzer=terms_of, sublinear_tf=True, min_df=min(_FEWEST, len(texts)))
    weights = vectorizer.fit_transform(texts)
    dimensions = min(_WORD_DIMENSIONS, weights.shape[1] - 1)
    directions = TruncatedSVD(dimensions, n_iter=4, random_state=0).fit(weights).components_.T
    scale = np.abs(directions).max(axis=0) / 127
    return WordSpace(
        tuple(vectorizer.get_feature_names_out().tolist()),
        vectorizer.idf_.astype(np.float32),
        np.rint(directions / scale).astype(np.int8),
        scale.astype(np.float32),
    )


def learn_sides(facts: list[Fact]) -> SideModel:
    """Learn from the yes/no phrasings whose side is Ja or Nee.

    Raises:
        UsageError: scikit-learn is not installed.
    """
    sided = [phrasing for phrasing in phrasings_of(facts) if _is_sided(phrasing)]
    vectorizer = _vectorizer()
    features = vectorizer.fit_transform([_features(facts, phrasing) for phrasing in sided])
    model = _regression(_SIDE_C).fit(features, [phrasing.side is Side.AFFIRMED for phrasing in sided])
    names = vectorizer.get_feature_names_out().tolist()
    return SideModel(dict(zip(names, model.coef_[0].tolist(), strict=True)), float(model.intercept_[0]))


def learn_pairs(facts: list[Fact], index: PhrasingIndex) -> PairModel:
    """Learn Ja or Nee from the vectors of the yes/no phrasings and of the answers to them.

    Raises:
        UsageError: scikit-learn is not installed.
    """
    _need_sklearn()
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    phrasings = phrasings_of(facts)
    rows = [row for row, phrasing in enumerate(phrasings) if _is_sided(phrasing)]
    answers = index.answers[[phrasings[row].fact for row in rows]]
    sides = [phrasings[row].side is Side.AFFIRMED for row in rows]
    if len(set(sides)) < 2:
        return NOTHING_LEARNED
    enough = len(rows) >= _FEWEST_PAIRS  # to leave a tenth out by which to tell when to stop
    net = MLPClassifier(_PAIR_UNITS, alpha=_PAIR_DECAY, max_iter=_PAIR_ROUNDS, random_state=0, early_stopping=enough)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # so many rounds and no more, whatever is left to gain
        net.fit(pair_features(index.vectors[rows], answers), sides)
    (hidden, out), (hidden_bias, out_bias) = net.coefs_, net.intercepts_
    return PairModel(hidden, hidden_bias.astype(np.float32), out[:, 0].astype(np.float32), float(out_bias[0]))


def _is_sided(phrasing: Phrasing) -> bool:
    return phrasing.side in (Side.AFFIRMED, Side.DENIED)


def _features(facts: list[Fact], phrasing: Phrasing) -> list[str]:
    return side_features(facts[phrasing.fact], *asking_clause(phrasing.text))


def _need_sklearn() -> None:
    if find_spec("sklearn") is None:
        raise UsageError("Voor het leren is scikit-learn nodig: pip install scikit-learn")


def _regression(strength: float) -> Any:
    _need_sklearn()
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=strength, max_iter=500)


def _vectorizer() -> Any:
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(analyzer=lambda features: features, binary=True)
