from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from assistant.rules.check import (
    Problem,
    contradictions,
    malformed,
    measure_reach,
    scope_of,
    unproven_answers,
    unreachable,
)
from assistant.rules.completeness import Derived
from assistant.rules.figures import months_in
from assistant.rules.model import AnswerEntry, AskedEntry, Fact
from assistant.scope import Scope
from index.documents import Document

TODAY = date(2025, 9, 1)
DEADLINE = "2026-ggz.deadline.vragenlijst"


def changed(fact: Fact, **values: object) -> Fact:
    return replace(fact, entry=fact.entry.model_copy(update=values))


def texts(problems: Iterable[Problem]) -> list[tuple[str, str]]:
    return [(problem.check, problem.where) for problem in problems]


def test_no_two_facts_contradict_each_other(facts: list[Fact]) -> None:
    assert list(contradictions(facts)) == []


def test_two_values_for_one_question_of_one_asker_are_a_contradiction(by_id: dict[str, Fact]) -> None:
    own = by_id[DEADLINE]
    other = changed(own, id=f"{DEADLINE}-anders", value="25 oktober 2025")
    assert texts(contradictions([own, other])) == [("contradiction", DEADLINE)]


def test_two_values_for_different_askers_are_none(by_id: dict[str, Fact]) -> None:
    own = by_id[DEADLINE]
    other = replace(changed(own, value="25 oktober 2025"), types=frozenset())
    assert list(contradictions([own, other])) == []


def test_no_answer_or_label_is_too_long_and_every_fact_has_phrasings(facts: list[Fact]) -> None:
    assert list(malformed(facts)) == []


def test_a_long_answer_a_long_label_and_few_phrasings_are_named(by_id: dict[str, Fact]) -> None:
    bad = changed(
        by_id[DEADLINE], label="x" * 71, answer=AnswerEntry(nl="x" * 481, en="x"), asked=AskedEntry(what=["wat"] * 5)
    )
    assert texts(malformed([bad])) == [("too-long", DEADLINE)] * 2 + [("few-phrasings", DEADLINE)]


def found_in(answer: str, fact: Fact, documents: list[Document]) -> list[str]:
    bad = changed(fact, answer=AnswerEntry(nl=answer, en="By 24 October 2025 (24 oktober 2025). [1]"))
    return [problem.text for problem in unproven_answers([bad], documents, [], TODAY)]


def test_a_date_written_in_english_is_proven(by_id: dict[str, Fact], documents: list[Document]) -> None:
    assert found_in("Uiterlijk 24 oktober 2025. [1]", by_id[DEADLINE], documents) == []


def test_another_month_is_not_proven(by_id: dict[str, Fact], documents: list[Document]) -> None:
    found = found_in("Uiterlijk 24 november 2025. [1]", by_id[DEADLINE], documents)
    assert found == ["datum 24 november 2025 staat in geen bron", "maand november staat in geen bron"]


def test_a_year_of_another_policy_is_not_proven(by_id: dict[str, Fact], documents: list[Document]) -> None:
    found = found_in("Uiterlijk 24 oktober 2026. [1]", by_id[DEADLINE], documents)
    assert found == ["datum 24 oktober 2026 staat in geen bron"]


def test_a_number_and_an_address_without_a_source_are_not_proven(
    by_id: dict[str, Fact], documents: list[Document]
) -> None:
    found = found_in("Bel 12 keer of mail info@elders.nl. [1]", by_id[DEADLINE], documents)
    assert found == ["adres info@elders.nl staat in geen bron", "getal 12 staat in geen bron"]


def test_what_is_derived_with_a_reason_passes(by_id: dict[str, Fact], documents: list[Document]) -> None:
    bad = changed(by_id[DEADLINE], answer=AnswerEntry(nl="In december. [1]", en="x [1]"))
    derived = [Derived(fact=DEADLINE, found="maand december staat in geen bron", reason="om te proberen")]
    assert list(unproven_answers([bad], documents, derived, TODAY)) == []


def test_a_derivation_that_nothing_needs_is_named(by_id: dict[str, Fact], documents: list[Document]) -> None:
    derived = [Derived(fact=DEADLINE, found="iets", reason="om te proberen")]
    assert texts(unproven_answers([by_id[DEADLINE]], documents, derived, TODAY)) == [("idle-waiver", DEADLINE)]


def test_a_fact_that_its_own_phrasings_do_not_find_is_named(by_id: dict[str, Fact], documents: list[Document]) -> None:
    own, rival = by_id[DEADLINE], by_id["2026-ggz.deadline.tekendatum"]

    def always_rival(text: str, scope: Scope) -> Fact:
        return rival

    reached = measure_reach([own, rival], documents, always_rival)
    assert [(reach.fact.id, reach.first) for reach in reached] == [(own.id, 0), (rival.id, rival.entry.asked.count())]
    [problem] = unreachable(reached)
    assert (problem.where, rival.id in problem.text) == (own.id, True)


def test_a_general_fact_is_looked_up_for_everybody(facts: list[Fact], documents: list[Document]) -> None:
    general = next(fact for fact in facts if fact.policy is None)
    assert scope_of(general, documents).policies == {"2025-mondzorg", "2026-ggz"}


def test_months_are_read_in_dutch_english_and_figures() -> None:
    assert months_in("in juni, by 12 November, per 1-12-2026") == {6, 11, 12}


def test_may_is_a_word_too() -> None:
    assert months_in("You may apply. May I?") == set()
