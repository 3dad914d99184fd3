from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from assistant.rules.features import FeatureWeights
from assistant.rules.learn import learn_pairs
from assistant.rules.lookup import FactLookup, Learned
from assistant.rules.matcher import FactMatcher
from assistant.rules.pairs import NOTHING_LEARNED, PairModel, learned_pairs, pair_features, write_pairs
from assistant.rules.phrasing_index import PhrasingIndex, make_phrasing_index
from assistant.rules.phrasings import Side, phrasings_of
from assistant.rules.sides import SideModel, known_facts
from assistant.understand import Query
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


@pytest.fixture(scope="module")
def few_index(few_rules: FactLookup, embeddings: Embedder, tmp_path_factory: pytest.TempPathFactory) -> PhrasingIndex:
    kept = tmp_path_factory.mktemp("pairs") / "kept.npz"
    return make_phrasing_index(few_rules.facts, VectorCache(embeddings, BUNDLED_MODEL, kept))


def test_what_is_learned_tells_the_phrasings_apart(few_rules: FactLookup, few_index: PhrasingIndex) -> None:
    model = learn_pairs(few_rules.facts, few_index)
    taken, right = {}, {}
    for phrasing, vector in zip(phrasings_of(few_rules.facts), few_index.vectors, strict=True):
        if phrasing.side in (Side.AFFIRMED, Side.DENIED):
            taken[phrasing.text] = model.odds(vector, few_index.answers[phrasing.fact]) > 0
            right[phrasing.text] = phrasing.side is Side.AFFIRMED
    assert set(right.values()) == {True, False}
    assert taken == right


@pytest.mark.parametrize(("bias", "side"), [(9.0, Side.AFFIRMED), (-9.0, Side.DENIED)])
def test_where_the_words_are_even_the_meaning_decides(
    few_rules: FactLookup,
    few_index: PhrasingIndex,
    embeddings: Embedder,
    ask_query: Callable[..., Query],
    bias: float,
    side: Side,
) -> None:
    fact = few_rules.fact("2026-ggz.procedure.terugwerkend")
    query = ask_query("Sluit Caresq overeenkomsten met terugwerkende kracht?")
    even = SideModel(FeatureWeights.of({f"{fact.id}:@": 0.0}, known_facts([fact])), 0.0)
    certain = PairModel(np.zeros((3 * 384, 1), np.float32), np.zeros(1, np.float32), np.zeros(1, np.float32), bias)
    rules = FactLookup(few_rules.facts, FactMatcher(few_rules.facts, few_index), embeddings, Learned(even, certain))
    assert rules.side(fact, query, query.parts[0]) is side


def test_a_model_ships_for_the_bundled_embeddings() -> None:
    assert learned_pairs(BUNDLED_MODEL).hidden.shape == (3 * 384, 5 * 256), "make vectors"
