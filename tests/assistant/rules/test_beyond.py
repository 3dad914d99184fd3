from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from assistant.answer import Status
from assistant.errors import FactsError
from assistant.flow import Assistant
from assistant.question import Question
from assistant.rules.beyond import (
    NOTHING_LEARNED,
    BeyondModel,
    beyond_features,
    holds_wanted,
    learned_beyond,
    write_beyond,
)
from assistant.rules.features import FeatureWeights
from assistant.rules.learn_beyond import learn_beyond, read_beyond
from assistant.rules.lookup import FactLookup, Learned
from assistant.rules.matcher import FactMatcher
from assistant.rules.pairs import NOTHING_LEARNED as NO_PAIRS
from assistant.rules.phrasing_index import PhrasingIndex, make_phrasing_index
from assistant.understand import Query
from index.embeddings import BUNDLED_MODEL, Embedder
from index.vectors import VectorCache

AS_OF = date(2025, 9, 20)
FACT = "2026-ggz.procedure.terugwerkend"
DEADLINE = "2026-ggz.deadline.vragenlijst"
ONE = np.array([1.0, 0.0], np.float32)


def beyond_words(bias: float) -> BeyondModel:
    """Count everything, or nothing, as beyond, whatever is asked."""
    return BeyondModel(FeatureWeights.of({"nothing": 1.0}), bias, NO_PAIRS)


def test_the_features_are_words_what_the_fact_lacks_of_them_and_what_is_wanted(few_rules: FactLookup) -> None:
    features = beyond_features(few_rules.fact(FACT), "Hoeveel procent kost een overeenkomst?")
    assert {"procent", "hoevel procent", "1:hoevel", "procedure:procent", "new:procent"} <= set(features)
    assert {"wants:percentage", "wants:percentage:lacking", "wants:money", "procedure:wants:count"} <= set(features)
    assert "new:overeenkomst" not in features


def test_what_a_fact_holds_is_not_lacking(few_rules: FactLookup) -> None:
    features = beyond_features(few_rules.fact(DEADLINE), "Wanneer sluit de vragenlijst?")
    assert "wants:date:held" in features


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        pytest.param("Wanneer sluit de vragenlijst?", True, id="a date that it holds"),
        pytest.param("Hoeveel procent vult de vragenlijst in?", False, id="a percentage that it lacks"),
        pytest.param("Wanneer sluit de vragenlijst, en hoe laat?", False, id="a date and the time"),
        pytest.param("Moet ik de vragenlijst invullen?", False, id="nothing of a kind"),
    ],
)
def test_a_fact_may_hold_what_is_wanted(text: str, holds: bool, few_rules: FactLookup) -> None:
    assert holds_wanted(few_rules.fact(DEADLINE), text) is holds


def test_where_nothing_is_learned_nothing_goes_beyond(few_rules: FactLookup) -> None:
    assert NOTHING_LEARNED.odds(few_rules.fact(FACT), "Waarom?", ONE, ONE) == -np.inf


def test_a_model_comes_back_as_it_was_written(tmp_path: Path, few_rules: FactLookup) -> None:
    model = BeyondModel(FeatureWeights.of({"waarom": 1.5}), -0.5, NO_PAIRS)
    write_beyond(model, tmp_path / "beyond.npz")
    read = learned_beyond(BUNDLED_MODEL, tmp_path / "beyond.npz")
    assert read.odds(few_rules.fact(FACT), "Waarom?", ONE, ONE) == 1.0
    assert learned_beyond("another", tmp_path / "beyond.npz") is NOTHING_LEARNED
    assert learned_beyond(BUNDLED_MODEL, tmp_path / "none.npz") is NOTHING_LEARNED


@pytest.fixture(scope="module")
def few_index(few_rules: FactLookup, cache: VectorCache) -> PhrasingIndex:
    return make_phrasing_index(few_rules.facts, cache)


@pytest.fixture(scope="module")
def cache(embeddings: Embedder, tmp_path_factory: pytest.TempPathFactory) -> VectorCache:
    return VectorCache(embeddings, BUNDLED_MODEL, tmp_path_factory.mktemp("beyond") / "kept.npz")


def test_what_is_learned_tells_questions_beyond_from_phrasings(
    few_rules: FactLookup, few_index: PhrasingIndex, cache: VectorCache, tmp_path: Path
) -> None:
    asked = ["Waarom geen terugwerkende kracht?", "Waarom is dat zo?", "Waarom besloot Caresq dat?", "Waarom toch?"]
    listed = "".join(f'    - "{question}"\n' for question in asked)
    (tmp_path / "beyond.yaml").write_text(f"beyond:\n  {FACT}:\n{listed}", encoding="utf-8")
    beyond = read_beyond(few_rules.facts, tmp_path)
    model = learn_beyond(few_rules.facts, beyond, few_index, cache)
    fact = few_rules.fact(FACT)
    answer = few_index.answers[few_rules.facts.index(fact)]
    assert [text for _, text in beyond] == asked
    for text, is_beyond in [*((text, True) for text in asked), *((text, False) for text in fact.entry.asked.denied)]:
        vector = few_index.whitening.project(np.array([cache._embeddings.embed_query(text)], np.float32))[0]
        assert (model.odds(fact, text, vector, answer) > 0) == is_beyond


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param("beyond:\n  2026-ggz.fact.none: [Waarom?]\n", "dit feit bestaat niet", id="an unknown fact"),
        pytest.param("beyond:\n  a: waarom\n", "niet te lezen", id="no list"),
        pytest.param("others: {}\n", "niet te lezen", id="an unknown key"),
    ],
)
def test_a_bad_file_is_named(few_rules: FactLookup, tmp_path: Path, content: str, problem: str) -> None:
    (tmp_path / "beyond.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(FactsError, match=problem) as caught:
        read_beyond(few_rules.facts, tmp_path)
    assert "beyond.yaml" in str(caught.value)


@pytest.mark.parametrize(
    ("fact", "text", "is_beyond"),
    [
        pytest.param(FACT, "Waarom mag dat niet?", True, id="what the model says"),
        pytest.param(DEADLINE, "Kan ik de vragenlijst nog invullen?", False, id="what the day of asking decides"),
        pytest.param(DEADLINE, "Mag het op 25 oktober 2025?", False, id="what a day in the question decides"),
    ],
)
def test_what_is_decided_is_never_beyond(
    few_rules: FactLookup,
    few_index: PhrasingIndex,
    embeddings: Embedder,
    ask_query: Callable[..., Query],
    fact: str,
    text: str,
    is_beyond: bool,
) -> None:
    matcher = FactMatcher(few_rules.facts, few_index)
    rules = FactLookup(few_rules.facts, matcher, embeddings, Learned(beyond=beyond_words(bias=100.0)))
    query = ask_query(text)
    assert rules.goes_beyond(rules.fact(fact), query, query.parts[0]) == is_beyond


def test_a_question_beyond_a_fact_is_refused_with_what_is_near(assistant: Assistant) -> None:
    answer = assistant.answer(Question("Hoe vaak per jaar vergadert de Verzekerdenraad?", AS_OF))
    assert answer.status is Status.REFUSED
    assert answer.text.startswith("Een antwoord op die vraag heb ik **niet in het zorginkoopbeleid gevonden**.")
    assert [fact.id for fact in answer.facts] == ["2026-ggz.statement.inspraak-verzekerdenraad"]
    assert answer.citations
    assert "zorginkoop@caresq.nl" in answer.text


def test_the_questions_that_ship_name_facts_that_ship(assistant: Assistant) -> None:
    assert len(read_beyond(assistant.rules.facts)) > 4000
