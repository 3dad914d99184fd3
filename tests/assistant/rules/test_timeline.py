from datetime import date

import pytest

from assistant.rules.model import Fact
from assistant.rules.render import state_text, timeline_lines
from assistant.rules.state import DateState, State
from assistant.rules.timeline import timeline_of
from assistant.scope import ProviderType
from index.documents import Document

TODAY = date(2025, 9, 20)


def test_the_dates_of_a_vrijgevestigde_come_in_order(facts: list[Fact]) -> None:
    timeline = timeline_of(facts, ProviderType.VRIJGEVESTIGD, TODAY)
    assert [moment.fact.id.removeprefix("2026-ggz.deadline.") for moment in timeline.moments] == [
        "integraal-initiatief",
        "aanbieding-vragenlijst",
        "opslag-bewijs-vrijgevestigd",
        "vragenlijst",
        "tekendatum",
        "publicatie-zorgzoeker",
    ]


def test_no_date_of_the_other_policy_leaks_in(facts: list[Fact]) -> None:
    for provider_type in ProviderType:
        timeline = timeline_of(facts, provider_type, TODAY)
        assert len({moment.fact.policy for moment in timeline.moments}) == 1


def test_a_date_that_two_facts_repeat_stands_once(facts: list[Fact]) -> None:
    timeline = timeline_of(facts, ProviderType.CBT, TODAY)
    assert [moment.fact.id for moment in timeline.moments if "aanvra" in moment.fact.id] == [
        "2025-mondzorg.deadline.aanvraag-cbt"
    ]


def test_terms_are_listed_without_a_date(facts: list[Fact]) -> None:
    terms = timeline_of(facts, ProviderType.GEINTEGREERD, TODAY).terms
    assert {fact.entry.term.count for fact in terms if fact.entry.term} == {2, 4, 5}


def test_what_the_policy_leaves_open_is_noted(facts: list[Fact]) -> None:
    notes = timeline_of(facts, ProviderType.PAAZ_PUK, TODAY).notes
    assert [fact.id for fact in notes] == ["2026-ggz.undefined.planning-paaz-puk"]


def test_the_lines_name_state_sentence_heading_and_page(facts: list[Fact], documents: list[Document]) -> None:
    timeline = timeline_of(facts, ProviderType.GEINTEGREERD, TODAY)
    lines = "\n".join(timeline_lines(timeline, ProviderType.GEINTEGREERD, TODAY, documents))
    assert "Publicatie op zorgzoeker en website: vanaf 12 november 2025  [begint over 53 dagen]" in lines
    assert "Geïntegreerde instellingen en instellingen met onderhandeling, pagina 15)" in lines
    assert "een later beleid" not in lines


def test_after_the_year_of_the_policy_that_is_said_first(facts: list[Fact], documents: list[Document]) -> None:
    late = date(2026, 1, 2)
    timeline = timeline_of(facts, ProviderType.CBT, late)
    first = next(timeline_lines(timeline, ProviderType.CBT, late, documents))
    assert first == "Let op: dit is het beleid voor 2025; een later beleid is hier niet bekend."


@pytest.mark.parametrize(
    ("state", "text"),
    [
        pytest.param(DateState(State.OPEN, TODAY, 1), "nog 1 dag, laatste dag 20 september 2025", id="one day"),
        pytest.param(DateState(State.CLOSES_TODAY, TODAY, 0), "vandaag is de laatste dag", id="today"),
        pytest.param(DateState(State.CLOSED, TODAY), "gesloten, laatste dag was 20 september 2025", id="closed"),
        pytest.param(DateState(State.CLOSED), "voorbij", id="vague and closed"),
        pytest.param(DateState(State.NOT_YET_OPEN, None, 2), "begint over 2 dagen", id="begins"),
        pytest.param(DateState(State.NOT_YET_OPEN), "nog niet begonnen", id="vague and not begun"),
        pytest.param(DateState(State.OPEN), "is ingegaan", id="began"),
    ],
)
def test_states_in_words(state: DateState, text: str) -> None:
    assert state_text(state) == text
