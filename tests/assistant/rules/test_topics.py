from pathlib import Path

import numpy as np

from assistant.flow import Assistant
from assistant.rules.latent import WordSpace
from assistant.rules.learn import learn_topics
from assistant.rules.lookup import FactLookup
from assistant.rules.phrasing_index import make_phrasing_index
from assistant.rules.phrasings import phrasings_of
from assistant.rules.topics import NOTHING_LEARNED, TopicModel, learned_topics, write_topics
from index.embeddings import BUNDLED_MODEL, Embedder
from index.vectors import VectorCache

MODEL = TopicModel(("one", "two"), np.eye(2, dtype=np.float32), np.zeros(2, dtype=np.float32))


def test_the_likelihood_follows_the_names_that_are_asked_for() -> None:
    assert MODEL.likelihood("tekst", np.array([3.0, 1.0], np.float32), ["two", "one"]).tolist() == [1.0, 3.0]


def test_a_topic_that_was_not_learned_counts_as_the_likeliest() -> None:
    assert MODEL.likelihood("tekst", np.array([3.0, 1.0], np.float32), ["new", "two"]).tolist() == [3.0, 1.0]


def test_where_nothing_is_learned_all_topics_are_alike() -> None:
    assert NOTHING_LEARNED.likelihood("tekst", np.ones(2, np.float32), ["one", "two"]).tolist() == [0.0, 0.0]


def test_a_model_comes_back_as_it_was_written(tmp_path: Path) -> None:
    write_topics(MODEL, tmp_path / "topics.npz")
    read = learned_topics(BUNDLED_MODEL, tmp_path / "topics.npz")
    assert (read.names, read.weights.tolist(), read.bias.tolist()) == (
        MODEL.names,
        MODEL.weights.tolist(),
        MODEL.bias.tolist(),
    )


def test_the_words_of_a_model_come_back_too(tmp_path: Path) -> None:
    words = WordSpace(("een", "twee"), np.ones(2, np.float32), np.eye(2, dtype=np.int8), np.ones(2, np.float32))
    write_topics(TopicModel(MODEL.names, np.ones((2, 4), np.float32), MODEL.bias, words), tmp_path / "topics.npz")
    read = learned_topics(BUNDLED_MODEL, tmp_path / "topics.npz").words
    assert (read.terms, read.project("twee").tolist()) == (("een", "twee"), [0.0, 1.0])


def test_words_speak_for_a_topic_beside_the_meaning() -> None:
    words = WordSpace(("opslag",), np.ones(1, np.float32), np.array([[127]], np.int8), np.full(1, 1 / 127, np.float32))
    weights = np.array([[0, 0, 2], [0, 0, -2]], dtype=np.float32)
    model = TopicModel(("surcharge", "other"), weights, np.zeros(2, np.float32), words)
    assert model.likelihood("Krijg ik een opslag?", np.zeros(2, np.float32), ["surcharge", "other"]).tolist() == [2, -2]
    assert model.likelihood("Iets anders", np.zeros(2, np.float32), ["surcharge", "other"]).tolist() == [0, 0]


def test_nothing_is_learned_for_another_embedding_model_or_without_a_file(tmp_path: Path) -> None:
    assert learned_topics("another") is NOTHING_LEARNED
    assert learned_topics(BUNDLED_MODEL, tmp_path / "none.npz") is NOTHING_LEARNED


def test_a_phrasing_is_likeliest_to_ask_for_its_own_topic(
    few_rules: FactLookup, embeddings: Embedder, tmp_path: Path
) -> None:
    index = make_phrasing_index(few_rules.facts, VectorCache(embeddings, BUNDLED_MODEL, tmp_path / "kept.npz"))
    model = learn_topics(few_rules.facts, index)
    names = list(model.names)
    phrasings = phrasings_of(few_rules.facts)
    found = [
        names[int(np.argmax(model.likelihood(phrasing.text, vector, names)))]
        for phrasing, vector in zip(phrasings, index.vectors, strict=True)
    ]
    assert found == [few_rules.facts[phrasing.fact].entry.topic for phrasing in phrasings]


def test_the_model_that_ships_knows_every_topic(assistant: Assistant) -> None:
    assert {fact.entry.topic for fact in assistant.rules.facts} == set(learned_topics(BUNDLED_MODEL).names), (
        "make vectors"
    )
