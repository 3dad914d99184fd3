from pathlib import Path

import numpy as np
import pytest

from assistant.flow import Assistant
from assistant.rules.learn import learn_pairs
from assistant.rules.lookup import FactLookup
from assistant.rules.pairs import NOTHING_LEARNED, PairModel, learned_pairs, pair_features, write_pairs
from assistant.rules.phrasing_index import make_phrasing_index
from assistant.rules.phrasings import Side, phrasings_of
from index.embeddings import BUNDLED_MODEL, Embedder
from index.vectors import VectorCache

ONE = np.array([1.0, 0.0], np.float32)


def agreement() -> PairModel:
    """Ja where the product of the first dimensions is above a half."""
    hidden = np.zeros((6, 1), np.float32)
    hidden[4] = 1.0
    return PairModel(hidden, np.zeros(1, np.float32), np.ones(1, np.float32), -12.5)


def test_the_features_are_both_vectors_and_what_they_share() -> None:
    assert pair_features(ONE, ONE).shape == (6,)
    assert pair_features(np.stack([ONE, ONE]), np.stack([ONE, -ONE])).shape == (2, 6)
    assert pair_features(ONE, -ONE)[4] == -pair_features(ONE, ONE)[4]


@pytest.mark.parametrize(("answer", "is_yes"), [(ONE, True), (-ONE, False)])
def test_the_odds_follow_what_question_and_answer_share(answer: np.ndarray, is_yes: bool) -> None:
    assert (agreement().odds(ONE, answer) > 0) == is_yes


def test_the_odds_have_a_limit() -> None:
    assert agreement().odds(ONE * 10, ONE * 10) == 9.0


def test_where_nothing_is_learned_the_odds_are_even() -> None:
    assert NOTHING_LEARNED.odds(ONE, ONE) == 0.0


def test_a_model_comes_back_as_it_was_written(tmp_path: Path) -> None:
    write_pairs(agreement(), tmp_path / "pairs.npz")
    read = learned_pairs(BUNDLED_MODEL, tmp_path / "pairs.npz")
    assert read.odds(ONE, ONE) == agreement().odds(ONE, ONE)
    assert learned_pairs("another", tmp_path / "pairs.npz") is NOTHING_LEARNED
    assert learned_pairs(BUNDLED_MODEL, tmp_path / "none.npz") is NOTHING_LEARNED


def test_what_is_learned_tells_most_of_the_phrasings_apart(
    few_rules: FactLookup, embeddings: Embedder, tmp_path: Path
) -> None:
    index = make_phrasing_index(few_rules.facts, VectorCache(embeddings, BUNDLED_MODEL, tmp_path / "kept.npz"))
    model = learn_pairs(few_rules.facts, index)
    assert model.hidden.shape[0] == 3 * index.vectors.shape[1]
    sided = [
        (phrasing, vector)
        for phrasing, vector in zip(phrasings_of(few_rules.facts), index.vectors, strict=True)
        if phrasing.side in (Side.AFFIRMED, Side.DENIED)
    ]
    odds = [model.odds(vector, index.answers[phrasing.fact]) for phrasing, vector in sided]
    assert all(np.isfinite(odds)) and len(set(odds)) > 1


def test_the_model_that_ships_takes_part_in_the_answer(assistant: Assistant) -> None:
    assert learned_pairs(BUNDLED_MODEL).hidden.shape == (3 * 384, 256), "make vectors"
