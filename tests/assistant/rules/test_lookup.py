from collections.abc import Callable
from datetime import date

import pytest

from assistant.rules.decided import side_of_day
from assistant.rules.lookup import FactLookup
from assistant.rules.phrasings import Side
from assistant.understand import Query

AskQuery = Callable[..., Query]
QUESTIONNAIRE, OFFER, CENTRE, PUBLISHED = (
    "2026-ggz.deadline.vragenlijst",
    "2026-ggz.deadline.aanbieding",
    "2025-mondzorg.deadline.cbt",
    "2025-mondzorg.deadline.publicatie",
)


@pytest.mark.parametrize(
    ("fact", "clause", "side"),
    [
        pytest.param(QUESTIONNAIRE, "Mag het op 24 oktober 2025?", Side.AFFIRMED, id="until: the day itself"),
        pytest.param(QUESTIONNAIRE, "Mag het op 25 oktober 2025?", Side.DENIED, id="until: the day after"),
        pytest.param(CENTRE, "Mag het op 31 augustus 2024?", Side.AFFIRMED, id="before: the day before"),
        pytest.param(CENTRE, "Mag het op 1 september 2024?", Side.DENIED, id="before: the day itself"),
        pytest.param(PUBLISHED, "Staat het er op 11 november 2024?", Side.DENIED, id="from: the day before"),
        pytest.param(PUBLISHED, "Staat het er op 12 november 2024?", Side.AFFIRMED, id="from: the day itself"),
        pytest.param(QUESTIONNAIRE, "Mag het op 25 oktober?", Side.DENIED, id="a day without a year"),
        pytest.param(QUESTIONNAIRE, "Is de uiterste dag 24 oktober 2025?", Side.AFFIRMED, id="the day itself is asked"),
        pytest.param(QUESTIONNAIRE, "Is de deadline 20 oktober 2025?", Side.DENIED, id="another day is asked"),
        pytest.param(QUESTIONNAIRE, "Mag het nog?", None, id="no day"),
        pytest.param(QUESTIONNAIRE, "Mag het op 3 oktober of op 5 november 2025?", None, id="which day is not clear"),
        pytest.param(CENTRE, "Mag het morgen, zondag 1 september 2024?", Side.DENIED, id="one day that is named twice"),
        pytest.param(
            QUESTIONNAIRE, "Klopt het dat 25 oktober 2025 niet kan?", Side.AFFIRMED, id="whether it does not hold"
        ),
        pytest.param(OFFER, "Komt het op 15 september 2025?", None, id="a vague date"),
    ],
)
def test_a_day_in_the_question_decides(few_rules: FactLookup, fact: str, clause: str, side: Side | None) -> None:
    as_of = date(2024, 8, 31) if "morgen" in clause else date(2026, 11, 23)
    assert side_of_day(few_rules.fact(fact), clause, as_of) == side


def first(rules: FactLookup, query: Query) -> str:
    return rules.find(query, query.parts[-1]).matches[0].fact.id


def scores(rules: FactLookup, query: Query, *told: str) -> dict[str, float]:
    return {match.fact.id: match.score for match in rules.find(query, query.parts[-1], frozenset(told)).matches}


def test_a_topic_that_is_told_falls_back_where_a_question_points_back(
    few_rules: FactLookup, ask_query: AskQuery
) -> None:
    query = ask_query("Wat is de deadline van die vragenlijst?")
    before = scores(few_rules, query)[QUESTIONNAIRE]
    assert scores(few_rules, query, "vragenlijst")[QUESTIONNAIRE] == pytest.approx(before - 0.8)


def test_a_topic_that_is_told_scores_by_the_new_words_alone(few_rules: FactLookup, ask_query: AskQuery) -> None:
    query = ask_query("En de laatste dag?", history=("Wat is de deadline van de vragenlijst?",))
    alone = scores(few_rules, ask_query("En de laatste dag?"))[QUESTIONNAIRE]
    assert scores(few_rules, query)[QUESTIONNAIRE] > alone + 0.2
    assert scores(few_rules, query, "vragenlijst")[QUESTIONNAIRE] < alone + 0.2


def test_can_i_still_is_never_answered_by_a_moment(few_rules: FactLookup, ask_query: AskQuery) -> None:
    assert first(few_rules, ask_query("Kan ik de vragenlijst vandaag nog terugsturen?")) == QUESTIONNAIRE


def test_a_fact_of_which_nothing_is_learned_takes_the_side_of_the_nearest_phrasing(
    few_rules: FactLookup, ask_query: AskQuery
) -> None:
    fact = few_rules.fact("2026-ggz.procedure.terugwerkend")
    for text in fact.entry.asked.denied:
        query = ask_query(f"{text}?")
        assert few_rules.side(fact, query, query.parts[0]) is Side.DENIED
