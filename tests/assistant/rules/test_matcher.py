import numpy as np
import pytest

from assistant.rules.lookup import FactLookup
from assistant.rules.matcher import FactMatcher
from assistant.rules.phrasing_index import make_phrasing_index
from index.embeddings import BUNDLED_MODEL, Embedder
from index.vectors import VectorCache


@pytest.fixture(scope="module")
def matcher(few_rules: FactLookup, embeddings: Embedder, tmp_path_factory: pytest.TempPathFactory) -> FactMatcher:
    kept = tmp_path_factory.mktemp("matcher") / "kept.npz"
    return FactMatcher(
        few_rules.facts, make_phrasing_index(few_rules.facts, VectorCache(embeddings, BUNDLED_MODEL, kept))
    )


def leaning(matcher: FactMatcher, rules: FactLookup, embeddings: Embedder, fact: str, text: str) -> float:
    number = [each.id for each in rules.facts].index(fact)
    return matcher.leaning(number, np.array(embeddings.embed_query(text), dtype=np.float32))


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        pytest.param("is terugwerkende kracht uitgesloten", 1, id="what it affirms"),
        pytest.param("kan een overeenkomst met terugwerkende kracht", -1, id="what it denies"),
        pytest.param("mag mijn contract al eerder ingaan", -1, id="nearly what it denies"),
    ],
)
def test_a_question_leans_to_the_phrasings_that_it_is_near_to(
    text: str, sign: int, matcher: FactMatcher, few_rules: FactLookup, embeddings: Embedder
) -> None:
    assert leaning(matcher, few_rules, embeddings, "2026-ggz.procedure.terugwerkend", text) * sign > 0


def test_a_fact_with_phrasings_of_one_side_leans_nowhere(
    matcher: FactMatcher, few_rules: FactLookup, embeddings: Embedder
) -> None:
    assert leaning(matcher, few_rules, embeddings, "2026-ggz.deadline.tekenen", "moet ik tekenen") == 0.0
