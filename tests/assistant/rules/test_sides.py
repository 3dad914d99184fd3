from pathlib import Path

import pytest

from assistant.flow import Assistant
from assistant.rules.features import FeatureWeights
from assistant.rules.learn import learn_sides
from assistant.rules.lookup import FactLookup
from assistant.rules.phrasings import asking_clause
from assistant.rules.sides import NOTHING_LEARNED, SideModel, learned_sides, side_features, write_sides

FACT = "2026-ggz.procedure.terugwerkend"


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        pytest.param("Mag dat?", ("Mag dat?", ""), id="one sentence"),
        pytest.param(
            "Ik heb geen KiBG. Mag dat? Ik hoor het graag.",
            ("Mag dat?", "Ik heb geen KiBG. Ik hoor het graag."),
            id="in a story",
        ),
        pytest.param("machtiging nodig", ("machtiging nodig", ""), id="no question mark"),
    ],
)
def test_the_clause_that_asks_is_told_from_the_story(text: str, clause: tuple[str, str]) -> None:
    assert asking_clause(text) == clause


def test_the_features_of_a_question_are_its_frames_and_words(few_rules: FactLookup) -> None:
    features = side_features(few_rules.fact(FACT), "Moet dat zonder contract?", "Ik heb geen keurmerk.")
    assert {
        "@obliged",
        "@lacking",
        "@obliged+lacking",
        f"{FACT}:@obliged",
        "procedure:@lacking",
        "@told-lacking",
    } <= set(features)
    assert {"lacks>keurmerk", f"{FACT}:lacks>keurmerk", f"{FACT}:contract", "has>geen"} <= set(features)
    assert "@allowed" not in features


def test_what_is_learned_takes_the_side_of_the_phrasings(few_rules: FactLookup) -> None:
    model = learn_sides(few_rules.facts)
    fact = few_rules.fact(FACT)
    for side, texts in (("affirmed", fact.entry.asked.affirmed), ("denied", fact.entry.asked.denied)):
        for text in texts:
            assert (model.odds(fact, *asking_clause(text)) > 0) == (side == "affirmed")


def test_a_model_comes_back_as_it_was_written(tmp_path: Path, few_rules: FactLookup) -> None:
    fact = few_rules.fact(FACT)
    write_sides(SideModel(FeatureWeights.of({f"{FACT}:mag": 1.5, "dat": -0.25}), 0.5), tmp_path / "sides.npz")
    read = learned_sides(tmp_path / "sides.npz")
    assert [read.odds(fact, text) for text in ("Mag dat?", "Mag", "Moet")] == [1.75, 2.0, 0.5]


def test_without_a_file_nothing_is_learned(tmp_path: Path) -> None:
    assert learned_sides(tmp_path / "none.npz") == NOTHING_LEARNED


def test_the_model_that_ships_knows_the_facts_with_two_sides(assistant: Assistant) -> None:
    model = learned_sides()
    unknown = [
        fact.id
        for fact in assistant.rules.facts
        if (fact.entry.asked.affirmed or fact.entry.asked.denied) and not model.knows(fact)
    ]
    assert not unknown, "make vectors"
