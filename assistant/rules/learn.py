"""Facts in, the models learned from their phrasings out: which topic is asked for, and Ja or Nee.

Files of weights are all that ships, and NumPy applies them. scikit-learn is needed only for learning.
"""

import numpy as np

from assistant.rules.estimators import feature_counter, fit_net, need_sklearn, regression
from assistant.rules.features import FeatureWeights
from assistant.rules.latent import WordSpace, terms_of
from assistant.rules.model import Fact
from assistant.rules.pairs import NOTHING_LEARNED, PairModel, pair_features
from assistant.rules.phrasing_index import PhrasingIndex
from assistant.rules.phrasings import Phrasing, Side, asking_clause, phrasings_of
from assistant.rules.sides import SideModel, known_facts, side_features
from assistant.rules.topics import TopicModel

_TOPIC_SCALE = 4.0
_WORD_DIMENSIONS = 400
_FEWEST = 3
_TOPIC_C = 3.0
_SIDE_C = 1.0
_SIDE_WORD = 0.5
"""How much a word counts that is of no fact, topic or kind: with 1, "wel" alone outweighed all that a fact knew."""
_PAIR_UNITS = 256
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
    model = regression(_TOPIC_C).fit(np.hstack([index.vectors, places]) * _TOPIC_SCALE, topics)
    weights, bias = model.coef_ * _TOPIC_SCALE, model.intercept_
    return TopicModel(tuple(model.classes_.tolist()), weights.astype(np.float32), bias.astype(np.float32), words)


def learn_words(texts: list[str]) -> WordSpace:
    """Find the directions in which texts differ most in their words.

    Raises:
        UsageError: scikit-learn is not installed.
    """
    need_sklearn()
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
    vectorizer = feature_counter()
    features = vectorizer.fit_transform([_features(facts, phrasing) for phrasing in sided])
    names = vectorizer.get_feature_names_out().tolist()
    counts = np.array([1.0 if ":" in name or "@" in name else _SIDE_WORD for name in names])
    model = regression(_SIDE_C).fit(features.multiply(counts).tocsr(), [_is_affirmed(phrasing) for phrasing in sided])
    learned = dict(zip(names, (model.coef_[0] * counts).tolist(), strict=True))
    return SideModel(FeatureWeights.of(learned, known_facts(facts)), float(model.intercept_[0]))


def learn_pairs(facts: list[Fact], index: PhrasingIndex) -> PairModel:
    """Learn Ja or Nee from the vectors of the yes/no phrasings and of the answers to them.

    Raises:
        UsageError: scikit-learn is not installed.
    """
    phrasings = phrasings_of(facts)
    rows = [row for row, phrasing in enumerate(phrasings) if _is_sided(phrasing)]
    answers = index.answers[[phrasings[row].fact for row in rows]]
    sides = [_is_affirmed(phrasings[row]) for row in rows]
    if len(set(sides)) < 2:
        return NOTHING_LEARNED
    enough = len(rows) >= _FEWEST_PAIRS  # to leave a tenth out by which to tell when to stop
    return fit_net(pair_features(index.vectors[rows], answers), sides, _PAIR_UNITS, _PAIR_ROUNDS, stops_early=enough)


def _is_affirmed(phrasing: Phrasing) -> bool:
    return phrasing.side is Side.AFFIRMED


def _is_sided(phrasing: Phrasing) -> bool:
    return phrasing.side in (Side.AFFIRMED, Side.DENIED)


def _features(facts: list[Fact], phrasing: Phrasing) -> list[str]:
    return side_features(facts[phrasing.fact], *asking_clause(phrasing.text))
